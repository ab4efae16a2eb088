// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/date_words.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "base/text_map.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

enum class Kind : std::uint8_t { month, weekday, am, pm, noon, midnight, night };

struct Row {
  std::string_view folded;  ///< as text::fold would: folding thousands of names costs a process more than a mail
  Kind kind;
  int value;
  std::string_view languages;
};
struct ZoneRow {
  std::string_view name;
  int minutes;
};
struct OrderRow {
  std::string_view language;
  DateOrder order;
};

#define THREADLINE_DATE_WORD(...)
#define THREADLINE_DATE_ZONE(...)
#define THREADLINE_UNIVERSAL_TIME(...)
#define THREADLINE_DATE_ORDER(...)

#undef THREADLINE_DATE_WORD
#define THREADLINE_DATE_WORD(text, kind, value, languages) {text, Kind::kind, value, languages},
constexpr Row kRows[] = {
#include "facts/conversation/date_names.inc"
};
#undef THREADLINE_DATE_WORD
#define THREADLINE_DATE_WORD(...)

#undef THREADLINE_DATE_ZONE
#define THREADLINE_DATE_ZONE(name, minutes) {name, minutes},
constexpr ZoneRow kZones[] = {
#include "facts/conversation/date_names.inc"
};
#undef THREADLINE_DATE_ZONE
#define THREADLINE_DATE_ZONE(...)

#undef THREADLINE_UNIVERSAL_TIME
#define THREADLINE_UNIVERSAL_TIME(text) text,
constexpr std::string_view kUniversal[] = {
#include "facts/conversation/date_names.inc"
};
#undef THREADLINE_UNIVERSAL_TIME
#define THREADLINE_UNIVERSAL_TIME(...)

#undef THREADLINE_DATE_ORDER
#define THREADLINE_DATE_ORDER(language, order) {language, DateOrder::order},
constexpr OrderRow kOrders[] = {
#include "facts/conversation/date_names.inc"
};
#undef THREADLINE_DATE_ORDER

// Words that stand for "month" beside its number. Source: CLDR dateFormats of zh, ja, ko, mn (behind) and vi (before).
constexpr std::array<std::string_view, 3> kMonthBehind{"\u6708", "\uc6d4", "\uc6d4\uc758"};
constexpr std::array<std::string_view, 2> kMonthBefore{"thg", "thang"};
// "Thu 2" is Monday. Source: CLDR days of vi.
constexpr std::array<std::string_view, 3> kWeekdayBefore{"th", "thu", "t"};
constexpr std::string_view kMongolianOrdinal = "\u0440";
constexpr std::string_view kMongolianMonth = "\u0441\u0430\u0440";
constexpr std::size_t kMostWords = 3;    ///< of one name
constexpr std::size_t kNameLetters = 5;  ///< a weekday of another language so short is a person's name ("Anna", "Jan")
// What stands between the day's number and the next word without a space. Source: CLDR dateFormats of zh, ja, ko.
constexpr std::array<std::string_view, 4> kDayMarks{"\u65e5", "\u53f7", "\u865f", "\uc77c"};

/// The names under their folded words without spaces, and the first words of names that have more than one.
struct Tables {
  TextMap<std::vector<const Row*>> names;
  TextMap<std::size_t> heads;  ///< how many words the longest such name has
};

Tables make_tables() {
  Tables tables;
  tables.names.reserve(std::size(kRows));
  for (const Row& row : kRows) {
    std::string key(row.folded);
    const auto words = static_cast<std::size_t>(std::ranges::count(key, ' ')) + 1;
    if (words > 1) {
      std::size_t& most = tables.heads[key.substr(0, key.find(' '))];
      most = std::max(most, std::min(words, kMostWords));
      std::erase(key, ' ');
    }
    if (key.size() > 1) tables.names[std::move(key)].push_back(&row);
  }
  return tables;
}

const Tables& tables() {
  static const Tables made = make_tables();
  return made;
}

bool is_joint(const Token& token) {
  return token.kind == TokenKind::mark && (token.text == "." || token.text == "-" || token.text == "'" || token.text == "\u2019");
}

/// Rows of a name and the token that ends it.
struct Match {
  const std::vector<const Row*>* rows = nullptr;
  std::size_t last = 0;
};
/// Names that begin at one token, the longest first.
struct Matches {
  std::array<Match, kMostWords> found;
  std::size_t count = 0;
};

void add(std::string_view key, std::size_t last, Matches& matches) {
  const auto found = tables().names.find(key);
  if (found != tables().names.end()) matches.found[matches.count++] = {&found->second, last};
}

