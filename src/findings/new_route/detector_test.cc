// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;
using Habits = std::vector<facts::Habit>;

const Habits kUsual{{"client", "outlook"},
                    {"operator", "firm.example"},
                    {"network", "192.0.2.0/24"},
                    {"dkim", "firm.example"},
                    {"language", "fr"},
                    {"zone", "120"},
                    {"ids", "x.x@own"},
                    {"fields", "FTSDIVC"},
                    {"boundary", "----=_x_x_x.x"},
                    {"attribution", "header_block fr"}};

/// The usual habits with that kind changed.
Habits with(Habits habits, std::string_view kind, std::string_view value) {
  std::erase_if(habits, [&](const facts::Habit& one) { return one.kind == kind; });
  habits.push_back({std::string(kind), std::string(value)});
  return habits;
}

Habits without(Habits habits, std::string_view kind) {
  std::erase_if(habits, [&](const facts::Habit& one) { return one.kind == kind; });
  return habits;
}

Mail mail(int number, int days, const Habits& habits) {
  Mail mail(number, "Ann <ann@firm.example>", "bob@own.example");
  mail.days_later(days).subject("mail " + std::to_string(number));
  mail.facts.habits = habits;
  return mail;
}

/// `count` mails, one every `days`.
struct Story {
  int count = 12;
  int days = 3;
  Habits habits = kUsual;
};

std::string after(const Story& story, Mail last) {
  Investigation investigation("own.example");
  for (int i = 0; i < story.count; ++i) (void)investigation.judge(mail(i + 1, i * story.days, story.habits));
  return fired(investigation.judge(last.days_later(story.count * story.days)), "new_route");
}

std::string after_usual(const Habits& habits) { return after({}, mail(99, 0, habits)); }

TEST(NewRoute, IsSilentForOneDifferenceAndForWhatIsNotShown) {
  EXPECT_EQ(after_usual(kUsual), "");
  EXPECT_EQ(after_usual(with(kUsual, "client", "gmail")), "");
  EXPECT_EQ(after_usual(with(with(kUsual, "operator", "isp.example"), "network", "203.0.113.0/24")), "") << "one feature";
  EXPECT_EQ(after_usual(without(without(with(kUsual, "client", "gmail"), "zone"), "language")), "");
  EXPECT_EQ(after_usual({}), "");
}

TEST(NewRoute, IsLowForTwoDifferences) {
  EXPECT_EQ(after_usual(with(with(kUsual, "client", "gmail"), "zone", "-300")), "new_route:low");
  EXPECT_EQ(after_usual(with(with(kUsual, "operator", "isp.example"), "language", "en")), "new_route:low");
  EXPECT_EQ(after_usual(with(with(kUsual, "dkim", "other.example"), "language", "en")), "new_route:low");
}

TEST(NewRoute, AWayInThatShowsNoneOfTheSteadyOnesIsAnother) {
  const Habits tenant = with(with(without(kUsual, "network"), "tenant", "aaaa"), "operator", "microsoft");
  const Habits outside = with(without(without(tenant, "tenant"), "operator"), "network", "203.0.113.0/24");
  EXPECT_EQ(after({.count = 12, .days = 3, .habits = tenant}, mail(99, 0, with(outside, "client", "roundcube"))),
            "new_route:low");
  EXPECT_EQ(after({.count = 12, .days = 3, .habits = tenant}, mail(99, 0, outside)), "") << "one feature";
  EXPECT_EQ(after({.count = 12, .days = 3, .habits = tenant}, mail(99, 0, with(without(outside, "network"), "client", "x"))), "")
      << "it shows no way in";
}

TEST(NewRoute, AWayInThatWasSeenOftenIsHis) {
  const Habits tenant = with(with(without(kUsual, "network"), "tenant", "aaaa"), "operator", "microsoft");
  const Habits invoices = with(without(without(tenant, "tenant"), "operator"), "network", "203.0.113.0/24");
  Investigation investigation("own.example");
  for (int i = 0; i < 15; ++i) (void)investigation.judge(mail(i + 1, i * 3, i % 5 == 4 ? invoices : tenant));
  EXPECT_EQ(fired(investigation.judge(mail(99, 48, with(invoices, "client", "roundcube"))), "new_route"), "");
}

