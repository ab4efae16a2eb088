// SPDX-License-Identifier: Apache-2.0
#include "timeline/exports/synthesis.h"

#include <algorithm>
#include <cstdlib>
#include <set>
#include <string_view>

#include "base/instant.h"
#include "timeline/cells.h"
#include "timeline/json.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kPoints = 10;      ///< lines of what happened
constexpr std::size_t kGroups = 10'000;  ///< messages with severe findings that compete for them
constexpr std::size_t kSightings = 50;   ///< actors, accounts and domains named
constexpr std::array<std::string_view, 5> kSeverities{"info", "low", "medium", "high", "critical"};
constexpr int kHigh = 3;

/// What a message is told by when several findings are equally severe.
constexpr std::array<std::string_view, 4> kTellsMost{"bank_account_changed", "thread_hijack", "participant_swapped",
                                                     "lookalike_domain"};

std::size_t telling(const std::string& code) {
  return static_cast<std::size_t>(std::ranges::find(kTellsMost, code) - kTellsMost.begin());
}

std::string accounts_in(const Json& list) {
  std::string text;
  if (!list.is_array()) return text;
  for (const auto& account : list) {
    const std::string value = text_at(account, "value");
    if (!value.empty()) text += (text.empty() ? "" : ", ") + value;
  }
  return text;
}

/// Collects while rows pass by.
class Collector {
 public:
  Collector(Language language, bool include_private) : language_(language), include_private_(include_private) {}

  void see(const ShownRow& shown) {
    const Row& row = shown.row;
    if (!row.time) ++made.undated;
    if (shown.is_private) ++made.personal;
    if (row.kind == "message") ++made.messages;
    if (row.kind == "quoted") ++made.quoted;
    if (shown.struck) ++made.struck;
    const bool is_legitimate = shown.qualified && shown.qualified->as == "legitimate";
    if (!shown.struck && is_legitimate) ++made.legitimate;
    const bool is_gone = !shown.struck && !is_legitimate && !is_standing(shown);
    if (is_gone) ++made.gone;
    if (row.kind == "finding" && !is_gone) count(row);
    if (!is_standing(shown)) return;
    if (shown.payment && made.payments.size() < kSightings) made.payments.push_back(shown);
    if (row.kind == "finding" && severity_rank(row.severity) >= kHigh) see_severe(shown);
  }

  Synthesis finished() {
    std::vector<Point> all;
    for (auto& [key, point] : groups_) all.push_back(std::move(point));
    std::ranges::sort(all, [](const Point& one, const Point& other) {
      return std::pair(-one.rank, one.row) < std::pair(-other.rank, other.row);
    });
    made.more_points = beyond_ + (all.size() > kPoints ? all.size() - kPoints : 0);
    if (all.size() > kPoints) all.resize(kPoints);
    std::ranges::sort(all, {}, &Point::time_key);
    made.points = std::move(all);
    return std::move(made);
  }

  Synthesis made;

 private:
  void count(const Row& row) {
    ++made.findings;
    const int rank = severity_rank(row.severity);
    if (rank >= 0) ++made.by_severity.at(static_cast<std::size_t>(rank));
  }

  void see_severe(const ShownRow& shown) {
    const Row& row = shown.row;
    const Json evidence = Json::parse(row.evidence_json, nullptr, false);
    sight(made.actors, row.row, row.actor, {});
    const bool is_shown = include_private_ || !shown.is_private;
    if (row.code == "bank_account_changed" && evidence.is_object() && is_shown)
      sight(made.accounts, row.row, accounts_in(evidence.value("before", Json())), accounts_in(evidence.value("after", Json())));
    if (row.code == "lookalike_domain") sight(made.domains, row.row, text_at(evidence, "domain"), text_at(evidence, "reference"));
    add_to_point(row);
  }

  void sight(std::vector<Sighting>& list, std::uint64_t row, const std::string& first, const std::string& second) {
    if (list.size() >= kSightings || (first.empty() && second.empty())) return;
    const bool is_known =
        std::ranges::any_of(list, [&](const Sighting& one) { return one.first == first && one.second == second; });
    if (!is_known) list.push_back({row, first, second});
  }

