// SPDX-License-Identifier: Apache-2.0
// What mail servers keep in their queues and quarantines, written here by hand from the servers' own descriptions.
#include <gtest/gtest.h>

#include <string>

#include <fmt/format.h>

#include "evidence/bsmtp.h"
#include "evidence/exim_spool.h"
#include "evidence/postcat.h"
#include "evidence/postfix_queue.h"
#include "evidence/sendmail_queue.h"
#include "temp_folder.h"

namespace threadline::evidence {
namespace {

/// sender -> recipients queue arrival | notes.
std::string line_of(const Item& item) {
  std::string line = item.format;
  if (item.envelope) {
    line += " " + item.envelope->sender.value_or("?") + " ->";
    for (const auto& recipient : item.envelope->recipients) line += " " + recipient;
    line += " " + item.envelope->queue_id + " " + item.envelope->arrival;
  }
  for (const auto& note : item.notes) line += " | " + note.code;
  return line;
}

/// One Postfix record; the length in seven bits a byte (src/global/record.c).
std::string record(char type, const std::string& content) {
  std::string bytes(1, type);
  auto length = content.size();
  do {
    bytes += static_cast<char>((length & 0x7FU) | (length > 0x7FU ? 0x80U : 0U));
    length >>= 7U;
  } while (length > 0);
  return bytes + content;
}

const std::string kLong(200, 'x');

std::string postfix_envelope() {
  return record('C', fmt::format("{:15} {:15} {:15} {:15} {:15} {:15}", 300, 200, 1, 0, 300, 0)) +
         record('T', "1522917420 123456") + record('A', "rewrite_context=local") + record('S', "a@firm.example") +
         record('A', "log_client_address=192.0.2.1") + record('O', "b@x.example") + record('R', "b@x.example") +
         record('D', "c@x.example") + record('M', "");
}

TEST(Postfix, AQueueFileGivesItsMessageAndEnvelope) {
  const TempFolder folder;
  const auto file = postfix_envelope() + record('N', "From: a@firm.example") + record('N', "") + record('L', kLong) +
                    record('N', kLong) + record('N', "end") + record('X', "") + record('R', "d@x.example") + record('E', "");
  const auto item = items_of(folder.write("9C1AB100DE", file)).at(0);
  EXPECT_EQ(line_of(item), "postfix a@firm.example -> b@x.example c@x.example d@x.example 9C1AB100DE 2018-04-05T08:37:00Z");
  EXPECT_EQ(item.bytes, "From: a@firm.example\n\n" + kLong + kLong + "\nend\n");
}

TEST(Postfix, PointersOfMiltersAreFollowed) {
  // "Subject: old" is passed over: the record before it points behind it, to a new one at the end, which points back.
  const auto pointer = [](std::size_t target) { return record('p', fmt::format("{:15}", target)); };
  const auto head = postfix_envelope() + record('N', "From: a@firm.example");
  const auto old = record('N', "Subject: old");
  const auto tail = record('N', "") + record('X', "") + record('E', "");
  const auto at_old = head.size() + pointer(0).size();
  const auto at_new = at_old + old.size() + tail.size();
  const auto file = head + pointer(at_new) + old + tail + record('N', "Subject: new") + pointer(at_old + old.size());
  const auto item = postfix_queue_message(file, {});
  EXPECT_EQ(item.bytes, "From: a@firm.example\nSubject: new\n\n");
  EXPECT_TRUE(item.notes.empty());
}

TEST(Postfix, APointerThatTurnsInACircleEnds) {
  const auto head = postfix_envelope() + record('N', "From: a@firm.example");
  const auto item = postfix_queue_message(head + record('p', fmt::format("{:15}", postfix_envelope().size())), {});
  EXPECT_TRUE(item.bytes.starts_with("From: a@firm.example\n"));
  EXPECT_EQ(item.notes.at(0).code, "truncated");
}

TEST(Postfix, AFileThatWasCutKeepsWhatItHas) {
  const auto item = postfix_queue_message(postfix_envelope() + record('N', "From: a@firm.example") + "N\x50Subj", {});
  EXPECT_EQ(item.bytes, "From: a@firm.example\n");
  EXPECT_EQ(item.notes.at(0).code, "truncated");
}

TEST(Postfix, AWordThatBeginsWithCIsNoQueueFile) {
  EXPECT_FALSE(is_postfix_queue("C\x05hello"));
  EXPECT_FALSE(is_postfix_queue("Cc: a@firm.example\n"));
  EXPECT_FALSE(is_postfix_queue(""));
}

const std::string kPostcat =
    "*** ENVELOPE RECORDS active/9C1AB100DE ***\n"
    "message_size:             300             200               1               0             300               0\n"
    "message_arrival_time: Thu Apr  5 10:37:00 2018\n"
    "named_attribute: rewrite_context=local\n"
    "sender: a@firm.example\n"
    "original_recipient: b@x.example\n"
    "recipient: b@x.example\n"
    "*** MESSAGE CONTENTS active/9C1AB100DE ***\n"
    "From: a@firm.example\n"
    "\n"
    "*** HEADER EXTRACTED active/0000 ***\n"
    "recipient: not@x.example\n"
    "*** HEADER EXTRACTED active/9C1AB100DE ***\n"
    "named_attribute: encoding=8bit\n"
    "*** MESSAGE FILE END active/9C1AB100DE ***\n";

TEST(Postcat, APrintGivesItsMessageAndMarksInItAreText) {
  const TempFolder folder;
  const auto items = items_of(folder.write("print.txt", kPostcat));
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(line_of(items[0]), "postcat a@firm.example -> b@x.example 9C1AB100DE Thu Apr  5 10:37:00 2018");
  EXPECT_EQ(items[0].bytes, "From: a@firm.example\n\n*** HEADER EXTRACTED active/0000 ***\nrecipient: not@x.example\n");
}

TEST(Postcat, SeveralPrintsAreSeveralMessages) {
  const TempFolder folder;
  const auto path = folder.write("print.txt", kPostcat + kPostcat);
  const auto items = items_of(path);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[1].source, path + "#" + std::to_string(kPostcat.size()));
  EXPECT_EQ(items[1].bytes, items[0].bytes);
}

TEST(Postcat, NumbersAndNamesOfRecordsAreTakenOff) {
  const auto items = postcat_messages(
      "*** ENVELOPE RECORDS hold/A1B2C3 ***\n"
      "        0 message_size:             300\n"
      "       97 sender: a@firm.example\n"
      "      197 *** MESSAGE CONTENTS hold/A1B2C3 ***\n"
      "      199 regular_text: From: a@firm.example\n"
      "      230 regular_text: \n"
      "      232 unterminated_text: one \n"
      "      240 regular_text: line\n"
      "      250 pointer_record:               0\n"
      "      270 *** HEADER EXTRACTED hold/A1B2C3 ***\n"
      "      272 *** MESSAGE FILE END hold/A1B2C3 ***\n",
      {});
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(line_of(items[0]), "postcat a@firm.example -> A1B2C3 ");
  EXPECT_EQ(items[0].bytes, "From: a@firm.example\n\none line\n");
}

TEST(Postcat, APrintThatWasCutIsANote) {
  EXPECT_EQ(line_of(postcat_messages(kPostcat.substr(0, kPostcat.find("\n\n")), {}).at(0)),
            "postcat a@firm.example -> b@x.example 9C1AB100DE Thu Apr  5 10:37:00 2018 | truncated");
}

/// "023F From: a@firm.example\n": length, letter, text.
std::string exim_field(char letter, const std::string& text) { return fmt::format("{:03}{} {}", text.size(), letter, text); }

const std::string kEximHeader =
    "1f3v2G-0001Ab-7C-H\nmail 8 8\n<a@firm.example>\n1522917420 0\n-ident mail\n-acl_m0 2\n12\n-body_linecount 1\n"
    "YN done@x.example\nNN done@x.example\n2\nb@x.example\nc@x.example 0,-1,1\n\n" +
    exim_field('P', "Received: by mx.example\n\twith esmtp\n") + exim_field('*', "Subject: old\n") +
    exim_field('F', "From: a@firm.example\n");

TEST(Exim, AHeaderFileAndADataFileAreOneMessage) {
  const TempFolder folder;
  folder.write("1f3v2G-0001Ab-7C-H", kEximHeader);
  folder.write("1f3v2G-0001Ab-7C-D", "1f3v2G-0001Ab-7C-D\nbody\n");
  const auto items = items_of(folder.path.string());
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(line_of(items[0]), "exim a@firm.example -> b@x.example c@x.example 1f3v2G-0001Ab-7C 2018-04-05T08:37:00Z");
  EXPECT_EQ(items[0].bytes, "Received: by mx.example\n\twith esmtp\nFrom: a@firm.example\n\nbody\n");
}

TEST(Exim, AFileWithoutItsOtherIsANote) {
  const TempFolder folder;
  const auto header = items_of(folder.write("h/1f3v2G-0001Ab-7C-H", kEximHeader)).at(0);
  EXPECT_EQ(header.notes.at(0).code, "truncated");
  EXPECT_TRUE(header.bytes.ends_with("From: a@firm.example\n\n"));
  folder.write("d/1f3v2G-0001Ab-7C-H", "something else\n");
  const auto data = items_of(folder.write("d/1f3v2G-0001Ab-7C-D", "1f3v2G-0001Ab-7C-D\nbody\n")).at(0);
  EXPECT_EQ(data.notes.at(0).code, "truncated");
  EXPECT_EQ(data.bytes, "\nbody\n");
}

TEST(Exim, AHeaderFileThatWasCutKeepsWhatItHas) {
  const auto item = exim_message(kEximHeader.substr(0, kEximHeader.size() - 5), "x\nbody\n", {});
  EXPECT_EQ(item.notes.at(0).code, "truncated");
  EXPECT_TRUE(item.bytes.starts_with("Received: by mx.example\n"));
}

TEST(Exim, LongIdentifiersAreKnown) {
  EXPECT_TRUE(is_exim_header("1rAbCd-00000000xyz-AbCd-H\nmail 8 8\n"));
  EXPECT_FALSE(is_exim_header("1rAbCd-00000000xyz-AbCd-D\n"));
  EXPECT_FALSE(is_exim_header("some-words-with-dashes-H\n"));
}

const std::string kSendmail =
    "V8\nT1522917420\nK0\nN0\nP30123\nFs8\n$_mx.example [192.0.2.1]\n$rESMTP\nSa@firm.example\nRPFD:<b@x.example>\n"
    "H?P?Return-Path: <\x81g>\nH??Received: by mx.example\n\twith ESMTP\nH?F?From: a@firm.example\nH??Subject: s\n.\n";

TEST(Sendmail, AControlFileAndADataFileAreOneMessage) {
  const TempFolder folder;
  folder.write("qfw35AbCdE012345", kSendmail);
  folder.write("dfw35AbCdE012345", "body\n");
  const auto items = items_of(folder.path.string());
  ASSERT_EQ(items.size(), 1U);
  EXPECT_EQ(line_of(items[0]), "sendmail a@firm.example -> b@x.example qfw35AbCdE012345 2018-04-05T08:37:00Z");
  EXPECT_EQ(items[0].bytes, "Received: by mx.example\n\twith ESMTP\nFrom: a@firm.example\nSubject: s\n\nbody\n");
}

TEST(Sendmail, AFileNamedDfAloneIsReadAsWhatItIs) {
  const TempFolder folder;
  folder.write("df.eml", "From: a@firm.example\n\nbody\n");
  EXPECT_EQ(kinds_of(items_of(folder.path.string())), "eml\n");
}

TEST(Sendmail, AMissingDataFileAndACutControlFileAreNotes) {
  EXPECT_EQ(line_of(sendmail_message(kSendmail, std::nullopt, {})),
            "sendmail a@firm.example -> b@x.example  2018-04-05T08:37:00Z | truncated");
  EXPECT_EQ(sendmail_message(kSendmail.substr(0, kSendmail.size() - 2), "body\n", {}).notes.at(0).code, "truncated");
}

const std::string kBatch =
    "EHLO mx.example\r\nMAIL FROM:<> SIZE=100\r\nRCPT TO:<b@x.example>\r\nDATA\r\nFrom: "
    "a@firm.example\r\n\r\n..dot\r\n.\r\nRSET\r\n"
    "MAIL FROM:<a@firm.example>\r\nRCPT TO:<c@x.example>\r\nRCPT TO:<d@x.example>\r\nDATA\r\nFrom: "
    "b@firm.example\r\n\r\ntwo\r\n.\r\nQUIT\r\n";

TEST(Bsmtp, EachMessageOfABatchHasItsEnvelope) {
  const TempFolder folder;
  const auto path = folder.write("batch", kBatch);
  const auto items = items_of(path);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(line_of(items[0]), "bsmtp  -> b@x.example  ");
  EXPECT_EQ(items[0].bytes, "From: a@firm.example\r\n\r\n.dot\r\n");
  EXPECT_EQ(line_of(items[1]), "bsmtp a@firm.example -> c@x.example d@x.example  ");
  EXPECT_EQ(items[1].source, path + "#" + std::to_string(kBatch.find("MAIL FROM:<a@")));
}

TEST(Bsmtp, AMessageWithoutItsDotIsANote) {
  EXPECT_EQ(line_of(bsmtp_messages("HELO x\nMAIL FROM:<a@x.example>\nDATA\nFrom: a@x.example\n\nx\n", {}).at(0)),
            "bsmtp a@x.example ->   | truncated");
}

TEST(Amavis, TheEnvelopeInFrontOfAQuarantinedMessageIsRead) {
  const TempFolder folder;
  const std::string fields =
      "Return-Path: <>\nDelivered-To: spam-quarantine\nX-Envelope-From: <a@firm.example>\nX-Envelope-To: <b@x.example>,\n "
      "<c@x.example>\n"
      "X-Envelope-To-Blocked: <b@x.example>\nX-Quarantine-ID: <WyU1cAbCdEfG>\n";
  const std::string mail = "Received: from x\nFrom: a@firm.example\n\nbody\n";
  const auto item = items_of(folder.write("spam-WyU1cAbCdEfG", fields + mail)).at(0);
  EXPECT_EQ(line_of(item), "eml a@firm.example -> b@x.example c@x.example WyU1cAbCdEfG ");
  EXPECT_EQ(item.bytes, fields + mail);
  EXPECT_FALSE(items_of(folder.write("b.eml", "Received: from x\n" + fields + mail)).at(0).envelope) << "written by the sender";
}

struct SmallLimit {
  const char* name;
  Item (*read)(const Limits& limits);
  std::string message;
};

class QueueLimits : public testing::TestWithParam<SmallLimit> {};

TEST_P(QueueLimits, MessageBytes) {
  const auto& row = GetParam();
  EXPECT_TRUE(row.read({.message_bytes = row.message.size()}).notes.empty());
  const auto over = row.read({.message_bytes = row.message.size() - 1});
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_TRUE(over.notes[0].text.starts_with("message_bytes"));
  EXPECT_EQ(over.bytes, row.message.substr(0, row.message.size() - 1));
}

INSTANTIATE_TEST_SUITE_P(
    Forms, QueueLimits,
    testing::Values(SmallLimit{"Postfix",
                               [](const Limits& limits) {
                                 return postfix_queue_message(postfix_envelope() + record('N', "1234") + record('E', ""), limits);
                               },
                               "1234\n"},
                    SmallLimit{"Exim", [](const Limits& limits) { return exim_message(kEximHeader, "x\nbody\n", limits); },
                               "Received: by mx.example\n\twith esmtp\nFrom: a@firm.example\n\nbody\n"},
                    SmallLimit{"Sendmail", [](const Limits& limits) { return sendmail_message(kSendmail, "body\n", limits); },
                               "Received: by mx.example\n\twith ESMTP\nFrom: a@firm.example\nSubject: s\n\nbody\n"},
                    SmallLimit{"Postcat", [](const Limits& limits) { return postcat_messages(kPostcat, limits).at(0); },
                               "From: a@firm.example\n\n*** HEADER EXTRACTED active/0000 ***\nrecipient: not@x.example\n"},
                    SmallLimit{"Bsmtp", [](const Limits& limits) { return bsmtp_messages(kBatch, limits).at(1); },
                               "From: b@firm.example\r\n\r\ntwo\r\n"}),
    [](const auto& row) { return row.param.name; });

TEST(QueueLimits, Addresses) {
  const Limits two{.addresses = 2};
  EXPECT_EQ(postfix_queue_message(postfix_envelope() + record('E', ""), two).envelope->recipients.size(), 2U);
  EXPECT_EQ(postfix_queue_message(postfix_envelope() + record('E', ""), {.addresses = 1}).envelope->recipients.size(), 1U);
}

}  // namespace
}  // namespace threadline::evidence