Matches matches_at(const std::vector<Token>& tokens, std::size_t at) {
  Matches matches;
  if (!is_word(tokens, at)) return matches;
  add(tokens[at].folded, at, matches);
  const auto head = tables().heads.find(tokens[at].folded);
  if (head == tables().heads.end()) return matches;
  std::string key = tokens[at].folded;
  std::size_t last = at;
  for (std::size_t words = 1; words < head->second; ++words) {
    std::size_t next = last + 1;
    if (next < tokens.size() && is_joint(tokens[next])) ++next;
    if (!is_word(tokens, next)) break;
    key += tokens[next].folded;
    last = next;
    add(key, last, matches);
  }
  std::reverse(matches.found.begin(), matches.found.begin() + static_cast<std::ptrdiff_t>(matches.count));
  return matches;
}

bool has_language(const Row& row, std::string_view language) {
  if (language.empty()) return false;
  for (std::size_t at = row.languages.find(language); at != std::string_view::npos; at = row.languages.find(language, at + 1)) {
    if (row.languages[at - 1] == ' ' && row.languages[at + language.size()] == ' ') return true;
  }
  return false;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// A name so short that it is a word of many languages.
bool is_short(const std::vector<Token>& tokens, std::size_t at, std::size_t last, std::size_t letters) {
  return last == at && tokens[at].folded.size() <= letters && is_ascii(tokens[at].folded);
}

bool is_mark_behind(const std::vector<Token>& tokens, std::size_t last) {
  return last + 1 < tokens.size() && tokens[last + 1].begin == tokens[last].end &&
         (tokens[last + 1].text == "." || tokens[last + 1].text == ",");
}

/// Languages in which most mail is written: their abbreviations count wherever a point or comma stands behind ("dj., 5"). Those
/// of others only in their own language: "Anna" is Friday in Turkmen. A heuristic.
constexpr auto kCommon = std::to_array<std::string_view>({"de", "fr", "es", "ru", "ja", "it", "pt", "nl", "pl", "zh", "tr", "cs",
                                                          "sv", "da", "no", "fi", "hu", "uk", "ro", "sk", "ko", "el", "bg", "hr",
                                                          "ca", "sl", "sr", "lt", "lv", "et", "ar", "he", "fa", "vi", "th"});

bool is_common(const Row& row) {
  return std::ranges::any_of(kCommon, [&](std::string_view language) { return has_language(row, language); });
}

/// A day of the week in languages of most mail: what it means as a month in a rare one is no month where another language is
/// written ("lun. 6" is no day of Irish August). A heuristic.
bool is_common_weekday(const Match& match) {
  return std::ranges::any_of(*match.rows, [](const Row* row) { return row->kind == Kind::weekday && is_common(*row); });
}

std::optional<MonthName> numbered_month(const std::vector<Token>& tokens, std::size_t at) {
  const auto month = [&](std::size_t number, std::size_t last) -> std::optional<MonthName> {
    if (number >= tokens.size() || tokens[number].kind != TokenKind::number || tokens[number].digits > 2) return std::nullopt;
    if (tokens[number].value < 1 || tokens[number].value > 12) return std::nullopt;
    return MonthName{tokens[number].value, last};
  };
  if (is_word(tokens, at))
    return std::ranges::find(kMonthBefore, tokens[at].folded) != kMonthBefore.end() ? month(at + 1, at + 1) : std::nullopt;
  if (is_word(tokens, at + 1)) {
    const bool unit = std::ranges::any_of(kMonthBehind, [&](std::string_view sign) { return tokens[at + 1].text == sign; });
    return unit ? month(at, at + 1) : std::nullopt;
  }
  const bool mongolian = at + 3 < tokens.size() && tokens[at + 1].text == "-" && tokens[at + 2].folded == kMongolianOrdinal &&
                         tokens[at + 3].folded.starts_with(kMongolianMonth);
  return mongolian ? month(at, at + 3) : std::nullopt;
}

}  // namespace

std::optional<MonthName> month_at(const std::vector<Token>& tokens, std::size_t at, std::string_view language, NamesOf names) {
  if (auto numbered = numbered_month(tokens, at)) return numbered;
  const Matches matches = matches_at(tokens, at);
  for (std::size_t i = 0; i < matches.count; ++i) {
    const Match& match = matches.found[i];
    const Row* best = nullptr;
    for (const Row* row : *match.rows) {
      if (row->kind != Kind::month) continue;
      const bool own = has_language(*row, language);
      const bool counts = own || has_language(*row, "en") || names == NamesOf::all;
      if (!counts || (!own && is_short(tokens, at, match.last, 2))) continue;
      if (!own && !is_common(*row) && is_common_weekday(match)) continue;
      if (best == nullptr || (own && !has_language(*best, language))) best = row;
    }
    if (best != nullptr) return MonthName{best->value, match.last};
  }
  return std::nullopt;
}

