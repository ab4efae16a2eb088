// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.h"

namespace threadline::policy {

/// A side's identity (findings.md, "side"): "own", "party:<name>", "domain:<registrable>", or "address:<address>" in a shared
/// namespace. Empty for what is no address.
using Side = std::string;

/// Whose side an address is on. Threads: const use from any thread.
class Sides {
 public:
  explicit Sides(const Policy& policy);

  [[nodiscard]] Side side_of(std::string_view address) const;
  [[nodiscard]] Side side_of_domain(std::string_view domain) const;  ///< shared namespaces: "domain:" + registrable
  [[nodiscard]] bool is_own(std::string_view address) const;
  /// Public mail providers and hosts of many organisations: the table shared_namespaces.def (with sources) and the policy's
  /// changes.
  [[nodiscard]] bool is_shared(std::string_view domain) const;
  /// Public mail providers only (gmail.com ...): where a free-mail twin lives.
  [[nodiscard]] bool is_free_mail(std::string_view domain) const;

 private:
  struct Table;
  [[nodiscard]] Side read_side(std::string_view address) const;
  std::shared_ptr<const Table> table_;
};

inline constexpr std::string_view kOwnSide = "own";

}  // namespace threadline::policy
