// SPDX-License-Identifier: Apache-2.0
#include "pipeline/duplicates.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "pipeline/analysis.h"
#include "run_folder.h"

namespace threadline::pipeline {
namespace {

constexpr std::string_view kTrueIban = "FR7630006000011234567890189";
constexpr std::string_view kOtherIban = "FR1420041010050500013M02606";

/// One message under one id, with what stands in its header beside the rest, and a file attached to it.
std::string mail(std::string_view more_header, std::string_view type, std::string_view attached) {
  std::string text =
      "From: A <a@supplier.example>\nTo: B <b@own.example>\nSubject: Invoice\nMessage-ID: <1@supplier.example>\n"
      "Date: Fri, 06 Apr 2018 10:00:00 +0200\n";
  text.append(more_header).append("Content-Type: multipart/mixed; boundary=x\n\n--x\n\nOur invoice is attached.\n");
  if (!attached.empty()) text.append("--x\nContent-Type: ").append(type).append("; name=a.dat\n\n").append(attached);
  return text + "\n--x--\n";
}

std::set<std::string> codes_of(const Run& run) {
  std::set<std::string> codes;
  for (const auto& judged : run.judged) {
    for (const auto& finding : judged.findings) codes.insert(finding.code);
  }
  return codes;
}

/// Each text is a file of the evidence.
Run run_over(std::initializer_list<std::string> texts) {
  const RunFolder folder;
  int number = 0;
  for (const std::string& text : texts) folder.write(std::to_string(++number) + ".eml", text);
  RunSettings settings;
  settings.policy.own.domains = {"own.example"};
  auto run = analyse({folder.path()}, settings);
  EXPECT_TRUE(run);
  return run ? *std::move(run) : Run{};
}

std::string payable_to(std::string_view iban) { return "Please pay to IBAN " + std::string(iban) + "\n"; }

TEST(Duplicates, AnAccountThatWasExchangedInAnAttachedTextMakesTwoMessages) {
  for (const char* type : {"text/plain", "text/csv", "text/html", "text/vcard"}) {
    const auto exchanged = run_over({mail("", type, payable_to(kTrueIban)), mail("", type, payable_to(kOtherIban))});
    EXPECT_EQ(exchanged.judged.size(), 2U) << type;
    EXPECT_TRUE(codes_of(exchanged).contains("copies_differ")) << type;
    const auto same =
        run_over({mail("", type, payable_to(kTrueIban)), mail("X-A: b\n", type, payable_to(kTrueIban) + "\nBye\n")});
    EXPECT_EQ(same.judged.size(), 1U) << type;
    EXPECT_FALSE(codes_of(same).contains("copies_differ")) << type;
  }
}

TEST(Duplicates, WhatOneCopyAloneHoldsIsNotLost) {
  const auto run = run_over({mail("", "", ""), mail("", "text/plain", payable_to(kTrueIban))});
  ASSERT_EQ(run.judged.size(), 1U);
  EXPECT_EQ(run.judged.front().facts->accounts.size(), 1U);
  EXPECT_EQ(run.judged.front().facts->sources.size(), 2U);
}

TEST(Duplicates, ARedirectedCopyTellsOfItsRuleBesideTheOneInTheMailbox) {
  const std::string original = mail("", "", "");
  const std::string outside = "Resent-From: b@own.example\nResent-To: box77@gmail.com\n";
  const std::string inside = "Resent-From: b@own.example\nResent-To: c@own.example\n";
  for (const auto& order : {std::pair(original, mail(outside, "", "")), std::pair(mail(outside, "", ""), original)}) {
    const auto run = run_over({order.first, order.second});
    EXPECT_EQ(run.judged.size(), 1U);
    EXPECT_TRUE(codes_of(run).contains("outbound_auto_forward"));
  }
  EXPECT_FALSE(codes_of(run_over({original, mail(inside, "", "")})).contains("outbound_auto_forward"));
}

TEST(Duplicates, ContentIsAnotherWhereAnAccountInAnAttachedTextIs) {
  const auto content_with = [](std::string_view where, std::string_view iban) {
    facts::Facts facts;
    facts.message_id = "<1@supplier.example>";
    facts::Account account;
    account.kind = "iban", account.value = iban, account.where = where;
    facts.accounts = {account};
    return content_of(facts);
  };
  EXPECT_NE(content_with("attachment", kTrueIban), content_with("attachment", kOtherIban));
  EXPECT_EQ(content_with("body", kTrueIban), content_with("body", kOtherIban)) << "the text is in the identity";
}

}  // namespace
}  // namespace threadline::pipeline
