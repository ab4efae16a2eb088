// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "memory/database.h"

namespace threadline::memory {

/// Opens one SQLite file. Errors: as Database::failure, and a file that cannot be opened.
[[nodiscard]] Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, Database::Mode mode, int busy_ms);

/// "3.40.1".
[[nodiscard]] std::string sqlite_version();

}  // namespace threadline::memory
