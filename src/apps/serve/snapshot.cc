// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/snapshot.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <tuple>

#include "base/severity.h"
#include "text/fold.h"
#include "text/zone.h"
#include "timeline/exports/exports.h"

namespace threadline::apps::serve {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kFacets = 200;  ///< actors named as values of a filter

std::string searched_text(const ShownRow& shown) {
  const Row& row = shown.row;
  std::string text = row.actor + '\n' + row.action + '\n' + row.comment + '\n' + row.source + '\n' + row.source_label + '\n' +
                     row.message_id.value_or("") + '\n' + row.code;
  for (const auto& note : shown.notes) text += '\n' + note.text;
  return text::fold(text);
}

void put_in_order(std::vector<ShownRow>& rows) {
  const auto key = [](const ShownRow& shown) {
    const Row& row = shown.row;
    return std::tuple(!row.known_at, row.known_at ? std::string_view(*row.known_at) : std::string_view(),
                      std::string_view(row.source), row.kind == "finding", std::string_view(row.id));
  };
  std::ranges::stable_sort(rows, [&](const ShownRow& one, const ShownRow& other) { return key(one) < key(other); });
}

Listed with_search(std::vector<ShownRow> rows) {
  Listed made{std::move(rows), {}};
  made.searched.reserve(made.rows.size());
  for (const ShownRow& shown : made.rows) made.searched.push_back(searched_text(shown));
  return made;
}

/// "2018-04-05T11:45:31+02:00", as rows have it.
std::optional<Instant> instant_of(const std::string& text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, hours = 0, minutes = 0;
  char sign = '+';
  const int read = std::sscanf(text.c_str(), "%d-%d-%dT%d:%d:%d%c%d:%d", &year, &month, &day, &hour, &minute, &second, &sign,
                               &hours, &minutes);
  if (read < 6) return std::nullopt;
  const auto date =
      std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) / std::chrono::day(static_cast<unsigned>(day));
  if (!date.ok()) return std::nullopt;
  const std::int64_t local =
      std::chrono::seconds(std::chrono::sys_days(date).time_since_epoch()).count() + hour * 3'600 + minute * 60 + second;
  return Instant{local - (sign == '-' ? -1 : 1) * (hours * 3'600 + minutes * 60), 0};
}

/// The filter as it is compared: text folded, severity as a rank.
class Chosen {
 public:
  explicit Chosen(const RowFilter& filter)
      : filter_(filter), text_(text::fold(filter.text)), least_(severity_named(filter.severity)) {
    if (filter.zone.empty()) return;
    if (auto zone = text::Zone::named(filter.zone)) zone_.emplace(std::move(*zone));
  }

  [[nodiscard]] bool holds(const ShownRow& shown, const std::string& searched) const {
    const Row& row = shown.row;
    if (filter_.only_findings && row.kind != "finding") return false;
    if (!filter_.actor.empty() && row.actor != filter_.actor) return false;
    if (!filter_.code.empty() && row.code != filter_.code) return false;
    if (least_ && !reaches(row.severity)) return false;
    if (!is_in_time(row)) return false;
    return text_.empty() || searched.find(text_) != std::string::npos;
  }

 private:
  [[nodiscard]] bool reaches(const std::string& severity) const {
    const auto own = severity_named(severity);
    return own && *own >= *least_;
  }
  /// Days are those of the zone that is asked for, or as rows show them.
  [[nodiscard]] bool is_in_time(const Row& row) const {
    if (filter_.from.empty() && filter_.to.empty()) return true;
    if (!row.time) return false;
    const std::optional<Instant> instant = zone_ ? instant_of(*row.time) : std::nullopt;
    const std::string time = instant ? rfc3339(zone_->at(*instant)) : *row.time;
    if (!filter_.from.empty() && time.compare(0, filter_.from.size(), filter_.from) < 0) return false;
    return filter_.to.empty() || time.compare(0, filter_.to.size(), filter_.to) <= 0;
  }

  const RowFilter& filter_;
  std::string text_;
  std::optional<Severity> least_;
  std::optional<text::Zone> zone_;
};

/// Rows as the exports write them, one JSON object each.
Json written(const std::vector<const ShownRow*>& rows, Tab tab, Language language, bool has_evidence) {
  timeline::Exhibit exhibit;
  exhibit.language = language;
  exhibit.each_row_for_programs = [&](const std::vector<Tab>&, const timeline::RowSink& sink) {
    for (const ShownRow* shown : rows) {
      if (has_evidence) {
        sink(*shown);
        continue;
      }
      ShownRow light = *shown;
      light.row.evidence_json.clear();
      sink(light);
    }
  };
  std::ostringstream lines;
  timeline::show_jsonl(lines, exhibit, {tab});
  Json all = Json::array();
  std::istringstream read(lines.str());
  for (std::string line; std::getline(read, line);) all.push_back(Json::parse(line, nullptr, false));
  return all;
}

Json counted(const std::map<std::string, std::uint64_t>& counts, std::size_t most) {
  std::vector<std::pair<std::string, std::uint64_t>> order(counts.begin(), counts.end());
  std::ranges::stable_sort(order, [](const auto& one, const auto& other) { return one.second > other.second; });
  Json list = Json::array();
  for (const auto& [value, count] : order) {
    if (list.size() < most && !value.empty()) list.push_back({{"value", value}, {"count", count}});
  }
  return list;
}

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string rows_json(const Snapshot& snapshot, Tab tab, Language language, const RowFilter& filter) {
  const Listed& list = (tab == Tab::timeline ? snapshot.timeline : snapshot.actions)[at(language)];
  const Chosen chosen(filter);
  const std::uint64_t limit = std::min<std::uint64_t>(filter.limit, Limits{}.answer_rows);
  std::vector<const ShownRow*> page;
  std::uint64_t total = 0;
  for (std::size_t i = 0; i < list.rows.size(); ++i) {
    if (!chosen.holds(list.rows[i], list.searched[i])) continue;
    if (total >= filter.offset && page.size() < limit) page.push_back(&list.rows[i]);
    ++total;
  }
  return dumped({{"total", total},
                 {"of", list.rows.size()},
                 {"offset", filter.offset},
                 {"provisional", snapshot.is_provisional},
                 {"version", snapshot.version},
                 {"rows", written(page, tab, language, false)}});
}

std::string row_json_of(const Snapshot& snapshot, Language language, const std::string& id) {
  for (const Tab tab : {Tab::timeline, Tab::actions}) {
    const auto& rows = (tab == Tab::timeline ? snapshot.timeline : snapshot.actions)[at(language)].rows;
    const auto found = std::ranges::find_if(rows, [&](const ShownRow& shown) { return shown.row.id == id; });
    if (found == rows.end()) continue;
    Json row = written({&*found}, tab, language, true).front();
    if (!found->details_json.empty()) row["details"] = Json::parse(found->details_json, nullptr, false);
    return dumped(row);
  }
  return "{}";
}

std::string facets_json(const Snapshot& snapshot, Language language) {
  std::map<std::string, std::uint64_t> actors, codes, severities;
  for (const ShownRow& shown : snapshot.timeline[at(language)].rows) {
    ++actors[shown.row.actor];
    ++codes[shown.row.code];
    ++severities[shown.row.severity];
  }
  return dumped(
      {{"actors", counted(actors, kFacets)}, {"codes", counted(codes, kFacets)}, {"severities", counted(severities, kFacets)}});
}

Listed listed(const timeline::Exhibit& exhibit, Tab tab, const std::unordered_set<std::string>& hidden) {
  std::vector<ShownRow> rows;
  exhibit.each_row(tab, [&](const ShownRow& shown) {
    if (!hidden.contains(shown.row.id)) rows.push_back(shown);
  });
  return with_search(std::move(rows));
}

void add_unnumbered(Listed& to, std::vector<Row> rows) {
  std::unordered_set<std::string> known;
  for (const ShownRow& shown : to.rows) known.insert(shown.row.id);
  std::vector<ShownRow> all = std::move(to.rows);
  for (Row& row : rows) {
    if (known.contains(row.id)) continue;
    ShownRow shown;
    shown.row = std::move(row);
    shown.row.row = 0;
    all.push_back(std::move(shown));
  }
  put_in_order(all);
  to = with_search(std::move(all));
}

void add_row(Listed& to, ShownRow shown) {
  const auto is_before = [](const std::string& known_at, const ShownRow& other) {
    return !known_at.empty() && (!other.row.known_at || other.row.known_at->empty() || known_at < *other.row.known_at);
  };
  const auto place = std::ranges::distance(
      to.rows.begin(), std::upper_bound(to.rows.begin(), to.rows.end(), shown.row.known_at.value_or(""), is_before));
  to.searched.insert(to.searched.begin() + place, searched_text(shown));
  to.rows.insert(to.rows.begin() + place, std::move(shown));
}

void mark_row(Listed& list, std::uint64_t number, const timeline::Remark& remark,
              const std::function<void(ShownRow&, timeline::Remark)>& mark) {
  const auto found =
      std::ranges::find_if(list.rows, [&](const ShownRow& shown) { return number != 0 && shown.row.row == number; });
  if (found == list.rows.end()) return;
  mark(*found, remark);
  list.searched[static_cast<std::size_t>(found - list.rows.begin())] = searched_text(*found);
}

timeline::Exhibit exhibit_of(const Snapshot& snapshot, Language language) {
  timeline::Exhibit exhibit;
  exhibit.title = snapshot.title;
  exhibit.language = language;
  exhibit.each_row = [&snapshot, language](Tab tab, const timeline::RowSink& sink) {
    const auto& lists = tab == Tab::timeline ? snapshot.timeline : snapshot.actions;
    for (const ShownRow& shown : lists[at(language)].rows) sink(shown);
  };
  return exhibit;
}

}  // namespace threadline::apps::serve
