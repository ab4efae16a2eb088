// SPDX-License-Identifier: Apache-2.0
#include "evidence/olm_message.h"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace threadline::evidence {
namespace {

OlmMember members(std::map<std::string, std::string> of) {
  return [of = std::move(of)](const std::string& name) -> std::optional<std::string> {
    const auto found = of.find(name);
    return found == of.end() ? std::nullopt : std::optional(found->second);
  };
}

std::string utf16(const std::string& ascii) {
  std::string text;
  for (const char c : ascii) (text += c) += '\0';
  return text;
}

std::string document(const std::string& elements) {
  return "<?xml version=\"1.0\"?><emails elementCount=\"1\"><email>" + elements + "</email></emails>";
}

const std::string kPeople =
    "<OPFMessageCopyFromAddresses><emailAddress OPFContactEmailAddressAddress=\"a@firm.example\" "
    "OPFContactEmailAddressName=\"Anna\"/></OPFMessageCopyFromAddresses>"
    "<OPFMessageCopyBCCAddresses><emailAddress OPFContactEmailAddressAddress=\"b@x.example\"/></OPFMessageCopyBCCAddresses>";

TEST(Olm, AMessageLeavesAsATnefStreamOfItsProperties) {
  const auto items =
      olm_messages(document(kPeople + "<OPFMessageCopySubject>Facture &amp; RIB</OPFMessageCopySubject>"
                                      "<OPFMessageCopySentTime>2018-04-05T08:37:00</OPFMessageCopySentTime>"
                                      "<OPFMessageCopyHTMLBody>&lt;p&gt;x&lt;/p&gt;</OPFMessageCopyHTMLBody>"
                                      "<OPFMessageCopyAttachmentList><messageAttachment OPFAttachmentName=\"a.pdf\" "
                                      "OPFAttachmentURL=\"Local/att_0000\"/></OPFMessageCopyAttachmentList>"),
                   members({{"Local/att_0000", "PDFBYTES"}}), {});
  ASSERT_EQ(items.size(), 1U);
  const auto& item = items[0];
  EXPECT_EQ(item.format, "olm");
  EXPECT_TRUE(item.notes.empty());
  EXPECT_TRUE(item.bytes.starts_with("\x78\x9F\x3E\x22"));  // MS-OXTNEF section 2.1.3.1
  for (const auto* words : {"Facture & RIB", "a@firm.example", "Anna", "b@x.example", "a.pdf"})
    EXPECT_NE(item.bytes.find(utf16(words)), std::string::npos) << words;
  EXPECT_NE(item.bytes.find("<p>x</p>"), std::string::npos);
  EXPECT_NE(item.bytes.find("PDFBYTES"), std::string::npos);
  // 2018-04-05T08:37:00Z is 131673910200000000 ticks since 1601: 0x01D3CCB943A85E00 (PidTagClientSubmitTime, PtypTime).
  EXPECT_NE(item.bytes.find(std::string("\x40\x00\x39\x00", 4) + std::string("\x00\x5E\xA8\x43\xB9\xCC\xD3\x01", 8)),
            std::string::npos);
}

TEST(Olm, AnAttachmentWithoutItsMemberIsANote) {
  const auto items = olm_messages(document("<OPFMessageCopyAttachmentList><messageAttachment OPFAttachmentName=\"a.pdf\" "
                                           "OPFAttachmentURL=\"x\"/></OPFMessageCopyAttachmentList>"),
                                  members({}), {});
  EXPECT_EQ(items.at(0).notes.at(0).text, "attachment a.pdf: its member is missing");
}

TEST(Olm, AMessageThatKeptOnlyItsSourceLeavesAsIt) {
  const auto items = olm_messages(
      document("<OPFMessageCopySource>From: a@firm.example\nSubject: s\n\nbody</OPFMessageCopySource>"), members({}), {});
  EXPECT_EQ(items.at(0).bytes, "From: a@firm.example\nSubject: s\n\nbody");
}

TEST(Olm, ElementsOfTheOlderNamespaceAreTheSame) {
  const auto items = olm_messages("<o:emails xmlns:o=\"u\"><o:email/><o:email/></o:emails>", members({}), {});
  EXPECT_EQ(items.size(), 2U);
}

TEST(Olm, ADocumentOfContactsIsNoMessage) {
  EXPECT_TRUE(olm_messages("<contacts><contact/></contacts>", members({}), {}).empty());
}

TEST(OlmLimits, Addresses) {
  const auto document_of_one = document(kPeople);
  EXPECT_TRUE(olm_messages(document_of_one, members({}), {.addresses = 1}).at(0).notes.empty());
  EXPECT_TRUE(olm_messages(document_of_one, members({}), {.addresses = 0}).at(0).notes.at(0).text.starts_with("addresses"));
}

TEST(OlmLimits, MapiAttachments) {
  const auto one =
      document("<OPFMessageCopyAttachmentList><messageAttachment OPFAttachmentURL=\"x\"/></OPFMessageCopyAttachmentList>");
  EXPECT_TRUE(olm_messages(one, members({{"x", "1"}}), {.mapi_attachments = 1}).at(0).notes.empty());
  EXPECT_TRUE(
      olm_messages(one, members({{"x", "1"}}), {.mapi_attachments = 0}).at(0).notes.at(0).text.starts_with("mapi_attachments"));
}

}  // namespace
}  // namespace threadline::evidence
