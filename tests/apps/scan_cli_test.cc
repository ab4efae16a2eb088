// SPDX-License-Identifier: Apache-2.0
// threadline scan and explain as scripts see them (docs/cli.md).
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <future>
#include <string>
#include <vector>

#include "shell.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;

/// "a.eml" in a zip, encrypted as APPNOTE.TXT 6.1 says with the password "sesame": what Info-ZIP's zip 3.0 writes for
/// "zip -X -P sesame closed.zip a.eml".
const std::string kClosedZip(
    "\x50\x4B\x03\x04\x0A\x00\x09\x00\x00\x00\xB0\x5E\x78\x5D\xB7\x7D\x6F\x5C\x57\x00\x00\x00\x4B\x00\x00\x00\x05\x00\x00\x00"
    "\x61\x2E\x65\x6D\x6C\x39\x6B\xE6\x86\x97\x81\x86\x30\x66\x59\x12\x23\x1B\xDD\xFD\xE8\x7B\xA9\x87\x5F\xCA\xC8\x35\x7C\x96"
    "\x43\x7B\xC1\x5D\xA4\x7F\xA9\x69\xD6\x2C\xB6\x4A\x56\xF4\xBF\xE6\xF5\x50\x7F\xF9\xEA\x7D\x4E\xA1\xAC\xFB\xCC\x61\x97\x7A"
    "\x88\x9D\xF1\xAA\x4C\xAE\x20\x79\xE5\x78\xD5\xA3\xBA\x17\xDE\xDF\x4B\xD3\xD4\xC3\x53\xE4\x87\x01\xF9\xE0\xFC\x7F\x48\x56"
    "\x3B\x01\x50\x4B\x07\x08\xB7\x7D\x6F\x5C\x57\x00\x00\x00\x4B\x00\x00\x00\x50\x4B\x01\x02\x1E\x03\x0A\x00\x09\x00\x00\x00"
    "\xB0\x5E\x78\x5D\xB7\x7D\x6F\x5C\x57\x00\x00\x00\x4B\x00\x00\x00\x05\x00\x00\x00\x00\x00\x00\x00\x01\x00\x00\x00\xA4\x81"
    "\x00\x00\x00\x00\x61\x2E\x65\x6D\x6C\x50\x4B\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00\x33\x00\x00\x00\x8A\x00\x00\x00\x00"
    "\x00",
    211);

TEST(Scan, WritesJsonLinesToAPipeAndATableWhenAsked) {
  const std::string mail = file_with("plain.eml", kMail);
  const Ran lines = threadline("scan --jobs 0 --own-domain payer.example " + mail);
  EXPECT_EQ(lines.status, 0) << lines.text;
  EXPECT_TRUE(lines.text.starts_with("{\"id\":")) << lines.text;
  const Ran table = threadline("scan --jobs 0 --lang fr --tz Europe/Paris --format table --own-domain payer.example " + mail);
  EXPECT_NE(table.text.find("CEST"), std::string::npos) << table.text;
  EXPECT_NE(table.text.find("Envoi du mail \u00e0 Bert"), std::string::npos) << table.text;
}

TEST(Scan, WritesTimesketchRowByRowAndSaysWhatItLeavesOut) {
  const std::string mails = file_with("dated.eml", kMail) + " " + file_with("undated.eml", "From: c@firm.example\n\nNo date.\n");
  for (const char* jobs : {"0", "2"}) {
    const Ran csv = threadline("scan --jobs " + std::string(jobs) + " --format timesketch --own-domain payer.example " + mails);
    EXPECT_EQ(csv.status, 0) << csv.text;
    EXPECT_NE(csv.text.find(R"("message","datetime","timestamp_desc",)"), std::string::npos) << csv.text;
    EXPECT_NE(csv.text.find("\"2018-04-05T10:37:00+02:00\",\"Email sent (header)\","), std::string::npos) << csv.text;
    EXPECT_NE(csv.text.find("1 row(s) without a time left out"), std::string::npos) << csv.text;
    const fs::path out = own_folder() / "lines.jsonl";
    const Ran lines = threadline("scan --jobs " + std::string(jobs) + " --format timesketch -o '" + out.string() + "' " + mails);
    EXPECT_EQ(lines.status, 0) << lines.text;
    EXPECT_TRUE(shell("head -c 12 '" + out.string() + "'").text == R"({"message":")");
  }
}

