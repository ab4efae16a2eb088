// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/order.h"

#include <cstring>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/severity.h"

namespace threadline::timeline::journal {
namespace {

static_assert(std::is_trivially_copyable_v<Place>);

/// What meets in one group of rows by id.
enum class Kind : char {
  row,       ///< then its place and the source of its evidence
  revision,  ///< a later version: its place
  original   ///< of a quoted row that was not found again: the id is asked for; `seq` is that row, `import` who asks
};

/// What meets in one group of rows by what they are about: the event comes first.
enum class About : char { event, row };

void add_key(std::string& record, const IdKey& id) {
  add_ordered(record, static_cast<std::int64_t>(id.high ^ std::uint64_t{1} << 63U));
  add_ordered(record, static_cast<std::int64_t>(id.low ^ std::uint64_t{1} << 63U));
}

IdKey take_key(std::string_view& bytes) {
  const auto take = [&] { return static_cast<std::uint64_t>(take_ordered(bytes)) ^ std::uint64_t{1} << 63U; };
  const std::uint64_t high = take();
  return {high, take()};
}

void add_place(std::string& record, const Place& place) {
  char bytes[sizeof place];
  std::memcpy(bytes, &place, sizeof place);
  record.append(bytes, sizeof place);
}

Place take_place(std::string_view& bytes) {
  Place place;
  std::memcpy(&place, bytes.data(), sizeof place);
  bytes.remove_prefix(sizeof place);
  return place;
}

/// The place behind a key of any length.
Place place_at_end(std::string_view record) {
  std::string_view rest = record.substr(record.size() - sizeof(Place));
  return take_place(rest);
}

std::string by_id_record(const IdKey& id, std::uint64_t entry, Kind kind, const Place& place, std::string_view source) {
  std::string record;
  add_key(record, id);
  add_ordered(record, static_cast<std::int64_t>(entry));
  record += static_cast<char>(kind);
  add_place(record, place);
  return record.append(source);
}

std::string by_about_record(const IdKey& id, About kind, const Place& place, std::string_view source) {
  std::string record;
  add_key(record, id);
  record += static_cast<char>(kind);
  add_ordered(record, static_cast<std::int64_t>(place.seq));
  add_place(record, place);
  return record.append(source);
}

std::string_view severity_text(std::int8_t severity) { return name_of(static_cast<Severity>(severity)); }

/// A version is shown when it was judged among as many messages as the one before it, or more.
void take_version(Place& row, const Place& version, Heard& heard, const EntryAt& entry_at) {
  if (version.context < row.context) return;
  const Place before_it = std::exchange(row, version);
  row.seq = before_it.seq, row.first = before_it.first, row.first_length = before_it.first_length;
  row.said.about = before_it.said.about, row.said.tab = before_it.said.tab;
  const std::int8_t before = before_it.said.severity, after = version.said.severity;
  const auto said = heard.said.find(row.seq);
  if (said != heard.said.end() && said->second.gone && said->second.gone->import.entry < version.import)
    said->second.gone.reset();
  if (before == after || before < 0 || after < 0) return;
  const auto entry = entry_at(version);
  if (!entry) return;
  Regraded regraded{remark_of(*entry, ""), heard.import_of(*entry).policy, std::string(severity_text(before)),
                    std::string(severity_text(after))};
  regraded.import.entry = version.import;
  heard.said[row.seq].regraded.push_back(std::move(regraded));
}

/// The quoted row `asker.seq` that an import no longer told is told by this row, the message itself.
void name_original(const Place& asker, std::uint64_t original, Heard& heard) {
  const auto said = heard.said.find(asker.seq);
  if (said == heard.said.end() || !said->second.gone || said->second.gone->import.entry != asker.import) return;
  said->second.gone->original = original;
}

}  // namespace

Order::Order(const std::string& spool_folder)
    : spool_folder_(spool_folder), by_id_(std::in_place, spool_folder), for_people_(spool_folder), for_programs_(spool_folder) {}

void Order::hear(const Entry& entry, const Line& line, const Heard& heard) {
  Place place;
  place.seq = entry.seq;
  place.import = count_in(entry.body, "import");
  if (gives_no_row(entry.type)) {
    const std::string original = text_in(entry.body, "original");
    place.seq = count_in(entry.body, "row");
    if (!original.empty()) by_id_->add(by_id_record(key_of(original), entry.seq, Kind::original, place, {}));
    return;
  }
  place.offset = place.first = line.offset;
  place.length = place.first_length = static_cast<std::uint32_t>(line.text.size());
  place.context = heard.import_of(entry).context;
  place.said = row_entry_of(entry);
  const Kind kind = entry.type == "revision" ? Kind::revision : Kind::row;
  const Sorted& where = entry.type == "row" ? member(entry.body, "row") : entry.body;
  by_id_->add(by_id_record(place.said.id, entry.seq, kind, place, kind == Kind::row ? text_in(where, "source") : std::string()));
}

void Order::add_in_order(const Place& row, const Place* event, std::string_view source) {
  const Place& first = event == nullptr ? row : *event;
  std::string people(1, static_cast<char>(row.said.tab));
  add_ordered(people, first.said.known);
  people += static_cast<char>(!first.said.is_quoted);
  add_ordered(people, first.said.is_quoted ? first.said.time : 0);
  add_ordered(people, static_cast<std::int64_t>(first.seq));
  people += static_cast<char>(event != nullptr);
  add_ordered(people, static_cast<std::int64_t>(row.seq));
  add_place(people, row);
  for_people_.add(people);
  std::string programs;
  add_ordered(programs, row.said.known);
  programs.append(source).push_back('\0');
  add_key(programs, row.said.id);
  add_ordered(programs, static_cast<std::int64_t>(row.seq));
  add_place(programs, row);
  for_programs_.add(programs);
}

/// On to what it is about, or to its place where it is about nothing.
void Order::pass_on(const Place& row, std::string_view source, ExternalSort& by_about) {
  if (row.said.about.high != 0) return by_about.add(by_about_record(row.said.about, About::row, row, source));
  add_in_order(row, nullptr, source);
}

/// Rows by id: each meets its versions. Of several rows with one id the first is what versions and findings are about.
Result<void> Order::settle(Heard& heard, const EntryAt& entry_at, ExternalSort& by_about) {
  std::optional<std::pair<Place, std::string>> row;  // with the source of its evidence
  const auto pass_on_first = [&] {
    if (!row) return;
    if (row->first.said.id.high != 0) by_about.add(by_about_record(row->first.said.id, About::event, row->first, {}));
    pass_on(row->first, row->second, by_about);
  };
  auto settled = by_id_->each([&](std::string_view record) {
    const IdKey id = take_key(record);
    record.remove_prefix(sizeof(std::int64_t));
    const auto kind = static_cast<Kind>(record.front());
    record.remove_prefix(1);
    const Place place = take_place(record);
    const bool is_same = row && row->first.said.id == id && id.high != 0;
    if (kind == Kind::row && is_same) {
      pass_on(place, record, by_about);
    } else if (kind == Kind::row) {
      pass_on_first();
      row.emplace(place, record);
    } else if (is_same && kind == Kind::revision) {
      take_version(row->first, place, heard, entry_at);
    } else if (is_same) {
      name_original(place, row->first.seq, heard);
    }
    return true;
  });
  pass_on_first();
  return settled;
}

/// Rows by what they are about: each meets it.
Result<void> Order::join(const ExternalSort& by_about) {
  std::optional<std::pair<IdKey, Place>> event;
  return by_about.each([&](std::string_view record) {
    const IdKey id = take_key(record);
    const auto kind = static_cast<About>(record.front());
    record.remove_prefix(1 + sizeof(std::int64_t));
    const Place place = take_place(record);
    if (kind == About::event)
      event.emplace(id, place);
    else
      add_in_order(place, event && event->first == id ? &event->second : nullptr, record);
    return true;
  });
}

Result<void> Order::finish(Heard& heard, const EntryAt& entry_at) {
  if (const auto sorted = by_id_->finish(); !sorted) return sorted;
  ExternalSort by_about(spool_folder_);
  if (const auto settled = settle(heard, entry_at, by_about); !settled) return settled;
  by_id_.reset();
  if (const auto sorted = by_about.finish(); !sorted) return sorted;
  if (const auto joined = join(by_about); !joined) return joined;
  if (const auto sorted = for_people_.finish(); !sorted) return sorted;
  return for_programs_.finish();
}

Result<void> Order::each(Tab tab, const Sink& sink) const {
  return for_people_.each([&](std::string_view record) {
    const bool is_of_tab = record.front() == static_cast<char>(tab);
    return is_of_tab ? sink(place_at_end(record)) : record.front() < static_cast<char>(tab);
  });
}

Result<void> Order::each_for_programs(const Sink& sink) const {
  return for_programs_.each([&](std::string_view record) { return sink(place_at_end(record)); });
}

}  // namespace threadline::timeline::journal