  void add_to_point(const Row& row) {
    const std::string key = row.about.value_or(row.id);
    if (!groups_.contains(key) && groups_.size() >= kGroups) {
      beyond_ += 1;
      return;
    }
    Point& point = groups_[key];
    const int rank = severity_rank(row.severity);
    const bool tells_more =
        point.codes.empty() || std::pair(-rank, telling(row.code)) < std::pair(-point.rank, telling(point.told_by));
    point.codes.push_back(row.code);
    if (!tells_more) return;
    point.row = row.row;
    point.rank = rank;
    point.told_by = row.code;
    point.time_key = row.known_at.value_or("~");  // behind every digit
    point.time = told_moment_of(row, language_);
    point.actor = row.actor;
    point.sentence = row.comment;
  }

  Language language_;
  bool include_private_;
  std::map<std::string, Point> groups_;
  std::uint64_t beyond_ = 0;
};

std::string listed(const std::vector<Sighting>& sightings, bool second) {
  std::set<std::string> values;
  for (const Sighting& one : sightings) values.insert(second ? one.second : one.first);
  std::string text;
  for (const std::string& value : values) {
    if (!value.empty()) text += (text.empty() ? "" : ", ") + value;
  }
  return text;
}

std::string count_text(std::uint64_t count) { return std::to_string(count); }

std::vector<std::string> what_happened(const Synthesis& synthesis, Language language) {
  std::vector<std::string> lines;
  for (const Point& point : synthesis.points) {
    std::string codes;
    for (const std::string& code : point.codes) codes += (codes.empty() ? "" : ", ") + code;
    lines.push_back(phrase("synthesis.point", language,
                           {{"time", point.time},
                            {"actor", point.actor},
                            {"sentence", point.sentence},
                            {"row", count_text(point.row)},
                            {"codes", codes}}));
  }
  for (const ShownRow& payment : synthesis.payments)
    lines.push_back(phrase("synthesis.point", language,
                           {{"time", told_moment_of(payment.row, language)},
                            {"actor", payment.row.actor},
                            {"sentence", payment.row.action},
                            {"row", count_text(payment.row.row)},
                            {"codes", ""}}));
  if (synthesis.more_points > 0)
    lines.push_back(phrase("synthesis.more", language, {{"count", count_text(synthesis.more_points)}}));
  if (lines.empty()) lines.emplace_back(words("synthesis.nothing", language));
  return lines;
}

std::vector<std::string> about_the_case(const Synthesis& synthesis, const Exhibit& exhibit) {
  const Language language = exhibit.language;
  const auto& count = synthesis.by_severity;
  std::vector<std::string> lines{phrase("synthesis.count", language,
                                        {{"messages", count_text(synthesis.messages)},
                                         {"quoted", count_text(synthesis.quoted)},
                                         {"findings", count_text(synthesis.findings)},
                                         {"critical", count_text(count[4])},
                                         {"high", count_text(count[3])},
                                         {"medium", count_text(count[2])},
                                         {"low", count_text(count[1])},
                                         {"info", count_text(count[0])}})};
  const auto add = [&](std::string_view key, std::uint64_t number) {
    if (number > 0) lines.push_back(phrase(key, language, {{"count", count_text(number)}}));
  };
  add("synthesis.undated", synthesis.undated);
  add("synthesis.struck", synthesis.struck);
  add("synthesis.gone", synthesis.gone);
  lines.insert(lines.end(), exhibit.remarks.begin(), exhibit.remarks.end());
  return lines;
}

/// The debited account is French, as an IBAN or a RIB, or nobody said which one it is.
bool is_of_french_bank(const Payment& payment) {
  const std::string& debited = payment.debited;
  return debited.empty() || debited.starts_with("FR") || debited.starts_with("fr") ||
         (debited.front() >= '0' && debited.front() <= '9');
}

/// 72 hours after the first action, on the same clock; empty where there is none.
std::string deadline_of(const Synthesis& synthesis, Language language) {
  constexpr std::int64_t kSeconds = 72 * 3'600;
  constexpr std::size_t kClockEnd = 19;
  const std::string& opened = synthesis.opened;
  if (opened.size() < kClockEnd) return {};
  const auto number = [&](std::size_t from, std::size_t digits) { return std::atoi(opened.substr(from, digits).c_str()); };
  const auto shown = instant_of({number(0, 4), number(5, 2), number(8, 2), number(11, 2), number(14, 2), number(17, 2)}, 0);
  if (!shown) return {};
  Row deadline;
  deadline.time = rfc3339({shown->seconds + kSeconds, 0});  // the offset is the zone's, said behind it
  deadline.zone = synthesis.opened_zone;
  return moment_of(deadline, language);
}

}  // namespace

