// SPDX-License-Identifier: Apache-2.0
// threadline case as scripts see it (docs/cli.md).
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <string>
#include <thread>

#include "shell.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;

/// A folder with a case in "case" and none in "nocase".
std::string folder_of_cases() {
  const fs::path folder = own_folder() / "cases";
  fs::remove_all(folder);
  fs::create_directories(folder / "case" / "nocase");
  EXPECT_EQ(threadline("case init '" + (folder / "case").string() + "'").status, 0);
  return (folder / "case").string();
}

Ran in_folder(const std::string& folder, const std::string& arguments) {
  return shell("cd '" + folder + "' && LC_ALL=C.UTF-8 '" + THREADLINE_PROGRAM + "' case " + arguments + " 2>&1");
}

TEST(Case, AFolderWithoutACaseIsNamedAndNoOtherCaseIsTaken) {
  const std::string folder = folder_of_cases();
  for (const char* arguments :
       {"show nocase", "export --format csv nocase", "report nocase", "verify nocase", "timestamp nocase", "add nocase text",
        "note nocase 1 text", "strike nocase 1 --why x", "qualify nocase 1 --as fraud", "attach nocase a.eml"}) {
    const Ran ran = in_folder(folder, arguments);
    EXPECT_EQ(ran.status, 2) << arguments;
    EXPECT_NE(ran.text.find("nocase: there is no case here"), std::string::npos) << arguments << "\n" << ran.text;
  }
  EXPECT_NE(in_folder(folder, "show no_such").text.find("no_such: there is no case"), std::string::npos);
  EXPECT_NE(in_folder(folder, "note ../gone 1 text").text.find("../gone: there is no case"), std::string::npos);
  EXPECT_EQ(in_folder(folder, "show --case . nocase").status, 2);
  EXPECT_NE(in_folder(folder, "verify").text.find("entries: 1"), std::string::npos) << "nothing was written";
}

TEST(Case, WordsThatAreNoFolderAreWordsOfTheCurrentCase) {
  const std::string folder = folder_of_cases();
  std::ofstream(folder + "/nocase/a.eml") << kMail;
  for (const char* arguments : {"show", "show .", "verify --case .", "add 'call of 05/04 10:00' bank", "add RIB/IBAN",
                                "add . text", "note 1 text", "attach nocase/a.eml"})
    EXPECT_EQ(in_folder(folder, arguments).status, 0) << arguments << in_folder(folder, arguments).text;
}

TEST(Case, AnEmptiedJournalDoesNotVerify) {
  const std::string folder = folder_of_cases();
  EXPECT_EQ(in_folder(folder, "verify").status, 0);
  std::ofstream(folder + "/journal.jsonl", std::ios::trunc).close();
  const Ran ran = in_folder(folder, "verify");
  EXPECT_EQ(ran.status, 1);
  EXPECT_NE(ran.text.find("The journal has no entry"), std::string::npos) << ran.text;
  EXPECT_EQ(ran.text.find("whole"), std::string::npos) << ran.text;
}

TEST(CliCase, ABrokenChainIsRefusedWithFourAndTheWayOut) {
  const fs::path folder = own_folder() / "broken_case";
  fs::remove_all(folder);
  const std::string at = "--case '" + folder.string() + "'";
  ASSERT_EQ(threadline("case init '" + folder.string() + "'").status, 0);
  ASSERT_EQ(threadline("case add " + at + " first").status, 0);
  ASSERT_EQ(threadline("case add " + at + " second").status, 0);
  ASSERT_EQ(shell("sed -i 's/first/First/' '" + (folder / "journal.jsonl").string() + "'").status, 0);
  for (const std::string& command : {"case note " + at + " 2 text", "case add " + at + " text",
                                     "case strike " + at + " 2 --why x", "scan " + at + " " + file_with("a.eml", kMail)}) {
    const Ran refused = threadline(command);
    EXPECT_EQ(refused.status, 4) << command;
    EXPECT_NE(refused.text.find("broken at entry 2"), std::string::npos) << refused.text;
    EXPECT_NE(refused.text.find("--despite-broken-chain"), std::string::npos) << refused.text;
  }
  EXPECT_EQ(threadline("case note " + at + " 2 text --despite-broken-chain").status, 0);
  EXPECT_EQ(threadline("case note " + at + " 2 more").status, 0);
  EXPECT_EQ(threadline("case verify " + at).status, 1);
  EXPECT_EQ(threadline("case show " + at).status, 0);
  fs::remove_all(folder);
}

