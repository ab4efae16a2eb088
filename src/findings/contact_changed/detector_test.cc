// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/limits.h"
#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;
using facts::PhoneKind;

constexpr auto kAnn = "Ann Miller <ann.miller@bigsupplier.example>";
constexpr auto kTwin = "Ann Miller <ann.miller@bigsuppller.example>";
constexpr auto kBob = "Bob Jones <bob@own.example>";
constexpr auto kOld = "+442079460018";
constexpr auto kNew = "+447700900123";

std::string code_of(const std::vector<Finding>& findings) { return fired(findings, "contact_changed"); }

facts::Phone phone(std::string_view number, PhoneKind kind = PhoneKind::phone, std::int32_t block = -1) {
  facts::Phone phone;
  phone.number = phone.as_written = number;
  phone.kind = kind;
  phone.block = block;
  phone.in_signature = true;
  return phone;
}

Mail signed_mail(int number, std::string_view from, std::vector<facts::Phone> phones) {
  Mail mail(number, from, kBob);
  mail.facts.phones = std::move(phones);
  return mail;
}

/// What the second mail of Ann fires after the first.
std::string changed(std::vector<facts::Phone> before, std::vector<facts::Phone> after, std::string_view from = kAnn) {
  Investigation investigation("own.example");
  const Mail first = signed_mail(1, kAnn, std::move(before));
  investigation.judge(first);
  return code_of(investigation.judge(signed_mail(2, from, std::move(after)).answers(first)));
}

TEST(ContactChanged, IsSilentWhereANumberIsKeptOrNoneOrIsAFaxOrIsWrittenInAnotherWay) {
  EXPECT_EQ(changed({phone(kOld)}, {phone(kOld)}), "");
  EXPECT_EQ(changed({phone(kOld)}, {phone(kOld), phone(kNew, PhoneKind::mobile)}), "");
  EXPECT_EQ(changed({phone(kOld)}, {}), "");
  EXPECT_EQ(changed({}, {phone(kNew)}), "");
  EXPECT_EQ(changed({phone(kOld)}, {phone("02079460018")}), "");
  EXPECT_EQ(changed({phone(kOld)}, {phone(kNew, PhoneKind::fax)}), "");
  EXPECT_EQ(changed({phone(kNew, PhoneKind::fax)}, {phone(kOld)}), "");
  facts::Phone in_words = phone(kNew);
  in_words.in_signature = false;
  EXPECT_EQ(changed({phone(kOld)}, {in_words}), "");
}

TEST(ContactChanged, IsSilentForAColleagueAStrangerAListAndAnAutomaticReply) {
  EXPECT_EQ(changed({phone(kOld)}, {phone(kNew)}, "Tom Hill <tom.hill@bigsupplier.example>"), "");
  EXPECT_EQ(changed({phone(kOld)}, {phone(kNew)}, "Eve Stone <eve@elsewhere.example>"), "");
  Investigation investigation("own.example");
  const Mail first = signed_mail(1, kAnn, {phone(kOld)}),
             colleague = signed_mail(2, "Tom Hill <tom@bigsupplier.example>", {phone(kNew)});
  investigation.judge(first);
  investigation.judge(colleague);
  EXPECT_EQ(code_of(investigation.judge(signed_mail(3, kAnn, {phone(kNew)}).answers(first))), "");
  Mail list = signed_mail(4, kAnn, {phone("+442079460099")}), away = list;
  list.facts.is_list = true;
  away.facts.kind = facts::MessageKind::auto_reply;
  EXPECT_EQ(code_of(investigation.judge(list)), "");
  EXPECT_EQ(code_of(investigation.judge(away)), "");
}

TEST(ContactChanged, IsMediumWhereNoneOfThePersonsNumbersIsKept) {
  EXPECT_EQ(changed({phone(kOld)}, {phone("+442079460099")}), "contact_changed:medium");
  EXPECT_EQ(changed({phone(kOld)}, {phone(kNew, PhoneKind::mobile)}), "contact_changed:low");
}

TEST(ContactChanged, IsLowForAMailboxThatSeveralPeopleSign) {
  Investigation investigation("own.example");
  const Mail first = signed_mail(1, "billing@bigsupplier.example", {phone(kOld)});
  investigation.judge(first);
  EXPECT_EQ(code_of(investigation.judge(signed_mail(2, "billing@bigsupplier.example", {phone("+442079460099")}).answers(first))),
            "contact_changed:low");
}

