// SPDX-License-Identifier: Apache-2.0
#include "text/fold.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <vector>

#include "base/utf8.h"
#include "text/charset.h"

namespace threadline::text {
namespace {

constexpr bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr char lower_of(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool is_all_ascii(std::string_view text) { return std::ranges::all_of(text, is_ascii); }

/// Letters that carry a stroke, which Unicode does not decompose, and the letter a reader takes them for.
struct Stroke {
  char32_t letter;
  char plain;
};
constexpr std::array kStrokes = std::to_array<Stroke>({{0x00F8, 'o'},
                                                       {0x0111, 'd'},
                                                       {0x0127, 'h'},
                                                       {0x0131, 'i'},
                                                       {0x0142, 'l'},
                                                       {0x0167, 't'},
                                                       {0x0180, 'b'},
                                                       {0x01B6, 'z'},
                                                       {0x019A, 'l'},
                                                       {0x0268, 'i'}});

/// A diacritic by its canonical combining class: Latin, Greek, Cyrillic (200 up, overlays 1), Hebrew and Arabic points (10..35).
/// Vowel signs of Indic scripts and Japanese voicing marks make other letters and stay. Source: UAX 44, table 15.
bool is_diacritic(UChar32 c) {
  const int combining = u_getCombiningClass(c);
  return combining >= 200 || combining == 1 || (combining >= 10 && combining <= 35);
}

UChar32 without_stroke(UChar32 c) {
  const auto* found = std::ranges::find(kStrokes, static_cast<char32_t>(c), &Stroke::letter);
  return found == kStrokes.end() ? c : static_cast<UChar32>(found->plain);
}

const icu::Normalizer2& normalizer(const icu::Normalizer2* (*get)(UErrorCode&)) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* found = get(error);
  if (U_FAILURE(error) || found == nullptr) throw std::logic_error("ICU has no normalisation tables");
  return *found;
}

/// NFKC case fold without diacritics, of a stretch without ASCII.
std::string fold_by_icu(std::string_view text) {
  static const icu::Normalizer2& casefold = normalizer(icu::Normalizer2::getNFKCCasefoldInstance);
  static const icu::Normalizer2& decompose = normalizer(icu::Normalizer2::getNFDInstance);
  static const icu::Normalizer2& compose = normalizer(icu::Normalizer2::getNFCInstance);
  UErrorCode error = U_ZERO_ERROR;
  const auto source = icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
  const icu::UnicodeString decomposed = decompose.normalize(casefold.normalize(source, error), error);
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (!is_diacritic(c)) kept.append(without_stroke(c));
  }
  std::string result;
  compose.normalize(kept, error).toUTF8String(result);
  return result;
}

constexpr char32_t kTableEnd = 0x250;           // Latin-1 Supplement, Latin Extended A and B: the letters of European names
constexpr char32_t kPunctuationBegin = 0x2000;  // General Punctuation: spaces, dashes, quotes, invisible characters
constexpr char32_t kPunctuationEnd = 0x2070;

/// The folded form of each code point that European mail is full of, computed when it is first met: most never are.
class FoldTable {
 public:
  /// nullptr for a code point outside the table.
  [[nodiscard]] const std::string* find(char32_t c) {
    if (c >= 0x80 && c < kTableEnd) return &filled(latin_[c - 0x80], c);
    if (c >= kPunctuationBegin && c < kPunctuationEnd) return &filled(punctuation_[c - kPunctuationBegin], c);
    return nullptr;
  }

 private:
  struct Slot {
    bool is_made = false;
    std::string folded;
  };
  static const std::string& filled(Slot& slot, char32_t c) {
    if (slot.is_made) return slot.folded;
    std::string one;
    append_utf8(one, c);
    slot = {true, u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 ? " " : fold_by_icu(one)};
    return slot.folded;
  }
  std::array<Slot, kTableEnd - 0x80> latin_;
  std::array<Slot, kPunctuationEnd - kPunctuationBegin> punctuation_;
};

FoldTable& fold_table() {
  thread_local FoldTable table;
  return table;
}

/// The end of the stretch of code points from `at` that neither ASCII nor the table covers.
std::size_t end_of_rare(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_ascii(text[at])) {
    const CodePoint point = code_point_at(text, at);
    if (fold_table().find(point.value) != nullptr) break;
    at += point.length;
  }
  return at;
}

