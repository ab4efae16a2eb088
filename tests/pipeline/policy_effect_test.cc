// SPDX-License-Identifier: Apache-2.0
#include "pipeline/policy_effect.h"

#include <gtest/gtest.h>

#include "policy/suggestion.h"
#include "timeline/words.h"

namespace threadline::pipeline {
namespace {

policy::Policy with_rule(const std::string& code) {
  policy::Policy policy;
  policy.gateway.rules.push_back({.direction = "any", .code = code, .min_severity = Severity::high, .action = "hold"});
  return policy;
}

policy::Policy with_account(const std::string& value, const std::string& label = {}) {
  policy::Policy policy;
  policy.counterparties.push_back({.name = "S", .domains = {}, .addresses = {}, .people = {}, .accounts = {{value, label, {}}}});
  return policy;
}

/// The doubts, one a line; "refused: " and the error where it is one.
std::string told(const policy::Policy& policy) {
  const auto doubts = doubts_about(policy, {});
  if (!doubts) return "refused: " + doubts.error().what + " | " + doubts.error().hint;
  std::string lines;
  for (const Error& doubt : *doubts) lines += doubt.what + '\n';
  return lines;
}

TEST(PolicyEffect, ACodeThatTheProgramKnowsIsNoDoubt) {
  EXPECT_EQ(told(with_rule("")), "");
  EXPECT_EQ(told(with_rule("outbound_to_lookalike")), "");
  policy::Policy policy;
  for (const char* code : {"fake_reply", "evidence_duplicate", "message_missing", "inbox_rule_hides"}) policy.severity[code] = {};
  EXPECT_EQ(told(policy), "");
}

TEST(PolicyEffect, ABoundOfNothingIsADoubt) {
  policy::Policy policy;
  policy.gateway.max_message_bytes = 1;
  policy.gateway.budget_ms = 1;
  EXPECT_EQ(told(policy), "");
  policy.gateway.max_message_bytes = 0;
  policy.gateway.budget_ms = 0;
  EXPECT_EQ(told(policy),
            "/gateway/max_message_bytes: 0 leaves nothing of a message to judge\n"
            "/gateway/budget_ms: 0 leaves nothing of a message to judge\n");
}

TEST(PolicyEffect, APersonWithoutANameIsADoubt) {
  policy::Policy policy;
  policy.own.people = {{.name = "Ann", .addresses = {}, .role = {}}, {.name = " ", .addresses = {}, .role = {}}};
  policy.watch_people = {{.name = "", .addresses = {"a@b.example"}, .role = {}}};
  EXPECT_EQ(told(policy), "/own/people/1/name: empty\n/watch/people/0/name: empty\n");
}

TEST(PolicyEffect, ACodeASlipBesideAKnownOneIsAnError) {
  EXPECT_EQ(told(with_rule("lookalike_domian")),
            "refused: /gateway/rules/0/code: no such code: \"lookalike_domian\" | did you mean \"lookalike_domain\"?");
  policy::Policy policy;
  policy.severity["fake_replies"] = Severity::low;  // three edits: not told from a code of a later version
  EXPECT_EQ(told(policy), "/severity/fake_replies: no such code: \"fake_replies\"\n");
  policy.severity["fake_repply"] = Severity::low;
  EXPECT_EQ(told(policy), "refused: /severity/fake_repply: no such code: \"fake_repply\" | did you mean \"fake_reply\"?");
}

TEST(PolicyEffect, AnUnknownCodeIsADoubtForALaterVersionMayHaveIt) {
  EXPECT_EQ(told(with_rule("no_such_code")), "/gateway/rules/0/code: no such code: \"no_such_code\"\n");
  EXPECT_EQ(told(with_rule("evidence_limit")), "/gateway/rules/0/code: no such code: \"evidence_limit\"\n")
      << "no verdict of one message has it";
}

TEST(PolicyEffect, NoTwoCodesAreASlipApart) {
  std::vector<std::string_view> codes;
  for (const timeline::Entry& entry : timeline::all_words())
    if (entry.key.starts_with("title.")) codes.push_back(entry.key.substr(6));
  for (const std::string_view code : codes) {
    auto others = codes;
    std::erase(others, code);
    const auto near = policy::nearest_word(code, others);
    EXPECT_TRUE(!near || near->edits > 2) << code << " " << near->word;
  }
}

TEST(PolicyEffect, AnAccountIsReadInEachNotation) {
  for (const char* value : {"FR76 3000 6000 0112 3456 7890 189", "DE89370400440532013000", "30006 00001 12345678901 89"})
    EXPECT_EQ(told(with_account(value)), "") << value;
}

TEST(PolicyEffect, AnIbanThatIsNoneIsAnError) {
  for (const char* value : {"FR00 123", "FR76 3000 6000 0112 3456 7890 188", "DE89 3704 0044 0532 0130 0"})
    EXPECT_EQ(told(with_account(value)).substr(0, 50), "refused: /counterparties/0/accounts/0/value: not a") << value;
}

TEST(PolicyEffect, AnAccountInNoKnownNotationIsADoubt) {
  EXPECT_EQ(told(with_account("X1")),
            "/counterparties/0/accounts/0/value: not an account, or its check digits are wrong: \"X1\"\n");
}

TEST(PolicyEffect, ADomainOfManyIsNobodysSide) {
  policy::Policy policy;
  policy.own.domains = {"firm.example", "nodot", "gmail.com"};
  EXPECT_EQ(told(policy), "/own/domains/1: \"nodot\" has one label\n/own/domains/2: gmail.com is shared by many organisations\n");
}

}  // namespace
}  // namespace threadline::pipeline
