// SPDX-License-Identifier: Apache-2.0
// What `scan --case` brings: every row once, new knowledge as new entries.
#include "timeline/journal/import.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "timeline/identity.h"
#include "timeline/journal/personal.h"
#include "timeline/journal/verify.h"

namespace threadline::timeline::journal {
namespace {

namespace fs = std::filesystem;

const Stamp kStamp{"2018-04-05T12:35:00Z", "anna@host"};

Row message(const std::string& id, const std::string& actor) {
  Row row;
  row.id = id;
  row.kind = "message";
  row.time = "2018-04-05T10:37:00+02:00";
  row.known_at = "2018-04-05T08:37:00Z";
  row.time_basis = "header";
  row.source = "a.eml";
  row.actor = actor;
  row.action = "Mail sent";
  row.comment = "Subject: x";
  return row;
}

Row finding(const std::string& id, const std::string& about, const std::string& severity) {
  Row row = message(id, "Anna");
  row.kind = "finding";
  row.about = about;
  row.code = "lookalike_domain";
  row.severity = severity;
  row.confidence = 0.9400000000000001;
  row.evidence_json = R"({"domain":"f1rm.example","reference":"firm.example","because":[]})";
  return row;
}

const std::string kMessage = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const std::string kFinding = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

class ImportTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = (fs::path(::testing::TempDir()) / (std::to_string(::getpid()) + test->name())).string();
    fs::remove_all(folder_);
    ASSERT_TRUE(open_case(folder_, {}, {}, kStamp));
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] Imported take(const std::vector<Row>& rows, std::uint64_t messages = 1, const std::string& policy = {}) const {
    Import import;
    import.evidence = evidence_;
    import.messages = messages;
    import.french = &rows;
    import.english = &rows;
    import.policy_path = policy;
    import.originals = originals_;
    import.quotes = quotes_;
    import.written = written_;
    import.context = context_;
    import.read_again = read_again_;
    const auto imported = import_rows(folder_, import, kStamp);
    EXPECT_TRUE(imported) << (imported ? "" : to_line(imported.error()));
    return imported.value_or(Imported{});
  }
  [[nodiscard]] std::vector<ShownRow> timeline() const {
    std::vector<ShownRow> rows;
    const auto known = Case::read(folder_);
    EXPECT_TRUE(known);
    if (known) known->each_row(Tab::timeline, Language::en, [&](const ShownRow& shown) { rows.push_back(shown); });
    return rows;
  }

  std::string folder_;
  std::unordered_map<std::string, std::string> originals_;
  std::unordered_map<std::string, Writing> quotes_, written_;
  std::optional<std::uint64_t> context_;
  std::vector<std::string> read_again_;
  std::vector<EvidenceFile> evidence_{{"a.eml", 10, std::string(64, '1'), {}, 0}};
};

/// row.schema.json, `sources`: "all places, when there is more than one". How a path is typed is no other place.
TEST_F(ImportTest, AnotherPlaceOfTheSameBytesIsBroughtUpToDate) {
  Row row = message(kMessage, "Anna");
  EXPECT_EQ(take({row}).rows, 1U);
  row.sources = {"a.eml", "b.eml"};
  const Imported more = take({row}, 2);
  EXPECT_EQ(more.rows, 0U);
  EXPECT_EQ(more.revisions, 1U);
  ASSERT_EQ(timeline().size(), 1U);
  EXPECT_EQ(timeline()[0].row.sources, (std::vector<std::string>{"a.eml", "b.eml"}));
  EXPECT_EQ(timeline()[0].row.source, "a.eml");
  row.sources = {"./a.eml", "./b.eml"};
  EXPECT_EQ(take({row}, 2).revisions, 0U);
  for (const std::uint64_t messages : {1U, 2U, 3U}) EXPECT_EQ(take({message(kMessage, "Anna")}, messages).revisions, 0U);
  EXPECT_EQ(timeline()[0].row.sources, (std::vector<std::string>{"a.eml", "b.eml"}));
  EXPECT_EQ(take({message(kMessage, "Anna, it is told now")}, 3).revisions, 1U);
  EXPECT_EQ(timeline()[0].row.actor, "Anna, it is told now");
  EXPECT_EQ(timeline()[0].row.sources, (std::vector<std::string>{"a.eml", "b.eml"}));
}

