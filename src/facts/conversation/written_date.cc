// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/written_date.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "facts/conversation/quote_words.h"
#include "facts/conversation/tokens.h"
#include "text/mail_date.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kMostTokens = 80;  ///< a date stands within the first words of an introduction
constexpr std::size_t kTimeWithin = 9;   ///< tokens between date and time ("alle ore", "kl.", weekday)

using Tokens = std::vector<Token>;

/// Day, month and year, and the tokens [first, last] that said them.
struct Core {
  int year = 0, month = 0, day = 0;
  std::size_t first = 0, last = 0;
  bool slashes = false;
  bool numeric = false;
};

bool is_mark(const Tokens& tokens, std::size_t at, std::string_view marks) {
  return at < tokens.size() && tokens[at].kind == TokenKind::mark && tokens[at].text.size() == 1 &&
         marks.find(tokens[at].text[0]) != std::string_view::npos;
}
bool is_number(const Tokens& tokens, std::size_t at, std::size_t least = 1, std::size_t most = 4) {
  return at < tokens.size() && tokens[at].kind == TokenKind::number && tokens[at].text.size() >= least &&
         tokens[at].text.size() <= most;
}
bool is_word(const Tokens& tokens, std::size_t at) { return at < tokens.size() && tokens[at].kind == TokenKind::word; }

int full_year(const Token& token) {
  if (token.text.size() != 2) return token.value;
  return token.value + (token.value < 70 ? 2000 : 1900);
}

/// 1 for a morning word, 2 for an afternoon word, else 0. Source: CLDR dayPeriods am, pm.
int day_half(const Tokens& tokens, std::size_t at) {
  if (!is_word(tokens, at)) return 0;
  static constexpr std::array<std::string_view, 9> kMorning{
      "am",   "\u4e0a\u5348", "\u5348\u524d", "\u110b\u1169\u110c\u1165\u11ab", "\uc624\uc804", "\u03c0\u03bc",
      "vorm", "f.m",          "mattina"};
  static constexpr std::array<std::string_view, 9> kAfternoon{
      "pm",    "\u4e0b\u5348", "\u5348\u5f8c", "\u110b\u1169\u1112\u116e", "\uc624\ud6c4", "\u03bc\u03bc",
      "nachm", "e.m",          "pomeriggio"};
  const std::string& word = tokens[at].folded;
  const auto says = [&](std::string_view sign) {
    return word == sign ||
           (static_cast<unsigned char>(sign[0]) >= 0x80 && (word.ends_with(sign) || tokens[at].text.ends_with(sign)));
  };
  if (std::ranges::any_of(kMorning, says)) return 1;
  if (std::ranges::any_of(kAfternoon, says)) return 2;
  const bool split = is_mark(tokens, at + 1, ".") && is_word(tokens, at + 2) &&
                     (tokens[at + 2].folded == "m" || tokens[at + 2].folded == "\u03bc");
  if (!split) return 0;
  if (word == "a" || word == "\u03c0") return 1;
  return word == "p" || word == "\u03bc" ? 2 : 0;
}

bool has_day_half(const Tokens& tokens, std::size_t from) {
  for (std::size_t at = from; at < std::min(tokens.size(), from + kTimeWithin + 8); ++at) {
    if (day_half(tokens, at) != 0) return true;
  }
  return false;
}

/// num sep num sep num.
std::optional<Core> numeric_core(const Tokens& tokens, std::size_t at, std::string_view language) {
  if (!is_number(tokens, at) || !is_mark(tokens, at + 1, "./-") || !is_number(tokens, at + 2, 1, 2)) return std::nullopt;
  if (!is_mark(tokens, at + 3, "./-") || !is_number(tokens, at + 4) || tokens[at + 4].text.size() == 3) return std::nullopt;
  const Token &a = tokens[at], &b = tokens[at + 2], &c = tokens[at + 4];
  Core core{.first = at, .last = at + 4, .slashes = is_mark(tokens, at + 1, "/"), .numeric = true};
  if (a.text.size() == 4) {
    core.year = a.value, core.month = b.value, core.day = c.value;
    return core;
  }
  if (a.text.size() > 2 || c.text.size() == 1) return std::nullopt;
  core.year = full_year(c), core.day = a.value, core.month = b.value;
  const bool american = core.slashes && (language.empty() || language == "en") && has_day_half(tokens, at + 5);
  if (b.value > 12 || (american && a.value <= 12)) std::swap(core.day, core.month);
  return core;
}

