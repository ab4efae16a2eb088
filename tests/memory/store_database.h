// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <libpq-fe.h>
#include <unistd.h>

#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

namespace threadline::memory {

/// A database of its own in the cluster that tests/postgresql/throw_away started; dropped at its end.
class StoreDatabase {
 public:
  StoreDatabase() : name_("store_" + std::to_string(::getpid()) + "_" + std::to_string(++made())) {
    run_in("postgres", "CREATE DATABASE " + name_);
  }
  ~StoreDatabase() { run_in("postgres", "DROP DATABASE " + name_ + " WITH (FORCE)"); }
  StoreDatabase(const StoreDatabase&) = delete;
  StoreDatabase& operator=(const StoreDatabase&) = delete;

  [[nodiscard]] std::string url() const { return url_of(name_); }
  /// Answers the first value of the first row, as text.
  std::string run(const std::string& sql) const { return run_in(name_, sql); }

  static std::string url_of(const std::string& database) {
    const char* given = std::getenv("THREADLINE_TEST_POSTGRESQL");
    std::string url = given == nullptr ? throw std::runtime_error("run me by tests/postgresql/throw_away") : given;
    return url.replace(url.find("/postgres?"), 9, "/" + database);
  }

 private:
  static int& made() {
    static int count = 0;
    return count;
  }
  static std::string run_in(const std::string& database, const std::string& sql) {
    const std::unique_ptr<PGconn, decltype(&PQfinish)> connection(PQconnectdb(url_of(database).c_str()), PQfinish);
    const std::unique_ptr<PGresult, decltype(&PQclear)> answer(PQexec(connection.get(), sql.c_str()), PQclear);
    const auto status = PQresultStatus(answer.get());
    if (status == PGRES_TUPLES_OK) return PQntuples(answer.get()) > 0 ? PQgetvalue(answer.get(), 0, 0) : "";
    return status == PGRES_COMMAND_OK ? "" : PQerrorMessage(connection.get());
  }

  std::string name_;
};

}  // namespace threadline::memory
