// SPDX-License-Identifier: Apache-2.0
#include "memory/database.h"

#include <utility>

namespace threadline::memory {

Database::Database(std::string name) : name_(std::move(name)) {}

void Database::fail(std::string what, std::string hint) {
  if (!failure_) failure_ = Error{std::move(what), name_, std::move(hint)};
}

std::optional<std::int64_t> Database::number(const char* sql) {
  Statement statement(*this, sql);
  if (!statement().step()) return std::nullopt;
  return statement.number(0);
}

}  // namespace threadline::memory
