// SPDX-License-Identifier: Apache-2.0
#include "text/charset.h"

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <optional>

#include "base/utf8.h"
#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::size_t kDetectorBytes = 16'384;    // ICU's detector is slow; the beginning says enough
constexpr std::int32_t kDetectorConfidence = 30;  // of 100; below it, windows-1252 is the better guess
constexpr std::size_t kNameLength = 64;

/// What mail declares and what senders mean by it. Source: WHATWG Encoding Standard, section 4.2 (labels), and RFC 1557, 1468.
struct Alias {
  std::string_view declared;
  std::string_view converter;
};
constexpr std::array kAliases = std::to_array<Alias>({
    {"ansi_x3.4-1968", "us-ascii"},
    {"ascii", "us-ascii"},
    {"iso646-us", "us-ascii"},
    {"utf8", "utf-8"},
    {"unicode-1-1-utf-8", "utf-8"},
    {"x-unicode20utf8", "utf-8"},
    {"latin1", "iso-8859-1"},
    {"latin-1", "iso-8859-1"},
    {"iso8859-1", "iso-8859-1"},
    {"iso_8859-1", "iso-8859-1"},
    {"iso8859_1", "iso-8859-1"},
    {"cp1252", "windows-1252"},
    {"x-ansi", "windows-1252"},
    {"ansi", "windows-1252"},
    {"win-1252", "windows-1252"},
    {"latin-9", "iso-8859-15"},
    {"iso8859-15", "iso-8859-15"},
    {"iso-8859-8-i", "iso-8859-8"},
    {"iso-8859-8-e", "iso-8859-8"},
    {"iso-8859-6-i", "iso-8859-6"},
    {"iso-8859-9", "windows-1254"},
    {"iso-8859-11", "windows-874"},
    {"tis-620", "windows-874"},
    {"gb2312", "gb18030"},
    {"gbk", "gb18030"},
    {"cp936", "gb18030"},
    {"x-gbk", "gb18030"},
    {"ks_c_5601-1987", "windows-949"},
    {"euc-kr", "windows-949"},
    {"cp949", "windows-949"},
    {"shift_jis", "windows-31j"},
    {"shift-jis", "windows-31j"},
    {"x-sjis", "windows-31j"},
    {"cp932", "windows-31j"},
    {"big5", "big5-hkscs"},
    {"x-mac-roman", "macintosh"},
    {"utf16", "utf-16"},
    {"unicode", "utf-16"},
    {"unicodefeff", "utf-16"},
    {"csunicode", "utf-16"},
    {"ucs-2", "utf-16"},
    {"iso-10646-ucs-2", "utf-16"},
});

bool is_ascii(std::string_view bytes) {
  std::size_t at = 0;
  for (; at + 8 <= bytes.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    if ((word & 0x8080808080808080ULL) != 0) return false;
  }
  return std::ranges::all_of(bytes.substr(at), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Lower case, without quotes and white space; empty where no converter can have that name.
std::string clean_name(std::string_view declared) {
  std::string name;
  for (const char c : trimmed(declared).substr(0, kNameLength)) {
    if (c == '"' || c == '\'' || c == ' ' || c == ';') continue;
    const bool is_name =
        (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || std::strchr("-_.:+", c) != nullptr;
    if (!is_name || c == '\0') return {};
    name += c;
  }
  name = ascii_lower(name);
  const auto* alias = std::ranges::find(kAliases, name, &Alias::declared);
  return alias == kAliases.end() ? name : std::string(alias->converter);
}

/// WHATWG windows-1252: the C1 range; five bytes that Microsoft left free are control characters.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178};

std::string from_windows_1252(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80)
      text += c;
    else
      append_utf8(text, byte < 0xA0 ? char32_t{kWindows1252[byte - 0x80U]} : char32_t{byte});
  }
  return text;
}

bool has_c1(std::string_view bytes) {
  return std::ranges::any_of(
      bytes, [](char c) { return static_cast<unsigned char>(c) >= 0x80 && static_cast<unsigned char>(c) < 0xA0; });
}

/// Writes U+FFFD for an illegal or unassigned sequence and counts it.
void U_CALLCONV replace_and_count(const void* context, UConverterToUnicodeArgs* args, const char*, std::int32_t,
                                  UConverterCallbackReason reason, UErrorCode* error) noexcept {
  if (reason > UCNV_IRREGULAR) return;
  ++*static_cast<std::uint64_t*>(const_cast<void*>(context));
  *error = U_ZERO_ERROR;
  const UChar replacement = 0xFFFD;
  ucnv_cbToUWriteUChars(args, &replacement, 1, 0, error);
}

std::string utf8_of(std::u16string_view units) {
  std::string text;
  text.reserve(units.size() + units.size() / 2);
  for (std::size_t i = 0; i < units.size(); ++i) {
    const char32_t unit = units[i];
    const bool is_pair =
        unit >= 0xD800 && unit < 0xDC00 && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] < 0xE000;
    if (is_pair)
      append_utf8(text, 0x10000 + ((unit - 0xD800) << 10U) + (units[++i] - 0xDC00U));
    else
      append_utf8(text, unit >= 0xD800 && unit < 0xE000 ? kReplacement : unit);
  }
  return text;
}

