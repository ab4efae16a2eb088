// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/reading.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/ascii.h"
#include "base/utf8.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kMarksInGap = 3;
constexpr std::size_t kLinesInGap = 3;   // CR LF counts once
constexpr std::size_t kLabelBytes = 64;  // looked back for a label

/// Words that say "an account follows", in capitals without accents. Order: the longest first of one family.
constexpr std::string_view kLabels[] = {"IBAN",
                                        "RIB",
                                        "BBAN",
                                        "KONTONUMMER",
                                        "KONTO",
                                        "BANKVERBINDUNG",
                                        "REKENINGNUMMER",
                                        "REKENING",
                                        "ACCOUNT",
                                        "ACCT",
                                        "COMPTE",
                                        "CUENTA",
                                        "CCC",
                                        "CONTO",
                                        "CONTA",
                                        "NIB",
                                        "COORDONNEES BANCAIRES",
                                        "BANK DETAILS",
                                        "COORDINATE BANCARIE"};
/// Words that may stand between the label and its value.
constexpr std::string_view kFillers[] = {
    "N",     "NO",      "NR",       "NUMBER",   "NUMERO",   "NUM",     "NUMMER",        "CODE",
    "IS",    "EST",     "BANCAIRE", "BANK",     "LAUTET",   "ES",      "EUR",           "E",
    "A",     "EURO",    "DE",       "CORRENTE", "BANCARIA", "ISO",     "INTERNATIONAL", "SUIVANT",
    "CI",    "DESSOUS", "THE",      "NEW",      "NUEVO",    "NOUVEAU", "NOUVEL",        "NEUE",
    "NOTRE", "OUR",     "COMPTE",   "SEPA",     "SWIFT",    "FR",      "BELOW",         "FOLLOWING",
    "CCC",   "CLIENTE", "CORRIENTE"};

bool is_quote_mark(char c) { return c == '>'; }

/// The end of the quote marks and blanks that begin a line.
std::size_t line_start_end(std::string_view text, std::size_t at) {
  while (at < text.size() &&
         (is_quote_mark(text[at]) || (text[at] == ' ' && at + 1 < text.size() && is_quote_mark(text[at + 1]))))
    ++at;
  return at;
}

char tolerant_digit(char symbol) {
  switch (symbol) {
    case 'O': return '0';
    case 'I':
    case 'L': return '1';
    default: return symbol;
  }
}

bool fits(char place, const Glyph& glyph) {
  return glyph.kind == GlyphKind::symbol && (place == 'c' || (place == 'n' ? glyph.is_digit() : glyph.is_letter()));
}

void note_case(AccountReading& reading, const Glyph& glyph) {
  if (!glyph.is_letter()) return;
  if (reading.symbols.size() < 2) {
    reading.country_lower |= glyph.lower;
  } else {
    (glyph.lower ? reading.any_lower : reading.any_upper) = true;
  }
}

