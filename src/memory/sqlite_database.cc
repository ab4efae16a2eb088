// SPDX-License-Identifier: Apache-2.0
#include "memory/sqlite_database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace threadline::memory {
namespace {

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

}  // namespace

Database::Database(sqlite3* handle, std::string path, int busy_ms) : handle_(handle), path_(std::move(path)), busy_ms_(busy_ms) {}

Result<std::unique_ptr<Database>> Database::open(const std::string& path, Mode mode, int busy_ms) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &handle, flags_of(mode), nullptr);
  std::unique_ptr<Database> database(new Database(handle, path, busy_ms));
  if (!database->check(code)) return tl::unexpected(*database->failure());
  sqlite3_busy_timeout(handle, busy_ms);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  if (mode == Mode::read) database->run("PRAGMA query_only = 1");
  return database;
}

Database::~Database() { sqlite3_close_v2(handle_); }

void Database::fail(std::string what, std::string hint) {
  if (!failure_) failure_ = Error{std::move(what), path_, std::move(hint)};
}

bool Database::check(int code) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return !failure_;
  if ((code & 0xff) == SQLITE_BUSY || (code & 0xff) == SQLITE_LOCKED) {
    fail(fmt::format("the store was locked by another program for {} s", busy_ms_ / 1'000), "try again when it is done");
  } else {
    fail(fmt::format("the store: {}", handle_ == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(handle_)), hint_of(code));
  }
  return false;
}

bool Database::run(const char* sql) {
  if (failure_) return false;
  return check(sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr));
}

void Database::abandon() { sqlite3_exec(handle_, "ROLLBACK", nullptr, nullptr, nullptr); }

std::optional<std::int64_t> Database::number(const char* sql) {
  Statement statement(*this, sql);
  if (!statement().step()) return std::nullopt;
  return statement.number(0);
}

std::uint64_t Database::changes() const { return static_cast<std::uint64_t>(sqlite3_changes64(handle_)); }

std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }

Statement::Statement(Database& database, const char* sql) : database_(database) {
  if (database.failure()) return;
  database.check(sqlite3_prepare_v3(database.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
}

Statement::~Statement() { sqlite3_finalize(statement_); }

void Statement::reset() {
  if (statement_ != nullptr) sqlite3_reset(statement_);
}

bool Statement::step() {
  if (database_.failure() || statement_ == nullptr) return false;
  const int code = sqlite3_step(statement_);
  database_.check(code);
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(statement_);
  return false;
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::string_view Statement::bytes(int column) const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Statement::bind(int place, std::int64_t value) {
  if (statement_ != nullptr) database_.check(sqlite3_bind_int64(statement_, place, value));
}

void Statement::bind(int place, std::string_view text) {
  if (statement_ == nullptr) return;
  const char* begin = text.data() == nullptr ? "" : text.data();
  database_.check(sqlite3_bind_text64(statement_, place, begin, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bind(int place, Bytes value) {
  if (statement_ == nullptr) return;
  const char* begin = value.bytes.data() == nullptr ? "" : value.bytes.data();
  database_.check(sqlite3_bind_blob64(statement_, place, begin, value.bytes.size(), SQLITE_TRANSIENT));
}

void Statement::bind_null(int place) {
  if (statement_ != nullptr) database_.check(sqlite3_bind_null(statement_, place));
}

}  // namespace threadline::memory