TEST_F(ImportTest, ARowAboutCopiesSaysNothingNewWhereThePathIsTypedOtherwise) {
  Row row = message(kMessage, "Evidence");
  row.kind = "evidence";
  row.code = "evidence_duplicate";
  row.comment = "in 2 places: a.eml, b.eml";
  row.evidence_json = R"({"because":[],"count":2,"sources":["a.eml","b.eml"]})";
  EXPECT_EQ(take({row}).rows, 1U);
  row.comment = "in 2 places: ./a.eml, ./b.eml";
  row.evidence_json = R"({"because":[],"count":2,"sources":["./a.eml","./b.eml"]})";
  EXPECT_EQ(take({row}, 2).revisions, 0U);
  row.evidence_json = R"({"because":[],"count":3,"sources":["a.eml","b.eml","c.eml"]})";
  EXPECT_EQ(take({row}, 3).revisions, 1U);
}

TEST_F(ImportTest, TheSameEvidenceTwiceAddsNothing) {
  const std::vector<Row> rows{message(kMessage, "Anna"), finding(kFinding, kMessage, "high")};
  EXPECT_EQ(take(rows).rows, 2U);
  const Imported again = take(rows);
  EXPECT_EQ(again.rows, 0U);
  EXPECT_TRUE(again.is_repeated);
  EXPECT_EQ(again.head.seq, 4U);  // opening, import, two rows
  EXPECT_EQ(timeline().size(), 2U);
}

TEST_F(ImportTest, TheSameMailFromAnotherPlaceIsTheSameRow) {
  Row moved = message(kMessage, "Anna");
  EXPECT_EQ(take({moved}).rows, 1U);
  moved.source = "copy/a.eml";
  const Imported again = take({moved});
  EXPECT_EQ(again.rows + again.revisions, 0U);
}

TEST_F(ImportTest, AFindingAfterANewPolicyIsANewEntryThatRefersToTheOldRow) {
  EXPECT_EQ(take({message(kMessage, "Anna")}).rows, 1U);
  const Imported again = take({message(kMessage, "Presumed attacker"), finding(kFinding, kMessage, "high")}, 1, "policy.json");
  EXPECT_EQ(again.rows, 1U);
  EXPECT_EQ(again.revisions, 1U);
  const auto rows = timeline();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].row.row, 3U);  // its number never changes
  EXPECT_EQ(rows[0].row.actor, "Presumed attacker");
  EXPECT_EQ(rows[1].row.about, kMessage);
  EXPECT_FALSE(verify(folder_, {})->first);
}

TEST_F(ImportTest, AnImportThatReadLessOverridesNothing) {
  EXPECT_EQ(take({message(kMessage, "Presumed attacker")}, 5).rows, 1U);
  EXPECT_EQ(take({message(kMessage, "Anna")}, 1).revisions, 1U);
  EXPECT_EQ(timeline().front().row.actor, "Presumed attacker");
}

TEST_F(ImportTest, AFindingThatANewPolicyWithdrawsStaysAndIsMarkedWithPolicyAndTime) {
  EXPECT_EQ(take({message(kMessage, "Anna"), finding(kFinding, kMessage, "high")}).rows, 2U);
  const Imported again = take({message(kMessage, "Anna")}, 1, "policy.json");
  EXPECT_EQ(again.not_found, 1U);
  EXPECT_FALSE(again.is_repeated);
  const ShownRow row = timeline().back();
  EXPECT_EQ(row.row.severity, "high") << "nothing is removed or changed";
  EXPECT_FALSE(row.struck) << "nothing is struck by itself";
  ASSERT_TRUE(row.gone);
  EXPECT_EQ(row.gone->policy, "policy.json");
  EXPECT_EQ(comment_with_remarks(row, Language::en),
            "Subject: x\nNo longer found by the import of 2018-04-05 12:35 UTC by anna@host, under policy policy.json (entry 5)");
  EXPECT_FALSE(is_standing(row));
  EXPECT_FALSE(verify(folder_, {})->first);
}

