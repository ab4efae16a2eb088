// SPDX-License-Identifier: Apache-2.0
// What clients print around a quoted message, a row each, and what in a letter only looks like it.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "quoted_letter.h"

namespace threadline::facts {
namespace {

struct Row {
  const char* name;
  const char* body;
  std::vector<std::string> blocks;
};

std::string line_of(const QuotedBlock& block) {
  return std::to_string(block.level) + " " + block.from.name + " <" + block.from.address + "> " +
         (block.date ? rfc3339(block.date->at).substr(0, 16) : "-") + " " + block.subject + ": " + block.text;
}

class Forms : public ::testing::TestWithParam<Row> {};

TEST_P(Forms, AreRead) {
  std::vector<std::string> blocks;
  for (const QuotedBlock& block : letters::read(GetParam().body).quoted) blocks.push_back(line_of(block));
  EXPECT_EQ(blocks, GetParam().blocks);
}

INSTANTIATE_TEST_SUITE_P(
    Text, Forms,
    ::testing::Values(
        Row{"gmx_date_first",
            "Ja.\n\nGesendet: Donnerstag, 05. April 2018 um 10:37 Uhr\nVon: \"Anna Berg\" <anna@firm.example>\nAn: "
            "bruno@client.example\nBetreff: Pumpen\n\nHallo\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumpen: Hallo"}},
        Row{"aol_de",
            "Ja.\n\n-----Urspr\u00fcngliche Mitteilung-----\nVon: Anna Berg <anna@firm.example>\nAn: bruno "
            "<bruno@client.example>\nVerschickt: Do, 5. Apr 2018 10:37\nBetreff: Pumpen\n\nHallo\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumpen: Hallo"}},
        Row{"outlook_vi",
            "V\u00e2ng.\n\nT\u1eeb: Anna Berg <anna@firm.example>\n\u0110\u00e3 g\u1eedi: 05 Th\u00e1ng T\u01b0 2018 "
            "10:37\n\u0110\u1ebfn: "
            "bruno@client.example\nCh\u1ee7 \u0111\u1ec1: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"horde_pt",
            "Sim.\n\nCitando Anna Berg <anna@firm.example>:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> - : Hello"}},
        Row{"day_without_year",
            "Yes.\n\nOn Wed, Apr 4, Anna Berg <anna@firm.example> wrote:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> - : Hello"}},
        Row{"day_without_year_fr", "Oui.\n\nLe 4 avr., Anna Berg a \u00e9crit :\n> Bonjour\n", {"1 Anna Berg <> - : Bonjour"}},
        Row{"day_behind_the_name", "Ja.\n\nAnna Berg schrieb am Mittwoch, 4. April:\n> Hallo\n", {"1 Anna Berg <> - : Hallo"}},
        Row{"name_of_a_month",
            "Yes.\n\nApril May <april@firm.example> wrote:\n> Hello\n",
            {"1 April May <april@firm.example> - : Hello"}},
        Row{"without_its_sender",
            "Oui.\n\nDate : Thu, 5 Apr 2018 10:37:12 +0200\n\u00c0 : bruno@client.example\n\nBonjour\n",
            {"1  <> 2018-04-05T10:37 : Bonjour"}},
        Row{"one_line_behind_a_rule",
            "Yes.\n\n----------\nFrom: Anna Berg <anna@firm.example> Date: Thu, 5 Apr 2018 10:37:12 +0200\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"two_labels_of_one_line_in_a_letter",
            "Yes.\n\nFrom: anna@firm.example Date: Thu, 5 Apr 2018 10:37:12 +0200\nis the last one I have.\n",
            {}},
        Row{"bold_labels_with_two_stars",
            "Yes.\n\n**From:** Anna Berg <anna@firm.example>\n**Sent:** 5 April 2018 10:37\n**To:** Bruno "
            "<bruno@client.example>\n**Subject:** Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"a_subject_with_stars_of_its_own",
            "Yes.\n\nFrom: Anna Berg <anna@firm.example>\nSent: 5 April 2018 10:37\nTo: bruno@client.example\nSubject: "
            "***URGENT*** "
            "pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 ***URGENT*** pumps: Hello"}},
        Row{"danish_besked",
            "Ja.\n\n-------- Oprindelig besked --------\nFra: Anna Berg <anna@firm.example>\nDato: 05.04.2018 10.37\nTil: "
            "bruno@client.example\nEmne: Pumper\n\nHej\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumper: Hej"}},
        Row{"subject_behind_recipients",
            "Oui.\n\n-------- Message d'origine --------\nDe : Anna Berg <anna@firm.example>\nDate : 05/04/2018  10:37  "
            "(GMT+02:00)\n\u00c0 : bruno@client.example Objet : Pompes\n\nBonjour\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pompes: Bonjour"}},
        Row{"sender_alone_below_a_separator",
            "See below\n\n---------- Forwarded message ----------\nFrom: Anna Berg <anna@firm.example>\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> - : Hello"}},
        Row{"sender_alone_in_a_letter", "See below\n\nFrom: Anna Berg <anna@firm.example>\n\nHello\n", {}},
        Row{"wrapped_link", "See the page\n\n<http://mail.example/c/dHJhY2tpbmdfY29kZT1mMDdj\n>  for more.\n\nThanks\n", {}},
        Row{"quoted_link",
            "See the page <http://mail.example/c>\n\nOn 5 April 2018 10:37, Anna Berg <anna@firm.example> wrote:\n> "
            "<http://mail.example/c>\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : <http://mail.example/c>\nHello"}},
        Row{"cells_whose_labels_have_no_colon",
            "Ja.\n\nVon:\tAnna Berg <anna@firm.example>\nAn\tbruno@client.example\nDatum:\tDo., 05.04.2018 "
            "10:37\nBetreff\tPumpen\n\n"
            "Hallo\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumpen: Hallo"}},
        Row{"notes_wrote",
            "Yes.\n\nAnna Berg/Firm wrote on 05/04/2018 10:37:12:\n\n> Hello\n",
            {"1 Anna Berg/Firm <> 2018-04-05T10:37 : Hello"}},
        Row{"notes_block",
            "Yes.\n\nFrom:\tAnna Berg/Firm\nTo:\tBruno Conti/Client@CLIENT\nDate:\t05/04/2018 10:37\nSubject:\tPumps\n\nHello\n",
            {"1 Anna Berg/Firm <> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"notes_forwarded_by",
            "See.\n\n----- Forwarded by Bruno Conti/Client on 06/04/2018 09:00 -----\n\nFrom: Anna Berg <anna@firm.example>\nTo: "
            "Bruno Conti/Client\nDate: 05/04/2018 10:37\nSubject: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"zimbra_de",
            "Ja.\n\n----- Urspr\u00fcngliche Mail -----\n> Von: \"Anna Berg\" <anna@firm.example>\n> An: \"Bruno\" "
            "<bruno@client.example>\n> Gesendet: Donnerstag, 5. April 2018 10:37:12\n> Betreff: Pumpen\n>\n> Hallo\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumpen: Hallo"}},
        Row{"zimbra_es",
            "S\u00ed.\n\n----- Mensaje original -----\nDe: \"Anna Berg\" <anna@firm.example>\nPara: \"Bruno\" "
            "<bruno@client.example>\nEnviados: Jueves, 5 de Abril 2018 10:37:12\nAsunto: Bombas\n\nHola\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Bombas: Hola"}},
        Row{"zimbra_pt",
            "Sim.\n\n----- Mensagem original -----\nDe: \"Anna Berg\" <anna@firm.example>\nPara: \"Bruno\" "
            "<bruno@client.example>\nEnviadas: Quinta-feira, 5 de abril de 2018 10:37:12\nAssunto: Bombas\n\nOl\u00e1\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Bombas: Ol\u00e1"}},
        Row{"zimbra_fr",
            "Oui.\n\n----- Mail original -----\nDe: \"Anna Berg\" <anna@firm.example>\n\u00c0: \"Bruno\" "
            "<bruno@client.example>\nEnvoy\u00e9: Jeudi 5 Avril 2018 10:37:12\nObjet: Pompes\n\nBonjour\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pompes: Bonjour"}},
        Row{"protonmail",
            "Yes.\n\n------- Original Message -------\nOn Thursday, April 5th, 2018 at 10:37 AM, Anna Berg <anna@firm.example> "
            "wrote:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"protonmail_old",
            "Yes.\n\n\u2010\u2010\u2010\u2010\u2010\u2010\u2010 Original Message \u2010\u2010\u2010\u2010\u2010\u2010\u2010\nOn "
            "April 5, 2018 10:37 AM, Anna Berg <anna@firm.example> wrote:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"mail_ru",
            "\u0414\u0430.\n\n\u0427\u0435\u0442\u0432\u0435\u0440\u0433, 5 \u0430\u043f\u0440\u0435\u043b\u044f 2018, 10:37 "
            "+02:00 \u043e\u0442 Anna Berg <anna@firm.example>:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"mail_ru_forward",
            "\u0414\u0430.\n\n-------- \u041f\u0435\u0440\u0435\u0441\u044b\u043b\u0430\u0435\u043c\u043e\u0435 "
            "\u0441\u043e\u043e\u0431\u0449\u0435\u043d\u0438\u0435 --------\n\u041e\u0442 \u043a\u043e\u0433\u043e: Anna Berg "
            "<anna@firm.example>\n\u041a\u043e\u043c\u0443: bruno@client.example\n\u0414\u0430\u0442\u0430: "
            "\u0427\u0435\u0442\u0432\u0435\u0440\u0433, 5 \u0430\u043f\u0440\u0435\u043b\u044f 2018, 10:37 "
            "+02:00\n\u0422\u0435\u043c\u0430: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"yandex",
            "\u0414\u0430.\n\n05.04.2018, 10:37, \"Anna Berg\" <anna@firm.example>:\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"qq",
            "\u597d\u3002\n\n------------------ \u539f\u59cb\u90ae\u4ef6 ------------------\n\u53d1\u4ef6\u4eba: \"Anna Berg\" "
            "<anna@firm.example>;\n\u53d1\u9001\u65f6\u95f4: 2018\u5e744\u67085\u65e5(\u661f\u671f\u56db) "
            "\u4e0a\u534810:37\n\u6536\u4ef6\u4eba: \"Bruno\" <bruno@client.example>;\n\u4e3b\u9898: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"netease_163",
            "\u597d\n\n\u5728 2018-04-05 10:37:12\uff0c\"Anna Berg\" <anna@firm.example> \u5199\u9053\uff1a\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"netease_163_en",
            "OK\n\nAt 2018-04-05 10:37:12, \"Anna Berg\" <anna@firm.example> wrote:\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"naver",
            "\ub124.\n\n-----Original Message-----\nFrom: \"Anna Berg\"<anna@firm.example>\nTo: "
            "<bruno@client.example>;\nCc:\nSent: 2018-04-05 (\ubaa9) 10:37:12\nSubject: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"samsung",
            "Yes.\n\n-------- Original message --------\nFrom: Anna Berg <anna@firm.example>\nDate: 05/04/2018 10:37 "
            "(GMT+02:00)\nTo: bruno@client.example\nSubject: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"blackberry",
            "Yes.\n-----Original Message-----\nFrom: Anna Berg <anna@firm.example>\nDate: Thu, 5 Apr 2018 10:37:12\nTo: "
            "<bruno@client.example>\nSubject: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"kmail",
            "On Thursday, 5 April 2018 10:37:12 CEST Anna Berg wrote:\n> Hello\nYes.\n",
            {"1 Anna Berg <> 2018-04-05T10:37 : Hello"}},
        Row{"mutt",
            "On Thu, Apr 05, 2018 at 10:37:12AM +0200, Anna Berg wrote:\n> Hello\nYes.\n",
            {"1 Anna Berg <> 2018-04-05T10:37 : Hello"}},
        Row{"gnus_writes",
            "Anna Berg <anna@firm.example> writes:\n\n> Hello\n\nYes.\n",
            {"1 Anna Berg <anna@firm.example> - : Hello"}},
        Row{"emacs_on_writes",
            "On Thu, Apr 05 2018 at 10:37:12 +0200, Anna Berg <anna@firm.example> writes:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"mutt_forward",
            "FYI\n\n----- Forwarded message from Anna Berg <anna@firm.example> -----\n\nDate: Thu, 5 Apr 2018 10:37:12 "
            "+0200\nFrom: Anna Berg <anna@firm.example>\nTo: bruno@client.example\nSubject: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"outlook_fr_separator",
            "Oui.\n\n-----Message d'origine-----\nDe : Anna Berg [mailto:anna@firm.example]\nEnvoy\u00e9 : jeudi 5 avril 2018 "
            "10:37\n\u00c0 : bruno@client.example\nObjet : Pompes\n\nBonjour\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pompes: Bonjour"}},
        Row{"ios_forward_fr",
            "Vu.\n\nD\u00e9but du message transf\u00e9r\u00e9 :\n\n> De: Anna Berg <anna@firm.example>\n> Date: 5 avril 2018 "
            "\u00e0 10:37:12 UTC+2\n> \u00c0: Bruno <bruno@client.example>\n> Objet: Pompes\n> \n> Bonjour\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pompes: Bonjour"}},
        Row{"author_then_date_de",
            "Ja.\n\nAnna Berg <anna@firm.example> schrieb am Do., 5. Apr. 2018, 10:37:\n\n> Hallo\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hallo"}},
        Row{"gmail_three_lines",
            "Yes.\n\nOn Thu, Apr 5, 2018 at 10:37 AM Anna Maria von Berg-Lindenthal\nof the Purchasing "
            "Department\n<anna@firm.example> wrote:\n\n> Hello\n",
            {"1 Anna Maria von Berg-Lindenthal of the Purchasing Department <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"gmail_sv",
            "Ja.\n\nDen tors 5 apr. 2018 kl 10:37 skrev Anna Berg <anna@firm.example>:\n\n> Hej\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hej"}},
        Row{"gmail_pl",
            "Tak.\n\nczw., 5 kwi 2018 o 10:37 Anna Berg <anna@firm.example> napisa\u0142(a):\n\n> Cze\u015b\u0107\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Cze\u015b\u0107"}},
        Row{"gmail_cs",
            "Ano.\n\n\u010dt 5. 4. 2018 v 10:37 odes\u00edlatel Anna Berg <anna@firm.example> napsal:\n\n> Ahoj\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Ahoj"}},
        Row{"gmail_hu",
            "Igen.\n\nAnna Berg <anna@firm.example> ezt \u00edrta (id\u0151pont: 2018. \u00e1pr. 5., Cs, 10:37):\n\n> Szia\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Szia"}},
        Row{"gmail_tr",
            "Evet.\n\nAnna Berg <anna@firm.example>, 5 Nis 2018 Per, 10:37 tarihinde \u015funu yazd\u0131:\n\n> Selam\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Selam"}},
        Row{"gmail_zh",
            "\u597d\n\nAnna Berg <anna@firm.example> \u4e8e2018\u5e744\u67085\u65e5\u5468\u56db "
            "\u4e0a\u534810:37\u5199\u9053\uff1a\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"gmail_ja",
            "\u306f\u3044\n\n2018\u5e744\u67085\u65e5(\u6728) 10:37 Anna Berg <anna@firm.example>:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"apple_ja",
            "\u306f\u3044\n\n2018/04/05 10:37\u3001Anna Berg <anna@firm.example>\u306e\u30e1\u30fc\u30eb:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"gmail_ko",
            "\ub124\n\n2018\ub144 4\uc6d4 5\uc77c (\ubaa9) \uc624\uc804 10:37, Anna Berg <anna@firm.example>\ub2d8\uc774 "
            "\uc791\uc131:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"gmail_he",
            "\u05db\u05df\n\n\u05d1\u05ea\u05d0\u05e8\u05d9\u05da 5.4.2018 \u05d1-10:37 \u05de\u05d0\u05ea Anna Berg "
            "<anna@firm.example>:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"gmail_ca",
            "D'acord.\n\nMissatge de Anna Berg <anna@firm.example> del dia dj., 5 d'abr. 2018 a les 10:37:\n\n> Hola\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hola"}},
        Row{"outlook_2019_mac",
            "Yes.\n\nOn 05/04/2018, 10:37, \"Anna Berg\" <anna@firm.example> wrote:\n\n    Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"yahoo_reply",
            "Yes.\n\n    On Thursday, April 5, 2018, 10:37:12 AM GMT+2, Anna Berg <anna@firm.example> wrote:  \n \n Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"yahoo_one_line",
            "FYI\n\n   ----- Forwarded Message ----- From: Anna Berg <anna@firm.example>To: \"bruno@client.example\" "
            "<bruno@client.example>Sent: Thursday, April 5, 2018, 10:37:12 AM GMT+2Subject: Pumps\n Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"author_alone_before_a_deeper_quote", "Anna Berg wrote:\n> Hello\n\nYes.\n", {"1 Anna Berg <> - : Hello"}},
        Row{"name_in_low_quotes",
            "Tak.\n\nDnia 05.04.2018, 10:37 u\u017cytkownik \u201eAnna Berg\u201d <anna@firm.example> napisa\u0142:\n\n> Hej\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hej"}},
        Row{"via_a_list",
            "On 5 Apr 2018, at 10:37, Anna Berg via Pumps <pumps@lists.example> wrote:\n\n> Hello\n",
            {"1 Anna Berg via Pumps <pumps@lists.example> 2018-04-05T10:37 : Hello"}},
        Row{"rule_of_outlook_web",
            "Yes.\n\n________________________________\nFrom: Anna Berg <anna@firm.example>\nSent: Thursday, April 5, 2018 10:37 "
            "AM\nTo: Bruno <bruno@client.example>\nSubject: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"subject_wrapped",
            "Yes.\n\nFrom: Anna Berg <anna@firm.example>\nSent: Thursday, April 5, 2018 10:37 AM\nTo: Bruno "
            "<bruno@client.example>\nSubject: The pumps for the second building and what they cost when ordered\nbefore "
            "May\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 The pumps for the second building and what they cost when ordered "
             "before May: Hello"}},
        Row{"double_spaced",
            "Yes.\n\nFrom: Anna Berg <anna@firm.example>\n\nSent: Thursday, April 5, 2018 10:37 AM\n\nTo: Bruno "
            "<bruno@client.example>\n\nSubject: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"names_only",
            "Yes.\n\nFrom: Anna Berg\nSent: Thursday, April 5, 2018 10:37 AM\nTo: Bruno Conti\nSubject: Pumps\n\nHello\n",
            {"1 Anna Berg <> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"importance_is_read_over",
            "Yes.\n\nFrom: Anna Berg <anna@firm.example>\nSent: Thursday, April 5, 2018 10:37 AM\nTo: Bruno "
            "<bruno@client.example>\nSubject: Pumps\nImportance: High\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"outlook_bg",
            "\u0414\u0430.\n\n\u041e\u0442: Anna Berg "
            "<anna@firm.example>\n\u0418\u0437\u043f\u0440\u0430\u0442\u0435\u043d\u043e: 5.4.2018 10:37\n\u0414\u043e: "
            "bruno@client.example\n\u041e\u0442\u043d\u043e\u0441\u043d\u043e: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"outlook_ja",
            "\u306f\u3044\n\n\u5dee\u51fa\u4eba: Anna Berg <anna@firm.example>\n\u9001\u4fe1\u65e5\u6642: "
            "2018\u5e744\u67085\u65e5 10:37\n\u5b9b\u5148: bruno@client.example\n\u4ef6\u540d: Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"android_dashes", "Yes.\n\n---- Anna Berg wrote ----\n\n> Hello\n", {"1 Anna Berg <> - : Hello"}},
        Row{"zoho_wrapped",
            "Yes.\n\n---- On Thu, 05 Apr 2018 10:37:00 +0200 Anna Berg\n<anna@firm.example> wrote ----\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"zoho_wrapped_in_quote",
            "Yes.\n\nOn Fri, 6 Apr 2018 at 09:12, Bruno Conti <bruno@client.example> wrote:\n> Good.\n>\n> ---- Le jeu., 05 "
            "avr. 2018 10:37:00 +0200 Anna Berg\n> <anna@firm.example> a \u00e9crit\n> ----\n>\n> Hello\n",
            {"1 Bruno Conti <bruno@client.example> 2018-04-06T09:12 : Good.",
             "2 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"ticket_mark_below_an_answer",
            "Yes.\nBruno\n\n##- Bitte geben Sie Ihre Antwort \u00fcber dieser Zeile ein. -##\n\nHello\n",
            {"1  <> - : Hello"}},
        Row{"ticket_mark_first", "##- Please type your reply above this line -##\n\nYour pumps are ready.\n", {}},
        Row{"ticket_mark_first_in_quote",
            "Yes.\n\nOn Thu, 5 Apr 2018 at 10:37, Anna Berg <anna@firm.example> wrote:\n> ##- Please reply above -##\n>\n> "
            "Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : ##- Please reply above -##\n\nHello"}},
        Row{"old_gmail_without_colon",
            "Yes.\n2018/4/5 Anna Berg <anna@firm.example>\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> - : Hello"}},
        Row{"attribution_behind",
            "> Hello\n\nAnna Berg <anna@firm.example> wrote on 5 Apr 2018 10:37:\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"date_without_time",
            "Yes.\n\n ------------------------------\n\n*From:* Anna\n*Sent:* 2018-04-05\n*To:* bruno@client.example\n*Subject:* "
            "Pumps\n\nHello\n",
            {"1 Anna <> - Pumps: Hello"}},
        Row{"sent_without_subject",
            "Yes.\n\nFrom: Anna\nSent: Thursday, April 5, 2018 10:37 AM\nTo: Bruno\n\nHello\n",
            {"1 Anna <> 2018-04-05T10:37 : Hello"}},
        Row{"directions_around_a_hebrew_attribution",
            "\u05db\u05df\n\n\u202b\u05d1\u05ea\u05d0\u05e8\u05d9\u05da 5.4.2018 \u05d1-10:37 \u05de\u05d0\u05ea \u202aAnna "
            "Berg\u202c\u200f <\u202aanna@firm.example\u202c\u200f>:\u202c\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 : Hello"}},
        Row{"notes_forwarded_de",
            "Siehe.\n\n----- Weitergeleitet von Bruno Conti/Client am 06.04.2018 09:00 -----\n\nVon: Anna Berg "
            "<anna@firm.example>\nAn: Bruno Conti/Client\nDatum: 05.04.2018 10:37\nBetreff: Pumpen\n\nHallo\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumpen: Hallo"}},
        Row{"apple_nested_mailto",
            "Ja.\n\nAnfang der weitergeleiteten Nachricht:\n\n*Von: *Anna Berg <anna@firm.example "
            "<mailto:anna@firm.example>>\n*Betreff: **Pumpen*\n*Datum: *5. April 2018 um 10:37:12 MESZ\n*An: "
            "*bruno@client.example <mailto:bruno@client.example>\n\nHallo\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumpen: Hallo"}},
        Row{"gmail_2013_without_colon",
            "Yes.\n\n2018-04-05 10:37 GMT+02:00 Anna Berg\n\n> Hello\n",
            {"1 Anna Berg <> 2018-04-05T10:37 : Hello"}},
        Row{"starred_separator",
            "Yes.\n\n*-------- Original Message --------*\n*From:* Anna Berg <anna@firm.example>\n*Date:* Thu, 5 Apr 2018 "
            "10:37:12 +0200\n*Subject:* Pumps\n\nHello\n",
            {"1 Anna Berg <anna@firm.example> 2018-04-05T10:37 Pumps: Hello"}},
        Row{"a_date_that_no_grammar_reads_is_no_name",
            "ok\n\n\u0e40\u0e21\u0e37\u0e48\u0e2d xyz. 5 qrs. 2018 \u0e40\u0e27\u0e25\u0e32 10:37 Anna Berg <anna@firm.example> "
            "\u0e40\u0e02\u0e35\u0e22\u0e19\u0e27\u0e48\u0e32:\n\n> Hello\n",
            {"1 Anna Berg <anna@firm.example> - : Hello"}}),
    [](const auto& row) { return row.param.name; });

