// SPDX-License-Identifier: Apache-2.0
// What the program opens, reads and writes by name: nothing is destroyed, nothing hangs, and what is wrong is said (docs/cli.md).
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "shell.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;

const std::string kPolicy = R"({"version": 1, "own": {"domains": ["payer.example"]}})";

/// A folder of one test, in which its commands run. A command that hangs is ended, with status 124.
class Doors : public testing::Test {
 protected:
  Doors() : folder_(own_folder() / testing::UnitTest::GetInstance()->current_test_info()->name()) {
    fs::create_directories(folder_);
  }
  ~Doors() override {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Doors(const Doors&) = delete;
  Doors& operator=(const Doors&) = delete;

  [[nodiscard]] fs::path path(const std::string& name) const { return folder_ / name; }

  void write(const std::string& name, const std::string& content) const {
    fs::create_directories(path(name).parent_path());
    std::ofstream(path(name), std::ios::binary) << content;
  }

  [[nodiscard]] std::string bytes_of(const std::string& name) const {
    std::ifstream in(path(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  /// Of a script in which "threadline" is the program.
  [[nodiscard]] Ran shell(const std::string& script) const {
    std::ofstream(path("script")) << "export LC_ALL=C.UTF-8\nthreadline() { timeout -k 5 60 '" << THREADLINE_PROGRAM
                                  << "' \"$@\"; }\n"
                                  << script << "\n";
    return threadline::shell("cd '" + folder_.string() + "' && bash script 2>&1");
  }

 private:
  fs::path folder_;
};

using OutputDoors = Doors;

/// Evidence, a policy, a store and a case, as they are met together.
class TakenPlaces : public Doors {
 protected:
  TakenPlaces() {
    write("mails/a.eml", kMail);
    write("policy.json", kPolicy);
    write("passwords", "sesame\n");
    write("accounts.csv", "name,domain,account\nAnna,firm.example,FR7630006000011234567890189\n");
    write("queue.json", "");
    write("gateway.log", "");
    EXPECT_EQ(shell("threadline scan --quiet --jobs 0 --memory store mails/a.eml >rows").status, 0);
    EXPECT_EQ(shell("threadline case init case && threadline case attach case mails/a.eml").status, 0);
    fs::create_hard_link(path("mails/a.eml"), path("linked.eml"));
    fs::create_symlink("policy.json", path("link.json"));
  }

  [[nodiscard]] std::string all_bytes() const {
    std::string all;
    for (const char* name : {"mails/a.eml", "policy.json", "passwords", "accounts.csv", "queue.json", "gateway.log",
                             "case/journal.jsonl", "case/learnt.memory", "linked.eml", "link.json"})
      all += std::string(name) + "\n" + bytes_of(name) + "\n";
    return all;
  }
};

TEST_F(TakenPlaces, OfWhatIsReadOrKeptAreRefusedAndNothingChanges) {
  const std::string before = all_bytes();
  const std::string kept = "case/evidence/" + fs::directory_iterator(path("case/evidence"))->path().filename().string();
  for (const std::string& arguments :
       std::vector<std::string>{"memory export -o store store",
                                "memory export -o ./case/../store-wal store",
                                "scan --memory store -o store mails",
                                "scan --memory new -o new mails",
                                "scan --memory new -o new.unfinished mails",
                                "scan --memory mails/a.eml mails/a.eml",
                                "scan -o mails/a.eml mails",
                                "scan -o linked.eml mails",
                                "scan -o linked.eml - <mails/a.eml",
                                "scan -o policy.json --policy link.json mails",
                                "scan -o link.json --policy policy.json mails",
                                "scan -o passwords --password-file passwords mails",
                                "scan --format xlsx -o mails/a.eml mails/a.eml",
                                "scan --case case -o case/journal.jsonl mails",
                                "scan --case case -o case/learnt.memory mails",
                                "explain -o mails/a.eml mails/a.eml",
                                "case export case --format csv -o case/journal.jsonl",
                                "case report case -o " + kept,
                                "case timestamp case -o case/journal.jsonl",
                                "policy import-accounts -o accounts.csv accounts.csv",
                                "held --queue-json queue.json --log gateway.log --alarm true --alarm-state queue.json",
                                "held --queue-json queue.json --log gateway.log --alarm true --alarm-state gateway.log"}) {
    const Ran ran = shell("threadline " + arguments);
    EXPECT_EQ(ran.status, 2) << arguments << ": " << ran.text;
    EXPECT_NE(ran.text.find("nothing is written over it"), std::string::npos) << arguments << ": " << ran.text;
  }
  EXPECT_EQ(all_bytes(), before);
  EXPECT_FALSE(fs::exists(path("new")));
  EXPECT_EQ(shell("threadline memory show store").status, 0);
  EXPECT_EQ(shell("threadline case verify case").status, 0);
}

TEST_F(TakenPlaces, AreOthersThanThoseBesideWhatIsRead) {
  for (const std::string& arguments : std::vector<std::string>{
           "memory export -o kept.jsonl store", "scan -o mails/rows.jsonl mails/a.eml", "scan --memory store -o rows mails/a.eml",
           "scan --memory store mails/a.eml", "case export case --format csv -o case/timeline.csv",
           "case report case -o case/report.md", "policy import-accounts --policy policy.json -o policy.json accounts.csv",
           "scan -o /dev/null mails/a.eml", "explain -o rows mails/a.eml"})
    EXPECT_EQ(shell("threadline " + arguments + " >out").status, 0) << arguments;
  EXPECT_NE(bytes_of("policy.json").find("FR7630006000011234567890189"), std::string::npos);
}

TEST_F(TakenPlaces, AStoreMayLieAmongTheEvidence) {
  write("mails/b.eml", kMail);
  for (int run = 0; run < 2; ++run) EXPECT_NE(shell("threadline scan --memory mails/firm.memory mails >out").status, 2);
}

TEST_F(OutputDoors, AnExportThatFailsLeavesTheFileAsItWas) {
  write("precious", "precious\n");
  EXPECT_EQ(shell("threadline memory export -o precious nowhere").status, 4);
  EXPECT_EQ(bytes_of("precious"), "precious\n");
}

TEST_F(OutputDoors, AFileBeyondTheUsersLimitIsNotWrittenAndSaid) {
  std::string mbox;
  for (int i = 0; i < 200; ++i) mbox += "From anna@firm.example Thu Apr  5 10:37:00 2018\n" + kMail + "\n";
  write("many.mbox", mbox);
  const Ran ran = shell("ulimit -f 8; threadline scan --quiet --jobs 0 -o rows.jsonl many.mbox");
  EXPECT_EQ(ran.status, 4) << ran.text;
  EXPECT_NE(ran.text.find("File too large"), std::string::npos) << ran.text;
  EXPECT_EQ(shell("ls rows.jsonl*").status, 2) << "nothing is left";
}

/// By a link of this folder, as /dev/stdout is one: what replaces links does no harm to the machine.
TEST_F(OutputDoors, ADescriptorIsWrittenOnAndNeitherItsFileNorTheLinkReplaced) {
  write("a.eml", kMail);
  fs::create_symlink("/proc/self/fd/1", path("stdout"));
  const Ran ran =
      shell("echo before >out; threadline scan -o ./stdout a.eml >>out && threadline scan -o /proc/self/fd/5 a.eml 5>>out");
  EXPECT_EQ(ran.status, 0) << ran.text;
  EXPECT_TRUE(bytes_of("out").starts_with("before\n{\"id\""));
  EXPECT_EQ(shell("wc -l <out").text, "3\n");
  EXPECT_EQ(shell("threadline scan --format xlsx -o stdout a.eml >book; head -c 2 book").text, "PK");
  EXPECT_EQ(fs::read_symlink(path("stdout")), "/proc/self/fd/1");
}

TEST_F(OutputDoors, AClosedStandardOutputIsSaid) {
  write("a.eml", kMail);
  EXPECT_EQ(shell("threadline scan a.eml >&-").status, 4);
  EXPECT_EQ(shell("threadline scan -o rows a.eml >&- <&- 2>&-").status, 0) << "nobody needs it";
  EXPECT_TRUE(bytes_of("rows").starts_with("{\"id\""));
}

using InputDoors = Doors;

TEST_F(InputDoors, AClosedStandardInputIsUnreadableAndNoHang) {
  write("policy.json", kPolicy);
  const Ran check = shell("threadline check --policy policy.json <&-");
  EXPECT_EQ(check.status, 75) << check.text;
  EXPECT_NE(check.text.find(R"("failure":"internal")"), std::string::npos) << check.text;
  EXPECT_EQ(shell("threadline scan - <&-").status, 3);
  EXPECT_EQ(shell("threadline lookalike --reference policy.json - <&-").status, 2);
  EXPECT_EQ(shell("threadline held --queue-json - --log /dev/null <&-").status, 4);
}

TEST_F(InputDoors, TheFirstSignalEndsTheWaitForAnInputThatSaysNothing) {
  for (const char* jobs : {"0", "1"}) {
    const Ran ran =
        shell(std::string("rm -f in err; mkfifo in err; exec 7<>in\n'") + THREADLINE_PROGRAM + "' scan --verbose --jobs " + jobs +
              " - <&7 2>err >out &\nexec 3<err; read line <&3; kill -TERM $!; cat <&3; wait $!");
    EXPECT_EQ(ran.status, 130) << ran.text;
  }
  write("names", "firm.example\n");
  const Ran ran = shell(std::string("rm -f in out; mkfifo in out; exec 7<>in\n'") + THREADLINE_PROGRAM +
                        "' lookalike --reference names - <&7 >out &\nexec 3<out; echo f1rm.example >&7; read line <&3; "
                        "kill -TERM $!; wait $!");
  EXPECT_EQ(ran.status, 130) << ran.text;
}

TEST_F(InputDoors, WhatIsNoFileIsRefusedWithItsNameWhereAFileIsExpected) {
  write("a.eml", kMail);
  write("policy.json", kPolicy);
  fs::create_directories(path("folder"));
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  ASSERT_EQ(shell("threadline case init case").status, 0);
  for (const std::string name : {"folder", "pipe"}) {
    for (const std::string& arguments : std::vector<std::string>{
             "scan --policy X a.eml", "explain --policy X a.eml", "serve --no-browser --policy X", "policy check X",
             "policy show X", "policy import-accounts X", "policy import-accounts --policy X a.eml",
             "scan --password-file X a.eml", "scan --dkim-keys X a.eml", "scan --mmdb X a.eml", "scan --log-mapping X a.eml",
             "case attach case X"}) {
      const std::string asked = std::string(arguments).replace(arguments.find('X'), 1, name);
      const Ran ran = shell("threadline " + asked);
      EXPECT_EQ(ran.status, 2) << asked << ": " << ran.text;
      EXPECT_NE(ran.text.find(name + ": is "), std::string::npos) << asked << ": " << ran.text;
    }
    for (const std::string& arguments : {"check --policy " + name + " <a.eml", "milter --socket unix:sock --policy " + name}) {
      const Ran ran = shell("threadline " + arguments);
      EXPECT_EQ(ran.status, 64) << arguments << ": " << ran.text;
      EXPECT_NE(ran.text.find(name + ": is "), std::string::npos) << arguments << ": " << ran.text;
    }
  }
}

TEST_F(InputDoors, AFileThatAShellHandsOverIsRead) {
  write("a.eml", kMail);
  write("policy.json", kPolicy);
  const Ran file = shell("threadline scan --policy policy.json a.eml"),
            piped = shell("threadline scan --policy <(cat policy.json) a.eml");
  EXPECT_EQ(piped.status, 0) << piped.text;
  EXPECT_EQ(piped.text, file.text);
  EXPECT_EQ(shell("threadline scan --policy /dev/stdin a.eml <policy.json").text, file.text);
  EXPECT_EQ(shell("threadline scan --password-file /dev/null a.eml >out").status, 0);
  const std::string digest = shell("sha256sum <policy.json").text.substr(0, 64);
  ASSERT_EQ(shell("threadline case init case && threadline scan --case case --policy <(cat policy.json) a.eml >out").status, 0);
  EXPECT_NE(bytes_of("case/journal.jsonl").find(digest), std::string::npos) << "a pipe gives its bytes once";
}

TEST_F(InputDoors, StandardInputThatIsNoMessageIsSaid) {
  write("policy.json", kPolicy);
  const std::string check = "threadline check --policy policy.json --direction outbound <input";
  for (const std::string& bytes : {std::string("hello world, no mail\n"), std::string("%PDF-1.4\n1 0 obj\n"),
                                   std::string("PK\3\4\24\0\0\0\10\0aaaa", 14), std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR", 16),
                                   std::string("\0\1\2\3: a\n", 8), std::string("Dear all,\nFrom: here on\n")}) {
    write("input", bytes);
    const Ran ran = shell(check);
    EXPECT_EQ(ran.status, 75) << bytes << ran.text;
    EXPECT_NE(ran.text.find(R"("failure":"internal","findings":[]})"), std::string::npos) << ran.text;
    const Ran scan = shell("threadline scan --quiet - <input");
    EXPECT_EQ(scan.status, 3) << scan.text;
    EXPECT_NE(scan.text.find("not a message"), std::string::npos) << scan.text;
  }
  for (const std::string& bytes : {std::string("Subject: hi\n\nhi\n"), std::string("X-Made-Up: yes\n\nhi\n"),
                                   std::string("From anna@firm.example Thu Apr  5 10:37:00 2018\n") + kMail,
                                   "\xEF\xBB\xBF\r\n" + kMail, "X-A: b\nX-C: d\n e\n" + kMail}) {
    write("input", bytes);
    const Ran ran = shell(check);
    EXPECT_EQ(ran.status, 0) << bytes << ran.text;
    EXPECT_EQ(ran.text.find("failure"), std::string::npos) << ran.text;
  }
}

/// A queue with two messages that are held; the second's line is longer than a pipe holds.
std::string queue_of_two() {
  std::string recipients;
  for (int i = 0; i < 5'000; ++i)
    recipients += std::string(i == 0 ? "" : ", ") + R"({"address": "recipient)" + std::to_string(i) + R"(@firm.example"})";
  const auto entry = [](const std::string& id, const std::string& to) {
    return R"({"queue_name": "hold", "queue_id": ")" + id +
           R"(", "arrival_time": 1000000, "message_size": 700, "sender": "bob@own.example", "recipients": [)" + to + "]}\n";
  };
  return entry("4Q1", R"({"address": "ann@firm.example"})") + entry("4Q2", recipients);
}

using HeldDoors = Doors;

TEST_F(HeldDoors, ACommandThatDoesNotReadIsToldAllTheSame) {
  write("queue.json", queue_of_two());
  const std::string held = "threadline held --queue-json queue.json --log /dev/null --alarm-state told --alarm ";
  const Ran ran = shell(held + "true");
  EXPECT_EQ(ran.status, 0) << ran.text;
  EXPECT_EQ(bytes_of("told"), "4Q1 1000000\n4Q2 1000000\n");
  EXPECT_EQ(shell(held + "'echo again >>again'").status, 0);
  EXPECT_FALSE(fs::exists(path("again"))) << "each is told of once";
}

TEST_F(HeldDoors, ACommandThatFailsIsFourAndTheOthersAreTold) {
  write("queue.json", queue_of_two());
  const std::string held = "threadline held --queue-json queue.json --log /dev/null --alarm-state told --alarm ";
  EXPECT_EQ(shell(held + "false").status, 4);
  EXPECT_FALSE(fs::exists(path("told")));
  EXPECT_EQ(shell(held + "'head -c 400 | grep -q 4Q1'").status, 4);
  EXPECT_EQ(bytes_of("told"), "4Q1 1000000\n");
  EXPECT_EQ(shell(held + "'cat >>heard'").status, 0);
  EXPECT_EQ(bytes_of("heard").find("4Q1"), std::string::npos);
  EXPECT_NE(bytes_of("heard").find("recipient4999@firm.example"), std::string::npos);
  EXPECT_EQ(bytes_of("told"), "4Q1 1000000\n4Q2 1000000\n");
}

TEST_F(HeldDoors, AStateThatCannotBeWrittenIsFourAndEveryoneIsTold) {
  write("queue.json", queue_of_two());
  EXPECT_EQ(shell("threadline held --queue-json queue.json --log /dev/null --alarm-state no/such --alarm 'cat >>heard'").status,
            4);
  EXPECT_EQ(shell("wc -l <heard").text, "2\n");
}

TEST_F(HeldDoors, AStateThatIsAnotherFileStaysAsItIs) {
  write("queue.json", queue_of_two());
  write("precious", "precious\n");
  EXPECT_EQ(shell("threadline held --queue-json queue.json --log /dev/null --alarm-state precious --alarm true").status, 4);
  EXPECT_EQ(bytes_of("precious"), "precious\n");
}

TEST_F(HeldDoors, AQueueOrLogThatCannotBeReadIsFourAndAnEmptyOneIsNot) {
  write("a.eml", kMail);
  write("junk", std::string("\0\1{\2}\n[1]\n", 10));
  write("empty", "");
  write("half", queue_of_two() + "{\"queue_name\": \"ho");
  write("queue.json", queue_of_two());
  fs::create_directories(path("folder"));
  for (const char* queue : {"a.eml", "junk", "folder", "nowhere", "half"}) {
    const Ran ran = shell(std::string("threadline held --log /dev/null --queue-json ") + queue);
    EXPECT_EQ(ran.status, 4) << queue << ": " << ran.text;
    EXPECT_NE(ran.text.find(std::string(queue) + ": "), std::string::npos) << ran.text;
  }
  EXPECT_NE(shell("threadline held --log /dev/null --queue-json half").text.find("4Q1"), std::string::npos)
      << "what can be read is listed";
  EXPECT_EQ(shell("threadline held --queue-json queue.json --log folder").status, 4);
  EXPECT_EQ(shell("threadline held --queue-json empty --log /dev/null").status, 0);
  EXPECT_EQ(shell("threadline held --queue-json queue.json --log a.eml").status, 0) << "a log has lines of others";
  EXPECT_EQ(shell("cat queue.json | threadline held --queue-json - --log <(cat a.eml)").status, 0);
}

}  // namespace
}  // namespace threadline
