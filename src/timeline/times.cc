// SPDX-License-Identifier: Apache-2.0
#include "timeline/times.h"

#include <cstdlib>

namespace threadline::timeline {
namespace {

constexpr std::int64_t kTolerance = 3'600;  ///< seconds between Date and known_at (row.schema.json, time)

void set_chosen_zone(Row& row, const Instant& at, const text::Zone& zone) {
  const Instant local = zone.at(at);
  row.time = rfc3339(local);
  row.zone = zone.abbreviation(at);
  row.zone_basis = name_of(ZoneBasis::chosen);
}

}  // namespace

void set_time(Row& row, const Stamp& stamp, const RowSettings& settings) {
  if (settings.zone) return set_chosen_zone(row, stamp.at, *settings.zone);
  row.time = rfc3339(stamp.at);
  const bool named = stamp.basis == ZoneBasis::named && !stamp.zone_name.empty();
  row.zone = named ? stamp.zone_name : offset_text(stamp.at.offset_minutes);
  row.zone_basis = name_of(stamp.basis);
}

bool is_date_off(const facts::Dates& dates) {
  return dates.header && dates.known_at && std::llabs(dates.header->at.seconds - dates.known_at->seconds) > kTolerance;
}

void set_message_time(Row& row, const facts::Dates& dates, const RowSettings& settings) {
  if (dates.header) row.time_text = dates.header->text;
  if (dates.header && !is_date_off(dates)) {
    row.time_basis = name_of(facts::TimeBasis::header);
    set_time(row, *dates.header, settings);
  } else if (dates.known_at) {
    row.time_basis = name_of(dates.basis);
    set_time(row, Stamp{*dates.known_at, ZoneBasis::stated, {}, {}}, settings);
  }
}

}  // namespace threadline::timeline
