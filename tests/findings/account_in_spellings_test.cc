// SPDX-License-Identifier: Apache-2.0
// One account in every spelling across a thread is one account: nothing changed. Its twin: another account in the same spellings.
#include <gtest/gtest.h>

#include "facts/account_spellings.h"
#include "facts/bank/account.h"
#include "facts/bank/iban.h"
#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kAnn = "Ann Miller <ann.miller@bigsupplier.example>";
constexpr auto kBob = "Bob Jones <bob@own.example>";

/// The n-th mail of a thread that shows what is read in the text.
Mail showing(int number, const std::string& text, const Mail* before) {
  Mail mail(number, kAnn, kBob);
  mail.text(text);
  for (auto account : facts::find_accounts(text, {})) {
    account.span.part = "1";
    mail.account(std::move(account));
  }
  if (before != nullptr) mail.answers(*before);
  return mail;
}

/// The French account as its RIB, in forms that have no IBAN.
std::vector<std::string> as_rib(const std::string& iban) {
  const auto bank = iban.substr(4, 5), branch = iban.substr(9, 5), account = iban.substr(14, 11), key = iban.substr(25);
  return {"RIB : " + bank + " " + branch + " " + account + " " + key,
          "Code banque\tCode guichet\tN\u00b0 de compte\tCl\u00e9 RIB\n" + bank + "\t" + branch + "\t" + account + "\t" + key,
          "Banque : " + bank + "\nGuichet : " + branch + "\nCompte : " + account + "\nCl\u00e9 : " + key,
          "RIB : " + iban.substr(4)};
}

std::vector<std::string> spellings_of(const std::string& iban) {
  std::vector<std::string> texts;
  for (const auto& way : facts::presentations()) texts.push_back(way.write(iban));
  for (auto& text : as_rib(iban)) texts.push_back(std::move(text));
  texts.push_back("IBAN " + iban.substr(0, 4) + " **** **** **** " + iban.substr(iban.size() - 4));
  return texts;
}

std::string told(Investigation& investigation, const Mail& mail) {
  const auto findings = investigation.judge(mail);
  return fired(findings, "bank_account_changed") + fired(findings, "bank_account_new");
}

TEST(OneAccountInEverySpelling, AcrossAThreadIsOneAccountAndNoChange) {
  Investigation investigation("own.example");
  std::vector<Mail> thread;
  for (const auto& text : spellings_of(std::string(kTrueIban))) {
    const auto number = static_cast<int>(thread.size()) + 1;
    thread.push_back(showing(number, text, thread.empty() ? nullptr : &thread.back()));
    ASSERT_EQ(thread.back().facts.accounts.size(), 1U) << text;
    EXPECT_EQ(told(investigation, thread.back()), number == 1 ? "bank_account_new:info" : "") << text;
  }
  EXPECT_GE(thread.size(), 70U);
}

TEST(OneAccountInEverySpelling, IsNoChangeWhereEachMailQuotesTheLast) {
  Investigation investigation("own.example");
  const auto texts = spellings_of(std::string(kTrueIban));
  std::vector<Mail> thread;
  for (std::size_t i = 0; i < texts.size(); i += 3) {
    Mail mail = showing(static_cast<int>(i) + 1, texts[i], thread.empty() ? nullptr : &thread.back());
    if (!thread.empty()) mail.quotes(thread.back());
    EXPECT_EQ(told(investigation, mail), i == 0 ? "bank_account_new:info" : "") << texts[i];
    thread.push_back(std::move(mail));
  }
}

TEST(OneAccountInEverySpelling, AnotherAccountIsAChangeInEachOfThem) {
  for (const auto& text : spellings_of(std::string(kFraudIban))) {
    if (text.find('*') != text.npos && text.find("**** ****") != text.npos) continue;  // partial: comparable, never new
    Investigation investigation("own.example");
    const Mail first = showing(1, std::string(kTrueIban), nullptr);
    EXPECT_EQ(told(investigation, first), "bank_account_new:info");
    EXPECT_EQ(told(investigation, showing(2, text, &first)), "bank_account_changed:high") << text;
  }
}

}  // namespace
}  // namespace threadline::findings
