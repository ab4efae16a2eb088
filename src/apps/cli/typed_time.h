// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"

namespace threadline::apps {

/// A time that a person typed, as rows show it.
struct TypedTime {
  std::string time;      ///< RFC 3339 with offset
  std::string known_at;  ///< in UTC
  std::string zone;      ///< "CEST"
};

/// Reads "05/04/2018 14:35" (day first), "2018-04-05 14:35" or RFC 3339. Without an offset it is of that zone (IANA; empty: UTC).
/// Errors: another form; no such day or zone; an hour that summer time skips or its end repeats (the hint has both instants).
[[nodiscard]] Result<TypedTime> read_typed_time(const std::string& text, const std::string& zone);

}  // namespace threadline::apps
