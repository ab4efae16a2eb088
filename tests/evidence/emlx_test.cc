// SPDX-License-Identifier: Apache-2.0
#include "evidence/emlx.h"

#include <gtest/gtest.h>

#include <string>

#include "evidence/stripped_parts.h"
#include "temp_folder.h"

namespace threadline::evidence {
namespace {

const std::string kMail = "From: a@firm.example\nSubject: s\n\nbody\n";

std::string list_of(const std::string& entries) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" "
         "\"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n<dict>\n" +
         entries + "</dict>\n</plist>\n";
}

std::string file_of(const std::string& mail, const std::string& entries) {
  return std::to_string(mail.size()) + "      \n" + mail + list_of(entries);
}

std::string notes_of(const Item& item) {
  std::string line;
  for (const auto& note : item.notes) line += (line.empty() ? "" : " ") + note.code + "{" + note.text + "}";
  return line;
}

TEST(Emlx, TheListSaysWhatTheProgramKnew) {
  const auto item = emlx_message(file_of(kMail,
                                         "<key>date-received</key>\n<integer>1522917420</integer>\n"
                                         "<key>flags</key>\n<integer>8590196739</integer>\n"),
                                 {});
  EXPECT_EQ(item.bytes, kMail);
  EXPECT_EQ(notes_of(item),
            "marked_deleted{flags of the property list} mailbox_flags{read, deleted; received 2018-04-05T08:37:00Z}");
}

TEST(Emlx, AMessageThatWasOnlyReadIsNotMarkedDeleted) {
  const auto item = emlx_message(file_of(kMail, "<key>flags</key><integer>8590195713</integer>"), {});
  EXPECT_EQ(notes_of(item), "mailbox_flags{read}");
}

TEST(Emlx, AListThatFollowsWithoutALineEndIsFoundDespiteAWrongLength) {
  const auto item = emlx_message("1000\nFrom: a@firm.example\n\nbody" + list_of(""), {});
  EXPECT_EQ(item.bytes, "From: a@firm.example\n\nbody");
  EXPECT_EQ(item.notes.at(0).code, "malformed_container");
}

TEST(Emlx, AFileWithoutALineEndIsNoCrash) { EXPECT_EQ(emlx_message("12", {}).bytes, ""); }

TEST(EmlxLimits, MessageBytes) {
  EXPECT_TRUE(emlx_message(file_of(kMail, ""), {.message_bytes = kMail.size()}).notes.empty());
  EXPECT_EQ(emlx_message(file_of(kMail, ""), {.message_bytes = kMail.size() - 1}).notes.at(0).code, "limit");
}

const std::string kPartial =
    "From: a@firm.example\nContent-Type: multipart/mixed;\n\tboundary=\"out\"\n\n--out\nContent-Type: text/plain\n\nbody\n"
    "--out\nContent-Type: multipart/mixed; boundary=in\n\n--in\nContent-Type: text/plain\n\nx\n"
    "--in\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=a.pdf\n"
    "Content-Type: application/pdf;\n\tname=a.pdf\nX-Apple-Content-Length: 8\n\n\n--in--\n"
    "--out\nContent-Transfer-Encoding: quoted-printable\nContent-Disposition: attachment; "
    "filename=b.txt\nX-Apple-Content-Length: 3\n\n\n"
    "--out--\n";

TEST(PartialEmlx, StrippedPartsAreNumberedAsInImap) {
  const auto parts = stripped_parts(kPartial, {});
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].number + " " + parts[0].encoding + " " + parts[0].name, "2.2 base64 a.pdf");
  EXPECT_EQ(parts[1].number + " " + parts[1].encoding + " " + parts[1].name, "3 quoted-printable b.txt");
  EXPECT_TRUE(stripped_parts(kMail, {}).empty());
}

TEST(PartialEmlx, FilesOfTheAttachmentsFolderArePutBack) {
  const TempFolder folder;
  folder.write("Messages/12.partial.emlx", file_of(kPartial, ""));
  folder.write("Attachments/12/2.2/a.pdf", "foobar");
  folder.write("Attachments/12/3/b.txt", "a=\n");
  const auto items = items_of(folder.path.string());
  ASSERT_EQ(items.size(), 1U) << "the files are not read again by themselves";
  EXPECT_EQ(notes_of(items[0]), "attachment_restored{part 2.2 a.pdf} attachment_restored{part 3 b.txt}");
  EXPECT_NE(items[0].bytes.find("X-Apple-Content-Length: 8\n\nZm9vYmFy\n\n--in--\n"), std::string::npos) << items[0].bytes;
  EXPECT_NE(items[0].bytes.find("X-Apple-Content-Length: 3\n\na=3D=0A\n\n--out--\n"), std::string::npos) << items[0].bytes;
}

