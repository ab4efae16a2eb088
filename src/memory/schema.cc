// SPDX-License-Identifier: Apache-2.0
#include "memory/schema.h"

#include <fmt/format.h>

#include <algorithm>

#include "memory/postgresql_database.h"
#include "memory/postgresql_schema.h"
#include "memory/sqlite_schema.h"

namespace threadline::memory {

Result<std::unique_ptr<Database>> open_store(const std::string& name, Database::Mode mode, int busy_ms) {
  return is_postgresql(name) ? open_postgresql_store(name, mode, busy_ms) : open_sqlite_store(name, mode, busy_ms);
}

Result<std::vector<std::string>> migrate_store(const std::string& name, int busy_ms) {
  return is_postgresql(name) ? migrate_postgresql_store(name, busy_ms) : migrate_sqlite_store(name, busy_ms);
}

Result<void> refuse_other_version(const Database& database, std::int64_t version, bool older_too) {
  if (version > kSchemaVersion) {
    return tl::unexpected(Error{fmt::format("the store is of version {}, this program knows {}", version, kSchemaVersion),
                                database.name(), "use a newer threadline"});
  }
  if (older_too && version < kSchemaVersion) {
    return tl::unexpected(Error{fmt::format("the store is of version {}, this program writes {}", version, kSchemaVersion),
                                database.name(), "threadline memory migrate " + database.name()});
  }
  return {};
}

std::optional<std::int64_t> end_writing(Database& database) {
  std::int64_t version = 0;
  if (database.dialect().wrote != nullptr) version = database.number(database.dialect().wrote).value_or(0);
  if (!database.run("COMMIT")) return std::nullopt;
  return version;
}

void note_access(Database& database, const Access& access) {
  if (access.verb.empty()) return;
  Statement write(database, "INSERT INTO access (at, who, verb) VALUES (?1, ?2, ?3)");
  (void)write(access.at, access.who, access.verb).step();  // at once, before anything is read
}

Result<KeyedHash::Key> key_of(Database& database) {
  Statement statement(database, database.dialect().key);
  KeyedHash::Key key{};
  if (!statement().step() || statement.bytes(0).size() != key.size()) {
    return tl::unexpected(
        database.failure().value_or(Error{"the store has no key", database.name(), "it is damaged: restore a copy"}));
  }
  std::ranges::copy(statement.bytes(0), key.begin());
  return key;
}

}  // namespace threadline::memory
