// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/written_day.h"

#include <algorithm>
#include <utility>

#include "base/instant.h"
#include "facts/conversation/date_words.h"

namespace threadline::facts {
namespace {

using Tokens = std::vector<Token>;

constexpr int kFirstYear = 1900, kLastYear = 2199;
constexpr int kBuddhistEra = 543;       ///< Source: CLDR calendar buddhist
constexpr int kTwoDigitPivot = 70;      ///< 69 is 2069, 70 is 1970
constexpr int kThaiCentury = 2500;      ///< of a year of two digits
constexpr int kThaiPivot = 50;          ///< from 50 on it is 2550 (2007), below a Gregorian year
constexpr std::size_t kPartWithin = 6;  ///< tokens between two parts of a date
constexpr std::size_t kFillers = 2;     ///< words among them

/// The Gregorian year of a year as written in full; 0 when it is none.
int gregorian_year(int written) {
  if (written >= kFirstYear && written <= kLastYear) return written;
  const int thai = written - kBuddhistEra;
  return thai >= kFirstYear && thai <= kLastYear ? thai : 0;
}

int year_of(const Token& token, std::string_view language) {
  if (token.digits == 4) return gregorian_year(token.value);
  if (token.digits != 2) return 0;
  if (language == "th" && token.value >= kThaiPivot) return kThaiCentury + token.value - kBuddhistEra;
  return token.value + (token.value < kTwoDigitPivot ? 2000 : 1900);
}

bool is_real(const CalendarDay& day) { return instant_of({day.year, day.month, day.day, 0, 0, 0}, 0).has_value(); }

bool is_touching(const Tokens& tokens, std::size_t at) { return tokens[at].end == tokens[at + 1].begin; }

bool is_ascii_letter(const Token& token) {
  return token.kind == TokenKind::word && static_cast<unsigned char>(token.text.front()) < 0x80;
}

/// Whether a group of numbers goes on before `first` or behind `last` without a space: an address, a version, a telephone number.
bool is_part_of_more(const Tokens& tokens, std::size_t first, std::size_t last) {
  if (first > 0 && is_touching(tokens, first - 1)) {
    const Token& before = tokens[first - 1];
    if (is_ascii_letter(before) || is_mark(tokens, first - 1, ".-/@#_+=\\")) return true;
    if (is_mark(tokens, first - 1, ":") && first > 1 && tokens[first - 2].kind == TokenKind::number) return true;
  }
  if (last + 1 >= tokens.size() || !is_touching(tokens, last)) return false;
  if (is_ascii_letter(tokens[last + 1])) return tokens[last + 1].text != "T" || !is_clock_at(tokens, last + 2);
  if (is_mark(tokens, last + 1, "@_=%")) return true;
  const bool more = is_mark(tokens, last + 1, ".-/:") && is_number(tokens, last + 2, 1, 20) && is_touching(tokens, last + 1);
  return more && !is_clock_at(tokens, last + 2);
}

/// Words that say that the number behind them is none of a date, folded.
constexpr std::array<std::string_view, 22> kOtherNumbers{
    "v",   "ver", "version", "versione", "versao", "verzia", "wersja", "release", "rel", "ip",  "tel",
    "tlf", "fax", "iban",    "bic",      "nr",     "no",     "num",    "build",   "art", "ref", "siret"};

bool is_other_number(const Tokens& tokens, std::size_t at) {
  if (at == 0) return false;
  const std::size_t word = is_mark(tokens, at - 1, ".:") && at > 1 ? at - 2 : at - 1;
  return is_word(tokens, word) && std::ranges::find(kOtherNumbers, tokens[word].folded) != kOtherNumbers.end();
}

bool has_american_day_half(const Tokens& tokens, std::size_t from) {
  constexpr std::size_t kWithin = 12;
  for (std::size_t at = from; at < std::min(tokens.size(), from + kWithin); ++at) {
    if (!is_word(tokens, at) || tokens[at - 1].kind != TokenKind::number) continue;  // "09:05, A. M. Corsini"
    if (tokens[at].text == "AM" || tokens[at].text == "PM") return true;
    const bool points = tokens[at].folded == "a" || tokens[at].folded == "p";
    if (points && is_mark(tokens, at + 1, ".") && is_word(tokens, at + 2) && tokens[at + 2].folded == "m") return true;
  }
  return false;
}

/// Americans write AM and PM in capitals, Canadians with points, and 4/5/2018 without zeros; Australians and Indians write "am",
/// or 4/05/2018.
DateOrder order_in(const Tokens& tokens, std::size_t at, std::string_view language) {
  const bool zero = tokens[at + 2].digits == 2 && tokens[at + 2].value < 10;
  if (!language.empty() && language != "en") return date_order(language);
  if (!is_mark(tokens, at + 1, "/") || (zero && tokens[at].digits == 1)) return DateOrder::dmy;
  return has_american_day_half(tokens, at + 5) ? DateOrder::mdy : DateOrder::dmy;
}

void add(WrittenDay& written, const CalendarDay& day) {
  if (day.year != 0 && is_real(day) && written.count < written.readings.size()) written.readings[written.count++] = day;
}

void add_two_digit(const Tokens& tokens, std::size_t at, std::size_t year, std::string_view language, WrittenDay& written) {
  const int a = tokens[at].value, b = tokens[at + 2].value, c = tokens[year].value;
  const DateOrder order = order_in(tokens, at, language);
  const CalendarDay dmy{year_of(tokens[year], language), b, a}, mdy{dmy.year, a, b};
  const bool big_endian = tokens[at].digits == 2 && tokens[year].digits <= 2;
  const CalendarDay ymd{big_endian ? year_of(tokens[at], {}) : 0, b, c};
  if (order == DateOrder::ymd) add(written, ymd);
  add(written, order == DateOrder::mdy ? mdy : dmy);
  if (!is_mark(tokens, at + 1, ".")) add(written, order == DateOrder::mdy ? dmy : mdy);
  if (order != DateOrder::ymd && !is_mark(tokens, at + 1, ".")) add(written, ymd);
}

bool is_numeric_form(const Tokens& tokens, std::size_t at) {
  return is_number(tokens, at) && is_mark(tokens, at + 1, "./-") && is_number(tokens, at + 2, 1, 2) &&
         is_mark(tokens, at + 3, tokens[at + 1].text);
}

/// Number, mark, number, the same mark, number.
std::optional<WrittenDay> numeric_day(const Tokens& tokens, std::size_t at, std::string_view language) {
  if (!is_numeric_form(tokens, at)) return std::nullopt;
  const std::size_t last = is_mark(tokens, at + 4, "'") ? at + 5 : at + 4;
  if (!is_number(tokens, last) || is_part_of_more(tokens, at, last) || is_other_number(tokens, at)) return std::nullopt;
  WrittenDay written{.first = at, .last = last};
  if (tokens[at].digits == 4 && tokens[last].digits <= 2) {
    add(written, {gregorian_year(tokens[at].value), tokens[at + 2].value, tokens[last].value});
  } else if (tokens[at].digits <= 2 &&
             (tokens[last].digits == 4 || tokens[last].digits == 2 || date_order(language) == DateOrder::ymd)) {
    add_two_digit(tokens, at, last, language, written);
  }
  return written.count > 0 ? std::optional(written) : std::nullopt;
}

/// The month by name that a date is built around, and how its names are looked up.
struct Around {
  MonthName name;
  std::size_t first = 0;
  std::string_view language;
  NamesOf names = NamesOf::all;
};

/// The number nearest to `at` in that direction, over marks and a few short words ("de", "of") or weekdays.
std::optional<std::size_t> near_number(const Tokens& tokens, std::size_t at, int step, const Around& around) {
  std::size_t words = 0;
  for (std::size_t tries = 0; tries < kPartWithin; ++tries) {
    if (step < 0 && at == 0) return std::nullopt;
    at = step < 0 ? at - 1 : at + 1;
    if (at >= tokens.size()) return std::nullopt;
    if (tokens[at].kind == TokenKind::number) return at;
    if (is_mark(tokens, at, ":<>@\"+=;|[]&")) return std::nullopt;
    if (tokens[at].kind == TokenKind::mark) continue;
    if (++words > kFillers || month_at(tokens, at, around.language, around.names)) return std::nullopt;
    if (!is_short_word(tokens, at) && !weekday_at(tokens, at, around.language)) return std::nullopt;
  }
  return std::nullopt;
}

bool is_year_at(const Tokens& tokens, std::optional<std::size_t> at) { return at && year_at(tokens, *at) != 0; }

bool is_day_at(const Tokens& tokens, std::optional<std::size_t> at) {
  if (!at || !is_number(tokens, *at, 1, 2) || tokens[*at].value < 1 || tokens[*at].value > 31) return false;
  const bool minutes = *at > 1 && is_mark(tokens, *at - 1, ":") && tokens[*at - 2].kind == TokenKind::number;
  return !minutes && !is_clock_at(tokens, *at);
}

/// A year behind a day or month: of four digits, or of two right behind ("5-Apr-18", "Apr 5 '18").
std::optional<std::size_t> year_behind(const Tokens& tokens, std::size_t at, const Around& around) {
  const auto number = near_number(tokens, at, +1, around);
  if (!number) return std::nullopt;
  if (is_year_at(tokens, number)) return number;
  const bool near = *number <= at + 2 || (*number == at + 3 && is_mark(tokens, at + 1, ".,") && is_mark(tokens, at + 2, "-'"));
  const bool filled = near && *number == at + 2 && is_word(tokens, at + 1) && tokens[at + 1].folded != "de";
  const bool clock = is_clock_at(tokens, *number) || is_mark(tokens, *number + 1, ":");
  return near && !filled && !clock && is_number(tokens, *number, 2, 2) ? number : std::nullopt;
}

void set_year(const Tokens& tokens, std::optional<std::size_t> at, const Around& around, WrittenDay& written) {
  if (!at) return;
  written.readings[0].year = year_of(tokens[*at], around.language);
  written.first = std::min(written.first, *at);
  written.last = std::max(written.last, *at);
}

void set_day(const Tokens& tokens, std::size_t at, WrittenDay& written) {
  written.readings[0].day = tokens[at].value;
  written.first = std::min(written.first, at);
  written.last = std::max(written.last, at);
}

/// Whether the number behind a name belongs to another month or to a date in numbers ("mar, 5 abr", "du 5/04/2018").
bool is_foreign(const Tokens& tokens, std::size_t day, const Around& around) {
  if (is_numeric_form(tokens, day)) return true;
  for (std::size_t at = day; at < std::min(tokens.size(), day + 4); ++at) {
    if (month_at(tokens, at, around.language, around.names)) return true;
  }
  return false;
}

/// A month by name, with the day and the year before or behind.
std::optional<WrittenDay> named_day(const Tokens& tokens, const Around& around) {
  WrittenDay written{.count = 1, .first = around.first, .last = around.name.last};
  written.readings[0].month = around.name.month;
  const auto before = near_number(tokens, around.first, -1, around);
  const auto after = near_number(tokens, around.name.last, +1, around);
  if (is_day_at(tokens, before)) {
    set_day(tokens, *before, written);
    auto year = year_behind(tokens, around.name.last, around);
    if (!year) year = near_number(tokens, *before, -1, around);
    if (!year || year > around.first || is_year_at(tokens, year)) set_year(tokens, year, around, written);
    return written;
  }
  if (!is_day_at(tokens, after) || is_foreign(tokens, *after, around)) return std::nullopt;
  set_day(tokens, *after, written);
  set_year(tokens, is_year_at(tokens, before) ? before : year_behind(tokens, *after, around), around, written);
  return written;
}

/// Whether a number stands so near that it could be the day of a month named there: most words need no look into the table.
bool has_number_near(const Tokens& tokens, std::size_t at) {
  const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(at - std::min(at, kPartWithin));
  const auto last = tokens.begin() + static_cast<std::ptrdiff_t>(std::min(tokens.size(), at + 2 * kPartWithin));
  return std::any_of(first, last, [](const Token& token) { return token.kind == TokenKind::number; });
}

/// The first day whose months are named in these languages; one without a year only into `yearless`.
std::optional<WrittenDay> find_in(const Tokens& tokens, std::string_view language, NamesOf names,
                                  std::optional<WrittenDay>& yearless) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (tokens[at].kind == TokenKind::mark || !has_number_near(tokens, at)) continue;
    std::optional<WrittenDay> found;
    if (const auto month = month_at(tokens, at, language, names)) found = named_day(tokens, {*month, at, language, names});
    if (!found) found = numeric_day(tokens, at, language);
    if (found && found->readings[0].year != 0) return found;
    if (found && !yearless) yearless = found;
  }
  return std::nullopt;
}

}  // namespace

int year_at(const Tokens& tokens, std::size_t at) { return is_number(tokens, at, 4, 4) ? gregorian_year(tokens[at].value) : 0; }

bool is_clock_at(const Tokens& tokens, std::size_t at) {
  if (!is_number(tokens, at, 1, 2) || tokens[at].value > 23 || !is_number(tokens, at + 2, 2, 2) || tokens[at + 2].value > 59)
    return false;
  if (is_mark(tokens, at + 1, ":") || (is_word(tokens, at + 1) && tokens[at + 1].folded == "h")) return true;
  const bool goes_on = (is_mark(tokens, at + 3, ":") && is_number(tokens, at + 4)) ||
                       (is_mark(tokens, at + 3, ".") && is_number(tokens, at + 4, 4, 4));
  return is_mark(tokens, at + 1, ".") && !goes_on;
}

std::optional<WrittenDay> find_day(const Tokens& tokens, std::string_view language) {
  std::optional<WrittenDay> yearless;
  if (!language.empty()) {
    if (auto found = find_in(tokens, language, NamesOf::language, yearless)) return found;
  }
  if (auto found = find_in(tokens, language, NamesOf::all, yearless)) return found;
  return yearless;
}

}  // namespace threadline::facts
