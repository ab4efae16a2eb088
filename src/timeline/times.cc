// SPDX-License-Identifier: Apache-2.0
#include "timeline/times.h"

#include <algorithm>
#include <cstdlib>

namespace threadline::timeline {
namespace {

constexpr std::int64_t kTolerance = 3'600;  ///< seconds between Date and known_at (row.schema.json, time)

constexpr int kLastYear = 9'999;  ///< that RFC 3339 can write

/// False where that zone shows a year that RFC 3339 cannot write.
bool set_chosen_zone(Row& row, const Instant& at, const text::Zone& zone) {
  const Instant local = zone.at(at);
  if (const int year = civil_of(local).year; year < 0 || year > kLastYear) return false;
  row.time = rfc3339(local);
  row.zone = zone.abbreviation(at);
  row.zone_basis = name_of(ZoneBasis::chosen);
  return true;
}

/// The message's own Date as it stands there, where it could not be read. Dates of the route are other fields'.
std::string unread_date(const facts::Facts& facts) {
  const auto is_of_route = [&](const Note& note) {
    return std::ranges::find(facts.route.notes, note) != facts.route.notes.end();
  };
  for (const Note& note : facts.notes) {
    if (note.code == "malformed_date" && note.span.part == "header" && !is_of_route(note)) return note.text;
  }
  return {};
}

}  // namespace

void set_time(Row& row, const Stamp& stamp, const RowSettings& settings) {
  if (settings.zone && set_chosen_zone(row, stamp.at, *settings.zone)) return;
  row.time = rfc3339(stamp.at);
  const bool named = stamp.basis == ZoneBasis::named && !stamp.zone_name.empty();
  row.zone = named ? stamp.zone_name : offset_text(stamp.at.offset_minutes);
  row.zone_basis = name_of(stamp.basis);
}

bool is_date_off(const facts::Dates& dates) {
  return dates.header && dates.known_at && std::llabs(dates.header->at.seconds - dates.known_at->seconds) > kTolerance;
}

void set_message_time(Row& row, const facts::Facts& facts, const RowSettings& settings) {
  const facts::Dates& dates = facts.dates;
  row.time_text = dates.header ? dates.header->text : unread_date(facts);
  if (dates.header && !is_date_off(dates)) {
    row.time_basis = name_of(facts::TimeBasis::header);
    set_time(row, *dates.header, settings);
  } else if (dates.known_at) {
    row.time_basis = name_of(dates.basis);
    set_time(row, Stamp{*dates.known_at, ZoneBasis::stated, {}, {}}, settings);
  }
}

}  // namespace threadline::timeline