unsigned months_named(std::string_view folded_word) {
  unsigned months = 0;
  const auto found = tables().names.find(folded_word);
  if (found == tables().names.end()) return months;
  for (const Row* row : found->second) months |= row->kind == Kind::month ? 1U << static_cast<unsigned>(row->value) : 0U;
  return months;
}

namespace {

WeekdayName days_of(const std::vector<Token>& tokens, std::size_t at, const Match& match, std::string_view language) {
  WeekdayName name{0, match.last};
  bool own = false;
  for (const Row* row : *match.rows) {
    if (row->kind != Kind::weekday) continue;
    name.days = static_cast<std::uint8_t>(name.days | (1U << static_cast<unsigned>(row->value)));
    own |= has_language(*row, language) || has_language(*row, "en");
    own |= is_mark_behind(tokens, match.last) && is_common(*row);
  }
  if (!own && is_short(tokens, at, match.last, kNameLetters)) name.days = 0;
  return name;
}

/// "\u65e5\u6728": the day's mark grown together with a weekday or a half of the day.
Matches behind_day_mark(const std::vector<Token>& tokens, std::size_t at) {
  Matches matches;
  if (!is_word(tokens, at)) return matches;
  for (const std::string_view mark : kDayMarks) {
    if (tokens[at].text.starts_with(mark) && tokens[at].text.size() > mark.size())
      add(text::fold(tokens[at].text.substr(mark.size())), at, matches);
  }
  return matches;
}

std::optional<DayHalf> half_of(Kind kind) {
  switch (kind) {
    case Kind::am: return DayHalf::am;
    case Kind::pm: return DayHalf::pm;
    case Kind::noon: return DayHalf::noon;
    case Kind::midnight: return DayHalf::midnight;
    case Kind::night: return DayHalf::night;
    default: return std::nullopt;
  }
}

std::optional<DayHalfName> half_of(const Match& match, std::string_view language, bool own_only) {
  const Row* best = nullptr;
  for (const Row* row : *match.rows) {
    if (!half_of(row->kind)) continue;
    const bool own = has_language(*row, language);
    if (own_only && !own) continue;
    if (best == nullptr || (own && !has_language(*best, language))) best = row;
  }
  if (best == nullptr) return std::nullopt;
  return DayHalfName{*half_of(best->kind), match.last};
}

}  // namespace

bool is_day_mark(const std::vector<Token>& tokens, std::size_t at) {
  return is_word(tokens, at) && std::ranges::find(kDayMarks, tokens[at].text) != kDayMarks.end();
}

std::optional<WeekdayName> weekday_at(const std::vector<Token>& tokens, std::size_t at, std::string_view language) {
  if (language == "vi" && is_word(tokens, at) && is_number(tokens, at + 1, 1, 1) && tokens[at + 1].value >= 2 &&
      tokens[at + 1].value <= 7 && std::ranges::find(kWeekdayBefore, tokens[at].folded) != kWeekdayBefore.end())
    return WeekdayName{static_cast<std::uint8_t>(1U << static_cast<unsigned>(tokens[at + 1].value - 1)), at + 1};
  for (const Matches& matches : {matches_at(tokens, at), behind_day_mark(tokens, at)}) {
    for (std::size_t i = 0; i < matches.count; ++i) {
      if (const WeekdayName name = days_of(tokens, at, matches.found[i], language); name.days != 0) return name;
    }
  }
  return std::nullopt;
}

std::optional<DayHalfName> day_half_at(const std::vector<Token>& tokens, std::size_t at, std::string_view language) {
  for (const Matches& matches : {matches_at(tokens, at), behind_day_mark(tokens, at)}) {
    for (std::size_t i = 0; i < matches.count; ++i) {
      const std::size_t last = matches.found[i].last;
      const std::string& word = tokens[at].folded;
      const bool own_only = is_short(tokens, at, last, 2) && word != "am" && word != "pm" && !is_mark_behind(tokens, last);
      if (const auto half = half_of(matches.found[i], language, own_only)) return half;
    }
  }
  return std::nullopt;
}

DateOrder date_order(std::string_view language) {
  const auto* found = std::ranges::find(kOrders, language, &OrderRow::language);
  return found == std::end(kOrders) ? DateOrder::dmy : found->order;
}

std::optional<int> local_zone(std::string_view name) {
  const auto* found = std::ranges::find(kZones, name, &ZoneRow::name);
  return found == std::end(kZones) ? std::nullopt : std::optional(found->minutes);
}

bool is_universal_time(std::string_view folded_word) {
  static const std::vector<std::string> folded = [] {
    std::vector<std::string> words;
    for (const std::string_view word : kUniversal) words.push_back(text::fold(word));
    return words;
  }();
  return std::ranges::find(folded, folded_word) != folded.end();
}

}  // namespace threadline::facts
