// SPDX-License-Identifier: Apache-2.0
#include "evidence/olm_archive.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "../archive/archive_writer.h"
#include "temp_folder.h"

namespace threadline::evidence {
namespace {

const std::string kFolder = "Accounts/a@firm.example/com.microsoft.__Messages/Inbox/";

std::string document(const std::string& subject, const std::string& attachment) {
  return "<?xml version=\"1.0\"?><emails elementCount=\"1\"><email><OPFMessageCopySubject>" + subject +
         "</OPFMessageCopySubject><OPFMessageCopyAttachmentList><messageAttachment OPFAttachmentName=\"a.pdf\" "
         "OPFAttachmentURL=\"" +
         attachment + "\"/></OPFMessageCopyAttachmentList></email></emails>";
}

std::vector<Item> read(const std::vector<archive::File>& files, const Settings& settings = {},
                       const std::string& name = "box.olm") {
  const TempFolder folder;
  auto items = items_of(folder.write(name, archive::written(files)), settings);
  for (auto& item : items) item.source = item.source.substr(folder.path.string().size() + 1);
  return items;
}

std::string codes(const Item& item) {
  std::string codes;
  for (const auto& note : item.notes) codes += note.code + " ";
  return codes;
}

TEST(OlmArchive, AMessageStandsBeforeItsAttachmentAndHasItAllTheSame) {
  const auto items = read({{"Categories.xml", "<categories/>"},
                           {kFolder + "message_00000.xml", document("one", kFolder + "com.microsoft.__Attachments/x_0000")},
                           {kFolder + "com.microsoft.__Attachments/x_0000", "THE BYTES OF THE INVOICE"}});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].source, "box.olm!" + kFolder + "message_00000.xml");
  EXPECT_EQ(items[0].format, "olm");
  EXPECT_EQ(codes(items[0]), "");
  EXPECT_NE(items[0].bytes.find("THE BYTES OF THE INVOICE"), std::string::npos);
}

TEST(OlmArchive, AnAttachmentThatIsNotThereIsANote) {
  const auto items = read({{kFolder + "message_00000.xml", document("one", "../../etc/passwd")}});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(codes(items[0]), "truncated ");
}

TEST(OlmArchive, ADocumentOfContactsIsARow) {
  const auto items = read({{kFolder + "message_00000.xml", document("one", "")},
                           {"Local/Address Book/Contacts.xml", "<contacts><contact/></contacts>"}});
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[1].source, "box.olm!Local/Address Book/Contacts.xml");
  EXPECT_EQ(codes(items[1]), "not_a_message ");
}

TEST(OlmArchive, WithoutAnyMessageIsARow) {
  const auto items = read({{"Categories.xml", "<categories/>"}});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(codes(items[0]), "no_messages ");
}

struct NamedZip {
  std::string name;
  std::vector<archive::File> files;
  std::string formats;  ///< of the items
};

TEST(OlmArchive, IsToldByItsMembersUnderAnyName) {
  const archive::File message{kFolder + "message_00000.xml", document("one", "")};
  const archive::File people{"Local/Address Book/Contacts.xml", std::string(100'000, ' ') + "<contacts/>"};
  const archive::File mail{"mail.eml", "From: a@firm.example\nSubject: s\n\nhello\n"};
  const std::vector<NamedZip> rows{
      {"box.olm", {message}, "olm "},
      {"box.zip", {message}, "olm "},
      {"box.txt", {{"Categories.xml", "<categories/>"}, message}, "olm "},
      {"box", {{"Categories.xml", "<categories/>"}, people, message}, "olm olm "},  // its folders stand behind the head
      {"people-first.olm", {people, message}, "olm olm "},
      {"no-box.olm", {mail}, "eml "},
      {"mails.zip", {mail}, "eml "},
      {"mails-in-local.zip", {{"Local/mail.eml", mail.bytes}}, "eml "},
      {"decoy.zip", {message, mail}, "olm eml "},
      {"decoy-attached.zip", {message, {kFolder + "com.microsoft.__Attachments/x", mail.bytes}}, "olm eml "},
  };
  for (const auto& [name, files, formats] : rows) {
    std::string found;
    for (const auto& item : read(files, {}, name)) found += item.format + " ";
    EXPECT_EQ(found, formats) << name;
  }
}

/// The sizes of a member stand in its extra field (zip64), as Aspose.Email writes them.
TEST(OlmArchive, AMemberOfZip64HidesNoOther) {
  auto bytes = archive::written({{"Categories.xml", "<categories/>"}, {kFolder + "m.xml", document("one", "")}},
                                {.options = "zip:compression=store,zip:zip64"});
  const TempFolder folder;
  const auto items = items_of(folder.write("box.zip", bytes));
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(items[0].format, "olm");
}

TEST(OlmArchive, ArchiveMembersBoundsIt) {
  const std::vector<archive::File> files{{kFolder + "message_00000.xml", document("one", "")},
                                         {kFolder + "message_00001.xml", document("two", "")}};
  Settings settings;
  settings.limits.archive_members = 2;
  EXPECT_EQ(read(files, settings).size(), 2U);
  settings.limits.archive_members = 1;
  const auto items = read(files, settings);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_TRUE(items[1].notes.at(0).text.starts_with("archive_members"));
}

TEST(Evidence, ACompoundFileWithADamagedSignatureIsOneWhereItIsNamedSo) {
  std::string bytes(2'048, '\0');
  bytes.replace(0, 8, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE0");
  bytes.replace(24, 10, std::string("\x3E\x00\x03\x00\xFE\xFF\x09\x00\x06\x00", 10));
  const TempFolder folder;
  EXPECT_EQ(items_of(folder.write("a.msg", bytes)).at(0).format, "msg");
  EXPECT_EQ(codes(items_of(folder.write("a.bin", bytes)).at(0)), "not_a_message ");
}

}  // namespace
}  // namespace threadline::evidence
