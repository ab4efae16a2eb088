// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/conversation.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "facts/conversation/written_date.h"

namespace threadline::facts {
namespace {

Conversation read(const std::string& content, bool html = false, const Limits& limits = {}) {
  const message::Text part{.part = "1", .html = html, .attached = false, .charset = "utf-8", .content = content};
  return read_quoted(read_text(part, limits), 120, limits);
}

/// "level form name <address> date: text" of each block.
std::string line_of(const QuotedBlock& block) {
  return std::to_string(block.level) + " " + std::string(name_of(block.form)) + " " + block.from.name + " <" +
         block.from.address + "> " + (block.date ? rfc3339(block.date->at) : "-") + ": " + block.text;
}

struct DateCase {
  const char* name;
  const char* text;
  const char* language;
  const char* expected;  ///< RFC 3339, or empty
};

TEST(WrittenDate, ReadsLocalizedDates) {
  const DateCase cases[] = {
      {"french gmail", "jeu. 5 avr. 2018 \u00e0 10:37", "fr", "2018-04-05T10:37:00+02:00"},
      {"american gmail", "Thu, Apr 5, 2018 at 10:37 PM", "en", "2018-04-05T22:37:00+02:00"},
      {"german apple", "5. April 2018 um 10:37:00 MESZ", "de", "2018-04-05T10:37:00+02:00"},
      {"spanish outlook", "jueves, 5 de abril de 2018 10:37", "es", "2018-04-05T10:37:00+02:00"},
      {"italian outlook", "gioved\u00ec 5 aprile 2018 10:37", "it", "2018-04-05T10:37:00+02:00"},
      {"american numbers", "4/5/2018 10:37 AM", "en", "2018-04-05T10:37:00+02:00"},
      {"day first", "05/04/2018 10:37", "fr", "2018-04-05T10:37:00+02:00"},
      {"offset", "Wed, 3 Nov 2021 15:51:30 +0100", "en", "2021-11-03T15:51:30+01:00"},
      {"hungarian", "2021. okt. 27., Sze, 9:31", "hu", "2021-10-27T09:31:00+02:00"},
      {"japanese", "2022\u5e741\u67081\u65e5(\u91d1) 9:00", "", "2022-01-01T09:00:00+02:00"},
      {"finnish", "ke 27. lokak. 2021 klo 9.31", "fi", "2021-10-27T09:31:00+02:00"},
      {"croatian listopad is October", "26. listopada 2021. u 14:25:08", "hr", "2021-10-26T14:25:08+02:00"},
      {"polish listopad is November", "2 listopada 2021, 09:26:50", "pl", "2021-11-02T09:26:50+02:00"},
      {"zone in parentheses", "05/04/2018 10:37 (UTC+01:00)", "fr", "2018-04-05T10:37:00+01:00"},
      {"noon", "5 April 2018 12:05 AM", "en", "2018-04-05T00:05:00+02:00"},
      {"impossible", "30 February 2018 10:37", "en", ""},
      {"no date", "room 12:30 is taken", "en", ""},
  };
  for (const DateCase& sample : cases) {
    const auto date = find_date(sample.text, sample.language);
    const auto stamp = date ? stamp_of(*date, sample.text, 120) : std::nullopt;
    EXPECT_EQ(stamp ? rfc3339(stamp->at) : "", sample.expected) << sample.name;
  }
}

TEST(WrittenDate, NumbersThatLookLikeDatesAreNone) {
  const char* cases[] = {"12.30 EUR",           "1.250,00 EUR",
                         "tel. 01.02.03.04.05", "+33 1 02 03 04 05",
                         "192.0.2.10",          "version 10.4.18",
                         "invoice 2018-0405",   "n. 2018/0405-12",
                         "room 12.30",          "12:30",
                         "art. 5.4.18",         "IBAN FR76 3000 6000 0112 3456 7890 189",
                         "20.10.5.4",           "5/4",
                         "31/02/2018 10:37",    "v1.2.2018"};
  for (const char* text : cases) {
    const auto date = find_date(text, "");
    EXPECT_FALSE(date && stamp_of(*date, text, 0)) << text;
  }
}

TEST(WrittenDate, ANameBehindTheTimeKeepsItsInitials) {
  const struct {
    const char *date, *behind;
  } cases[] = {
      {"2025-02-03 14:20", " m.corsini@firm.example"},
      {"2025-02-03 14:20", " h.corsini@firm.example"},
      {"2025-02-03 9:20", " a.m.smith@firm.example"},
      {"2025-02-03 14:20", " M. Corsini"},
      {"2025-02-03 14:20", " H. Corsini"},
      {"2025-02-03 9:20", " A. M. Corsini"},
      {"2025-02-03 11:12", " Am Ende, Klaus"},
      {"2025-02-03 9:20 a.m.", " A. Smith"},
      {"2025-02-03 9:20 a. m.", ", P. Gomez"},
      {"2025-02-03 14:20 h.", " P. Gomez"},
      {"3 f\u00e9vr. 2025 \u00e0 14 h 20 min 5 s", ", H. Petit"},
  };
  for (const auto& one : cases) {
    const std::string text = std::string(one.date) + one.behind;
    const auto date = find_date(text, "");
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(text.substr(0, date->end), one.date) << text;
  }
}

TEST(WrittenDate, OnlyAHalfOfTheDayBehindItsTimeMakesADateAmerican) {
  const auto day_of = [](const char* text) {
    const auto date = find_date(text, "en");
    return date && date->civil ? rfc3339(stamp_of(*date, text, 0)->at).substr(0, 10) : std::string();
  };
  EXPECT_EQ(day_of("On 07/03/2025 09:05, A. M. Corsini wrote:"), "2025-03-07");
  EXPECT_EQ(day_of("On 07/03/2025 17:48, PM Consult wrote:"), "2025-03-07");
  EXPECT_EQ(day_of("On 07/03/2025 9:05 AM, Ann Miller wrote:"), "2025-07-03");
  EXPECT_EQ(day_of("On 07/03/2025, 9:05 p.m., Ann Miller wrote:"), "2025-07-03");
}

TEST(WrittenDate, AWeekdayIsNoMonthOfALanguageThatNobodyWrites) {
  EXPECT_FALSE(find_date("lun. 6 octo. 2025 \u00e0 10:30", "fr")) << "an unknown month stays raw";
  EXPECT_FALSE(find_date("mer. 8 octo. 2025 \u00e0 10:30", ""));
  const auto irish = find_date("6 L\u00fan 2025 10:30", "ga");
  ASSERT_TRUE(irish);
  EXPECT_EQ(rfc3339(stamp_of(*irish, "6 L\u00fan 2025 10:30", 0)->at).substr(0, 10), "2025-08-06");
  const auto french = find_date("lun. 6 oct. 2025 \u00e0 10:30", "fr");
  ASSERT_TRUE(french);
  EXPECT_EQ(rfc3339(stamp_of(*french, "lun. 6 oct. 2025 \u00e0 10:30", 0)->at).substr(0, 10), "2025-10-06");
}

TEST(WrittenDate, AWeekdayDecidesBetweenOrdersAndIsHeldAgainstTheDate) {
  const auto read_date = [](const char* text) {
    const auto date = find_date(text, "en");
    const auto stamp = date ? stamp_of(*date, text, 0) : std::nullopt;
    return stamp ? rfc3339(stamp->at).substr(0, 10) + (date->wrong_weekday ? " wrong" : "") : std::string("-");
  };
  EXPECT_EQ(read_date("Thu 4/5/2018 10:37"), "2018-04-05");
  EXPECT_EQ(read_date("Fri 4/5/2018 10:37"), "2018-05-04");
  EXPECT_EQ(read_date("Sun 4/5/2018 10:37"), "2018-05-04 wrong");
  EXPECT_EQ(read_date("Friday, April 5, 2018 10:37 AM"), "2018-04-05 wrong");
  EXPECT_EQ(read_date("Thursday, April 5, 2018 10:37 AM"), "2018-04-05");
}

TEST(Conversation, FrenchOutlookChainHasOneLevelAHeaderBlock) {
  const Conversation got = read(
      "Voici le RIB.\n\nDe : P. QuiDoitPayer <p@groupe.example>\nEnvoy\u00e9 : jeudi 5 avril 2018 10:50\n\u00c0\u00a0: F. "
      "LeComptable <f@groupe.example>\n"
      "Objet : RE: facturation\n\nD'accord.\n\nDe\u00a0: F. LeComptable <f@groupe.example>\nEnvoy\u00e9\u00a0: jeudi 5 avril "
      "2018 10:37\n"
      "\u00c0 : P. QuiDoitPayer\nObjet : facturation\n\nBonjour\n");
  ASSERT_EQ(got.quoted.size(), 2U);
  EXPECT_EQ(got.new_text, "Voici le RIB.");
  EXPECT_EQ(line_of(got.quoted[0]), "1 header_block P. QuiDoitPayer <p@groupe.example> 2018-04-05T10:50:00+02:00: D'accord.");
  EXPECT_EQ(line_of(got.quoted[1]), "2 header_block F. LeComptable <f@groupe.example> 2018-04-05T10:37:00+02:00: Bonjour");
  EXPECT_EQ(got.quoted[1].parent, 0);
  EXPECT_EQ(got.quoted[0].subject, "RE: facturation");
}

TEST(Conversation, RecipientsInNotesKeepTheirWholeAddress) {
  const auto conversation = read(
      "Oui.\n\nDe :    Paul Dupont/FR/FIRM\nA :     Ann Lee/COMPTA@firm.example\nDate :  05/04/2018 10:37\nObjet : "
      "devis\n\nBonsoir\n");
  ASSERT_EQ(conversation.quoted.size(), 1U);
  EXPECT_EQ(conversation.quoted[0].from.name, "Paul Dupont/FR/FIRM");
  ASSERT_EQ(conversation.quoted[0].to.size(), 1U);
  EXPECT_EQ(conversation.quoted[0].to[0].address, "Ann Lee/COMPTA@firm.example");
}

TEST(Conversation, AttributionsWrapAndNest) {
  const Conversation got = read(
      "ok\n\nLe jeu. 5 avr. 2018 \u00e0 10:50, P. QuiDoitPayer\n<p@groupe.example> a \u00e9crit\u00a0:\n> D'accord\n>\n"
      "> Le 5 avr. 2018 \u00e0 10:37, F. LeComptable <f@groupe.example> a \u00e9crit :\n>> Bonjour\n\nEnvoy\u00e9 de mon "
      "iPhone\n");
  ASSERT_EQ(got.quoted.size(), 2U);
  EXPECT_EQ(line_of(got.quoted[0]), "1 attribution P. QuiDoitPayer <p@groupe.example> 2018-04-05T10:50:00+02:00: D'accord");
  EXPECT_EQ(line_of(got.quoted[1]), "2 attribution F. LeComptable <f@groupe.example> 2018-04-05T10:37:00+02:00: Bonjour");
  EXPECT_EQ(got.signature, "Envoy\u00e9 de mon iPhone");
  EXPECT_TRUE(got.mobile);
}

TEST(Conversation, OrdinaryColonsAreNoQuote) {
  EXPECT_TRUE(read("Bonjour,\nA: vous\nDe: rien\n\nTo do:\n- call\nSubject: none\n").quoted.empty());
  EXPECT_TRUE(read("He said he wrote:\nnothing at all\n").quoted.empty());
  EXPECT_FALSE(read("Sent from my desk, which is not a phone.\n").mobile);
}

TEST(Conversation, GmailMarkupIsOneLevel) {
  const Conversation got = read(
      "<div>Danke</div><div class=\"gmail_quote\"><div class=\"gmail_attr\">Am Do., 5. Apr. 2018 um 10:37 Uhr schrieb Jan Muster "
      "&lt;<a href=\"mailto:j@firm.example\">"
      "j@firm.example</a>&gt;:<br></div><blockquote class=\"gmail_quote\">Hallo</blockquote></div>",
      true);
  ASSERT_EQ(got.quoted.size(), 1U);
  EXPECT_EQ(got.new_text, "Danke");
  EXPECT_EQ(line_of(got.quoted[0]), "1 attribution Jan Muster <j@firm.example> 2018-04-05T10:37:00+02:00: Hallo");
}

TEST(Conversation, InlineRepliesKeepOneQuotedMessage) {
  const Conversation got = read("On 5 Apr 2018, at 10:37, X <x@firm.example> wrote:\n> first\nyes\n> second\nno\n");
  ASSERT_EQ(got.quoted.size(), 1U);
  EXPECT_EQ(got.quoted[0].text, "first\nsecond");
  EXPECT_EQ(got.new_text, "yes\nno");
}

TEST(Limits, body_lines) {
  const std::string text = "one\ntwo\n> three\n> IBAN\n";
  EXPECT_TRUE(read(text, false, {.body_lines = 4}).notes.empty());
  const Conversation over = read(text, false, {.body_lines = 3});
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_TRUE(over.notes[0].text.starts_with("body_lines"));
  EXPECT_TRUE(read(">\n>\n>\n>\n", false, {.body_lines = 2}).quoted.empty()) << "marks alone are nobody's words";
  EXPECT_EQ(over.segments.back().end, text.size()) << "what is beyond is still somebody's words";
}

TEST(Limits, quoted_levels) {
  std::string text;
  for (int depth = 1; depth <= 4; ++depth) text += std::string(static_cast<std::size_t>(depth), '>') + " x\n";
  EXPECT_TRUE(read(text, false, {.quoted_levels = 4}).notes.empty());
  const Conversation over = read(text, false, {.quoted_levels = 3});
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_EQ(over.notes[0].text, "quoted_levels");
  EXPECT_EQ(over.quoted.back().level, 3);
}

TEST(Limits, quoted_blocks) {
  std::string text;
  for (int block = 0; block < 3; ++block) text += "X <x@firm.example> wrote:\n> a\n\n";
  EXPECT_TRUE(read(text, false, {.quoted_blocks = 3}).notes.empty());
  const Conversation over = read(text, false, {.quoted_blocks = 2});
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_EQ(over.notes[0].text, "quoted_blocks");
  EXPECT_EQ(over.quoted.size(), 2U);
}

TEST(Conversation, HostileInputIsReadInLinearTime) {
  const auto begin = std::chrono::steady_clock::now();
  std::string marks(1U << 20U, '>'), lines, labels;
  for (int line = 0; line < 100'000; ++line) lines += "> a\n", labels += "Subject: To: wrote:\n";
  EXPECT_LE(read(marks).quoted.size(), 1U);
  EXPECT_EQ(read(lines).quoted.size(), 1U);
  (void)read(labels);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

}  // namespace
}  // namespace threadline::facts
