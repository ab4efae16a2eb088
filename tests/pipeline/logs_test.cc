// SPDX-License-Identifier: Apache-2.0
// Logs beside mails through the whole pipeline: in this process and in workers, compressed, damaged, beyond limits.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "pipeline/analysis.h"
#include "pipeline/log_reading.h"
#include "pipeline/log_wire.h"

namespace threadline::pipeline {
namespace {

namespace fs = std::filesystem;
using Done = pipeline::Run;  // testing::Test has a Run of its own

/// A folder of this test, removed behind it.
class Logs : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::path(::testing::TempDir()) / ("logs_" + std::to_string(::getpid()) + test->name());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

  [[nodiscard]] Done run(RunSettings settings = {}) const {
    auto done = analyse({folder_.string()}, settings);
    EXPECT_TRUE(done);
    return done ? std::move(*done) : Done{};
  }

  fs::path folder_;
};

std::string rule(int number) {
  return R"({"CreationTime":"2018-04-05T09:06:02","Id":"r)" + std::to_string(number) +
         R"(","Operation":"New-InboxRule","UserId":"p@firm.example","ClientIP":"203.0.113.7","Parameters":[{"Name":"Name","Value":"."},{"Name":"DeleteMessage","Value":"True"}]})" +
         "\n";
}

const std::string kMail =
    "From: F <f@supplier.example>\nTo: P <p@firm.example>\nSubject: RIB\nDate: Thu, 5 Apr 2018 09:00:00 +0000\nMessage-ID: "
    "<m1@supplier.example>\n\nhello\n";

const std::string kQueue =
    "2018-04-05T09:00:01Z mx1 postfix/smtpd[1]: ABCDEF01: client=out.supplier.example[192.0.2.7]\n"
    "2018-04-05T09:00:01Z mx1 postfix/cleanup[1]: ABCDEF01: message-id=<m1@supplier.example>\n"
    "2018-04-05T09:00:01Z mx1 postfix/qmgr[1]: ABCDEF01: from=<f@supplier.example>, size=1, nrcpt=1 (queue active)\n"
    "2018-04-05T09:00:02Z mx1 postfix/smtp[1]: ABCDEF01: to=<p@firm.example>, relay=x[192.0.2.9]:25, delay=1, dsn=2.0.0, "
    "status=sent (ok)\n"
    "2018-04-05T09:00:02Z mx1 postfix/qmgr[1]: ABCDEF01: removed\n"
    "2018-04-05T10:00:01Z mx1 postfix/cleanup[1]: ABCDEF01: message-id=<other@shop.example>\n"
    "2018-04-05T10:00:02Z mx1 postfix/smtp[1]: ABCDEF01: to=<q@firm.example>, relay=x[192.0.2.9]:25, delay=1, dsn=2.0.0, "
    "status=sent (ok)\n"
    "2018-04-05T10:00:02Z mx1 postfix/qmgr[1]: ABCDEF01: removed\n";

RunSettings with_jobs(unsigned jobs) {
  RunSettings settings;
  settings.jobs = jobs;
  return settings;
}

std::vector<std::string> acts_of(const Done& run) {
  std::vector<std::string> acts;
  for (const auto& one : run.logged) acts.push_back(one.act);
  return acts;
}

std::size_t remarks_with(const Done& run, std::string_view code) {
  return static_cast<std::size_t>(std::ranges::count(run.remarks, code, &timeline::EvidenceRemark::code));
}

TEST_F(Logs, AQueueIsJoinedAcrossItsLinesAndAReusedIdIsAnotherMail) {
  write("m.eml", kMail);
  write("mail.log", kQueue);
  for (const unsigned jobs : {0U, 2U}) {
    const Done done = run(with_jobs(jobs));
    EXPECT_EQ(acts_of(done), (std::vector<std::string>{"mail_accepted", "mail_delivered"})) << jobs;
    if (done.logged.size() != 2) continue;
    EXPECT_EQ(done.logged[0].source, path("mail.log") + ":1");
    EXPECT_EQ(done.logged[1].message_id, "<m1@supplier.example>");
    EXPECT_EQ(done.logged[1].source, path("mail.log") + ":4");
    EXPECT_FALSE(done.unreadable);
    EXPECT_EQ(done.judged.size(), 1U);
  }
}

