// SPDX-License-Identifier: Apache-2.0
#include "lzfu_writer.h"

#include <cstdint>

namespace threadline::message {
namespace {

constexpr std::size_t kRing = 4096;
constexpr std::size_t kLongest = 17;

std::string dword(std::uint32_t value) {
  std::string bytes;
  for (unsigned shift = 0; shift < 32; shift += 8) bytes += static_cast<char>(static_cast<unsigned char>(value >> shift));
  return bytes;
}

/// Bit by bit, unlike the reader's table.
std::uint32_t crc_of(std::string_view bytes) {
  std::uint32_t crc = 0;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1U) != 0 ? (crc >> 1U) ^ 0xEDB88320U : crc >> 1U;
  }
  return crc;
}

/// The preload of the dictionary and, behind it, all that is written: offsets are taken modulo the ring.
struct Window {
  std::string bytes =
      "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans "
      "SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

  struct Match {
    std::size_t at = 0, length = 0;
  };
  /// The longest match that lies whole before the write position and is not overwritten while it is read.
  [[nodiscard]] Match longest(std::string_view rest) const {
    Match best;
    const std::size_t first = bytes.size() > kRing - kLongest ? bytes.size() - (kRing - kLongest) : 0;
    for (std::size_t at = first; at < bytes.size(); ++at) {
      std::size_t length = 0;
      while (length < kLongest && length < rest.size() && at + length < bytes.size() && bytes[at + length] == rest[length])
        ++length;
      if (length > best.length) best = {at, length};
    }
    return best;
  }
};

class Writer {
 public:
  void literal(char c) { put(false, std::string(1, c)); }
  void match(std::size_t offset, std::size_t length) {
    const std::size_t word = ((offset % kRing) << 4U) | (length - 2);
    put(true, {static_cast<char>(word >> 8U), static_cast<char>(word & 0xFFU)});
  }
  std::string tokens;

 private:
  void put(bool is_match, const std::string& token) {
    if (bit_ == 8) {
      control_ = tokens.size();
      tokens += '\0';
      bit_ = 0;
    }
    if (is_match) tokens[control_] = static_cast<char>(static_cast<unsigned char>(tokens[control_]) | (1U << bit_));
    tokens += token;
    ++bit_;
  }
  std::size_t control_ = 0;
  unsigned bit_ = 8;
};

std::string with_header(std::string_view contents, std::size_t raw_size, std::string_view type, std::uint32_t crc) {
  return dword(static_cast<std::uint32_t>(contents.size() + 12)) + dword(static_cast<std::uint32_t>(raw_size)) +
         std::string(type) + dword(crc) + std::string(contents);
}

}  // namespace

std::string lzfu_of_tokens(std::string_view tokens, std::size_t raw_size) {
  return with_header(tokens, raw_size, "LZFu", crc_of(tokens));
}

std::string lzfu(std::string_view rtf) {
  Window window;
  Writer writer;
  for (std::size_t at = 0; at < rtf.size();) {
    auto [from, length] = window.longest(rtf.substr(at));
    if (length < 2) {
      length = 1;
      writer.literal(rtf[at]);
    } else {
      writer.match(from, length);
    }
    window.bytes += rtf.substr(at, length);
    at += length;
  }
  writer.match(window.bytes.size(), 2);
  return lzfu_of_tokens(writer.tokens, rtf.size());
}

std::string mela(std::string_view rtf) { return with_header(rtf, rtf.size(), "MELA", 0); }

}  // namespace threadline::message
