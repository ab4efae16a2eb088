// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

constexpr auto kAnn = "Ann Miller <ann.miller@bigsupplier.example>";
constexpr auto kBob = "Bob Jones <bob@own.example>";

std::string code_of(const std::vector<Finding>& findings) { return fired(findings, "copies_differ"); }

message::Attachment document(std::string_view name, std::string_view sha256, std::string_view type = "application/pdf") {
  return {
      .name = std::string(name), .type = std::string(type), .size = 9, .sha256 = std::string(sha256), .part = "2", .note = {}};
}

/// A copy of the first mail with other bytes.
Mail copy_of(const Mail& mail) {
  Mail copy = mail;
  copy.facts.sha256 += "'";
  copy.facts.source = "copy.eml";
  return copy;
}

std::string judged(const Mail& first, const Mail& second) {
  Investigation investigation("own.example");
  investigation.judge(first);
  return code_of(investigation.judge(second));
}

Mail bill() { return Mail(1, kAnn, kBob).text("please pay"); }

Mail with(Mail mail, std::vector<message::Attachment> attachments) {
  mail.facts.attachments = std::move(attachments);
  return mail;
}

TEST(CopiesDiffer, IsSilentForWhatListsGatewaysAndExportsDoToACopy) {
  const Mail first = with(bill().account(kTrueIban), {document("bill.pdf", "a"), document("terms.pdf", "b")});
  Mail footer = copy_of(first), cut = copy_of(with(bill(), {})), stripped = copy_of(first), renamed = copy_of(first),
       calendar = copy_of(first);
  footer.text("please pay\n_____\nlist footer");
  cut.facts.accounts.clear();
  stripped.facts.attachments.pop_back();
  renamed.facts.attachments.front().name = "bill (1).pdf";
  calendar.facts.attachments.push_back(document("invite.ics", "c", "text/calendar"));
  EXPECT_EQ(judged(first, footer), "");
  EXPECT_EQ(judged(first, cut), "");
  EXPECT_EQ(judged(first, stripped), "");
  EXPECT_EQ(judged(first, renamed), "");
  EXPECT_EQ(judged(first, calendar), "");
  EXPECT_EQ(
      judged(with(bill(), {document("a.png", "x", "image/png")}), copy_of(with(bill(), {document("a.png", "y", "image/png")}))),
      "");
}

TEST(CopiesDiffer, IsSilentForAProgramThatGivesAllItsMailsOneId) {
  Mail other = copy_of(bill().subject("Another bill")).days_later(30).account(kGermanIban);
  EXPECT_EQ(judged(bill().account(kTrueIban), other), "");
}

TEST(CopiesDiffer, IsSilentForADetachedAttachment) {
  Mail detached = copy_of(with(bill(), {document("bill.pdf", "stub")}));
  detached.facts.attachments.front().note = "detached";
  EXPECT_EQ(judged(with(bill(), {document("bill.pdf", "a")}), detached), "");
}

TEST(CopiesDiffer, IsHighWhereTheCopyHasAnotherAccountOrAnotherDocument) {
  Investigation investigation("own.example");
  investigation.judge(bill().account(kTrueIban));
  const auto findings = investigation.judge(copy_of(bill()).account(kFraudIban));
  ASSERT_EQ(code_of(findings), "copies_differ:high");
  EXPECT_EQ(evidence(*finding(findings, "copies_differ"), "message_id"), "<1@mail.example>");
  EXPECT_EQ(judged(with(bill(), {document("bill.pdf", "a")}), copy_of(with(bill(), {document("bill.pdf", "b")}))),
            "copies_differ:high");
  EXPECT_EQ(judged(with(bill(), {document("bill.pdf", "a")}), copy_of(with(bill(), {document("bill-2.pdf", "b")}))),
            "copies_differ:high");
}