TEST_F(Logs, AMailWhoseMessageIdWasRewrittenIsFoundInTheSendersLog) {
  std::string mail = kMail;
  mail.replace(mail.find("<m1@supplier.example>"), 21,
               "<5ac.1c69fb81@mx.google.example>\nX-Google-Original-Message-ID: <M1@supplier.example>");
  write("m.eml", mail);
  write("mail.log", kQueue);
  const Done done = run();
  EXPECT_EQ(acts_of(done), (std::vector<std::string>{"mail_accepted", "mail_delivered"}));
  for (const auto& one : done.logged) EXPECT_EQ(one.message_id, "<5ac.1c69fb81@mx.google.example>");
}

TEST_F(Logs, AMailThatTheNextServerRenamedIsFoundByThatServersReply) {
  std::string log = kQueue;
  log.replace(log.find("relay=x[192.0.2.9]:25, delay=1, dsn=2.0.0, status=sent (ok)"), 59,
              "relay=email-smtp.eu-west-3.amazonaws.com[192.0.2.9]:587, delay=1, dsn=2.0.0, status=sent (250 Ok "
              "010e0162a1b2c3d4-0a1b2c3d-0000-4000-8000-00112233aabb-000000)");
  std::string mail = kMail;
  mail.replace(mail.find("<m1@supplier.example>"), 21,
               "<010E0162a1b2c3d4-0a1b2c3d-0000-4000-8000-00112233aabb-000000@eu-west-3.amazonses.com>");
  write("m.eml", mail);
  write("mail.log", log);
  const Done done = run();
  EXPECT_EQ(acts_of(done), (std::vector<std::string>{"mail_accepted", "mail_delivered"}));
  for (const auto& one : done.logged) EXPECT_TRUE(one.findings.empty()) << "no mail is absent";
}

TEST_F(Logs, ACompressedLogIsReadAndNamedByItsArchive) {
  write("mail.log", kQueue);
  write("m.eml", kMail);
  const std::string packed = "gzip -k " + path("mail.log") + " && rm " + path("mail.log");
  ASSERT_EQ(std::system(packed.c_str()), 0);
  const Done done = run();
  ASSERT_EQ(done.logged.size(), 2U);
  EXPECT_EQ(done.logged[0].source, path("mail.log.gz") + "!mail.log:1");
  EXPECT_EQ(remarks_with(done, "evidence_unreadable"), 0U);
}

TEST_F(Logs, EveryRecordIsARowWhenAskedFor) {
  write("mail.log", kQueue);
  RunSettings every;
  every.every_log_record = true;
  EXPECT_EQ(run(every).logged.size(), 8U);
  EXPECT_EQ(run().logged.size(), 0U) << "no mail names them, and nothing tells by itself";
}

TEST_F(Logs, ARepeatedRecordIsOneRowInWhateverFile) {
  write("a.jsonl", rule(1) + rule(2) + rule(1));
  write("b.jsonl", rule(2));
  for (const unsigned jobs : {0U, 2U}) {
    const Done done = run(with_jobs(jobs));
    EXPECT_EQ(done.logged.size(), 2U);
    const auto summary = std::ranges::find(done.remarks, "log_read", &timeline::EvidenceRemark::code);
    ASSERT_NE(summary, done.remarks.end());
    EXPECT_EQ(*summary->evidence.find("repeated")->integer(), 1);
  }
}

TEST_F(Logs, ALogOfTheSameBytesIsReadOnceAndNamesItsCopies) {
  write("a.log", kQueue);
  write("b.log", kQueue);
  RunSettings every;
  every.every_log_record = true;
  const Done done = run(every);
  EXPECT_EQ(done.logged.size(), 8U);
  ASSERT_EQ(remarks_with(done, "log_read"), 1U);
  const auto summary = std::ranges::find(done.remarks, "log_read", &timeline::EvidenceRemark::code);
  EXPECT_EQ(*summary->evidence.find("copies"), Value(Value::List{path("b.log")}));
  write("b.log", kQueue + "2018-04-05T10:00:03Z mx1 postfix/qmgr[1]: ABCDEF02: removed\n");
  EXPECT_EQ(run(every).logged.size(), 17U) << "one line more: another log";
}

