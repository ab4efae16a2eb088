// SPDX-License-Identifier: Apache-2.0
#include "memory/sqlite_schema.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "memory/schema.h"
#include "memory/sqlite_database.h"

namespace threadline::memory {
namespace {

// Columns `at` and `tie` are a place in the order of judgement (place.h). Whole numbers called side, person, name, number,
// invoice, mid, guid, subject, hash and `key` of account and bill are keyed hashes.
constexpr const char* kSchema = R"(
CREATE TABLE setting (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT, content BLOB NOT NULL UNIQUE, at INTEGER NOT NULL, tie INTEGER NOT NULL, day INTEGER NOT NULL,
  mid INTEGER, guid INTEGER, subject INTEGER, sender INTEGER, body BLOB NOT NULL);
CREATE INDEX message_mid ON message (mid, at, tie) WHERE mid IS NOT NULL;
CREATE INDEX message_guid ON message (guid, at, tie) WHERE guid IS NOT NULL;
CREATE INDEX message_subject ON message (subject, at, tie) WHERE subject IS NOT NULL;
CREATE INDEX message_sender ON message (sender, at, tie) WHERE sender IS NOT NULL;
CREATE TABLE account (
  side INTEGER NOT NULL, key INTEGER NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL, tie INTEGER NOT NULL,
  message INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (side, key, kind, at, tie, message)) WITHOUT ROWID;
CREATE INDEX account_key ON account (key, side, kind, at, tie, message, position);
CREATE TABLE bill (
  invoice INTEGER NOT NULL, key INTEGER NOT NULL, at INTEGER NOT NULL, tie INTEGER NOT NULL, message INTEGER NOT NULL,
  position INTEGER NOT NULL, PRIMARY KEY (invoice, key, at, tie, message)) WITHOUT ROWID;
CREATE TABLE phone (
  side INTEGER NOT NULL, person INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, tie INTEGER NOT NULL,
  message INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (side, person, number, at, tie, message)) WITHOUT ROWID;
CREATE INDEX phone_number ON phone (side, number, person, at, tie);
CREATE TABLE name (
  name INTEGER NOT NULL, person INTEGER NOT NULL, at INTEGER NOT NULL, tie INTEGER NOT NULL, message INTEGER NOT NULL,
  PRIMARY KEY (name, person, at, tie, message)) WITHOUT ROWID;
CREATE TABLE dispute (
  kind INTEGER NOT NULL, hash INTEGER NOT NULL, at INTEGER NOT NULL, tie INTEGER NOT NULL, message INTEGER NOT NULL,
  PRIMARY KEY (kind, hash, at, tie, message)) WITHOUT ROWID;
CREATE TABLE domain (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE domain_use (
  at INTEGER NOT NULL, tie INTEGER NOT NULL, message INTEGER NOT NULL, seq INTEGER NOT NULL, domain INTEGER NOT NULL,
  person INTEGER NOT NULL, written INTEGER NOT NULL, PRIMARY KEY (at, tie, message, seq)) WITHOUT ROWID;
CREATE TABLE domain_state (
  seq INTEGER PRIMARY KEY, domain INTEGER NOT NULL, first INTEGER NOT NULL, offset INTEGER NOT NULL, messages INTEGER NOT NULL,
  written INTEGER NOT NULL);
CREATE TABLE person (person INTEGER PRIMARY KEY, at INTEGER NOT NULL, tie INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE side_count (side TEXT PRIMARY KEY, messages INTEGER NOT NULL) WITHOUT ROWID;
)";
constexpr const char* kMailboxSchema =
    "CREATE TABLE mailbox (person INTEGER NOT NULL, at INTEGER NOT NULL, tie INTEGER NOT NULL, message INTEGER NOT NULL, "
    "PRIMARY KEY (person, at, tie, message)) WITHOUT ROWID";
/// Stores that were made before it was of use are of this version without it, and slower.
constexpr const char* kNumberIndex = "CREATE INDEX IF NOT EXISTS phone_number ON phone (side, number, person, at, tie)";
constexpr const char* kAccessSchema =
    "CREATE TABLE access (id INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, verb TEXT NOT NULL)";

/// No log on the disk, no waiting for it. Copies are not told in such a store, nor is anything asked by sender: no index for
/// them.
constexpr const char* kPassing = R"(
PRAGMA journal_mode = MEMORY;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA synchronous = OFF;
PRAGMA secure_delete = 0;
PRAGMA cache_size = -12000;
DROP TABLE message;
CREATE TABLE message (
  id INTEGER PRIMARY KEY, content BLOB NOT NULL, at INTEGER NOT NULL, tie INTEGER NOT NULL, day INTEGER NOT NULL,
  mid INTEGER, guid INTEGER, subject INTEGER, sender INTEGER, body BLOB NOT NULL);
CREATE INDEX message_mid ON message (mid, at, tie) WHERE mid IS NOT NULL;
CREATE INDEX message_guid ON message (guid, at, tie) WHERE guid IS NOT NULL;
CREATE INDEX message_subject ON message (subject, at, tie) WHERE subject IS NOT NULL;
)";

constexpr std::size_t kHeader = 100;
constexpr std::size_t kApplicationIdAt = 68;

Error not_ours(const std::string& path, std::string what) {
  return {std::move(what), path, "it was left as it is; name another file"};
}

/// The file as it lies there, before SQLite touches it. Empty: there is nothing in it.
Result<std::string> header_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return std::string{};
    return tl::unexpected(Error{std::strerror(errno), path, {}});
  }
  if (!S_ISREG(status.st_mode)) return tl::unexpected(not_ours(path, "is no file"));
  std::ifstream file(path, std::ios::binary);
  std::string header(kHeader, '\0');
  file.read(header.data(), static_cast<std::streamsize>(header.size()));
  header.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  if (!file && !file.eof()) return tl::unexpected(Error{"cannot be read", path, {}});
  return header;
}

