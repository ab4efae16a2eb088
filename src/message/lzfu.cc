// SPDX-License-Identifier: Apache-2.0
#include "message/lzfu.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/little_endian.h"

namespace threadline::message {
namespace {

constexpr std::size_t kHeaderBytes = 16;
constexpr std::size_t kSizeField = 4;  // the first size counts what follows it
constexpr std::string_view kCompressed = "LZFu";
constexpr std::string_view kUncompressed = "MELA";
constexpr std::string_view kRtfBegin = "{\\rtf";

/// What the dictionary holds before the first byte. Source: MS-OXRTFCP section 2.1.3.1.3.
constexpr std::string_view kPreload =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
    "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(kPreload.size() == 207);

constexpr std::size_t kDictionaryBytes = 4096;
constexpr std::size_t kTokensInRun = 8;    // behind each control byte
constexpr std::size_t kShortestMatch = 2;  // a length is stored less this
constexpr std::size_t kBytesOfMatch = 17;  // the longest
constexpr std::uint32_t kCrcPolynomial = 0xEDB88320;

constexpr std::array<std::uint32_t, 256> crc_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) value = (value & 1U) != 0 ? (value >> 1U) ^ kCrcPolynomial : value >> 1U;
    table[i] = value;
  }
  return table;
}

/// The CRC of MS-OXRTFCP section 2.1.3.2: CRC-32 that begins with zero and is not inverted.
std::uint32_t crc_of(std::string_view bytes) {
  static constexpr std::array<std::uint32_t, 256> kTable = crc_table();
  std::uint32_t crc = 0;
  for (const char c : bytes) crc = kTable[(crc ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (crc >> 8U);
  return crc;
}

enum class Ending { marker, cut, limit };

/// Undoes LZFu: a ring of 4096 bytes into which each byte of the output is written. Source: MS-OXRTFCP section 3.1.3.
class Decompression {
 public:
  Decompression(std::string_view tokens, std::uint64_t limit) : tokens_(tokens), limit_(limit) {
    ring_.fill(' ');
    std::ranges::copy(kPreload, ring_.begin());
  }

  Ending run() {
    while (true) {
      if (at_ >= tokens_.size()) return Ending::cut;
      const unsigned control = static_cast<unsigned char>(tokens_[at_++]);
      for (std::size_t bit = 0; bit < kTokensInRun; ++bit) {
        const auto ending = ((control >> bit) & 1U) != 0 ? match() : literal();
        if (ending) return *ending;
      }
    }
  }

  std::string output;

 private:
  std::optional<Ending> literal() {
    if (at_ >= tokens_.size()) return Ending::cut;
    return put(tokens_[at_++]);
  }

  std::optional<Ending> match() {
    if (at_ + 2 > tokens_.size()) return Ending::cut;
    const auto high = static_cast<unsigned char>(tokens_[at_]);
    const auto low = static_cast<unsigned char>(tokens_[at_ + 1]);
    at_ += 2;
    std::size_t from = (static_cast<std::size_t>(high) << 4U) | (low >> 4U);
    if (from == write_) return Ending::marker;
    for (std::size_t left = (low & 0xFU) + kShortestMatch; left > 0; --left) {
      if (const auto ending = put(ring_[from])) return ending;
      from = (from + 1) % kDictionaryBytes;
    }
    return std::nullopt;
  }

  std::optional<Ending> put(char c) {
    if (output.size() >= limit_) return Ending::limit;
    output += c;
    ring_[write_] = c;
    write_ = (write_ + 1) % kDictionaryBytes;
    return std::nullopt;
  }

  std::string_view tokens_;
  std::uint64_t limit_;
  std::size_t at_ = 0;
  std::size_t write_ = kPreload.size();
  std::array<char, kDictionaryBytes> ring_{};
};

class Reader {
 public:
  Reader(std::string_view bytes, const Limits& limits) : bytes_(bytes), limits_(limits) {}

  Rtf read() {
    if (bytes_.starts_with(kRtfBegin)) {
      note("not compressed and without a header");
      copy(bytes_);
    } else if (bytes_.size() < kHeaderBytes) {
      note("cut short: the header is not whole");
    } else {
      read_body();
    }
    return std::move(result_);
  }

 private:
  void note(std::string text) { result_.notes.push_back({"malformed_rtf", std::move(text), {}}); }
  /// A size that is wrong alone loses nothing (one wide-spread writer counts 12 bytes too many): no row of the timeline.
  void remark(std::string text) { result_.notes.push_back({"parser_remark", std::move(text), {}}); }
  void note_limit() { result_.notes.push_back({"limit", "rtf_bytes: the rest of the RTF is left out", {}}); }

  void read_body() {
    const std::string_view body = bytes_.substr(kHeaderBytes);
    const std::string_view type = bytes_.substr(8, 4);
    const std::uint64_t size = std::uint64_t{number_at<std::uint32_t>(bytes_, 0).value_or(0)} + kSizeField;
    if (size != bytes_.size()) remark("the compressed size of the RTF is wrong");
    if (type == kUncompressed) {
      copy(body);
    } else if (type == kCompressed) {
      if (crc_of(body.substr(0, std::max<std::uint64_t>(size, kHeaderBytes) - kHeaderBytes)) !=
          number_at<std::uint32_t>(bytes_, 12).value_or(0))
        note("the CRC is wrong");
      decompress(body);
    } else {
      salvage(body);
    }
    if (result_.notes.empty() && result_.bytes.size() != number_at<std::uint32_t>(bytes_, 4).value_or(0))
      remark("the uncompressed size of the RTF is wrong");
  }

  void copy(std::string_view body) {
    if (body.size() > limits_.rtf_bytes) note_limit();
    result_.bytes = body.substr(0, limits_.rtf_bytes);
  }

  void decompress(std::string_view body) {
    Decompression lzfu(body, limits_.rtf_bytes);
    lzfu.output.reserve(std::min<std::uint64_t>(number_at<std::uint32_t>(bytes_, 4).value_or(0),
                                                std::min(body.size() * kBytesOfMatch / 2, limits_.rtf_bytes)));
    const Ending ending = lzfu.run();
    if (ending == Ending::cut) note("cut short: no end marker");
    if (ending == Ending::limit) note_limit();
    result_.bytes = std::move(lzfu.output);
  }

  /// A damaged header: what decompresses to RTF was LZFu, what is RTF was not compressed, else nothing can be said.
  void salvage(std::string_view body) {
    note("unknown compression");
    if (body.starts_with(kRtfBegin)) return copy(body);
    decompress(body);
    if (!result_.bytes.starts_with(kRtfBegin)) result_.bytes.clear();
  }

  std::string_view bytes_;
  const Limits& limits_;
  Rtf result_;
};

}  // namespace

Rtf read_compressed_rtf(std::string_view compressed, const Limits& limits) { return Reader(compressed, limits).read(); }

}  // namespace threadline::message
