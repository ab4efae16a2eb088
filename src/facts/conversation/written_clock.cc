// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/written_clock.h"

#include <algorithm>
#include <array>

#include "facts/conversation/date_words.h"
#include "text/mail_date.h"

namespace threadline::facts {
namespace {

using Tokens = std::vector<Token>;

constexpr std::size_t kTimeBehind = 10;  ///< tokens between day and time ("alle ore", "kl.", a weekday)
constexpr std::size_t kTimeBefore = 16;  ///< Vietnamese: time, zone and weekday before the day
constexpr int kMostOffset = 16 * 60;

// Words between and behind the numbers of a time. Source: CLDR timeFormats of fr-CA, ja, zh, ko, de, bg, th, cs.
constexpr std::array<std::string_view, 7> kHourWords{
    "h", "\u0e19\u0e32\u0e2c\u0e34\u0e01\u0e32", "\u6642", "\u65f6", "\u9ede", "\u70b9", "\uc2dc"};
constexpr std::array<std::string_view, 5> kMinuteWords{"min", "\u0e19\u0e32\u0e17\u0e35", "m", "\u5206", "\ubd84"};
constexpr std::array<std::string_view, 4> kSecondWords{"s", "\u0e27\u0e34\u0e19\u0e32\u0e17\u0e35", "\u79d2", "\ucd08"};
constexpr std::array<std::string_view, 6> kTimeUnits{"uhr", "\u0e19", "\u0447", "hod", "hrs", "h"};
constexpr std::array<std::string_view, 10> kCurrencies{"eur", "usd", "gbp", "chf", "euro", "euros", "kr", "zl", "kc", "ft"};

template <std::size_t size>
bool is_one_of(const Tokens& tokens, std::size_t at, const std::array<std::string_view, size>& words) {
  return is_word(tokens, at) &&
         std::ranges::any_of(words, [&](std::string_view word) { return tokens[at].folded == word || tokens[at].text == word; });
}

bool is_currency(const Tokens& tokens, std::size_t at) {
  if (is_one_of(tokens, at, kCurrencies)) return true;
  return at < tokens.size() && tokens[at].kind != TokenKind::number &&
         (tokens[at].text == "\u20ac" || tokens[at].text == "$" || tokens[at].text == "\u00a3" || tokens[at].text == "\u00a5");
}

bool is_glued(const Tokens& tokens, std::size_t at) { return at + 1 < tokens.size() && tokens[at].end == tokens[at + 1].begin; }

/// "14:20 m.corsini@", "9:20 a.m.smith@": the letters go on as a local part.
bool goes_on(const Tokens& tokens, std::size_t last) {
  if (!is_glued(tokens, last)) return false;
  return is_mark(tokens, last + 1, "@_-") ||
         (is_mark(tokens, last + 1, ".") && is_glued(tokens, last + 1) && is_word(tokens, last + 2));
}

/// "H. Corsini", "A. M. Corsini": capitals that stand apart before their points are somebody's; so is "Am Ende, Klaus".
bool is_initial(const Tokens& tokens, std::size_t first, std::size_t last) {
  if (tokens[first].text == "Am" && is_word(tokens, first + 1)) return true;
  const auto is_one = [&](std::size_t at) {
    const std::string_view text = tokens[at].text;
    return text.size() == 1 && text[0] >= 'A' && text[0] <= 'Z' && is_mark(tokens, at + 1, ".");
  };
  if (!is_one(first) || !is_word(tokens, last + 2)) return false;
  return first == last || (is_one(last) && !is_glued(tokens, first + 1));
}

/// Takes "12", ":12", ".12" or "12\u79d2" behind the minutes; `worded`: the hour has its word.
void read_seconds(const Tokens& tokens, bool worded, WrittenClock& clock) {
  std::size_t at = clock.last + 1;
  const bool unit = worded && is_one_of(tokens, at, kMinuteWords);
  if (unit) clock.last = at;
  if ((unit || is_mark(tokens, at, ":.")) && is_number(tokens, at + 1, 1, 2) && (unit || tokens[at + 1].digits == 2)) {
    clock.second = tokens[at + 1].value;
    clock.last = at + 1;
    if (unit && is_one_of(tokens, clock.last + 1, kSecondWords)) ++clock.last;
    const bool fraction = is_mark(tokens, clock.last + 1, ".,") && is_number(tokens, clock.last + 2, 3, 9);
    if (fraction) clock.last += 2;
  }
}

/// Whether the number goes on with an offset or with a time that began before it ("GMT+5:30", "00:05:12").
bool is_inside(const Tokens& tokens, std::size_t at) {
  if (at == 0) return false;
  if (is_mark(tokens, at - 1, ":")) return at > 1 && tokens[at - 2].kind == TokenKind::number;
  return is_mark(tokens, at - 1, "+") || (at > 1 && is_mark(tokens, at - 1, "-") && is_universal_time(tokens[at - 2].folded)) ||
         tokens[at - 1].text == "\u2212";
}

std::optional<WrittenClock> clock_at(const Tokens& tokens, std::size_t at) {
  if (!is_number(tokens, at, 1, 2) || !is_number(tokens, at + 2, 1, 2) || is_inside(tokens, at)) return std::nullopt;
  const bool worded = is_one_of(tokens, at + 1, kHourWords);
  if (!worded && (!is_mark(tokens, at + 1, ":.") || tokens[at + 2].digits != 2)) return std::nullopt;
  const bool point = is_mark(tokens, at + 1, ".");
  if (point && ((is_mark(tokens, at + 3, ".") && is_number(tokens, at + 4, 3, 4)) ||
                (is_mark(tokens, at + 3, ":") && is_number(tokens, at + 4))))
    return std::nullopt;
  WrittenClock clock{.hour = tokens[at].value, .minute = tokens[at + 2].value, .first = at, .last = at + 2};
  read_seconds(tokens, worded, clock);
  if (point && (is_currency(tokens, clock.last + 1) || (at > 0 && is_currency(tokens, at - 1)))) return std::nullopt;
  const bool fits = clock.hour < 24 && clock.minute < 60 && clock.second < 61;
  return fits ? std::optional(clock) : std::nullopt;
}

/// A day period that ends right before a token ("\u4e0a\u534810:37", "du. 10:37"); German "am" is none.
std::optional<DayHalfName> half_before(const Tokens& tokens, std::size_t first, std::string_view language) {
  constexpr std::size_t kReach = 4;
  for (std::size_t back = std::min(kReach, first); back >= 1; --back) {
    auto half = day_half_at(tokens, first - back, language);
    if (!half || tokens[first - back].text == "am") continue;
    if (is_mark(tokens, half->last + 1, ".")) ++half->last;
    if (half->last + 1 == first) return DayHalfName{half->half, first - back};
  }
  return std::nullopt;
}

int hour_of(int hour, DayHalf half) {
  const bool morning = half == DayHalf::am || half == DayHalf::midnight || (half == DayHalf::night && (hour < 6 || hour == 12));
  if (morning || (half == DayHalf::noon && hour > 6)) return morning && hour == 12 ? 0 : hour;
  return hour < 12 ? hour + 12 : hour;
}

void apply_day_half(const Tokens& tokens, std::string_view language, WrittenClock& clock) {
  const auto is_name = [&](std::size_t last) { return goes_on(tokens, last) || is_initial(tokens, clock.last + 1, last); };
  if (const auto behind = day_half_at(tokens, clock.last + 1, language); behind && !is_name(behind->last)) {
    clock.hour = hour_of(clock.hour, behind->half);
    clock.last = behind->last;
    if (is_mark(tokens, clock.last + 1, ".")) ++clock.last;
  } else if (const auto before = half_before(tokens, clock.first, language)) {
    clock.hour = hour_of(clock.hour, before->half);
    clock.first = before->last;
  }
  if (!is_one_of(tokens, clock.last + 1, kTimeUnits) || is_name(clock.last + 1)) return;
  ++clock.last;
  if (is_mark(tokens, clock.last + 1, ".")) ++clock.last;
}

std::optional<WrittenClock> plain_clock(const Tokens& tokens, std::size_t first, std::size_t last) {
  for (std::size_t at = last + 1; at < std::min(tokens.size(), last + 1 + kTimeBehind); ++at) {
    if (is_mark(tokens, at, "<@\"")) break;
    if (auto clock = clock_at(tokens, at)) return clock;
  }
  for (std::size_t back = 1; back <= kTimeBefore && back <= first; ++back) {
    if (is_mark(tokens, first - back, "<@\"")) break;
    if (auto clock = clock_at(tokens, first - back); clock && clock->last < first) return clock;
  }
  return std::nullopt;
}

/// "+0200", "-07:00", and behind GMT also "+2", "+5.30" and a space. `last` becomes its last token.
std::optional<int> signed_offset(const Tokens& tokens, std::size_t at, bool universal, std::size_t& last) {
  if (at + 1 >= tokens.size()) return std::nullopt;
  const bool minus = is_mark(tokens, at, "-") || tokens[at].text == "\u2212" || tokens[at].text == "\u2013";
  if ((!minus && !is_mark(tokens, at, "+")) || !is_number(tokens, at + 1, 1, 4)) return std::nullopt;
  if (!universal && tokens[at].end != tokens[at + 1].begin) return std::nullopt;
  const Token& number = tokens[at + 1];
  const bool hours = number.digits <= 2;
  const bool minutes_follow = hours && is_mark(tokens, at + 2, universal ? ":." : ":") && is_number(tokens, at + 3, 2, 2);
  if (!universal && (number.digits == 1 || number.digits == 3)) return std::nullopt;
  int minutes = hours ? number.value * 60 : number.value / 100 * 60 + number.value % 100;
  last = at + 1;
  if (minutes_follow) minutes += tokens[at + 3].value, last = at + 3;
  if (minutes > kMostOffset) return std::nullopt;
  return minus ? -minutes : minutes;
}

bool is_upper(std::string_view name) {
  return std::ranges::none_of(name, [](char c) { return c >= 'a' && c <= 'z'; });
}

std::optional<WrittenZone> named_zone_at(const Tokens& tokens, std::size_t at) {
  const std::string name(tokens[at].text);
  if (is_universal_time(tokens[at].folded) && is_upper(name)) {
    std::size_t last = at;
    if (const auto offset = signed_offset(tokens, at + 1, true, last)) return WrittenZone{*offset, {}, last};
    return WrittenZone{0, name, at};
  }
  if (!is_upper(name)) return std::nullopt;
  if (const auto named = text::named_zone(name)) return WrittenZone{named->offset_minutes, name, at};
  if (const auto local = local_zone(name)) return WrittenZone{*local, name, at};
  return std::nullopt;
}

}  // namespace

std::optional<WrittenClock> find_clock(const Tokens& tokens, std::size_t first, std::size_t last, std::string_view language) {
  auto clock = plain_clock(tokens, first, last);
  if (clock) apply_day_half(tokens, language, *clock);
  return clock;
}

namespace {

/// "+0200", "GMT+2", "(UTC+01:00)" or "MESZ" at a token.
std::optional<WrittenZone> zone_at(const Tokens& tokens, std::size_t at) {
  const bool parenthesis = is_mark(tokens, at, "(");
  if (parenthesis || is_mark(tokens, at, ",")) ++at;
  std::optional<WrittenZone> zone;
  if (is_word(tokens, at)) {
    zone = named_zone_at(tokens, at);
  } else {
    std::size_t last = at;
    if (const auto offset = signed_offset(tokens, at, false, last)) zone = WrittenZone{*offset, {}, last};
  }
  if (zone && parenthesis && is_mark(tokens, zone->last + 1, ")")) ++zone->last;
  return zone;
}

}  // namespace

std::optional<WrittenZone> zone_of(const Tokens& tokens, const WrittenClock& clock) {
  if (auto behind = zone_at(tokens, clock.last + 1)) return behind;
  constexpr std::size_t kReach = 5;
  for (std::size_t back = std::min(kReach, clock.first); back >= 2; --back) {
    if (!is_word(tokens, clock.first - back)) continue;
    const auto before = zone_at(tokens, clock.first - back);
    if (before && before->name.empty() && before->last + 1 == clock.first) return before;
  }
  return std::nullopt;
}

}  // namespace threadline::facts
