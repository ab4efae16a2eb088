// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/combine.h"
#include "findings/scene.h"

namespace threadline::findings {
namespace {

Finding one(std::string_view code, Severity severity) {
  Finding finding;
  finding.code = code;
  finding.severity = severity;
  return finding;
}

TEST(Combine, ALookalikeAndAChangedAccountAreCriticalTogether) {
  std::vector<Finding> findings = {one("lookalike_domain", Severity::high), one("bank_account_changed", Severity::medium)};
  combine(findings);
  EXPECT_EQ(scene::all_fired(findings), "bank_account_changed:critical lookalike_domain:critical");
}

TEST(Combine, NamesKnownApartForMonthsSayNothingAboutAChange) {
  std::vector<Finding> findings = {one("lookalike_domain", Severity::low), one("bank_account_changed", Severity::medium)};
  findings.front().evidence.set("known_apart", true);
  combine(findings);
  EXPECT_EQ(scene::all_fired(findings), "bank_account_changed:medium lookalike_domain:low");
}

TEST(Combine, AForwardedLookalikeIsCriticalWithTheAccountThatItPresentsItself) {
  std::vector<Finding> own = {one("lookalike_domain", Severity::high), one("bank_account_changed", Severity::critical)};
  own.front().subject = "supp1ier.example";
  own.front().evidence.set("field", "forwarded_from");
  std::vector<Finding> others = own;
  own.back().evidence.set("of_lookalike", "supp1ier.example");
  combine(own);
  combine(others);
  EXPECT_EQ(scene::all_fired(own), "bank_account_changed:critical lookalike_domain:critical");
  EXPECT_EQ(scene::all_fired(others), "bank_account_changed:critical lookalike_domain:high");
}

TEST(Combine, AChangedAccountIsAnOrdinaryOneByTheSameRouteOnly) {
  std::vector<Finding> same = {one("bank_account_changed", Severity::medium)};
  std::vector<Finding> other = {one("bank_account_changed", Severity::medium), one("new_route", Severity::low)};
  combine(same);
  combine(other);
  EXPECT_EQ(scene::all_fired(same), "bank_account_changed:medium");
  EXPECT_EQ(scene::all_fired(other), "bank_account_changed:high new_route:medium");
}

TEST(Combine, PressureFromASpoofedNameIsHigh) {
  std::vector<Finding> findings = {one("payment_pressure", Severity::low), one("display_name_spoof", Severity::medium)};
  combine(findings);
  EXPECT_EQ(scene::fired(findings, "payment_pressure"), "payment_pressure:high");
}

TEST(Combine, APaymentAskedForTodayIsPressureFromAnImitatorOnly) {
  Finding today = one("payment_pressure", Severity::low);
  today.subject = kCourtesy;
  std::vector<Finding> honest = {today}, spoofed = {today, one("display_name_spoof", Severity::medium)};
  combine(honest);
  combine(spoofed);
  EXPECT_EQ(scene::all_fired(honest), "");
  EXPECT_EQ(scene::fired(spoofed, "payment_pressure"), "payment_pressure:high");
}

TEST(Combine, ThePolicyTakesACodeOutOrCapsIt) {
  std::vector<Finding> findings = {one("fake_reply", Severity::low), one("thread_hijack", Severity::critical)};
  policy::Policy policy;
  policy.severity = {{"fake_reply", std::nullopt}, {"thread_hijack", Severity::medium}};
  limit_severities(findings, policy);
  EXPECT_EQ(scene::all_fired(findings), "thread_hijack:medium");
}

}  // namespace
}  // namespace threadline::findings
