// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kAnn = "Ann Miller <ann.miller@bigsupplier.example>";
constexpr auto kBob = "Bob Jones <bob@own.example>";

std::string code_of(const std::vector<Finding>& findings) { return fired(findings, "bank_account_changed"); }

TEST(BankAccountChanged, IsSilentForTheSameAccountThePayersAndTheQuotedOne) {
  Investigation investigation("own.example");
  Mail bill(1, kAnn, kBob), again(2, kAnn, kBob), paid(3, kBob, kAnn), masked(4, kAnn, kBob);
  EXPECT_EQ(code_of(investigation.judge(bill.account(kTrueIban))), "");
  EXPECT_EQ(code_of(investigation.judge(again.answers(bill).quotes(bill).account(kTrueIban))), "");
  facts::Account ours = iban(kGermanIban);
  ours.role = facts::AccountRole::paying;
  EXPECT_EQ(code_of(investigation.judge(paid.answers(again).account(ours).account(kTrueIban).quotes(bill))), "");
  facts::Account stars = iban("FR76****189");
  stars.masked = true;
  EXPECT_EQ(code_of(investigation.judge(masked.answers(bill).account(stars))), "");
}

TEST(BankAccountChanged, IsSilentWhenAllAccountsWereKnownAndFiresForTheOneThatWasNot) {
  Investigation investigation("own.example");
  Mail two(1, kAnn, kBob), one(2, kAnn, kBob), third(3, kAnn, kBob);
  EXPECT_EQ(code_of(investigation.judge(two.account(kTrueIban).account(kGermanIban))), "");
  EXPECT_EQ(code_of(investigation.judge(one.answers(two).account(kGermanIban))), "");
  const auto findings = investigation.judge(third.answers(two).account(kGermanIban).account(kFraudIban));
  EXPECT_EQ(code_of(findings), "bank_account_changed:high");
  EXPECT_EQ(accounts(*finding(findings, "bank_account_changed"), "after"), kFraudIban);
}

/// explain.md: an account names the side of its writer and the one it is presented for; what is unknown is null.
TEST(BankAccountChanged, TheAccountsAreThoseOfExplain) {
  Investigation investigation("own.example");
  Mail bill(1, kAnn, kBob), other(2, kAnn, kBob);
  EXPECT_EQ(code_of(investigation.judge(bill.account(kTrueIban))), "");
  const auto findings = investigation.judge(other.answers(bill).account(kFraudIban));
  for (const char* when : {"before", "after"}) {
    const Value& account = finding(findings, "bank_account_changed")->evidence.find(when)->list()->front();
    for (const char* key : {"kind", "value", "country", "valid", "masked", "hidden", "as_written", "level", "where"})
      EXPECT_FALSE(account.find(key) == nullptr || account.find(key)->is_null()) << when << " " << key;
    for (const char* key : {"bank_code", "bank_name", "bic", "holder", "attachment"})
      EXPECT_TRUE(account.find(key)->is_null()) << key;
    EXPECT_EQ(account.text_at("side"), when == std::string_view("after") ? "domain:bigsupplier.example" : "") << when;
    EXPECT_EQ(account.text_at("presented_for"), "domain:bigsupplier.example") << when;
    EXPECT_FALSE(account.text_at("message").empty() || account.text_at("source").empty()) << when;
    EXPECT_NE(account.find("since"), nullptr);
  }
}

TEST(BankAccountChanged, IsMediumWhereTheEarlierAccountIsFromMemoryAloneAndTheCountryIsTheSame) {
  Investigation investigation("own.example");
  Mail old(1, kAnn, kBob), next(2, kAnn, kBob), abroad(3, kAnn, kBob);
  investigation.judge(old.account(kTrueIban));
  EXPECT_EQ(code_of(investigation.judge(next.subject("Another bill").account(kFraudIban))), "bank_account_changed:medium");
  EXPECT_EQ(code_of(investigation.judge(abroad.subject("A third bill").account(kGermanIban))), "bank_account_changed:high");
}

