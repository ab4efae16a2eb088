// SPDX-License-Identifier: Apache-2.0
#include "logs/wanted.h"

#include <algorithm>

#include "logs/names.h"
#include "text/base_subject.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::logs {
namespace {

/// The host itself or a domain above it is in the set.
bool has_domain(const TextSet& set, std::string_view host) {
  while (!host.empty()) {
    if (set.contains(host)) return true;
    const auto dot = host.find('.');
    if (dot == std::string_view::npos) return false;
    host.remove_prefix(dot + 1);
  }
  return false;
}

bool is_suspect(const TextSet& suspects, const std::string& address) {
  return !address.empty() && (suspects.contains(address) || has_domain(suspects, text::domain_of_address(address)));
}

}  // namespace

bool Wanted::is_about(const Event& event) const {
  const auto is_known = [&](const MailRef& mail) { return mails.contains(mail_key(mail.id)); };
  if (!mails.empty() && std::ranges::any_of(event.mails, is_known)) return true;
  if (!event.network_message_id.empty() && network_mails.contains(event.network_message_id)) return true;
  if (!event.queue_id.empty() && queue_ids.contains(event.queue_id)) return true;
  if (!suspects.empty()) {
    const auto one = [&](const std::string& address) { return is_suspect(suspects, address); };
    if (one(event.sender) || std::ranges::any_of(event.recipients, one)) return true;
    if (!event.target.empty() && has_domain(suspects, host_of(event.target))) return true;
  }
  if (event.subject.empty() || subjects.empty()) return false;
  const auto takes_part = [&](const std::string& address) { return people.contains(address); };
  return (takes_part(event.sender) || takes_part(account_key(event.actor)) ||
          std::ranges::any_of(event.recipients, takes_part)) &&
         subjects.contains(text::fold(text::read_subject(event.subject).base));
}

}  // namespace threadline::logs
