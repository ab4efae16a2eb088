// SPDX-License-Identifier: Apache-2.0
#include "logs/mapping.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "logs/names.h"
#include "text/charset.h"
#include "text/fold.h"
#include "text/mail_date.h"

namespace threadline::logs {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kHeadLines = 10;  ///< in which a log is recognised: each mail is asked, too

/// Reads the members of one mapping; the first wrong one is the error.
class MappingReader {
 public:
  MappingReader(const Json& json, std::string file) : json_(json), file_(std::move(file)) {}

  Result<std::shared_ptr<const Mapping>> read() {
    check_names();
    mapping_.name = text("name");
    if (mapping_.name.empty()) fail("/name", "a name for the log, shown in rows");
    read_act();
    mapping_.recognise = pattern("recognise");
    mapping_.line = pattern("line");
    mapping_.skip = pattern("skip");
    read_groups();
    read_columns();
    read_clock_members();
    if (!error_ && mapping_.line.has_value() != mapping_.columns.empty()) fail("", "either line and groups, or columns");
    if (error_) return tl::unexpected(*error_);
    return std::make_shared<const Mapping>(std::move(mapping_));
  }

 private:
  void fail(const std::string& pointer, std::string hint) {
    if (!error_) error_ = Error{"not a log mapping: " + pointer, file_, std::move(hint)};
  }

  void check_names() {
    static const std::vector<std::string> kNames{"name", "about",   "act",    "rows",      "recognise", "line", "groups",
                                                 "skip", "columns", "header", "separator", "zone",      "dates"};
    for (const auto& [name, value] : json_.items()) {
      if (std::ranges::find(kNames, name) == kNames.end()) fail("/" + name, "no such member; see docs/logs.md");
    }
  }

  std::string text(const std::string& name) {
    if (!json_.contains(name)) return {};
    if (!json_[name].is_string()) fail("/" + name, "a text");
    return json_[name].is_string() ? json_[name].get<std::string>() : std::string();
  }

  std::optional<text::Pattern> pattern(const std::string& name) {
    const std::string expression = text(name);
    if (expression.empty()) return std::nullopt;
    try {
      return text::Pattern(expression);
    } catch (const std::logic_error&) {
      fail("/" + name, "RE2 refuses this pattern");
      return std::nullopt;
    }
  }

  void read_act() {
    const std::string act = text("act");
    const auto named = act_named(act.empty() ? "other" : act);
    if (!named) fail("/act", "one of the acts of docs/logs.md, as web_request or remote_session");
    mapping_.act = named.value_or(Act::other);
    const std::string rows = text("rows");
    if (!rows.empty() && rows != "all" && rows != "joined") fail("/rows", "all or joined");
    mapping_.telling = rows == "all";
  }

  std::optional<Field> field(const Json& name, const std::string& pointer) {
    const auto named = name.is_string() ? field_named(name.get<std::string>()) : std::nullopt;
    if (!named) fail(pointer, "a field as time, zone, actor, action, comment; see docs/logs.md");
    return named;
  }

  void read_groups() {
    if (!json_.contains("groups")) return;
    if (!json_["groups"].is_array()) return fail("/groups", "a list of field names, null for a group that is not used");
    for (const Json& one : json_["groups"]) {
      const std::string pointer = "/groups/" + std::to_string(mapping_.groups.size());
      mapping_.groups.push_back(one.is_null() ? std::nullopt : field(one, pointer));
      if (mapping_.line && mapping_.groups.size() > mapping_.line->groups())
        fail(pointer, "line has fewer groups (in parentheses)");
    }
  }

  void read_columns() {
    if (!json_.contains("columns")) return;
    if (!json_["columns"].is_object()) return fail("/columns", "an object: field name to column name or number from 1");
    for (const auto& [name, column] : json_["columns"].items()) {
      const auto held = field(Json(name), "/columns/" + name);
      if (!held) return;
      if (!column.is_string() && (!column.is_number_unsigned() || column == 0))
        return fail("/columns/" + name, "a column's name, or its number from 1");
      mapping_.columns.emplace_back(column.is_string() ? column_name(column.get<std::string>()) : column.dump(), *held);
    }
    if (json_.contains("header") && !json_["header"].is_boolean()) return fail("/header", "true or false");
    mapping_.has_header = json_.value("header", true);
    const std::string separator = text("separator");
    if (separator.size() > 1) fail("/separator", "one character");
    mapping_.separator = separator.empty() ? '\0' : separator.front();
  }

