// SPDX-License-Identifier: Apache-2.0
#include "memory/postgresql_schema.h"

#include <fmt/format.h>

#include "memory/postgresql_database.h"
#include "memory/schema.h"

namespace threadline::memory {
namespace {

// As sqlite_schema.cc; texts are bytes, in whatever order and form they came.
constexpr const char* kSchema = R"(
CREATE TABLE setting (name BYTEA PRIMARY KEY, value BIGINT, bytes BYTEA);
CREATE TABLE message (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, content BYTEA NOT NULL UNIQUE, at BIGINT NOT NULL, tie BIGINT NOT NULL,
  day BIGINT NOT NULL, mid BIGINT, guid BIGINT, subject BIGINT, sender BIGINT, body BYTEA NOT NULL);
CREATE INDEX message_mid ON message (mid, at, tie) WHERE mid IS NOT NULL;
CREATE INDEX message_guid ON message (guid, at, tie) WHERE guid IS NOT NULL;
CREATE INDEX message_subject ON message (subject, at, tie) WHERE subject IS NOT NULL;
CREATE INDEX message_sender ON message (sender, at, tie) WHERE sender IS NOT NULL;
CREATE INDEX message_day ON message (day) WHERE day > 0;
CREATE TABLE account (
  side BIGINT NOT NULL, key BIGINT NOT NULL, kind BIGINT NOT NULL, at BIGINT NOT NULL, tie BIGINT NOT NULL,
  message BIGINT NOT NULL, position BIGINT NOT NULL, PRIMARY KEY (side, key, kind, at, tie, message));
CREATE INDEX account_key ON account (key, side, kind, at, tie, message, position);
CREATE TABLE bill (
  invoice BIGINT NOT NULL, key BIGINT NOT NULL, at BIGINT NOT NULL, tie BIGINT NOT NULL, message BIGINT NOT NULL,
  position BIGINT NOT NULL, PRIMARY KEY (invoice, key, at, tie, message));
CREATE TABLE phone (
  side BIGINT NOT NULL, person BIGINT NOT NULL, number BIGINT NOT NULL, at BIGINT NOT NULL, tie BIGINT NOT NULL,
  message BIGINT NOT NULL, position BIGINT NOT NULL, PRIMARY KEY (side, person, number, at, tie, message));
CREATE INDEX phone_number ON phone (side, number, person, at, tie);
CREATE TABLE name (
  name BIGINT NOT NULL, person BIGINT NOT NULL, at BIGINT NOT NULL, tie BIGINT NOT NULL, message BIGINT NOT NULL,
  PRIMARY KEY (name, person, at, tie, message));
CREATE TABLE dispute (
  kind BIGINT NOT NULL, hash BIGINT NOT NULL, at BIGINT NOT NULL, tie BIGINT NOT NULL, message BIGINT NOT NULL,
  PRIMARY KEY (kind, hash, at, tie, message));
CREATE TABLE domain (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name BYTEA NOT NULL UNIQUE);
CREATE TABLE domain_use (
  at BIGINT NOT NULL, tie BIGINT NOT NULL, message BIGINT NOT NULL, seq BIGINT NOT NULL, domain BIGINT NOT NULL,
  person BIGINT NOT NULL, written BIGINT NOT NULL, PRIMARY KEY (at, tie, message, seq));
CREATE TABLE domain_state (
  seq BIGINT PRIMARY KEY, domain BIGINT NOT NULL, first BIGINT NOT NULL, "offset" BIGINT NOT NULL, messages BIGINT NOT NULL,
  written BIGINT NOT NULL);
CREATE TABLE person (person BIGINT PRIMARY KEY, at BIGINT NOT NULL, tie BIGINT NOT NULL, body BYTEA NOT NULL);
CREATE TABLE side_count (side BYTEA PRIMARY KEY, messages BIGINT NOT NULL);
CREATE TABLE access (
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at BYTEA NOT NULL, who BYTEA NOT NULL, verb BYTEA NOT NULL);
CREATE TABLE fact (
  conversation BIGINT NOT NULL, key BYTEA NOT NULL, place BIGINT NOT NULL, at BIGINT NOT NULL, tie BIGINT NOT NULL,
  body BYTEA NOT NULL, PRIMARY KEY (key, conversation)) PARTITION BY HASH (conversation);
CREATE TABLE remark (key BYTEA PRIMARY KEY, place BIGINT NOT NULL, body BYTEA NOT NULL);
CREATE TABLE log_path (path BYTEA PRIMARY KEY, place BIGINT NOT NULL);
CREATE TABLE shard (
  number BIGINT NOT NULL, of BIGINT NOT NULL, evidence BYTEA NOT NULL, reading BYTEA NOT NULL, done BIGINT NOT NULL,
  PRIMARY KEY (number, of));
INSERT INTO setting (name, bytes) VALUES
  ('key', substr(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 1, 16));
INSERT INTO setting (name, value) VALUES ('generation', 1);
)";

constexpr const char* kMailboxSchema =
    "CREATE TABLE mailbox (person BIGINT NOT NULL, at BIGINT NOT NULL, tie BIGINT NOT NULL, message BIGINT NOT NULL, "
    "PRIMARY KEY (person, at, tie, message))";

/// Stores that were made before it was of use are of this version without it, and slower until `memory migrate`.
constexpr const char* kNumberIndex = "CREATE INDEX IF NOT EXISTS phone_number ON phone (side, number, person, at, tie)";

constexpr int kPartitions = 16;  ///< of facts, by conversation

constexpr const char* kTables =
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = 'threadline' AND c.relkind IN ('r', 'p')";
constexpr const char* kHasSetting =
    "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
    "WHERE n.nspname = 'threadline' AND c.relname = 'setting'";
constexpr const char* kVersion = "SELECT value FROM setting WHERE name = 'version'";

/// The tables of a new store, made by one program while others that come at the same moment wait.
void make_tables(Database& database) {
  database.run(fmt::format("BEGIN; SELECT pg_advisory_xact_lock({})", kWriterLock).c_str());
  if (database.number(kTables).value_or(1) == 0) {
    if (database.number("SELECT count(*) FROM pg_namespace WHERE nspname = 'threadline'").value_or(1) == 0)
      database.run("CREATE SCHEMA threadline");
    database.run(kSchema);
    database.run(kMailboxSchema);
    for (int part = 0; part < kPartitions; ++part) {
      database.run(
          fmt::format("CREATE TABLE fact_{0} PARTITION OF fact FOR VALUES WITH (MODULUS {1}, REMAINDER {0})", part, kPartitions)
              .c_str());
    }
    database.run(fmt::format("INSERT INTO setting (name, value) VALUES ('version', {})", kSchemaVersion).c_str());
  }
  if (!database.run("COMMIT")) database.abandon();
}

Result<std::unique_ptr<Database>> open_any_version(const std::string& url, Database::Mode mode, int busy_ms) {
  auto database = open_postgresql(url, mode, busy_ms);
  if (!database) return database;
  const bool is_there = (*database)->number(kTables).value_or(0) > 0;
  if (!is_there && mode != Database::Mode::create && !(*database)->failure()) {
    return tl::unexpected(
        Error{"there is no such store", (*database)->name(), "threadline scan --memory postgresql://... makes one"});
  }
  if (!is_there) make_tables(**database);
  if (is_there && (*database)->number(kHasSetting).value_or(0) == 0) {
    (*database)->fail("the schema threadline is of another program", "it was left as it is; name another database");
  }
  if ((*database)->failure()) return tl::unexpected(*(*database)->failure());
  return database;
}

/// Errors: no store of threadline; as refuse_other_version.
Result<std::int64_t> version_of(Database& database, bool older_too) {
  const auto version = database.number(kVersion);
  if (!version) {
    database.fail("the schema threadline is of another program", "it was left as it is; name another database");
    return tl::unexpected(*database.failure());
  }
  if (const auto known = refuse_other_version(database, *version, older_too); !known) return tl::unexpected(known.error());
  return *version;
}

}  // namespace