Mail invoice(int number, std::string_view from, std::string_view iban) {
  Mail mail(number, from, kBob);
  mail.subject("Invoice F-2018-042 (" + std::to_string(number) + ")").account(iban);
  mail.facts.invoices = {
      {.number = "F2018042", .as_written = "F-2018-042", .block = -1, .where = "subject", .span = {.part = "header"}}};
  return mail;
}

TEST(CopiesDiffer, IsSilentForAReminderAndForAnotherSidesSameNumber) {
  EXPECT_EQ(judged(invoice(1, kAnn, kTrueIban), invoice(2, kAnn, kTrueIban)), "");
  EXPECT_EQ(judged(invoice(1, kAnn, kTrueIban), invoice(2, "Eve Stone <eve@elsewhere.example>", kGermanIban)), "");
  EXPECT_EQ(judged(invoice(1, kBob, kTrueIban), invoice(2, "Tom Hill <tom@own.example>", kGermanIban)), "");
  Mail other_number = invoice(2, kAnn, kGermanIban);
  other_number.facts.invoices.front().number = "F2018043";
  EXPECT_EQ(judged(invoice(1, kAnn, kTrueIban), other_number), "");
}

TEST(CopiesDiffer, IsHighWhereOneInvoiceHasTwoAccounts) {
  EXPECT_EQ(judged(invoice(1, kAnn, kTrueIban), invoice(2, kAnn, kFraudIban)), "copies_differ:high");
  EXPECT_EQ(judged(invoice(1, kAnn, kTrueIban), invoice(2, "Ann Miller <ann.miller@bigsuppller.example>", kFraudIban)),
            "copies_differ:high");
}

TEST(CopiesDiffer, IsLowWhereTheSideHadBothAccountsBefore) {
  Investigation investigation("own.example");
  investigation.judge(bill().account(kTrueIban).account(kGermanIban));
  investigation.judge(invoice(2, kAnn, kTrueIban));
  EXPECT_EQ(code_of(investigation.judge(invoice(3, kAnn, kGermanIban))), "copies_differ:low");
}

/// A mail with a document that shows accounts in these ways, each "medium IBAN", and in files inside of it.
Mail showing(const std::vector<std::pair<std::string, std::string_view>>& accounts) {
  Mail mail = bill();
  mail.facts.documents = {{.part = "2", .name = "bill.pdf", .kind = "pdf", .properties = {}},
                          {.part = "2!factur-x.xml", .name = "bill.pdf!factur-x.xml", .kind = "xml", .properties = {}}};
  for (const auto& [medium, iban] : accounts) {
    mail.account(iban);
    facts::Account& account = mail.facts.accounts.back();
    account.where = "attachment";
    account.attachment = medium == "xml" ? "bill.pdf!factur-x.xml" : "bill.pdf";
    account.medium = medium;
  }
  return mail;
}

std::string judged_alone(const Mail& mail) {
  Investigation investigation("own.example");
  return code_of(investigation.judge(mail));
}

constexpr std::string_view kSwissIban = "CH9300762011623852957";
constexpr std::string_view kSwissQrIban = "CH4431999123000889012";  // the IBAN of SIX's own examples

TEST(CopiesDiffer, IsSilentWhereADocumentShowsOneAccountInEveryWay) {
  EXPECT_EQ(judged_alone(showing({{"text", kTrueIban}, {"xml", kTrueIban}, {"qr", kTrueIban}})), "");
  EXPECT_EQ(judged_alone(showing({{"text", kGermanIban}, {"text", kTrueIban}, {"xml", kTrueIban}})), "");
  EXPECT_EQ(judged_alone(showing({{"text", kTrueIban}})), "");
  EXPECT_EQ(judged_alone(showing({{"text", kSwissIban}, {"qr", kSwissQrIban}})), "");
  EXPECT_EQ(judged_alone(showing({{"text", kTrueIban}, {"picture", kFraudIban}})), "");
}

