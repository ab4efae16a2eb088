// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace threadline::policy {

/// What may stand at a place of the policy: policy.schema.json as constexpr tables, which read_policy checks against.
enum class Kind { text, date, flag, count, choice, list, object, map };

struct Key;

struct Shape {
  Kind kind = Kind::text;
  std::span<const std::string_view> choices{};  ///< of a choice
  std::span<const Key> keys{};                  ///< of an object: all that it may hold
  const Shape* of = nullptr;                    ///< of a list: its items; of a map: its values
  std::uint64_t least = 0, most = 0;            ///< of a count; most 0 is no bound
};

struct Key {
  std::string_view name;
  const Shape* shape = nullptr;
  bool required = false;
};

/// A calendar day, "2024-01-31" (RFC 3339 full-date).
[[nodiscard]] bool is_date(std::string_view text);

namespace shapes {

inline constexpr Shape kText{.kind = Kind::text};
inline constexpr Shape kDate{.kind = Kind::date};
inline constexpr Shape kFlag{.kind = Kind::flag};
inline constexpr Shape kCount{.kind = Kind::count};
inline constexpr Shape kVersion{.kind = Kind::count, .least = 1, .most = 1};
inline constexpr Shape kDays{.kind = Kind::count, .least = 1, .most = 4'294'967'295};
inline constexpr Shape kTexts{.kind = Kind::list, .of = &kText};

inline constexpr std::string_view kRoles[] = {"authority", "payment", "other"};
inline constexpr std::string_view kErrorActions[] = {"accept", "tag", "hold", "tempfail"};
inline constexpr std::string_view kActions[] = {"accept", "tag", "hold", "reject", "tempfail"};
inline constexpr std::string_view kDirections[] = {"inbound", "outbound", "any"};
inline constexpr std::string_view kSeverities[] = {"info", "low", "medium", "high", "critical"};
inline constexpr std::string_view kHighestSeverities[] = {"off", "info", "low", "medium", "high", "critical"};
inline constexpr Shape kRole{.kind = Kind::choice, .choices = kRoles};
inline constexpr Shape kErrorAction{.kind = Kind::choice, .choices = kErrorActions};
inline constexpr Shape kAction{.kind = Kind::choice, .choices = kActions};
inline constexpr Shape kDirection{.kind = Kind::choice, .choices = kDirections};
inline constexpr Shape kSeverity{.kind = Kind::choice, .choices = kSeverities};
inline constexpr Shape kHighestSeverity{.kind = Kind::choice, .choices = kHighestSeverities};

inline constexpr Key kAccountKeys[] = {{"value", &kText, true}, {"label", &kText}, {"since", &kDate}};
inline constexpr Shape kAccount{.kind = Kind::object, .keys = kAccountKeys};
inline constexpr Shape kAccounts{.kind = Kind::list, .of = &kAccount};

inline constexpr Key kPersonKeys[] = {{"name", &kText, true}, {"addresses", &kTexts}, {"role", &kRole}};
inline constexpr Shape kPerson{.kind = Kind::object, .keys = kPersonKeys};
inline constexpr Shape kPeople{.kind = Kind::list, .of = &kPerson};

inline constexpr Key kOwnKeys[] = {{"domains", &kTexts}, {"addresses", &kTexts}, {"people", &kPeople}, {"accounts", &kAccounts}};
inline constexpr Shape kOwn{.kind = Kind::object, .keys = kOwnKeys};

inline constexpr Key kPartyKeys[] = {
    {"name", &kText, true}, {"domains", &kTexts}, {"addresses", &kTexts}, {"people", &kPeople}, {"accounts", &kAccounts}};
inline constexpr Shape kParty{.kind = Kind::object, .keys = kPartyKeys};
inline constexpr Shape kParties{.kind = Kind::list, .of = &kParty};

inline constexpr Key kWatchKeys[] = {{"domains", &kTexts}, {"people", &kPeople}};
inline constexpr Shape kWatch{.kind = Kind::object, .keys = kWatchKeys};

inline constexpr Key kSharedKeys[] = {{"add", &kTexts}, {"remove", &kTexts}};
inline constexpr Shape kShared{.kind = Kind::object, .keys = kSharedKeys};

inline constexpr Shape kSeverityMap{.kind = Kind::map, .of = &kHighestSeverity};

inline constexpr Key kRuleKeys[] = {
    {"direction", &kDirection}, {"code", &kText}, {"min_severity", &kSeverity}, {"action", &kAction, true}};
inline constexpr Shape kRule{.kind = Kind::object, .keys = kRuleKeys};
inline constexpr Shape kRules{.kind = Kind::list, .of = &kRule};

inline constexpr Key kOnErrorKeys[] = {{"internal", &kErrorAction}, {"limit", &kErrorAction}, {"memory", &kErrorAction}};
inline constexpr Shape kOnError{.kind = Kind::object, .keys = kOnErrorKeys};

inline constexpr Key kGatewayKeys[] = {{"outbound_networks", &kTexts},
                                       {"authenticated_is_outbound", &kFlag},
                                       {"rules", &kRules},
                                       {"on_error", &kOnError},
                                       {"dry_run", &kFlag},
                                       {"max_message_bytes", &kCount},
                                       {"budget_ms", &kCount}};
inline constexpr Shape kGateway{.kind = Kind::object, .keys = kGatewayKeys};

inline constexpr Key kPolicyKeys[] = {{"version", &kVersion, true},  {"time_zone", &kText},       {"own", &kOwn},
                                      {"counterparties", &kParties}, {"watch", &kWatch},          {"shared_namespaces", &kShared},
                                      {"trusted_relays", &kTexts},   {"severity", &kSeverityMap}, {"gateway", &kGateway},
                                      {"retention_days", &kDays}};
inline constexpr Shape kPolicy{.kind = Kind::object, .keys = kPolicyKeys};

}  // namespace shapes
}  // namespace threadline::policy
