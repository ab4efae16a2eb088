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

/// The provider of an address, or nullptr: told without a copy, since few addresses have one.
const Provider* provider_of(std::string_view address) {
  const auto is_at = [&](const Provider& provider) {
    const std::size_t size = provider.domain.size();
    return address.size() > size && address[address.size() - size - 1] == '@' &&
           text::equal_ascii_nocase(address.substr(address.size() - size), provider.domain);
  };
  const auto* const found = std::ranges::find_if(kProviders, is_at);
  return found == std::end(kProviders) ? nullptr : found;
}

}  // namespace

std::string mailbox_of(std::string_view address) {
  const Provider* provider = provider_of(address);
  if (provider == nullptr) return text::ascii_lower(address);
  std::string local = text::ascii_lower(text::local_part_of_address(address));
  local.resize(std::min(local.find('+'), local.size()));
  std::erase(local, '.');
  return local.empty() ? text::ascii_lower(address) : local.append("@").append(provider->stands_for);
}

bool is_same_mailbox(std::string_view left, std::string_view right) {
  if (text::equal_ascii_nocase(left, right)) return true;
  return provider_of(left) != nullptr && provider_of(right) != nullptr && mailbox_of(left) == mailbox_of(right);
}

}  // namespace threadline::policy