int severity_rank(const std::string& severity) {
  const auto* found = std::ranges::find(kSeverities, severity);
  return found == kSeverities.end() ? -1 : static_cast<int>(found - kSeverities.begin());
}

std::string moment_of(const Row& row, Language language) {
  if (!row.time) return {};
  std::string text = date_of(row, language) + " " + clock_of(row);
  if (!row.zone.empty()) text += " " + row.zone;
  return text;
}

std::string told_moment_of(const Row& row, Language language) {
  return row.time ? moment_of(row, language) : std::string(words("synthesis.untimed", language));
}

Synthesis synthesis_of(const Exhibit& exhibit, bool include_private) {
  Collector collector(exhibit.language, include_private);
  exhibit.each_row(Tab::timeline, [&](const ShownRow& shown) { collector.see(shown); });
  exhibit.each_row(Tab::actions, [&](const ShownRow& shown) {
    ++collector.made.actions;
    if (collector.made.opened.empty()) {
      collector.made.opened = shown.row.time.value_or("");
      collector.made.opened_zone = shown.row.zone;
    }
    if (shown.struck) ++collector.made.struck;
  });
  return collector.finished();
}

std::vector<std::string> todo_of(const Synthesis& synthesis, Language language) {
  std::vector<std::string> lines;
  for (const ShownRow& shown : synthesis.payments) {
    const Payment& payment = *shown.payment;
    const Values values{{"row", count_text(shown.row.row)},
                        {"bank", payment.debited},
                        {"amount", payment.amount},
                        {"credited", payment.credited}};
    lines.push_back(phrase(is_of_french_bank(payment) ? "todo.tracfin" : "todo.call_bank", language, values));
    lines.push_back(phrase("todo.recall", language, values));
  }
  const std::string accounts = listed(synthesis.accounts, true);
  const std::string domains = listed(synthesis.domains, false);
  const bool is_attack = !synthesis.points.empty() || !synthesis.payments.empty();
  if (synthesis.payments.empty() && !accounts.empty()) lines.push_back(phrase("todo.paid", language, {{"accounts", accounts}}));
  if (is_attack) lines.push_back(phrase("todo.complaint", language, {{"deadline", deadline_of(synthesis, language)}}));
  if (!accounts.empty()) lines.push_back(phrase("todo.block_account", language, {{"accounts", accounts}}));
  if (!domains.empty()) lines.push_back(phrase("todo.block_domain", language, {{"domains", domains}}));
  if (is_attack) lines.emplace_back(words("todo.tokens", language));
  lines.emplace_back(words("todo.keep", language));
  return lines;
}

std::vector<Section> sections_of(const Synthesis& synthesis, const Exhibit& exhibit) {
  const Language language = exhibit.language;
  const auto title = [&](std::string_view key) { return std::string(words(key, language)); };
  std::vector<Section> sections{{title("synthesis.what"), what_happened(synthesis, language)}};
  const auto add = [&](std::string_view section, std::string_view form, const std::vector<Sighting>& list, std::string_view first,
                       std::string_view second) {
    Section made{title(section), {}};
    for (const Sighting& one : list)
      made.lines.push_back(phrase(form, language, {{first, one.first}, {second, one.second}, {"row", count_text(one.row)}}));
    if (!made.lines.empty()) sections.push_back(std::move(made));
  };
  add("synthesis.who", "synthesis.actor", synthesis.actors, "name", "none");
  add("synthesis.accounts", "synthesis.account", synthesis.accounts, "before", "after");
  add("synthesis.domains", "synthesis.domain", synthesis.domains, "domain", "reference");
  sections.push_back({title("synthesis.now"), todo_of(synthesis, language)});
  sections.push_back({title("synthesis.case"), about_the_case(synthesis, exhibit)});
  return sections;
}

}  // namespace threadline::timeline
