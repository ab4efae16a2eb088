// SPDX-License-Identifier: Apache-2.0
#include "logs/reader.h"

#include <algorithm>
#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/sha256.h"
#include "logs/client_family.h"
#include "logs/json_record.h"
#include "logs/mail_log.h"
#include "logs/names.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

constexpr std::size_t kShownText = 1'000;     ///< bytes of a record in its row
constexpr std::size_t kRememberedText = 300;  ///< of one that only an activity remembers
constexpr std::int64_t kHour = 3'600;

std::uint64_t digest_of(std::string_view text) { return std::hash<std::string_view>{}(text); }

std::string beginning(std::string_view record, std::size_t most) {
  std::string text = text::valid_utf8(record.substr(0, most));
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

/// Sets what a row shows of the record itself.
void describe(Event& event, std::string_view record, std::size_t most) {
  if (!event.sha256.empty()) return;
  event.text = beginning(record, most);
  event.sha256 = sha256_hex(record);
}

void remember(std::vector<std::uint64_t>& digests, std::uint64_t digest) {
  if (digests.size() >= Activity::kRemembered) return;
  const auto place = std::ranges::lower_bound(digests, digest);
  if (place == digests.end() || *place != digest) digests.insert(place, digest);
}

/// A mail that an account handed in was signed in for: mail servers write no other line about it.
std::optional<Event> sign_in_of(const Event& event) {
  const bool is_server = event.format == Format::postfix || event.format == Format::exim;
  if (!is_server || event.act != Act::mail_accepted || event.actor.empty()) return std::nullopt;
  Event login = event;
  login.act = Act::login;
  login.client.clear();  // the peer's name
  login.mails.clear();
  login.queue_id.clear();
  return login;
}

/// Most rows are told by the length of their first cell: folding names is slow.
bool is_header(const std::vector<std::string>& cells, const std::vector<std::string>& columns) {
  constexpr std::size_t kAround = 8;  // spaces, accents, " [UTC]"
  if (cells.empty() || columns.empty() || cells.size() != columns.size()) return false;
  const std::size_t length = cells.front().size();
  if (length < columns.front().size() || length > columns.front().size() + kAround) return false;
  return column_name(cells.front()) == columns.front() && column_name(cells.back()) == columns.back();
}

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t\r\n,;]") == std::string_view::npos; }

}  // namespace

bool is_remembered(Act act) {
  return act == Act::login || act == Act::login_failed || act == Act::mail_deleted || act == Act::folder_synced;
}

const Event* Activity::first_of(Act act) const {
  const auto found = std::ranges::find(firsts, act, &Event::act);
  return found == firsts.end() ? nullptr : &*found;
}

void Activity::add(const Event& event, std::uint64_t digest, std::string_view record) {
  const Instant at = event.time->at;
  first = firsts.empty() ? at : std::min(first, at);
  last = firsts.empty() ? at : std::max(last, at);
  if (country.empty()) country = event.country;
  if (event.act == Act::login_failed) remember(failed, digest);
  if (event.act == Act::mail_deleted) {
    for (std::size_t i = 0; i < std::max<std::size_t>(event.mails.size(), 1); ++i) remember(deleted, digest + i);
  }
  auto place = std::ranges::find(firsts, event.act, &Event::act);
  if (place != firsts.end() && place->time->at <= at) return;
  if (place == firsts.end()) place = firsts.emplace(firsts.end());
  *place = event;
  describe(*place, record, kRememberedText);
}

void Activity::use(const Event& event, std::string_view record) {
  const Instant at = event.time->at;
  last = firsts.empty() ? at : std::max(last, at);
  if (!firsts.empty() && first <= at) return;
  first = at;
  firsts.assign(1, event);
  describe(firsts.front(), record, kRememberedText);
}

void Activity::merge(Activity&& other) {
  if (hour == kUse) {
    if (other.first < first) firsts = std::move(other.firsts);
    other.firsts.clear();
  }
  first = std::min(first, other.first);
  last = std::max(last, other.last);
  if (country.empty()) country = std::move(other.country);
  for (const auto digest : other.failed) remember(failed, digest);
  for (const auto digest : other.deleted) remember(deleted, digest);
  for (Event& event : other.firsts) {
    const auto place = std::ranges::find(firsts, event.act, &Event::act);
    if (place == firsts.end()) {
      firsts.push_back(std::move(event));
    } else if (event.time->at < place->time->at) {
      *place = std::move(event);
    }
  }
}

struct Reader::State {
  explicit State(std::shared_ptr<const Settings> from)
      : settings(std::move(from)),
        parser(settings->limits.log_record_bytes),
        data_parser(settings->limits.log_record_bytes),
        inner(settings->limits) {
    [[maybe_unused]] const auto problem = parser.allocate(0, settings->limits.log_depth);
    [[maybe_unused]] const auto other = data_parser.allocate(0, settings->limits.log_depth);
  }

