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

}  // namespace
}  // namespace threadline::facts
