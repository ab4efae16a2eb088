// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "memory/database.h"

namespace threadline::memory {

/// open_store and migrate_store (schema.h) of a PostgreSQL database: the tables are in its schema `threadline`.
[[nodiscard]] Result<std::unique_ptr<Database>> open_postgresql_store(const std::string& url, Database::Mode mode, int busy_ms);
[[nodiscard]] Result<std::vector<std::string>> migrate_postgresql_store(const std::string& url, int busy_ms);

}  // namespace threadline::memory