TEST_F(ImportTest, AWithdrawnFindingThatAPersonUpholdsStands) {
  EXPECT_EQ(take({message(kMessage, "Anna"), finding(kFinding, kMessage, "high")}).rows, 2U);
  EXPECT_EQ(take({message(kMessage, "Anna")}, 1, "policy.json").not_found, 1U);
  ASSERT_TRUE(qualify_row(folder_, 4, {0, {}, {}, "fraud", "called"}, kStamp));
  EXPECT_TRUE(is_standing(timeline().back()));
}

TEST_F(ImportTest, AFindingThatComesBackIsMarkedNoMore) {
  const std::vector<Row> all{message(kMessage, "Anna"), finding(kFinding, kMessage, "high")};
  EXPECT_EQ(take(all).rows, 2U);
  EXPECT_EQ(take({all[0]}, 1, "policy.json").not_found, 1U);
  EXPECT_EQ(take({all[0]}, 1, "policy.json").not_found, 0U) << "once is enough";
  EXPECT_EQ(take(all).found_again, 1U);
  EXPECT_FALSE(timeline().back().gone);
  EXPECT_TRUE(take(all).is_repeated);
}

TEST_F(ImportTest, AnImportThatReadLessWithdrawsNothing) {
  EXPECT_EQ(take({message(kMessage, "Anna"), finding(kFinding, kMessage, "high")}, 5).rows, 2U);
  EXPECT_EQ(take({message(kMessage, "Anna")}, 1).not_found, 0U);
  EXPECT_FALSE(timeline().back().gone);
}

TEST_F(ImportTest, AFindingOfAMessageThatWasNotReadAgainIsNotWithdrawn) {
  EXPECT_EQ(take({message(kMessage, "Anna"), finding(kFinding, kMessage, "high")}).rows, 2U);
  EXPECT_EQ(take({message(std::string(32, 'c'), "Zoe")}, 9).not_found, 0U);
  EXPECT_FALSE(timeline()[1].gone);
}

TEST_F(ImportTest, AnotherSeverityIsShownWithTheOneBefore) {
  EXPECT_EQ(take({message(kMessage, "Anna"), finding(kFinding, kMessage, "high")}).rows, 2U);
  EXPECT_EQ(take({message(kMessage, "Anna"), finding(kFinding, kMessage, "low")}, 1, "policy.json").revisions, 1U);
  const ShownRow row = timeline().back();
  EXPECT_EQ(row.row.severity, "low");
  ASSERT_EQ(row.regraded.size(), 1U);
  EXPECT_EQ(row.regraded[0].before + " " + row.regraded[0].after, "high low");
  EXPECT_EQ(take({message(kMessage, "Anna"), finding(kFinding, kMessage, "high")}).revisions, 1U)
      << "what is shown is the newest";
  EXPECT_EQ(timeline().back().row.severity, "high");
  EXPECT_EQ(timeline().back().regraded.size(), 2U);
}

TEST_F(ImportTest, AQuotedMessageLeadsToItsOriginalOnceThatIsInEvidence) {
  Row quoted = message(std::string(32, 'd'), "Paul (according to the quotation)");
  quoted.kind = "quoted";
  quoted.sha256 = std::string(64, '7');
  Row carrier = message(row_id({"message", quoted.sha256, "", 0, "", ""}), "Anna");
  EXPECT_EQ(take({carrier, quoted}).rows, 2U);
  const Row original = message(std::string(32, 'e'), "Paul");
  originals_ = {{quoted.id, original.id}};
  const Imported again = take({carrier, original}, 2);
  EXPECT_EQ(again.rows, 1U);
  EXPECT_EQ(again.not_found, 1U);
  const auto rows = timeline();
  const auto shown = std::ranges::find(rows, quoted.id, [](const ShownRow& one) { return one.row.id; });
  ASSERT_NE(shown, rows.end());
  ASSERT_TRUE(shown->gone);
  EXPECT_EQ(shown->gone->original, 6U);
}

