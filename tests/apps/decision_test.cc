// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/decision.h"

#include <gtest/gtest.h>

#include "apps/gateway/message_failure.h"

namespace threadline::gateway {
namespace {

using findings::Direction;
using findings::Finding;

Finding found(std::string_view code, Severity severity) {
  Finding finding;
  finding.code = code;
  finding.severity = severity;
  return finding;
}

policy::GatewayRule rule(std::string direction, std::string code, Severity from, std::string action) {
  return {.direction = std::move(direction), .code = std::move(code), .min_severity = from, .action = std::move(action)};
}

policy::Gateway with(std::vector<policy::GatewayRule> rules) {
  policy::Gateway policy;
  policy.rules = std::move(rules);
  return policy;
}

struct Asked {
  const char* name;
  policy::Gateway policy;
  Direction direction;
  std::vector<Finding> findings;
  Action answer;
};

const Finding kToLookalike = found("outbound_to_lookalike", Severity::critical);
const Finding kLookalike = found("lookalike_domain", Severity::high);

const Asked kAsked[] = {
    {"nothing found outbound", {}, Direction::outbound, {}, Action::accept},
    {"nothing found inbound", {}, Direction::inbound, {}, Action::accept},
    {"default: outbound high is logged only", {}, Direction::outbound, {kLookalike}, Action::accept},
    {"default: outbound critical is held", {}, Direction::outbound, {kLookalike, kToLookalike}, Action::hold},
    {"default: mail among colleagues is from the own side", {}, Direction::internal, {kToLookalike}, Action::hold},
    {"default: inbound is tagged", {}, Direction::inbound, {kLookalike}, Action::tag},
    {"default: inbound critical is tagged", {}, Direction::inbound, {kToLookalike}, Action::tag},
    {"default: what is ordinary business is not tagged",
     {},
     Direction::inbound,
     {found("fake_reply", Severity::low)},
     Action::accept},
    {"a rule of the other direction says nothing",
     with({rule("inbound", "", Severity::info, "reject")}),
     Direction::outbound,
     {kLookalike},
     Action::accept},
    {"a rule of the other direction leaves the default",
     with({rule("inbound", "", Severity::info, "reject")}),
     Direction::outbound,
     {kToLookalike},
     Action::hold},
    {"a rule without a direction is for both",
     with({rule("any", "", Severity::high, "reject")}),
     Direction::outbound,
     {kLookalike},
     Action::reject},
    {"at the severity of the rule",
     with({rule("outbound", "", Severity::high, "tempfail")}),
     Direction::outbound,
     {kLookalike},
     Action::tempfail},
    {"one below the severity of the rule",
     with({rule("outbound", "", Severity::critical, "tempfail")}),
     Direction::outbound,
     {kLookalike},
     Action::accept},
    {"a rule of another code says nothing",
     with({rule("outbound", "new_route", Severity::info, "reject")}),
     Direction::outbound,
     {kLookalike},
     Action::accept},
    {"an escalating list, in whichever order",
     with({rule("outbound", "", Severity::high, "tag"), rule("outbound", "", Severity::critical, "reject")}),
     Direction::outbound,
     {kToLookalike},
     Action::reject},
    {"an exception by its code",
     with({rule("outbound", "", Severity::high, "hold"), rule("outbound", "lookalike_domain", Severity::info, "accept")}),
     Direction::outbound,
     {kLookalike},
     Action::accept},
    {"a direction says more than any",
     with({rule("any", "", Severity::high, "reject"), rule("outbound", "", Severity::high, "hold")}),
     Direction::outbound,
     {kLookalike},
     Action::hold},
    {"of two equal rules the earlier",
     with({rule("any", "", Severity::high, "tag"), rule("any", "", Severity::high, "reject")}),
     Direction::inbound,
     {kLookalike},
     Action::tag},
    {"the strongest of all findings",
     with({rule("any", "lookalike_domain", Severity::high, "reject")}),
     Direction::outbound,
     {kToLookalike, kLookalike},
     Action::reject},
};

TEST(Decision, IsTheStrongestOfWhatTheRulesSayToTheFindings) {
  for (const Asked& asked : kAsked)
    EXPECT_EQ(name_of(decide(asked.policy, asked.direction, asked.findings, Failure::none).action), name_of(asked.answer))
        << asked.name;
}

TEST(Decision, NamesTheFindingThatDecided) {
  EXPECT_EQ(decide({}, Direction::outbound, std::vector{kLookalike, kToLookalike}, Failure::none).code, "outbound_to_lookalike");
  EXPECT_EQ(decide({}, Direction::outbound, std::vector{kLookalike}, Failure::none).code, "");
}

TEST(Decision, AFailureIsAcceptedAndInboundTagged) {
  for (const Failure failure : {Failure::internal, Failure::limit, Failure::memory}) {
    EXPECT_EQ(decide({}, Direction::outbound, {}, failure).action, Action::accept);
    EXPECT_EQ(decide({}, Direction::inbound, {}, failure).action, Action::tag);
  }
}

TEST(Decision, EachFailureHasTheActionThatThePolicySays) {
  policy::Gateway policy;
  policy.on_internal = "tempfail";
  policy.on_limit = "hold";
  policy.on_memory = "accept";
  EXPECT_EQ(decide(policy, Direction::inbound, {}, Failure::internal).action, Action::tempfail);
  EXPECT_EQ(decide(policy, Direction::outbound, {}, Failure::limit).action, Action::hold);
  EXPECT_EQ(decide(policy, Direction::inbound, {}, Failure::memory).action, Action::accept);
}

TEST(Decision, WhatWasFoundCountsBesideAFailure) {
  const Decision decision = decide({}, Direction::outbound, std::vector{kToLookalike}, Failure::limit);
  EXPECT_EQ(decision.action, Action::hold);
  EXPECT_EQ(decision.failure, Failure::limit);
}

TEST(Decision, ADryRunAcceptsAndTellsWhatItWouldHaveDone) {
  policy::Gateway policy;
  policy.dry_run = true;
  policy.on_internal = "tempfail";
  const Decision decision = decide(policy, Direction::outbound, std::vector{kToLookalike}, Failure::internal);
  EXPECT_EQ(decision.action, Action::accept);
  EXPECT_EQ(decision.would, Action::hold);
}

TEST(Decision, SaysNothingToAnAccountThatIsItselfUnderSuspicion) {
  EXPECT_TRUE(decide({}, Direction::outbound, std::vector{found("outbound_auto_forward", Severity::high)}, Failure::none).quiet);
  EXPECT_FALSE(decide({}, Direction::outbound, std::vector{kToLookalike}, Failure::none).quiet);
  EXPECT_FALSE(decide({}, Direction::inbound, std::vector{found("new_route", Severity::medium)}, Failure::none).quiet);
}

TEST(Failure, TooLongAndTooMuchAreLimitsAndACrashIsNot) {
  EXPECT_EQ(failure_of("worker_timeout"), Failure::limit);
  EXPECT_EQ(failure_of("worker_memory"), Failure::limit);
  EXPECT_EQ(failure_of("limit"), Failure::limit);
  EXPECT_EQ(failure_of("worker_crashed"), Failure::internal);
  EXPECT_EQ(failure_of("empty"), Failure::internal);
}

TEST(Failure, ALimitIsOneWhereverTheReadingReachedIt) {
  const auto failure_with = [](const char* code, auto place) {
    auto facts = std::make_shared<facts::Facts>();
    place(*facts).push_back({code, "some_limit", {}});
    pipeline::Run run;
    run.judged.push_back({.facts = facts, .findings = {}, .presented = {}, .notes = {}, .originals = {}});
    return message_of(run).failure;
  };
  const auto of_message = [](facts::Facts & facts) -> auto& { return facts.notes; };
  const auto of_quotes = [](facts::Facts & facts) -> auto& { return facts.conversation.notes; };
  const auto of_route = [](facts::Facts & facts) -> auto& { return facts.route.notes; };
  EXPECT_EQ(failure_with("limit", of_message), Failure::limit);
  EXPECT_EQ(failure_with("limit", of_quotes), Failure::limit);
  EXPECT_EQ(failure_with("limit", of_route), Failure::limit);
  EXPECT_EQ(failure_with("bodies_differ", of_quotes), Failure::none);
}

TEST(Failure, TheBudgetOfThePolicyLeavesTimeBesideThePrograms) {
  policy::Gateway policy;
  policy.budget_ms = 2'000;
  policy.max_message_bytes = 1'000;
  Limits limits;
  take_limits(policy, limits);
  EXPECT_EQ(limits.budget_ms, 2'000U);
  EXPECT_LT(limits.programs_ms, limits.budget_ms);
  EXPECT_LE(limits.program_ms, limits.programs_ms);
  EXPECT_EQ(limits.message_bytes, 1'000U);
}

}  // namespace
}  // namespace threadline::gateway