struct CloseConverter {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};

struct Converted {
  std::string text;
  std::uint64_t replaced = 0;
};

/// Nothing when ICU has no such converter.
std::optional<Converted> convert(std::string_view bytes, const std::string& name) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, CloseConverter> converter(ucnv_open(name.c_str(), &error));
  Converted result;
  ucnv_setToUCallBack(converter.get(), replace_and_count, &result.replaced, nullptr, nullptr, &error);
  if (U_FAILURE(error)) return std::nullopt;
  std::u16string units;
  std::array<UChar, 4096> chunk{};
  const char* source = bytes.data();
  do {
    error = U_ZERO_ERROR;
    UChar* target = chunk.data();
    ucnv_toUnicode(converter.get(), &target, chunk.data() + chunk.size(), &source, bytes.data() + bytes.size(), nullptr, 1,
                   &error);
    units.append(chunk.data(), target);
  } while (error == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(error)) return std::nullopt;
  result.text = utf8_of(units);
  return result;
}

struct CloseDetector {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

/// What ICU's detector says about the beginning of the bytes; a heuristic, wrong on short text. Empty when it is not sure.
std::string detected_name(std::string_view bytes) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, CloseDetector> detector(ucsdet_open(&error));
  const auto length = static_cast<std::int32_t>(std::min(bytes.size(), kDetectorBytes));
  ucsdet_setText(detector.get(), bytes.data(), length, &error);
  const UCharsetMatch* best = ucsdet_detect(detector.get(), &error);
  if (U_FAILURE(error) || best == nullptr || ucsdet_getConfidence(best, &error) < kDetectorConfidence) return {};
  const char* name = ucsdet_getName(best, &error);
  return U_FAILURE(error) || name == nullptr ? std::string() : clean_name(name);
}

Decoded from_utf8(std::string_view bytes, bool guessed) {
  Decoded result{.text = {}, .charset = "utf-8", .guessed = guessed, .replaced = 0};
  if (is_valid_utf8(bytes)) {
    result.text = bytes;
    return result;
  }
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint point = code_point_at(bytes, at);
    const bool is_written = point.value == kReplacement && point.length == 3;
    if (point.value == kReplacement && !is_written) ++result.replaced;
    append_utf8(result.text, point.value);
    at += point.length;
  }
  return result;
}

/// Not one in all that is beyond ASCII: then the bytes are no UTF-8, whatever is declared.
bool holds_utf8_letter(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const std::uint32_t length = code_point_at(bytes, at).length;
    if (length > 1) return true;
    at += length;
  }
  return false;
}

bool has_utf16_mark(std::string_view bytes) { return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"); }

/// Text of single bytes under the name of UTF-16, as programs write that recode a text and not its label. Each character of Latin
/// text in UTF-16 has a zero; a few of other scripts may look like ASCII, many do not.
bool is_narrow_text(std::string_view bytes) {
  constexpr std::size_t kFewest = 16;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\t' && c != '\n' && c != '\r'; };
  return bytes.size() >= kFewest && std::ranges::none_of(bytes, is_control) && is_valid_utf8(bytes);
}

/// What is declared as UTF-16 without an order of bytes: the mark says it, else the zeros do, else they are little-endian.
/// Source: WHATWG Encoding Standard, section 4.2; RFC 2781 section 4.3 has big-endian, which senders of Windows do not write.
Decoded from_utf16(std::string_view bytes) {
  const bool is_marked = has_utf16_mark(bytes);
  if (!is_marked && is_narrow_text(bytes)) return from_utf8(bytes, true);
  std::string name = is_marked ? "utf-16" : std::string(unmarked_utf16(bytes));
  if (name.empty()) name = "utf-16le";
  auto converted = convert(bytes, name).value_or(Converted{});
  return {std::move(converted.text), name, !is_marked && !bytes.empty(), converted.replaced};
}

Decoded guess(std::string_view bytes) {
  if (is_valid_utf8(bytes)) return from_utf8(bytes, true);
  const std::string name = detected_name(bytes);
  if (!name.empty() && name != "utf-8" && name != "iso-8859-1" && name != "windows-1252") {
    auto converted = convert(bytes, name);
    if (converted && converted->replaced == 0) return {std::move(converted->text), name, true, 0};
  }
  return {from_windows_1252(bytes), "windows-1252", true, 0};
}

}  // namespace

