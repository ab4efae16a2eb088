// SPDX-License-Identifier: Apache-2.0
#include "facts/contact/phone_label.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

enum class Meaning { phone, mobile, fax, filler, other, extension };

struct Word {
  std::string_view text;
  Meaning meaning;
};

constexpr auto kWords = std::to_array<Word>({
#define THREADLINE_PHONE_LABEL(word, meaning) {word, Meaning::meaning},
#include "facts/contact/phone_labels.def"
#undef THREADLINE_PHONE_LABEL
});

constexpr std::size_t kLook = 120;  ///< bytes before a number
constexpr std::size_t kWord = 40;   ///< bytes of a label
constexpr std::size_t kLabels = 4;  ///< words of labels before one number ("Tel. direct office no.")
constexpr std::size_t kBlanks = 6;  ///< bytes between a number and its extension
constexpr std::size_t kExtension = 6;

/// Marks of more than one byte that end a word: NBSP, narrow NBSP, zero width space, degree and ordinal signs, middle dot,
/// dashes, bullet, vertical bars, triangles, full-width colon, comma and bar, variation selector.
constexpr auto kWideMarks =
    std::to_array<std::string_view>({"\u00a0", "\u202f", "\u2009", "\u200b", "\u00b0", "\u00ba", "\u00b7", "\u2010", "\u2011",
                                     "\u2012", "\u2013", "\u2014", "\u2022", "\u2219", "\u22c5", "\u2502", "\u2503", "\u25aa",
                                     "\u25b6", "\u25ba", "\u25cf", "\u25e6", "\u2666", "\uff1a", "\uff0c", "\uff5c", "\ufe0f"});

bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U; }

/// Bytes of the wide mark that a text ends with, or 0.
std::size_t wide_mark(std::string_view text) {
  if (text.empty() || static_cast<unsigned char>(text.back()) < 0x80U) return 0;
  const auto found = std::ranges::find_if(kWideMarks, [&](std::string_view mark) { return text.ends_with(mark); });
  return found == kWideMarks.end() ? 0 : found->size();
}

/// Takes marks and blanks off the end; tells whether there was one that makes a single letter a label.
bool drop_marks(std::string_view& text) {
  bool is_pointed = text.empty() || text.back() == ' ';
  for (;;) {
    if (const std::size_t wide = wide_mark(text); wide != 0) {
      text.remove_suffix(wide);
    } else if (!text.empty() && !is_word_byte(text.back()) && !is_digit(text.back())) {
      text.remove_suffix(1);
    } else {
      return is_pointed;
    }
    is_pointed = true;
  }
}

std::string_view take_word(std::string_view& text) {
  std::size_t begin = text.size();
  while (begin > 0 && is_word_byte(text[begin - 1]) && wide_mark(text.substr(0, begin)) == 0) --begin;
  const std::string_view word = text.substr(begin);
  text.remove_suffix(word.size());
  return word;
}

std::optional<Meaning> meaning_of(std::string_view word, bool wants_extension) {
  if (word.empty() || word.size() > kWord) return std::nullopt;
  const bool is_ascii = std::ranges::all_of(word, [](char c) { return static_cast<unsigned char>(c) < 0x80U; });
  const std::string folded = is_ascii ? text::ascii_lower(word) : text::fold(word);
  for (auto found = std::ranges::lower_bound(kWords, folded, {}, &Word::text); found != kWords.end() && found->text == folded;
       ++found) {
    if ((found->meaning == Meaning::extension) == wants_extension) return found->meaning;
  }
  return std::nullopt;
}

/// A single letter is a label only where it stands for itself: at the start of the line or behind a mark.
bool is_lone_letter(std::string_view word, std::string_view before) {
  if (word.size() != 1) return true;
  std::string_view rest = before;
  while (!rest.empty() && rest.back() == ' ') rest.remove_suffix(1);
  return rest.empty() || !is_word_byte(rest.back()) || wide_mark(rest) != 0;
}

void take_meaning(PhoneLabel& label, Meaning meaning) {
  label.is_phone = true;
  if (meaning == Meaning::fax) label.kind = PhoneKind::fax;
  if (meaning == Meaning::mobile && label.kind != PhoneKind::fax) label.kind = PhoneKind::mobile;
  if (meaning == Meaning::phone && label.kind == PhoneKind::unknown) label.kind = PhoneKind::phone;
}

/// "A/c No. 50100123456789": an account, not a cell phone.
bool is_account_sign(std::string_view word, std::string_view before) {
  return (word == "c" || word == "C") && (before.ends_with("A/") || before.ends_with("a/"));
}

std::string_view line_before(std::string_view text, std::size_t at) {
  std::string_view line = text.substr(at > kLook ? at - kLook : 0, std::min(at, kLook));
  if (const std::size_t newline = line.rfind('\n'); newline != std::string_view::npos) line.remove_prefix(newline + 1);
  return line;
}

/// What stands before the labels: nothing, the number before, or a mark that parts one entry from the next.
bool leads(std::string_view rest, bool is_cut) {
  std::string_view before = rest;
  while (!before.empty() && (before.back() == ' ' || before.back() == '>' || before.back() == '*')) before.remove_suffix(1);
  if (before.empty()) return !is_cut;
  constexpr std::string_view kParting = "|/;,\t-_(:[~=+)";
  return is_digit(before.back()) || kParting.find(before.back()) != std::string_view::npos || wide_mark(before) != 0;
}

}  // namespace

PhoneLabel label_before(std::string_view text, std::size_t at) {
  PhoneLabel label;
  std::string_view rest = line_before(text, at);
  const bool is_cut = at > kLook && rest.size() == kLook;
  std::string_view before_labels = rest;
  for (std::size_t words = 0; words < kLabels; ++words) {
    const bool is_pointed = drop_marks(rest);
    const std::string_view word = take_word(rest);
    auto meaning = is_account_sign(word, rest) ? std::optional(Meaning::other) : meaning_of(word, false);
    if (meaning && word.size() == 1 && *meaning != Meaning::filler && (!is_pointed || !is_lone_letter(word, rest)))
      meaning.reset();
    if (!meaning) break;
    if (*meaning == Meaning::other) {
      label.is_other = !label.is_phone;
      break;
    }
    before_labels = rest;
    if (*meaning != Meaning::filler) take_meaning(label, *meaning);
  }
  label.leads_line = leads(before_labels, is_cut);
  return label;
}

Extension extension_after(std::string_view text, std::size_t end) {
  std::size_t at = end;
  const auto skip = [&](std::string_view marks) {
    const std::size_t from = at;
    while (at < text.size() && at - from < kBlanks && marks.find(text[at]) != std::string_view::npos) ++at;
  };
  skip(" ,;(-/");
  const std::size_t begin = at;
  while (at < text.size() && at - begin < kWord && is_word_byte(text[at]) && wide_mark(text.substr(0, at + 1)) == 0) ++at;
  const std::string_view word = text.substr(begin, at - begin);
  const bool is_hash = word.empty() && at < text.size() && text[at] == '#';
  if (is_hash) ++at;
  if (!is_hash && !meaning_of(word, true)) return {};
  skip(".:= ");
  const std::size_t digits = at;
  while (at < text.size() && at - digits < kExtension && is_digit(text[at])) ++at;
  if (at == digits || (at < text.size() && is_digit(text[at]))) return {};
  return {std::string(text.substr(digits, at - digits)), at};
}

}  // namespace threadline::facts
