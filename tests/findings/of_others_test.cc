// SPDX-License-Identifier: Apache-2.0
// Accounts that a mail calls the reader's, a payer's or a swindler's: told at most as medium, and never learnt. What a swindler
// writes in the same words stays high.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "facts/bank/account.h"
#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kAnn = "Ann Miller <ann.miller@bigsupplier.example>";
constexpr auto kBob = "Bob Jones <bob@own.example>";
constexpr auto kCustomer = "Cleo Park <cleo@customer.example>";

enum class Speaker { supplier, own };
enum class Kind { seen, excused };
struct Row {
  Speaker speaker;
  Kind kind;
  const char* text;
};
constexpr Row kRows[] = {
#define THREADLINE_MAIL(speaker, kind, language, text) {Speaker::speaker, Kind::kind, text},
#include "findings/account_of_others.def"
#undef THREADLINE_MAIL
};

policy::Policy with_own_account() {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  policy.own.accounts = {{.value = std::string(kGermanIban), .label = {}, .since = {}}};
  return policy;
}

std::string with_account(std::string text, std::string_view iban) {
  std::string spaced;
  for (std::size_t at = 0; at < iban.size(); at += 4) spaced += (at > 0 ? " " : "") + std::string(iban.substr(at, 4));
  return text.replace(text.find('#'), 1, spaced);
}

/// The mail with the accounts that are read in its text.
Mail saying(Mail mail, const std::string& text) {
  mail.subject("Our cooperation").text(text);
  for (facts::Account& account : facts::find_accounts(text, {})) mail.account(std::move(account));
  return mail;
}

Mail first_bill() { return saying(Mail(1, kAnn, kBob), "Please pay to our account IBAN " + std::string(kTrueIban) + "."); }

Mail from_supplier(int number, const std::string& text) { return saying(Mail(number, kAnn, kBob).answers(first_bill()), text); }

std::string changed(const std::vector<Finding>& findings) { return fired(findings, "bank_account_changed"); }

/// An investigation that knows the supplier's account.
Investigation knowing_supplier() {
  Investigation investigation(with_own_account());
  investigation.judge(first_bill());
  return investigation;
}

std::string told(const Row& row) {
  const std::string text = with_account("Hello,\n\n" + std::string(row.text) + "\n\nKind regards\n", kFraudIban);
  Investigation investigation = knowing_supplier();
  if (row.speaker == Speaker::supplier) return changed(investigation.judge(from_supplier(2, text)));
  return fired(investigation.judge(saying(Mail(2, kBob, kCustomer), text)), "outbound_bank_details");
}

std::vector<Row> rows_of(Kind kind) {
  std::vector<Row> rows;
  std::ranges::copy_if(kRows, std::back_inserter(rows), [&](const Row& row) { return row.kind == kind; });
  return rows;
}

TEST(OfOthers, WhatASwindlerWritesInTheSameWordsStaysHigh) {
  for (const Row& row : rows_of(Kind::seen)) EXPECT_TRUE(told(row).ends_with(":high")) << row.text << "\n" << told(row);
}

TEST(OfOthers, SomebodyElsesAccountIsMediumAtMost) {
  for (const Row& row : rows_of(Kind::excused)) EXPECT_FALSE(told(row).ends_with(":high")) << row.text;
}

message::Attachment attached(std::string_view name, std::string_view type) {
  message::Attachment file;
  file.name = name;
  file.type = type;
  return file;
}

constexpr auto kRefund = "The refund goes to # (your account).";
constexpr auto kMedium = "bank_account_changed:medium", kHigh = "bank_account_changed:high";

std::string refund() { return with_account(kRefund, kFraudIban); }

TEST(OfOthers, IsNotLearnt) {
  Investigation investigation = knowing_supplier();
  EXPECT_EQ(changed(investigation.judge(from_supplier(2, refund()))), kMedium);
  EXPECT_EQ(changed(investigation.judge(from_supplier(3, with_account("Please pay to #.", kFraudIban)))), kHigh);
  EXPECT_EQ(changed(investigation.judge(from_supplier(4, refund()))), kHigh) << "in doubt by now";
}

TEST(OfOthers, WhatPresentsItAgainIsBelieved) {
  Investigation investigation = knowing_supplier();
  Mail attached = from_supplier(2, refund());
  facts::Account bill = iban(kFraudIban);
  bill.where = "attachment", bill.attachment = "invoice.pdf";
  EXPECT_EQ(changed(investigation.judge(attached.account(bill))), kHigh);
  investigation = knowing_supplier();
  EXPECT_EQ(changed(investigation.judge(from_supplier(2, refund() + "\nIBAN: " + std::string(kFraudIban)))), kHigh);
  investigation = knowing_supplier();
  EXPECT_EQ(changed(investigation.judge(from_supplier(2, refund() + "\n" + refund()))), kHigh);
  investigation = knowing_supplier();
  EXPECT_EQ(changed(investigation.judge(from_supplier(2, refund()).request("payment", "..."))), kHigh);
  investigation = knowing_supplier();
  EXPECT_EQ(changed(investigation.judge(from_supplier(2, refund()).subject("Payment of invoice 100"))), kHigh);
}

TEST(OfOthers, WhatMayAskElsewhereEndsTheExcuse) {
  const auto told_with = [](auto change) {
    Investigation investigation = knowing_supplier();
    Mail mail = from_supplier(2, refund());
    change(mail.facts);
    return changed(investigation.judge(mail));
  };
  EXPECT_EQ(told_with([](facts::Facts& facts) { facts.attachments = {attached("logo.png", "image/png")}; }), kMedium);
  EXPECT_EQ(told_with([](facts::Facts& facts) { facts.attachments = {attached("note.txt", "text/plain")}; }), kHigh);
  EXPECT_EQ(told_with([](facts::Facts& facts) { facts.notes.push_back({.code = "bodies_differ", .text = {}, .span = {}}); }),
            kHigh);
  EXPECT_EQ(told_with([](facts::Facts& facts) { facts.accounts.front().hidden_how = "words"; }), kHigh);
  facts::QuotedBlock unknown;
  unknown.text = "Please pay there.";
  EXPECT_EQ(told_with([&](facts::Facts& facts) { facts.conversation.quoted.push_back(unknown); }), kHigh);
}

TEST(OfOthers, AnImpostorsWordExcusesNothing) {
  Investigation investigation = knowing_supplier();
  const auto findings = investigation.judge(saying(Mail(2, "Ann Miller <ann.miller@bigsuppIier.example>", kBob), refund()));
  EXPECT_EQ(changed(findings), "bank_account_changed:critical");
}

TEST(OfOthers, AnotherSuppliersAccountIsNotTheReaders) {
  Investigation investigation = knowing_supplier();
  investigation.judge(saying(Mail(2, "Cy Fox <cy@other.example>", kBob), with_account("Our account is #.", kFraudIban)));
  EXPECT_EQ(changed(investigation.judge(from_supplier(3, refund()))), kHigh);
}

}  // namespace
}  // namespace threadline::findings
