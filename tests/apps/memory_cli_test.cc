// SPDX-License-Identifier: Apache-2.0
// scan --memory and threadline memory as scripts see them, also when they are killed.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "shell.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;

/// A folder with a mailbox in which a supplier writes for months and is then imitated.
class MemoryCli : public testing::Test {
 protected:
  MemoryCli() {
    std::string name = (fs::temp_directory_path() / "threadline_memory_cli_XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for a test");
    folder_ = name;
  }
  ~MemoryCli() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::string mail(int number, const std::string& from, const std::string& words) const {
    char date[64];
    std::snprintf(date, sizeof date, "%d Mar 2018 %02d:%02d:00 +0100", 1 + number / 96, number / 4 % 24, number % 4 * 15);
    return "From - Thu Mar  1 00:00:00 2018\nFrom: Claire Fournier <" + from +
           ">\nTo: Marc Acheteur <marc@payer.example>\nSubject: commande " + std::to_string(number) + "\nDate: " + date +
           "\nMessage-ID: <" + std::to_string(number) + "@" + from.substr(from.find('@') + 1) + ">\n\n" + words + "\n\n";
  }

  std::string mailbox(int count) const {
    std::ofstream out(path("box.mbox"), std::ios::binary);
    for (int number = 0; number < count; ++number) out << mail(number, "claire@fournier-outillage.example", "Bonjour, merci.");
    out << mail(count, "claire@fournier-outi1lage.example", "Bonjour, merci.");
    return path("box.mbox");
  }

