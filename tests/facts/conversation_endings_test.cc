// SPDX-License-Identifier: Apache-2.0
// The last lines of a letter are labels ("Objet : virement sur ..."), and a client's header block stands right below them: the
// letter keeps its lines, and the block says what it says without them.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "quoted_letter.h"

namespace threadline::facts {
namespace {

struct Block {
  const char* name;
  std::string text;
};

/// What clients write above the message that they answer or forward, all of the same one.
const std::vector<Block>& blocks() {
  static const std::vector<Block> all = {
      {"outlook_fr",
       "De : Bruno <bruno@client.example>\nEnvoy\u00e9 : jeudi 5 avril 2018 10:37\n\u00c0 : Anna <anna@firm.example>\nObjet : "
       "Pumps\n\n"},
      {"outlook_in_stars",
       "*De :* Bruno <bruno@client.example>\n*Envoy\u00e9 :* jeudi 5 avril 2018 10:37\n*\u00c0 :* Anna "
       "<anna@firm.example>\n*Objet :* Pumps\n\n"},
      {"outlook_de",
       "Von: Bruno <bruno@client.example>\nGesendet: Donnerstag, 5. April 2018 10:37\nAn: Anna <anna@firm.example>\nBetreff: "
       "Pumps\n\n"},
      {"outlook_2003",
       "-----Message d'origine-----\nDe : Bruno <bruno@client.example>\nEnvoy\u00e9 : jeudi 5 avril 2018 10:37\n\u00c0 : Anna "
       "<anna@firm.example>\nObjet : Pumps\n\n"},
      {"outlook_on_the_web",
       "________________________________\nFrom: Bruno <bruno@client.example>\nSent: Thursday, April 5, 2018 10:37 AM\nTo: Anna "
       "<anna@firm.example>\nSubject: Pumps\n\n"},
      {"thunderbird",
       "-------- Message transf\u00e9r\u00e9 --------\nSujet : \tPumps\nDate : \tThu, 5 Apr 2018 10:37:12 +0200\nDe : \tBruno "
       "<bruno@client.example>\nPour : \tAnna <anna@firm.example>\n\n"},
      {"gmx",
       "Gesendet: Donnerstag, 05. April 2018 um 10:37 Uhr\nVon: Bruno <bruno@client.example>\nAn: anna@firm.example\nBetreff: "
       "Pumps\n\n"},
      {"la_poste",
       "> Message du 05/04/18 10:37\n> De : Bruno <bruno@client.example>\n> A : anna@firm.example\n> Objet : Pumps\n>\n> "},
      {"gmail", "Le jeu. 5 avr. 2018 \u00e0 10:37, Bruno <bruno@client.example> a \u00e9crit :\n\n> "},
  };
  return all;
}

class Endings : public ::testing::TestWithParam<const char*> {};

TEST_P(Endings, StayWithTheLetter) {
  const std::string letter = std::string("Bonjour,\n\nmerci de payer ainsi :\n\n") + GetParam();
  for (const Block& block : blocks()) {
    for (const std::string& gap : {std::string("\n"), std::string("\n\n")}) {
      const Conversation got = letters::read(letter + gap + block.text + "Hello\n");
      EXPECT_EQ(got.new_text, letter) << block.name;
      ASSERT_EQ(got.quoted.size(), 1U) << block.name;
      EXPECT_EQ(got.quoted[0].from.address, "bruno@client.example") << block.name;
      ASSERT_TRUE(got.quoted[0].date) << block.name;
      EXPECT_EQ(rfc3339(got.quoted[0].date->at).substr(0, 16), "2018-04-05T10:37") << block.name;
      EXPECT_EQ(got.quoted[0].subject, std::string(block.name) == "gmail" ? "" : "Pumps") << block.name;
      EXPECT_EQ(got.quoted[0].text, "Hello") << block.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Text, Endings,
                         ::testing::Values("Merci, Anna", "Objet : virement sur FR76 3000", "Objet : FA-881\nIBAN : FR76 3000",
                                           "Montant : 8 420\nDate : vendredi\nCompte : FR76 3000", "Date : 13/04/2018 10:00",
                                           "Subject: payment to FR76 3000", "Betreff: FR76 3000", "A : FR76 3000",
                                           "Pour : FR76 3000", "Pour : shop@firm.example", "Copie : FR76 3000",
                                           "Pi\u00e8ces jointes : RIB FR76 3000", "Importance : haute\nFR76 3000",
                                           "De la part de : FR76 3000", "De : FR76 3000",
                                           "From : vendredi 13/04/2018 10:00\nCompte : FR76 3000\nDate : demain",
                                           "Exp\u00e9diteur : FR76 3000", "Reply to: FR76 3000", "E-mail: anna@firm.example",
                                           "X-Pay: FR76 3000", "Sous-total: 100"));

/// A line drawn across the page that says more than who forwarded, and when, is the letter's.
TEST(Endings, AnAccountInASeparatorIsTheLetters) {
  const std::string& block = blocks().front().text;
  for (const char* line : {"----- Message transf\u00e9r\u00e9 FR76 3000 6000 0112 3456 7890 189 -----",
                           "----- Message d'origine sur 20-00-00 12345678 le 05/04/2018 10:37 -----"}) {
    const Conversation got = letters::read(std::string("Payer\n\n") + line + "\n" + block + "Hello\n");
    EXPECT_EQ(got.new_text, std::string("Payer\n\n") + line);
    EXPECT_EQ(got.quoted.size(), 1U) << line;
  }
  for (const char* line : {"----- Transf\u00e9r\u00e9 par Anna2/Firm le 06/04/2018 09:00:12 -----",
                           "----- Forwarded message from 4412345678@firm.example -----"})
    EXPECT_EQ(letters::read(std::string("Voir\n\n") + line + "\n" + block + "Hello\n").new_text, "Voir") << line;
}

/// The same in HTML, where the block has a line drawn above it.
TEST(Endings, OfAPageStayAboveItsRule) {
  const message::Text part{
      .part = "1",
      .html = true,
      .attached = false,
      .charset = "utf-8",
      .content =
          "<p>Montant : 8 420</p><p>Objet : FA-881</p><p>IBAN : FR76 3000</p><hr><div id=divRplyFwdMsg><b>De :</b> Bruno "
          "&lt;bruno@client.example&gt;<br><b>Date :</b> jeudi 5 avril 2018 10:37<br><b>\u00c0 :</b> "
          "anna@firm.example</div><p>Hello</p>"};
  const Conversation got = read_quoted(read_text(part, {}), 120, {});
  EXPECT_EQ(got.new_text, "Montant : 8 420\nObjet : FA-881\nIBAN : FR76 3000");
  ASSERT_EQ(got.quoted.size(), 1U);
  EXPECT_EQ(got.quoted[0].from.address, "bruno@client.example");
  EXPECT_EQ(got.quoted[0].text, "Hello");
}

struct Whole {
  const char* name;
  const char* block;
  std::size_t levels;
};

/// The twins: a client's block whose title, date or recipient stands first is whole.
class Beginnings : public ::testing::TestWithParam<Whole> {};

TEST_P(Beginnings, OfABlockAreItsOwn) {
  const Conversation got = letters::read(std::string("Yes.\n\n") + GetParam().block + "\nHello\n");
  EXPECT_EQ(got.new_text, "Yes.");
  ASSERT_EQ(got.quoted.size(), GetParam().levels);
  EXPECT_EQ(got.quoted[0].subject, "Pumps");
  EXPECT_EQ(got.quoted[0].from.address, "bruno@client.example");
  EXPECT_EQ(got.quoted.back().text, "Hello");
}

INSTANTIATE_TEST_SUITE_P(
    Text, Beginnings,
    ::testing::Values(
        Whole{"title_first",
              "Subject: Pumps\nDate: Thu, 5 Apr 2018 10:37:12 +0200\nFrom: Bruno <bruno@client.example>\nTo: "
              "anna@firm.example\n",
              1},
        Whole{"title_first_and_the_rest",
              "Subject: Pumps\nFrom: Bruno <bruno@client.example>\nDate: Thu, 5 Apr 2018 10:37\nTo: anna@firm.example\n", 1},
        Whole{"recipient_first_below_its_attribution",
              "-----Bruno <bruno@client.example> wrote: -----\nTo: Anna <anna@firm.example>\nFrom: Bruno "
              "<bruno@client.example>\nDate: 04/05/2018 10:37AM\nSubject: Pumps\n",
              1},
        Whole{"recipient_first_below_a_rule",
              "________________________________\nTo: anna@firm.example\nFrom: bruno@client.example\nSubject: Pumps\nDate: Thu, 5 "
              "Apr 2018 "
              "10:37:12 +0200\n",
              1},
        Whole{"two_without_words_between",
              "Gesendet: Donnerstag, 05. April 2018 um 10:37 Uhr\nVon: Bruno <bruno@client.example>\nAn: "
              "anna@firm.example\nBetreff: Pumps\nGesendet: Donnerstag, 05. April 2018 um 10:30 Uhr\nVon: "
              "anna@firm.example\nAn: bruno@client.example\nBetreff: Pumps\n",
              2},
        Whole{"two_of_outlook_without_words_between",
              "From: Bruno <bruno@client.example>\nSent: Thursday, April 5, 2018 10:37 AM\nTo: anna@firm.example\nSubject: "
              "Pumps\n\nFrom: anna@firm.example\nSent: Thursday, April 5, 2018 10:30 AM\nTo: bruno@client.example\nSubject: "
              "Pumps\n",
              2}),
    [](const auto& block) { return block.param.name; });

TEST(Endings, AnAccountBesideAPersonOfNotesIsNoPartOfHisBlock) {
  const std::string letter = "Bonjour,\n\nBruno <bruno@client.example>\n";
  const std::string rest = "05/04/2018 10:37\nTo\nanna@firm.example\nSubject\nPumps\n\nHello\n";
  const std::string account = "Sent by: pay to our account FR76 3000 6000 0112 3456\n";
  EXPECT_NE(letters::read(letter + account + rest).new_text.find("FR76 3000"), std::string::npos);
  EXPECT_EQ(letters::read(letter + "Sent by: Anna Lee\n" + rest).new_text, "Bonjour,");
}

TEST(Endings, ASeparatorWithAnAccountStaysWithTheLetter) {
  const std::string block =
      "From: bruno@client.example\nSent: Thursday, April 5, 2018 10:37 AM\nTo: anna@firm.example\nSubject: Pumps\n\nHello\n";
  for (const char* account : {"LT353250012345678901", "LT353250012345678901@", "LT35 3250 0123 4567 8901"}) {
    const std::string line = std::string("----- Original Message please pay to IBAN ") + account + " -----";
    EXPECT_NE(letters::read("Bonjour\n\n" + line + "\n" + block).new_text.find(account), std::string::npos) << account;
  }
  EXPECT_EQ(letters::read("Bonjour\n\n----- Forwarded by A123456/FIRM on 05/04/2018 10:37 AM -----\n" + block).new_text,
            "Bonjour");
}

/// A message without words below the letter's last line.
TEST(Endings, StayWithTheLetterAlsoAboveTwoBlocks) {
  const std::string block =
      "De : Bruno <bruno@client.example>\nEnvoy\u00e9 : jeudi 5 avril 2018 10:37\n\u00c0 : anna@firm.example\nObjet : Pumps\n";
  const Conversation got = letters::read("Payer\n\nObjet : FR76 3000\n" + block + block + "\nHello\n");
  EXPECT_EQ(got.new_text, "Payer\n\nObjet : FR76 3000");
  EXPECT_EQ(got.quoted.size(), 2U);
}

}  // namespace
}  // namespace threadline::facts
