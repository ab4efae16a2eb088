// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "memory/database.h"

namespace threadline::memory {

/// "THRm": what a store of threadline bears at offset 68 of its file (SQLite's application_id).
inline constexpr std::uint32_t kApplicationId = 0x5448526d;

/// open_store and migrate_store (schema.h) of a file.
[[nodiscard]] Result<std::unique_ptr<Database>> open_sqlite_store(const std::string& path, Database::Mode mode, int busy_ms);
[[nodiscard]] Result<std::vector<std::string>> migrate_sqlite_store(const std::string& path, int busy_ms);

/// Makes a new store one that ends with this process, filled in order (place.h): what nobody asks of such a one goes. Before
/// anything is prepared: SQLite leaves its write-ahead log, which has a name of its own, only while nothing reads.
void let_pass(Database& database);

}  // namespace threadline::memory
