// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "facts/facts.h"
#include "timeline/journal/entry.h"
#include "timeline/journal/row_entry.h"

namespace threadline::timeline::journal {

/// By what a message and a quoted copy of it know each other when no run reads both: who wrote it, when, about what.
struct Writing {
  std::vector<std::string>
      authors;  ///< "a:" and the address, "n:" and the name; of a quoted copy one, the address before the name
  std::optional<std::int64_t> seconds;  ///< since 1970, of the minute that the author's client states
  std::string subject;                  ///< folded, without prefixes
  std::vector<std::string> accounts;    ///< its account_keys, sorted: where these differ the copy is no copy of it
};

[[nodiscard]] Writing writing_of(const facts::Facts& message);
/// Where a level names no subject, its carrier's stands for it.
[[nodiscard]] Writing writing_of(const facts::Facts& carrier, std::size_t block);

/// The quoted messages of a case whose originals no import read: what `quotes` of their rows, and their times, say of them.
class Awaited {
 public:
  void hear(const Entry& row);
  /// The quoted rows that this message is the original of: the same author, subject and minute; another hour (of at most 14)
  /// where the zone of the quoted time was assumed. One with other accounts is told by nobody here: a run that reads both
  /// compares them.
  [[nodiscard]] std::vector<IdKey> copies_of(const Writing& message) const;

 private:
  struct Copy {
    IdKey row;
    bool is_zone_assumed = false;
    std::string accounts;
  };
  std::unordered_multimap<std::string, Copy> copies_;  ///< by author, subject and minute
};

/// The members `author`, `subject` and `accounts` of a quoted row's `quotes`; null where it names no author.
[[nodiscard]] Sorted quotes_json(const Writing& quoted);

}  // namespace threadline::timeline::journal
