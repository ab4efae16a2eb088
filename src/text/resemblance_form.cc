// SPDX-License-Identifier: Apache-2.0
#include "text/resemblance_form.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uspoof.h>

#include <algorithm>
#include <array>
#include <memory>
#include <unordered_map>
#include <unordered_set>

#include "text/charset.h"
#include "text/domain.h"
#include "text/fold.h"
#include "text/punycode.h"
#include "text/resemblance_distance.h"

namespace threadline::text {
namespace {

constexpr std::size_t kLetters = 253;  ///< octets of a text that are read; RFC 1035's longest name
constexpr std::size_t kName = 1'024;   ///< octets of a name in UTF-8 that are read

bool is_ascii(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

enum class Look { accented, confusable };
struct Confusable {
  Look look;
  std::string_view read;
};

const std::unordered_map<char32_t, Confusable>& confusables() {
  static const std::unordered_map<char32_t, Confusable> table = {
#define THREADLINE_CONFUSABLE(letter, look, read) {letter, {Look::look, read}},
#include "text/confusables.def"
#undef THREADLINE_CONFUSABLE
  };
  return table;
}

/// A byte for a letter that looks like no ASCII letter: the same for the same letter.
char byte_of(char32_t letter) { return static_cast<char>(0x80U | (((letter * 0x9E3779B1U) >> 16U) & 0x7FU)); }

/// NFKD of one code point.
std::u32string decomposed(char32_t letter) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  icu::UnicodeString out(static_cast<UChar32>(letter));
  if (U_FAILURE(status) == 0) out = nfkd->normalize(out, status);
  std::u32string letters;
  for (std::int32_t i = 0; i < out.length(); i = out.moveIndex32(i, 1))
    letters += static_cast<char32_t>(u_tolower(out.char32At(i)));
  return letters;
}

/// The prototype that UTS 39 section 4 gives to a letter: equal for letters of other scripts that look alike.
char32_t prototype_of(char32_t letter) {
  static const auto close = [](USpoofChecker* checker) { uspoof_close(checker); };
  static const std::unique_ptr<USpoofChecker, decltype(close)> checker = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<USpoofChecker, decltype(close)>(uspoof_open(&status), close);
  }();
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString out;
  if (checker == nullptr) return letter;
  uspoof_getSkeletonUnicodeString(checker.get(), 0, icu::UnicodeString(static_cast<UChar32>(letter)), out, &status);
  return U_FAILURE(status) != 0 || out.isEmpty() ? letter : static_cast<char32_t>(out.char32At(0));
}

bool is_mark(char32_t letter) { return u_charType(static_cast<UChar32>(letter)) == U_NON_SPACING_MARK; }

void append_letter(Reading& reading, char32_t letter) {
  if (const auto known = confusables().find(letter); known != confusables().end()) {
    reading.letters += known->second.read;
    (known->second.look == Look::accented ? reading.has_marks : reading.has_foreign) = true;
    return;
  }
  for (const char32_t part : decomposed(letter)) {
    const auto known = confusables().find(part);
    if (is_mark(part)) {
      reading.has_marks = true;
    } else if (part < 0x80) {
      reading.letters += static_cast<char>(part);
    } else if (known != confusables().end()) {
      reading.letters += known->second.read;
      reading.has_foreign = true;
    } else {
      reading.letters += byte_of(prototype_of(part));
      reading.has_foreign = true;
    }
  }
}

/// For each byte: what looks the same at a glance (plain), and the strokes it is made of.
constexpr std::array<char, 256> kPlain = [] {
  std::array<char, 256> table{};
  for (std::size_t i = 0; i < 256; ++i) table[i] = static_cast<char>(static_cast<unsigned char>(i));
  table['0'] = 'o', table['1'] = table['i'] = table['|'] = 'l', table['5'] = 's', table['3'] = 'e', table['4'] = 'a';
  table['6'] = table['8'] = 'b', table['9'] = 'g', table['7'] = 't', table['2'] = 'z';
  return table;
}();

/// Strokes: a bowl "o", a stem "l", an arch "m", a wedge "v"; other letters are themselves.
constexpr std::array<std::string_view, 26> kStrokes = {"ol", "lo", "o", "ol", "o", "f", "g", "lm", "l", "l", "lo", "l", "m",
                                                       "m",  "o",  "p", "g",  "m", "s", "t", "v",  "v", "v", "x",  "y", "z"};

enum class WordKind { bait, corporate, machine };
struct KeywordRow {
  WordKind kind;
  std::string_view words;
};
constexpr KeywordRow kKeywordRows[] = {
#define THREADLINE_KEYWORDS(kind, words) {WordKind::kind, words},
#include "text/resemblance_keywords.def"
#undef THREADLINE_KEYWORDS
};

/// Calls `each` with every word of the table and its kind.
template <class Each>
void for_each_word(Each each) {
  for (KeywordRow row : kKeywordRows) {
    while (!row.words.empty()) {
      const std::size_t space = std::min(row.words.find(' '), row.words.size());
      each(row.words.substr(0, space), row.kind);
      row.words.remove_prefix(std::min(space + 1, row.words.size()));
    }
  }
}

const std::unordered_map<std::string_view, Keyword>& keywords() {
  static const auto table = [] {
    std::unordered_map<std::string_view, Keyword> made;
    for_each_word([&](std::string_view word, WordKind kind) {
      if (kind != WordKind::machine) made.emplace(word, kind == WordKind::bait ? Keyword::bait : Keyword::corporate);
    });
    return made;
  }();
  return table;
}

bool is_machine_word(std::string_view word) {
  static const auto table = [] {
    std::unordered_set<std::string_view> made;
    for_each_word([&](std::string_view machine, WordKind kind) {
      if (kind == WordKind::machine) made.insert(machine);
    });
    return made;
  }();
  return table.contains(word);
}

/// Which lengths keywords have that begin and end with two letters: most words need no look-up.
bool may_be_keyword(std::string_view word) {
  constexpr std::size_t kAlphabet = 26, kMostLetters = 32;
  static const auto lengths = [] {
    std::array<std::array<std::uint32_t, kAlphabet>, kAlphabet> made{};
    for (const auto& [known, kind] : keywords())
      made[static_cast<std::size_t>(known.front() - 'a')][static_cast<std::size_t>(known.back() - 'a')] |= 1U << known.size();
    return made;
  }();
  if (word.empty() || word.size() >= kMostLetters) return false;
  const auto first = static_cast<std::size_t>(word.front() - 'a'), last = static_cast<std::size_t>(word.back() - 'a');
  return first < kAlphabet && last < kAlphabet && ((lengths[first][last] >> word.size()) & 1U) != 0;
}

/// Without a bait word of four letters or more at its beginning or end.
std::string_view without_affix(std::string_view token) {
  constexpr std::size_t kShortest = 4, kLongest = 14, kLeft = 6;
  for (std::size_t length = kLongest; length >= kShortest; --length) {
    if (token.size() < length + kLeft) continue;
    if (keyword(token.substr(0, length)) == Keyword::bait) return token.substr(length);
    if (keyword(token.substr(token.size() - length)) == Keyword::bait) return token.substr(0, token.size() - length);
  }
  return token;
}

/// Two letters that are read as one (rn/m), then letters that look the same.
std::string simplified(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view one = at + 1 < text.size() ? read_as_one(text[at], text[at + 1]) : std::string_view();
    out += kPlain[static_cast<unsigned char>(one.empty() ? text[at] : one[0])];
    if (!one.empty()) ++at;
  }
  return out;
}

}  // namespace

