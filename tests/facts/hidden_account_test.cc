// SPDX-License-Identifier: Apache-2.0
// An account that hides in what is attached to a mail is found, and its twin with a wrong check digit is found to be wrong.
#include <gtest/gtest.h>

#include "documents/office_writer.h"
#include "documents/read_documents.h"
#include "facts/facts.h"
#include "message/read_message.h"
#include "text/base64.h"

namespace threadline::facts {
namespace {

using namespace documents;

std::string mail_with(const std::string& name, const std::string& bytes) {
  return "From: accounts@supplier.example\nTo: ap@client.example\nContent-Type: multipart/mixed; "
         "boundary=b\n\n--b\n\nwords\n--b\n"
         "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; "
         "filename=\"" +
         name + "\"\n\n" + text::encode_base64(bytes, "\n") + "\n--b--\n";
}

/// "value attachment medium;" for each different account.
std::string accounts_in(const std::string& mail) {
  auto message = message::read_message(mail, Limits{});
  const auto read = read_documents(message, {.limits = {}});
  std::string line;
  for (const Account& account : read_facts(message, read, {}).accounts) {
    const std::string one = account.value + (account.valid ? " " : " invalid ") + account.attachment + " " + account.medium + ";";
    if (line.find(one) == std::string::npos) line += one;
  }
  return line;
}

std::string accounts_in(const std::string& name, const std::string& bytes) { return accounts_in(mail_with(name, bytes)); }

std::string cells(const std::vector<std::string>& values, std::string_view begin, std::string_view end) {
  std::string row;
  for (const auto& value : values) row += std::string(begin) + value + std::string(end);
  return row;
}

const std::vector<std::string> kGroups{"FR76", "3000", "6000", "0112", "3456", "7890", "189"};

TEST(HiddenAccount, InAWordDocumentInPieces) {
  EXPECT_EQ(accounts_in("rib.docx", docx(paragraph(run("IBAN : FR76 30") + run("00 60") + run("00 0112 3456 7890 189")))),
            "FR7630006000011234567890189 rib.docx text;");
  EXPECT_EQ(accounts_in("rib.docx", docx(paragraph(run("IBAN : FR76 30") + run("00 60") + run("00 0112 3456 7890 188")))),
            "FR7630006000011234567890188 invalid rib.docx text;");
  EXPECT_EQ(accounts_in("rib.docx", docx(paragraph(run("Tracking: 3000 60") + run("00 0112")))), "");
}

TEST(HiddenAccount, DeletedFromAWordDocument) {
  EXPECT_EQ(accounts_in("rib.docx",
                        docx(paragraph(run("IBAN : ") +
                                       "<w:del><w:r><w:delText>DE89 3704 0044 0532 0130 00</w:delText></w:r></w:del><w:ins>" +
                                       run("FR76 3000 6000 0112 3456 7890 189") + "</w:ins>"))),
            "FR7630006000011234567890189 rib.docx text;DE89370400440532013000 rib.docx earlier revision;");
}

TEST(HiddenAccount, InAWorkbookOneGroupPerCell) {
  EXPECT_EQ(accounts_in("rib.xlsx", xlsx("<row>" + cells(kGroups, "<c t='str'><v>", "</v></c>") + "</row>")),
            "FR7630006000011234567890189 rib.xlsx text;");
}

TEST(HiddenAccount, InAWorkbookOneCharacterPerCell) {
  std::vector<std::string> characters;
  for (const char c : std::string("FR7630006000011234567890189")) characters.emplace_back(1, c);
  EXPECT_EQ(accounts_in("rib.xlsx", xlsx("<row>" + cells(characters, "<c t='str'><v>", "</v></c>") + "</row>")),
            "FR7630006000011234567890189 rib.xlsx text;");
}

TEST(HiddenAccount, InAnOpenDocumentText) {
  EXPECT_EQ(
      accounts_in("rib.odt", odf("text", "<text:p>IBAN : FR76 <text:span>3000</text:span> 6000 0112 3456 7890 189</text:p>")),
      "FR7630006000011234567890189 rib.odt text;");
}

TEST(HiddenAccount, InAnOpenDocumentSheet) {
  EXPECT_EQ(
      accounts_in("rib.ods", odf("spreadsheet", "<table:table table:name='S'><table:table-row>" +
                                                    cells(kGroups, "<table:table-cell><text:p>", "</text:p></table:table-cell>") +
                                                    "</table:table-row></table:table>")),
      "FR7630006000011234567890189 rib.ods text;");
}

TEST(HiddenAccount, InAWordDocumentInAZipInAZip) {
  const std::string document = docx(paragraph(run("IBAN : FR76 3000 6000 ") + run("0112 3456 7890 189")));
  EXPECT_EQ(accounts_in("papers.zip", archive::written({{"in.zip", archive::written({{"rib.docx", document}})}})),
            "FR7630006000011234567890189 papers.zip!in.zip!rib.docx text;");
}

TEST(HiddenAccount, InAMailInAnArchive) {
  const std::string inner = mail_with("rib.docx", docx(paragraph(run("IBAN : FR76 3000 6000 0112 3456 7890 189"))));
  EXPECT_EQ(accounts_in("mails.7z", archive::written({{"m.eml", inner}}, {"7zip"})),
            "FR7630006000011234567890189 mails.7z!m.eml!rib.docx text;");
}

/// Digits that no filter for ASCII counts: full width, in circles.
TEST(HiddenAccount, InTextWithDigitsOfOtherForms) {
  EXPECT_EQ(accounts_in("rib.docx", docx(paragraph(run("IBAN : DE\uFF18\uFF19 \uFF13\uFF17\uFF10\uFF14 \uFF10\uFF10\uFF14\uFF14 "
                                                       "\uFF10\uFF15\uFF13\uFF12 \uFF10\uFF11\uFF13\uFF10 \uFF10\uFF10")))),
            "DE89370400440532013000 rib.docx text;");
  EXPECT_TRUE(may_hold_account("\u2460\u2461\u2462\u2463\u2464\u2465\u2466\u24EA"));
  EXPECT_FALSE(
      may_hold_account("\u2018Bonjour\u2019 \u2013 \u00ab\u00a0le 14 mars, 12 \u20ac\u00a0\u00bb \u2026 \u2022 \u2022 \u2022"));
}

}  // namespace
}  // namespace threadline::facts