/// A letter of its own: nothing in it is quoted.
class Letters : public ::testing::TestWithParam<Row> {};

TEST_P(Letters, AreNotTakenForQuotes) {
  const std::string body = std::string("Dear all,\n\n") + GetParam().body + "\nAnna\n";
  std::vector<std::string> blocks;
  for (const QuotedBlock& block : letters::read(body).quoted) blocks.push_back(line_of(block));
  EXPECT_EQ(blocks, std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(
    Text, Letters,
    ::testing::Values(
        Row{"to_do", "To: do\nFrom: scratch\nDate: never\n", {}},
        Row{"hours_fr", "Ouverture\nDe : 9h\n\u00c0 : 18h\nObjet : rien\n", {}},
        Row{"itinerary", "Your trip\nFrom: Paris\nTo: Rome\nDate: Monday\n", {}},
        Row{"itinerary_with_time", "Your trip\nFrom: Paris CDG\nTo: Rome FCO\nDate: 5 April 2018 10:37\nSeat: 12A\n", {}},
        Row{"itinerary_fr", "Votre voyage\nDe : Lyon\n\u00c0 : Marseille\nDate : 05/04/2018 10:37\n", {}},
        Row{"itinerary_de", "Ihre Reise\nVon: Berlin Hbf\nAn: M\u00fcnchen Hbf\nDatum: 05.04.2018 10:37\n", {}},
        Row{"itinerary_es", "Su viaje\nDe: Madrid\nA: Sevilla\nFecha: 5 de abril de 2018 10:37\n", {}},
        Row{"itinerary_it", "Il viaggio\nDa: Milano\nA: Roma\nData: 05/04/2018 10:37\n", {}},
        Row{"one_line_itinerary", "From: Paris To: Rome Date: Monday\n", {}},
        Row{"letterhead_fr", "Date : 5 avril 2018\nObjet : votre facture\n\nMadame,\n", {}},
        Row{"letterhead_de", "Datum: 05.04.2018\nBetreff: Ihre Rechnung\n\nSehr geehrte Frau Berg,\n", {}},
        Row{"letterhead_it", "Data: 5 aprile 2018\nOggetto: fattura\n\nGentile cliente,\n", {}},
        Row{"minutes", "Minutes\nSubject: pumps\nDate: 5 April 2018 10:37\nPresent: Anna, Bruno\n", {}},
        Row{"minutes_nl", "Verslag\nOnderwerp: pompen\nDatum: 5 april 2018 10:37\nAanwezig: Anna\n", {}},
        Row{"invitation", "Invitation\nWhen: Thursday, April 5, 2018 10:37 AM\nWhere: Room 3\nSubject: pumps\n", {}},
        Row{"invitation_fr", "Invitation\nQuand : jeudi 5 avril 2018 10:37\nO\u00f9 : salle 3\nObjet : pompes\n", {}},
        Row{"memo", "MEMO\nTo: all staff\nFrom: the management\nDate: 5 April 2018\nSubject: holidays\n", {}},
        Row{"yaml", "config:\n  from: main\n  to: release\n  date: 2018-04-05\n  subject: none\n", {}},
        Row{"sql", "SELECT a\nFROM: b\nTO: c\n", {}},
        Row{"log", "10:37:01 sent: ok\n10:37:02 from: cache\n10:37:03 to: disk\n", {}},
        Row{"pasted_headers",
            "What we received:\n\nReturn-Path: <x@firm.example>\nFrom: x@firm.example\nTo: y@client.example\nSubject: "
            "test\nDate: Thu, 5 Apr 2018 10:37:12 +0200\n",
            {}},
        Row{"pasted_headers_behind", "It says\nFrom: x@firm.example\nTo: y@client.example\nSubject: test\nX-Mailer: pumps\n", {}},
        Row{"order_form", "Order\nDate: 05/04/2018 10:37\nTo: warehouse 4\nSubject: pumps\nQuantity: 3\n", {}},
        Row{"order_form_es", "Pedido\nPara: almac\u00e9n\nFecha: 05/04/2018 10:37\nAsunto: bombas\n", {}},
        Row{"he_said_he_wrote", "He said he wrote:\nnothing at all\n", {}},
        Row{"she_wrote_a_list", "Anna wrote:\n- pumps\n- pipes\n", {}}, Row{"a_schrieb", "Frau Berg schrieb:\nnichts\n", {}},
        Row{"il_a_ecrit", "Il a \u00e9crit :\nrien du tout\n", {}},
        Row{"on_monday_list", "On Monday at 10:37 we meet:\n- Anna\n- Bruno\n", {}},
        Row{"date_and_colon", "On 5 April 2018 at 10:37 the following was decided:\n1. pumps\n", {}},
        Row{"fr_date_and_colon",
            "Le 5 avril 2018 \u00e0 10:37 il a \u00e9t\u00e9 d\u00e9cid\u00e9 ce qui suit :\n1. pompes\n",
            {}},
        Row{"de_date_and_colon", "Am 5. April 2018 um 10:37 Uhr wurde beschlossen:\n1. Pumpen\n", {}},
        Row{"signature_rule", "Regards\nAnna\n________________________________\nFirm Ltd, 12 High Street\n", {}},
        Row{"disclaimer_dashes", "Regards\n-----------------------------\nThis mail is confidential. From: our servers.\n", {}},
        Row{"dashes_with_words", "----- Price list -----\nPumps: 12\n", {}},
        Row{"ticket_mark_alone", "Hello\n##-##\nPumps: 12\n", {}},
        Row{"dashes_over_two_lines", "---- Price list of 05/04/2018 10:37\nby Anna Berg ----\nPumps: 12\n", {}},
        Row{"original_message_in_prose", "The original message:\nwe come on Monday.\n", {}},
        Row{"shop_contact", "Write to: shop@firm.example\nFrom: Monday to Friday\n", {}},
        Row{"contact_form_without_sender", "Name: Anna\nE-mail: anna@firm.example\nSubject: pumps\n", {}},
        Row{"bank_letter", "From: account 12\nTo: account 34\nDate: 05/04/2018\nAmount: 12 EUR\n", {}},
        Row{"ru_hours", "\u041e\u0442: 9:00\n\u0414\u043e: 18:00\n\u0422\u0435\u043c\u0430: \u043d\u0435\u0442\n", {}},
        Row{"pl_hours", "Od: 9:00\nDo: 18:00\nTemat: brak\n", {}},
        Row{"pt_route", "De: Lisboa\nPara: Porto\nData: 05/04/2018 10:37\n", {}},
        Row{"ja_route",
            "\u51fa\u767a: \u6771\u4eac\n\u5b9b\u5148: \u5927\u962a\n\u65e5\u6642: 2018\u5e744\u67085\u65e5 10:37\n",
            {}},
        Row{"a_date_for_an_address", "Date: Thu, 5 Apr 2018 10:37\nTo: desk@firm.example\nPumps\n", {}},
        Row{"a_date_with_zone_for_nobody", "Date: Thu, 5 Apr 2018 10:37:12 +0200\nTo: all\nPumps\n", {}},
        Row{"questions", "From: where?\nTo: whom?\nSubject: what?\n", {}},
        Row{"python", "print(\"From: \" + a)\nprint(\"To: \" + b)\n", {}},
        Row{"time_with_mail", "On 05/04/2018 10:37 please call desk@firm.example about these points:\n1. pumps\n", {}}),
    [](const auto& row) { return row.param.name; });

struct Behalf {
  const char* name;
  const char* from;
  const char* sender;
  const char* on_behalf_of;
};

class OnBehalf : public ::testing::TestWithParam<Behalf> {};

std::string written(const message::Address& person) { return person.name + " <" + person.address + ">"; }

TEST_P(OnBehalf, IsTwoPersons) {
  const Conversation got = letters::read(std::string("Yes.\n\n") + GetParam().from +
                                         "\nSent: Thursday, April 5, 2018 10:37 AM\nTo: Bruno\nSubject: Pumps\n\nHello\n");
  ASSERT_EQ(got.quoted.size(), 1U);
  EXPECT_EQ(written(got.quoted[0].from), GetParam().sender);
  EXPECT_EQ(got.quoted[0].on_behalf_of ? written(*got.quoted[0].on_behalf_of) : "-", GetParam().on_behalf_of);
}

INSTANTIATE_TEST_SUITE_P(
    Text, OnBehalf,
    ::testing::Values(
        Behalf{"outlook_on_behalf", "From: Carla [mailto:carla@firm.example] On Behalf Of Anna Berg",
               "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"fr", "From: Carla <carla@firm.example> de la part de Anna Berg", "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"de", "From: Carla <carla@firm.example> im Auftrag von Anna Berg <anna@firm.example>",
               "Carla <carla@firm.example>", "Anna Berg <anna@firm.example>"},
        Behalf{"nl", "From: Carla <carla@firm.example> namens Anna Berg", "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"es", "From: Carla <carla@firm.example> en nombre de Anna Berg", "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"it", "From: Carla <carla@firm.example> per conto di Anna Berg", "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"pt", "From: Carla <carla@firm.example>; em nome de; Anna Berg", "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"no", "From: Carla <carla@firm.example> p\u00e5 vegne av Anna Berg", "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"pl", "From: Carla <carla@firm.example> w imieniu Anna Berg", "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"ru", "From: Carla <carla@firm.example> \u043e\u0442 \u0438\u043c\u0435\u043d\u0438 Anna Berg",
               "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"fi", "From: Carla <carla@firm.example> Anna Berg puolesta", "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"hu", "From: Carla <carla@firm.example> (Anna Berg nev\u00e9ben)", "Carla <carla@firm.example>", "Anna Berg <>"},
        Behalf{"nobody", "From: Carla Namens <carla@firm.example>", "Carla Namens <carla@firm.example>", "-"}),
    [](const auto& row) { return row.param.name; });

TEST(Replies, ABottomReplyIsNewText) {
  const Conversation got =
      letters::read("On 5 Apr 2018, at 10:37, Anna <anna@firm.example> wrote:\n\n> Hello\n> Anna\n\nYes.\n\nBruno\n");
  ASSERT_EQ(got.quoted.size(), 1U);
  EXPECT_EQ(got.quoted[0].text, "Hello\nAnna");
  EXPECT_EQ(got.new_text, "Yes.\n\nBruno");
}

TEST(Replies, AnswersBetweenTheLinesAreNewTextAtTwoLevels) {
  const Conversation got = letters::read(
      "On 6 Apr 2018, at 9:00, Bruno <bruno@client.example> wrote:\n> On 5 Apr 2018, at 10:37, Anna <anna@firm.example> wrote:\n"
      ">> One?\n> First.\n>> Two?\n> Second.\n\nBoth.\n");
  ASSERT_EQ(got.quoted.size(), 2U);
  EXPECT_EQ(got.quoted[0].text, "First.\nSecond.");
  EXPECT_EQ(got.quoted[1].text, "One?\nTwo?");
  EXPECT_EQ(got.quoted[1].parent, 0);
  EXPECT_EQ(got.new_text, "Both.");
}

TEST(Replies, TextBehindAQuotedHeaderBlockIsNewTextWhereItsDepthSaysSo) {
  const Conversation got = letters::read(
      "Yes.\n\n> From: Anna <anna@firm.example>\n> Sent: 05/04/2018 10:37\n> To: Bruno\n> Subject: Pumps\n> \n> "
      "Hello\n\nBruno\n");
  ASSERT_EQ(got.quoted.size(), 1U);
  EXPECT_EQ(got.quoted[0].text, "Hello");
  EXPECT_EQ(got.new_text, "Yes.\n\nBruno");
}

TEST(Separators, LinesThatEndASignatureBelongToIt) {
  const Conversation got = letters::read(
      "Yes.\n\nBruno\n________________________________\nClient Ltd, registered in Lyon\n-----------------------------\n\nFrom: "
      "Anna "
      "<anna@firm.example>\nSent: 05/04/2018 10:37\nTo: Bruno\nSubject: Pumps\n\nHello\n_______________\nFirm Ltd\n");
  ASSERT_EQ(got.quoted.size(), 1U);
  EXPECT_EQ(got.quoted[0].text, "Hello\n_______________\nFirm Ltd");
  EXPECT_TRUE(got.new_text.ends_with("Client Ltd, registered in Lyon")) << got.new_text;
}

TEST(Style, NamesFormLanguageAndLabels) {
  const Conversation block = letters::read(
      "Oui.\n\nDe : Anna <anna@firm.example>\nEnvoye : jeudi 5 avril 2018 10:37\nA : Bruno\nObjet : Pompes\n\nBonjour\n");
  ASSERT_EQ(block.quoted.size(), 1U);
  EXPECT_EQ(block.quoted[0].style, "header_block fr De,Envoy\u00e9,\u00c0,Objet");
  const Conversation attribution = letters::read("On 5 Apr 2018, at 10:37, Anna <anna@firm.example> wrote:\n> Hello\n");
  ASSERT_EQ(attribution.quoted.size(), 1U);
  EXPECT_EQ(attribution.quoted[0].style, "attribution en wrote");
}

}  // namespace
}  // namespace threadline::facts
