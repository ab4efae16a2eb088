// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "policy/networks.h"
#include "policy/policy.h"

namespace threadline::policy {
namespace {

Result<Policy> read(std::string_view json) { return read_policy(json, "policy.json"); }

constexpr std::string_view kWhole = R"({
  "version": 1, "time_zone": "Europe/Paris",
  "own": {"domains": ["firm.example"], "addresses": ["boss@mail.example"], "accounts": [{"value": "X1", "label": "main", "since": "2024-02-29"}],
          "people": [{"name": "Ana Boss", "addresses": ["ana@firm.example"], "role": "authority"}]},
  "counterparties": [{"name": "Supplier", "domains": ["supplier.example"]}],
  "watch": {"domains": ["bank.example"], "people": [{"name": "W"}]},
  "shared_namespaces": {"add": ["hoster.example"], "remove": ["sfr.fr"]},
  "trusted_relays": [".mx.example", "192.0.2.0/24"],
  "severity": {"fake_reply": "off", "auth_failed": "low"},
  "gateway": {"outbound_networks": ["192.0.2.0/28"], "authenticated_is_outbound": false, "dry_run": true, "max_message_bytes": 1000,
    "budget_ms": 5000, "on_error": {"internal": "tempfail"}, "rules": [{"code": "thread_hijack", "min_severity": "high", "action": "hold"}]},
  "retention_days": 30})";

TEST(ReadPolicy, KeepsEveryMember) {
  const auto policy = read(kWhole);
  ASSERT_TRUE(policy) << to_line(policy.error());
  EXPECT_EQ(policy->time_zone, "Europe/Paris");
  EXPECT_EQ(policy->own.domains, std::vector<std::string>{"firm.example"});
  EXPECT_EQ(policy->own.addresses, std::vector<std::string>{"boss@mail.example"});
  ASSERT_EQ(policy->own.accounts.size(), 1U);
  EXPECT_EQ(policy->own.accounts[0].since, "2024-02-29");
  ASSERT_EQ(policy->own.people.size(), 1U);
  EXPECT_EQ(policy->own.people[0].role, "authority");
  ASSERT_EQ(policy->counterparties.size(), 1U);
  EXPECT_EQ(policy->counterparties[0].name, "Supplier");
  EXPECT_EQ(policy->watch_domains, std::vector<std::string>{"bank.example"});
  EXPECT_EQ(policy->watch_people[0].name, "W");
  EXPECT_EQ(policy->shared_add, std::vector<std::string>{"hoster.example"});
  EXPECT_EQ(policy->shared_remove, std::vector<std::string>{"sfr.fr"});
  EXPECT_EQ(policy->trusted_relays.size(), 2U);
  EXPECT_EQ(policy->severity.at("fake_reply"), std::nullopt);
  EXPECT_EQ(policy->severity.at("auth_failed"), Severity::low);
  EXPECT_FALSE(policy->gateway.authenticated_is_outbound);
  EXPECT_TRUE(policy->gateway.dry_run);
  EXPECT_EQ(policy->gateway.max_message_bytes, 1000U);
  EXPECT_EQ(policy->gateway.budget_ms, 5000U);
  EXPECT_EQ(policy->gateway.on_internal, "tempfail");
  EXPECT_EQ(policy->gateway.on_limit, std::nullopt);
  ASSERT_EQ(policy->gateway.rules.size(), 1U);
  EXPECT_EQ(policy->gateway.rules[0].direction, "any");
  EXPECT_EQ(policy->gateway.rules[0].min_severity, Severity::high);
  EXPECT_EQ(policy->retention_days, 30U);
}

TEST(ReadPolicy, IsReadBackFromWhatItPrints) {
  const auto policy = read(kWhole);
  ASSERT_TRUE(policy);
  const std::string printed = to_json(*policy);
  const auto again = read(printed);
  ASSERT_TRUE(again) << to_line(again.error()) << printed;
  EXPECT_EQ(to_json(*again), printed);
}