void append_folded(std::string& to, std::string_view text) {
  FoldTable& table = fold_table();
  for (std::size_t at = 0; at < text.size();) {
    if (is_ascii(text[at])) {
      to += is_ascii_space(text[at]) ? ' ' : lower_of(text[at]);
      ++at;
      continue;
    }
    const CodePoint point = code_point_at(text, at);
    if (const std::string* known = table.find(point.value)) {
      to += *known;
      at += point.length;
      continue;
    }
    const std::size_t end = end_of_rare(text, at);
    to += fold_by_icu(text.substr(at, end - at));
    at = end;
  }
}

/// Every run of spaces one, none at the ends; in place.
void squeeze(std::string& text) {
  std::size_t kept = 0;
  for (const char c : text) {
    if (c == ' ' && (kept == 0 || text[kept - 1] == ' ')) continue;
    text[kept++] = c;
  }
  if (kept > 0 && text[kept - 1] == ' ') --kept;
  text.resize(kept);
}

/// Folds the ASCII that the text begins with into `to`, which is as long as the text, and cuts it behind; runs of spaces are one,
/// none at the beginning. How many bytes were read.
std::size_t fold_ascii(std::string_view text, std::string& to) {
  std::size_t at = 0, kept = 0;
  for (; at < text.size() && is_ascii(text[at]); ++at) {
    const char c = is_ascii_space(text[at]) ? ' ' : lower_of(text[at]);
    if (c == ' ' && (kept == 0 || to[kept - 1] == ' ')) continue;
    to[kept++] = c;
  }
  to.resize(kept);
  return at;
}

bool is_invisible(char32_t c) {
  if (c < 0x20) return c != '\n' && c != '\t';
  if (c < 0x7F) return false;
  return c < 0xA0 || u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool is_space(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }

/// Where the last code point of the text begins.
std::size_t last_code_point(std::string_view text) {
  std::size_t at = text.size() - 1;
  for (int i = 0; i < 3 && at > 0 && is_inside_character(text[at]); ++i) --at;
  return at;
}

/// Letters, digits and what stands above or below them.
bool is_of_word(char32_t c) {
  if (c < 0x80) return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return u_isalnum(static_cast<UChar32>(c)) != 0 || u_getCombiningClass(static_cast<UChar32>(c)) != 0;
}

}  // namespace

std::string ascii_lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), lower_of);
  return result;
}

bool equal_ascii_nocase(std::string_view left, std::string_view right) {
  return std::ranges::equal(left, right, [](char a, char b) { return lower_of(a) == lower_of(b); });
}

std::string fold(std::string_view text) {
  std::string result(text.size(), ' ');
  const std::size_t read = fold_ascii(text, result);
  if (read == text.size()) {
    if (result.ends_with(' ')) result.pop_back();
    return result;
  }
  append_folded(result, text.substr(read));
  squeeze(result);
  return result;
}

std::string lower(std::string_view text) {
  if (is_all_ascii(text)) return ascii_lower(text);
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    append_utf8(result, static_cast<char32_t>(u_tolower(static_cast<UChar32>(point.value))));
    at += point.length;
  }
  return result;
}

std::string without_invisible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    if (!is_invisible(point.value)) result.append(text.substr(at, point.length));
    at += point.length;
  }
  return result;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    const CodePoint point = code_point_at(text, 0);
    if (!is_space(point.value)) break;
    text.remove_prefix(point.length);
  }
  while (!text.empty()) {
    const std::size_t at = last_code_point(text);
    if (!is_space(code_point_at(text, at).value)) break;
    text.remove_suffix(text.size() - at);
  }
  return text;
}

std::string name_key(std::string_view name) {
  const std::string folded = fold(name);
  std::vector<std::string> words(1);
  for (std::size_t at = 0; at < folded.size();) {
    const CodePoint point = code_point_at(folded, at);
    if (is_of_word(point.value))
      words.back().append(folded, at, point.length);
    else if (!words.back().empty())
      words.emplace_back();
    at += point.length;
  }
  if (words.back().empty()) words.pop_back();
  std::ranges::sort(words);
  std::string key;
  for (const auto& word : words) (key.empty() ? key : key += ' ') += word;
  return key;
}

}  // namespace threadline::text
