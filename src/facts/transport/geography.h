// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace threadline::facts {

/// Where an address is registered, by databases that the analyst gave.
struct Origin {
  std::string country;          ///< ISO 3166 alpha-2, or empty
  std::uint32_t as_number = 0;  ///< autonomous system (RFC 1930), or 0
  std::string as_name;

  [[nodiscard]] bool is_known() const { return !country.empty() || as_number != 0; }
};

/// Where a database of cities puts an address: a circle in which its user is likely to be (MaxMind: two times in three).
struct Place {
  double latitude = 0, longitude = 0;  ///< degrees, north and east positive
  double radius_km = 0;
};

/// MaxMind DB files (format 2.0) of countries, cities and autonomous systems; nothing is looked up anywhere else. What they say
/// is true of the day on which they were made, and of registrations, not of people. Threads: const use from any thread.
class Geography {
 public:
  /// Errors: a file that cannot be read or is no such database, by its name.
  [[nodiscard]] static Result<std::shared_ptr<const Geography>> open(const std::vector<std::string>& paths);
  virtual ~Geography() = default;
  /// The first database that knows a field of the address fills it. Nothing for what is no address.
  [[nodiscard]] virtual Origin origin_of(const std::string& ip) const = 0;
  /// Of the first database that has coordinates of the address. Nothing where it names neither a radius nor a city: then they are
  /// the middle of a country.
  [[nodiscard]] virtual std::optional<Place> place_of(const std::string& ip) const = 0;
};

}  // namespace threadline::facts
