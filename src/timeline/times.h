// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/instant.h"
#include "facts/facts.h"
#include "threadline/row.h"
#include "timeline/rows.h"

namespace threadline::timeline {

/// Sets the row's time, zone and zone_basis: in the chosen zone (where its year has four digits), else in the offset (or zone
/// name) of the stamp itself.
void set_time(Row& row, const Stamp& stamp, const RowSettings& settings);

/// Sets all of the row's time as a message claims it: its Date, or known_at where Date is missing or more than an hour off. A
/// Date that cannot be read is the text that stands there all the same.
void set_message_time(Row& row, const facts::Facts& facts, const RowSettings& settings);

/// True when the Date is more than an hour off the instant at which the evidence could know the message.
[[nodiscard]] bool is_date_off(const facts::Dates& dates);

}  // namespace threadline::timeline
