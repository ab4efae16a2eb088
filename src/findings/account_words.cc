// SPDX-License-Identifier: Apache-2.0
#include "findings/account_words.h"

#include <algorithm>

#include "base/utf8.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kAround = 160, kRead = 20'000;

}  // namespace

AccountWords words_around(const facts::Facts& facts, const facts::Account& account) {
  const std::string_view text = std::string_view(facts.conversation.new_text).substr(0, kRead);
  const std::size_t at = account.where == "body" && !account.as_written.empty() ? text.find(account.as_written) : text.npos;
  if (at == text.npos) return {};
  const std::size_t from = next_character(text, at - std::min(at, kAround)), end = at + account.as_written.size();
  std::string_view before = text.substr(from, at - from);
  if (const std::size_t empty = before.rfind("\n\n"); empty != before.npos) before.remove_prefix(empty);
  const std::string_view behind = text.substr(end, character_at(text, end + kAround) - end);
  return {.before = before, .behind = behind.substr(0, behind.find("\n\n")), .is_written = true};
}

}  // namespace threadline::findings