  void read_record(std::string_view record, std::uint64_t line, std::size_t room);
  void read_line(std::string_view record, std::uint64_t line, std::size_t room);
  void read_json(std::string_view record, std::uint64_t line, std::size_t room);
  void read_row(std::string_view record, std::uint64_t line);
  void read_block(std::string_view record, std::uint64_t line);
  void take_fields(const Fields& fields, std::string_view record, std::uint64_t line);
  void take_named_row(const Fields& fields, std::string_view record, std::uint64_t line);
  bool open_row(Element& element);
  void read_list(Element list, std::uint64_t line);
  void read_mapped_row(std::string_view record, std::uint64_t line);
  [[nodiscard]] Fields fields_of_row() const;
  void take(Event&& event, std::string_view record, std::uint64_t line);
  void count_activity(const Event& event, std::uint64_t digest, std::string_view record);
  void count_use(const Event& event, std::string_view record);
  [[nodiscard]] Activity& activity_of(const Event& event, const std::string& family, std::int64_t hour);
  void refuse(std::string_view code, std::string_view record, std::uint64_t line);
  [[nodiscard]] const Mapping* mapping() const {
    return layout->mapping < 0 ? nullptr : settings->mappings[static_cast<std::size_t>(layout->mapping)].get();
  }

  std::shared_ptr<const Settings> settings;
  simdjson::dom::parser parser, data_parser;
  InnerJson inner;
  std::vector<std::string> cells;
  const Layout* layout = nullptr;
  Batch batch;
  std::unordered_map<std::string, std::size_t> activities;  ///< key to index in the batch
  std::unordered_set<std::uint64_t> kept;                   ///< identities in this chunk
};

void Reader::State::refuse(std::string_view code, std::string_view record, std::uint64_t line) {
  ++batch.undecodable;
  if (batch.shown.size() < settings->limits.log_undecodable)
    batch.shown.push_back({line, std::string(code), beginning(record, kShownText)});
}

Activity& Reader::State::activity_of(const Event& event, const std::string& family, std::int64_t hour) {
  std::string key =
      text::ascii_lower(event.actor) + '\n' + event.ip + '\n' + event.session + '\n' + family + '\n' + std::to_string(hour);
  const auto [place, is_new] = activities.try_emplace(std::move(key), batch.activities.size());
  if (is_new) {
    Activity activity;
    activity.actor = text::ascii_lower(event.actor);
    activity.ip = event.ip;
    activity.session = event.session;
    activity.client = event.client;
    activity.family = family;
    activity.hour = hour;
    batch.activities.push_back(std::move(activity));
  }
  return batch.activities[place->second];
}

void Reader::State::count_activity(const Event& event, std::uint64_t digest, std::string_view record) {
  if (!event.time || event.actor.empty() || event.by_system || !is_remembered(event.act)) return;
  if (event.ip.empty() && event.session.empty()) return;
  const std::string family = event.act == Act::login ? client_family(event.client) : std::string();
  activity_of(event, family, event.time->at.seconds / kHour).add(event, digest, record);
}

/// Audit records name the session in which they were made: of people of the case, where there is one (all others' would crowd out
/// the sign-ins).
void Reader::State::count_use(const Event& event, std::string_view record) {
  const bool is_sign_in = event.act == Act::login || event.act == Act::login_failed || event.act == Act::login_interrupted;
  if (event.format != Format::m365_audit || is_sign_in || !event.time || event.actor.empty() || event.by_system) return;
  if (event.session.empty() || event.client.empty() || is_inner_ip(event.ip)) return;
  const TextSet& people = settings->wanted.people;
  if (!people.empty() && !people.contains(account_key(event.actor))) return;
  activity_of(event, client_family(event.client), Activity::kUse).use(event, record);
}

void Reader::State::take(Event&& event, std::string_view record, std::uint64_t line) {
  event.line = line;
  const std::uint64_t digest = event.identity.empty() ? digest_of(record) + line : digest_of(event.identity);
  batch.records.push_back({event.identity.empty() ? 0 : digest, event.act});
  if (!event.time) ++batch.undated;
  if (event.time && event.time->basis == ZoneBasis::assumed) ++batch.assumed;
  if (!event.identity.empty() && !kept.insert(digest).second) return;
  const Weight weight = weight_of(event.act);
  const Wanted& wanted = settings->wanted;
  const bool is_telling = (weight == Weight::telling || event.telling) && !event.by_system;
  const bool keeps = wanted.every_record || is_telling || event.telling || wanted.is_about(event);
  if (keeps) describe(event, record, kShownText);
  count_activity(event, digest, record);
  count_use(event, record);
  if (const auto login = sign_in_of(event)) count_activity(*login, digest, record);
  if (keeps) batch.kept.push_back(std::move(event));
}