TEST_F(Logs, AWorkerThatDiesCostsItsPieceAndARowSaysSo) {
  write("a.jsonl", rule(1));
  write("b.jsonl", rule(2));
  RunSettings settings = with_jobs(2);
  settings.fault = [](const evidence::Item& item) {
    if (item.format == kLogItem && item.source.ends_with("a.jsonl")) std::raise(SIGKILL);
  };
  const Done done = run(settings);
  EXPECT_EQ(done.logged.size(), 1U);
  EXPECT_EQ(remarks_with(done, "evidence_unreadable"), 1U);
  EXPECT_TRUE(done.unreadable);
}

TEST_F(Logs, WhoeverReadsThemTheStoryIsTheSame) {
  write("a.jsonl", rule(1) + "{\"broken\n" + rule(2));
  write("mail.log", kQueue);
  write("m.eml", kMail);
  const Done here = run();
  RunSettings settings;
  settings.gather_logs = [](const std::vector<std::string>& paths, const logs::Wanted& wanted) -> Result<GatheredLogs> {
    auto read = gather_logs(paths, {}, wanted);
    if (!read) return read;
    auto back = decode_logs(encode_logs(std::move(*read)));  // as from another process
    if (!back) return tl::unexpected(Error{"not decoded", {}, {}});
    return std::move(*back);
  };
  const Done elsewhere = run(settings);
  EXPECT_EQ(acts_of(elsewhere), acts_of(here));
  EXPECT_FALSE(acts_of(here).empty());
  ASSERT_EQ(elsewhere.remarks.size(), here.remarks.size());
  for (std::size_t i = 0; i < here.remarks.size(); ++i) {
    EXPECT_EQ(elsewhere.remarks[i].source, here.remarks[i].source);
    EXPECT_EQ(elsewhere.remarks[i].evidence, here.remarks[i].evidence) << here.remarks[i].code;
  }
  for (std::size_t i = 0; i < here.logged.size(); ++i) EXPECT_EQ(elsewhere.logged[i].source, here.logged[i].source);
}

TEST_F(Logs, BytesThatAreNoLogsAreNotTaken) {
  GatheredLogs logs;
  logs.remarks.push_back({"log_read", Severity::info, "a", {}, "place", {}, Value::Object{{"records", 3}}});
  const std::string bytes = encode_logs(logs);
  EXPECT_TRUE(decode_logs(bytes));
  for (std::size_t length = 0; length < bytes.size(); ++length) EXPECT_FALSE(decode_logs(bytes.substr(0, length))) << length;
  EXPECT_FALSE(decode_logs(bytes + "x"));
  EXPECT_FALSE(decode_logs(std::string(8, '\xff')));
}

TEST_F(Logs, EventsBeyondLogEventsAreANote) {
  write("a.jsonl", rule(1) + rule(2));
  RunSettings settings;
  settings.limits.log_events = 2;
  EXPECT_EQ(run(settings).logged.size(), 2U);
  EXPECT_EQ(remarks_with(run(settings), "evidence_limit"), 0U);
  settings.limits.log_events = 1;
  EXPECT_EQ(run(settings).logged.size(), 1U);
  EXPECT_GE(remarks_with(run(settings), "evidence_limit"), 1U);
}

std::string sign_in(const std::string& user) {
  return R"({"CreationTime":"2018-04-05T10:06:02","Id":")" + user + R"(","Operation":"UserLoggedIn","UserId":")" + user +
         R"(","ClientIP":"192.0.2.7"})" + "\n";
}

TEST_F(Logs, SignInsBeyondLogActivitiesAreANote) {
  write("a.jsonl", sign_in("p@firm.example") + sign_in("q@firm.example"));
  RunSettings settings;
  settings.limits.log_activities = 2;
  EXPECT_EQ(remarks_with(run(settings), "evidence_limit"), 0U);
  settings.limits.log_activities = 1;
  EXPECT_EQ(remarks_with(run(settings), "evidence_limit"), 1U);
}