/// One more symbol; false when it does not fit the place.
bool take(AccountReading& reading, Glyph glyph, char place, bool tolerant) {
  if (tolerant && place == 'n' && glyph.is_letter()) {
    const char digit = tolerant_digit(glyph.symbol);
    reading.letter_for_digit |= digit != glyph.symbol;
    glyph.symbol = digit;
  }
  if (!fits(place, glyph)) return false;
  note_case(reading, glyph);
  reading.symbols += glyph.symbol;
  reading.disguised |= glyph.disguised;
  reading.end = glyph.end;
  return true;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool is_symbol(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_ascii(char c) { return static_cast<unsigned char>(c) < 0x80; }

/// The last word of each label.
constexpr auto kLabelEnds = [] {
  std::array<std::string_view, std::size(kLabels)> ends{};
  for (std::size_t i = 0; i < ends.size(); ++i) ends[i] = kLabels[i].substr(kLabels[i].rfind(' ') + 1);  // npos + 1 is 0
  return ends;
}();

bool is_one_of(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::any_of(words, [&](std::string_view each) { return each[0] == word[0] && each == word; });
}

/// A cheap look at the words before `at`, where they are ASCII and apart from it: no label ends there.
bool surely_not_labelled(std::string_view text, std::size_t at) {
  constexpr std::size_t kBack = 48, kWord = 16;
  const auto from = at > kBack ? at - kBack : 0;
  for (;;) {
    const auto place = at;
    while (at > from && is_ascii(text[at - 1]) && !is_symbol(text[at - 1])) --at;
    if (at == place || at == from || !is_ascii(text[at - 1])) return false;
    std::array<char, kWord> letters{};
    std::size_t length = 0;
    while (at > from && is_symbol(text[at - 1])) {
      const char c = text[--at];
      if (c <= '9' || length == kWord) return true;
      letters[kWord - ++length] = static_cast<char>(c & ~0x20);
    }
    if (at == from || !is_ascii(text[at - 1])) return false;
    const std::string_view word(letters.data() + kWord - length, length);
    if (is_one_of(kLabelEnds, word)) return false;
    if (!is_one_of(kFillers, word)) return true;
  }
}

/// Where a remark in brackets that counts or names something begins ("RIB (23 chiffres) :"), which stands between a label and its
/// number that begins at `at`; else `at`.
std::size_t before_remark(std::string_view text, std::size_t at) {
  constexpr std::string_view kMarks = " \t\r\n:=.-";
  constexpr std::size_t kLongest = 24, kDigits = 2;
  const auto close = text.substr(0, at).find_last_not_of(kMarks);
  if (close == text.npos || close + kLongest < at || text[close] != ')') return at;
  const auto from = close - std::min(close, kLongest);
  const auto open = text.substr(from, close - from).rfind('(');
  if (open == text.npos) return at;
  const auto remark = text.substr(from + open, close - from - open);
  const auto digits = std::ranges::count_if(remark, [](char c) { return c >= '0' && c <= '9'; });
  return static_cast<std::size_t>(digits) <= kDigits && remark.find('\n') == remark.npos ? from + open : at;
}

}  // namespace

Gap gap_at(std::string_view text, std::size_t at) {
  Gap gap{.end = at};
  if (at < text.size() && is_symbol(text[at])) return gap;
  std::size_t marks = 0, lines = 0;
  for (;;) {
    const auto glyph = glyph_at(text, gap.end);
    if (glyph.begin == glyph.end || glyph.kind == GlyphKind::symbol) return gap;
    if (glyph.kind == GlyphKind::other || glyph.kind == GlyphKind::mask) break;
    gap.invisible |= glyph.kind == GlyphKind::invisible;
    gap.soft |= glyph.kind == GlyphKind::soft;
    gap.visible |= glyph.kind != GlyphKind::invisible && glyph.kind != GlyphKind::soft;
    marks += glyph.kind == GlyphKind::mark ? 1U : 0U;
    gap.end = glyph.end;
    if (glyph.kind == GlyphKind::line) {
      gap.line = true;
      lines += text[glyph.begin] == '\r' ? 0U : 1U;
      gap.end = line_start_end(text, gap.end);
    }
    if (marks > kMarksInGap || lines > kLinesInGap || gap.end - at > kGapBytes) break;
  }
  gap.ok = false;
  return gap;
}

AccountReading read_places(std::string_view text, std::size_t begin, std::string_view places, bool tolerant) {
  constexpr std::size_t kShort = 15;  // what a string holds without memory of its own
  constexpr std::size_t kGroup = 4;
  AccountReading reading;
  reading.begin = reading.end = begin;
  std::size_t at = begin;
  for (const char place : places) {
    if (!reading.symbols.empty()) {
      const auto gap = gap_at(text, at);
      if (!gap.ok) return reading;
      reading.gap_before[reading.symbols.size()] = gap.visible;
      reading.soft_inside_four |= gap.soft && !gap.visible && reading.symbols.size() % kGroup != 0;
      if (reading.symbols.size() == kShort) reading.symbols.reserve(kReadingSymbols);
      at = gap.end;
      if (place != 'a' && at < text.size() && text[at] >= '0' && text[at] <= '9') {  // by far the most
        reading.symbols += text[at];
        reading.end = at + 1;
      } else if (!take(reading, glyph_at(text, at), place, tolerant)) {
        return reading;
      }
      reading.invisible |= gap.invisible;
    } else if (!take(reading, glyph_at(text, at), place, tolerant)) {
      return reading;
    }
    at = reading.end;
  }
  reading.complete = true;
  return reading;
}

bool begins_word(std::string_view text, std::size_t begin) {
  const auto before = glyph_before(text, begin);
  if (before.kind == GlyphKind::invisible || before.kind == GlyphKind::soft) return true;
  if (before.kind == GlyphKind::symbol) return false;
  return text.substr(before.begin, before.end - before.begin) != "=" &&
         text.substr(before.begin, before.end - before.begin) != "+";
}

bool ends_word(std::string_view text, const AccountReading& reading) {
  auto glyph = glyph_at(text, reading.end);
  if (glyph.kind != GlyphKind::symbol) return glyph.begin == glyph.end || (text[glyph.begin] != '=' && text[glyph.begin] != '+');
  if (glyph.raised && !glyph_before(text, reading.end).raised) return true;  // a note's number
  if (glyph.is_digit() || reading.symbols.back() > '9') return false;
  constexpr std::size_t kWordLetters = 24;
  std::size_t letters = 0;
  while (glyph.is_letter() && letters <= kWordLetters) {
    glyph = glyph_at(text, glyph.end);
    ++letters;
  }
  return letters <= kWordLetters && !glyph.is_digit();
}

bool labelled(std::string_view text, std::size_t at) {
  at = before_remark(text, at);
  if (surely_not_labelled(text, at)) return false;
  const auto from = std::min(next_character(text, at > kLabelBytes ? at - kLabelBytes : 0), at);
  std::string plain = plain_capitals(text.substr(from, at - from));
  const bool glued = !begins_word(text, at) && text[at - 1] != '=';
  if (glued && !plain.ends_with("IBAN") && !plain.ends_with("RIB")) return false;  // only these are glued
  std::size_t fillers = 0;
  for (;;) {
    while (!plain.empty() && plain.back() == ' ') plain.pop_back();
    if (plain.empty()) return false;
    const auto is_end = [&](std::string_view label) {
      return plain.ends_with(label) && (plain.size() == label.size() || plain[plain.size() - label.size() - 1] == ' ');
    };
    if (std::ranges::any_of(kLabels, is_end)) return true;
    const auto word_begin = plain.rfind(' ') + 1;  // npos + 1 is 0
    const auto word = std::string_view(plain).substr(word_begin);
    if (++fillers > 5 || std::ranges::find(kFillers, word) == std::end(kFillers)) return false;
    plain.resize(word_begin);
  }
}

namespace {

/// Groups of hexadecimal digits of one length beside a place, three at most.
struct HexGroups {
  std::string_view text;
  std::size_t length;
  std::size_t many = 0;
  bool has_letter = false;

  bool take(std::size_t at) {
    const auto group = text.substr(std::min(at, text.size()), length);
    const bool is_whole = at + length >= text.size() || !is_hex(text[at + length]);
    const auto is_number = [](char c) { return c >= '0' && c <= '9'; };
    if (group.size() != length || !is_whole || !std::ranges::all_of(group, is_hex) || std::ranges::none_of(group, is_number))
      return false;
    has_letter |= !std::ranges::all_of(group, is_number);
    return ++many < 3;
  }
};

std::size_t end_of_blanks(std::string_view text, std::size_t at) {
  const auto gap = gap_at(text, at);
  return gap.visible ? gap.end : text.size();
}

}  // namespace

bool in_hex_dump(std::string_view text, const AccountReading& reading) {
  constexpr std::size_t kLongest = 8, kBlanks = 2;
  if (!std::ranges::all_of(reading.symbols, is_hex)) return false;
  std::size_t length = 1;
  while (length < reading.symbols.size() && !reading.gap_before[length]) ++length;
  if (length > kLongest) return false;
  HexGroups groups{.text = text, .length = length};
  for (auto at = end_of_blanks(text, reading.end); groups.take(at);) at = end_of_blanks(text, at + length);
  groups.text = text.substr(0, reading.begin);
  for (std::size_t end = reading.begin;;) {
    std::size_t last = end;
    while (last > 0 && end - last < kBlanks && !is_hex(text[last - 1])) --last;
    if (last == end || last < length || (last > length && is_hex(text[last - length - 1])) || !groups.take(last - length)) break;
    end = last - length;
  }
  const bool is_lower_case = is_lower(text[reading.begin]);  // "ad12": as dumps write, and nobody an account
  return groups.many >= 2 && (groups.has_letter || is_lower_case);
}

}  // namespace threadline::facts