std::uint32_t application_id_in(const std::string& header) {
  std::uint32_t value = 0;
  for (std::size_t at = kApplicationIdAt; at < kApplicationIdAt + 4; ++at)
    value = value << 8U | static_cast<unsigned char>(header[at]);
  return value;
}

/// Nothing but a store of ours, or nothing at all, is opened.
Result<bool> is_there(const std::string& path) {
  const auto header = header_of(path);
  if (!header) return tl::unexpected(header.error());
  if (header->empty()) return false;
  if (header->size() < kHeader || !header->starts_with(std::string_view("SQLite format 3\0", 16)))
    return tl::unexpected(not_ours(path, "is no store of threadline"));
  if (application_id_in(*header) != kApplicationId) return tl::unexpected(not_ours(path, "is a SQLite file of another program"));
  return true;
}

Result<void> make_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return tl::unexpected(Error{fmt::format("the store cannot be made: {}", std::strerror(errno)), path, {}});
  ::close(file);
  return {};
}

/// The tables of a new store. Made in one transaction before the write-ahead log is begun: a crash leaves an empty file.
void make_tables(Database& database) {
  database.run("PRAGMA secure_delete = 1; BEGIN IMMEDIATE");
  if (database.number("PRAGMA user_version").value_or(0) == 0 && !database.failure()) {
    database.run(kSchema);
    database.run(kAccessSchema);
    database.run(kMailboxSchema);
    Statement(database, "INSERT INTO setting VALUES ('key', randomblob(16))").run();
    database.run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}", kApplicationId, kSchemaVersion).c_str());
  }
  database.run("COMMIT; PRAGMA journal_mode = WAL");
}

/// Killed within the commit of its tables, a store has a header of ours until it is opened, which takes all of it back (SQLite's
/// rollback journal).
bool is_unmade(Database& database) {
  return database.number("PRAGMA user_version").value_or(1) == 0 &&
         database.number("SELECT count(*) FROM sqlite_master").value_or(1) == 0;
}

void set_up(Database& database) {
  database.run(
      "PRAGMA secure_delete = 1; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -12000;"
      "PRAGMA wal_autocheckpoint = 16000");
}

Result<std::unique_ptr<Database>> open_any_version(const std::string& path, Database::Mode mode, int busy_ms) {
  const auto there = is_there(path);
  if (!there) return tl::unexpected(there.error());
  if (!*there && mode != Database::Mode::create)
    return tl::unexpected(Error{"there is no such store", path, "threadline scan --memory FILE makes one"});
  if (!*there) {
    if (const auto made = make_file(path); !made) return tl::unexpected(made.error());
  }
  auto database = open_sqlite(path, mode, busy_ms);
  if (!database) return database;
  if (!*there || (mode == Database::Mode::create && is_unmade(**database))) make_tables(**database);
  set_up(**database);
  if ((*database)->failure()) return tl::unexpected(*(*database)->failure());
  return database;
}

Result<void> refuse(Database& database, bool older_too) {
  const auto version = database.number("PRAGMA user_version");
  if (!version) return tl::unexpected(database.failure().value_or(Error{"has no version", database.name(), {}}));
  return refuse_other_version(database, *version, older_too);
}

/// One step from a version to the next.
struct Migration {
  std::int64_t to;
  const char* what;
  const char* sql;
};
constexpr std::array<Migration, 3> kMigrations{
    Migration{2, "who opened the store is written down (table access)", kAccessSchema},
    Migration{3, "what each own mailbox got and wrote from now on (table mailbox)", kMailboxSchema},
    Migration{4, "quotations that name nobody are known again in messages from now on", ""}};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite_store(const std::string& path, Database::Mode mode, int busy_ms) {
  auto database = open_any_version(path, mode, busy_ms);
  if (!database) return database;
  if (const auto known = refuse(**database, true); !known) return tl::unexpected(known.error());
  if (mode != Database::Mode::read) (*database)->run(kNumberIndex);
  if ((*database)->failure()) return tl::unexpected(*(*database)->failure());
  return database;
}

void let_pass(Database& database) { database.run(kPassing); }

Result<std::vector<std::string>> migrate_sqlite_store(const std::string& path, int busy_ms) {
  const auto opened = open_any_version(path, Database::Mode::write, busy_ms);
  if (!opened) return tl::unexpected(opened.error());
  Database& database = **opened;
  if (const auto known = refuse(database, false); !known) return tl::unexpected(known.error());
  std::vector<std::string> done;
  database.run("BEGIN IMMEDIATE");
  const std::int64_t from = database.number("PRAGMA user_version").value_or(kSchemaVersion);
  for (const Migration& step : kMigrations) {
    if (step.to <= from) continue;
    database.run(step.sql);
    database.run(fmt::format("PRAGMA user_version = {}", step.to).c_str());
    done.push_back(fmt::format("{} -> {}: {}", step.to - 1, step.to, step.what));
  }
  database.run("COMMIT");
  if (database.failure()) return tl::unexpected(*database.failure());
  return done;
}

}  // namespace threadline::memory