TEST_F(Logs, UndecodableRecordsBeyondLogUndecodableAreCountedOnly) {
  write("a.jsonl", rule(1) + "{\"x\n{\"y\n{\"z\n");
  RunSettings settings;
  settings.limits.log_undecodable = 2;
  const Done done = run(settings);
  const auto malformed = std::ranges::find(done.remarks, "evidence_malformed", &timeline::EvidenceRemark::code);
  ASSERT_NE(malformed, done.remarks.end());
  EXPECT_EQ(malformed->notes.size(), 2U);
  EXPECT_EQ(*malformed->evidence.find("undecodable")->integer(), 3);
  EXPECT_EQ(malformed->notes[0].text, "2: {\"x");
}

TEST_F(Logs, QueueIdsBeyondLogQueueIdsAreNotJoined) {
  write("m.eml", kMail);
  write("mail.log", kQueue);
  RunSettings settings;
  settings.limits.log_queue_ids = 1;
  EXPECT_EQ(run(settings).logged.size(), 2U);
}

TEST_F(Logs, TheGatewaysOwnLineOfAMailIsARowWhateverItsVerdict) {
  write("m.eml", kMail);
  for (const std::string verdict : {"accept", "tag", "hold", "reject", "tempfail"}) {
    const auto line = [&](const std::string& id) {
      return R"({"time":"2018-04-05T09:00:03Z","event":"message","queue_id":"4F1","message_id":")" + id +
             R"(","direction":"inbound","verdict":")" + verdict + R"(","codes":[],"ms":7,"id":")" + id +
             R"(","client":"192.0.2.7","sender":"f@supplier.example","recipients":["p@firm.example"],"bytes":9})" + "\n";
    };
    write("gateway.log", line("<m1@supplier.example>") + line("<other@shop.example>"));
    const Done done = run();
    ASSERT_EQ(done.logged.size(), 1U) << verdict;
    EXPECT_EQ(done.logged[0].message_id, "<m1@supplier.example>");
    EXPECT_EQ(*done.logged[0].evidence.find("operation")->text(), verdict);
  }
}

/// A mail of the own side's that the border says is none, for bills@; `above` and `below` the border's own field.
std::string spoofed_mail(const std::string& above, const std::string& received_for, const std::string& below) {
  return above + "Received: from out.isp.example (out.isp.example [203.0.113.20]) by mx.firm.example (Postfix) with ESMTP id 1" +
         received_for + "; Thu, 5 Apr 2018 09:00:02 +0000\n" +
         "Authentication-Results: mx.firm.example; dmarc=fail header.from=firm.example\n" + below +
         "From: Boss <boss@firm.example>\nTo: Bills <bills@firm.example>\nSubject: RIB\nDate: Thu, 5 Apr 2018 09:00:00 +0000\n"
         "Message-ID: <m1@isp.example>\n\nhello\n";
}

TEST_F(Logs, AFraudIsNotElsewhereWithWhomTheBorderSaysItCameFor) {
  write("trace.csv",
        "MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,MessageTraceId\n"
        "<m1@isp.example>,2018-04-05T09:00:03,boss@firm.example,p@firm.example,RIB,Delivered,1\n");
  struct Row {
    const char* name;
    std::string above, received_for, below;
    std::size_t elsewhere;
  };
  const Row rows[] = {
      {"nobody says p", "", "", "", 1},
      {"the mailbox", "Delivered-To: p@firm.example\n", "", "", 0},
      {"an alias", "X-Original-To: p@firm.example\n", "", "", 0},
      {"Exim", "Envelope-To: p@firm.example\n", "", "", 0},
      {"the border", "", " for <p@firm.example>", "", 0},
      {"the sender", "", "", "Delivered-To: p@firm.example\nX-Original-To: p@firm.example\nX-Envelope-To: p@firm.example\n", 1},
      {"somebody else's mailbox", "Delivered-To: q@firm.example\n", " for <q@firm.example>", "", 1},
  };
  RunSettings settings;
  settings.policy.own.domains = {"firm.example"};
  for (const Row& row : rows) {
    write("m.eml", spoofed_mail(row.above, row.received_for, row.below));
    const Done done = run(settings);
    ASSERT_EQ(done.logged.size(), 1U) << row.name;
    const auto& findings = done.logged[0].findings;
    EXPECT_EQ(std::ranges::count(findings, "delivered_elsewhere", &findings::Finding::code), row.elsewhere) << row.name;
  }
}