TEST(NewRoute, WhereTheAddressIsRegisteredIsEvidenceAndNoDifferenceOfItsOwn) {
  const auto judged = [](Habits habits) {
    Investigation investigation("own.example");
    for (int i = 0; i < 12; ++i) (void)investigation.judge(mail(i + 1, i * 3, kUsual));
    Mail last = mail(99, 36, habits);
    last.facts.route.submission.origin = {.country = "XK", .as_number = 64'496, .as_name = "Example Net"};
    return investigation.judge(last);
  };
  EXPECT_EQ(fired(judged(with(kUsual, "client", "gmail")), "new_route"), "") << "one feature and another country";
  const auto findings = judged(with(with(kUsual, "client", "gmail"), "zone", "-300"));
  const Finding* found = finding(findings, "new_route");
  ASSERT_NE(found, nullptr);
  const Value* origin = found->evidence.find("origin");
  ASSERT_NE(origin, nullptr);
  EXPECT_EQ(*origin->find("country")->text(), "XK");
}

TEST(NewRoute, SummerTimeIsNoDifference) {
  EXPECT_EQ(after_usual(with(with(kUsual, "client", "gmail"), "zone", "60")), "");
  EXPECT_EQ(after_usual(with(with(kUsual, "client", "gmail"), "zone", "180")), "");
}

TEST(NewRoute, APhoneIsNoDifference) {
  const Habits elsewhere = with(with(kUsual, "client", "ios mail"), "operator", "mobile.example");
  Mail phone = mail(99, 0, elsewhere);
  phone.facts.mobile = true;
  EXPECT_EQ(after({}, phone), "");
  EXPECT_EQ(after({}, mail(99, 0, elsewhere)), "new_route:low");
}

TEST(NewRoute, ANewcomerHasNoHabits) {
  const Habits other = with(with(kUsual, "client", "gmail"), "zone", "-300");
  EXPECT_EQ(after({.count = 9, .days = 3}, mail(99, 0, other)), "") << "nine messages";
  EXPECT_EQ(after({.count = 12, .days = 1}, mail(99, 0, other)), "") << "twelve days";
  EXPECT_EQ(after({.count = 10, .days = 3}, mail(99, 0, other)), "new_route:low");
}

TEST(NewRoute, WhatChangesAllTheTimeIsNoHabit) {
  Investigation investigation("own.example");
  for (int i = 0; i < 12; ++i) {
    const Habits habits =
        with(with(kUsual, "network", "198.51." + std::to_string(i) + ".0/24"), "client", "c" + std::to_string(i));
    (void)investigation.judge(mail(i + 1, i * 3, without(habits, "operator")));
  }
  const Habits other = with(with(kUsual, "network", "203.0.113.0/24"), "client", "gmail");
  EXPECT_EQ(fired(investigation.judge(mail(99, 40, without(other, "operator"))), "new_route"), "");
}

TEST(NewRoute, AHabitThatWasSeenBeforeIsHis) {
  Investigation investigation("own.example");
  const Habits home = with(with(kUsual, "client", "thunderbird"), "operator", "isp.example");
  for (int i = 0; i < 12; ++i) (void)investigation.judge(mail(i + 1, i * 3, i == 4 ? home : kUsual));
  EXPECT_EQ(fired(investigation.judge(mail(99, 40, home)), "new_route"), "");
}

TEST(NewRoute, TheSecondMailOfTheIntruderFiresToo) {
  Investigation investigation("own.example");
  for (int i = 0; i < 12; ++i) (void)investigation.judge(mail(i + 1, i * 3, kUsual));
  const Habits intruder = with(with(kUsual, "client", "gmail"), "zone", "-300");
  EXPECT_EQ(fired(investigation.judge(mail(98, 40, intruder)), "new_route"), "new_route:low");
  EXPECT_EQ(fired(investigation.judge(mail(99, 41, intruder)), "new_route"), "new_route:low");
}

TEST(NewRoute, AnotherTenantIsAnotherNetworkAndTheSameTenantIsNone) {
  const Habits tenant = with(with(kUsual, "tenant", "t1"), "operator", "microsoft");
  const Habits client = with(tenant, "client", "gmail");
  EXPECT_EQ(after({.habits = tenant}, mail(99, 0, with(client, "tenant", "t2"))), "new_route:low");
  EXPECT_EQ(after({.habits = tenant}, mail(99, 0, with(client, "operator", "isp.example"))), "");
}

TEST(NewRoute, AClientThatDoesNotNameItselfShowsInItsShapes) {
  const Habits nameless = without(kUsual, "client");
  const Habits other = with(with(nameless, "ids", "x@host"), "zone", "-300");
  EXPECT_EQ(after({.habits = nameless}, mail(99, 0, other)), "") << "one shape may change";
  EXPECT_EQ(after({.habits = nameless}, mail(99, 0, with(other, "fields", "DFSTIVC"))), "new_route:low");
}

TEST(NewRoute, IsMediumBesideAChangedAccount) {
  Investigation investigation("own.example");
  for (int i = 0; i < 12; ++i) (void)investigation.judge(mail(i + 1, i * 3, kUsual).account(kTrueIban));
  Mail last = mail(99, 40, with(with(kUsual, "client", "gmail"), "zone", "-300"));
  const auto findings = investigation.judge(last.account(kGermanIban));
  EXPECT_EQ(fired(findings, "new_route"), "new_route:medium");
  EXPECT_EQ(fired(findings, "bank_account_changed"), "bank_account_changed:high");
}

TEST(NewRoute, TheEvidenceNamesWhatDiffersFromWhat) {
  Investigation investigation("own.example");
  for (int i = 0; i < 12; ++i) (void)investigation.judge(mail(i + 1, i * 3, kUsual));
  const auto findings = investigation.judge(mail(99, 40, with(with(kUsual, "client", "gmail"), "zone", "-300")));
  const Finding* found = finding(findings, "new_route");
  ASSERT_NE(found, nullptr);
  const auto& differences = *found->evidence.find("differences")->list();
  ASSERT_EQ(differences.size(), 2U);
  EXPECT_EQ(*differences[0].find("what")->text(), "client");
  EXPECT_EQ(*differences[0].find("before")->list()->front().text(), "outlook");
  EXPECT_EQ(*differences[0].find("after")->list()->front().text(), "gmail");
  EXPECT_EQ(*differences[1].find("what")->text(), "zone");
}

}  // namespace
}  // namespace threadline::findings
