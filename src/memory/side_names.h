// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "policy/policy.h"
#include "policy/sides.h"

namespace threadline::memory {

/// Sides as a store names them: without any policy ("domain:...", "address:..."), so that what was learnt under one policy, or
/// under none, is found under another. A party that a policy lists is stored by its first domain or address.
class SideNames {
 public:
  SideNames() : SideNames(policy::Policy{}) {}
  explicit SideNames(const policy::Policy& policy);

  /// The name to store for a side of the policy.
  [[nodiscard]] policy::Side stored(const policy::Side& side) const;
  /// All names under which that side may have been stored.
  [[nodiscard]] std::vector<policy::Side> all_stored(const policy::Side& side) const;
  /// The policy's name of what was stored.
  [[nodiscard]] policy::Side named(const policy::Side& stored) const;
  /// The policy's side of an address.
  [[nodiscard]] policy::Side side_of(const std::string& address) const { return sides_.side_of(address); }

 private:
  void add(const policy::Party& party, const policy::Side& side, const policy::Sides& plain);

  policy::Sides sides_;
  std::map<policy::Side, std::vector<policy::Side>> stored_;
};

/// The policy without parties: the sides that it tells are named without any.
[[nodiscard]] policy::Policy without_parties(const policy::Policy& policy);

}  // namespace threadline::memory
