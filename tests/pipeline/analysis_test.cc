// SPDX-License-Identifier: Apache-2.0
#include "pipeline/analysis.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <set>

#include "pipeline/duplicates.h"
#include "pipeline/own_side.h"

namespace threadline::pipeline {
namespace {

namespace fs = std::filesystem;

std::string mail(const std::string& id, const std::string& date, const std::string& to = "b@other.example") {
  return "From: A <a@firm.example>\nTo: " + to + "\nSubject: s\nMessage-ID: <" + id + "@firm.example>\nDate: " + date +
         "\n\nbody " + id + "\n";
}

class Folder {
 public:
  explicit Folder(const std::string& name) : path_(fs::path(::testing::TempDir()) / (name + std::to_string(::getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
  }
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

std::vector<std::string> ids(const Run& run) {
  std::vector<std::string> found;
  for (const auto& judged : run.judged) found.push_back(judged.facts->message_id);
  return found;
}

/// RFC 8463 appendix A, its Ed25519 signature; libcrypto works in a confined worker too.
TEST(Analysis, CollectedKeysReachTheWorkers) {
  const Folder folder("dkim");
  folder.write("1.eml",
               "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\n d=football.example.com; i=@football.example.com;\n"
               " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\n subject : date : message-id : from : subject : date;\n"
               " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\n"
               " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\n Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\n"
               "From: Joe SixPack <joe@football.example.com>\nTo: Suzie Q <suzie@shopping.example.net>\n"
               "Subject: Is dinner ready?\nDate: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\n"
               "Message-ID: <20030712040037.46341.5F8J@football.example.com>\n\n"
               "Hi.\n\nWe lost the game.  Are you hungry yet?\n\nJoe.\n");
  for (const unsigned jobs : {0U, 1U}) {
    RunSettings settings;
    settings.jobs = jobs;
    ASSERT_TRUE(
        add_dkim_keys("football.example.com\tbrisbane\tv=DKIM1; k=ed25519; "
                      "p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n",
                      "keys", settings));
    const auto run = analyse({folder.path()}, settings);
    ASSERT_TRUE(run && run->judged.size() == 1);
    const auto& dkim = run->judged.front().facts->route.dkim;
    ASSERT_EQ(dkim.size(), 1U) << jobs;
    EXPECT_EQ(dkim.front().body_hash, true) << jobs;
    EXPECT_EQ(dkim.front().reading, "bare LF restored") << jobs;
    EXPECT_EQ(dkim.front().signature_valid, true) << jobs;
  }
}

TEST(Analysis, AWrongFileOfKeysIsAnErrorWithItsLine) {
  RunSettings settings;
  const auto added = add_dkim_keys("nonsense\n", "keys.txt", settings);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().file, "keys.txt");
  EXPECT_EQ(added.error().what, "line 1: no selector");
}

TEST(Analysis, MessagesAreJudgedInTheOrderTheyCouldBeKnownAndUndatedOnesLast) {
  const Folder folder("order");
  folder.write("1.eml", mail("late", "Fri, 06 Apr 2018 10:00:00 +0200"));
  folder.write("2.eml", "From: a@firm.example\nMessage-ID: <undated@firm.example>\n\nx\n");
  folder.write("3.eml", mail("early", "Thu, 05 Apr 2018 10:00:00 +0200"));
  for (const unsigned jobs : {0U, 1U, 4U}) {
    RunSettings settings;
    settings.jobs = jobs;
    const auto run = analyse({folder.path()}, settings);
    ASSERT_TRUE(run);
    EXPECT_EQ(ids(*run), (std::vector<std::string>{"<early@firm.example>", "<late@firm.example>", "<undated@firm.example>"}))
        << jobs;
  }
}

/// A .msg of which the sectors behind the header are gone.
TEST(Analysis, TheFileOfAMessageWithoutTheMessageIsALostOneAndNoMessage) {
  const Folder folder("without_message");
  folder.write("cut.msg", std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) + std::string(16, '\0') +
                              std::string("\x3E\0\x03\0\xFE\xFF\x09\0\x06\0", 10) + std::string(478 + 512, '\0'));
  folder.write("whole.eml", mail("1", "Thu, 5 Apr 2018 10:00:00 +0200"));
  for (const unsigned jobs : {0U, 1U}) {
    RunSettings settings;
    settings.jobs = jobs;
    const auto run = analyse({folder.path()}, settings);
    ASSERT_TRUE(run);
    EXPECT_EQ(ids(*run), std::vector<std::string>{"<1@firm.example>"});
    ASSERT_EQ(run->remarks.size(), 1U);
    EXPECT_EQ(run->remarks.front().severity, Severity::medium);
    EXPECT_EQ(run->remarks.front().notes.front().code, "no_message");
    EXPECT_TRUE(run->unreadable);
  }
}

TEST(Analysis, TheSameMessageTwiceIsOneWithTwoSources) {
  const Folder folder("twice");
  folder.write("1.eml", mail("one", "Fri, 06 Apr 2018 10:00:00 +0200"));
  folder.write("2.eml", mail("one", "Fri, 06 Apr 2018 10:00:00 +0200"));
  const auto run = analyse({folder.path()}, {});
  ASSERT_TRUE(run);
  ASSERT_EQ(run->judged.size(), 1U);
  EXPECT_EQ(run->judged[0].facts->sources, (std::vector<std::string>{folder.path() + "/1.eml", folder.path() + "/2.eml"}));
}

/// The journal's copy of a mail, with a Bcc that the mail itself does not show.
std::string journal_report(const std::string& inside) {
  return "From: archive@journal.example\nTo: box@journal.example\nSubject: s\nX-MS-Journal-Report:\nMessage-ID: "
         "<j@journal.example>\n"
         "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nSender: a@firm.example\nSubject: s\nMessage-Id: <1@firm.example>\n"
         "To: b@other.example\nBcc: eve@third.example\n\n--x\nContent-Type: message/rfc822\n\n" +
         inside + "\n--x--\n";
}

TEST(Analysis, AJournalReportIsItsOwnRowAndItsBccGoesToTheMessageWhereverItIsKept) {
  const Folder folder("journal");
  const std::string inside = mail("1", "Thu, 05 Apr 2018 10:00:00 +0200");
  folder.write("1.eml", inside);
  folder.write("2.eml", journal_report(inside));
  const auto run = analyse({folder.path()}, RunSettings{});
  ASSERT_TRUE(run);
  ASSERT_EQ(run->judged.size(), 2U);
  std::set<std::string> told;
  for (const auto& judged : run->judged) {
    std::string line(facts::name_of(judged.facts->kind));
    for (const auto& bcc : judged.facts->bcc) line += " " + bcc.address;
    told.insert(line);
    EXPECT_TRUE(judged.findings.empty());
  }
  EXPECT_EQ(told, (std::set<std::string>{"journal_report", "mail eve@third.example"}));
  EXPECT_EQ(run->own_domains, std::vector<std::string>{}) << "firm and other take part equally often; the archive is no side";
}

TEST(Analysis, AnAttachedMessageIsAQuotedOneOfItsCarrierAndItsOwnOriginal) {
  const Folder folder("attached");
  folder.write("1.eml",
               "From: b@other.example\nTo: c@third.example\nSubject: Fwd: s\nMessage-ID: <c@other.example>\nDate: Fri, 06 Apr "
               "2018 10:00:00 +0200\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nsee below\n--x\nContent-Type: "
               "message/rfc822\n\n" +
                   mail("one", "Thu, 05 Apr 2018 10:00:00 +0200") + "\n--x--\n");
  const auto run = analyse({folder.path()}, {});
  ASSERT_TRUE(run);
  ASSERT_EQ(run->judged.size(), 2U);
  const timeline::Judged& carrier = run->judged[1];
  ASSERT_EQ(carrier.facts->conversation.quoted.size(), 1U);
  const facts::QuotedBlock& block = carrier.facts->conversation.quoted.front();
  EXPECT_EQ(name_of(block.form), "attached");
  EXPECT_EQ(block.from.address, "a@firm.example");
  EXPECT_EQ(block.text, "body one");
  EXPECT_EQ(block.span.part, "2");
  EXPECT_EQ(carrier.originals.at(0), run->judged[0].facts);
}

TEST(Analysis, AnotherBodyUnderTheSameIdIsAnotherMessage) {
  const Folder folder("same_id");
  folder.write("1.eml", mail("one", "Fri, 06 Apr 2018 10:00:00 +0200"));
  folder.write("2.eml", mail("one", "Fri, 06 Apr 2018 10:00:00 +0200") + "more\n");
  EXPECT_EQ(analyse({folder.path()}, {})->judged.size(), 2U);
}

TEST(Analysis, TheOwnSideIsTheOneInMostMessagesAndATieInfersNone) {
  const Folder folder("own");
  folder.write("1.eml", mail("one", "Fri, 06 Apr 2018 10:00:00 +0200"));
  EXPECT_TRUE(analyse({folder.path()}, {})->own_domains.empty());
  folder.write("2.eml", mail("two", "Fri, 06 Apr 2018 11:00:00 +0200", "c@third.example"));
  const auto run = analyse({folder.path()}, {});
  EXPECT_EQ(run->own_domains, std::vector<std::string>{"firm.example"});
  ASSERT_FALSE(run->remarks.empty());
  EXPECT_EQ(run->remarks.back().code, "own_side_inferred");
  EXPECT_FALSE(run->unreadable);
}

/// A thousand mails in an mbox, of which one meets the fault.
class ThousandMails : public ::testing::TestWithParam<std::pair<const char*, std::function<void()>>> {};

TEST_P(ThousandMails, OneIsLostAndSaidSoAndTheOthersAreRight) {
  const Folder folder(std::string("thousand_") + GetParam().first);
  std::string box;
  for (int i = 0; i < 1'000; ++i) {
    box += "From a@firm.example Thu Apr  5 10:37:00 2018\n" + mail(std::to_string(i), "Thu, 05 Apr 2018 10:00:00 +0200") + "\n";
  }
  folder.write("box.mbox", box);
  RunSettings settings;
  settings.jobs = 2;
  settings.limits.budget_ms = 3'000;
  settings.limits.worker_bytes = 256U << 20U;
  settings.fault = [](const evidence::Item& item) {
    if (item.bytes.find("<500@firm.example>") != std::string::npos) GetParam().second();
  };
  const auto run = analyse({folder.path()}, settings);
  ASSERT_TRUE(run);
  EXPECT_EQ(run->judged.size(), 999U);
  const std::vector<std::string> found = ids(*run);
  EXPECT_EQ(std::set<std::string>(found.begin(), found.end()).size(), 999U);
  EXPECT_EQ(std::ranges::count(found, "<500@firm.example>"), 0);
  EXPECT_TRUE(run->unreadable);
  ASSERT_EQ(std::ranges::count(run->remarks, "evidence_unreadable", &timeline::EvidenceRemark::code), 1);
  EXPECT_EQ(run->remarks.front().notes.front().code, std::string("worker_") + GetParam().first);
}

using NamedFault = std::pair<const char*, std::function<void()>>;

void allocate_without_end() {
  std::vector<std::string> kept;
  for (;;) kept.emplace_back(16U << 20U, 'x');
}

INSTANTIATE_TEST_SUITE_P(Faults, ThousandMails,
                         ::testing::Values(NamedFault{"crashed", [] { std::raise(SIGKILL); }}, NamedFault{"timeout",
                                                                                                          [] {
                                                                                                            for (;;)
                                                                                                              std::raise(SIGSTOP);
                                                                                                          }}),
                         [](const auto& fault) { return std::string(fault.param.first); });

#if !defined(__SANITIZE_ADDRESS__)  // a sanitizer reserves terabytes: memory is not bounded there
INSTANTIATE_TEST_SUITE_P(Memory, ThousandMails, ::testing::Values(NamedFault{"memory", allocate_without_end}),
                         [](const auto& fault) { return std::string(fault.param.first); });
#else
[[maybe_unused]] const auto kUnused = allocate_without_end;
#endif

TEST(Analysis, LineEndsBehindTheTextMakeNoOtherMessage) {
  const auto identity = [](const char* text) {
    facts::Facts facts;
    facts.message_id = "<1@firm.example>";
    facts.body_text = text;
    return identity_of(facts);
  };
  EXPECT_EQ(identity("Hello\n\nAnn"), identity("Hello\n\nAnn\r\n\r\n"));
  EXPECT_NE(identity("Hello\n\nAnn"), identity("Hello\n\nAnn 2\n"));
  EXPECT_NE(identity("Hello\nAnn"), identity("Hello\n\nAnn"));
}

TEST(Analysis, CopiesAreOneMessageUnlessADocumentWasExchanged) {
  const auto copy = [](const std::string& sha256, const std::string& document) {
    auto facts = std::make_shared<facts::Facts>();
    facts->message_id = "<1@firm.example>";
    facts->sha256 = sha256;
    if (!document.empty()) {
      facts->attachments = {
          {.name = "bill.pdf", .type = "application/pdf", .size = 9, .sha256 = document, .part = "2", .note = {}}};
    }
    return facts;
  };
  const auto messages_of = [](std::vector<std::shared_ptr<facts::Facts>> copies) {
    auto shelf = Shelf::open({});
    for (std::size_t order = 0; order < copies.size(); ++order) {
      copies[order]->input_order = order;
      shelf->put_in_memory(copies[order]);
    }
    merge_duplicates(*shelf);
    return shelf->entries().size();
  };
  EXPECT_EQ(messages_of({copy("a", "x"), copy("b", "x"), copy("c", "")}), 1U);
  EXPECT_EQ(messages_of({copy("a", "x"), copy("b", "y"), copy("c", "x")}), 2U);
  const std::string a(64, 'a'), b(64, 'b'), c(64, 'c');  // b is as either of the others, which are not as each other
  EXPECT_EQ(messages_of({copy(a, ""), copy(b, "x"), copy(c, "y")}), messages_of({copy(c, "y"), copy(b, "x"), copy(a, "")}));
}

}  // namespace
}  // namespace threadline::pipeline