Result<std::unique_ptr<Database>> open_postgresql_store(const std::string& url, Database::Mode mode, int busy_ms) {
  auto database = open_any_version(url, mode, busy_ms);
  if (!database) return database;
  if (const auto version = version_of(**database, true); !version) return tl::unexpected(version.error());
  return database;
}

Result<std::vector<std::string>> migrate_postgresql_store(const std::string& url, int busy_ms) {
  const auto opened = open_any_version(url, Database::Mode::write, busy_ms);
  if (!opened) return tl::unexpected(opened.error());
  Database& database = **opened;
  database.run(fmt::format("BEGIN; SELECT pg_advisory_xact_lock({})", kWriterLock).c_str());
  const auto from = version_of(database, false);
  if (!from) return tl::unexpected(from.error());
  std::vector<std::string> done;
  if (*from < 3) {  // the first that was in PostgreSQL is 2
    database.run(kMailboxSchema);
    done.emplace_back("2 -> 3: what each own mailbox got and wrote from now on (table mailbox)");
  }
  if (*from < kSchemaVersion) {
    database.run(fmt::format("UPDATE setting SET value = {} WHERE name = 'version'", kSchemaVersion).c_str());
    done.emplace_back("3 -> 4: quotations that name nobody are known again in messages from now on");
  }
  database.run(kNumberIndex);
  database.run("COMMIT");
  if (database.failure()) return tl::unexpected(*database.failure());
  return done;
}

}  // namespace threadline::memory
