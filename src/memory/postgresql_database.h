// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "memory/database.h"

namespace threadline::memory {

/// Whether a store of that name is a PostgreSQL database: "postgresql://..." or "postgres://...".
[[nodiscard]] bool is_postgresql(std::string_view name);
/// A store's name as people may read it: a URL without its password and parameters, a file's as it is.
[[nodiscard]] std::string shown_name(const std::string& name);

/// Connects to the database of a URL (libpq's own form), and to nothing else. Statements that only write are sent together,
/// before whatever is asked next. Errors: as Database::failure; no URL, no connection.
[[nodiscard]] Result<std::unique_ptr<Database>> open_postgresql(const std::string& url, Database::Mode mode, int busy_ms);

/// The lock that a program holds while it makes the tables or writes: of all advisory locks of its database, ours.
inline constexpr std::string_view kWriterLock = "1414025837";  // 0x5448526d, as kApplicationId

/// "15.18".
[[nodiscard]] std::string libpq_version();

}  // namespace threadline::memory