TEST(CopiesDiffer, IsSilentForAPayersAccountInADirectDebit) {
  Mail mail = showing({{"text", kGermanIban}, {"xml", kTrueIban}});
  mail.facts.accounts.front().role = facts::AccountRole::paying;
  EXPECT_EQ(judged_alone(mail), "");
}

TEST(CopiesDiffer, IsSilentForTwoInvoicesInOneArchive) {
  Mail mail = showing({{"text", kTrueIban}, {"xml", kGermanIban}});
  mail.facts.documents.front() = {.part = "2", .name = "bill.pdf", .kind = "archive", .properties = {}};
  EXPECT_EQ(judged_alone(mail), "");
}

TEST(CopiesDiffer, IsHighWhereADocumentShowsPeopleAnotherAccountThanPrograms) {
  EXPECT_EQ(judged_alone(showing({{"text", kFraudIban}, {"xml", kTrueIban}})), "copies_differ:high");
  EXPECT_EQ(judged_alone(showing({{"text", kTrueIban}, {"qr", kFraudIban}})), "copies_differ:high");
  EXPECT_EQ(judged_alone(showing({{"xml", kTrueIban}, {"qr", kFraudIban}})), "copies_differ:high");
}

TEST(CopiesDiffer, IsHighWhereADocumentShowedAnotherAccountBeforeItWasSavedAgain) {
  Investigation investigation("own.example");
  const auto findings = investigation.judge(showing({{"text", kFraudIban}, {"earlier revision", kTrueIban}}));
  ASSERT_EQ(code_of(findings), "copies_differ:high");
  EXPECT_EQ(evidence(*finding(findings, "copies_differ"), "document"), "bill.pdf");
}

/// A document of an office program that shows the first account and keeps the second as a tracked deletion.
Mail tracked(std::string_view shown, std::string_view deleted) {
  Mail mail = showing({{"text", shown}, {"earlier revision", deleted}});
  mail.facts.documents = {{.part = "2", .name = "bill.pdf", .kind = "docx", .properties = {}}};
  return mail;
}

TEST(CopiesDiffer, IsSilentForATrackedDeletionInWhatIsNoInvoice) {
  EXPECT_EQ(judged_alone(tracked(kFraudIban, kTrueIban)), "");
  Mail mail = tracked(kFraudIban, kTrueIban);
  mail.facts.invoices = {
      {.number = "F2018042", .as_written = "F-2018-042", .block = -1, .where = "attachment", .span = {.part = "2"}}};
  EXPECT_EQ(judged_alone(mail), "copies_differ:high");
}

TEST(CopiesDiffer, IsLowWhereTheAccountThatIsShownNowWasKnownBefore) {
  const auto judged_after = [](const Mail& first, const Mail& second) {
    Investigation investigation("own.example");
    investigation.judge(first);
    return code_of(investigation.judge(second));
  };
  EXPECT_EQ(judged_after(showing({{"text", kTrueIban}}), showing({{"text", kTrueIban}, {"earlier revision", kGermanIban}})),
            "copies_differ:low");
  EXPECT_EQ(judged_after(showing({{"text", kTrueIban}}), showing({{"text", kFraudIban}, {"earlier revision", kTrueIban}})),
            "copies_differ:high");
}

/// A mail whose text and whose document each name an invoice and show an account.
Mail invoiced(std::string_view number_in_text, std::string_view iban_in_text, std::string_view iban_in_document) {
  Mail mail = showing({{"text", iban_in_document}});
  mail.account(iban_in_text);
  mail.facts.invoices = {
      {.number = std::string(number_in_text),
       .as_written = std::string(number_in_text),
       .block = -1,
       .where = "body",
       .span = {.part = "1"}},
      {.number = "F2018042", .as_written = "F-2018-042", .block = -1, .where = "attachment", .span = {.part = "2"}}};
  return mail;
}