TEST(PartialEmlx, AMissingFileNamesItsPart) {
  const TempFolder folder;
  const auto item = items_of(folder.write("Messages/12.partial.emlx", file_of(kPartial, ""))).at(0);
  EXPECT_EQ(notes_of(item), "truncated{part 2.2 a.pdf: its file is missing} truncated{part 3 b.txt: its file is missing}");
  EXPECT_EQ(item.bytes, kPartial);
}

TEST(PartialEmlx, LinksOutOfTheFolderAreNotFollowed) {
  const TempFolder folder;
  folder.write("Messages/12.partial.emlx", file_of(kPartial, ""));
  folder.write("secret/a.pdf", "secret");
  std::filesystem::create_directories(folder.path / "Attachments/12/3");
  std::filesystem::create_directory_symlink(folder.path / "secret", folder.path / "Attachments/12/2.2");
  std::filesystem::create_symlink(folder.path / "secret/a.pdf", folder.path / "Attachments/12/3/b.txt");
  const auto item = items_of((folder.path / "Messages").string()).at(0);
  EXPECT_EQ(notes_of(item), "truncated{part 2.2 a.pdf: its file is missing} truncated{part 3 b.txt: its file is missing}");
}

TEST(PartialEmlxLimits, MessageBytes) {
  const auto give = [](const StrippedPart&) { return std::optional<std::string>("foobar"); };
  Item item;
  item.bytes = kPartial;
  restore_parts(item, give, {.message_bytes = 10});
  EXPECT_TRUE(item.notes.at(0).text.starts_with("message_bytes"));
  EXPECT_EQ(item.bytes, kPartial);
}

TEST(PartialEmlxLimits, MimeParts) {
  EXPECT_EQ(stripped_parts(kPartial, {.mime_parts = 6}).size(), 2U);
  EXPECT_EQ(stripped_parts(kPartial, {.mime_parts = 5}).size(), 1U);
}

TEST(PartialEmlxLimits, MimeDepth) {
  EXPECT_EQ(stripped_parts(kPartial, {.mime_depth = 2}).size(), 2U);
  EXPECT_EQ(stripped_parts(kPartial, {.mime_depth = 1}).size(), 1U);
}

TEST(Pasted, Base64OfAMessageIsDecodedAndItsTwinIsNot) {
  const TempFolder folder;
  // "From: a@firm.example\nSubject: s\n\nbody\n" in base64 (coreutils).
  const std::string text = "RnJvbTogYUBmaXJtLmV4YW1wbGUKU3ViamVj\ndDogcwoKYm9keQo=\n";
  for (const std::string& pasted : {text, "data:message/rfc822;base64," + text}) {
    const auto item = items_of(folder.write("ticket.eml", pasted)).at(0);
    EXPECT_EQ(item.bytes, kMail);
    EXPECT_EQ(item.format + " " + notes_of(item), "eml pasted_base64{}");
  }
  EXPECT_EQ(
      items_of(folder.write("word.txt", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")).at(0).notes.at(0).code,
      "not_a_message");
}

TEST(NotRead, FormatsOfOtherProgramsAreNamedWithAWayOut) {
  const TempFolder folder;
  const auto dbx = items_of(folder.write("Inbox.dbx", std::string("\xCF\xAD\x12\xFE\xC5\xFD\x74\x6F", 8))).at(0);
  EXPECT_EQ(dbx.format + " " + notes_of(dbx), "dbx format_not_supported{Outlook Express folder: export its messages as .eml}");
  const auto nsf = items_of(folder.write("mail.nsf", std::string("\x1A\x00\x00\x04\x00\x00", 6))).at(0);
  const auto lz4 = items_of(folder.write("x.mbox.lz4", "\x04\x22\x4D\x18 From a\nFrom: a@firm.example\nSubject: s\n\n")).at(0);
  EXPECT_EQ(lz4.format + " " + notes_of(lz4), "lz4 format_not_supported{unpack it first}");
  EXPECT_EQ(nsf.format + " " + notes_of(nsf), "nsf format_not_supported{Notes database: export its messages as .eml}");
}

}  // namespace
}  // namespace threadline::evidence
