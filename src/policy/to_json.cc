// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "policy/policy.h"

namespace threadline::policy {
namespace {

using Json = nlohmann::ordered_json;

/// Sets a member unless it says nothing.
template <class T>
void put(Json& object, const char* key, const T& value) {
  if (!value.empty()) object[key] = value;
}

template <class Item, class Write>
void put_all(Json& object, const char* key, const std::vector<Item>& items, Write write) {
  if (items.empty()) return;
  Json list = Json::array();
  for (const Item& item : items) list.push_back(write(item));
  object[key] = std::move(list);
}

Json person(const Person& person) {
  Json json{{"name", person.name}};
  put(json, "addresses", person.addresses);
  put(json, "role", person.role);
  return json;
}

Json account(const KnownAccount& account) {
  Json json{{"value", account.value}};
  put(json, "label", account.label);
  put(json, "since", account.since);
  return json;
}

Json party_members(const Party& party) {
  Json json = Json::object();
  put(json, "domains", party.domains);
  put(json, "addresses", party.addresses);
  put_all(json, "people", party.people, person);
  put_all(json, "accounts", party.accounts, account);
  return json;
}

Json counterparty(const Party& party) {
  Json json{{"name", party.name}};
  json.update(party_members(party));
  return json;
}

Json rule(const GatewayRule& rule) {
  Json json{{"direction", rule.direction}};
  put(json, "code", rule.code);
  json["min_severity"] = name_of(rule.min_severity);
  json["action"] = rule.action;
  return json;
}

Json gateway(const Gateway& gateway) {
  Json json = Json::object();
  put(json, "outbound_networks", gateway.outbound_networks);
  json["authenticated_is_outbound"] = gateway.authenticated_is_outbound;
  put_all(json, "rules", gateway.rules, rule);
  Json on_error = Json::object();
  for (const auto& [key, said] :
       {std::pair{"internal", gateway.on_internal}, {"limit", gateway.on_limit}, {"memory", gateway.on_memory}}) {
    if (said) on_error[key] = *said;
  }
  put(json, "on_error", on_error);
  json["dry_run"] = gateway.dry_run;
  if (gateway.max_message_bytes) json["max_message_bytes"] = *gateway.max_message_bytes;
  if (gateway.budget_ms) json["budget_ms"] = *gateway.budget_ms;
  return json;
}

Json watch(const Policy& policy) {
  Json json = Json::object();
  put(json, "domains", policy.watch_domains);
  put_all(json, "people", policy.watch_people, person);
  return json;
}

Json shared_namespaces(const Policy& policy) {
  Json json = Json::object();
  put(json, "add", policy.shared_add);
  put(json, "remove", policy.shared_remove);
  return json;
}

Json severities(const Policy& policy) {
  Json json = Json::object();
  for (const auto& [code, highest] : policy.severity) json[code] = highest ? name_of(*highest) : "off";
  return json;
}

}  // namespace

std::string to_json(const Policy& policy) {
  Json json{{"version", 1}};
  put(json, "time_zone", policy.time_zone);
  put(json, "own", party_members(policy.own));
  put_all(json, "counterparties", policy.counterparties, counterparty);
  put(json, "watch", watch(policy));
  put(json, "shared_namespaces", shared_namespaces(policy));
  put(json, "trusted_relays", policy.trusted_relays);
  put(json, "severity", severities(policy));
  json["gateway"] = gateway(policy.gateway);
  json["retention_days"] = policy.retention_days;
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace threadline::policy