/// 2018 nen 4 gatsu 5 nichi, in Chinese, Japanese and Korean.
std::optional<Core> cjk_core(const Tokens& tokens, std::size_t at) {
  if (!is_number(tokens, at, 4, 4) || !is_number(tokens, at + 2, 1, 2) || !is_number(tokens, at + 4, 1, 2)) return std::nullopt;
  const auto begins = [&](std::size_t word, std::string_view han, std::string_view hangul) {
    return is_word(tokens, word) && (tokens[word].text.starts_with(han) || tokens[word].text.starts_with(hangul));
  };
  if (!begins(at + 1, "\u5e74", "\ub144") || !begins(at + 3, "\u6708", "\uc6d4") || !begins(at + 5, "\u65e5", "\uc77c"))
    return std::nullopt;
  return Core{.year = tokens[at].value, .month = tokens[at + 2].value, .day = tokens[at + 4].value, .first = at, .last = at + 5};
}

/// 5 thg 4, 2018; 5 thang 4 nam 2018 (Vietnamese).
std::optional<Core> vietnamese_core(const Tokens& tokens, std::size_t at) {
  if (!is_number(tokens, at, 1, 2) || !is_word(tokens, at + 1) || !is_number(tokens, at + 2, 1, 2)) return std::nullopt;
  if (tokens[at + 1].folded != "thg" && tokens[at + 1].folded != "thang") return std::nullopt;
  std::size_t year = at + 3;
  while (year < tokens.size() && year < at + 5 && !is_number(tokens, year, 4, 4)) ++year;
  if (!is_number(tokens, year, 4, 4)) return std::nullopt;
  return Core{.year = tokens[year].value, .month = tokens[at + 2].value, .day = tokens[at].value, .first = at, .last = year};
}

/// The number nearest to `at` in that direction, over at most three marks and short words ("de", "of", ".").
std::optional<std::size_t> near_number(const Tokens& tokens, std::size_t at, int step) {
  std::size_t words = 0;
  for (std::size_t tries = 0; tries < 4; ++tries) {
    if (step < 0 && at == 0) return std::nullopt;
    at = step < 0 ? at - 1 : at + 1;
    if (at >= tokens.size()) return std::nullopt;
    if (tokens[at].kind == TokenKind::number) return at;
    if (tokens[at].kind == TokenKind::word && (tokens[at].folded.size() > 3 || ++words > 1) && !is_weekday(tokens[at].folded))
      return std::nullopt;
    if (tokens[at].kind == TokenKind::mark && !is_mark(tokens, at, ".,-/'")) return std::nullopt;
  }
  return std::nullopt;
}

bool is_clock(const Tokens& tokens, std::size_t at) { return is_mark(tokens, at + 1, ":h") && is_number(tokens, at + 2, 2, 2); }

/// A month by name, with the day and the year before or behind.
std::optional<Core> named_core(const Tokens& tokens, std::size_t at, std::string_view language) {
  if (!is_word(tokens, at)) return std::nullopt;
  const int month = month_named(tokens[at].folded, language);
  if (month == 0) return std::nullopt;
  const auto before = near_number(tokens, at, -1);
  const auto after = near_number(tokens, at, +1);
  Core core{.month = month, .first = at, .last = at};
  if (before && is_number(tokens, *before, 4, 4) && after && is_number(tokens, *after, 1, 2)) {
    core.year = tokens[*before].value, core.day = tokens[*after].value, core.first = *before, core.last = *after;
    return core;
  }
  if (before && is_number(tokens, *before, 1, 2) && (*before < 2 || !is_mark(tokens, *before - 1, ":"))) {
    core.day = tokens[*before].value, core.first = *before;
    if (after && !is_clock(tokens, *after) && (is_number(tokens, *after, 4, 4) || is_number(tokens, *after, 2, 2)))
      core.year = full_year(tokens[*after]), core.last = *after;
    return core;
  }
  if (!after || !is_number(tokens, *after, 1, 2)) return std::nullopt;
  core.day = tokens[*after].value, core.last = *after;
  const auto year = near_number(tokens, *after, +1);
  if (year && is_number(tokens, *year, 4, 4)) core.year = tokens[*year].value, core.last = *year;
  return core;
}

