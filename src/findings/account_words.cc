// SPDX-License-Identifier: Apache-2.0
#include "findings/account_words.h"

#include <algorithm>

namespace threadline::findings {
namespace {

constexpr std::size_t kAround = 160, kRead = 20'000;

/// Without the rest of a character that the cut went through.
std::string_view from_whole_character(std::string_view text) {
  while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80U) text.remove_prefix(1);
  return text;
}

std::string_view to_whole_character(std::string_view text, std::size_t bytes) {
  bytes = std::min(bytes, text.size());
  while (bytes > 0 && bytes < text.size() && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

AccountWords words_around(const facts::Facts& facts, const facts::Account& account) {
  const std::string_view text = std::string_view(facts.conversation.new_text).substr(0, kRead);
  const std::size_t at = account.where == "body" && !account.as_written.empty() ? text.find(account.as_written) : text.npos;
  if (at == text.npos) return {};
  std::string_view before = from_whole_character(text.substr(at - std::min(at, kAround), std::min(at, kAround)));
  if (const std::size_t empty = before.rfind("\n\n"); empty != before.npos) before.remove_prefix(empty);
  const std::string_view behind = to_whole_character(text.substr(at + account.as_written.size()), kAround);
  return {.before = before, .behind = behind.substr(0, behind.find("\n\n")), .is_written = true};
}

}  // namespace threadline::findings