TEST_F(Logs, AFraudIsNotElsewhereWithWhomAnotherCopyInEvidenceCameFor) {
  std::string trace = "MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,MessageTraceId\n";
  for (const std::string to : {"p", "q", "r"})
    trace += "<m1@isp.example>,2018-04-05T09:00:03,boss@firm.example," + to + "@firm.example,RIB,Delivered,1\n";
  write("trace.csv", trace);
  write("p.eml", spoofed_mail("", " for <p@firm.example>", ""));
  write("q.eml", spoofed_mail("", " for <q@firm.example>", ""));
  RunSettings settings;
  settings.policy.own.domains = {"firm.example"};
  const Done done = run(settings);
  EXPECT_EQ(done.judged.size(), 1U);
  std::vector<std::string> elsewhere;
  for (const auto& logged : done.logged) {
    for (const auto& finding : logged.findings) {
      if (finding.code == "delivered_elsewhere") elsewhere.push_back(*finding.evidence.find("to")->text());
    }
  }
  EXPECT_EQ(elsewhere, std::vector<std::string>{"r@firm.example"});
}

/// What is attached to a mail of the fraud, whose trace says that it went to p, too.
std::string attached_to(const std::string& carrier, const std::string& text, const std::string& inside) {
  const std::size_t end = carrier.find("\n\n");
  return carrier.substr(0, end) + "\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n" + text +
         "\n--x\nContent-Type: message/rfc822\n\n" + inside + "\n--x--\n";
}

TEST_F(Logs, AnAttachedMailSaysWhomItCameForOnlyWhereNoServerBroughtIt) {
  write("trace.csv",
        "MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,MessageTraceId\n"
        "<m1@isp.example>,2018-04-05T09:00:03,boss@firm.example,p@firm.example,RIB,Delivered,1\n");
  const std::string fraud = spoofed_mail("", " for <bills@firm.example>", "");
  const std::string to_p =
      "From: Boss <boss@firm.example>\nTo: P <p@firm.example>\nSubject: RIB\nMessage-ID: <m1@isp.example>\n\nhello\n";
  const std::string brought_to_p = spoofed_mail("Delivered-To: p@firm.example\n", " for <p@firm.example>", "");
  const std::string envelope =
      "Sender: boss@firm.example\nSubject: RIB\nMessage-Id: <m1@isp.example>\nTo: bills@firm.example\nBcc: "
      "p@firm.example\n";
  const std::string reporter =
      "From: Q <q@firm.example>\nTo: IT <it@firm.example>\nSubject: look\nMessage-ID: <q1@firm.example>\n\n";
  const std::string journal =
      "From: Journal <journal@firm.example>\nTo: <archive@firm.example>\nSubject: RIB\nMessage-ID: "
      "<j1@firm.example>\n\n";
  const std::string hop = "Received: from ";
  const std::string by = " by mx.firm.example (Postfix) with ESMTP id 2; Thu, 5 Apr 2018 09:00:05 +0000\n";
  const std::string outside = hop + "out.isp.example (out.isp.example [203.0.113.20])" + by;
  const std::string inside = hop + "ex.firm.example (ex.firm.example [10.0.0.5])" + by;
  struct Row {
    const char* name;
    std::string first, second;
    std::ptrdiff_t elsewhere;
  };
  const Row rows[] = {
      {"a To of the sender's", attached_to(fraud, "hello", to_p), "", 1},
      {"fields of the sender's", attached_to(fraud, "hello", brought_to_p), "", 1},
      {"a journal report of the sender's", attached_to(fraud, envelope, fraud), "", 1},
      {"a second mail from outside", fraud, attached_to(outside + journal, envelope, to_p), 1},
      {"the own journal", fraud, attached_to(inside + journal, envelope, fraud + "journalled\n"), 0},
      {"the own journal's export", fraud, attached_to(journal, envelope, fraud + "journalled\n"), 0},
      {"a colleague's report alone", attached_to(reporter, "look", brought_to_p), "", 0},
  };
  RunSettings settings;
  settings.policy.own.domains = {"firm.example"};
  for (const Row& row : rows) {
    write("1.eml", row.first);
    fs::remove(path("2.eml"));
    if (!row.second.empty()) write("2.eml", row.second);
    std::ptrdiff_t elsewhere = 0;
    for (const auto& logged : run(settings).logged)
      elsewhere += std::ranges::count(logged.findings, "delivered_elsewhere", &findings::Finding::code);
    EXPECT_EQ(elsewhere, row.elsewhere) << row.name;
  }
}

