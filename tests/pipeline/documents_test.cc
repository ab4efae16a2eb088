// SPDX-License-Identifier: Apache-2.0
// Attached documents from the bytes of a mail to the judgement, in worker processes and without.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "../documents/patience.h"
#include "../documents/pdf_writer.h"
#include "base/sha256.h"
#include "documents/program_table.h"
#include "pipeline/analysis.h"
#include "pipeline/pool.h"
#include "text/base64.h"

namespace threadline::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOldIban = "FR76 3000 6000 0112 3456 7890 189";  // the registry's own examples
constexpr std::string_view kNewIban = "DE89 3704 0044 0532 0130 00";

std::string mail_with(const std::string& id, const std::string& words, std::string_view name, std::string_view bytes) {
  return "From: Ann <ann@supplier.example>\nTo: Bob <bob@own.example>\nSubject: bill " + id + "\nMessage-ID: <" + id +
         "@supplier.example>\nDate: Thu, 05 Apr 2018 10:3" + id +
         ":00 +0200\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n" + words +
         "\n--b\nContent-Type: application/octet-stream; name=\"" + std::string(name) +
         "\"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename=\"" + std::string(name) + "\"\n\n" +
         text::encode_base64(bytes, "\n") + "\n--b--\n";
}

class Mailbox {
 public:
  explicit Mailbox(const std::vector<std::string>& mails) {
    fs::create_directories(path_);
    for (std::size_t i = 0; i < mails.size(); ++i)
      std::ofstream(path_ / (std::to_string(i) + ".eml"), std::ios::binary) << mails[i];
  }
  ~Mailbox() { fs::remove_all(path_); }
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  [[nodiscard]] Run judged(unsigned jobs) const {
    RunSettings settings;
    settings.jobs = jobs;
    settings.limits = documents::patient();
    settings.policy.own.domains = {"own.example"};
    return analyse({path_.string()}, settings).value();
  }

 private:
  fs::path path_ = fs::path(::testing::TempDir()) / ("documents" + std::to_string(::getpid()));
};

std::vector<std::string> codes_of(const timeline::Judged& judged) {
  std::vector<std::string> codes;
  for (const auto& finding : judged.findings) codes.push_back(finding.code);
  return codes;
}

class Attached : public ::testing::TestWithParam<unsigned> {
 protected:
  void SetUp() override {
    if (documents::installed_command(documents::Program::pdf_text) == nullptr) GTEST_SKIP() << "not installed: poppler-utils";
  }
};

TEST_P(Attached, AnotherAccountInAPdfIsAChange) {
  const Mailbox mailbox(
      {mail_with("1", "Please pay to IBAN " + std::string(kOldIban), "note.txt", "Thank you."),
       mail_with("2", "Please find the bill attached.", "bill.pdf", documents::small_pdf("IBAN " + std::string(kNewIban)))});
  const auto run = mailbox.judged(GetParam());
  ASSERT_EQ(run.judged.size(), 2U);
  const auto& accounts = run.judged[1].facts->accounts;
  ASSERT_EQ(accounts.size(), 1U);
  EXPECT_EQ(accounts[0].value, "DE89370400440532013000");
  EXPECT_EQ(accounts[0].attachment, "bill.pdf");
  EXPECT_EQ(accounts[0].where, "attachment");
  EXPECT_EQ(codes_of(run.judged[1]), std::vector<std::string>{"bank_account_changed"});
}

TEST_P(Attached, TheSameAccountInAPdfIsNone) {
  const Mailbox mailbox(
      {mail_with("1", "Please pay to IBAN " + std::string(kOldIban), "note.txt", "Thank you."),
       mail_with("2", "Please find the bill attached.", "bill.pdf", documents::small_pdf("IBAN " + std::string(kOldIban)))});
  EXPECT_EQ(codes_of(mailbox.judged(GetParam()).judged[1]), std::vector<std::string>{});
}

TEST_P(Attached, EveryMailOfAMailboxHasItsDocumentRead) {
  std::vector<std::string> mails;
  for (int i = 0; i < 6; ++i) mails.push_back(mail_with(std::to_string(i), "Bill.", "bill.pdf", documents::small_pdf("Hello")));
  const auto run = Mailbox(mails).judged(GetParam());
  EXPECT_EQ(run.judged.size(), 6U);
  EXPECT_TRUE(std::ranges::all_of(run.judged, [](const auto& one) { return one.facts->documents.size() == 1; }));
}

INSTANTIATE_TEST_SUITE_P(Jobs, Attached, ::testing::Values(0U, 2U));

TEST(Pool, AWorkerThatDiesWhileAProgramReadsForItCostsOneMessage) {
  std::vector<std::string> lost;
  ItemSettings settings;
  settings.facts.limits = documents::patient();
  const Fault fault = [](const evidence::Item& item) {
    if (item.source == "1") std::raise(SIGKILL);
  };
  auto pool = Pool::start(1, settings, fault, [&](Outcome&& outcome) { lost.push_back(outcome.lost); });
  ASSERT_TRUE(pool);
  for (std::uint64_t i = 0; i < 3; ++i) {
    evidence::Item item;
    item.source = std::to_string(i);
    item.bytes = mail_with(item.source, "Bill.", "bill.pdf", documents::small_pdf("Hello"));
    item.sha256 = sha256_hex(item.bytes);
    ASSERT_TRUE((*pool)->submit(i, item));
  }
  ASSERT_TRUE((*pool)->drain());
  EXPECT_EQ(lost, (std::vector<std::string>{"", "worker_crashed", ""}));
}

}  // namespace
}  // namespace threadline::pipeline
