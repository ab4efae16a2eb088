// SPDX-License-Identifier: Apache-2.0
// `threadline check` as a mail server calls it (docs/cli.md): one line, an exit status, never a stack trace.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "shell.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;

/// A folder of this test alone.
class Check : public ::testing::Test {
 protected:
  Check() : folder_(fs::path(::testing::TempDir()) / ("check" + std::to_string(::getpid()))) { fs::create_directories(folder_); }
  ~Check() override { fs::remove_all(folder_); }
  Check(const Check&) = delete;
  Check& operator=(const Check&) = delete;

  std::string file(const std::string& name, const std::string& content) const {
    const fs::path path = folder_ / name;
    std::ofstream(path, std::ios::binary) << content;
    return "'" + path.string() + "'";
  }

  std::string policy(const std::string& gateway = "{}") const {
    return file("policy.json", R"({"version": 1, "own": {"domains": ["own.example"]}, "counterparties": [{"name": "Supplier",)"
                               R"( "domains": ["bigsupplier.example"]}], "gateway": )" +
                                   gateway + "}");
  }

  /// The exit status, and standard output and error.
  static Ran shell(const std::string& command) {
    return threadline::shell("LC_ALL=C.UTF-8; export LC_ALL; " + command + " 2>&1");
  }

  Ran check(const std::string& arguments, const std::string& message) const {
    return shell(std::string("'") + THREADLINE_PROGRAM + "' check " + arguments + " < " + file("message.eml", message));
  }

 private:
  fs::path folder_;
};

std::string mail(const std::string& from, const std::string& to) {
  return "From: " + from + "\nTo: " + to +
         "\nDate: Thu, 5 Apr 2018 10:37:00 +0200\nMessage-ID: <1@own.example>\nSubject: order\n\nGood morning.\n";
}

const std::string kToLookalike = mail("bob@own.example", "ann@bigsuppiier.example");
const std::string kToSupplier = mail("bob@own.example", "ann@bigsupplier.example");
const std::string kFromLookalike = mail("ann@bigsuppiier.example", "bob@own.example");

bool has(const Ran& ran, const std::string& words) { return ran.text.find(words) != std::string::npos; }

constexpr auto kHoldHigh = R"({"rules": [{"direction": "outbound", "min_severity": "high", "action": "hold"}]})";

TEST_F(Check, AcceptsWhatNothingSpeaksAgainst) {
  const Ran ran = check("--direction outbound --policy " + policy(kHoldHigh), kToSupplier);
  EXPECT_EQ(ran.status, 0) << ran.text;
  EXPECT_TRUE(ran.text.starts_with(R"({"verdict":"accept")")) << ran.text;
  EXPECT_TRUE(has(ran, R"("findings":[]})")) << ran.text;
  EXPECT_EQ(ran.text.find('\n'), ran.text.size() - 1);
}

TEST_F(Check, HoldsAMessageToALookalikeAndExitsOne) {
  const Ran ran = check("--direction outbound --policy " + policy(kHoldHigh), kToLookalike);
  EXPECT_EQ(ran.status, 1) << ran.text;
  EXPECT_TRUE(ran.text.starts_with(R"({"verdict":"hold")")) << ran.text;
  EXPECT_TRUE(has(ran, R"("code":"outbound_to_lookalike")")) << ran.text;
}

TEST_F(Check, ABlindCopyIsSeenByTheRecipientsOfTheEnvelope) {
  const std::string asked = "--direction outbound --policy " + policy(kHoldHigh) + " --sender '<bob@own.example>' ";
  EXPECT_EQ(check(asked, kToSupplier).status, 0);
  EXPECT_EQ(check(asked + "--recipient ann@bigsupplier.example --recipient zoe@elsewhere.example", kToSupplier).status, 0);
  const Ran ran = check(asked + "--recipient ann@bigsupplier.example --recipient '<ann@bigsuppiier.example>'", kToSupplier);
  EXPECT_EQ(ran.status, 1) << ran.text;
  EXPECT_TRUE(has(ran, R"("code":"outbound_to_lookalike")")) << ran.text;
}

