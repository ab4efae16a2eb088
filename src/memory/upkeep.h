// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "memory/file_store.h"
#include "memory/memory.h"
#include "memory/redacted.h"

/// What the keeper of a store does with it (threadline memory).
namespace threadline::memory {

/// What a store holds, in numbers.
struct StoreSummary {
  std::int64_t version = 0;
  std::uint64_t bytes = 0;  ///< of the file, its log too
  std::uint64_t messages = 0, disputed_messages = 0, senders = 0, domains = 0, accounts = 0, phones = 0, disputes = 0;
  std::optional<std::uint64_t> facts;        ///< items whose facts wait for their judgement; nothing: it keeps none (a file)
  std::optional<Instant> first, last;        ///< known_at of dated messages
  std::int64_t first_day = 0, last_day = 0;  ///< on which messages were learnt, days since 1970-01-01; 0: not told
  std::vector<Access> accesses;              ///< oldest first
};

/// Errors of all: as open_file_store. `access` is written down first.
[[nodiscard]] Result<StoreSummary> summary_of(const std::string& path, const Access& access);

/// What is to be forgotten: one of the four. Facts that wait for their judgement (fact_store.h) hold whole mails: they go with
/// any.
struct Purge {
  Forgotten whom;
  std::optional<Instant> before;  ///< messages known before it
  bool only_facts = false;
  int busy_ms = 10'000;  ///< longest wait for other programs
};
struct Purged {
  std::uint64_t messages = 0;  ///< forgotten
  std::uint64_t redacted = 0;  ///< of others, in which he stood
  std::uint64_t facts = 0;     ///< items whose facts were dropped
};
/// Forgets, in one transaction, and then writes the file anew, so that the bytes are gone from it. Errors: another program reads
/// and keeps the old bytes; what was to be forgotten is forgotten all the same.
[[nodiscard]] Result<Purged> purge_store(const std::string& path, const Purge& purge, const Access& access);

/// Calls `each` with every message as it is kept, by known_at.
[[nodiscard]] Result<void> for_each_kept(const std::string& path, const Access& access,
                                         const std::function<void(const Learnt&)>& each);

/// Brings an older store to this version, in one transaction. Answers what each step did; nothing: it was of this version.
[[nodiscard]] Result<std::vector<std::string>> migrate_file_store(const std::string& path, const Access& access);

}  // namespace threadline::memory
