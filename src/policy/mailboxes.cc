// SPDX-License-Identifier: Apache-2.0
#include "policy/mailboxes.h"

#include <algorithm>
#include <string>

#include "text/domain.h"
#include "text/fold.h"

namespace threadline::policy {
namespace {

/// A provider that overlooks dots in front of the "@" and "+tags", and the domain that all its own stand for.
struct Provider {
  std::string_view domain, stands_for;
};
/// Source: support.google.com/mail/answer/7436150 ("Dots don't matter in Gmail addresses"; at a firm's own domain they do),
/// /answer/10313 (googlemail.com is gmail.com), /answer/22370 (tags).
constexpr Provider kProviders[] = {{"gmail.com", "gmail.com"}, {"googlemail.com", "gmail.com"}};

}  // namespace

std::string mailbox_of(std::string_view address) {
  const auto* const provider = std::ranges::find(kProviders, text::domain_of_address(address), &Provider::domain);
  if (provider == std::end(kProviders)) return text::ascii_lower(address);
  std::string local = text::ascii_lower(text::local_part_of_address(address));
  local.resize(std::min(local.find('+'), local.size()));
  std::erase(local, '.');
  return local.empty() ? text::ascii_lower(address) : local.append("@").append(provider->stands_for);
}

bool is_same_mailbox(std::string_view left, std::string_view right) {
  return text::equal_ascii_nocase(left, right) || mailbox_of(left) == mailbox_of(right);
}

}  // namespace threadline::policy