TEST_F(Check, EachActionHasItsVerdictAndExitStatus) {
  for (const auto& [action, status] : {std::pair{"accept", 0}, {"tag", 0}, {"hold", 1}, {"reject", 1}, {"tempfail", 75}}) {
    const Ran ran = check("--policy " + policy(std::string(R"({"rules": [{"action": ")") + action + "\"}]}"), kToLookalike);
    EXPECT_EQ(ran.status, status) << ran.text;
    EXPECT_TRUE(has(ran, std::string(R"({"verdict":")") + action + '"')) << ran.text;
  }
}

TEST_F(Check, TagsInboundByDefaultAndTellsTheDirectionByTheSendersSide) {
  const Ran ran = check("--policy " + policy(), kFromLookalike);
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.text.starts_with(R"({"verdict":"tag","direction":"inbound")")) << ran.text;
  EXPECT_TRUE(has(check("--policy " + policy(), kToSupplier), R"("direction":"outbound")"));
}

TEST_F(Check, HasTheRowsThatScanHas) {
  const std::string scan = std::string("'") + THREADLINE_PROGRAM + "' scan --quiet --format jsonl --policy " + policy() +
                           " - < " + file("scanned.eml", kFromLookalike) + " | grep '\"kind\":\"finding\"' | tr '\\n' ','";
  std::string rows = shell(scan).text;
  ASSERT_FALSE(rows.empty());
  rows.pop_back();
  EXPECT_TRUE(has(check("--policy " + policy(), kFromLookalike), "\"findings\":[" + rows + "]}")) << rows;
}

TEST_F(Check, WrongUsageIsSixtyFour) {
  EXPECT_EQ(check("--no-such-option --policy " + policy(), kToSupplier).status, 64);
  EXPECT_EQ(check("--direction sideways --policy " + policy(), kToSupplier).status, 64);
  EXPECT_EQ(check("--direction outbound", kToSupplier).status, 64);
  EXPECT_EQ(check("--policy /no/such/policy.json", kToSupplier).status, 64);
  EXPECT_EQ(check("extra --policy " + policy(), kToSupplier).status, 64);
}

TEST_F(Check, AnAddressThatIsNoneIsSixtyFour) {
  for (const char* sender : {"''", "'<>'", "bob@own.example", "'<bob@own.example>'", "root"})
    EXPECT_EQ(check(std::string("--sender ") + sender + " --policy " + policy(), kToSupplier).status, 0) << sender;
  EXPECT_EQ(check("--sender 'not an address' --policy " + policy(), kToSupplier).status, 64);
  EXPECT_EQ(check("--recipient 'not an address' --policy " + policy(), kToSupplier).status, 64);
}

TEST_F(Check, AMemoryThatIsThePolicyOrAFolderIsSixtyFour) {
  const Ran over = check("--policy " + policy() + " --memory " + policy(), kToSupplier);
  EXPECT_EQ(over.status, 64) << over.text;
  const Ran folder = check("--policy " + policy() + " --memory " + ::testing::TempDir(), kToSupplier);
  EXPECT_EQ(folder.status, 64) << folder.text;
  EXPECT_EQ(check("--policy " + policy() + " --memory " + file("new.memory", ""), kToSupplier).status, 0);
}

TEST_F(Check, ALookalikeBehindManyRecipientsIsFound) {
  std::string others;
  for (int i = 0; i < 1'000; ++i) others += "u@elsewhere" + std::to_string(i) + ".example,\n ";
  const std::string asked = "--direction outbound --policy " + policy(kHoldHigh);
  EXPECT_EQ(check(asked, mail("bob@own.example", others + "ann@bigsuppiier.example")).status, 1);
  EXPECT_EQ(check(asked, mail("bob@own.example", others + "ann@bigsupplier.example")).status, 0);
}

TEST_F(Check, LookalikesBeyondTheBoundAreALimit) {
  const auto to = [](int count) {
    std::string all;
    for (int i = 0; i < count; ++i) all += "u" + std::to_string(i) + "@bigsuppiier.example,\n ";
    return mail("bob@own.example", all + "ann@bigsupplier.example");
  };
  const std::string asked = "--direction outbound --policy " + policy(kHoldHigh);
  EXPECT_FALSE(has(check(asked, to(500)), R"("failure")"));
  EXPECT_TRUE(has(check(asked, to(501)), R"("failure":"limit")"));
}

TEST_F(Check, AWrongPolicyIsSixtyFourWithItsPlace) {
  const Ran ran = check("--policy " + policy(R"({"rules": [{"action": "bounce"}]})"), kToSupplier);
  EXPECT_EQ(ran.status, 64);
  EXPECT_TRUE(has(ran, "/gateway/rules/0/action")) << ran.text;
}

TEST_F(Check, ANetworkThatIsNoneIsSixtyFourWithItsPlace) {
  const Ran ran = check("--policy " + policy(R"({"outbound_networks": ["192.0.2.0/24", "office"]})"), kToSupplier);
  EXPECT_EQ(ran.status, 64);
  EXPECT_TRUE(has(ran, "/gateway/outbound_networks/1")) << ran.text;
}

TEST_F(Check, APolicyWithoutAnOwnSideIsSixtyFour) {
  EXPECT_EQ(check("--policy " + file("none.json", R"({"version": 1})"), kToSupplier).status, 64);
  EXPECT_EQ(check("--own-domain own.example --policy " + file("none.json", R"({"version": 1})"), kToSupplier).status, 0);
  EXPECT_EQ(check("--own-domain gmail.com", kToSupplier).status, 64) << "it makes nobody's side";
}

TEST_F(Check, EmptyInputIsDecidedByTheErrorPolicy) {
  EXPECT_EQ(check("--direction outbound --policy " + policy(), "").status, 75) << "its caller keeps the message and asks again";
  const std::string accepting = policy(R"({"on_error": {"internal": "accept"}})");
  EXPECT_EQ(check("--direction outbound --policy " + accepting, "").status, 0);
  const Ran ran = check("--direction outbound --policy " + policy(R"({"on_error": {"internal": "tempfail"}})"), "");
  EXPECT_EQ(ran.status, 75) << ran.text;
  EXPECT_TRUE(has(ran, R"("failure":"internal","findings":[]})")) << ran.text;
}

TEST_F(Check, MessageBytesTooManyAreALimitAndTheRestIsJudged) {
  const std::string policy_file = policy(R"({"max_message_bytes": 4000, "on_error": {"limit": "tempfail"}})");
  const std::string longer(5'000, 'x');
  const Ran ran = check("--direction outbound --policy " + policy_file, kToSupplier + longer);
  EXPECT_EQ(ran.status, 75) << ran.text;
  EXPECT_TRUE(has(ran, R"("failure":"limit")")) << ran.text;
  EXPECT_TRUE(has(check("--direction outbound --policy " + policy_file, kToLookalike + longer), "outbound_to_lookalike"));
  EXPECT_EQ(check("--direction outbound --policy " + policy_file, kToSupplier).status, 0);
}

TEST_F(Check, GarbageIsDecidedAndNeverATrace) {
  std::string bytes;
  for (int byte = 0; byte < 4'096; ++byte) bytes += static_cast<char>((byte * 131 + byte / 7) & 0xFF);
  const Ran ran = check("--direction outbound --policy " + policy(), bytes);
  EXPECT_EQ(ran.status, 75) << ran.text;
  EXPECT_TRUE(ran.text.starts_with(R"({"verdict":"tempfail","direction":"outbound","failure":"internal")")) << ran.text;
}

TEST_F(Check, TheMemoryOfEarlierMessagesCounts) {
  const auto invoice = [](const std::string& id, const std::string& iban, int day) {
    return "From: Ann Miller <ann@bigsupplier.example>\nTo: bob@own.example\nDate: Thu, " + std::to_string(day) +
           " Apr 2018 10:37:00 +0200\nMessage-ID: <" + id + "@bigsupplier.example>\nSubject: invoice " + id +
           "\n\nPlease pay our invoice to this account:\nIBAN: " + iban + "\n";
  };
  const std::string arguments = "--direction inbound --memory " + file("memory.db", "") + " --policy " + policy();
  shell("rm " + file("memory.db", ""));
  const Ran first = check(arguments, invoice("1", "FR76 3000 6000 0112 3456 7890 189", 5));
  EXPECT_FALSE(has(first, "bank_account_changed")) << first.text;
  const Ran second = check(arguments, invoice("2", "DE89 3704 0044 0532 0130 00", 12));
  EXPECT_TRUE(has(second, "bank_account_changed")) << second.text;
  const Ran without = check("--direction inbound --policy " + policy(), invoice("2", "DE89 3704 0044 0532 0130 00", 12));
  EXPECT_FALSE(has(without, "bank_account_changed")) << without.text;
}

TEST_F(Check, AMemoryThatCannotBeOpenedIsAFailureAndTheMessageIsJudgedWithoutIt) {
  const std::string folder = "--direction outbound --memory /no/such/folder/memory.db --policy ";
  const Ran ran = check(folder + policy(), kToLookalike);
  EXPECT_TRUE(has(ran, R"("failure":"memory")")) << ran.text;
  EXPECT_TRUE(has(ran, "outbound_to_lookalike")) << ran.text;
  EXPECT_EQ(check(folder + policy(R"({"on_error": {"memory": "tempfail"}})"), kToSupplier).status, 75);
}

TEST_F(Check, ADryRunTellsWhatItWouldHaveDone) {
  const Ran ran = check("--policy " + policy(R"({"dry_run": true, "rules": [{"action": "reject"}]})"), kToLookalike);
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(has(ran, R"({"verdict":"accept","direction":"outbound","would":"reject")")) << ran.text;
}

}  // namespace
}  // namespace threadline
