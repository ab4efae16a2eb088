// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"

namespace threadline::text {

/// An IANA time zone, by ICU's tzdata; abbreviations from a table generated from tzdata (ICU itself says "UTC+2").
/// Threads: const use from any thread.
class Zone {
 public:
  /// Errors: no such zone; the hint names an example.
  [[nodiscard]] static Result<Zone> named(std::string_view iana_name);
  ~Zone();
  Zone(const Zone&);
  Zone& operator=(const Zone&) = delete;

  /// The same instant with this zone's offset.
  [[nodiscard]] Instant at(const Instant& instant) const;
  /// "CEST", or the offset as +02:00 where the zone has no abbreviation then.
  [[nodiscard]] std::string abbreviation(const Instant& instant) const;
  [[nodiscard]] const std::string& name() const;

 private:
  struct State;
  explicit Zone(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

/// The tzdata version that ICU carries ("2024a").
[[nodiscard]] std::string tzdata_version();
/// ICU's own version ("72.1").
[[nodiscard]] std::string icu_version();

}  // namespace threadline::text
