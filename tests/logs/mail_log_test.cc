// SPDX-License-Identifier: Apache-2.0
#include "logs/mail_log.h"

#include <gtest/gtest.h>

#include "told_log.h"
#include "told_story.h"

namespace threadline::logs {
namespace {

TEST(MailLog, AnAccountThatHandsInAMailHasSignedIn) {
  std::string log;
  for (int i = 10; i < 22; ++i)
    log += "2018-04-05T08:" + std::to_string(i) +
           ":00Z mx1 postfix/submission/smtpd[7]: warning: unknown[203.0.113.7]: SASL PLAIN authentication failed: , "
           "sasl_username=p@firm.example\n";
  const std::string accepted =
      "2018-04-05T08:40:00Z mx1 postfix/submission/smtpd[7]: ABCDEF0123: client=unknown[203.0.113.7], sasl_method=PLAIN, "
      "sasl_username=";
  EXPECT_EQ(claims_of(story_of(log + accepted + "p@firm.example\n")),
            std::vector<std::string>{"login_bruteforce_then_success high"});
  EXPECT_TRUE(claims_of(story_of(log + accepted + "q@firm.example\n")).empty()) << "another account's mail";
}

TEST(MailLog, TheNextServersReplyNamesTheIdThatItGave) {
  const std::string ses = "010e0162a1b2c3d4-0a1b2c3d-0000-4000-8000-00112233aabb-000000";
  EXPECT_EQ(id_in_reply("250 Ok " + ses, "email-smtp.eu-west-1.amazonaws.com[192.0.2.9]:587"),
            "<" + ses + "@eu-west-1.amazonses.com>");
  EXPECT_EQ(id_in_reply("250 Ok " + ses, "email-smtp.us-east-1.amazonaws.com[192.0.2.9]:587"),
            "<" + ses + "@email.amazonses.com>");
  EXPECT_EQ(
      id_in_reply("250 2.6.0 <AB1@box.prod.example> [InternalId=7, Hostname=h] 1 bytes in 0.1, 5 KB/sec Queued mail for delivery",
                  "firm.mail.protection.example[192.0.2.9]:25"),
      "<AB1@box.prod.example>");
  EXPECT_EQ(id_in_reply("250 2.0.0 Ok: queued as 4F1A2B3C", "mx.example[192.0.2.9]:25"), "");
  EXPECT_EQ(id_in_reply("250 Ok " + ses, "mx.example[192.0.2.9]:25"), "") << "the words of another server";
  EXPECT_EQ(id_in_reply("", ""), "");
}

using Lines = std::vector<std::string>;
constexpr Instant kWritten{1'523'000'000, 0};  // 6 April 2018

const std::string kPostfix =
    "Apr  5 11:45:01 mx1 postfix/smtpd[101]: 4FBX1k2Z3yz9vWm: client=out.mail.example[192.0.2.7]\n"
    "Apr  5 11:45:01 mx1 postfix/cleanup[102]: 4FBX1k2Z3yz9vWm: message-id=<m4@mail.example>\n"
    "Apr  5 11:45:01 mx1 postfix/qmgr[103]: 4FBX1k2Z3yz9vWm: from=<f@firm-example.example>, size=2811, nrcpt=2 (queue active)\n"
    "Apr  5 11:45:02 mx1 postfix/lmtp[104]: 4FBX1k2Z3yz9vWm: to=<p@buyer.example>, relay=10.0.0.5[10.0.0.5]:24, delay=0.6, "
    "delays=0.3/0/0/0.3, dsn=2.0.0, status=sent (250 2.0.0 Ok (queued))\n"
    "Apr  5 11:45:02 mx1 postfix/lmtp[104]: 4FBX1k2Z3yz9vWm: to=<x@buyer.example>, orig_to=<y@buyer.example>, relay=none, "
    "delay=0.6, dsn=5.1.1, status=bounced (unknown user)\n"
    "Apr  5 11:45:02 mx1 postfix/qmgr[103]: 4FBX1k2Z3yz9vWm: removed\n"
    "Apr  5 11:46:02 mx1 postfix/smtpd[105]: NOQUEUE: reject: RCPT from unknown[198.51.100.9]: 554 5.7.1 Relay access denied; "
    "from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<x>\n"
    "Apr  5 11:46:03 mx1 postfix/smtpd[105]: warning: unknown[198.51.100.9]: SASL LOGIN authentication failed: UGFzc3dvcmQ6, "
    "sasl_username=p@buyer.example\n"
    "Apr  5 11:46:04 mx1 postfix/smtpd[105]: ABCDEF01: client=unknown[198.51.100.9], sasl_method=LOGIN, "
    "sasl_username=p@buyer.example\n"
    "Apr  5 11:46:05 mx1 CRON[1]: (root) CMD (true)\n";

TEST(MailLog, PostfixIsReadLineByLine) {
  const ToldLog told = tell_log(kPostfix, {}, kWritten);
  EXPECT_EQ(lines_of(told), (Lines{
                                "mail_accepted 2018-04-05T11:45:01Z - 192.0.2.7 - -",
                                "mail_accepted 2018-04-05T11:45:01Z - - - -",
                                "other 2018-04-05T11:45:01Z - - - -",
                                "mail_delivered 2018-04-05T11:45:02Z - - 10.0.0.5[10.0.0.5]:24 sent",
                                "mail_bounced 2018-04-05T11:45:02Z - - none bounced",
                                "other 2018-04-05T11:45:02Z - - - removed",
                                "mail_rejected 2018-04-05T11:46:02Z - 198.51.100.9 - reject",
                                "login_failed 2018-04-05T11:46:03Z p@buyer.example 198.51.100.9 - -",
                                "mail_accepted 2018-04-05T11:46:04Z p@buyer.example 198.51.100.9 - -",
                                "other 2018-04-05T11:46:05Z - - - -",
                            }));
  EXPECT_EQ(told.events[1].mails.front().id, "<m4@mail.example>");
  EXPECT_EQ(told.events[2].sender, "f@firm-example.example");
  EXPECT_EQ(told.events[3].queue_id, "mx1/4FBX1k2Z3yz9vWm");
  EXPECT_EQ(told.events[3].recipients, Lines{"p@buyer.example"});
  EXPECT_TRUE(told.events[3].originals.empty());
  EXPECT_EQ(told.events[4].originals, Lines{"y@buyer.example"});
  EXPECT_EQ(told.events[3].reason, "250 2.0.0 Ok (queued)");
  EXPECT_EQ(told.events[0].time->basis, ZoneBasis::assumed) << "syslog has neither year nor zone";
  EXPECT_EQ(told.events[6].reason, "554 5.7.1 Relay access denied");
}

TEST(MailLog, IsoTimesStateTheirZone) {
  const auto event =
      mail_log_event("2018-04-05T13:45:01.123456+02:00 mx1 postfix/cleanup[9]: ABCDEF01: message-id=<m@mail.example>",
                     {.basis = ZoneBasis::assumed});
  ASSERT_TRUE(event);
  EXPECT_EQ(rfc3339_utc(event->time->at), "2018-04-05T11:45:01Z");
  EXPECT_EQ(event->time->basis, ZoneBasis::stated);
}

TEST(MailLog, Rfc5424LinesAreRead) {
  const auto event =
      mail_log_event("<22>1 2018-04-05T11:45:01Z mx1 postfix/cleanup 9 - - ABCDEF01: message-id=<m@mail.example>", {});
  ASSERT_TRUE(event);
  ASSERT_EQ(event->mails.size(), 1U);
  EXPECT_EQ(event->queue_id, "mx1/ABCDEF01");
}

TEST(MailLog, RspamdSaysWhatItDidWithAMail) {
  const std::string words =
      "<4a1b2c>; task; rspamd_task_write_log: id: <m4@mail.example>, qid: <ABCDEF01>, ip: 192.0.2.7, from: <f@firm.example>, "
      "(default: F "
      "(add header): [7.10/15.00] [X(1.0){a;}]), len: 2811, time: 90.1ms, dns req: 5, digest: <ff>, rcpts: <p@buyer.example>, "
      "mime_rcpts: <p@buyer.example,x@buyer.example>, subject: \"RIB\"";
  for (const std::string& line : {"Apr  5 11:45:01 mx1 rspamd[77]: " + words, "2018-04-05 11:45:01 #77(normal) " + words}) {
    const auto event = mail_log_event(line, {.written = kWritten});
    ASSERT_TRUE(event) << line;
    EXPECT_EQ(event->format, Format::rspamd);
    EXPECT_EQ(line_of(*event), "mail_accepted 2018-04-05T11:45:01Z - 192.0.2.7 - add header");
    EXPECT_EQ(event->mails.front().id, "<m4@mail.example>");
    EXPECT_EQ(event->sender, "f@firm.example");
  }
}

TEST(MailLog, PostfixSaysForWhomTheMailCameOnlyBehindTheRecipient) {
  struct Row {
    const char* name;
    std::string words, recipient;
    Lines originals;
  };
  const std::string behind = ", relay=local, delay=1, dsn=2.0.0, status=sent ";
  const Row rows[] = {
      {"an alias", "to=<q@b.example>, orig_to=<p@b.example>" + behind + "(ok)", "q@b.example", {"p@b.example"}},
      {"an alias in quotes",
       R"(to=<"q>, x"@b.example>, orig_to=<"p"@b.example>)" + behind + "(ok)",
       "q,x@b.example",
       {"p@b.example"}},
      {"no alias", "to=<q@b.example>" + behind + "(ok)", "q@b.example", {}},
      {"in the recipient's quotes",
       R"(to=<"q+, orig_to=<p@b.example>"@b.example>)" + behind + "(ok)",
       "q+,orig_to=p@b.example@b.example",
       {}},
      {"behind an escaped quote",
       R"(to=<"q+\">, orig_to=<p@b.example>"@b.example>)" + behind + "(ok)",
       "q+\\,orig_to=p@b.example@b.example",
       {}},
      {"in a recipient without quotes",
       "to=<q+, orig_to=<p@b.example>@b.example>" + behind + "(ok)",
       "q+,orig_to=p@b.example@b.example",
       {}},
      {"in the peer's reply", "to=<q@b.example>" + behind + "(250 ok, orig_to=<p@b.example>)", "q@b.example", {}},
  };
  for (const Row& row : rows) {
    const auto event = mail_log_event("2018-04-05T11:45:02Z mx1 postfix/lmtp[4]: ABCDEF01: " + row.words, {});
    ASSERT_TRUE(event) << row.name;
    EXPECT_EQ(event->act, Act::mail_delivered) << row.name;
    EXPECT_EQ(event->recipients, Lines{row.recipient}) << row.name;
    EXPECT_EQ(event->originals, row.originals) << row.name;
  }
}

TEST(MailLog, EximSaysForWhomTheMailCameBeforeAnAliasLedElsewhere) {
  struct Row {
    std::string words, recipient;
    Lines originals;
  };
  const Row rows[] = {
      {"=> x@box.example <y@buyer.example> R=local T=lmtp", "x@box.example", {"y@buyer.example"}},
      {"-> x@box.example (z@buyer.example) <y@buyer.example> F=<a@b.example> R=local T=lmtp",
       "x@box.example",
       {"y@buyer.example"}},
      {"=> x <y@buyer.example> R=local T=lmtp", "y@buyer.example", {"y@buyer.example"}},
      {"=> x@box.example F=<a@b.example> P=<a@b.example> R=local T=lmtp", "x@box.example", {}},
      {"** x@box.example: unknown user <q@buyer.example>", "x@box.example", {}},
  };
  for (const Row& row : rows) {
    const auto event = mail_log_event("2018-04-05 11:45:02 1f40AB-0001xy-1X " + row.words, {});
    ASSERT_TRUE(event) << row.words;
    EXPECT_EQ(event->recipients, Lines{row.recipient}) << row.words;
    EXPECT_EQ(event->originals, row.originals) << row.words;
  }
}

TEST(MailLog, EximsMainLogIsRead) {
  const ToldLog told = tell_log(
      "2018-04-05 11:45:01 1f40AB-0001xy-1X <= f@firm.example H=out.mail.example (helo) [192.0.2.7]:4242 P=esmtps A=plain:f "
      "S=2811 id=m4@mail.example T=\"RIB\" from <f@firm.example> for p@buyer.example\n"
      "2018-04-05 11:45:02 1f40AB-0001xy-1X => p <p@buyer.example> R=local T=lmtp H=box.buyer.example [10.0.0.5] C=\"250 OK\"\n"
      "2018-04-05 11:45:02 1f40AB-0001xy-1X ** x@buyer.example R=dns T=smtp: unknown user\n"
      "2018-04-05 11:45:02 1f40AB-0001xy-1X Completed\n"
      "2018-04-05 11:46:02 H=(x) [198.51.100.9] F=<a@b.example> rejected RCPT <c@d.example>: relay not permitted\n"
      "2018-04-05 11:46:03 login authenticator failed for (x) [198.51.100.9]: 535 Incorrect authentication data "
      "(set_id=p@buyer.example)\n");
  EXPECT_EQ(lines_of(told), (Lines{
                                "mail_accepted 2018-04-05T11:45:01Z f 192.0.2.7 - <=",
                                "mail_delivered 2018-04-05T11:45:02Z - 10.0.0.5 box.buyer.example =>",
                                "mail_bounced 2018-04-05T11:45:02Z - - - **",
                                "other 2018-04-05T11:45:02Z - - - removed",
                                "mail_rejected 2018-04-05T11:46:02Z - 198.51.100.9 - -",
                                "login_failed 2018-04-05T11:46:03Z p@buyer.example 198.51.100.9 - -",
                            }));
  EXPECT_EQ(told.events[0].mails.front().id, "<m4@mail.example>");
  EXPECT_EQ(told.events[0].subject, "RIB");
  EXPECT_EQ(told.events[0].recipients, Lines{"p@buyer.example"});
  EXPECT_EQ(told.events[1].recipients, Lines{"p@buyer.example"});
}

TEST(MailLog, AFileWithoutMailIsNoMailLog) {
  EXPECT_FALSE(tell_log("Apr  5 11:45:01 host sshd[1]: Accepted publickey for x\n").layout);
  EXPECT_FALSE(tell_log("Dear Postfix,\n\npostfix/smtpd is a fine program.\n").layout);
}

TEST(MailLog, AForeignLineIsCountedAndShown) {
  const ToldLog told = tell_log(kPostfix + "and then it rained\n", {}, kWritten);
  EXPECT_EQ(told.undecodable, 1U);
  ASSERT_EQ(told.shown.size(), 1U);
  EXPECT_EQ(told.shown[0].line, 11U);
}

}  // namespace
}  // namespace threadline::logs
