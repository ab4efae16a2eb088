// SPDX-License-Identifier: Apache-2.0
// The command line as scripts see it: exit status, standard output, standard error (docs/cli.md).
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "shell.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;

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
