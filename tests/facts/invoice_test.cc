// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/invoice.h"

#include <gtest/gtest.h>

namespace threadline::facts {
namespace {

std::vector<Invoice> read(std::string_view text, std::string_view subject = {}, std::string_view attachment = {}) {
  ReadText body;
  body.part = "1";
  body.text = text;
  std::vector<message::Attachment> attachments;
  if (!attachment.empty())
    attachments.push_back({.name = std::string(attachment), .type = {}, .sha256 = {}, .part = "2", .note = {}});
  std::vector<Note> notes;
  return read_invoices({body, Conversation{}, subject, attachments}, Limits{}, notes);
}

std::string numbers(const std::vector<Invoice>& invoices) {
  std::string all;
  for (const Invoice& invoice : invoices) all += (all.empty() ? "" : " ") + invoice.number;
  return all;
}

TEST(Invoices, ANumberBehindAWordForAnInvoiceIsRead) {
  const struct {
    const char* text;
    const char* number;
  } rows[] = {{"la facture n\u00b0 F-2018-042 du 05/04/2018", "F2018042"},
              {"Facture n\u00b0F-2018-042", "F2018042"},
              {"Facture F2018042", "F2018042"},
              {"Invoice INV-4711 is due", "INV4711"},
              {"tax invoice number: 004711", "004711"},
              {"Invoice #4711", "4711"},
              {"Rechnung Nr. 2018/77", "201877"},
              {"Rechnungsnummer: RE-2018-0077", "RE20180077"},
              {"factura n\u00ba 2018-A-17", "2018A17"},
              {"fattura n. 123/2018", "1232018"},
              {"fatura FT 2018/55", ""},
              {"factuur nr 20180042", "20180042"},
              {"please see INV-20184", "INV20184"}};
  for (const auto& row : rows) EXPECT_EQ(numbers(read(row.text)), row.number) << row.text;
}

TEST(Invoices, DatesYearsAmountsAndOtherWordsAreNone) {
  for (const char* text : {"la facture du 05/04/2018", "facture 05/04/2018", "Facture 04/2018", "invoice 2018", "invoice 2018-04",
                           "invoice 1200 EUR", "facture 1.200,50", "facture 1 200 EUR", "invoice for 4711", "Facture 12",
                           "facture: merci", "Re: 20180042", "re-invented", "invoice september2018", "invoice 100 %", ""}) {
    EXPECT_EQ(numbers(read(text)), "") << text;
  }
}

TEST(Invoices, TheSubjectAndTheNamesOfAttachmentsAreReadToo) {
  const auto invoices = read("", "RE: Facture n\u00b0 F-2018-042", "Facture_F-2018-042.pdf");
  ASSERT_EQ(numbers(invoices), "F2018042 F2018042");
  EXPECT_EQ(invoices[0].where, "subject");
  EXPECT_EQ(invoices[1].where, "attachment");
  EXPECT_EQ(invoices[1].span.part, "2");
  EXPECT_EQ(numbers(read("", "", "INV4711.pdf")), "INV4711");
  EXPECT_EQ(numbers(read("", "", "scan-20180405.pdf")), "");
}

TEST(Invoices, ABodyOfNothingButWordsForInvoicesIsReadInLinearTime) {
  std::string text;
  while (text.size() < 4U << 20U) text += "inv no. facture: ";
  EXPECT_TRUE(read(text).empty());
  EXPECT_TRUE(read(std::string(4U << 20U, 'a')).empty());
}

TEST(Invoices, InvoicesIsItsBound) {
  ReadText body;
  Limits limits;
  limits.invoices = 1;
  std::vector<Note> notes;
  body.text = "invoice no. 4711";
  EXPECT_EQ(read_invoices({body, Conversation{}, {}, {}}, limits, notes).size(), 1U);
  EXPECT_TRUE(notes.empty());
  body.text = "invoice no. 4711, invoice no. 4712, invoice no. 4713";
  EXPECT_EQ(read_invoices({body, Conversation{}, {}, {}}, limits, notes).size(), 1U);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_TRUE(notes[0].text.starts_with("invoices"));
}

}  // namespace
}  // namespace threadline::facts