  std::string bytes_of(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

 private:
  fs::path folder_;
};

TEST_F(MemoryCli, ALaterImportIntoACaseIsJudgedByWhatEarlierOnesTaught) {
  const auto written = [&](const std::string& name, const std::string& from) {
    std::ofstream(path(name), std::ios::binary) << mail(static_cast<int>(name.size()), from, "Bonjour, merci.");
    return path(name);
  };
  const std::string genuine = written("monday.mbox", "claire@fournier-outillage.example");
  const std::string imitating = written("tuesday.mbox", "claire@fournier-outi1lage.example");
  const auto told = [&](const std::string& of, const std::vector<std::string>& evidence) {
    EXPECT_EQ(threadline("case init " + path(of) + " --own-domain payer.example").status, 0);
    for (const std::string& file : evidence)
      EXPECT_EQ(threadline("scan --quiet --jobs 1 -o /dev/null --case " + path(of) + " " + file).status, 0);
    return threadline("case export " + path(of) + " --format jsonl").text;
  };
  const std::string lookalike = R"("code":"lookalike_domain")";
  EXPECT_NE(told("both", {genuine, imitating}).find(lookalike), std::string::npos);
  EXPECT_EQ(told("alone", {imitating}).find(lookalike), std::string::npos);
  EXPECT_EQ(told("backwards", {imitating, genuine}).find(lookalike), std::string::npos)
      << "the later import speaks of no earlier one";
}

TEST_F(MemoryCli, ACaseAndAStoreWithinTheFolderThatIsReadAreNoEvidence) {
  std::ofstream(path("a.mbox"), std::ios::binary) << mail(1, "claire@fournier-outillage.example", "Bonjour, merci.");
  EXPECT_EQ(threadline("case init " + path("case") + " --own-domain payer.example").status, 0);
  const std::string to_case = "scan --quiet --jobs 1 -o /dev/null --case " + path("case") + " " + path("");
  for (int again = 0; again < 2; ++again) EXPECT_EQ(threadline(to_case).status, 0);
  for (int again = 0; again < 2; ++again) EXPECT_EQ(threadline(to_case + " --memory " + path("mine.memory")).status, 0);
  EXPECT_EQ(threadline("case export " + path("case") + " --format jsonl").text.find("evidence_unreadable"), std::string::npos);
}

TEST_F(MemoryCli, AScanMakesTheStoreAndTheVerbsReadIt) {
  const std::string scan = "scan --quiet --jobs 1 --format jsonl --memory " + path("m.db") + " " + mailbox(5);
  const Ran first = threadline(scan);
  EXPECT_EQ(first.status, 0) << first.text;
  EXPECT_NE(first.text.find("lookalike_domain"), std::string::npos);
  EXPECT_EQ(threadline(scan).text, first.text);
  const Ran shown = threadline("memory show --format json " + path("m.db"));
  EXPECT_EQ(shown.status, 0);
  EXPECT_NE(shown.text.find("\"messages\": 6"), std::string::npos) << shown.text;
  const Ran accesses = threadline("memory show --access " + path("m.db"));
  EXPECT_NE(accesses.text.find("  scan\n"), std::string::npos) << accesses.text;
  EXPECT_NE(accesses.text.find("  memory show\n"), std::string::npos) << accesses.text;
  const Ran exported = threadline("memory export -o " + path("kept.jsonl") + " " + path("m.db"));
  EXPECT_EQ(exported.status, 0) << exported.text;
  EXPECT_NE(bytes_of("kept.jsonl").find("claire@fournier-outillage.example"), std::string::npos);
}

TEST_F(MemoryCli, APurgeSaysHowManyAndLeavesNoByte) {
  threadline("scan --quiet --jobs 1 --format jsonl --memory " + path("m.db") + " " + mailbox(5));
  ASSERT_NE(bytes_of("m.db").find("claire@fournier-outillage.example"), std::string::npos);
  const Ran purged = threadline("memory purge --person Claire@fournier-outillage.example " + path("m.db"));
  EXPECT_EQ(purged.status, 0);
  EXPECT_EQ(purged.text, "5 messages forgotten, 0 of others redacted\n");
  EXPECT_EQ(bytes_of("m.db").find("claire@fournier-outillage.example"), std::string::npos);
  EXPECT_EQ(threadline("memory purge --before 2018-03-02 " + path("m.db")).text, "1 messages forgotten, 0 of others redacted\n");
}

TEST_F(MemoryCli, WrongUsageIsTwoAndAStoreThatCannotBeUsedIsFour) {
  const std::string box = mailbox(1);
  EXPECT_EQ(threadline("memory").status, 2);
  EXPECT_EQ(threadline("memory purge " + path("m.db")).status, 2);
  EXPECT_EQ(threadline("memory purge --person nobody " + path("m.db")).status, 2);
  EXPECT_EQ(threadline("memory purge --domain '*.example' " + path("m.db")).status, 2)
      << "a pattern would forget nothing, in silence";
  EXPECT_EQ(threadline("memory purge --before yesterday " + path("m.db")).status, 2);
  const std::string nowhere = "'postgresql://ann:s3cret@/mail?host=/nowhere'";
  EXPECT_EQ(threadline("memory show " + nowhere).status, 4);
  const Ran postgres = threadline("scan --memory " + nowhere + " " + box);
  EXPECT_EQ(postgres.status, 4);
  EXPECT_NE(postgres.text.find("postgresql://ann@/nowhere/mail: the store cannot be reached"), std::string::npos)
      << postgres.text;
  EXPECT_EQ(postgres.text.find("s3cret"), std::string::npos) << postgres.text;
  EXPECT_EQ(threadline("memory show " + path("none.db")).status, 4);
  std::ofstream(path("foreign"), std::ios::binary) << std::string(5'000, 'x');
  const Ran foreign = threadline("scan --quiet --memory " + path("foreign") + " " + box);
  EXPECT_EQ(foreign.status, 4);
  EXPECT_NE(foreign.text.find(path("foreign") + ": is no store of threadline"), std::string::npos) << foreign.text;
  EXPECT_EQ(bytes_of("foreign"), std::string(5'000, 'x'));
}

/// Runs a scan in a process group of its own and kills all of it after a while.
void scan_and_kill(const std::string& store, const std::string& box, std::chrono::milliseconds after, int signal) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::setpgid(0, 0);
    std::freopen("/dev/null", "w", stdout);
    std::freopen("/dev/null", "w", stderr);
    ::execl(THREADLINE_PROGRAM, "threadline", "scan", "--quiet", "--jobs", "1", "--memory", store.c_str(), box.c_str(), nullptr);
    ::_exit(127);
  }
  std::this_thread::sleep_for(after);
  ::kill(-child, signal);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::kill(-child, SIGKILL);
}

TEST_F(MemoryCli, AScanThatWasKilledTwentyTimesEndsAsAnUndisturbedOne) {
  const std::string box = mailbox(400);
  const auto begun = std::chrono::steady_clock::now();
  const Ran undisturbed = threadline("scan --quiet --jobs 1 --format jsonl --memory " + path("calm.db") + " " + box);
  const auto whole = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  ASSERT_EQ(undisturbed.status, 0) << undisturbed.text;
  for (int kill = 0; kill < 20; ++kill)
    scan_and_kill(path("m.db"), box, whole * (kill + 1) / 20, kill % 4 == 3 ? SIGINT : SIGKILL);
  const Ran ended = threadline("scan --quiet --jobs 1 --format jsonl --memory " + path("m.db") + " " + box);
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.text, undisturbed.text);
  EXPECT_NE(threadline("memory show --format json " + path("m.db")).text.find("\"messages\": 401"), std::string::npos);
}

}  // namespace
}  // namespace threadline
