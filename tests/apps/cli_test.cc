// SPDX-License-Identifier: Apache-2.0
// The command line as scripts see it: exit status, standard output, standard error (docs/cli.md).
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <future>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "../own_folder.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;

struct Ran {
  int status = -1;
  std::string text;  ///< standard output and standard error
};

Ran shell(const std::string& command) {
  Ran ran;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return ran;
  for (int byte = std::fgetc(pipe); byte != EOF; byte = std::fgetc(pipe)) ran.text += static_cast<char>(byte);
  const int status = pclose(pipe);
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return ran;
}

Ran threadline(const std::string& arguments) {
  return shell(std::string("LC_ALL=C.UTF-8 '") + THREADLINE_PROGRAM + "' " + arguments + " 2>&1");
}

std::string file_with(const std::string& name, const std::string& content) {
  const fs::path path = own_folder() / name;
  std::ofstream(path, std::ios::binary) << content;
  return "'" + path.string() + "'";
}

const std::string kMail =
    "From: Anna <anna@firm.example>\nTo: Bert <bert@payer.example>\nDate: Thu, 5 Apr 2018 10:37:00 +0200\n"
    "Message-ID: <1@firm.example>\nSubject: hello\n\nGood morning.\n";

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

TEST(Cli, WrongUsageIsTwo) {
  for (const char* arguments : {"", "scan", "scan --format pdf x", "scan --jobs -1 x", "scan /no/such/path", "no_such_command"})
    EXPECT_EQ(threadline(arguments).status, 2) << arguments;
}

TEST(Cli, AFileThatIsNoGeographyIsNamedAndNothingIsAnalysed) {
  const std::string mail = file_with("geography.eml", kMail);
  const Ran ran = threadline("explain --mmdb " + mail + " " + mail);
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.text.find("geography.eml"), std::string::npos) << ran.text;
}

TEST(Cli, WhatShardsOfAJudgeCannotEachDoIsRefusedWithTheWayOut) {
  const std::string judge = "judge --shard 1/2 --memory postgresql://mail@db.example/case ";
  const std::vector<std::pair<std::string, std::string>> cases{
      {"--learn", "judge --learn without --shard"},
      {"--drop-facts", "threadline memory purge --facts STORE"},
      {"--case /no/such/case", "judge --case without --shard"},
  };
  for (const auto& [option, way_out] : cases) {
    const Ran ran = threadline(judge + option);
    EXPECT_EQ(ran.status, 2) << option;
    EXPECT_NE(ran.text.find(way_out), std::string::npos) << ran.text;
  }
}

TEST(Cli, ManyMachinesNeedADatabaseAndAShardThatIsOne) {
  const std::string store = " --memory postgresql://mail@db.example/case ";
  for (const char* shard : {"0/8", "9/8", "1", "1/", "a/b", "1/8x", "-1/8"}) {
    for (const std::string& half : {std::string("extract x --shard="), std::string("judge --shard=")}) {
      const Ran ran = threadline(half + shard + store);
      EXPECT_EQ(ran.status, 2) << half << shard;
      EXPECT_NE(ran.text.find("no shard: "), std::string::npos) << ran.text;
    }
  }
  EXPECT_EQ(threadline("extract x").status, 2);
  EXPECT_EQ(threadline("judge").status, 2);
  EXPECT_EQ(threadline("extract --memory postgresql://mail@db.example/case -").status, 2);
  EXPECT_EQ(threadline("extract --memory a.file x").status, 4);
  EXPECT_EQ(threadline("judge --memory a.file").status, 4);
}

TEST(Cli, HelpTeachesWithExamplesAtEveryLevel) {
  for (const char* arguments :
       {"--help", "scan --help", "explain --help", "policy --help", "policy check --help", "policy import-accounts --help",
        "lookalike --help", "memory --help", "memory purge --help", "serve --help", "check --help", "milter --help",
        "case --help", "case add --help", "case export --help", "extract --help", "judge --help"}) {
    const Ran ran = threadline(arguments);
    EXPECT_EQ(ran.status, 0) << arguments;
    EXPECT_NE(ran.text.find("Examples:"), std::string::npos) << arguments;
  }
}

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

TEST(Policy, CheckSaysWhetherItIsRight) {
  EXPECT_EQ(threadline("policy check " + file_with("right.json", R"({"version": 1})")).status, 0);
  EXPECT_EQ(threadline("policy check " + file_with("syntax.json", "{")).status, 2);
}

TEST(Policy, ImportAccountsPrintsThePolicyWithTheLedger) {
  const std::string table = file_with("accounts.csv",
                                      "\xEF\xBB\xBFNom;Domaine;Compte\r\nFirm;firm.example;FR76 3000 6000 0112 3456 7890 189\r\n"
                                      "Firm;firm.example;sort code 60-16-13 account 31926819\r\n");
  const Ran ran = threadline("policy import-accounts " + table);
  EXPECT_EQ(ran.status, 0) << ran.text;
  EXPECT_NE(ran.text.find("\"FR7630006000011234567890189\""), std::string::npos) << ran.text;
  EXPECT_NE(ran.text.find("31926819"), std::string::npos) << ran.text;
  const std::string policy = file_with("with-accounts.json", ran.text);
  EXPECT_EQ(threadline("policy check " + policy).status, 0);
  EXPECT_EQ(threadline("policy import-accounts --policy " + policy + " " + table).text, ran.text);
}

