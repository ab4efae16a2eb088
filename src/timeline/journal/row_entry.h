// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>

#include "timeline/journal/case.h"
#include "timeline/journal/entry.h"
#include "timeline/journal/journal.h"

namespace threadline::timeline::journal {

/// A row's id, or the first 32 digits of it.
struct IdKey {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const IdKey&) const = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 sees a 0 in it
};
[[nodiscard]] IdKey key_of(const std::string& id);
[[nodiscard]] std::string id_text(const IdKey& key);

struct IdHash {
  std::size_t operator()(const IdKey& key) const {
    return static_cast<std::size_t>(key.high ^ (key.low * 0x9E3779B97F4A7C15ULL));
  }
};

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

/// What an entry that gives a row, or a new version of one, says of its place in the timeline.
struct RowEntry {
  IdKey id, about;
  std::int64_t known = kNever, time = kNever;
  Tab tab = Tab::timeline;
  std::int8_t severity = -1;  ///< of a finding
  bool is_quoted = false;
};

/// Entries about rows that the rows themselves show: no action of a person, no row of a tab.
[[nodiscard]] bool gives_no_row(const std::string& type);
[[nodiscard]] RowEntry row_entry_of(const Entry& entry);

/// Seconds of "2018-04-05T10:37:00+02:00" or "...Z"; kNever for anything else.
[[nodiscard]] std::int64_t seconds_of(const std::string& time);

}  // namespace threadline::timeline::journal
