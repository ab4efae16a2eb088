// SPDX-License-Identifier: Apache-2.0
// What clients print around a quoted message, a row each: the blocks as "level form name <address> minute subject: words".
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "facts/conversation/conversation.h"

namespace threadline::facts {
namespace {

struct Row {
  const char* name;
  bool html;
  const char* body;
  std::vector<std::string> blocks;
  const char* new_text;
};

std::string line_of(const QuotedBlock& block) {
  const std::string minute = block.date ? rfc3339(block.date->at).substr(0, 16) : "-";
  std::string text = block.text;
  std::ranges::replace(text, '\n', '|');
  return std::to_string(block.level) + " " + std::string(name_of(block.form)) + " " + block.from.name + " <" +
         block.from.address + "> " + minute + " " + block.subject + ": " + text;
}

class Clients : public ::testing::TestWithParam<Row> {};

TEST_P(Clients, AreRead) {
  const message::Text part{
      .part = "1", .html = GetParam().html, .attached = false, .charset = "utf-8", .content = GetParam().body};
  const Conversation conversation = read_quoted(read_text(part, {}), 120, {});
  std::vector<std::string> blocks;
  for (const QuotedBlock& block : conversation.quoted) blocks.push_back(line_of(block));
  EXPECT_EQ(blocks, GetParam().blocks);
  EXPECT_EQ(conversation.new_text, GetParam().new_text);
}

INSTANTIATE_TEST_SUITE_P(
    Text, Clients,
    ::testing::Values(
        Row{"no_quote",
            false,
            "Bonjour,\n\nDate limite : vendredi.\nMontant : 12 EUR\n",
            {},
            "Bonjour,\n\nDate limite : vendredi.\nMontant : 12 EUR"},
        Row{"bluemail_says_the_time_twice",
            false,
            "Oui.\n\nLe 5 avr. 2018 \u00e0 10:37, \u00e0 10:37, Jean Dupont <jean@firm.example> a \u00e9crit:\n>Bonjour\n",
            {"1 attribution Jean Dupont <jean@firm.example> 2018-04-05T10:37 : Bonjour"},
            "Oui."},
        Row{"em_client_has_labels_without_colons",
            false,
            "Oui.\n\n------ Original Message ------\nFrom \"Jean Dupont\" <jean@firm.example>\nTo \"Ann\" "
            "<ann@firm.example>\nDate "
            "05/04/2018 10:37:00\nSubject bill\n\nBonjour\n",
            {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 bill: Bonjour"},
            "Oui."},
        Row{"em_client_wraps_the_persons_of_a_label",
            false,
            "Oui.\n\n------ Original Message ------\nFrom \"Jean Dupont (Firm)\"\n<jean@firm.example>\nTo \"Ann\" "
            "<ann@firm.example>, "
            "\"Paul\nLong\" <paul@firm.example>\nDate 05/04/2018 10:37:00\nSubject bill\n\nBonjour\n",
            {"1 header_block Jean Dupont (Firm) <jean@firm.example> 2018-04-05T10:37 bill: Bonjour"},
            "Oui."},
        Row{"words_below_what_they_answer_under_a_header_block",
            false,
            "Oui.\n\nFrom: Ann Lee <ann@firm.example>\nSent: Thursday, April 5, 2018 10:37 AM\nTo: Bob <bob@firm.example>\n"
            "Subject: bill\n\nOn 4 Apr 2018, at 10:37, Bob <bob@firm.example> wrote:\n\n> Hello\n\nThanks\n",
            {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Thanks",
             "2 attribution Bob <bob@firm.example> 2018-04-04T10:37 : Hello"},
            "Oui."},
        Row{"words_below_a_marked_header_block",
            false,
            "From: Ann Lee <ann@firm.example>\nSent: Thursday, April 5, 2018 10:37 AM\nTo: Bob <bob@firm.example>\n"
            "Subject: bill\n\n> Hello\n\nThanks\n",
            {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
            "Thanks"},
        Row{"words_behind_a_separator_are_no_labels",
            false,
            "Oui.\n\n------ Original Message ------\nFrom jean@firm.example we know\nTo pay by Friday\nDate to be fixed\n",
            {"1 header_block  <> - : From jean@firm.example we know|To pay by Friday|Date to be fixed"},
            "Oui."},
        Row{"a_name_behind_one_time",
            false,
            "Oui.\n\nLe 5 avr. 2018 \u00e0 10:37, Jean Dupont <jean@firm.example> a \u00e9crit:\n>Bonjour\n",
            {"1 attribution Jean Dupont <jean@firm.example> 2018-04-05T10:37 : Bonjour"},
            "Oui."},
        Row{"notes_fr_labels_alone",
            false,
            "Oui.\n\nJean Dupont <jean@firm.example>\n05/04/2018 10:37\n\nPour\nPaul "
            "<paul@firm.example>\ncc\n\nObjet\nfacture\n\n"
            "Bonjour\n",
            {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
            "Oui."},
        Row{"notes_en_labels_before_tabs",
            false,
            "Yes.\n\nAnn Lee <ann@firm.example>\n05/04/2018 10:37\n\nTo\tBob <bob@firm.example>\ncc\t\nSubject\tbill\n\nHello\n",
            {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
            "Yes."},
        Row{"notes_fr_labels_with_colons",
            false,
            "Oui.\n\n\nJean Dupont <jean@firm.example>\n05/04/2018 10:37\n\n        Pour :  Paul <paul@firm.example>\n        cc "
            ":    "
            "\n        Objet : facture\n\n\nBonjour\n",
            {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
            "Oui."},
        Row{"notes_en_labels_with_colons",
            false,
            "Yes.\n\nann@firm.example\n04/05/2018 10:37 AM\nPlease respond to\nAnn Lee <ann@firm.example>\n\n        To:     Bob "
            "<bob@firm.example>\n        cc:     \n        Subject:        bill\n\n\nHello\n",
            {"1 header_block  <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
            "Yes."},
        Row{"notes_de_by_somebody_else",
            false,
            "Ja.\n\nMax Muster <max@firm.example>\nGesendet von: Eva\n05.04.2018 10:37\n\n        An:     Bob "
            "<bob@firm.example>\n        Kopie:  \n        Thema:  Rechnung\n\n\nHallo\n",
            {"1 header_block Max Muster <max@firm.example> 2018-04-05T10:37 Rechnung: Hallo"},
            "Ja."},
        Row{"notes_wrote_above_the_block_that_it_quotes",
            false,
            "Oui.\n\nJean Dupont <jean@firm.example> a \u00e9crit sur 05/04/2018 10:37:12 :\n\n> De : Jean Dupont "
            "<jean@firm.example>\n> A : paul@firm.example\n> Date : 05/04/2018 10:37\n> Objet : facture\n> \n> Bonjour\n",
            {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
            "Oui."},
        Row{"an_answer_without_words_to_what_was_forwarded",
            false,
            "Oui.\n\nJean Dupont <jean@firm.example> a \u00e9crit sur 06/04/2018 09:00:12 :\n\n> De : Jean Dupont "
            "<jean@firm.example>\n> A : paul@firm.example\n> Date : 05/04/2018 10:37\n> Objet : facture\n> \n> Bonjour\n",
            {"1 attribution Jean Dupont <jean@firm.example> 2018-04-06T09:00 : ",
             "2 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
            "Oui."},
        Row{"a_signature_above_a_date_and_an_order_is_no_block",
            false,
            "Oui.\n\nJean Dupont <jean@firm.example>\n05/04/2018 10:37\n\nPour : 12 pompes\nDate : 12/04/2018\n",
            {},
            "Oui.\n\nJean Dupont <jean@firm.example>\n05/04/2018 10:37\n\nPour : 12 pompes\nDate : 12/04/2018"},
        Row{"a_signature_above_a_date_is_no_block",
            false,
            "Oui.\n\nJean Dupont <jean@firm.example>\n05/04/2018 10:37\n\nPour\nla suite, voir demain.\n",
            {},
            "Oui.\n\nJean Dupont <jean@firm.example>\n05/04/2018 10:37\n\nPour\nla suite, voir demain."},
        Row{"outlook_fr",
            false,
            "Oui.\n\nDe : Jean Dupont <jean@firm.example>\nEnvoy\u00e9 : jeudi 5 avril 2018 10:37\n\u00c0 : Paul "
            "<paul@firm.example>\nObjet : "
            "facture\n\nBonjour\n",
            {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
            "Oui."},
        Row{"outlook_en_separator",
            false,
            "Yes.\n\n-----Original Message-----\nFrom: Ann Lee [mailto:ann@firm.example]\nSent: Thursday, April 5, 2018 10:37 "
            "PM\nTo: Bob\nSubject: "
            "bill\n\nHello\n",
            {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T22:37 bill: Hello"},
            "Yes."},
        Row{"outlook_de",
            false,
            "Ja.\n\nVon: Max Muster <max@firm.example>\nGesendet: Donnerstag, 5. April 2018 10:37\nAn: Eva "
            "<eva@firm.example>\nBetreff: "
            "Rechnung\n\nHallo\n",
            {"1 header_block Max Muster <max@firm.example> 2018-04-05T10:37 Rechnung: Hallo"},
            "Ja."},
        Row{"outlook_es",
            false,
            "S\u00ed.\n\nDe: Ana Ruiz <ana@firm.example>\nEnviado el: jueves, 5 de abril de 2018 10:37\nPara: Luis "
            "<luis@firm.example>\nAsunto: "
            "factura\n\nHola\n",
            {"1 header_block Ana Ruiz <ana@firm.example> 2018-04-05T10:37 factura: Hola"},
            "S\u00ed."},
        Row{"outlook_it",
            false,
            "S\u00ec.\n\nDa: Ugo Rossi <ugo@firm.example>\nInviato: gioved\u00ec 5 aprile 2018 10:37\nA: Lia "
            "<lia@firm.example>\nOggetto: "
            "fattura\n\nCiao\n",
            {"1 header_block Ugo Rossi <ugo@firm.example> 2018-04-05T10:37 fattura: Ciao"},
            "S\u00ec."},
        Row{"outlook_nl",
            false,
            "Ja.\n\nVan: Jan Smit <jan@firm.example>\nVerzonden: donderdag 5 april 2018 10:37\nAan: Piet "
            "<piet@firm.example>\nOnderwerp: "
            "factuur\n\nHoi\n",
            {"1 header_block Jan Smit <jan@firm.example> 2018-04-05T10:37 factuur: Hoi"},
            "Ja."},
        Row{"gmail_fr",
            false,
            "Oui.\n\nLe jeu. 5 avr. 2018 \u00e0 10:37, Jean Dupont <jean@firm.example> a\n\u00e9crit :\n\n> Bonjour\n> \u00e0 "
            "tous\n",
            {"1 attribution Jean Dupont <jean@firm.example> 2018-04-05T10:37 : Bonjour|\u00e0 tous"},
            "Oui."},
        Row{"gmail_de",
            false,
            "Ja.\n\nAm Do., 5. Apr. 2018 um 10:37 Uhr schrieb Max Muster <max@firm.example>:\n\n> Hallo\n",
            {"1 attribution Max Muster <max@firm.example> 2018-04-05T10:37 : Hallo"},
            "Ja."},
        Row{"gmail_es",
            false,
            "S\u00ed.\n\nEl jue., 5 abr. 2018 a las 10:37, Ana Ruiz (<ana@firm.example>) escribi\u00f3:\n\n> Hola\n",
            {"1 attribution Ana Ruiz <ana@firm.example> 2018-04-05T10:37 : Hola"},
            "S\u00ed."},
        Row{"gmail_it",
            false,
            "S\u00ec.\n\nIl giorno gio 5 apr 2018 alle ore 10:37 Ugo Rossi <ugo@firm.example> ha scritto:\n\n> Ciao\n",
            {"1 attribution Ugo Rossi <ugo@firm.example> 2018-04-05T10:37 : Ciao"},
            "S\u00ec."},
        Row{"gmail_pt",
            false,
            "Sim.\n\nEm qui., 5 de abr. de 2018 \u00e0s 10:37, Ana Sousa <ana@firm.example> escreveu:\n\n> Ol\u00e1\n",
            {"1 attribution Ana Sousa <ana@firm.example> 2018-04-05T10:37 : Ol\u00e1"},
            "Sim."},
        Row{"thunderbird_fr",
            false,
            "Le 05/04/2018 \u00e0 10:37, Jean Dupont a \u00e9crit\u00a0:\n> Bonjour\n\nOui.\n",
            {"1 attribution Jean Dupont <> 2018-04-05T10:37 : Bonjour"},
            "Oui."},
        Row{"thunderbird_de",
            false,
            "Am 05.04.2018 um 10:37 schrieb Max Muster:\n> Hallo\n\nJa.\n",
            {"1 attribution Max Muster <> 2018-04-05T10:37 : Hallo"},
            "Ja."},
        Row{"iphone_fr_over_outlook",
            false,
            "ok\n\nEnvoy\u00e9 de mon iPhone\n\nLe 5 avr. 2018 \u00e0 10:50, Paul <paul@firm.example> a \u00e9crit\u00a0:\n\n> "
            "Merci\n> \n> De : Jean "
            "<jean@firm.example>\n> Envoy\u00e9 : jeudi 5 avril 2018 10:37\n> \u00c0 : Paul <paul@firm.example>\n> Objet : "
            "facture\n> \n> Bonjour\n",
            {"1 attribution Paul <paul@firm.example> 2018-04-05T10:50 : Merci",
             "2 header_block Jean <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
            "ok\n\nEnvoy\u00e9 de mon iPhone"},
        Row{"apple_forward_en",
            false,
            "see below\n\nBegin forwarded message:\n\n> From: Ann Lee <ann@firm.example>\n> Subject: bill\n> Date: 5 April 2018 "
            "at 10:37:00 "
            "CEST\n> To: Bob <bob@firm.example>\n> \n> Hello\n",
            {"1 forward Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
            "see below"},
        Row{"gmail_forward_fr",
            false,
            "pour info\n\n---------- Forwarded message ---------\nDe : Jean Dupont <jean@firm.example>\nDate: jeu. 5 avr. 2018 "
            "\u00e0 "
            "10:37\nSubject: facture\nTo: Paul <paul@firm.example>\n\nBonjour\n",
            {"1 forward Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
            "pour info"},
        Row{"three_flat_outlook_levels",
            false,
            "C\n\nDe : B <b@firm.example>\nEnvoy\u00e9 : jeudi 5 avril 2018 10:50\n\u00c0 : A <a@firm.example>\nObjet : RE: "
            "f\n\nB!\n\nFrom: A "
            "<a@firm.example>\nSent: Thursday, April 5, 2018 10:37 AM\nTo: B <b@firm.example>\nSubject: f\n\nA!\n",
            {"1 header_block B <b@firm.example> 2018-04-05T10:50 RE: f: B!",
             "2 header_block A <a@firm.example> 2018-04-05T10:37 f: A!"},
            "C"},
        Row{"orange",
            false,
            "Voici.\n\n\n> Message du 05/04/18 10:37\n> De : \"Jean Dupont\" <jean@firm.example>\n> A : paul@firm.example\n> "
            "Copie \u00e0 : \n> Objet : devis\n> \n> Bonsoir\n> Jean\n",
            {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 devis: Bonsoir|Jean"},
            "Voici."},
        Row{"orange_answered_twice",
            false,
            "Oui.\n\n> Message du 06/04/18 11:02\n> De : \"Paul\" <paul@firm.example>\n> A : jean@firm.example\n> Objet : Re: "
            "devis\n> \n> Voici.\n> \n> > Message du 05/04/18 10:37\n> > De : \"Jean Dupont\" <jean@firm.example>\n> > A : "
            "paul@firm.example\n> > Objet : devis\n> > \n> > Bonsoir\n",
            {"1 header_block Paul <paul@firm.example> 2018-04-06T11:02 Re: devis: Voici.",
             "2 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 devis: Bonsoir"},
            "Oui."},
        Row{"la_poste",
            false,
            "Voici.\n\n> Message du 05/04/18 10:37\n> De : jean@firm.example\n> A : \"paul@firm.example\"\n> Objet : "
            "devis\n>\n> Bonsoir\n",
            {"1 header_block  <jean@firm.example> 2018-04-05T10:37 devis: Bonsoir"},
            "Voici."},
        Row{"sfr",
            false,
            "Voici.\n\n========================================\nMessage du : 05/04/2018 10:37\nDe : \"Jean Dupont \" "
            "<jean@firm.example>\nA : paul@firm.example\nCopie \u00e0 : \nSujet : devis\n\nBonsoir\n",
            {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 devis: Bonsoir"},
            "Voici."},
        Row{"letter_about_a_message",
            false,
            "Bonjour,\nMessage du 05/04/18 10:37\nsans r\u00e9ponse.\n\nMessage du directeur\nObjet : devis\n",
            {},
            "Bonjour,\nMessage du 05/04/18 10:37\nsans r\u00e9ponse.\n\nMessage du directeur\nObjet : devis"},
        Row{"letter_with_a_ruled_heading",
            false,
            "Bonjour,\n\n========================================\nMessage du : 05/04/2018\nObjet : devis\n",
            {},
            "Bonjour,\n\n========================================\nMessage du : 05/04/2018\nObjet : devis"},
        Row{"inline_answers",
            false,
            "On Thu, Apr 5, 2018 at 10:37 AM Ann <ann@firm.example> wrote:\n> One?\nYes.\n> Two?\nNo.\n",
            {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : One?|Two?"},
            "Yes.\nNo."}),
    [](const auto& row) { return row.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Html, Clients,
    ::testing::Values(
        Row{"groupwise",
            true,
            "<div>Yes.</div><div>&gt;&gt;&gt; Ann Lee &lt;ann@firm.example&gt; 05/04/2018 10:37 "
            "&gt;&gt;&gt;</div><br><div>Hello</div>",
            {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
            "Yes."},
        Row{"orange_marks_its_block_alone",
            true,
            "<p>Oui.</p><blockquote><p>&gt; Message du 05/04/18 10:37<br>&gt; De : \"Jean Dupont\" "
            "&lt;jean@firm.example&gt;<br>&gt; A : "
            "paul@firm.example<br>&gt; Copie \u00e0 : <br>&gt; Objet : facture<br>&gt; "
            "</p><div>Bonjour</div><div><br></div><div>Jean</div></blockquote>",
            {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour||Jean"},
            "Oui."},
        Row{"orange_marks_all_lines",
            true,
            "<p>Oui.</p><blockquote><p>Merci</p><p>&gt; Message du 05/04/18 10:37<br>&gt; De : \"Jean Dupont\" "
            "&lt;jean@firm.example&gt;<br>&gt; A : paul@firm.example<br>&gt; Objet : facture<br>&gt; "
            "<br>&gt; Bonjour</p></blockquote>",
            {"1 attribution  <> - : Merci", "2 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
            "Oui."},
        Row{"groupwise_in_a_quote",
            true,
            "<div>Yes.</div><div class=\"moz-cite-prefix\">On 04/05/18 10:37, Bob wrote:<br></div><blockquote "
            "type=\"cite\"><div>Thanks"
            "</div><div>&gt;&gt;&gt; Ann Lee &lt;ann@firm.example&gt; 04/04/2018 10:37 "
            "&gt;&gt;&gt;</div><br><div>Hello</div></blockquote>",
            {"1 attribution Bob <> 2018-05-04T10:37 : Thanks",
             "2 attribution Ann Lee <ann@firm.example> 2018-04-04T10:37 : Hello"},
            "Yes."},
        Row{"words_below_what_they_answer_in_a_quote_with_its_attribution",
            true,
            "<div>Yes.</div><blockquote type=\"cite\"><div>On 5 Apr 2018, at 10:37, Ann Lee &lt;ann@firm.example&gt; wrote:</div>"
            "<br class=\"Apple-interchange-newline\"><div><blockquote type=\"cite\"><div>On 4 Apr 2018, at 10:37, Bob "
            "&lt;bob@firm.example&gt; wrote:</div><br class=\"Apple-interchange-newline\"><div>Hello</div></blockquote>"
            "<div>Thanks</div></div></blockquote>",
            {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Thanks",
             "2 attribution Bob <bob@firm.example> 2018-04-04T10:37 : Hello"},
            "Yes."},
        Row{"gmail",
            true,
            "<div dir=\"ltr\">Yes.</div><br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">On Thu, Apr 5, 2018 "
            "at 10:37 AM Ann Lee "
            "&lt;<a href=\"mailto:ann@firm.example\">ann@firm.example</a>&gt; wrote:<br></div><blockquote class=\"gmail_quote\" "
            "style=\"margin:0\"><div>Hello</div></blockquote></div>",
            {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
            "Yes."},
        Row{"outlook_word",
            true,
            "<p class=MsoNormal>Oui.</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm "
            "0cm'><p "
            "class=MsoNormal><b>De&nbsp;:</b> Jean Dupont &lt;jean@firm.example&gt; <br><b>Envoy&eacute;&nbsp;:</b> jeudi 5 "
            "avril 2018 "
            "10:37<br><b>&Agrave;&nbsp;:</b> Paul &lt;paul@firm.example&gt;<br><b>Objet&nbsp;:</b> facture</p></div></div><p "
            "class=MsoNormal>Bonjour</p>",
            {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
            "Oui."},
        Row{"office_365_web",
            true,
            "<div>Yes.</div><div id=\"appendonsend\"></div><hr style=\"display:inline-block;width:98%\"><div "
            "id=\"divRplyFwdMsg\" dir=\"ltr\"><font "
            "face=\"Calibri\"><b>From:</b> Ann Lee &lt;ann@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 10:37 "
            "AM<br><b>To:</b> Bob "
            "&lt;bob@firm.example&gt;<br><b>Subject:</b> bill</font><div>&nbsp;</div></div><div>Hello</div>",
            {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
            "Yes."},
        Row{"thunderbird",
            true,
            "<div class=\"moz-cite-prefix\">Am 05.04.2018 um 10:37 schrieb Max Muster:<br></div><blockquote type=\"cite\" "
            "cite=\"mid:x\"><p>Hallo</p></blockquote><p>Ja.</p>",
            {"1 attribution Max Muster <> 2018-04-05T10:37 : Hallo"},
            "Ja."},
        Row{"apple_mail_nested",
            true,
            "<div>Three</div><div><br><blockquote type=\"cite\"><div>On 5 Apr 2018, at 10:50, Bob &lt;<a "
            "href=\"mailto:bob@firm.example\">bob@firm.example</a>&gt; wrote:</div><br><div>Two<br><blockquote type=\"cite\">On "
            "5 Apr 2018, at "
            "10:37, Ann &lt;<a href=\"mailto:ann@firm.example\">ann@firm.example</a>&gt; "
            "wrote:<br><br>One</blockquote></div></blockquote></div>",
            {"1 attribution Bob <bob@firm.example> 2018-04-05T10:50 : Two",
             "2 attribution Ann <ann@firm.example> 2018-04-05T10:37 : One"},
            "Three"},
        Row{"yahoo",
            true,
            "<div>Oui.</div><div id=\"yahoo_quoted_1\" class=\"yahoo_quoted\"><div>Le jeudi 5 avril 2018 \u00e0 10:37:00 UTC+2, "
            "Jean Dupont "
            "&lt;jean@firm.example&gt; a \u00e9crit :</div><div><br></div><div>Bonjour</div></div>",
            {"1 attribution Jean Dupont <jean@firm.example> 2018-04-05T10:37 : Bonjour"},
            "Oui."}),
    [](const auto& row) { return row.param.name; });

message::Message alternative(const char* plain, const char* html) {
  message::Message message;
  message.texts = {{.part = "1", .html = false, .attached = false, .charset = "utf-8", .content = plain},
                   {.part = "2", .html = true, .attached = false, .charset = "utf-8", .content = html}};
  return message;
}

bool notes_a_difference(const message::Message& message) {
  const auto read = read_conversation(message, 0, {});
  return std::ranges::count(read.conversation.notes, "bodies_differ", &Note::code) == 1;
}

TEST(Alternatives, ThatSayTheSameAreNoNote) {
  EXPECT_FALSE(notes_a_difference(
      alternative("Please pay to\nFR76 1999 8004 1200 0123 4567 850\n",
                  "<p>Please pay to</p><table><tr><td>FR76</td><td>1999 8004 1200</td><td>0123 4567 850</td></tr></table>")));
}

TEST(Alternatives, WithAnotherAccountAreANote) {
  EXPECT_TRUE(notes_a_difference(alternative("Please pay to FR76 1999 8004 1200 0123 4567 850\n",
                                             "<p>Please pay to FR76 1988 7015 3000 0876 5432 118</p>")));
}

TEST(Alternatives, WithOtherWordsAreANote) {
  EXPECT_TRUE(notes_a_difference(
      alternative("Your parcel arrives tomorrow morning.\n", "<p>Please wire twelve thousand euros immediately.</p>")));
}

TEST(Alternatives, ThatSayMoreOfTheHistoryAreChosen) {
  const auto read = read_conversation(
      alternative("Yes.\n",
                  "<div>Yes.</div><div class=gmail_quote>On Thu, Apr 5, 2018 at 10:37 AM Ann &lt;ann@firm.example&gt; "
                  "wrote:<blockquote class=gmail_quote>Hello</blockquote></div>"),
      0, {});
  EXPECT_EQ(read.body.part, "2");
  EXPECT_EQ(read.conversation.quoted.size(), 1U);
}

}  // namespace
}  // namespace threadline::facts