/// A row of a query's result as the record that it stands for: the names are those of the query.
bool Reader::State::open_row(Element& element) {
  simdjson::dom::array values;
  if (layout->columns.empty() || element.get(values) != simdjson::SUCCESS) return false;
  std::string object;
  std::size_t index = 0;
  for (const Element value : values) {
    if (index >= layout->columns.size()) return false;
    object += object.empty() ? '{' : ',';
    object += json_text(layout->columns[index++]) + ':' + simdjson::minify(value);
  }
  object += '}';
  return data_parser.parse(object).get(element) == simdjson::SUCCESS;
}

/// A list inside the log: of several exports put together all but the first stand so.
void Reader::State::read_list(Element list, std::uint64_t line) {
  simdjson::dom::array values;
  if (list.get(values) != simdjson::SUCCESS) return;
  for (const Element value : values) {
    JsonObject object;
    auto event =
        value.get(object) == simdjson::SUCCESS ? json_event(object, inner, settings->limits, layout->clock) : std::nullopt;
    const std::string text = simdjson::minify(value);
    if (event) {
      take(std::move(*event), text, line);
    } else {
      refuse("log_shape", text, line);
    }
  }
}

void Reader::State::read_json(std::string_view record, std::uint64_t line, std::size_t room) {
  Element element;
  JsonObject object;
  const bool copies = room < simdjson::SIMDJSON_PADDING;
  auto problem = parser.parse(record.data(), record.size(), copies).get(element);
  std::string repaired;
  if (problem == simdjson::UTF8_ERROR) {
    repaired = text::valid_utf8(record);
    problem = parser.parse(repaired.data(), repaired.size(), true).get(element);
  }
  if (problem == simdjson::SUCCESS && element.is_array() && layout->columns.empty()) return read_list(element, line);
  if (problem == simdjson::SUCCESS && element.is_array() && !open_row(element)) return refuse("log_undecodable", record, line);
  if (problem != simdjson::SUCCESS || element.get(object) != simdjson::SUCCESS) return refuse("log_undecodable", record, line);
  auto event = json_event(object, inner, settings->limits, layout->clock);
  if (!event) return refuse("log_shape", record, line);
  take(std::move(*event), record, line);
}

void Reader::State::read_line(std::string_view record, std::uint64_t line, std::size_t room) {
  auto text = record;
  while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
  if (is_blank(text)) return;
  std::string repaired;
  if (text.front() != '{' && !text::is_valid_utf8(text)) {
    repaired = text::decode(text, "windows-1252").text;
    text = repaired;
    room = 0;
  }
  const Mapping* mapped = mapping();
  if (mapped == nullptr && (text.front() == '{' || text.starts_with(" {")))
    return read_json(text, line, room + record.size() - text.size());
  if (mapped != nullptr && mapped->skip && mapped->skip->is_in(text)) return;
  auto event = mapped != nullptr ? mapped_event(*mapped, text, layout->clock) : mail_log_event(text, layout->clock);
  if (!event) return refuse("log_undecodable", text, line);
  take(std::move(*event), text, line);
}

Fields Reader::State::fields_of_row() const {
  FieldsByRank fields(layout->format);
  for (std::size_t i = 0; i < cells.size() && i < layout->columns.size(); ++i) fields.set(layout->columns[i], cells[i]);
  return fields.values;
}

void Reader::State::read_mapped_row(std::string_view record, std::uint64_t line) {
  const Mapping& mapped = *mapping();
  Fields fields{};
  for (const auto& [name, field] : mapped.columns) {
    const auto index = column_meant(name, layout->columns);
    if (index && *index < cells.size()) fields[static_cast<std::size_t>(field)] = cells[*index];
  }
  take(mapped_event(mapped, fields, layout->clock), record, line);
}

void Reader::State::read_row(std::string_view record, std::uint64_t line) {
  if (is_blank(record)) return;
  const Mapping* mapped = mapping();
  if (mapped != nullptr && mapped->skip && mapped->skip->is_in(record)) return;
  if (mapped == nullptr && record.front() == '#') return;
  std::string repaired;
  if (!text::is_valid_utf8(record)) {
    repaired = text::decode(record, "windows-1252").text;
    record = repaired;
  }
  if (!read_cells(record, layout->separator, settings->limits.log_columns, cells)) return refuse("log_undecodable", record, line);
  if (is_header(cells, layout->columns)) return;  // again, where exports were put together
  if (mapped != nullptr) return read_mapped_row(record, line);
  if (cells.size() == 1 && layout->columns.size() > 1) return refuse("log_undecodable", record, line);
  take_fields(fields_of_row(), record, line);
}