TEST(ContactChanged, TheNumberOfAnImpostorIsComparedWithThoseOfWhomHeImitates) {
  EXPECT_EQ(changed({phone(kOld)}, {phone(kNew, PhoneKind::mobile)}, kTwin), "contact_changed:medium");
  EXPECT_EQ(changed({phone(kOld)}, {phone(kOld)}, kTwin), "");
}

TEST(ContactChanged, TheEarlierNumberMayStandInTheQuotedHistoryAlone) {
  Investigation investigation("own.example");
  const Mail first = signed_mail(1, kAnn, {phone(kOld)});
  Mail fraud = signed_mail(2, kTwin, {phone(kNew), phone(kOld, PhoneKind::phone, 0)});
  const auto findings = investigation.judge(fraud.subject("Re: bill").quotes(first));
  ASSERT_EQ(code_of(findings), "contact_changed:medium");
  EXPECT_EQ(accounts(*finding(findings, "contact_changed"), "before"), kOld);
  EXPECT_EQ(accounts(*finding(findings, "contact_changed"), "after"), kNew);
  EXPECT_EQ(finding(findings, "contact_changed")->because.size(), 2U);
}

TEST(ContactChanged, AColleaguesNumberIsNoChangeHoweverItIsWritten) {
  for (const auto number : {"+442079460099", "02079460099", "2079460099"}) {
    Investigation investigation("own.example");
    investigation.judge(signed_mail(1, kAnn, {phone(kOld)}));
    investigation.judge(signed_mail(2, "Tom Hill <tom@bigsupplier.example>", {phone(number)}));
    EXPECT_EQ(code_of(investigation.judge(signed_mail(3, kAnn, {phone("+442079460099")}))), "") << number;
  }
}

TEST(ContactChanged, AnotherAddressOfThePersonIsFoundByItsName) {
  Investigation investigation("own.example");
  investigation.judge(signed_mail(1, kAnn, {phone(kOld)}));
  EXPECT_EQ(code_of(investigation.judge(signed_mail(2, "Ann Miller <sales@bigsupplier.example>", {phone("+442079460099")}))),
            "contact_changed:low");
  EXPECT_EQ(code_of(investigation.judge(signed_mail(3, "Ann Muller <a.muller@bigsupplier.example>", {phone("+442079460098")}))),
            "");
}

/// What the finding about a mail of Ann's tells after so many of hers, each with another number.
Finding after_numbers(std::uint32_t count) {
  Investigation investigation("own.example");
  for (std::uint32_t at = 0; at < count; ++at)
    investigation.judge(signed_mail(static_cast<int>(at) + 1, kAnn, {phone("+44207946" + std::to_string(1'000 + at))}));
  return *finding(investigation.judge(signed_mail(static_cast<int>(count) + 1, kAnn, {phone(kOld)})), "contact_changed");
}

TEST(Limits, shown_before) {
  const std::uint32_t most = Limits{}.shown_before;
  const Finding all = after_numbers(most), some = after_numbers(most + 1);
  EXPECT_EQ(all.evidence.find("before")->list()->size(), most);
  EXPECT_EQ(all.evidence.find("before_more"), nullptr);
  const auto& shown = *some.evidence.find("before")->list();
  ASSERT_EQ(shown.size(), most);
  EXPECT_EQ(*shown.front().find("value")->text(), "+442079461000");
  EXPECT_EQ(*shown.back().find("value")->text(), "+44207946" + std::to_string(1'000 + most));
  EXPECT_EQ(*some.evidence.find("before_more"), Value(std::int64_t{1}));
  EXPECT_EQ(some.evidence.find("before_limit"), nullptr);
}

TEST(ContactChanged, SaysThatThePersonHasMoreNumbersThanAreKept) {
  const Finding full = after_numbers(Limits{}.known_numbers + 5);
  EXPECT_EQ(*full.evidence.find("before_limit")->text(), "known_numbers");
  EXPECT_EQ(full.evidence.find("before")->list()->size(), Limits{}.shown_before);
}

TEST(ContactChanged, IsHighBesideAChangedAccount) {
  Investigation investigation("own.example");
  Mail first = signed_mail(1, kAnn, {phone(kOld)}), second = signed_mail(2, kAnn, {phone("+442079460099")});
  investigation.judge(first.account(kTrueIban));
  const auto findings = investigation.judge(second.answers(first).account(kFraudIban));
  EXPECT_EQ(code_of(findings), "contact_changed:high");
}

}  // namespace
}  // namespace threadline::findings
