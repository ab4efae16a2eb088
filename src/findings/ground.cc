// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "facts/bank/account.h"
#include "findings/context.h"
#include "findings/identity.h"
#include "findings/known_domains.h"
#include "findings/ledger.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

/// "2024-01-31" at midnight UTC; the policy's reader has checked the form.
Instant since_of(const std::string& date) {
  CivilTime civil;
  if (date.size() != 10) return {};
  civil.year = std::atoi(date.substr(0, 4).c_str());
  civil.month = std::atoi(date.substr(5, 2).c_str());
  civil.day = std::atoi(date.substr(8, 2).c_str());
  return instant_of(civil, 0).value_or(Instant{});
}

void add_accounts(std::vector<memory::KnownAccount>& ledger, const policy::Party& party, const policy::Side& side) {
  for (const policy::KnownAccount& written : party.accounts) {
    auto account = read_written_account(written);
    if (!account) continue;
    if (account->holder.empty()) account->holder = party.name;
    ledger.push_back({.key = memory::account_key(*account),
                      .account = *std::move(account),
                      .side = side,
                      .since = since_of(written.since),
                      .message_id = {},
                      .source = "policy"});
  }
}

void add_people(Ground& ground, const std::vector<policy::Person>& people, const policy::Side& side) {
  for (const policy::Person& person : people) {
    NamedPerson named{.name = person.name, .side = side, .addresses = {}, .role = person.role};
    for (const std::string& address : person.addresses) named.addresses.push_back(text::ascii_lower(address));
    ground.people[person_key(person_in(person.name))].push_back(std::move(named));
  }
}

std::vector<std::string> firm_domains(const policy::Policy& policy) {
  std::vector<std::string> domains = policy.own.domains;
  for (const policy::Party& party : policy.counterparties)
    domains.insert(domains.end(), party.domains.begin(), party.domains.end());
  return domains;
}

}  // namespace

std::string_view name_of(Direction direction) {
  switch (direction) {
    case Direction::inbound: return "inbound";
    case Direction::outbound: return "outbound";
    case Direction::internal: return "internal";
    case Direction::unknown: break;
  }
  return "unknown";
}

Ground::Ground(policy::Policy given)
    : policy(std::move(given)),
      sides(policy),
      firm(std::make_shared<text::References>(firm_domains(policy))),
      watched(std::make_shared<text::References>(policy.watch_domains)),
      known(std::make_shared<KnownDomains>()) {
  add_accounts(ledger, policy.own, policy::Side(policy::kOwnSide));
  add_people(*this, policy.own.people, policy::Side(policy::kOwnSide));
  for (const policy::Party& party : policy.counterparties) {
    const policy::Side side = "party:" + party.name;
    add_accounts(ledger, party, side);
    add_people(*this, party.people, side);
  }
  add_people(*this, policy.watch_people, {});
}

}  // namespace threadline::findings