std::string_view unmarked_utf16(std::string_view bytes) {
  constexpr std::size_t kHead = 4'096, kFewest = 8;
  const std::string_view head = bytes.substr(0, std::min(bytes.size(), kHead) / 2 * 2);
  if (head.size() < kFewest) return {};
  std::array<std::size_t, 2> zeros{};
  std::size_t printed = 0;  ///< pairs of a zero and a character of text
  for (std::size_t at = 0; at < head.size(); at += 2) {
    const bool is_first = head[at] == '\0', is_second = head[at + 1] == '\0';
    const auto other = static_cast<unsigned char>(is_first ? head[at + 1] : head[at]);
    zeros[0] += is_first ? 1U : 0U;
    zeros[1] += is_second ? 1U : 0U;
    printed += is_first != is_second && (other >= ' ' || other == '\t' || other == '\n' || other == '\r') ? 1U : 0U;
  }
  const std::size_t pairs = head.size() / 2;
  constexpr std::size_t kNearly = 10;  ///< all but one in so many
  if (printed + pairs / kNearly < pairs) return {};
  if (zeros[0] <= pairs / kNearly) return "utf-16le";
  return zeros[1] <= pairs / kNearly ? "utf-16be" : "";
}

Decoded decode(std::string_view bytes, std::string_view declared) {
  const std::string name = clean_name(declared);
  const bool is_plain =
      name.empty() || name == "us-ascii" || name == "utf-8" || name.starts_with("iso-8859-") || name.starts_with("windows-125");
  if (const auto wide = is_plain ? unmarked_utf16(bytes) : std::string_view{}; !wide.empty()) {
    if (auto converted = convert(bytes, std::string(wide)))
      return {std::move(converted->text), std::string(wide), true, converted->replaced};
  }
  if (name == "utf-16" || (name.starts_with("utf-16") && has_utf16_mark(bytes))) return from_utf16(bytes);
  if (is_plain && is_ascii(bytes)) return {std::string(bytes), name.empty() ? "us-ascii" : name, false, 0};
  if (name.empty() || name == "us-ascii") return guess(bytes);
  if (name == "utf-8") return holds_utf8_letter(bytes) ? from_utf8(bytes, false) : guess(bytes);
  if (is_plain && is_valid_utf8(bytes)) return from_utf8(bytes, true);  // letters of one byte make no such sequences
  if (name == "iso-8859-1" && has_c1(bytes))  // such control characters are never meant: bytes contradict the declaration
    return {from_windows_1252(bytes), "windows-1252", true, 0};
  if (name == "iso-8859-1" || name == "windows-1252") return {from_windows_1252(bytes), name, false, 0};
  auto converted = convert(bytes, name);
  if (!converted) return is_ascii(bytes) ? Decoded{std::string(bytes), "us-ascii", true, 0} : guess(bytes);
  if (converted->replaced > 0 && is_valid_utf8(bytes) && !is_ascii(bytes)) return from_utf8(bytes, true);
  return {std::move(converted->text), name, false, converted->replaced};
}

bool is_valid_utf8(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    if (at + 8 <= bytes.size()) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes.data() + at, 8);
      if ((word & 0x8080808080808080ULL) == 0) {
        at += 8;
        continue;
      }
    }
    const CodePoint point = code_point_at(bytes, at);
    if (point.length == 1 && point.value == kReplacement) return false;
    at += point.length;
  }
  return true;
}

std::string valid_utf8(std::string_view bytes) { return from_utf8(bytes, false).text; }

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> char32_t {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto is_trail = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const char32_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  if (lead >= 0xC2 && lead < 0xE0 && is_trail(1)) return {((lead & 0x1FU) << 6U) | (byte(1) & 0x3FU), 2};
  if (lead >= 0xE0 && lead < 0xF0 && is_trail(1) && is_trail(2)) {
    const char32_t value = ((lead & 0xFU) << 12U) | ((byte(1) & 0x3FU) << 6U) | (byte(2) & 0x3FU);
    if (value >= 0x800 && (value < 0xD800 || value >= 0xE000)) return {value, 3};
  }
  if (lead >= 0xF0 && lead < 0xF5 && is_trail(1) && is_trail(2) && is_trail(3)) {
    const char32_t value = ((lead & 7U) << 18U) | ((byte(1) & 0x3FU) << 12U) | ((byte(2) & 0x3FU) << 6U) | (byte(3) & 0x3FU);
    if (value >= 0x10000 && value <= 0x10FFFF) return {value, 4};
  }
  return {kReplacement, 1};
}

}  // namespace threadline::text