TEST(Policy, ImportAccountsWritesNothingWhenOneRowIsWrong) {
  const fs::path out = own_folder() / "imported.json";
  const std::string wrong = file_with(
      "wrong.csv", "name,domain,account\nA,a.example,FR7630006000011234567890189\nB,b.example,FR7630006000011234567890188\n");
  const Ran ran = threadline("policy import-accounts -o '" + out.string() + "' " + wrong);
  EXPECT_EQ(ran.status, 2);
  EXPECT_NE(ran.text.find("wrong.csv:3: "), std::string::npos) << ran.text;
  EXPECT_FALSE(fs::exists(out));
  EXPECT_EQ(threadline("policy import-accounts /no/such/file").status, 2);
  const std::string right = file_with("right.csv", "name,domain,account\nA,a.example,FR7630006000011234567890189\n");
  EXPECT_EQ(threadline("policy import-accounts -o /no/such/folder/x " + right).status, 4);
  EXPECT_EQ(threadline("policy import-accounts --policy /no/such/file " + right).status, 2);
}

TEST(Lookalike, PrintsTheCandidatesThatResembleAReferenceAndIsNone) {
  const std::string references = file_with("references.txt", "meridienne-groupe.example\n");
  const std::string candidates =
      file_with("candidates.txt", "meridiennne-groupe.example\nmeridienne-groupe.example\nunlike.example\n");
  const Ran ran = threadline("lookalike --reference " + references + " " + candidates);
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(ran.text.starts_with("meridiennne-groupe.example\tmeridienne-groupe.example\t")) << ran.text;
  EXPECT_EQ(ran.text.find("unlike"), std::string::npos) << ran.text;
}

