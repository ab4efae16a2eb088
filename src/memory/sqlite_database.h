// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace threadline::memory {

/// One open SQLite file. The first failure stays: all that comes after it does nothing, and failure() tells it.
/// Threads: one at a time.
class Database {
 public:
  enum class Mode { read, write, create };

  /// Errors: as failure(), and a file that cannot be opened.
  [[nodiscard]] static Result<std::unique_ptr<Database>> open(const std::string& path, Mode mode, int busy_ms);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Statements of one text without values. False after a failure.
  bool run(const char* sql);
  /// Ends a transaction as if it had never begun, also after a failure.
  void abandon();
  /// The first column of the first row of a statement without values; nothing: no row, NULL, a failure.
  [[nodiscard]] std::optional<std::int64_t> number(const char* sql);

  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  void fail(std::string what, std::string hint = {});
  /// Notes what SQLite says of its last call, where that is no success.
  bool check(int code);

  [[nodiscard]] sqlite3* handle() const { return handle_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::uint64_t changes() const;
  /// The number of the row inserted last.
  [[nodiscard]] std::int64_t last_row() const;

 private:
  Database(sqlite3* handle, std::string path, int busy_ms);

  sqlite3* handle_;
  std::string path_;
  int busy_ms_;
  std::optional<Error> failure_;
};

/// A value that is no text.
struct Bytes {
  std::string_view bytes;
};

/// One prepared statement. `statement(values...)` binds, `step()` goes to the next row, then columns are read; views live until
/// the next step. `run(values...)` does all of it for a statement without rows.
class Statement {
 public:
  Statement(Database& database, const char* sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  template <class... Value>
  Statement& operator()(const Value&... value) {
    reset();
    int place = 0;
    (bind(++place, value), ...);
    return *this;
  }
  bool step();
  /// Answers the rows that changed.
  template <class... Value>
  std::uint64_t run(const Value&... value) {
    (*this)(value...);
    while (step()) {
    }
    return database_.failure() ? 0 : database_.changes();
  }
  void reset();

  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::uint64_t hash(int column) const { return static_cast<std::uint64_t>(number(column)); }
  [[nodiscard]] std::string_view bytes(int column) const;

 private:
  void bind(int place, std::int64_t value);
  void bind(int place, int value) { bind(place, static_cast<std::int64_t>(value)); }
  void bind(int place, std::uint64_t value) { bind(place, static_cast<std::int64_t>(value)); }
  void bind(int place, std::string_view text);
  void bind(int place, const char* text) { bind(place, std::string_view(text)); }
  void bind(int place, Bytes value);
  void bind(int place, const std::string& text) { bind(place, std::string_view(text)); }
  template <class T>
  void bind(int place, const std::optional<T>& value) {
    if (value)
      bind(place, *value);
    else
      bind_null(place);
  }
  void bind_null(int place);

  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
};

}  // namespace threadline::memory