/// A rule that deletes the mails whose sender's address holds the word.
std::string deleting_rule(const std::string& word) {
  return R"({"CreationTime":"2018-04-05T09:06:02","Id":"r1","Operation":"New-InboxRule","UserId":"p@firm.example","Parameters":[)"
         R"({"Name":"Name","Value":"tri"},{"Name":"DeleteMessage","Value":"True"},{"Name":"FromAddressContainsWords","Value":")" +
         word + "\"}]}\n";
}

TEST_F(Logs, ARuleAimsAtTheDomainsOfWhoWritesInTheCase) {
  const std::string answer =
      "From: F <f@supplier.example>\nTo: P <p@firm.example>\nCc: S <s@microserve.example>\nSubject: Re: RIB\nDate: Thu, 5 Apr "
      "2018 "
      "09:01:00 +0000\nMessage-ID: <m2@supplier.example>\nIn-Reply-To: <m1@isp.example>\n";
  const std::string words = "\nhello\n";
  struct Row {
    const char* name;
    std::string mail, word;
    bool is_fraud;
    Severity expected;
  };
  const Row rows[] = {
      {"who writes", answer + words, "supplier.example", true, Severity::high},
      {"the domain's name", answer + words, "supplier", true, Severity::medium},
      {"who is copied in", answer + words, "microserve.example", true, Severity::low},
      {"the name of who is copied in", answer + words, "microserve;otherpromo", true, Severity::low},
      {"a newsletter", answer + "List-Id: <news.supplier.example>\n" + words, "supplier.example", true, Severity::low},
      {"no case", answer + words, "supplier.example", false, Severity::low},
      {"no case, the name", answer + words, "supplier", false, Severity::low},
  };
  RunSettings settings;
  settings.policy.own.domains = {"firm.example"};
  for (const Row& row : rows) {
    fs::remove(path("1.eml"));
    if (row.is_fraud) write("1.eml", spoofed_mail("", "", ""));
    write("2.eml", row.mail);
    write("audit.jsonl", deleting_rule(row.word));
    const Done done = run(settings);
    ASSERT_EQ(done.logged.size(), 1U) << row.name;
    ASSERT_EQ(done.logged[0].findings.size(), 1U) << row.name;
    EXPECT_EQ(done.logged[0].findings[0].code, "inbox_rule_hides") << row.name;
    EXPECT_EQ(done.logged[0].findings[0].severity, row.expected) << row.name;
  }
}

TEST_F(Logs, AFolderOfMailsAloneHasNoLogRows) {
  write("m.eml", kMail);
  const Done done = run();
  EXPECT_TRUE(done.logged.empty());
  EXPECT_EQ(remarks_with(done, "log_read"), 0U);
}

TEST(LogWire, ABatchComesBackAsItWent) {
  logs::Batch batch;
  logs::Event event;
  event.act = logs::Act::rule_set;
  event.time = Stamp{Instant{1'523'000'000, 120}, ZoneBasis::stated, "", "x"};
  event.mails = {{"<a@b>", "s"}};
  event.parameters = {{"Name", "."}};
  batch.kept = {event};
  batch.records = {{42, logs::Act::login}, {0, logs::Act::other}};
  batch.undecodable = 3;
  const auto back = decode_batch(encode_batch(batch));
  ASSERT_TRUE(back);
  ASSERT_EQ(back->kept.size(), 1U);
  EXPECT_EQ(back->kept[0].time, event.time);
  EXPECT_EQ(back->kept[0].mails, event.mails);
  EXPECT_EQ(back->records.size(), 2U);
  EXPECT_EQ(back->records[0].digest, 42U);
  EXPECT_EQ(back->undecodable, 3U);
}

TEST(LogWire, WhatIsNoBatchIsRefused) {
  const std::string whole = encode_batch({});
  EXPECT_FALSE(decode_batch(""));
  EXPECT_FALSE(decode_batch(whole.substr(0, whole.size() / 2)));
  EXPECT_FALSE(decode_batch(std::string(64, '\xFF')));
}

}  // namespace
}  // namespace threadline::pipeline
