// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "facts/facts.h"

namespace threadline::timeline {

/// What a row's identity rests on (row.schema.json, id): the evidence, never the run, the language or the zone.
struct Identity {
  std::string kind;
  std::string sha256;  ///< of the message
  std::string part;
  std::int64_t level = 0;
  std::string code;
  std::string subject;  ///< of the finding; what tells rows of one code apart
};

/// 32 hexadecimal digits of a SHA-256 over the fields, each preceded by its length: no two identities read alike.
[[nodiscard]] std::string row_id(const Identity& identity);

}  // namespace threadline::timeline