std::optional<Core> find_core(const Tokens& tokens, std::string_view language) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    std::optional<Core> core;
    if (tokens[at].kind == TokenKind::word)
      core = named_core(tokens, at, language);
    else if (tokens[at].kind == TokenKind::number)
      core = cjk_core(tokens, at);
    if (!core && tokens[at].kind == TokenKind::number) core = numeric_core(tokens, at, language);
    if (!core && tokens[at].kind == TokenKind::number) core = vietnamese_core(tokens, at);
    if (core && core->month >= 1 && core->month <= 12 && core->day >= 1 && core->day <= 31) return core;
  }
  return std::nullopt;
}

/// A time of day, and the tokens [first, last] that said it.
struct Clock {
  int hour = 0, minute = 0, second = 0;
  std::size_t first = 0, last = 0;
};

std::optional<Clock> clock_at(const Tokens& tokens, std::size_t at) {
  if (!is_number(tokens, at, 1, 2) || !is_number(tokens, at + 2, 2, 2)) return std::nullopt;
  const bool h = is_word(tokens, at + 1) && (tokens[at + 1].folded == "h" || tokens[at + 1].text == "\u6642" ||
                                             tokens[at + 1].text == "\u65f6" || tokens[at + 1].text == "\uc2dc");
  if (!is_mark(tokens, at + 1, ":.") && !h) return std::nullopt;
  Clock clock{.hour = tokens[at].value, .minute = tokens[at + 2].value, .first = at, .last = at + 2};
  if (is_mark(tokens, at + 3, ":.") && is_number(tokens, at + 4, 2, 2)) clock.second = tokens[at + 4].value, clock.last = at + 4;
  const bool fits = clock.hour < 24 && clock.minute < 60 && clock.second < 61;
  return fits ? std::optional(clock) : std::nullopt;
}

void apply_day_half(const Tokens& tokens, Clock& clock) {
  int half = clock.first > 0 ? day_half(tokens, clock.first - 1) : 0;
  if (const int behind = day_half(tokens, clock.last + 1); behind != 0) {
    half = behind;
    clock.last +=
        is_mark(tokens, clock.last + 2, ".") && is_word(tokens, clock.last + 3) && tokens[clock.last + 3].text.size() <= 2 ? 3U
                                                                                                                           : 1U;
    if (is_mark(tokens, clock.last + 1, ".")) ++clock.last;
  }
  if (half == 1 && clock.hour == 12) clock.hour = 0;
  if (half == 2 && clock.hour < 12) clock.hour += 12;
}

std::optional<Clock> find_clock(const Tokens& tokens, const Core& core) {
  for (std::size_t at = core.last + 1; at < std::min(tokens.size(), core.last + 1 + kTimeWithin); ++at) {
    if (is_mark(tokens, at, "<@\"")) break;
    if (auto clock = clock_at(tokens, at)) return clock;
  }
  for (std::size_t back = 3; back <= 6 && back <= core.first; ++back) {
    if (auto clock = clock_at(tokens, core.first - back); clock && clock->last < core.first) return clock;
  }
  return std::nullopt;
}

/// Zone names of localized clients that the mail table lacks. Source: CLDR timeZoneNames (short) of de, cs, sk, fr, es.
std::optional<int> local_zone(std::string_view name) {
  struct Row {
    std::string_view name;
    int minutes;
  };
  static constexpr Row kRows[] = {{"MEZ", 60},   {"MESZ", 120},    {"OEZ", 120},       {"OESZ", 180}, {"WEZ", 0},
                                  {"WESZ", 60},  {"SE\u010c", 60}, {"SEL\u010c", 120}, {"HNEC", 60},  {"HAEC", 120},
                                  {"CEST", 120}, {"CET", 60},      {"EET", 120},       {"EEST", 180}};
  for (const Row& row : kRows) {
    if (row.name == name) return row.minutes;
  }
  return std::nullopt;
}

/// Reads "+0200", "+2", "-07:00" at a sign; `last` becomes its last token.
std::optional<int> signed_offset(const Tokens& tokens, std::size_t at, std::size_t& last) {
  const bool minus = is_mark(tokens, at, "-") || (at < tokens.size() && tokens[at].text == "\u2212");
  if ((!minus && !is_mark(tokens, at, "+")) || !is_number(tokens, at + 1, 1, 4)) return std::nullopt;
  const Token& number = tokens[at + 1];
  int minutes = number.text.size() <= 2 ? number.value * 60 : number.value / 100 * 60 + number.value % 100;
  last = at + 1;
  if (number.text.size() <= 2 && is_mark(tokens, at + 2, ":") && is_number(tokens, at + 3, 2, 2))
    minutes += tokens[at + 3].value, last = at + 3;
  if (minutes > 16 * 60) return std::nullopt;
  return minus ? -minutes : minutes;
}

