// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/severity.h"

namespace threadline::policy {

struct KnownAccount {
  std::string value;  ///< as written in the policy; facts::find_accounts reads its value
  std::string label;
  std::string since;  ///< "2024-01-31", or empty
};

struct Person {
  std::string name;
  std::vector<std::string> addresses;
  std::string role;  ///< "authority", "payment", "other", or empty
};

/// One organisation: own side, or a counterparty (then with a name).
struct Party {
  std::string name;
  std::vector<std::string> domains, addresses;
  std::vector<Person> people;
  std::vector<KnownAccount> accounts;
};

struct GatewayRule {
  std::string direction = "any";
  std::string code;  ///< empty: every code
  Severity min_severity = Severity::info;
  std::string action;
};

struct Gateway {
  std::vector<std::string> outbound_networks;
  bool authenticated_is_outbound = true;
  std::vector<GatewayRule> rules;
  std::optional<std::string> on_internal, on_limit, on_memory;  ///< actions; nothing: the gateway's own (accept, inbound tag)
  bool dry_run = false;
  std::optional<std::uint64_t> max_message_bytes, budget_ms;
};

/// policy.schema.json as values; also what the command line adds (--own-domain).
struct Policy {
  std::string time_zone;
  Party own;
  std::vector<Party> counterparties;
  std::vector<std::string> watch_domains;
  std::vector<Person> watch_people;
  std::vector<std::string> shared_add, shared_remove;
  std::vector<std::string> trusted_relays;
  std::map<std::string, std::optional<Severity>> severity;  ///< code -> highest severity; nullopt is "off"
  Gateway gateway;
  std::uint32_t retention_days = 400;
  bool own_inferred = false;  ///< the own side was not given but inferred
};

/// A policy from its JSON text. Checks all of policy.schema.json (unknown keys, types, enumerations, dates).
/// Errors: `file`, the JSON pointer (or the line of a syntax error) in `what`, and a hint that names what is allowed there.
[[nodiscard]] Result<Policy> read_policy(std::string_view json, const std::string& file);

/// A policy as JSON text (policy show), canonical key order.
[[nodiscard]] std::string to_json(const Policy& policy);

}  // namespace threadline::policy