TEST(BankAccountChanged, IsHighInAMailThatAnOutsiderAttached) {
  const auto carried_by = [](std::string_view carrier) {
    Investigation investigation("own.example");
    Mail old(1, kAnn, kBob), attached(2, kAnn, kBob);
    investigation.judge(old.account(kTrueIban));
    attached.facts.carried_by = {{.sender = std::string(carrier), .known_at = {}}};
    return code_of(investigation.judge(attached.subject("Another bill").account(kFraudIban)));
  };
  EXPECT_EQ(carried_by("ann@elsewhere.example"), "bank_account_changed:high");
  EXPECT_EQ(carried_by("bob@own.example"), "bank_account_changed:medium") << "a colleague's report";
}

TEST(BankAccountChanged, ComparesWithThePolicysLedger) {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  policy.counterparties = {{.name = "Big Supplier",
                            .domains = {"bigsupplier.example"},
                            .addresses = {},
                            .people = {},
                            .accounts = {{.value = "FR76 3000 6000 0112 3456 7890 189", .label = {}, .since = "2024-01-31"}}}};
  Investigation investigation(policy);
  Mail known(1, kAnn, kBob), changed(2, kAnn, kBob), twin(3, "Ann Miller <ann.miller@bigsuppller.example>", kBob);
  EXPECT_EQ(code_of(investigation.judge(known.account(kTrueIban))), "");
  EXPECT_EQ(code_of(investigation.judge(changed.account(kGermanIban))), "bank_account_changed:high");
  EXPECT_EQ(code_of(investigation.judge(twin.account(kFraudIban))), "bank_account_changed:critical");
}

TEST(BankAccountChanged, ADisputedAccountFiresAgainFromTheTrueAddress) {
  Investigation investigation("own.example");
  Mail bill(1, kAnn, kBob), stolen(2, kAnn, kBob), again(3, kAnn, kBob), honest(4, kAnn, kBob);
  investigation.judge(bill.account(kTrueIban));
  EXPECT_EQ(code_of(investigation.judge(stolen.answers(bill).account(kFraudIban))), "bank_account_changed:high");
  EXPECT_EQ(code_of(investigation.judge(again.answers(stolen).account(kFraudIban))), "bank_account_changed:high");
  EXPECT_EQ(code_of(investigation.judge(honest.answers(bill).account(kTrueIban))), "");
}

TEST(BankAccountChanged, OwnColleaguesWhoPassOnPayeesChangeNothing) {
  Investigation investigation("own.example");
  Mail one(1, kBob, "pay@own.example"), other(2, "Eve Hill <eve@own.example>", "pay@own.example");
  investigation.judge(one.subject("Pay this").account(kTrueIban));
  EXPECT_EQ(code_of(investigation.judge(other.subject("Pay that").account(kGermanIban))), "");
}

TEST(BankAccountChanged, TwoPayeesOfTheOwnSideAreNoChange) {
  const auto ordered = [](const std::string& first, const std::string& second) {
    Investigation investigation("own.example");
    const auto order = [](int number, const std::string& words, std::string_view iban_value) {
      facts::Account account = iban(iban_value);
      account.role = facts::AccountRole::receiving;
      return Mail(number, "Bob Jones <bob@own.example>", "desk@bank.example")
          .text(words + std::string(iban_value))
          .account(account);
    };
    investigation.judge(order(1, first, kFraudIban));
    return fired(investigation.judge(order(2, second, kGermanIban)), "bank_account_changed");
  };
  EXPECT_EQ(ordered("Please transfer 1,250 EUR to Birch SL, IBAN ", "Please transfer 800 EUR to Oakhill GmbH, IBAN "), "");
  EXPECT_EQ(ordered("Merci de virer 1 250 EUR \u00e0 Bouleau SARL, IBAN ", "Merci de virer 800 EUR \u00e0 Mme Roy, IBAN "), "");
  EXPECT_EQ(ordered("Please pay our invoice to ", "Please pay our next invoice to "), "bank_account_changed:high");
  EXPECT_EQ(ordered("Please pay our invoice to ", "Please transfer 800 EUR to Own Ltd, IBAN "), "bank_account_changed:high");
}

}  // namespace
}  // namespace threadline::findings
