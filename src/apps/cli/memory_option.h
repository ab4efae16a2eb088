// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "apps/cli/options.h"
#include "base/result.h"
#include "memory/file_store.h"

namespace threadline::apps {

/// Opens the store of that name (a file, or a PostgreSQL database's URL), makes it where there is none, and writes down who
/// opened it now and for what. `is_awaited`: StoreSettings. Errors: as memory::open_file_store.
[[nodiscard]] Result<std::shared_ptr<memory::FileStore>> open_memory(const std::string& path, std::uint32_t retention_days,
                                                                     const std::string& verb, bool is_awaited = false);
/// What the imports into a case taught, beside its journal: each import is judged by those before it. Nothing of it expires.
/// Errors: as open_memory.
[[nodiscard]] Result<std::shared_ptr<memory::FileStore>> open_case_memory(const std::string& folder);

/// Errors: the store that was named is a folder, or a file that the command reads.
[[nodiscard]] Result<void> check_memory(const std::string& path, const EvidenceOptions& options);

/// Now, by the user of this process.
[[nodiscard]] memory::Access access_for(const std::string& verb);

}  // namespace threadline::apps
