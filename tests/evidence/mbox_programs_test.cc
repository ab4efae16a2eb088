// SPDX-License-Identifier: Apache-2.0
// What mail programs write around and into the messages of their mailboxes.
#include <gtest/gtest.h>

#include <string>

#include "temp_folder.h"

namespace threadline::evidence {
namespace {

const std::string kMail = "From: a@firm.example\nSubject: s\n\nbody\n";

std::string bytes_of(const std::vector<Item>& items) {
  std::string all;
  for (const auto& item : items) all += "[" + item.bytes + "]";
  return all;
}

/// "code{text}" of each note, joined by spaces.
std::string notes_of(const Item& item) {
  std::string line;
  for (const auto& note : item.notes) line += (line.empty() ? "" : " ") + note.code + "{" + note.text + "}";
  return line;
}

struct SeparatorCase {
  const char* name;
  std::string line;
  std::string fields = {};  ///< before kMail
};

class MboxSeparator : public testing::TestWithParam<SeparatorCase> {};

TEST_P(MboxSeparator, IsKnownInBothLineEnds) {
  const auto& row = GetParam();
  const TempFolder folder;
  const auto box = row.line + "\n" + row.fields + kMail + "\n" + row.line + "\n" + row.fields + kMail;
  EXPECT_EQ(bytes_of(items_of(folder.write("box", box))), "[" + row.fields + kMail + "][" + row.fields + kMail + "]");
  std::string crlf;
  for (const char c : box) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(items_of(folder.write("crlf", crlf)).size(), 2U);
}

INSTANTIATE_TEST_SUITE_P(
    Programs, MboxSeparator,
    testing::Values(SeparatorCase{"Gmail", "From 1597331474573523456@xxx Thu Apr 05 10:37:00 +0000 2018", "X-GM-THRID: 1\n"},
                    SeparatorCase{"ThunderbirdDated", "From - Thu Apr  5 10:37:00 2018", "X-Mozilla-Status: 0001\n"},
                    SeparatorCase{"ThunderbirdBare", "From - ", "X-Mozilla-Status: 0001\n"},
                    SeparatorCase{"BareWithNothing", "From ", "X-Mozilla-Status: 0001\n"},
                    SeparatorCase{"Eudora", "From ???@??? Thu Apr 05 10:37:00 2018"},
                    SeparatorCase{"Rfc822Date", "From null Thu, 05 Apr 2018 10:37:00 +0100"}),
    [](const auto& row) { return row.param.name; });

TEST(Mbox, ASentenceThatIsOnlyFromIsNoSeparator) {
  const TempFolder folder;
  const auto box = "From a Thu Apr  5 10:37:00 2018\nFrom: a@firm.example\n\nquoted below\n\nFrom \nmy friend\n";
  EXPECT_EQ(items_of(folder.write("box", box)).size(), 1U);
}

TEST(Mbox, AByteOrderMarkAndBlankLinesComeBeforeTheFirstMessage) {
  const TempFolder folder;
  const auto line = std::string("From a Thu Apr  5 10:37:00 2018\n");
  const auto items = items_of(folder.write("box", "\xEF\xBB\xBF" + line + kMail + "\n" + line + kMail));
  EXPECT_EQ(bytes_of(items), "[" + kMail + "][" + kMail + "]");
  EXPECT_TRUE(items[0].source.ends_with("#3")) << items[0].source;
  EXPECT_EQ(bytes_of(items_of(folder.write("blank", "\n\n" + line + kMail))), "[" + kMail + "]");
}

TEST(Mbox, LinesMayEndWithACarriageReturnAlone) {
  const TempFolder folder;
  const auto items = items_of(folder.write("box",
                                           "From ???@??? Thu Apr  5 10:37:00 2018\rFrom: a@firm.example\r\r>From x\r\r"
                                           "From ???@??? Thu Apr  5 10:38:00 2018\rFrom: b@firm.example\r\rtwo\r"));
  EXPECT_EQ(bytes_of(items), "[From: a@firm.example\r\rFrom x\r][From: b@firm.example\r\rtwo\r]");
}

TEST(Mbox, ThePseudoMessageOfAFolderIsNoMessageButItsTwinIs) {
  const TempFolder folder;
  const std::string line = "From MAILER-DAEMON Thu Apr  5 10:37:00 2018\n";
  const std::string header =
      "From: Mail System Internal Data <MAILER-DAEMON@firm.example>\nSubject: DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL "
      "DATA\n";
  const std::string text = "\nThis text is part of the internal format of your mail folder, and is not\na real message.\n\n";
  EXPECT_EQ(items_of(folder.write("box", line + header + "X-IMAP: 1 2\n" + text + line + kMail)).size(), 1U);
  EXPECT_EQ(items_of(folder.write("mail", line + header + "X-IMAP: 1 2\n\nPay now.\n\n" + line + kMail)).size(), 2U);
}

TEST(Mbox, WhatThunderbirdMarkedIsARemark) {
  const TempFolder folder;
  const std::string line = "From - Thu Apr  5 10:37:00 2018\n";
  const auto items = items_of(folder.write("box", line + "X-Mozilla-Status: 000b\nX-Mozilla-Status2: 00000000\n" + kMail + "\n" +
                                                      line + "X-Mozilla-Status: 0001\n" + kMail));
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(notes_of(items[0]), "marked_deleted{X-Mozilla-Status} mailbox_flags{read, answered, deleted}");
  EXPECT_EQ(notes_of(items[1]), "mailbox_flags{read}");
}

TEST(Mbox, AStatusThatTheSenderCouldHaveWrittenSaysNothing) {
  const TempFolder folder;
  EXPECT_EQ(notes_of(items_of(folder.write("a.eml", "Received: from x\nX-Mozilla-Status: 0008\n" + kMail)).at(0)), "");
}

TEST(Mbox, LabelsOfGmailAreDecoded) {
  const TempFolder folder;
  const std::string line = "From 1@xxx Thu Apr 05 10:37:00 +0000 2018\n";
  const auto items = items_of(folder.write(
      "box", line + "X-GM-THRID: 1\nX-Gmail-Labels: =?UTF-8?Q?Corbeille,R=C3=A9ception?=\n =?UTF-8?Q?,Lu?=\n" + kMail));
  EXPECT_EQ(notes_of(items.at(0)),
            "mailbox_labels{Corbeille,R\xC3\xA9"
            "ception,Lu}");
}

TEST(Mbox, APartThatThunderbirdDetachedIsARemark) {
  const TempFolder folder;
  const auto items = items_of(folder.write(
      "a.eml",
      "From: a@firm.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; name=x.pdf\n"
      "X-Mozilla-External-Attachment-URL: file:///C:/x.pdf\n"
      "X-Mozilla-Altered: AttachmentDetached; date=\"Thu Apr 05 10:37:00 2018\"\n\ngone\n--b--\n"));
  EXPECT_EQ(notes_of(items.at(0)),
            "attachment_detached{X-Mozilla-External-Attachment-URL: file:///C:/x.pdf} "
            "attachment_detached{X-Mozilla-Altered: AttachmentDetached; date=\"Thu Apr 05 10:37:00 2018\"}");
}

TEST(Mmdf, MessagesStandBetweenLinesOfControlA) {
  const TempFolder folder;
  const std::string mark = "\x01\x01\x01\x01\n";
  const auto path = folder.write("box", mark + kMail + mark + mark + "From a Thu Apr  5 10:37:00 2018\n" + kMail + mark);
  const auto items = items_of(path);
  EXPECT_EQ(bytes_of(items), "[" + kMail + "][" + kMail + "]");
  EXPECT_EQ(items.at(0).source, path + "#5");
  EXPECT_EQ(items.at(0).format, "mmdf");
}

TEST(MmdfLimits, MessageBytes) {
  const TempFolder folder;
  const auto path = folder.write("box", "\x01\x01\x01\x01\n" + kMail + "\x01\x01\x01\x01\n");
  EXPECT_EQ(kinds_of(items_of(path, {.message_bytes = kMail.size()})), "mmdf\n");
  EXPECT_EQ(kinds_of(items_of(path, {.message_bytes = kMail.size() - 1})), "mmdf limit\n");
}

TEST(StoreFiles, IndexesAndResourceForksArePassedOver) {
  const TempFolder folder;
  folder.write("Inbox.msf", "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n");
  folder.write("._a.eml", std::string("\x00\x05\x16\x07\x00\x02\x00\x00", 8));
  folder.write("table_of_contents", std::string("\x00\x01", 2));
  folder.write("X.mbox/mbox", "From a Thu Apr  5 10:37:00 2018\n" + kMail);
  EXPECT_EQ(kinds_of(items_of(folder.path.string())), "mbox\n");
}

}  // namespace
}  // namespace threadline::evidence