/// cli.md: "(according to the quotation)", until the original is in evidence; here the mailbox comes after the fraud.
TEST_F(ImportTest, AQuotedMessageLeadsToItsOriginalOfALaterImportWithoutItsCarrier) {
  Row quoted = message(std::string(32, 'd'), "Paul (according to the quotation)");
  quoted.kind = "quoted";
  const std::int64_t seconds = 1'522'917'420;  // of message(): 2018-04-05T08:37:00Z
  const auto comes_with = [&](const std::string& zone_basis, const Writing& written) {
    TearDown();
    SetUp();
    quoted.zone_basis = zone_basis;
    quotes_ = {{quoted.id, {{"a:paul@firm.example"}, {}, "invoice 7", {"iban:1"}}}};
    EXPECT_EQ(take({quoted}).rows, 1U);
    const Row original = message(std::string(32, 'e'), "Paul");
    written_ = {{original.id, written}};
    const auto found = take({original}).not_found;
    const auto rows = timeline();
    const auto shown = std::ranges::find(rows, quoted.id, [](const ShownRow& one) { return one.row.id; });
    EXPECT_TRUE(shown != rows.end() && shown->gone.has_value() == (found == 1U));
    EXPECT_TRUE(found == 0U || shown->gone->original == 5U);
    return found == 1U;
  };
  const std::vector<std::string> paul{"a:paul@firm.example", "n:paul"};
  EXPECT_TRUE(comes_with("stated", {paul, seconds + 31, "invoice 7", {"iban:1"}})) << "clients quote minutes";
  EXPECT_TRUE(comes_with("assumed", {paul, seconds + 3'600, "invoice 7", {"iban:1"}}))
      << "whole hours of a zone that was assumed";
  EXPECT_FALSE(comes_with("stated", {paul, seconds + 3'600, "invoice 7", {"iban:1"}}));
  EXPECT_FALSE(comes_with("assumed", {paul, seconds + 20 * 3'600, "invoice 7", {"iban:1"}}));
  EXPECT_FALSE(comes_with("stated", {paul, seconds + 60, "invoice 7", {"iban:1"}}));
  EXPECT_FALSE(comes_with("stated", {paul, seconds, "invoice 8", {"iban:1"}}));
  EXPECT_FALSE(comes_with("stated", {paul, seconds, "invoice 7", {"iban:2"}})) << "an altered copy is not told to be true";
  EXPECT_FALSE(comes_with("stated", {{"a:zoe@firm.example", "n:paul"}, seconds, "invoice 7", {"iban:1"}}));
}

TEST_F(ImportTest, SaysHowManyFilesOfEarlierImportsItDidNotKnow) {
  EXPECT_EQ(take({message(kMessage, "Anna")}).judged_without, 0U);
  evidence_ = {{"b.eml", 10, std::string(64, '2'), {}, 0}};
  EXPECT_EQ(take({message(std::string(32, 'c'), "Zoe")}).judged_without, 1U);
  evidence_ = {{"a.eml", 10, std::string(64, '1'), {}, 0}, {"b.eml", 10, std::string(64, '2'), {}, 0}};
  EXPECT_EQ(take({message(kMessage, "Anna")}, 2).judged_without, 0U);
}

TEST_F(ImportTest, KnowsTheFilesOfEarlierImportsThatTaughtTheMemoryOfTheCase) {
  EXPECT_EQ(take({message(kMessage, "Anna")}).judged_without, 0U);
  evidence_ = {{"b.eml", 10, std::string(64, '2'), {}, 0}};
  context_ = 1;
  EXPECT_EQ(take({message(std::string(32, 'c'), "Zoe")}).judged_without, 1U) << "the first import taught no memory";
  evidence_ = {{"c.eml", 10, std::string(64, '3'), {}, 0}};
  context_ = 2;
  EXPECT_EQ(take({message(std::string(32, 'd'), "Paul")}).judged_without, 1U) << "the second one did";
}

TEST_F(ImportTest, LogsAndMailsOfImportsApartAreSaidNotToBeJoined) {
  Row log = message(std::string(32, 'e'), "");
  log.kind = "evidence";
  log.code = "log_read";
  context_ = 1;
  EXPECT_EQ(take({message(kMessage, "Anna")}).logs_apart, 0U);
  evidence_ = {{"audit.csv", 10, std::string(64, '2'), {}, 0}};
  EXPECT_EQ(take({log}, 0).logs_apart, 1U) << "the logs came after the mails";
  evidence_ = {{"c.eml", 10, std::string(64, '3'), {}, 0}};
  EXPECT_EQ(take({message(std::string(32, 'c'), "Zoe")}).logs_apart, 1U) << "mails after the logs, as memory of mails is kept";
  evidence_ = {{"a.eml", 10, std::string(64, '1'), {}, 0},
               {"audit.csv", 10, std::string(64, '2'), {}, 0},
               {"c.eml", 10, std::string(64, '3'), {}, 0}};
  EXPECT_EQ(take({message(kMessage, "Anna"), log}, 2).logs_apart, 0U) << "all together";
  evidence_ = {{"trace.csv", 10, std::string(64, '4'), {}, 0}};
  read_again_ = {std::string(64, '1'), std::string(64, '2'), std::string(64, '3')};
  log.id = std::string(32, 'f');
  EXPECT_EQ(take({log}, 2).logs_apart, 0U) << "a page judges all that was dropped together";
}

TEST_F(ImportTest, WhatWasJudgedAmongMoreMessagesIsShownThoughFewerWereRead) {
  context_ = 2;
  EXPECT_EQ(take({message(kMessage, "Anna")}, 2).rows, 1U);
  context_ = 5;
  EXPECT_EQ(take({message(kMessage, "Presumed attacker")}, 1).revisions, 1U);
  EXPECT_EQ(timeline().front().row.actor, "Presumed attacker");
  context_ = 1;
  EXPECT_EQ(take({message(kMessage, "Somebody")}, 1).revisions, 1U);
  EXPECT_EQ(timeline().front().row.actor, "Presumed attacker");
}

TEST_F(ImportTest, TheFirstLabelStandsWhateverALaterImportSays) {
  Row labelled = message(kMessage, "Anna");
  labelled.source_label = "mailbox of FD";
  labelled.zone = "CEST";
  EXPECT_EQ(take({labelled}).rows, 1U);
  Row later = message(kMessage, "Presumed attacker");
  later.source = "other/a.eml";
  later.time = "2018-04-05T08:37:00+00:00";
  later.zone = "UTC";
  EXPECT_EQ(take({later}, 2).revisions, 1U);
  const Row shown = timeline().front().row;
  EXPECT_EQ(shown.actor, "Presumed attacker");
  EXPECT_EQ(shown.source_label, "mailbox of FD");
  EXPECT_EQ(shown.source, "a.eml");
  EXPECT_EQ(shown.time.value_or("") + shown.zone, "2018-04-05T10:37:00+02:00CEST");
}

TEST_F(ImportTest, RowsComeBackAsTheyWentIn) {
  const Row row = finding(kFinding, kMessage, "high");
  EXPECT_EQ(take({message(kMessage, "Anna"), row}).rows, 2U);
  const Row back = timeline().back().row;
  EXPECT_EQ(back.evidence_json, R"({"because":[],"domain":"f1rm.example","reference":"firm.example"})");
  EXPECT_EQ(back.confidence, row.confidence);
  EXPECT_EQ(back.time, row.time);
  EXPECT_EQ(back.comment, row.comment);
}

TEST_F(ImportTest, ProgramsReadByKnownAtThenSourceThenIdAndPeopleReadFindingsBehindTheirMessage) {
  Row other = message(std::string(32, 'f'), "Zoe");
  other.source = "A.eml";  // before a.eml, in bytes
  Row undated = message(std::string(32, '0'), "Nobody");
  undated.time.reset();
  undated.known_at.reset();
  const std::string first_id = std::string(32, '1');
  EXPECT_EQ(take({message(kMessage, "Anna"), finding(first_id, kMessage, "high"), other, undated}).rows, 4U);
  const auto known = Case::read(folder_);
  ASSERT_TRUE(known);
  std::vector<std::string> ids;
  const RowSink sink = [&](const ShownRow& shown) { ids.push_back(shown.row.id); };
  known->each_row_for_programs({Tab::timeline}, Language::en, sink);
  EXPECT_EQ(ids, (std::vector<std::string>{other.id, first_id, kMessage, undated.id}));
  ids.clear();
  known->each_row(Tab::timeline, Language::en, sink);
  EXPECT_EQ(ids, (std::vector<std::string>{kMessage, first_id, other.id, undated.id}));
  ids.clear();
  known->each_row_for_programs({Tab::timeline, Tab::actions}, Language::en, sink);
  ASSERT_EQ(ids.size(), 6U);
  EXPECT_EQ(ids.back(), undated.id) << "actions of today stand before what has no time";
}

TEST_F(ImportTest, IllegalUtf8DoesNotBreakTheChain) {
  Row row = message(kMessage, "An\xFFna");
  row.source = "\xC3(.eml";
  EXPECT_EQ(take({row}).rows, 1U);
  EXPECT_FALSE(verify(folder_, {})->first);
  EXPECT_EQ(timeline().front().row.actor, "An\uFFFDna");
}

TEST(Personal, AMarkStandsAloneOrBeforeTheSubjectAndAWordOfASentenceIsNone) {
  for (const char* subject : {"Personnel",
                              "PRIV\u00c9 : rendez-vous",
                              "Re: [perso] vacances",
                              "Personnel et confidentiel - bilan",
                              "Private: dinner",
                              "(priv\u00e9) photos",
                              "Re: PERSONNEL facture",
                              "PERSONNEL ET CONFIDENTIEL facture",
                              "*** PERSONNEL *** facture",
                              "\u00e0 titre personnel : facture",
                              "Private & confidential: invoice",
                              "Priv\u00e9 facture",
                              "RE: TR: Priv\u00e9e photos",
                              "PERSO Facture",
                              "Perso facture",
                              "PRIVATE invoice",
                              "Strictement personnel facture",
                              "[EXT] PRIV\u00c9 facture",
                              "Personnel \u2014 facture",
                              "\u00ab Priv\u00e9 \u00bb facture",
                              "facture !! perso !!",
                              "Personal and Confidential invoice",
                              "Confidentiel & personnel",
                              "Facture / PERSO",
                              "STRICTLY PRIVATE AND CONFIDENTIAL invoice"})
    EXPECT_TRUE(is_personal(subject)) << subject;
  for (const char* subject : {"Recrutement de personnel",
                              "Private equity fund",
                              "Le secteur priv\u00e9 en 2018",
                              "facture",
                              "",
                              "Re: ",
                              "Personnel facture interne",
                              "PERSONNEL DE SANTE",
                              "PERSONNEL de nuit : planning",
                              "Priv\u00e9 et public : bilan",
                              "Priv\u00e9 d'\u00e9lectricit\u00e9",
                              "Secteur : priv\u00e9 lucratif",
                              "Confidentiel : bilan",
                              "Private dinner menu",
                              "Confidential invoice",
                              "Perso ou pro ?",
                              "Personal data of customers",
                              "Personnels et moyens",
                              "Enseignement priv\u00e9 catholique",
                              "CONFIDENTIEL facture",
                              "\u00c0 titre personnel de direction, facture",
                              "Facture: strictement personnel de sant\u00e9",
                              "Personnalis\u00e9 : facture",
                              "Priv\u00e9s de chauffage"})
    EXPECT_FALSE(is_personal(subject)) << subject;
  EXPECT_TRUE(is_personal("Personnel : facture", Marks::alone));
  EXPECT_FALSE(is_personal("PRIV\u00c9 facture", Marks::alone)) << "the words of a fraud";
}

}  // namespace
}  // namespace threadline::timeline::journal
