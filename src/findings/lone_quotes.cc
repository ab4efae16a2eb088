// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/context_steps.h"

namespace threadline::findings {
namespace {

constexpr double kSaid = 0.8;               ///< share of a quote's words from which somebody said them before
constexpr std::size_t kAncestorsRead = 20;  ///< the latest

/// Accounts or requests stand in a block that names nobody.
bool has_any(const facts::Facts& facts) {
  const auto& quoted = facts.conversation.quoted;
  const auto stands_in_one = [&quoted](const auto& one) {
    const auto block = static_cast<std::size_t>(one.block);
    return one.block >= 0 && block < quoted.size() && is_unnamed(quoted[block]);
  };
  return std::ranges::any_of(facts.accounts, stands_in_one) || std::ranges::any_of(facts.requests, stands_in_one);
}

/// An earlier message of the conversation says these words, too few to be told for a copy of it.
bool was_said(const Setting& setting, const Context& context, const facts::QuotedBlock& block) {
  const auto& ancestors = context.ancestors;
  const std::size_t from = ancestors.size() > kAncestorsRead ? ancestors.size() - kAncestorsRead : 0;
  return std::any_of(ancestors.begin() + static_cast<std::ptrdiff_t>(from), ancestors.end(), [&](const memory::Record* record) {
    return record->facts->sha256 != setting.facts.sha256 && share_said(block, *record) >= kSaid;
  });
}

}  // namespace

void read_lone_quotes(const Setting& setting, Context& context) {
  const auto& quoted = setting.facts.conversation.quoted;
  if (!has_any(setting.facts)) return;
  if (context.sender_side == policy::kOwnSide || is_insider(setting, context)) return;
  context.lone_quotes.assign(quoted.size(), false);
  for (std::size_t index = 0; index < quoted.size(); ++index) {
    const facts::QuotedBlock& block = quoted[index];
    const bool is_in_own_words = block.parent < 0 || context.says(block.parent);
    if (!is_in_own_words || !is_unnamed(block) || context.quoted_originals[index] != nullptr) continue;
    context.lone_quotes[index] = !was_said(setting, context, block);
  }
}

}  // namespace threadline::findings
