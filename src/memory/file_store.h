// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "memory/memory.h"

namespace threadline::memory {

/// Who opened a store, when (RFC 3339) and for what; kept in the store.
struct Access {
  std::string at, who, verb;
};

/// How a store is opened.
struct StoreSettings {
  bool may_write = true;             ///< false: learn() does nothing, and the file must be there
  std::int64_t today = 0;            ///< days since 1970-01-01 of the caller's clock; 0: unknown, nothing expires
  std::uint32_t retention_days = 0;  ///< what was learnt longer ago is forgotten at opening and by expire(); 0: never
  int busy_ms = 10'000;              ///< longest wait for another program that writes
  bool is_awaited = false;           ///< somebody waits for each message: a thread copies the write-ahead log (checkpointer.h)
  Access access = {};                ///< written down where it has a verb and the store may be written
};

/// A store that outlives its process (docs/memory.md), one SQLite file or a PostgreSQL database: one writer and many readers at a
/// time.
class FileStore : public Store {
 public:
  /// Forgets what was learnt more than retention_days before that day (days since 1970-01-01). Answers how many messages.
  /// Errors: as commit.
  [[nodiscard]] virtual Result<std::uint64_t> expire(std::int64_t today) = 0;
};

/// Opens the store of that name, a file or "postgresql://..."; makes it (a file readable by its owner alone) where it is not
/// there and may be written. Errors: no store of threadline (left as it is), another version, damaged, out of reach, locked for
/// longer than busy_ms, not to be written.
[[nodiscard]] Result<std::unique_ptr<FileStore>> open_file_store(const std::string& name, const StoreSettings& settings);

/// A store for one run that is too large for memory: in a file of that folder that no name leads to, gone with the store.
/// Errors: the file cannot be made.
[[nodiscard]] Result<std::unique_ptr<Store>> open_passing_store(const std::string& folder);

}  // namespace threadline::memory