TEST(CliCase, NotesStandInTheZoneOfTheRows) {
  const fs::path folder = own_folder() / "zoned_case";
  fs::remove_all(folder);
  const std::string at = "--case '" + folder.string() + "'";
  ASSERT_EQ(threadline("case init --tz Pacific/Kiritimati '" + folder.string() + "'").status, 0);  // +14: never the hour of UTC
  ASSERT_EQ(threadline("case add " + at + " first").status, 0);
  ASSERT_EQ(threadline("case note " + at + " 2 said").status, 0);
  ASSERT_EQ(threadline("case strike " + at + " 2 --why wrong").status, 0);
  const Ran shown = threadline("case show " + at);
  EXPECT_EQ(shown.text.find("UTC"), std::string::npos) << shown.text;
  EXPECT_NE(shown.text.find("Note by "), std::string::npos) << shown.text;
  const Ran rows = threadline("case show --format jsonl " + at);
  EXPECT_NE(rows.text.find("Z\""), std::string::npos) << "programs read instants in UTC: " << rows.text;
  fs::remove_all(folder);
}

TEST(CliCase, AnErasedJournalIsSaidByWhatReadsIt) {
  const fs::path folder = own_folder() / "erased_case";
  fs::remove_all(folder);
  ASSERT_EQ(threadline("case init '" + folder.string() + "'").status, 0);
  EXPECT_EQ(threadline("case show '" + folder.string() + "'").text.find("erased"), std::string::npos);
  std::ofstream(folder / "journal.jsonl", std::ios::trunc);
  for (const std::string verb : {"show", "report", "export --format csv"}) {
    const Ran ran = threadline("case " + verb + " '" + folder.string() + "'");
    EXPECT_NE(ran.text.find("The journal has no entry"), std::string::npos) << verb << ": " << ran.text;
  }
  fs::remove_all(folder);
}

TEST(CliCase, AnHourThatSummerTimeSkipsOrRepeatsIsAsked) {
  const fs::path folder = own_folder() / "summer_case";
  fs::remove_all(folder);
  const std::string at = "--case '" + folder.string() + "' --at ";
  ASSERT_EQ(threadline("case init --tz Europe/Paris '" + folder.string() + "'").status, 0);
  const Ran twice = threadline("case add " + at + "'28/10/2018 02:30' text");
  EXPECT_EQ(twice.status, 2);
  EXPECT_NE(twice.text.find("2018-10-28T02:30:00+02:00 or 2018-10-28T02:30:00+01:00"), std::string::npos) << twice.text;
  const Ran skipped = threadline("case add " + at + "'25/03/2018 02:30' text");
  EXPECT_EQ(skipped.status, 2);
  EXPECT_NE(skipped.text.find("summer time skips it"), std::string::npos) << skipped.text;
  for (const std::string plain :
       {"'28/10/2018 01:59'", "'28/10/2018 03:00'", "'25/03/2018 01:59'", "'25/03/2018 03:00'", "2018-10-28T02:30:00+01:00"})
    EXPECT_EQ(threadline("case add " + at + plain + " text").status, 0) << plain;
  EXPECT_NE(threadline("case show '" + folder.string() + "'").text.find("03:00"), std::string::npos);
  fs::remove_all(folder);
}

TEST(CliCase, AScanWaitsForTheEndOfAnotherOne) {
  const fs::path folder = own_folder() / "shared_case";
  fs::remove_all(folder);
  ASSERT_EQ(threadline("case init '" + folder.string() + "'").status, 0);
  const std::string unfinished = (folder / "unfinished").string();
  std::ofstream(unfinished).flush();
  const int other = open(unfinished.c_str(), O_RDWR | O_CLOEXEC);  // another run, at work
  ASSERT_EQ(flock(other, LOCK_EX | LOCK_NB), 0);
  const std::string said = (own_folder() / "said").string();
  std::future<Ran> second = std::async(std::launch::async, [&] {
    return shell(std::string("LC_ALL=C.UTF-8 '") + THREADLINE_PROGRAM + "' scan --quiet --case '" + folder.string() + "' " +
                 file_with("a.eml", kMail) + " 2>'" + said + "'");
  });
  std::string words;
  for (int tries = 0; tries < 600 && words.find("waiting for its end") == std::string::npos; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    std::ifstream file(said);
    words.assign(std::istreambuf_iterator<char>(file), {});
  }
  EXPECT_NE(words.find("another run is at work on it"), std::string::npos) << words;
  unlink(unfinished.c_str());  // its end
  close(other);
  EXPECT_EQ(second.get().status, 0);
  EXPECT_NE(threadline("case show '" + folder.string() + "'").text.find("hello"), std::string::npos);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace threadline