Reading read_letters(std::string_view text) {
  text = text.substr(0, kLetters);
  Reading reading;
  if (is_ascii(text)) {
    reading.letters = ascii_lower(text);
    return reading;
  }
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    at += point.length;
    if (point.value < 0x80)
      reading.letters += ascii_lower(std::string_view(text).substr(at - 1, 1));
    else
      append_letter(reading, static_cast<char32_t>(u_tolower(static_cast<UChar32>(point.value))));
  }
  return reading;
}

char plain_of(char letter) { return kPlain[static_cast<unsigned char>(letter)]; }

std::string plain_of(std::string_view reading) {
  std::string plain(reading);
  for (char& letter : plain) letter = kPlain[static_cast<unsigned char>(letter)];
  return plain;
}

std::string strokes_of(std::string_view reading) {
  std::string strokes;
  strokes.reserve(2 * reading.size());
  const auto append = [&](char stroke) {
    if (strokes.empty() || strokes.back() != stroke) strokes += stroke;
  };
  for (const char letter : reading) {
    const char plain = kPlain[static_cast<unsigned char>(letter)];
    if (plain == '-') continue;
    if (plain < 'a' || plain > 'z')
      append(plain);
    else
      for (const char stroke : kStrokes[static_cast<std::size_t>(plain - 'a')]) append(stroke);
  }
  return strokes;
}

std::string plain_letters(std::string_view text) { return read_letters(text).letters; }

std::string skeleton(std::string_view text) { return simplified(read_letters(text).letters); }

Keyword keyword(std::string_view word) {
  if (!may_be_keyword(word)) return Keyword::none;
  const auto found = keywords().find(word);
  return found == keywords().end() ? Keyword::none : found->second;
}

std::size_t telling_letters(std::string_view candidate, std::string_view reference) {
  constexpr std::size_t kShortest = 2, kLongest = 11;
  std::size_t shared = 0;
  for (std::size_t length = kShortest; length <= kLongest && length < std::min(candidate.size(), reference.size()); ++length) {
    const std::string_view end = candidate.substr(candidate.size() - length);
    if (reference.ends_with(end) && is_machine_word(end)) shared = length;
  }
  return shared == 0 ? reference.size() : std::min(candidate.size(), reference.size()) - shared;
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
    const std::string_view rest = without_affix(token);
    taken = taken || rest.size() < token.size();
    if (!left.empty()) left += '-';
    left += rest;
  }
  return taken ? left : std::string();
}

Form read_form(std::string_view domain) {
  Form form;
  DomainName name = read_domain(domain.substr(0, kName));
  form.given = domain;
  if (name.registrable.empty()) return form;
  // A public suffix that is somebody's name too ("notaires.fr") is compared by its first label.
  if (name.suffix == name.ascii && name.suffix.find('.') != std::string::npos) name.suffix.erase(0, name.suffix.find('.') + 1);
  auto dots = std::ranges::count(name.suffix, '.') + 1;
  form.host = std::move(name.unicode);
  while (dots-- > 0 && form.host.find('.') != std::string::npos) form.host.resize(form.host.rfind('.'));
  form.label_begin = form.host.rfind('.') + 1;
  if (const auto decoded = punycode_decoded(form.label())) form.host.replace(form.label_begin, std::string::npos, *decoded);
  form.registrable = std::move(name.registrable);
  form.suffix = std::move(name.suffix);
  Reading reading = read_letters(form.label());
  form.reading = std::move(reading.letters);
  form.has_marks = reading.has_marks;
  form.has_foreign = reading.has_foreign;
  return form;
}

}  // namespace threadline::text
