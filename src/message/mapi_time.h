// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "base/instant.h"
#include "message/mapi.h"

namespace threadline::message {

/// The time in a property of type PtypTime (UTC) or PtypFloatingTime (no zone, taken as UTC and said as assumed). Nothing where
/// it is absent, of another type, or no date (0, or beyond the year 9999). Source: MS-OXCDATA section 2.11.1.
[[nodiscard]] std::optional<Stamp> time_in(const MapiProperties& properties, std::uint16_t id);

}  // namespace threadline::message