void read_zone(const Tokens& tokens, std::size_t at, WrittenDate& date) {
  if (is_mark(tokens, at, "(")) ++at;
  std::size_t last = at;
  if (is_word(tokens, at)) {
    const std::string name(tokens[at].text);
    const bool universal = name == "GMT" || name == "UTC" || name == "UT" || name == "Z";
    if (const auto offset = universal ? signed_offset(tokens, at + 1, last) : std::nullopt) {
      date.offset_minutes = offset;
    } else if (const auto known = local_zone(name)) {
      date.offset_minutes = known, date.zone_name = name;
    } else if (const auto named = name.size() >= 2 && name.size() <= 5 ? text::named_zone(name) : std::nullopt) {
      date.offset_minutes = named->offset_minutes, date.zone_name = name;
    } else {
      return;
    }
  } else if (const auto offset = signed_offset(tokens, at, last)) {
    date.offset_minutes = offset;
  } else {
    return;
  }
  date.end = tokens[last].end;
  if (is_mark(tokens, last + 1, ")")) date.end = tokens[last + 1].end;
}

/// One-letter weekdays (Estonian "K") are left out: they are initials of names as well.
bool is_weekday_at(const Tokens& tokens, std::size_t at) {
  return is_word(tokens, at) && tokens[at].text.size() > 1 && is_weekday(tokens[at].folded);
}

/// Takes a weekday before and a weekday, "Uhr" or "g." behind into the date's extent.
void widen(const Tokens& tokens, std::size_t first, std::size_t last, WrittenDate& date) {
  date.begin = std::min(date.begin, tokens[first].begin);
  std::size_t at = first;
  while (at > 0 && (is_mark(tokens, at - 1, ".,") || (is_word(tokens, at - 1) && is_connector(tokens[at - 1].folded)))) --at;
  if (at > 0 && is_weekday_at(tokens, at - 1)) date.begin = tokens[at - 1].begin;
  date.end = std::max(date.end, tokens[last].end);
  std::size_t behind = last + 1;
  while (is_mark(tokens, behind, ".,(")) ++behind;
  if (is_weekday_at(tokens, behind)) {
    date.end = tokens[behind].end;
    if (is_mark(tokens, behind + 1, ").")) date.end = tokens[behind + 1].end;
  }
}

}  // namespace

std::optional<WrittenDate> find_date(std::string_view text, std::string_view language) {
  const Tokens tokens = tokens_of(text, kMostTokens);
  const auto core = find_core(tokens, language);
  if (!core) return std::nullopt;
  WrittenDate date;
  date.begin = tokens[core->first].begin;
  date.end = tokens[core->last].end;
  auto clock = find_clock(tokens, *core);
  std::size_t first = core->first, last = core->last;
  if (clock) {
    apply_day_half(tokens, *clock);
    first = std::min(first, clock->first);
    last = std::max(last, clock->last);
    date.has_time = true;
  }
  widen(tokens, first, last, date);
  if (clock) read_zone(tokens, clock->last + 1, date);
  if (core->year != 0)
    date.civil = CivilTime{
        core->year, core->month, core->day, clock ? clock->hour : 0, clock ? clock->minute : 0, clock ? clock->second : 0};
  if (core->year == 0 && !clock) return std::nullopt;
  return date;
}

std::optional<Stamp> stamp_of(const WrittenDate& date, std::string_view text, int carrier_offset_minutes) {
  if (!date.civil || !date.has_time) return std::nullopt;
  const auto at = instant_of(*date.civil, date.offset_minutes.value_or(carrier_offset_minutes));
  if (!at) return std::nullopt;
  const ZoneBasis basis = !date.offset_minutes     ? ZoneBasis::assumed
                          : date.zone_name.empty() ? ZoneBasis::stated
                                                   : ZoneBasis::named;
  return Stamp{*at, basis, date.zone_name, std::string(text)};
}

}  // namespace threadline::facts