/// A row whose columns are the members of a record (Sentinel's tables, audit data that was spread over columns).
void Reader::State::take_named_row(const Fields& fields, std::string_view record, std::uint64_t line) {
  Element element;
  JsonObject object;
  const std::string text = record_text(layout->columns, cells);
  if (data_parser.parse(text).get(element) != simdjson::SUCCESS || element.get(object) != simdjson::SUCCESS)
    return refuse("log_undecodable", record, line);
  auto event = json_event(object, inner, settings->limits, layout->clock);
  if (!event) return refuse("log_shape", record, line);
  if (auto time = read_clock(at(fields, Field::time), layout->clock)) {
    if (!event->time) std::erase_if(event->notes, [](const Note& note) { return note.code == "log_time"; });
    event->time = std::move(time);
  }
  take(std::move(*event), record, line);
}

void Reader::State::take_fields(const Fields& fields, std::string_view record, std::uint64_t line) {
  const auto has = [&](std::string_view column) { return std::ranges::find(layout->columns, column) != layout->columns.end(); };
  if (layout->format == Format::entra_audit && !has("initiatedby"))
    return take(directory_row_event(layout->columns, cells, fields, layout->clock, settings->limits), record, line);
  if (layout->format == Format::entra_audit) return take_named_row(fields, record, line);
  if (layout->format != Format::m365_audit) return take(event_of(layout->format, fields, layout->clock), record, line);
  const auto data = text::trimmed(at(fields, Field::audit_data));
  if (auto event = audit_data_event(data, data_parser, inner, settings->limits)) return take(std::move(*event), record, line);
  if (data.empty() && !has("auditdata") && layout->cut == Cut::table) return take_named_row(fields, record, line);
  if (!data.empty() || at(fields, Field::action).empty()) return refuse("log_undecodable", record, line);
  take(audit_row_event(fields, layout->clock), record, line);
}

/// "Name : value" lines; what begins with white space goes on with the value before it.
void Reader::State::read_block(std::string_view record, std::uint64_t line) {
  if (is_blank(record)) return;
  const std::string decoded = text::is_valid_utf8(record) ? std::string(record) : text::decode(record, "windows-1252").text;
  std::vector<std::pair<std::string, std::string>> entries;
  std::string_view rest = decoded;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const auto text = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (const auto entry = list_entry(text); entry && entries.size() < settings->limits.log_columns) {
      entries.emplace_back(column_name(entry->first), entry->second);
    } else if (const auto more = text::trimmed(text); !more.empty() && !entries.empty()) {
      entries.back().second += " " + std::string(more);
    }
  }
  if (entries.empty()) return refuse("log_undecodable", record, line);
  FieldsByRank fields(layout->format);
  for (const auto& [name, value] : entries) fields.set(name, value);
  take_fields(fields.values, record, line);
}

void Reader::State::read_record(std::string_view record, std::uint64_t line, std::size_t room) {
  switch (layout->cut) {
    case Cut::lines: return read_line(record, line, room);
    case Cut::table: return read_row(record, line);
    case Cut::list: return read_block(record, line);
    case Cut::json: break;
  }
  // The end of a list may stand before the record: lists are put together, too.
  const auto begin = record.find_first_not_of(" \t\r\n,]}");
  if (begin == std::string_view::npos) return;
  const auto before = std::ranges::count(record.substr(0, begin), '\n');
  record.remove_prefix(begin);
  read_json(record, line + static_cast<std::uint64_t>(before), room);
}

Reader::Reader(std::shared_ptr<const Settings> settings) : state_(std::make_unique<State>(std::move(settings))) {}
Reader::~Reader() = default;

Batch Reader::read(const Chunk& chunk, const Layout& layout) {
  State& state = *state_;
  state.layout = &layout;
  state.batch = {};
  state.activities.clear();
  state.kept.clear();
  const std::string_view text = chunk.bytes;
  if (chunk.broken) {
    state.refuse(text.size() > state.settings->limits.log_record_bytes ? "limit" : "log_undecodable", text, chunk.first_line);
    return std::move(state.batch);
  }
  RecordEnds ends(layout);
  std::uint64_t line = chunk.first_line;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(ends.next(text, at), text.size());
    const auto record = text.substr(at, end - at);
    state.read_record(record, line, text.size() - end);
    line += layout.cut == Cut::lines ? 1 : static_cast<std::uint64_t>(std::ranges::count(record, '\n'));
    at = end;
  }
  return std::move(state.batch);
}

}  // namespace threadline::logs