TEST(Scan, SaysThatThereWasNothingToAnalyse) {
  const fs::path folder = own_folder() / "no_mails";
  fs::create_directories(folder);
  const std::string path = "'" + folder.string() + "'";
  const Ran ran = threadline("scan --jobs 0 --format jsonl " + path);
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.text, "threadline: no mail and no log in " + folder.string() + ": there is nothing to analyse\n");
  EXPECT_EQ(threadline("scan --quiet --jobs 0 --format jsonl " + path).text, "");
  EXPECT_EQ(threadline("scan --jobs 0 --format jsonl " + file_with("one.eml", kMail)).text.find("nothing"), std::string::npos);
}

TEST(Explain, SaysWhatCouldNotBeReadAndWhy) {
  const Ran ran = threadline("explain " + file_with("nothing.eml", "") + " " + file_with("one.eml", kMail));
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.text.find("nothing.eml: Could not be read, or not completely: empty file"), std::string::npos) << ran.text;
  EXPECT_EQ(ran.text.find("one.eml: Could not"), std::string::npos) << ran.text;
  EXPECT_EQ(threadline("explain --quiet " + file_with("nothing.eml", "")).text, "");
}

TEST(Scan, AWrongZoneOrPolicyAnalysesNothing) {
  const std::string mail = file_with("zone.eml", kMail);
  EXPECT_EQ(threadline("scan --tz Mars/Olympus " + mail).status, 2);
  const Ran ran = threadline("scan --policy " + file_with("wrong.json", R"({"version": 1, "own": {"domain": []}})") + " " + mail);
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.text.find("/own"), std::string::npos) << ran.text;
}

TEST(Scan, AFileThatCannotBeReadIsThreeAndHasItsRow) {
  const Ran ran = threadline("scan --quiet --jobs 0 " + file_with("empty.eml", ""));
  EXPECT_EQ(ran.status, 3);
  EXPECT_NE(ran.text.find("evidence_unreadable"), std::string::npos) << ran.text;
}

TEST(Scan, WhatItWroteItselfIsNoLossInAFolderThatIsReadLater) {
  const std::string folder = (own_folder() / "own").string();
  fs::create_directories(folder);
  const std::string mail = file_with("own/mail.eml", kMail);
  const std::string scan = "scan --jobs 0 --own-domain payer.example ";
  EXPECT_EQ(threadline(scan + "--memory '" + folder + "/a.memory' " + mail).status, 0);
  EXPECT_EQ(threadline("case init '" + folder + "/case'").status, 0);
  EXPECT_EQ(threadline(scan + "--case '" + folder + "/case' " + mail).status, 0);
  for (const char* form : {"jsonl", "csv", "csv --lang fr", "timesketch"})
    EXPECT_EQ(threadline(scan + mail + " -o '" + folder + "/rows " + form + ".csv' --format " + form).status, 0) << form;
  EXPECT_EQ(threadline(scan + mail + " -o '" + folder + "/rows.jsonl' --format timesketch").status, 0);
  const Ran ran = threadline(scan + "--format jsonl '" + folder + "'");
  EXPECT_EQ(ran.status, 0) << ran.text;
  EXPECT_EQ(ran.text.find("not_a_message"), std::string::npos) << ran.text;
  EXPECT_NE(ran.text.find("the memory of another run"), std::string::npos) << ran.text;
  EXPECT_EQ(threadline(scan + "'" + folder + "' " + file_with("other.db", "SQLite format 3")).status, 3);
}

TEST(Scan, AnEncryptedArchiveIsOpenedByALineOfThePasswordFile) {
  const std::string zip = file_with("closed.zip", kClosedZip);
  EXPECT_EQ(threadline("scan --quiet --jobs 0 " + zip).status, 3);
  const std::string passwords = file_with("passwords.txt", "open\r\n\nsesame\n");
  const Ran ran = threadline("scan --quiet --jobs 0 --format jsonl --password-file " + passwords + " " + zip);
  EXPECT_EQ(ran.status, 0) << ran.text;
  EXPECT_NE(ran.text.find("closed.zip!a.eml"), std::string::npos) << ran.text;
  EXPECT_EQ(threadline("scan --password-file /no/such/file " + zip).status, 2);
}