TEST(ReadPolicy, WithVersionAloneHasTheDefaults) {
  const auto policy = read(R"({"version": 1})");
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->retention_days, 400U);
  EXPECT_TRUE(policy->gateway.authenticated_is_outbound);
  EXPECT_TRUE(read(to_json(*policy)));
}

struct Bad {
  const char* name;
  std::string_view json, what, hint;
};

class BadPolicy : public testing::TestWithParam<Bad> {};

TEST_P(BadPolicy, SaysWhereWhatAndTheWayOut) {
  const auto policy = read(GetParam().json);
  ASSERT_FALSE(policy);
  EXPECT_EQ(policy.error().file, "policy.json");
  EXPECT_EQ(policy.error().what, GetParam().what);
  EXPECT_NE(policy.error().hint.find(GetParam().hint), std::string::npos) << policy.error().hint;
}

INSTANTIATE_TEST_SUITE_P(
    Errors, BadPolicy,
    testing::Values(
        Bad{"misspelt_key", R"({"version": 1, "counterparties": [{"name": "A", "domans": []}]})",
            "/counterparties/0/domans: unknown key", "did you mean \"domains\"?"},
        Bad{"strange_key", R"({"version": 1, "colour": 1})", "/colour: unknown key", "allowed here: version, time_zone"},
        Bad{"key_with_slash", R"({"version": 1, "a/b~c": 1})", "/a~1b~0c: unknown key", "allowed here"},
        Bad{"no_version", R"({})", "/: \"version\" is missing", "version"},
        Bad{"other_version", R"({"version": 2})", "/version: must be 1, not 2", "1"},
        Bad{"version_as_text", R"({"version": "1"})", "/version: must be a whole number, not \"1\"", "1"},
        Bad{"not_an_object", R"([])", "/: must be an object, not a list", "version"},
        Bad{"null", R"(null)", "/: must be an object, not null", "version"},
        Bad{"text_expected", R"({"version": 1, "own": {"domains": ["a.example", 5]}})", "/own/domains/1: must be a text, not 5",
            "quotes"},
        Bad{"list_expected", R"({"version": 1, "own": {"domains": "a.example"}})",
            "/own/domains: must be a list, not \"a.example\"", "["},
        Bad{"name_missing", R"({"version": 1, "counterparties": [{}]})", "/counterparties/0: \"name\" is missing", "domains"},
        Bad{"action_missing", R"({"version": 1, "gateway": {"rules": [{"code": "x"}]}})",
            "/gateway/rules/0: \"action\" is missing", "action"},
        Bad{"wrong_choice", R"({"version": 1, "severity": {"fake_reply": "hihg"}})",
            "/severity/fake_reply: \"hihg\" is not allowed", "did you mean \"high\"?"},
        Bad{"not_a_rule_severity", R"({"version": 1, "gateway": {"rules": [{"action": "hold", "min_severity": "off"}]}})",
            "/gateway/rules/0/min_severity: \"off\" is not allowed", "info, low, medium, high, critical"},
        Bad{"not_a_day", R"({"version": 1, "own": {"accounts": [{"value": "x", "since": "2023-02-29"}]}})",
            "/own/accounts/0/since: must be a date, not \"2023-02-29\"", "YYYY-MM-DD"},
        Bad{"french_date", R"({"version": 1, "own": {"accounts": [{"value": "x", "since": "29/02/2024"}]}})",
            "/own/accounts/0/since: must be a date, not \"29/02/2024\"", "YYYY-MM-DD"},
        Bad{"zero_days", R"({"version": 1, "retention_days": 0})",
            "/retention_days: must be a whole number from 1 to 4294967295, not 0", "1"},
        Bad{"half_a_day", R"({"version": 1, "retention_days": 1.5})", "/retention_days: must be a whole number, not 1.5", "1"},
        Bad{"negative", R"({"version": 1, "gateway": {"budget_ms": -1}})", "/gateway/budget_ms: must be a whole number, not -1",
            "0 or more"},
        Bad{"unknown_zone", R"({"version": 1, "time_zone": "Europe/Pari"})", "/time_zone: no such time zone: Europe/Pari", ""},
        Bad{"key_twice", R"({"version": 1, "own": {"domains": [], "domains": []}})", "/own/domains: key stands twice",
            "keep one"},
        Bad{"key_twice_in_a_list", R"({"version": 1, "counterparties": [{"name": "A"}, {"name": "B", "name": "C"}]})",
            "/counterparties/1/name: key stands twice", "keep one"},
        Bad{"missing_comma", "{\n  \"version\": 1\n  \"own\": {}\n}", "3:3: syntax error: not JSON here", "comma"},
        Bad{"cut_short", "{\"version\": 1,", "1:15: syntax error: the JSON text ends too early", "comma"},
        Bad{"empty", "", "1:1: syntax error: the JSON text ends too early", ""},
        Bad{"comment", "{\n// mine\n\"version\": 1}", "2:1: syntax error: not JSON here", "no comments"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(ReadPolicy, AcceptsAWholeNumberWrittenWithAPoint) { EXPECT_TRUE(read(R"({"version": 1.0, "retention_days": 30.0})")); }

TEST(ReadPolicy, NetworksAreNetworksOrTheirPlaceIsTold) {
  const auto with = [](const std::string& network) {
    return read(R"({"version": 1, "gateway": {"outbound_networks": ["192.0.2.0/24", ")" + network + R"("]}})");
  };
  for (const char* right : {"192.0.2.7", "2001:db8::/32", "0.0.0.0/0"}) EXPECT_TRUE(with(right)) << right;
  for (const char* wrong : {"192.0.2.0/33", "firm.example", "192.0.2.0/", "2001:db8::/129", ""}) {
    const auto refused = with(wrong);
    ASSERT_FALSE(refused) << wrong;
    EXPECT_EQ(refused.error().what, std::string("/gateway/outbound_networks/1: not a network: ") + wrong);
  }
}

TEST(Networks, HoldAddressesOfBothFamilies) {
  const auto networks = Networks::read({"192.0.2.0/24", "2001:db8::/32"});
  ASSERT_TRUE(networks);
  for (const char* inside : {"192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1", "IPv6:2001:db8::1"})
    EXPECT_TRUE(networks->holds(inside)) << inside;
  for (const char* outside : {"192.0.3.1", "2001:db9::1", "", "firm.example"}) EXPECT_FALSE(networks->holds(outside)) << outside;
}

/// A policy in which one name stands in a list: {"own": {"domains": ["firm.example", NAME]}}.
Result<Policy> with_name(std::string_view list, std::string_view name) {
  std::string json(list);
  return read(json.replace(json.find("NAME"), 4, name));
}

struct NamePlace {
  std::string_view list, pointer;
  std::vector<std::string_view> right, wrong;
};

TEST(ReadPolicy, RefusesNamesThatNoMailCanBear) {
  const std::vector<std::string_view> domains = {"firm.example",          "Firm.Example.", "soci\u00e9t\u00e9.example",
                                                 "xn--bcher-kva.example", "localhost",     "under_score.example"};
  const std::vector<std::string_view> no_domains = {"",
                                                    "@@",
                                                    " ",
                                                    "@firm.example",
                                                    "ana@firm.example",
                                                    "*.firm.example",
                                                    "https://firm.example/",
                                                    "a..example",
                                                    ".firm.example",
                                                    "a.example, b.example"};
  const std::vector<std::string_view> addresses = {"ana@firm.example", "compta+x@firm.example"};
  const std::vector<std::string_view> no_addresses = {"", "ana", "@firm.example", "firm.example", "ana@", "ana@firm example"};
  const std::vector<NamePlace> places = {
      {R"({"version": 1, "own": {"domains": ["NAME"]}})", "/own/domains/0", domains, no_domains},
      {R"({"version": 1, "own": {"addresses": ["NAME"]}})", "/own/addresses/0", addresses, no_addresses},
      {R"({"version": 1, "own": {"people": [{"name": "A", "addresses": ["NAME"]}]}})", "/own/people/0/addresses/0", addresses,
       no_addresses},
      {R"({"version": 1, "counterparties": [{"name": "A"}, {"name": "B", "domains": ["b.example", "NAME"]}]})",
       "/counterparties/1/domains/1", domains, no_domains},
      {R"({"version": 1, "watch": {"domains": ["NAME"]}})", "/watch/domains/0", domains, no_domains},
      {R"({"version": 1, "shared_namespaces": {"add": ["NAME"]}})", "/shared_namespaces/add/0", domains, no_domains},
      {R"({"version": 1, "trusted_relays": ["NAME"]})",
       "/trusted_relays/0",
       {"mx.firm.example", ".firm.example", "192.0.2.0/24", "192.0.2.7", "2001:db8::/32", "mx1", "mx1.2net.example"},
       {"10.0.0.0/8x", "10.0.0.0/33", "", ".", "mx.firm.example/24", "mx one", "192.0.2.300", "192.0.2", "1.2.3.4.5",
        "192.0.2.1-192.0.2.9"}}};
  for (const NamePlace& place : places) {
    for (const std::string_view name : place.right) {
      const auto taken = with_name(place.list, name);
      EXPECT_TRUE(taken) << place.pointer << " " << name;
    }
    for (const std::string_view name : place.wrong) {
      const auto refused = with_name(place.list, name);
      ASSERT_FALSE(refused) << place.pointer << " " << name;
      EXPECT_EQ(refused.error().what.substr(0, place.pointer.size() + 1), std::string(place.pointer) + ":") << name;
      EXPECT_FALSE(refused.error().hint.empty());
    }
  }
}

TEST(ReadPolicy, OneNameIsOnOneSide) {
  const auto with = [](const std::string& domain, const std::string& address) {
    return read(R"({"version": 1, "own": {"domains": ["firm.example"], "addresses": ["ana@mail.example"]}, "counterparties": [
      {"name": "A", "domains": ["a.example", ")" +
                domain + R"("], "addresses": [")" + address + R"("]}]})");
  };
  EXPECT_TRUE(with("firm-supplier.example", "bob@mail.example"));
  EXPECT_TRUE(with("branch.firm.example", "bob@mail.example")) << "a house of one's own that pays and is paid";
  EXPECT_EQ(with("FIRM.example", "bob@mail.example").error().what,
            "/counterparties/0/domains/1: also on the own side: \"FIRM.example\"");
  EXPECT_EQ(with("b.example", "Ana@mail.example").error().what,
            "/counterparties/0/addresses/0: also on the own side: \"Ana@mail.example\"");
}

TEST(Limits, PolicyBytes) {
  const std::string json = R"({"version": 1})";
  const std::string at_bound = json + std::string(Limits{}.policy_bytes - json.size(), ' ');
  EXPECT_TRUE(read(at_bound));
  const auto above = read(at_bound + " ");
  ASSERT_FALSE(above);
  EXPECT_EQ(above.error().hint.substr(0, 12), "policy_bytes");
}

TEST(Limits, PolicyDepth) {
  const auto nested = [](std::uint32_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(read(nested(Limits{}.policy_depth)).error().what, "/: must be an object, not a list");
  EXPECT_EQ(read(nested(Limits{}.policy_depth + 1)).error().hint.substr(0, 12), "policy_depth");
  EXPECT_FALSE(read(std::string(1'000'000, '[')));
}

}  // namespace
}  // namespace threadline::policy