TEST(CopiesDiffer, IsHighWhereTextAndDocumentShowOneInvoiceWithOtherAccounts) {
  EXPECT_EQ(judged_alone(invoiced("F2018042", kTrueIban, kFraudIban)), "copies_differ:high");
  EXPECT_EQ(judged_alone(invoiced("F2018042", kTrueIban, kTrueIban)), "");
  EXPECT_EQ(judged_alone(invoiced("F2018043", kTrueIban, kFraudIban)), "");
}

/// A mail with a QR code for payment in a picture of its own, for an invoice that its text or its PDF names.
Mail with_code_beside(std::string_view where, std::string_view iban, std::string_view number_of_code,
                      std::string_view iban_of_code) {
  Mail mail = bill();
  mail.facts.documents = {{.part = "2", .name = "bill.pdf", .kind = "pdf", .properties = {}},
                          {.part = "3", .name = "qr.png", .kind = "picture", .properties = {}}};
  mail.account(iban);
  if (where == "attachment") {
    mail.facts.accounts.back().where = "attachment";
    mail.facts.accounts.back().attachment = "bill.pdf";
    mail.facts.accounts.back().medium = "text";
  }
  mail.account(iban_of_code);
  mail.facts.accounts.back().where = "attachment";
  mail.facts.accounts.back().attachment = "qr.png";
  mail.facts.accounts.back().medium = "qr";
  const auto named = [&](std::string_view number, std::string_view place, const char* part) {
    mail.facts.invoices.push_back({.number = std::string(number),
                                   .as_written = std::string(number),
                                   .block = -1,
                                   .where = std::string(place),
                                   .span = {.part = part}});
  };
  named("F2026131", where, where == "body" ? "1" : "2");
  named(number_of_code, "attachment", "3");
  return mail;
}

TEST(CopiesDiffer, IsHighWhereAQrCodeBesideAnInvoiceLeadsElsewhere) {
  for (const std::string_view where : {"body", "attachment"}) {
    EXPECT_EQ(judged_alone(with_code_beside(where, kTrueIban, "F2026131", kFraudIban)), "copies_differ:high") << where;
    EXPECT_EQ(judged_alone(with_code_beside(where, kTrueIban, "F2026131", kTrueIban)), "") << where;
    EXPECT_EQ(judged_alone(with_code_beside(where, kTrueIban, "F2026132", kGermanIban)), "") << where;
  }
}

policy::Policy policy_with_both() {
  policy::Policy policy;
  policy.own.domains = {"own.example"};
  policy::Party party{.name = "Big Supplier", .domains = {"bigsupplier.example"}, .addresses = {}, .people = {}, .accounts = {}};
  for (const std::string_view value : {kTrueIban, kGermanIban})
    party.accounts.push_back({.value = std::string(value), .label = {}, .since = {}});
  policy.counterparties = {party};
  return policy;
}

TEST(CopiesDiffer, IsSilentWhereThePolicyHasBothAccountsForThatSide) {
  const auto judged_with = [](const std::vector<Mail>& mails) {
    Investigation investigation(policy_with_both());
    std::string last;
    for (const Mail& mail : mails) last = code_of(investigation.judge(mail));
    return last;
  };
  EXPECT_EQ(judged_with({invoice(1, kAnn, kTrueIban), invoice(2, kAnn, kGermanIban)}), "");
  EXPECT_EQ(judged_with({invoiced("F2018042", kTrueIban, kGermanIban)}), "");
  EXPECT_EQ(judged_with({invoice(1, kAnn, kFraudIban), invoice(2, kAnn, kTrueIban)}), "");
  EXPECT_EQ(judged_with({invoice(1, kAnn, kTrueIban), invoice(2, kAnn, kFraudIban)}), "copies_differ:high");
  EXPECT_EQ(judged_with({invoiced("F2018042", kTrueIban, kFraudIban)}), "copies_differ:high");
}

}  // namespace
}  // namespace threadline::findings
