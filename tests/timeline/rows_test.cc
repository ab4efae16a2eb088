// SPDX-License-Identifier: Apache-2.0
#include "timeline/rows.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/sha256.h"
#include "timeline/sentences.h"
#include "timeline/words.h"

namespace threadline::timeline {
namespace {

constexpr std::int64_t kNoon = 1'522'922'400;  // 2018-04-05T10:00:00Z

Stamp stamp(std::int64_t seconds, int offset = 120) {
  return {Instant{seconds, offset}, ZoneBasis::stated, {}, "Thu, 5 Apr 2018"};
}

facts::Facts mail(const std::string& source, std::int64_t at) {
  facts::Facts facts;
  facts.source = source;
  facts.sha256 = sha256_hex(source);
  facts.message_id = "<" + source + "@firm.example>";
  facts.subject = "facturation en retard";
  facts.dates.header = stamp(at);
  facts.dates.known_at = Instant{at, 0};
  facts.dates.basis = facts::TimeBasis::border;
  facts.from = {{"F. LeComptable", "f@firm.example"}};
  facts.to = {{"P. QuiDoitPayer", "p@payer.example"}};
  return facts;
}

findings::Finding finding(const std::string& code, Severity severity, Value evidence = {}) {
  findings::Finding made;
  made.code = code;
  made.severity = severity;
  made.confidence = 0.9;
  made.subject = "subject";
  made.evidence = std::move(evidence);
  made.because = {{"words", {"1", 0, 5}}};
  return made;
}

Judged judged(facts::Facts facts, std::vector<findings::Finding> findings = {}) {
  Judged one;
  one.facts = std::make_shared<const facts::Facts>(std::move(facts));
  one.findings = std::move(findings);
  one.originals.resize(one.facts->conversation.quoted.size());
  return one;
}

RowSettings french() {
  RowSettings settings;
  settings.language = Language::fr;
  return settings;
}

std::vector<Row> rows_of_kind(const std::vector<Row>& rows, std::string_view kind) {
  std::vector<Row> found;
  std::ranges::copy_if(rows, std::back_inserter(found), [&](const Row& row) { return row.kind == kind; });
  return found;
}

Row message_row(facts::Facts facts, std::vector<findings::Finding> findings = {}) {
  return rows_of_kind(rows_of({judged(std::move(facts), std::move(findings))}, {}, french()), "message").at(0);
}

Value lookalike(const char* field, const char* domain) {
  return Value{}.set("field", field).set("domain", domain).set("reference", "firm.example");
}

TEST(Actor, IsSaidAsFarAsTheEvidenceCarries) {
  struct Named {
    const char* name;
    std::vector<findings::Finding> findings;
    const char* actor;
  };
  const std::vector<Named> cases{
      {"nothing speaks", {}, "F. LeComptable"},
      {"info only", {finding("bank_account_new", Severity::info)}, "F. LeComptable"},
      {"lookalike in From",
       {finding("lookalike_domain", Severity::high, lookalike("from", "firm.example"))},
       "Attaquant pr\u00e9sum\u00e9 (se pr\u00e9sente comme F. LeComptable)"},
      {"lookalike in To only", {finding("lookalike_domain", Severity::high, lookalike("to", "payer.example"))}, "F. LeComptable"},
      {"lookalike of a message that he carries",
       {finding("lookalike_domain", Severity::high, lookalike("from", "firn.example"))},
       "F. LeComptable"},
      {"weak lookalike", {finding("lookalike_domain", Severity::low, lookalike("from", "firm.example"))}, "F. LeComptable"},
      {"hijack",
       {finding("thread_hijack", Severity::critical)},
       "Attaquant pr\u00e9sum\u00e9 (se pr\u00e9sente comme F. LeComptable)"},
      {"changed account from the true address",
       {finding("bank_account_changed", Severity::high)},
       "Compte de F. LeComptable (auteur \u00e0 \u00e9tablir)"},
      {"changed account, the lookalike capped by the policy",
       {finding("lookalike_domain", Severity::medium, lookalike("from", "firm.example")),
        finding("bank_account_changed", Severity::critical)},
       "F. LeComptable"},
      {"changed account, the hijack capped by the policy",
       {finding("thread_hijack", Severity::medium), finding("bank_account_changed", Severity::critical)},
       "F. LeComptable"},
      {"changed account, the spoof capped by the policy",
       {finding("own_domain_spoofed", Severity::medium), finding("bank_account_changed", Severity::critical)},
       "F. LeComptable"},
      {"changed account, what made it critical left out by the policy",
       {finding("bank_account_changed", Severity::critical)},
       "F. LeComptable"},
      {"changed account from the true address, a lookalike in Cc",
       {finding("lookalike_domain", Severity::critical, lookalike("cc", "payer.example")),
        finding("bank_account_changed", Severity::critical)},
       "Compte de F. LeComptable (auteur \u00e0 \u00e9tablir)"},
      {"changed account from the true address, known apart from what it resembles",
       {finding("lookalike_domain", Severity::low, lookalike("from", "firm.example").set("known_apart", true)),
        finding("bank_account_changed", Severity::high)},
       "Compte de F. LeComptable (auteur \u00e0 \u00e9tablir)"},
      {"new route, low", {finding("new_route", Severity::low)}, "F. LeComptable"},
      {"new route, medium", {finding("new_route", Severity::medium)}, "Compte de F. LeComptable (auteur \u00e0 \u00e9tablir)"},
  };
  for (const auto& [name, findings, actor] : cases) EXPECT_EQ(message_row(mail("a.eml", kNoon), findings).actor, actor) << name;
}

TEST(Action, SaysWhatTheMessageIs) {
  facts::Facts facts = mail("a.eml", kNoon);
  EXPECT_EQ(message_row(facts).action, "Envoi du mail \u00e0 P. QuiDoitPayer");
  facts.kind = facts::MessageKind::reply;
  EXPECT_EQ(message_row(facts).action, "R\u00e9ponse \u00e0 P. QuiDoitPayer");
  facts.mobile = true;
  EXPECT_EQ(message_row(facts).action, "R\u00e9ponse depuis un smartphone");
  EXPECT_EQ(message_row(facts, {finding("bank_account_changed", Severity::high)}).action,
            "Demande de paiement sur un autre compte");
  facts.kind = facts::MessageKind::journal_report;
  EXPECT_EQ(message_row(facts).action, "Rapport de journalisation \u00e0 P. QuiDoitPayer");
  facts.kind = facts::MessageKind::contact;
  EXPECT_EQ(message_row(facts).action, "Contact");
  facts.kind = facts::MessageKind::forward;
  facts.to = {{"A", ""}, {"B", ""}, {"", "c@x.example"}, {"D", ""}, {"E", ""}};
  EXPECT_EQ(message_row(facts).action, "Transfert \u00e0 A, B et 3 autres");
}

TEST(Action, NamesARecipientWhoStandsInSomebodysPlaceWithHisAddress) {
  facts::Facts facts = mail("a.eml", kNoon);
  facts.to = {{"F. LeComptable", "compta@firn.example"}};
  const auto action = [&](const char* code, const char* address) {
    return message_row(facts, {finding(code, Severity::high, Value{}.set("address", address))}).action;
  };
  EXPECT_EQ(action("participant_swapped", "compta@firn.example"), "Envoi du mail \u00e0 F. LeComptable <compta@firn.example>");
  EXPECT_EQ(action("outbound_to_lookalike", "compta@firn.example"), "Envoi du mail \u00e0 F. LeComptable <compta@firn.example>");
  EXPECT_EQ(action("participant_swapped", "other@firn.example"), "Envoi du mail \u00e0 F. LeComptable");
  EXPECT_EQ(action("reply_to_mismatch", "compta@firn.example"), "Envoi du mail \u00e0 F. LeComptable");
}

TEST(Action, EveryKindHasItsWords) {
  for (int kind = 0; kind <= static_cast<int>(facts::MessageKind::post); ++kind) {
    const std::string key = "action." + std::string(facts::name_of(static_cast<facts::MessageKind>(kind)));
    EXPECT_TRUE(known_words(key, Language::fr)) << key;
  }
}

TEST(Comment, GivesTheSubjectThenTheFindingsThenNothingMoreThanIsKnown) {
  EXPECT_EQ(message_row(mail("a.eml", kNoon)).comment, "Sujet: facturation en retard\naucune anomalie relev\u00e9e");
  Value evidence;
  const auto account = [](const char* value) { return Value::List{Value{}.set("value", value)}; };
  evidence.set("before", account("FR7619998004120001234567850")).set("after", account("DE89370400440532013000"));
  EXPECT_EQ(message_row(mail("a.eml", kNoon), {finding("bank_account_changed", Severity::critical, evidence)}).comment,
            "Sujet: facturation en retard\nCompte chang\u00e9 : avant FR76 1999 8004 1200 0123 4567 850, apr\u00e8s DE89 3704 "
            "0044 0532 0130 00");
}

TEST(Comment, AnAccountThatTwoSourcesShowIsToldOnce) {
  const auto account = [](const char* source) {
    return Value{}.set("value", "FR7619998004120001234567850").set("source", source);
  };
  Value evidence;
  evidence.set("before", Value::List{account("policy"), account("a.eml")}).set("after", Value::List{Value{}.set("value", "X")});
  EXPECT_EQ(message_row(mail("b.eml", kNoon), {finding("bank_account_changed", Severity::high, evidence)}).comment,
            "Sujet: facturation en retard\nCompte chang\u00e9 : avant FR76 1999 8004 1200 0123 4567 850, apr\u00e8s X");
}

TEST(Time, IsTheDateUnlessTheEvidenceKnowsBetter) {
  facts::Facts facts = mail("a.eml", kNoon);
  EXPECT_EQ(message_row(facts).time, "2018-04-05T12:00:00+02:00");
  EXPECT_EQ(message_row(facts).time_basis, "header");
  EXPECT_EQ(message_row(facts).zone, "+02:00");
  facts.dates.header = stamp(kNoon - 3'600);
  EXPECT_EQ(message_row(facts).time_basis, "header");
  facts.dates.header = stamp(kNoon - 3'601);
  EXPECT_EQ(message_row(facts).time, "2018-04-05T10:00:00+00:00");
  EXPECT_EQ(message_row(facts).time_basis, "border");
  facts.dates = {};
  EXPECT_FALSE(message_row(facts).time);
  EXPECT_EQ(message_row(facts).time_basis, "none");
}

/// "The date as it stands in the evidence" is there to be read where the program cannot; a hop's is no Date.
TEST(Time, ADateThatCannotBeReadIsItsText) {
  facts::Facts facts = mail("a", kNoon);
  facts.dates.header.reset();
  const Note hop{"malformed_date", "Received", {"header", 0, 40}};
  facts.route.notes = {hop};
  facts.notes = {hop};
  EXPECT_EQ(message_row(facts).time_text, "");
  facts.notes.push_back({"malformed_date", "Thu, 31 Feb 2018 10:37:12 +0200", {"header", 60, 40}});
  EXPECT_EQ(message_row(facts).time_text, "Thu, 31 Feb 2018 10:37:12 +0200");
  EXPECT_EQ(message_row(facts).time, "2018-04-05T10:00:00+00:00");
  facts.dates.known_at.reset();
  EXPECT_EQ(message_row(facts).time_text, "Thu, 31 Feb 2018 10:37:12 +0200");
  EXPECT_EQ(message_row(facts).time, std::nullopt);
}

TEST(Time, AYearBehind9999IsShownInTheDatesOwnZone) {
  facts::Facts facts = mail("a", 253'402'300'799);
  facts.dates.header = stamp(253'402'300'799, 0);
  RowSettings settings = french();
  settings.zone.emplace(*text::Zone::named("Europe/Paris"));
  const auto rows = rows_of_kind(rows_of({judged(facts)}, {}, settings), "message");
  EXPECT_EQ(rows.at(0).time, "9999-12-31T23:59:59+00:00");
  EXPECT_EQ(rows.at(0).zone_basis, "stated");
}

facts::Facts carrier_of(const std::string& source, std::int64_t at, const std::string& author, std::int64_t quoted_at) {
  facts::Facts facts = mail(source, at);
  facts::QuotedBlock block;
  block.from = {"F. LeComptable", author};
  block.to = {{"P. QuiDoitPayer", ""}};
  block.subject = "facturation";
  block.date = stamp(quoted_at);
  block.span.part = "1";
  facts.conversation.quoted = {block};
  return facts;
}

TEST(QuotedRows, OneMessageQuotedByTwoCarriersIsOneRowWithBothSources) {
  const auto rows = rows_of_kind(rows_of({judged(carrier_of("a.eml", kNoon, "f@firm.example", kNoon - 7'200)),
                                          judged(carrier_of("b.eml", kNoon + 60, "", kNoon - 7'200))},
                                         {}, french()),
                                 "quoted");
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].actor, "F. LeComptable (selon la citation)");
  EXPECT_EQ(rows[0].sources, (std::vector<std::string>{"a.eml/1", "b.eml/1"}));
  EXPECT_EQ(rows[0].known_at, "2018-04-05T10:00:00Z");
  EXPECT_EQ(rows[0].time, "2018-04-05T10:00:00+02:00");
  EXPECT_EQ(rows[0].id, quoted_row_id(carrier_of("a.eml", kNoon, "f@firm.example", kNoon - 7'200), 0));
}

TEST(QuotedRows, AnotherMinuteOrAnotherAddressIsAnotherMessage) {
  for (const auto& [address, at] :
       std::map<std::string, std::int64_t>{{"f@firm.example", kNoon - 7'140}, {"f@firn.example", kNoon - 7'200}}) {
    const auto rows = rows_of({judged(carrier_of("a.eml", kNoon, "f@firm.example", kNoon - 7'200)),
                               judged(carrier_of("b.eml", kNoon + 60, address, at))},
                              {}, french());
    EXPECT_EQ(rows_of_kind(rows, "quoted").size(), 2U) << address;
  }
}

TEST(QuotedRows, AMessageWhoseOriginalIsInEvidenceGivesNone) {
  Judged carrier = judged(carrier_of("a.eml", kNoon, "f@firm.example", kNoon - 7'200));
  carrier.originals[0] = std::make_shared<const facts::Facts>(mail("o.eml", kNoon - 7'200));
  EXPECT_TRUE(rows_of_kind(rows_of({carrier}, {}, french()), "quoted").empty());
}

TEST(Rows, StandByKnownAtThenSourceThenIdAndThoseWithoutATimeLast) {
  facts::Facts undated = mail("0.eml", kNoon);
  undated.dates = {};
  const auto rows =
      rows_of({judged(undated), judged(mail("c.eml", kNoon)), judged(mail("b.eml", kNoon)), judged(mail("z.eml", kNoon - 60))},
              {}, french());
  std::vector<std::string> sources;
  for (const Row& row : rows) sources.push_back(row.source);
  EXPECT_EQ(sources, (std::vector<std::string>{"z.eml", "b.eml", "c.eml", "0.eml"}));
  EXPECT_EQ(rows.back().row, 4U);
}

TEST(Rows, StandByTheSourceThatAReaderSeesWhereAFileNameIsNotUtf8) {
  // Shown as U+FFFD (EF BF BD): behind U+00E9 (C3 A9), before U+1F600 (F0 9F 98 80), though its byte is greater than theirs.
  const std::vector<std::string> names{"a.eml", "\xC3\xA9.eml", "\xFF.eml", "\xF0\x9F\x98\x80.eml"};
  std::vector<Judged> mails;
  for (const std::string& name : names) mails.push_back(judged(mail(name, kNoon)));
  std::ranges::reverse(mails);
  std::vector<std::string> sources;
  for (const Row& row : rows_of(mails, {}, french())) sources.push_back(row.source);
  EXPECT_EQ(sources, names);
}

TEST(Rows, IdsDependOnTheEvidenceAloneAndAreNeverShared) {
  const Judged one = judged(mail("a.eml", kNoon), {finding("fake_reply", Severity::low), finding("fake_reply", Severity::low)});
  RowSettings other;
  other.source_label = "copie";
  const auto first = rows_of({one}, {}, french());
  const auto second = rows_of({one}, {}, other);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].id, second[i].id);
    EXPECT_EQ(first[i].id.size(), 32U);
    ids.insert(first[i].id);
  }
  EXPECT_EQ(ids.size(), 3U);
}

TEST(Rows, MinSeverityAndEventsLeaveOutWhatTheySay) {
  const Judged one =
      judged(mail("a.eml", kNoon), {finding("fake_reply", Severity::low), finding("thread_hijack", Severity::high)});
  RowSettings settings;
  settings.min_severity = Severity::medium;
  settings.events = Events::none;
  const auto rows = rows_of({one}, {}, settings);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].code, "thread_hijack");
  EXPECT_EQ(rows[0].about, message_row_id(*one.facts));
}

TEST(EvidenceRows, NotesOfOneKindAreOneRow) {
  facts::Facts facts = mail("a.eml", kNoon);
  facts.notes = {
      {"duplicate_header", "From", {}}, {"malformed_header", "x", {}}, {"limit", "hops", {}}, {"charset_guessed", "utf-8", {}}};
  facts.sources = {"a.eml", "b.eml"};
  std::map<std::string, std::string> found;
  for (const Row& row : rows_of_kind(rows_of({judged(facts)}, {}, french()), "evidence")) found[row.code] = row.severity;
  EXPECT_EQ(found, (std::map<std::string, std::string>{
                       {"evidence_malformed", "low"}, {"evidence_limit", "low"}, {"evidence_duplicate", "info"}}));
}

TEST(EvidenceRows, ALostFileHasItsRowWithoutATime) {
  EvidenceRemark remark;
  remark.code = "evidence_unreadable";
  remark.severity = Severity::medium;
  remark.source = "vide.eml";
  remark.notes = {{"empty", "", {}}};
  const auto rows = rows_of({}, {remark}, french());
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].comment, "Lecture impossible ou incompl\u00e8te : fichier vide");
  EXPECT_FALSE(rows[0].time);
}

/// "The same evidence gives the same id in any run": also where the path is typed otherwise; two of one place are two rows.
TEST(EvidenceRows, AreTheSameHoweverThePathIsTyped) {
  EvidenceRemark one;
  one.code = "evidence_unreadable";
  one.source = "g/x.bin";
  one.place = "digest";
  EvidenceRemark other = one;
  other.source = "./g/x.bin";
  EXPECT_EQ(rows_of({}, {one}, {}).at(0).id, rows_of({}, {other}, {}).at(0).id);
  const auto both = rows_of({}, {one, other}, {});
  ASSERT_EQ(both.size(), 2U);
  EXPECT_NE(both[0].id, both[1].id);
  other.place = "another";
  EXPECT_NE(rows_of({}, {one}, {}).at(0).id, rows_of({}, {other}, {}).at(0).id);
}

TEST(EvidenceRows, SayNotesInTheReadersLanguageAndOnce) {
  const struct {
    const char* code;
    Note note;
    const char *in_french, *in_english;
  } cases[] = {
      {"evidence_unreadable",
       {"io_error", "a symbolic link is not followed", {}},
       "Lecture impossible ou incompl\u00e8te : un lien symbolique n'est pas suivi",
       "Could not be read, or not completely: a symbolic link is not followed"},
      {"evidence_unreadable",
       {"truncated", "the last boundary is missing", {}},
       "Lecture impossible ou incompl\u00e8te : contenu tronqu\u00e9 : la derni\u00e8re limite MIME manque",
       "Could not be read, or not completely: cut short: the last boundary is missing"},
      {"evidence_unreadable",
       {"encrypted", "a password is needed: --password-file FILE", {}},
       "Lecture impossible ou incompl\u00e8te : partie chiffr\u00e9e : un mot de passe est n\u00e9cessaire : --password-file "
       "FICHIER",
       "Could not be read, or not completely: encrypted part: a password is needed: --password-file FILE"},
      {"evidence_limit",
       {"limit", "archive_depth: the archive is not read", {}},
       "Limite atteinte, le reste est analys\u00e9 : archive_depth : l'archive n'est pas lue",
       "A limit was reached, the rest is analysed: archive_depth: the archive is not read"},
  };
  for (const auto& one : cases) {
    EvidenceRemark remark;
    remark.code = one.code;
    remark.notes = {one.note};
    EXPECT_EQ(rows_of({}, {remark}, french()).front().comment, one.in_french);
    EXPECT_EQ(rows_of({}, {remark}, {}).front().comment, one.in_english);
  }
}

TEST(Sentences, AFolderThatWasSynchronisedIsNoMailThatWasOpened) {
  Value evidence;
  evidence.set("account", "p@firm.example")
      .set("ip", "203.0.113.7")
      .set("count", std::int64_t{0})
      .set("folders", Value::List{"Inbox"});
  EXPECT_NE(sentence_of(finding("thread_read_by", Severity::low, evidence), Language::en).find("everything in Inbox was exposed"),
            std::string::npos);
  evidence.set("count", std::int64_t{2});
  EXPECT_NE(sentence_of(finding("thread_read_by", Severity::low, evidence), Language::en).find("opened 2 mail(s)"),
            std::string::npos);
}

}  // namespace
}  // namespace threadline::timeline
