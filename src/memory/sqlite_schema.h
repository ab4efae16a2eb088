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

}  // namespace threadline::memory