  void read_clock_members() {
    const std::string dates = text("dates");
    if (!dates.empty() && dates != "day_first" && dates != "month_first") fail("/dates", "day_first or month_first");
    if (dates == "day_first") mapping_.clock.order = DateOrder::day_first;
    if (dates == "month_first") mapping_.clock.order = DateOrder::month_first;
    const std::string zone = text("zone");
    mapping_.clock.basis = zone.empty() ? ZoneBasis::assumed : ZoneBasis::chosen;
    if (zone.empty() || zone == "UTC") return;
    auto named = text::Zone::named(zone);
    if (!named) return fail("/zone", "an IANA zone as Europe/Paris, or UTC");
    mapping_.clock.zone = std::make_shared<const text::Zone>(*named);
  }

  const Json& json_;
  std::string file_;
  Mapping mapping_;
  std::optional<Error> error_;
};

}  // namespace

Result<std::shared_ptr<const Mapping>> read_mapping(std::string_view json, const std::string& file, const Limits& limits) {
  if (json.size() > limits.log_mapping_bytes)
    return tl::unexpected(Error{"the log mapping is too long (limit log_mapping_bytes)", file, {}});
  const Json parsed = Json::parse(json, nullptr, false, true);
  if (!parsed.is_object()) return tl::unexpected(Error{"not a log mapping: no JSON object", file, "see docs/logs.md"});
  return MappingReader(parsed, file).read();
}

std::optional<std::size_t> column_meant(const std::string& named, const std::vector<std::string>& columns) {
  const auto found = std::ranges::find(columns, named);
  if (found != columns.end()) return static_cast<std::size_t>(found - columns.begin());
  std::size_t number = 0;
  const auto [end, problem] = std::from_chars(named.data(), named.data() + named.size(), number);
  if (problem != std::errc() || end != named.data() + named.size() || number == 0) return std::nullopt;
  return number - 1;
}

bool has_columns_of(const Mapping& mapping, const std::vector<std::string>& columns) {
  const bool is_any_named = std::ranges::any_of(
      mapping.columns, [&](const auto& column) { return std::ranges::find(columns, column.first) != columns.end(); });
  return is_any_named && std::ranges::all_of(mapping.columns, [&](const auto& column) {
           const auto meant = column_meant(column.first, columns);
           return meant && *meant < columns.size();
         });
}

bool is_mapped_by(const Mapping& mapping, std::string_view head) {
  if (!mapping.recognise && !mapping.line) return false;
  const text::Pattern& sign = mapping.recognise ? *mapping.recognise : *mapping.line;
  for (std::size_t lines = 0; lines < kHeadLines && !head.empty(); ++lines) {
    const auto end = std::min(head.find('\n'), head.size());
    auto line = head.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    head.remove_prefix(std::min(end + 1, head.size()));
    if (sign.is_in(line)) return true;
  }
  return false;
}

Event mapped_event(const Mapping& mapping, const Fields& fields, const ClockSettings& clock) {
  Event event = event_of(Format::mapped, fields, clock);
  event.act = mapping.act;
  event.telling = mapping.telling;
  event.sender = account_key(event.sender);
  if (const auto comment = text::trimmed(at(fields, Field::comment)); !comment.empty()) event.reason = std::string(comment);
  if (const auto id = text::trimmed(at(fields, Field::message_id)); !id.empty())
    event.mails.push_back({std::string(id), event.subject});
  if (const auto to = text::trimmed(at(fields, Field::recipient)); !to.empty()) event.recipients.push_back(account_key(to));
  if (event.actor == "-") event.actor.clear();
  return event;
}

std::optional<Event> mapped_event(const Mapping& mapping, std::string_view line, const ClockSettings& clock) {
  const auto match = mapping.line->find(line);
  if (!match) return std::nullopt;
  Fields fields{};
  for (std::size_t i = 0; i < mapping.groups.size() && i + 1 < match->size(); ++i) {
    const std::string_view value = (*match)[i + 1];
    if (mapping.groups[i] && value.data() != nullptr) fields[static_cast<std::size_t>(*mapping.groups[i])] = value;
  }
  return mapped_event(mapping, fields, clock);
}

}  // namespace threadline::logs
