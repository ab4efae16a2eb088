// SPDX-License-Identifier: Apache-2.0
#include "memory/sqlite_database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace threadline::memory {
namespace {

constexpr Dialect kDialect{
    .begin = "BEGIN IMMEDIATE",
    .read = nullptr,
    .data_version = "PRAGMA data_version",
    .wrote = nullptr,
    .key = "SELECT value FROM setting WHERE name = 'key'",
    .bytes = nullptr,
    .facts = nullptr,
    .drop_facts = nullptr,
    .wipe = "VACUUM",
    .shrink = "PRAGMA shrink_memory",
    .is_left = "PRAGMA wal_checkpoint(TRUNCATE)",  // its first column: 1 where it was kept from it
};

/// What a person can do about it.
std::string hint_of(int code) {
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return "the file is damaged or no store of threadline; it was left as it is: restore a copy, or name another file";
    case SQLITE_FULL: return "free some space; what was learnt before is kept";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN: return "may this user write the file and its folder?";
    default: return {};
  }
}

int flags_of(Database::Mode mode) {
  // A store with a write-ahead log is only read by who may write its shared index: readers open it for writing too.
  return SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
         (mode == Database::Mode::create ? SQLITE_OPEN_CREATE : 0);
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(sqlite3* handle, std::string path, int busy_ms)
      : Database(std::move(path)), handle_(handle), busy_ms_(busy_ms) {}
  ~SqliteDatabase() override { sqlite3_close_v2(handle_); }

  bool run(const char* sql) override { return !failure() && check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr)); }
  void abandon() override { sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr); }
  std::unique_ptr<Prepared> prepare(const char* sql) override;
  [[nodiscard]] const Dialect& dialect() const override { return kDialect; }

  /// Notes what SQLite says of its last call, where that is no success.
  bool check(int code);
  [[nodiscard]] sqlite3* handle() const { return handle_; }

 private:
  sqlite3* handle_;
  int busy_ms_;
};

bool SqliteDatabase::check(int code) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return !failure();
  if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) {
    fail(fmt::format("the store was locked by another program for {} s", static_cast<double>(busy_ms_) / 1'000),
         "try again when it is done");
  } else {
    fail(fmt::format("the store: {}", handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_)), hint_of(code));
  }
  return false;
}

class SqliteStatement final : public Prepared {
 public:
  SqliteStatement(SqliteDatabase& database, const char* sql) : database_(database) {
    if (database.failure()) return;
    database.check(sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
  }
  ~SqliteStatement() override { sqlite3_finalize(statement_); }

  void bind(int place, std::int64_t value) override {
    if (statement_ != nullptr) database_.check(sqlite3_bind_int64(statement_, place, value));
  }
  void bind_text(int place, std::string_view text) override {
    if (statement_ == nullptr) return;
    const char* begin = text.data() == nullptr ? "" : text.data();
    database_.check(sqlite3_bind_text64(statement_, place, begin, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
  }
  void bind_bytes(int place, std::string_view bytes) override {
    if (statement_ == nullptr) return;
    const char* begin = bytes.data() == nullptr ? "" : bytes.data();
    database_.check(sqlite3_bind_blob64(statement_, place, begin, bytes.size(), SQLITE_TRANSIENT));
  }
  void bind_null(int place) override {
    if (statement_ != nullptr) database_.check(sqlite3_bind_null(statement_, place));
  }
  bool step() override {
    if (database_.failure() || statement_ == nullptr) return false;
    const int code = sqlite3_step(statement_);
    database_.check(code);
    if (code == SQLITE_ROW) return true;
    sqlite3_reset(statement_);
    return false;
  }
  void execute() override {
    while (step()) {
    }
  }
  void reset() override {
    if (statement_ != nullptr) sqlite3_reset(statement_);
  }
  [[nodiscard]] std::int64_t number(int column) const override { return sqlite3_column_int64(statement_, column); }
  [[nodiscard]] std::string_view bytes(int column) const override {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  SqliteDatabase& database_;
  sqlite3_stmt* statement_ = nullptr;
};

std::unique_ptr<Prepared> SqliteDatabase::prepare(const char* sql) { return std::make_unique<SqliteStatement>(*this, sql); }

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, Database::Mode mode, int busy_ms) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags_of(mode), nullptr);
  auto database = std::make_unique<SqliteDatabase>(handle, path, busy_ms);
  if (!database->check(code)) return tl::unexpected(*database->failure());
  sqlite3_busy_timeout(handle, busy_ms);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (mode == Database::Mode::read) database->run("PRAGMA query_only = 1");
  return database;
}

std::string sqlite_version() { return sqlite3_libversion(); }

}  // namespace threadline::memory
