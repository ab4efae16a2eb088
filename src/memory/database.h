// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace threadline::memory {

/// What the two kinds of database say differently; all other statements are in words that both know.
struct Dialect {
  const char* begin;         ///< a transaction that writes: one at a time, all others wait
  const char* read;          ///< a transaction in which all questions see one state, of its beginning; nullptr: none is begun
  const char* data_version;  ///< a number that changes when another program wrote
  const char* wrote;         ///< the last statement of such a transaction, which answers data_version from then on; or nullptr
  const char* key;           ///< the key of the store's hashes
  const char* bytes;         ///< how large the store is; nullptr: as large as its file
  const char* facts;         ///< how many items' facts it keeps (fact_store.h); nullptr: it keeps none
  const char* drop_facts;    ///< drops them; nullptr as above
  const char* wipe;          ///< writes the tables anew, so that what was deleted is in none of their pages
  const char* shrink;        ///< gives back what the driver keeps of its pages; nullptr: it keeps none
  const char* is_left;       ///< then: other than 0 where another program that reads kept the old pages; nullptr: none can
};

/// One statement as a driver prepares it.
class Prepared {
 public:
  Prepared() = default;
  Prepared(const Prepared&) = delete;
  Prepared& operator=(const Prepared&) = delete;
  virtual ~Prepared() = default;

  virtual void bind(int place, std::int64_t value) = 0;
  virtual void bind_text(int place, std::string_view text) = 0;
  virtual void bind_bytes(int place, std::string_view bytes) = 0;
  virtual void bind_null(int place) = 0;  ///< of a whole number
  virtual bool step() = 0;
  virtual void execute() = 0;  ///< a statement without rows; a driver may send it later, before whatever is asked next
  virtual void reset() = 0;
  [[nodiscard]] virtual std::int64_t number(int column) const = 0;
  [[nodiscard]] virtual std::string_view bytes(int column) const = 0;
};

/// One open database, of whichever kind. The first failure stays: all that comes after it does nothing, and failure() tells it.
/// Threads: one at a time.
class Database {
 public:
  enum class Mode { read, write, create };

  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  virtual ~Database() = default;

  /// Statements of one text without values. False after a failure.
  virtual bool run(const char* sql) = 0;
  /// Ends a transaction as if it had never begun, also after a failure.
  virtual void abandon() = 0;
  /// `sql` has its values as ?1, ?2 ...
  [[nodiscard]] virtual std::unique_ptr<Prepared> prepare(const char* sql) = 0;
  [[nodiscard]] virtual const Dialect& dialect() const = 0;

  /// The first column of the first row of a statement without values; nothing: no row, a failure.
  [[nodiscard]] std::optional<std::int64_t> number(const char* sql);

  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }
  void fail(std::string what, std::string hint = {});
  /// As people may read it: a URL without its password.
  [[nodiscard]] const std::string& name() const { return name_; }

 protected:
  explicit Database(std::string name);

 private:
  std::string name_;
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
  Statement(Database& database, const char* sql) : prepared_(database.prepare(sql)) {}

  template <class... Value>
  Statement& operator()(const Value&... value) {
    prepared_->reset();
    int place = 0;
    (bind(++place, value), ...);
    return *this;
  }
  template <class... Value>
  void run(const Value&... value) {
    (*this)(value...);
    prepared_->execute();
  }
  bool step() { return prepared_->step(); }
  void reset() { prepared_->reset(); }

  [[nodiscard]] std::int64_t number(int column) const { return prepared_->number(column); }
  [[nodiscard]] std::uint64_t hash(int column) const { return static_cast<std::uint64_t>(number(column)); }
  [[nodiscard]] std::string_view bytes(int column) const { return prepared_->bytes(column); }

 private:
  void bind(int place, std::int64_t value) { prepared_->bind(place, value); }
  void bind(int place, int value) { prepared_->bind(place, static_cast<std::int64_t>(value)); }
  void bind(int place, std::uint64_t value) { prepared_->bind(place, static_cast<std::int64_t>(value)); }
  void bind(int place, std::string_view text) { prepared_->bind_text(place, text); }
  void bind(int place, const char* text) { prepared_->bind_text(place, text); }
  void bind(int place, const std::string& text) { prepared_->bind_text(place, text); }
  void bind(int place, Bytes value) { prepared_->bind_bytes(place, value.bytes); }
  template <class T>
  void bind(int place, const std::optional<T>& value) {
    if (value)
      bind(place, *value);
    else
      prepared_->bind_null(place);
  }

  std::unique_ptr<Prepared> prepared_;
};

}  // namespace threadline::memory
