// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "memory/database.h"
#include "memory/file_store.h"
#include "memory/keyed_hash.h"

namespace threadline::memory {

/// The version of the tables (docs/memory.md), the same in both kinds of database.
inline constexpr std::int64_t kSchemaVersion = 4;

/// Opens a store whose schema is this version's; with Mode::create one that is not there is made. A file is readable by its owner
/// alone. `name`: a file, or a PostgreSQL database's URL.
/// Errors: not there, no store of threadline (nothing is written to it), of another version, locked, unreadable.
[[nodiscard]] Result<std::unique_ptr<Database>> open_store(const std::string& name, Database::Mode mode, int busy_ms);

/// Brings an older store to this version, in one transaction. Answers what each step did; nothing: it was of this version.
/// Errors: as open_store; a newer version.
[[nodiscard]] Result<std::vector<std::string>> migrate_store(const std::string& name, int busy_ms);

/// Errors: a newer version than this program's; where `older_too`, an older one.
[[nodiscard]] Result<void> refuse_other_version(const Database& database, std::int64_t version, bool older_too);

/// Ends a transaction that Dialect::begin began. Answers Dialect::data_version where this transaction changed it, else 0;
/// nothing: it failed, and is to be abandoned.
[[nodiscard]] std::optional<std::int64_t> end_writing(Database& database);

/// Writes that row, where it has a verb.
void note_access(Database& database, const Access& access);

/// The key of the store's hashes.
[[nodiscard]] Result<KeyedHash::Key> key_of(Database& database);

}  // namespace threadline::memory
