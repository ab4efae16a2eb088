// SPDX-License-Identifier: Apache-2.0
#include "facts/attached_documents.h"

#include <gtest/gtest.h>

namespace threadline::facts {
namespace {

using documents::Document;
using documents::Medium;

Facts facts_of(const Document& document, const Limits& limits = {}) {
  Facts facts;
  add_documents({document}, limits, facts);
  return facts;
}

Document invoice(std::string account, std::string number) {
  return {.part = "2",
          .name = "bill.xml",
          .kind = "xml",
          .payees = {{Medium::xml, {}, std::move(account), "COBADEFF", "Firm", std::move(number)}}};
}

TEST(AttachedDocuments, APayeeOfAnInvoiceIsAnAccountToPayTo) {
  const Facts facts = facts_of(invoice("DE89 3704 0044 0532 0130 00", "F-12"));
  ASSERT_EQ(facts.accounts.size(), 1U);
  const Account& account = facts.accounts.front();
  EXPECT_EQ(account.value, "DE89370400440532013000");
  EXPECT_EQ(account.as_written, "DE89 3704 0044 0532 0130 00");
  EXPECT_EQ(account.holder, "Firm");
  EXPECT_EQ(account.medium, "xml");
  EXPECT_EQ(account.attachment, "bill.xml");
  EXPECT_EQ(account.role, AccountRole::receiving);
}

TEST(AttachedDocuments, AnAccountThatFailsItsCheckIsKeptAsWritten) {
  const Facts facts = facts_of(invoice("DE88370400440532013000", "F-12"));
  ASSERT_EQ(facts.accounts.size(), 1U);
  EXPECT_FALSE(facts.accounts.front().valid);
}

TEST(AttachedDocuments, TheNumberOfAnInvoicesFieldIsAnInvoice) {
  const Facts facts = facts_of(invoice("DE89370400440532013000", "F-12/a"));
  ASSERT_EQ(facts.invoices.size(), 1U);
  EXPECT_EQ(facts.invoices.front().number, "F12A");
  EXPECT_EQ(facts.invoices.front().as_written, "F-12/a");
  EXPECT_EQ(facts.invoices.front().span.part, "2");
}

TEST(AttachedDocuments, TwoCharactersAreNoNumberToCompareInvoicesBy) {
  EXPECT_TRUE(facts_of(invoice("DE89370400440532013000", "1/2")).invoices.empty());
}

/// "number@part" of each invoice, where a PDF names INV-4711 and a picture beside it has a QR code for that purpose.
std::string invoices_with_code(std::string purpose) {
  Facts facts;
  const Document bill{.part = "3", .name = "bill.pdf", .kind = "pdf", .texts = {{.content = "Invoice INV-4711"}}};
  const Document code{.part = "2",
                      .name = "qr.png",
                      .kind = "picture",
                      .payees = {{Medium::code, {}, "DE89370400440532013000", {}, "Firm", {}, std::move(purpose)}}};
  add_documents({code, bill}, {}, facts);
  std::string line;
  for (const Invoice& one : facts.invoices) line += one.number + "@" + one.span.part + " ";
  return line;
}

TEST(AttachedDocuments, AQrCodeIsForTheInvoiceThatTheMessageNames) {
  EXPECT_EQ(invoices_with_code("INV-4711"), "INV4711@3 INV4711@2 ");
  EXPECT_EQ(invoices_with_code("client 12345 / inv-4711"), "INV4711@3 INV4711@2 ");
  EXPECT_EQ(invoices_with_code("RF18INV4711"), "INV4711@3 INV4711@2 ");
  EXPECT_EQ(invoices_with_code("Rechnung Nr. 2018/77"), "INV4711@3 201877@2 ");
  EXPECT_EQ(invoices_with_code("12345"), "INV4711@3 ") << "a customer's number";
  EXPECT_EQ(invoices_with_code("INV-47112"), "INV4711@3 INV47112@2 ");
  EXPECT_EQ(invoices_with_code(""), "INV4711@3 ");
}

/// "value(how)" of each account of a document with those texts.
std::string accounts_of(std::vector<documents::DocumentText> texts) {
  std::string line;
  for (const Account& one : facts_of({.part = "2", .name = "bill.pdf", .kind = "pdf", .texts = std::move(texts)}).accounts)
    line += one.value + (one.hidden ? "(" + one.hidden_how + ") " : " ");
  return line;
}

constexpr std::string_view kFirst = "FR7630006000011234567890189", kSecond = "DE89370400440532013000";

/// Both accounts, of which the second is not seen.
documents::DocumentText half_hidden(text::Hiding why) {
  std::string content = "IBAN " + std::string(kFirst) + "\nIBAN ";
  const std::uint64_t begin = content.size();
  content += kSecond;
  return {.content = content, .hidden = {{begin, content.size(), why}}};
}

TEST(AttachedDocuments, AnAccountThatNobodySeesIsHidden) {
  EXPECT_EQ(accounts_of({half_hidden(text::Hiding::same_colour)}), "FR7630006000011234567890189 DE89370400440532013000(colour) ");
  EXPECT_EQ(accounts_of({half_hidden(text::Hiding::zero_size)}), "FR7630006000011234567890189 DE89370400440532013000(size) ");
  EXPECT_EQ(accounts_of({half_hidden(text::Hiding::none)}), "FR7630006000011234567890189 DE89370400440532013000 ");
}

TEST(AttachedDocuments, AnAccountThatTheDocumentShowsElsewhereIsNotHidden) {
  const std::string again = "IBAN " + std::string(kSecond);
  EXPECT_EQ(accounts_of({half_hidden(text::Hiding::same_colour), {.place = "page 2", .content = again}}),
            "FR7630006000011234567890189 DE89370400440532013000 DE89370400440532013000 ");
  EXPECT_EQ(accounts_of({half_hidden(text::Hiding::same_colour), {.medium = Medium::earlier_revision, .content = again}}),
            "FR7630006000011234567890189 DE89370400440532013000(colour) DE89370400440532013000 ");
}

TEST(AttachedDocuments, AnAccountThatProgramsAreToldOtherwiseIsHidden) {
  const std::string first = "IBAN " + std::string(kFirst), second = "IBAN " + std::string(kSecond);
  EXPECT_EQ(accounts_of({{.place = "page 1 letters", .content = second, .is_replaced = true}, {.content = first}}),
            "DE89370400440532013000(replaced) FR7630006000011234567890189 ");
  EXPECT_EQ(accounts_of({{.place = "page 1 letters", .content = second, .is_replaced = true}, {.content = second}}),
            "DE89370400440532013000 DE89370400440532013000 ");
  EXPECT_EQ(accounts_of({{.place = "page 1 letters", .content = "IBAN: DE89370400440532013001", .is_replaced = true},
                         {.content = first}}),
            "FR7630006000011234567890189 ");
}

}  // namespace
}  // namespace threadline::facts