TEST(Lookalike, SaysWhichLinesAreNoDomainsAndComparesTheRest) {
  const std::string references = file_with("references.txt", "meridienne-groupe.example\ngmail.com\n");
  std::string lines =
      "\xEF\xBB\xBFmeridiennne-groupe.example\r\n..\n" + std::string(100'000, 'a') + "\nx@meridienne.example\nymail.com\n";
  for (int i = 0; i < 10'000; ++i) lines += "a.";
  const Ran ran =
      threadline("lookalike --reference " + references + " " + file_with("candidates.txt", lines + "example\n") + " 2>&1");
  EXPECT_EQ(ran.status, 0);
  for (const char* words :
       {"candidates.txt:2: empty label", "candidates.txt:3: longer than 253 octets", "candidates.txt:4: no domain name",
        "candidates.txt:6: longer than 253 octets", "meridiennne-groupe.example\tmeridienne-groupe.example\t"})
    EXPECT_NE(ran.text.find(words), std::string::npos) << words << "\n" << ran.text.substr(0, 2'000);
  EXPECT_EQ(ran.text.find("ymail"), std::string::npos) << "mail providers are not each other's lookalikes";
}

TEST(Lookalike, LinesWithControlsOrBrokenLettersAreNoDomains) {
  using namespace std::string_literals;
  const std::string lines =
      "dup\tont.fr\ndup\x01ont.fr\ndup\0ont.fr\ndup\xE2\x80\xAEont.fr\ndupont-\xFF.fr\nxn--zzzzzz9999.fr\nxn--.fr\n"s +
      "dup\u00f3nt.fr\nxn--dupnt-3ta.fr\nDUPONT-factures.fr\n";
  const std::string bad = file_with("bad.txt", lines), good = file_with("good.txt", "dupont.fr\n");
  for (const bool is_candidate : {true, false}) {
    const Ran ran = threadline("lookalike --reference " + (is_candidate ? good + " " + bad : bad + " " + good));
    EXPECT_EQ(ran.status, 0) << ran.text;
    for (int line = 1; line <= 7; ++line)
      EXPECT_NE(ran.text.find("bad.txt:" + std::to_string(line) + ": "), std::string::npos) << line << ran.text;
    EXPECT_EQ(ran.text.find("bad.txt:8"), std::string::npos) << ran.text;
  }
  const Ran ran = threadline("lookalike --reference " + good + " " + bad);
  EXPECT_NE(ran.text.find("\ndup\u00f3nt.fr\tdupont.fr\taccent\t"), std::string::npos) << ran.text;
  EXPECT_NE(ran.text.find("DUPONT-factures.fr\tdupont.fr\tcombo"), std::string::npos) << ran.text;
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

TEST(CliPolicy, WhatHasNoEffectIsWarnedOfAndASlipIsRefused) {
  const auto check = [](const std::string& rest) {
    return threadline("policy check " + file_with("p.json", "{\"version\":1," + rest + "}"));
  };
  const Ran unknown = check(R"("gateway":{"rules":[{"code":"no_such_code","action":"hold"}]})");
  EXPECT_EQ(unknown.status, 0) << unknown.text;
  EXPECT_NE(unknown.text.find("warning: "), std::string::npos) << unknown.text;
  EXPECT_NE(unknown.text.find("/gateway/rules/0/code: no such code"), std::string::npos) << unknown.text;
  EXPECT_NE(unknown.text.find("ok, 1 warning\n"), std::string::npos) << unknown.text;
  const Ran slip = check(R"("severity":{"lookalike_domian":"off"})");
  EXPECT_EQ(slip.status, 2);
  EXPECT_NE(slip.text.find("did you mean \"lookalike_domain\"?"), std::string::npos) << slip.text;
  EXPECT_EQ(check(R"("own":{"accounts":[{"value":"FR00 123"}]})").status, 2);
  const Ran scan = threadline("scan --policy " + file_with("p.json", R"({"version":1,"severity":{"lookalike_domian":"off"}})") +
                              " " + file_with("a.eml", kMail));
  EXPECT_EQ(scan.status, 2) << scan.text;
}

TEST(Cli, AnOwnDomainThatIsNoneIsWrongUsage) {
  const std::string mail = file_with("a.eml", kMail);
  for (const std::string wrong : {"@@", "''", "anna@firm.example", "https://firm.example"}) {
    EXPECT_EQ(threadline("scan --own-domain " + wrong + " " + mail).status, 2) << wrong;
    EXPECT_EQ(threadline("case init --own-domain " + wrong + " '" + (own_folder() / "none").string() + "'").status, 2) << wrong;
    EXPECT_EQ(threadline("check --own-domain " + wrong + " < " + mail).status, 64) << wrong;
  }
  EXPECT_EQ(threadline("scan --quiet --own-domain firm.example " + mail).status, 0);
}

TEST(Cli, AnOwnDomainThatMakesNobodysSideIsAWarning) {
  const std::string mail = file_with("a.eml", kMail);
  const Ran shared = threadline("scan --quiet --own-domain gmail.com " + mail);
  EXPECT_EQ(shared.status, 0);
  EXPECT_NE(shared.text.find("warning: --own-domain: gmail.com is shared by many organisations"), std::string::npos)
      << shared.text;
  EXPECT_EQ(threadline("scan --quiet --own-domain firm.example " + mail).text.find("warning"), std::string::npos);
}

TEST(Cli, AnAccountOfAPaymentThatIsTypedWrongIsSaid) {
  const fs::path folder = own_folder() / "payment_case";
  fs::remove_all(folder);
  ASSERT_EQ(threadline("case init '" + folder.string() + "'").status, 0);
  const std::string add = "case add --case '" + folder.string() + "' --kind payment paid --credited ";
  const Ran wrong = threadline(add + "'DE88 3704 0044 0532 0130 00'");
  EXPECT_EQ(wrong.status, 0);
  EXPECT_NE(wrong.text.find("--credited: the length or the check digits of DE88"), std::string::npos) << wrong.text;
  EXPECT_EQ(threadline(add + "'DE89 3704 0044 0532 0130 00'").text.find("warning"), std::string::npos);
  EXPECT_EQ(threadline(add + "'the account of the supplier'").text.find("warning"), std::string::npos);
  const std::string report = threadline("case report '" + folder.string() + "'").text;
  EXPECT_NE(report.find("- undated"), std::string::npos) << report;
  fs::remove_all(folder);
}

TEST(Cli, ARecipientThatIsNoneIsWrongUsage) {
  const std::string mail = " --own-domain firm.example < " + file_with("a.eml", kMail);
  for (const std::string wrong : {"'not an address'", "''", "@firm.example"})
    EXPECT_EQ(threadline("check --recipient " + wrong + mail).status, 64) << wrong;
  for (const std::string right : {"bert@payer.example", "'<bert@payer.example>'", "postmaster"})
    EXPECT_EQ(threadline("check --recipient " + right + mail).status, 0) << right;
}

TEST(Cli, AFullStandardOutputIsSaid) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full here";
  const fs::path folder = own_folder() / "full_case";
  fs::remove_all(folder);
  ASSERT_EQ(threadline("case init '" + folder.string() + "'").status, 0);
  const std::string names = file_with("names", "firm.example\n"), others = file_with("others", "f1rm.example\n");
  const std::string program = std::string("LC_ALL=C.UTF-8 '") + THREADLINE_PROGRAM + "' ";
  for (const std::string& arguments :
       {"lookalike --reference " + names + " " + others, "case verify '" + folder.string() + "'",
        "case add --case '" + folder.string() + "' text", "case show '" + folder.string() + "'",
        "case report '" + folder.string() + "'", "case export --format csv '" + folder.string() + "'", std::string("--version"),
        std::string("case --help")}) {
    const Ran full = shell(program + arguments + " 2>&1 >/dev/full");
    EXPECT_EQ(full.status, 4) << arguments;
    EXPECT_NE(full.text.find("standard output: could not be written"), std::string::npos) << arguments << ": " << full.text;
  }
  fs::remove_all(folder);
}

}  // namespace
}  // namespace threadline