TEST(Explain, AWrongFileOfDkimKeysAnalysesNothing) {
  const std::string mail = file_with("keys.eml", kMail);
  const Ran ran = threadline("explain --format json --dkim-keys " + file_with("keys.txt", "nonsense\n") + " " + mail);
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.text.find("keys.txt: line 1: no selector"), std::string::npos) << ran.text;
  EXPECT_EQ(threadline("explain --dkim-keys /no/such/file " + mail).status, 2);
  const std::string keys = file_with("good.txt", "s1._domainkey.firm.example v=DKIM1; k=rsa; p=QUJD\n");
  EXPECT_EQ(threadline("explain --format json --jobs 0 --dkim-keys " + keys + " " + mail).status, 0);
}

TEST(Scan, ALogOfAShippedMappingNeedsNoOptionAndEveryRecordIsAskedForByName) {
  const std::string log =
      file_with("access.log",
                "1522917420.250    120 10.0.0.31 TCP_MISS/200 4120 GET http://www.shop.example/ p HIER_DIRECT/192.0.2.80 -\n");
  const Ran matters = threadline("scan --jobs 0 --format jsonl --lang en " + log);
  EXPECT_EQ(matters.status, 0) << matters.text;
  EXPECT_NE(matters.text.find("Squid access.log"), std::string::npos) << matters.text;
  EXPECT_EQ(matters.text.find("\"kind\":\"log\""), std::string::npos) << matters.text;
  const Ran every = threadline("scan --jobs 0 --format jsonl --lang en --events all " + log);
  EXPECT_NE(every.text.find("\"kind\":\"log\""), std::string::npos) << every.text;
  EXPECT_NE(every.text.find("Visit of http://www.shop.example/"), std::string::npos) << every.text;
}

TEST(Scan, AWrongLogMappingOrZoneAnalysesNothing) {
  const std::string mail = file_with("mapped.eml", kMail);
  const Ran ran = threadline("scan --log-mapping " + file_with("m.json", R"({"name":"x","color":"red"})") + " " + mail);
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.text.find("/color"), std::string::npos) << ran.text;
  EXPECT_EQ(threadline("scan --log-mapping /no/such/file.json " + mail).status, 2);
  EXPECT_EQ(threadline("scan --log-zone Mars/Base " + mail).status, 2);
}

TEST(Scan, AnOutputThatNamesNoFileIsWrongUsage) {
  const std::string mail = file_with("named.eml", kMail);
  for (const std::string& arguments : {"scan --format xlsx " + mail, "scan --format xlsx -o - " + mail, "scan -o '' " + mail,
                                       "scan --format xlsx -o '' " + mail, "explain -o '' " + mail}) {
    const Ran ran = threadline(arguments);
    EXPECT_EQ(ran.status, 2) << arguments << ": " << ran.text;
    EXPECT_EQ(ran.text.find("\"kind\""), std::string::npos) << arguments;
  }
}

/// findings.md, "own side": the policy's, or --own-domain's.
TEST(Milter, KnowsTheOwnSideByAPolicyOrADomain) {
  const Ran neither = threadline("milter --socket unix:/dev/null/sock");
  EXPECT_EQ(neither.status, 64) << neither.text;
  EXPECT_NE(neither.text.find("--own-domain"), std::string::npos) << neither.text;
  const Ran named = threadline("milter --socket unix:/dev/null/sock --own-domain firm.example");
  EXPECT_NE(named.status, 0);
  EXPECT_EQ(named.text.find("own side"), std::string::npos) << named.text;
}

TEST(Scan, TheOutputIsWholeOrNotAtAll) {
  const std::string mail = file_with("out.eml", kMail);
  const fs::path out = own_folder() / "rows.csv";
  EXPECT_EQ(threadline("scan --jobs 0 --format csv -o '" + out.string() + "' " + mail).status, 0);
  EXPECT_GT(fs::file_size(out), 100U);
  EXPECT_EQ(threadline("scan --jobs 0 -o /no/such/folder/x " + mail).status, 4);
}

