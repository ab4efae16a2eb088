// SPDX-License-Identifier: Apache-2.0
#include "memory/upkeep.h"

#include <filesystem>
#include <limits>
#include <memory>
#include <utility>

#include "memory/tables.h"

namespace threadline::memory {
namespace {

constexpr int kBusyMs = 10'000;

Result<std::unique_ptr<Tables>> tables_of(const std::string& path, const Access& access, int busy_ms = kBusyMs) {
  auto database = open_store(path, Database::Mode::write, busy_ms);
  if (!database) return tl::unexpected(database.error());
  const auto key = key_of(**database);
  if (!key) return tl::unexpected(key.error());
  note_access(**database, access);
  if ((*database)->failure()) return tl::unexpected(*(*database)->failure());
  return std::make_unique<Tables>(*std::move(database), *key);
}

Result<void> outcome(const Database& database) {
  if (database.failure()) return tl::unexpected(*database.failure());
  return {};
}

std::uint64_t size_of(const std::string& path) {
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  return ignored ? 0 : size;
}

std::vector<std::int64_t> ids_of(Database& database, const char* sql) {
  std::vector<std::int64_t> ids;
  Statement read(database, sql);
  read();
  while (read.step()) ids.push_back(read.number(0));
  return ids;
}

bool is_forgotten(const Learnt& learnt, const Purge& purge) {
  if (purge.before) return learnt.known_at < *purge.before;
  return is_by(learnt, purge.whom);
}

void forget_all(Tables& tables, const Purge& purge, Purged& purged) {
  for (const std::int64_t id : ids_of(*tables.database, "SELECT id FROM message ORDER BY id")) {
    tables.records.let_go(false);
    const Learnt* learnt = tables.records.learnt(id);
    if (learnt == nullptr) return;
    if (is_forgotten(*learnt, purge)) {
      (void)tables.forget(id);
      ++purged.messages;
    } else if (Learnt rest = *learnt; !purge.before && redact(rest, purge.whom)) {
      (void)tables.replace(id, rest);
      ++purged.redacted;
    }
  }
}

}  // namespace

Result<StoreSummary> summary_of(const std::string& path, const Access& access) {
  const auto tables = tables_of(path, access);
  if (!tables) return tl::unexpected(tables.error());
  Database& database = *(*tables)->database;
  const auto count = [&](const char* sql) { return static_cast<std::uint64_t>(database.number(sql).value_or(0)); };
  StoreSummary summary;
  summary.version = kSchemaVersion;
  const char* bytes = database.dialect().bytes;
  summary.bytes = bytes != nullptr ? count(bytes) : size_of(path) + size_of(path + "-wal");
  summary.messages = count("SELECT count(*) FROM message");
  summary.disputed_messages = count("SELECT count(DISTINCT message) FROM dispute WHERE message > 0");
  summary.senders = count("SELECT count(DISTINCT sender) FROM message");
  summary.domains = count("SELECT count(*) FROM domain");
  summary.accounts = count("SELECT count(DISTINCT key) FROM account");
  summary.phones = count("SELECT count(*) FROM (SELECT DISTINCT person, number FROM phone) AS each");
  summary.disputes = count("SELECT count(*) FROM (SELECT DISTINCT kind, hash FROM dispute) AS each");
  if (database.dialect().facts != nullptr) summary.facts = count(database.dialect().facts);
  if (summary.messages > 0) {
    summary.first_day = database.number("SELECT min(day) FROM message WHERE day > 0").value_or(0);
    summary.last_day = database.number("SELECT max(day) FROM message").value_or(0);
  }
  Statement times(database, "SELECT min(at), max(at), count(*) FROM message WHERE at < ?1");
  if (times(std::numeric_limits<std::int64_t>::max()).step() && times.number(2) > 0) {
    summary.first = Instant{times.number(0), 0};
    summary.last = Instant{times.number(1), 0};
  }
  Statement accesses(database, "SELECT at, who, verb FROM access ORDER BY id");
  accesses();
  while (accesses.step())
    summary.accesses.push_back({std::string(accesses.bytes(0)), std::string(accesses.bytes(1)), std::string(accesses.bytes(2))});
  if (const auto done = outcome(database); !done) return tl::unexpected(done.error());
  return summary;
}

Result<Purged> purge_store(const std::string& path, const Purge& purge, const Access& access) {
  const auto opened = tables_of(path, access, purge.busy_ms);
  if (!opened) return tl::unexpected(opened.error());
  Tables& tables = **opened;
  Purged purged;
  const Dialect& dialect = tables.database->dialect();
  if (dialect.facts != nullptr) {
    purged.facts = static_cast<std::uint64_t>(tables.database->number(dialect.facts).value_or(0));
    tables.database->run(dialect.drop_facts);
  }
  if (purge.only_facts) {
    if (const auto done = outcome(*tables.database); !done) return tl::unexpected(done.error());
    return purged;
  }
  tables.database->run(dialect.begin);
  forget_all(tables, purge, purged);
  tables.drop_unused();
  if (!end_writing(*tables.database)) tables.database->abandon();
  tables.database->run(dialect.wipe);
  if (dialect.is_left != nullptr && tables.database->number(dialect.is_left).value_or(0) != 0)
    tables.database->fail("forgotten, but another program reads the store: the bytes are still there",
                          "purge again when it is done");
  if (const auto done = outcome(*tables.database); !done) return tl::unexpected(done.error());
  return purged;
}

Result<void> for_each_kept(const std::string& path, const Access& access, const std::function<void(const Learnt&)>& each) {
  const auto tables = tables_of(path, access);
  if (!tables) return tl::unexpected(tables.error());
  Database& database = *(*tables)->database;
  for (const std::int64_t id : ids_of(database, "SELECT id FROM message ORDER BY at, tie, id")) {
    (*tables)->records.let_go(false);
    if (const Learnt* learnt = (*tables)->records.learnt(id)) each(*learnt);
  }
  return outcome(database);
}

Result<std::vector<std::string>> migrate_file_store(const std::string& path, const Access& access) {
  auto done = migrate_store(path, kBusyMs);
  if (!done) return done;
  if (const auto tables = tables_of(path, access); !tables) return tl::unexpected(tables.error());
  return done;
}

}  // namespace threadline::memory
