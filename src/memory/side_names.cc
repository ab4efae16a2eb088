// SPDX-License-Identifier: Apache-2.0
#include "memory/side_names.h"

#include <algorithm>
#include <string_view>

namespace threadline::memory {
namespace {

constexpr std::string_view kDomain = "domain:", kAddress = "address:";

}  // namespace

policy::Policy without_parties(const policy::Policy& policy) {
  policy::Policy plain;
  plain.shared_add = policy.shared_add;
  plain.shared_remove = policy.shared_remove;
  return plain;
}

SideNames::SideNames(const policy::Policy& policy) : sides_(policy) {
  const policy::Sides plain(without_parties(policy));
  add(policy.own, policy::Side(policy::kOwnSide), plain);
  for (const policy::Party& party : policy.counterparties) add(party, "party:" + party.name, plain);
}

void SideNames::add(const policy::Party& party, const policy::Side& side, const policy::Sides& plain) {
  auto& names = stored_[side];
  const auto keep = [&](policy::Side name) {
    if (!name.empty() && std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  };
  for (const std::string& domain : party.domains) keep(plain.side_of_domain(domain));
  for (const std::string& address : party.addresses) keep(plain.side_of(address));
}

policy::Side SideNames::stored(const policy::Side& side) const {
  const auto found = stored_.find(side);
  return found == stored_.end() || found->second.empty() ? side : found->second.front();
}

std::vector<policy::Side> SideNames::all_stored(const policy::Side& side) const {
  const auto found = stored_.find(side);
  std::vector<policy::Side> names{side};
  if (found != stored_.end()) names.insert(names.end(), found->second.begin(), found->second.end());
  return names;
}

policy::Side SideNames::named(const policy::Side& stored) const {
  policy::Side side;
  if (stored.starts_with(kDomain)) side = sides_.side_of_domain(std::string_view(stored).substr(kDomain.size()));
  if (stored.starts_with(kAddress)) side = sides_.side_of(std::string_view(stored).substr(kAddress.size()));
  return side.empty() ? stored : side;
}

}  // namespace threadline::memory