TEST(Scan, AnOutputThatCannotBeWrittenIsSaidBeforeAnythingIsRead) {
  const std::string mail = file_with("out.eml", kMail);
  for (const std::string& output : {std::string("/no/such/folder/x"), own_folder().string()}) {
    for (const std::string command : {"scan --verbose", "explain --verbose"}) {
      const Ran ran = threadline(command + " --jobs 0 -o '" + output + "' " + mail);
      EXPECT_EQ(ran.status, 4) << ran.text;
      EXPECT_EQ(ran.text.find("reading 1 path"), std::string::npos) << ran.text;
    }
  }
  EXPECT_NE(threadline("scan --verbose --jobs 0 " + mail).text.find("reading 1 path"), std::string::npos);
}

TEST(Scan, AMemoryThatIsNoStoreLeavesNothingBesideIt) {
  const std::string mail = file_with("no_store.eml", kMail);
  EXPECT_EQ(threadline("scan --jobs 0 --memory " + mail + " " + file_with("other.eml", kMail)).status, 4);
  EXPECT_FALSE(fs::exists(own_folder() / "no_store.eml.unfinished"));
}

TEST(Scan, AFullStandardOutputIsSaidWithItsReason) {
  const std::string mail = file_with("full.eml", kMail);
  for (const std::string& arguments :
       {"scan --jobs 0 " + mail, "explain --jobs 0 " + mail, "scan --jobs 0 -o /dev/full " + mail}) {
    const Ran ran = shell(std::string("LC_ALL=C.UTF-8 '") + THREADLINE_PROGRAM + "' " + arguments + " 2>&1 >/dev/full");
    EXPECT_EQ(ran.status, 4) << ran.text;
    EXPECT_NE(ran.text.find("No space left on device"), std::string::npos) << ran.text;
  }
}

/// Runs it until it says that it reads, ends it then, and answers what it said.
Ran interrupted(const std::string& arguments) {
  const fs::path folder = own_folder() / "heard";
  fs::create_directories(folder);
  std::ofstream(folder / "run.sh") << "cd '" << folder.string() << "' && rm -f err && mkfifo err\n'" << THREADLINE_PROGRAM << "' "
                                   << arguments << " 2>err >out &\nexec 3<err\nread line <&3\nkill -TERM $!\ncat <&3\nwait $!\n";
  return shell("LC_ALL=C.UTF-8 sh '" + (folder / "run.sh").string() + "'");
}

TEST(Scan, AnInterruptedRunLeavesTheOutputFileAsItWas) {
  std::string mbox;
  for (int i = 0; i < 20'000; ++i) mbox += "From anna@firm.example Thu Apr  5 10:37:00 2018\n" + kMail + "\n";
  const std::string evidence = file_with("many.mbox", mbox);
  const fs::path out = own_folder() / "kept.jsonl";
  for (const char* verb : {"scan --jobs 0 --format jsonl", "scan --jobs 0 --format html", "explain --jobs 0 --format jsonl"}) {
    std::ofstream(out) << "before\n";
    const Ran ran = interrupted(std::string(verb) + " --verbose -o '" + out.string() + "' " + evidence);
    EXPECT_EQ(ran.status, 130) << ran.text;
    EXPECT_NE(ran.text.find("kept.jsonl is not written"), std::string::npos) << ran.text;
    EXPECT_EQ(fs::file_size(out), 7U) << verb;
  }
}

TEST(ScanCase, RunsThatBeginAtOneMomentOnACaseOrAStoreWaitForEachOther) {
  const fs::path folder = own_folder() / "moment_case";
  const fs::path store = own_folder() / "moment.memory";
  fs::remove_all(folder);
  fs::remove(store);
  ASSERT_EQ(threadline("case init --own-domain firm.example '" + folder.string() + "'").status, 0);
  const std::string mail = file_with("moment.eml", kMail);
  for (const std::string& keeps : {"--case '" + folder.string() + "'", "--memory '" + store.string() + "'"}) {
    std::vector<std::future<Ran>> runs;
    for (int i = 0; i < 4; ++i)
      runs.push_back(std::async(std::launch::async, threadline, "scan --quiet --jobs 0 " + keeps + " " + mail));
    for (auto& run : runs) {
      const Ran ran = run.get();
      EXPECT_EQ(ran.status, 0) << ran.text;
    }
  }
  EXPECT_FALSE(fs::exists(folder / "unfinished"));
  EXPECT_FALSE(fs::exists(store.string() + ".unfinished"));
  EXPECT_EQ(threadline("case verify '" + folder.string() + "'").status, 0);
  fs::remove_all(folder);
  fs::remove(store);
}

}  // namespace
}  // namespace threadline
