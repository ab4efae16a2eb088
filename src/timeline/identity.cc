// SPDX-License-Identifier: Apache-2.0
#include "timeline/identity.h"

#include <fmt/format.h>

#include "base/sha256.h"
#include "timeline/rows.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kIdDigits = 32;

std::string field(const std::string& text) { return fmt::format("{}:{},", text.size(), text); }

}  // namespace

std::string row_id(const Identity& identity) {
  const std::string whole = field(identity.kind) + field(identity.sha256) + field(identity.part) +
                            field(std::to_string(identity.level)) + field(identity.code) + field(identity.subject);
  return sha256_hex(whole).substr(0, kIdDigits);
}

std::string message_row_id(const facts::Facts& facts) { return row_id({"message", facts.sha256, "", 0, "", ""}); }

std::string quoted_row_id(const facts::Facts& facts, std::size_t block) {
  const facts::QuotedBlock& quoted = facts.conversation.quoted.at(block);
  return row_id({"quoted", facts.sha256, quoted.span.part, quoted.level, "", std::to_string(block)});
}

}  // namespace threadline::timeline
