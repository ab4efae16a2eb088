// SPDX-License-Identifier: Apache-2.0
#include "documents/picture.h"

#include <algorithm>
#include <utility>

#include "documents/payment_code.h"
#include "text/charset.h"

namespace threadline::documents {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t kFewPixels = 64, kSmallPixels = 120;
constexpr std::size_t kFewBytes = 1'000;

/// Reads numbers of a header; 0 beyond its end.
class Header {
 public:
  explicit Header(std::string_view bytes) : bytes_(bytes) {}
  [[nodiscard]] std::uint32_t byte(std::size_t at) const {
    return at < bytes_.size() ? static_cast<unsigned char>(bytes_[at]) : 0U;
  }
  [[nodiscard]] std::uint32_t little(std::size_t at, std::size_t count) const {
    std::uint32_t number = 0;
    for (std::size_t i = count; i > 0; --i) number = number << 8U | byte(at + i - 1);
    return number;
  }
  [[nodiscard]] std::uint32_t big(std::size_t at, std::size_t count) const {
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < count; ++i) number = number << 8U | byte(at + i);
    return number;
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

/// The frame header is a segment FFC0 to FFCF but for C4, C8 and CC.
PictureSize jpeg_size(const Header& header) {
  for (std::size_t at = 2; at + 9 < header.size() && header.byte(at) == 0xFF;) {
    const auto marker = header.byte(at + 1);
    const bool is_frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (is_frame) return {.width = header.big(at + 7, 2), .height = header.big(at + 5, 2)};
    at += marker == 0xFF ? 1 : 2 + std::max<std::size_t>(header.big(at + 2, 2), 2);
  }
  return {};
}

PictureSize webp_size(std::string_view bytes, const Header& header) {
  constexpr std::uint32_t kFourteenBits = 0x3FFF;
  const auto form = bytes.substr(12, 4);
  if (form == "VP8X") return {.width = header.little(24, 3) + 1, .height = header.little(27, 3) + 1};
  if (form == "VP8L")
    return {.width = (header.little(21, 4) & kFourteenBits) + 1, .height = (header.little(21, 4) >> 14U & kFourteenBits) + 1};
  return {.width = header.little(26, 2) & kFourteenBits, .height = header.little(28, 2) & kFourteenBits};
}

PictureSize stated_size(std::string_view bytes) {
  const Header header(bytes);
  if (bytes.starts_with("\x89PNG")) return {.width = header.big(16, 4), .height = header.big(20, 4)};
  if (bytes.starts_with("GIF8")) return {.width = header.little(6, 2), .height = header.little(8, 2)};
  if (bytes.starts_with("BM")) return {.width = header.little(18, 4), .height = header.little(22, 4)};
  if (bytes.starts_with("\xFF\xD8")) return jpeg_size(header);
  if (bytes.starts_with("RIFF") && bytes.size() > 16) return webp_size(bytes, header);
  return {};
}

/// ZXingReader opens PNG, JPEG, GIF, BMP and PNM.
bool may_hold_codes(std::string_view bytes) {
  return !bytes.starts_with("II*") && !bytes.starts_with("MM\0*"sv) && !bytes.starts_with("RIFF");
}

/// A picture that a program does not open says little: only explain shows it.
Note as_remark(Note note) {
  if (note.code == "program_failed") note.code = "picture_not_read";
  return note;
}

ProgramAnswer run(Program program, std::string_view picture, Reading& reading, Document& into) {
  ProgramAnswer answer = reading.programs->run({.program = program, .page = 0, .input = picture});
  if (const auto lost = note_of(program, answer, into.part)) {
    Note note = as_remark(*lost);
    if (std::ranges::find(into.notes, note) == into.notes.end()) into.notes.push_back(std::move(note));
  }
  return answer;
}

}  // namespace

std::optional<PictureSize> picture_size(std::string_view bytes) {
  const PictureSize size = stated_size(bytes);
  if (size.width == 0 || size.height == 0) return std::nullopt;
  return size;
}

bool is_small_picture(std::string_view bytes) {
  const auto size = picture_size(bytes);
  if (!size) return bytes.size() < kFewBytes;
  return std::min(size->width, size->height) < kFewPixels || std::max(size->width, size->height) < kSmallPixels;
}

void add_code(std::string_view code, const std::string& place, Reading& reading, Document& into) {
  const std::string text = text::valid_utf8(code);
  auto payee = read_payment_code(text);
  if (!payee) return add_text({.medium = Medium::code, .place = place, .content = text}, reading, into);
  payee->place = place;
  if (into.payees.size() <= reading.limits.accounts && std::ranges::find(into.payees, *payee) == into.payees.end())
    into.payees.push_back(std::move(*payee));
}

void add_codes(std::string_view picture, const std::string& place, Reading& reading, Document& into) {
  if (reading.programs == nullptr) return;
  const ProgramAnswer answer = run(Program::picture_code, picture, reading, into);
  std::string_view codes = answer.output;
  while (!codes.empty()) {
    const auto end = std::min(codes.find('\f'), codes.size());
    add_code(codes.substr(0, end), place, reading, into);
    codes.remove_prefix(std::min(end + 1, codes.size()));
  }
}

void add_words(std::string_view picture, const std::string& place, Reading& reading, Document& into) {
  if (reading.programs == nullptr) return;
  const ProgramAnswer answer = run(Program::picture_text, picture, reading, into);
  add_text({.medium = Medium::picture, .place = place, .content = text::valid_utf8(answer.output)}, reading, into);
}

void read_picture(const NamedBytes& file, Reading& reading) {
  if (is_small_picture(file.bytes)) return;
  Document document = document_of(file, "picture");
  const auto note = [&](const char* code, const char* text) { document.notes.push_back({code, text, {.part = document.part}}); };
  if (reading.pictures >= reading.limits.pictures) {
    if (reading.pictures++ == reading.limits.pictures) {
      note("limit", "pictures: this one and further ones are not read");
      reading.documents.push_back(std::move(document));
    }
    return;
  }
  ++reading.pictures;
  if (may_hold_codes(file.bytes)) {
    add_codes(file.bytes, {}, reading, document);
  } else {
    note("picture_not_read", "no QR codes are read from TIFF and WebP");
  }
  if (reading.ocr) {
    add_words(file.bytes, {}, reading, document);
    if (reading.programs == nullptr) note("program_missing", "tesseract: programs are not run here");
  } else {
    note("picture_not_read", "--ocr reads it");
  }
  reading.documents.push_back(std::move(document));
}

}  // namespace threadline::documents
