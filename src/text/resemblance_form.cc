// SPDX-License-Identifier: Apache-2.0
#include "text/resemblance_form.h"

#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>

#include "text/domain.h"
#include "text/fold.h"

namespace threadline::text {
namespace {

constexpr std::size_t kCompared = 253;  ///< octets of a text that a skeleton is made of; RFC 1035's longest name

bool is_ascii(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Without nonspacing marks.
std::string without_marks(const icu::UnicodeString& decomposed) {
  icu::UnicodeString kept;
  for (std::int32_t i = 0; i < decomposed.length(); i = decomposed.moveIndex32(i, 1)) {
    const UChar32 c = decomposed.char32At(i);
    if (u_charType(c) != U_NON_SPACING_MARK) kept.append(c);
  }
  std::string out;
  kept.toLower(icu::Locale::getRoot()).toUTF8String(out);
  return out;
}

icu::UnicodeString decomposed(const icu::UnicodeString& given) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  if (U_FAILURE(status) != 0) return given;
  icu::UnicodeString out = nfkd->normalize(given, status);
  return U_FAILURE(status) != 0 ? given : out;
}

icu::UnicodeString utf16(std::string_view text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
}

/// UTS 39 section 4.
std::string uts39(std::string_view text) {
  static const auto close = [](USpoofChecker* checker) { uspoof_close(checker); };
  static const std::unique_ptr<USpoofChecker, decltype(close)> checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<USpoofChecker, decltype(close)>(uspoof_open(&status), close);
  }();
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  if (checker == nullptr) return std::string(text);
  uspoof_getSkeletonUnicodeString(checker.get(), 0, utf16(text), out, &status);
  return U_FAILURE(status) != 0 ? std::string(text) : without_marks(decomposed(out));
}

struct Imitation {
  std::string_view written, read;
};
/// What a tired eye confuses among ASCII letters and UTS 39 does not; longest first.
constexpr Imitation kImitations[] = {{"rn", "m"},     {"nn", "m"},     {"vv", "w"},     {"cl", "d"},
                                     {"ci", "a"},     {"c1", "d"},     {"ri", "n"},     {"li", "h"},
                                     {"0", "o"},      {"1", "l"},      {"i", "l"},      {"|", "l"},
                                     {"5", "s"},      {"6", "b"},      {"3", "e"},      {"\u04cf", "l"},  // Cyrillic palochka
                                     {"\u1d1b", "t"}, {"\u1d0d", "m"}, {"\u0299", "b"}, {"\u029c", "h"},
                                     {"\u1d0b", "k"},  // small capitals, where UTS 39 leads Cyrillic
                                     {"\u043f", "n"}, {"\u0433", "r"}, {"\u044c", "b"}, {"\u0442", "t"},
                                     {"\u043c", "m"},                                     // Cyrillic pe, ghe, soft sign, te, em
                                     {"\u0432", "b"}, {"\u043d", "h"}, {"\u043a", "k"}};  // Cyrillic ve, en, ka

std::string simplified(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto found =
        std::ranges::find_if(kImitations, [&](const Imitation& one) { return text.substr(at).starts_with(one.written); });
    out += found == std::end(kImitations) ? text.substr(at, 1) : found->read;
    at += found == std::end(kImitations) ? 1 : found->written.size();
  }
  return out;
}

struct KeywordRow {
  Keyword kind;
  std::string_view words;
};
constexpr KeywordRow kKeywordRows[] = {
#define THREADLINE_KEYWORDS(kind, words) {Keyword::kind, words},
#include "text/resemblance_keywords.def"
#undef THREADLINE_KEYWORDS
};

const std::unordered_map<std::string_view, Keyword>& keywords() {
  static const auto table = [] {
    std::unordered_map<std::string_view, Keyword> made;
    for (KeywordRow row : kKeywordRows) {
      while (!row.words.empty()) {
        const std::size_t space = std::min(row.words.find(' '), row.words.size());
        made.emplace(row.words.substr(0, space), row.kind);
        row.words.remove_prefix(std::min(space + 1, row.words.size()));
      }
    }
    return made;
  }();
  return table;
}

}  // namespace

std::string without_diacritics(std::string_view text) {
  return is_ascii(text) ? ascii_lower(text) : without_marks(decomposed(utf16(text)));
}

std::string skeleton(std::string_view given) {
  const std::string_view text = given.substr(0, kCompared);
  const std::string folded = without_diacritics(text);
  return simplified(is_ascii(folded) ? folded : uts39(folded));
}

Keyword keyword(std::string_view word) {
  const auto found = keywords().find(word);
  return found == keywords().end() ? Keyword::none : found->second;
}

std::string without_keywords(std::string_view label) {
  std::string left;
  bool taken = false;
  while (!label.empty()) {
    const std::size_t hyphen = std::min(label.find('-'), label.size());
    const std::string_view token = label.substr(0, hyphen);
    label.remove_prefix(std::min(hyphen + 1, label.size()));
    if (keyword(token) != Keyword::none) {
      taken = true;
      continue;
    }
    if (!left.empty()) left += '-';
    left += token;
  }
  return taken ? left : std::string();
}

Form read_form(std::string_view domain) {
  const DomainName name = read_domain(domain.substr(0, 1'024));
  Form form;
  form.given = domain;
  form.registrable = name.registrable;
  form.suffix = name.suffix;
  if (name.registrable.empty()) return form;
  const auto above = [](std::string_view unicode, std::string_view suffix) {
    auto dots = std::ranges::count(suffix, '.') + 1;
    while (dots-- > 0 && unicode.find('.') != std::string_view::npos) unicode = unicode.substr(0, unicode.rfind('.'));
    return std::string(unicode);
  };
  form.host = above(name.unicode, name.suffix);
  form.label = form.host.substr(form.host.rfind('.') + 1).substr(0, kCompared);
  form.folded = without_diacritics(form.label);
  form.skeleton = skeleton(form.label);
  form.compact = form.folded;
  std::erase(form.compact, '-');
  return form;
}

}  // namespace threadline::text
