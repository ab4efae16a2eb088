// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "memory/keyed_hash.h"
#include "memory/sqlite_database.h"
#include "memory/sqlite_store.h"

namespace threadline::memory {

/// "THRm": what a store of threadline bears at offset 68 of its file (SQLite's application_id).
inline constexpr std::uint32_t kApplicationId = 0x5448526d;
/// The version of the tables (SQLite's user_version; docs/memory.md).
inline constexpr std::int64_t kSchemaVersion = 3;

/// Opens a store whose schema is this version's; with Mode::create one that is not there is made, readable by its owner alone.
/// Errors: not there, no store of threadline (nothing is written to it), of another version, locked, unreadable.
[[nodiscard]] Result<std::unique_ptr<Database>> open_store(const std::string& path, Database::Mode mode, int busy_ms);

/// Brings an older store to this version, in one transaction. Answers what each step did; nothing: it was of this version.
/// Errors: as open_store; a newer version.
[[nodiscard]] Result<std::vector<std::string>> migrate_store(const std::string& path, int busy_ms);

/// Writes that row, where it has a verb.
void note_access(Database& database, const Access& access);

/// The key of the store's hashes.
[[nodiscard]] Result<KeyedHash::Key> key_of(Database& database);

}  // namespace threadline::memory
