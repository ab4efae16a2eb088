// SPDX-License-Identifier: Apache-2.0
// Quoted history by the markup of clients, a row each: the blocks as "level form name <address> minute subject: words".
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/conversation/conversation.h"
#include "facts/conversation/tokens.h"

namespace threadline::facts {
namespace {

struct Row {
  const char* name;
  const char* body;
  std::vector<std::string> blocks;
  const char* new_text;
};

Conversation read(std::string content, const Limits& limits = {}) {
  const message::Text part{.part = "1", .html = true, .attached = false, .charset = "utf-8", .content = std::move(content)};
  return read_quoted(read_text(part, limits), 120, limits);
}

/// The filled lines with a bar between them: how many blank ones a <p> makes is no matter of quoting.
std::string one_line(const std::string& text) {
  std::string joined;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (trimmed_line(line).empty()) continue;
    joined.append(joined.empty() ? "" : "|").append(trimmed_line(line));
  }
  return joined;
}

std::string line_of(const QuotedBlock& block) {
  const std::string minute = block.date ? rfc3339(block.date->at).substr(0, 16) : "-";
  return std::to_string(block.level) + " " + std::string(name_of(block.form)) + " " + block.from.name + " <" +
         block.from.address + "> " + minute + " " + block.subject + ": " + one_line(block.text);
}

class HtmlClients : public ::testing::TestWithParam<Row> {};

TEST_P(HtmlClients, AreRead) {
  const Conversation conversation = read(GetParam().body);
  std::vector<std::string> blocks;
  for (const QuotedBlock& block : conversation.quoted) blocks.push_back(line_of(block));
  EXPECT_EQ(blocks, GetParam().blocks);
  EXPECT_EQ(one_line(conversation.new_text), GetParam().new_text);
}

INSTANTIATE_TEST_SUITE_P(
    Replies, HtmlClients,
    ::testing::Values(Row{"gmail_2024",
                          R"(<div dir="ltr">Yes.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Thu, Apr 5, 2018 at 10:37&#8239;AM Ann Lee &lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"><div dir="ltr">Hello</div></blockquote></div>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"gmail_2014_with_signature_in_extra",
                          R"(<div dir="ltr">Yes.</div><div class="gmail_extra"><br clear="all"><div>-- <br><div class="gmail_signature">Bob</div></div><br><div class="gmail_quote">On Thu, Apr 5, 2018 at 10:37 AM, Ann Lee <span dir="ltr">&lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt;</span> wrote:<br><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">Hello</blockquote></div><br></div>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes.|--|Bob"},
                      Row{"gmail_answers_inside_the_quote",
                          R"(<div class="gmail_quote"><div class="gmail_attr">On Thu, Apr 5, 2018 at 10:37 AM Ann &lt;ann@firm.example&gt; wrote:<br></div><blockquote class="gmail_quote">One?</blockquote><div>Yes.</div><blockquote class="gmail_quote">Two?</blockquote><div>No.</div></div>)",
                          {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : One?|Two?"},
                          "Yes.|No."},
                      Row{"gmail_text_below_the_container",
                          R"(<div class="gmail_quote"><div class="gmail_attr">On Thu, Apr 5, 2018 at 10:37 AM Ann &lt;ann@firm.example&gt; wrote:<br></div><blockquote class="gmail_quote">Hello</blockquote></div><div>See above.</div>)",
                          {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "See above."},
                      Row{"gmail_forward",
                          R"(<div dir="ltr">fyi<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong class="gmail_sendername" dir="auto">Ann Lee</strong> <span dir="auto">&lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt;</span><br>Date: Thu, Apr 5, 2018 at 10:37 AM<br>Subject: bill<br>To: Bob &lt;<a href="mailto:bob@firm.example">bob@firm.example</a>&gt;<br></div><br><br><div>Hello</div></div></div><div>Mine again.</div>)",
                          {"1 forward Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "fyi|Mine again."},
                      Row{"gmail_in_a_language_without_table",
                          R"(<div>Ee.</div><div class="gmail_quote"><div class="gmail_attr">Omuntu Ann ku lwa 2018-04-05 10:37 wandise ati:<br></div><blockquote class="gmail_quote">Hello</blockquote></div>)",
                          {"1 attribution  <> 2018-04-05T10:37 : Hello"},
                          "Ee."},
                      Row{"gmail_quote_without_introduction",
                          R"(<div>Yes.</div><div class="gmail_quote"><div>Hello</div></div><div>Mine.</div>)",
                          {"1 attribution  <> - : Hello"},
                          "Yes.|Mine."},
                      Row{"gmails_quote_button_is_the_writers",
                          R"(<div>As the law says:</div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;border-left:1px #ccc solid"><div>No tax.</div></blockquote>)",
                          {},
                          "As the law says:|No tax."},
                      Row{"outlook_2016_word",
                          R"(<div class=WordSection1><p class=MsoNormal>Oui.<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>De&nbsp;:</b> Jean Dupont &lt;jean@firm.example&gt; <br><b>Envoy&eacute;&nbsp;:</b> jeudi 5 avril 2018 10:37<br><b>&Agrave;&nbsp;:</b> Paul &lt;paul@firm.example&gt;<br><b>Objet&nbsp;:</b> facture<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>Bonjour<o:p></o:p></p></div>)",
                          {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
                          "Oui."},
                      Row{"outlook_indented_with_a_blue_line",
                          R"(<p class=MsoNormal>Oui.</p><div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm 4.0pt'><div><div style='border:none;border-top:solid #B5C4DF 1.0pt'><p class=MsoNormal><b>De&nbsp;:</b> Jean &lt;jean@firm.example&gt;<br><b>Envoy&eacute;&nbsp;:</b> jeudi 5 avril 2018 10:37<br><b>Objet&nbsp;:</b> facture</p></div></div><p class=MsoNormal>Bonjour</p></div><p class=MsoNormal>Et dessous.</p>)",
                          {"1 header_block Jean <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
                          "Oui.|Et dessous."},
                      Row{"outlook_in_a_language_without_table",
                          R"(<p class=MsoNormal>Ee.</p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>Kutoka:</b> Ann Lee &lt;ann@firm.example&gt; <br><b>Imetumwa:</b> 2018-04-05 10:37<br><b>Kwa:</b> Bob &lt;bob@firm.example&gt;<br><b>Mada:</b> bill</p></div></div><p class=MsoNormal>Hello</p>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Ee."},
                      Row{"outlook_2003_centred_rule",
                          R"(<div class=Section1><p class=MsoNormal>Yes.</p><div><div class=MsoNormal align=center style='text-align:center'><font size=3><span><hr size=2 width="100%" align=center tabindex=-1></span></font></div><p class=MsoNormal><b><span>From:</span></b> Ann Lee [mailto:ann@firm.example] <br><b><span>Sent:</span></b> Thursday, April 05, 2018 10:37 AM<br><b><span>To:</span></b> Bob<br><b><span>Subject:</span></b> bill</p></div><p class=MsoNormal>Hello</p></div>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes."},
                      Row{"outlook_2003_message_header",
                          R"(<div>Oui.</div><BLOCKQUOTE style="PADDING-LEFT: 5px; MARGIN-LEFT: 5px; BORDER-LEFT: #0000ff 2px solid"><DIV class=OutlookMessageHeader lang=fr dir=ltr align=left><FONT face=Tahoma size=2>-----Message d'origine-----<BR><B>De&nbsp;:</B> Jean Dupont [mailto:jean@firm.example]<BR><B>Envoy&eacute;&nbsp;:</B> jeudi 5 avril 2018 10:37<BR><B>&Agrave;&nbsp;:</B> Paul<BR><B>Objet&nbsp;:</B> facture<BR><BR></FONT></DIV><DIV>Bonjour</DIV></BLOCKQUOTE><DIV>Fin.</DIV>)",
                          {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
                          "Oui.|Fin."},
                      Row{"outlook_express_names_are_links",
                          R"(<DIV>Yes.</DIV><BLOCKQUOTE style="PADDING-RIGHT: 0px; PADDING-LEFT: 5px; BORDER-LEFT: #000000 2px solid"><DIV style="FONT: 10pt arial">----- Original Message ----- </DIV><DIV style="BACKGROUND: #e4e4e4"><B>From:</B> <A title=ann@firm.example href="mailto:ann@firm.example">Ann Lee</A> </DIV><DIV><B>To:</B> <A title=bob@firm.example href="mailto:bob@firm.example">Bob</A> </DIV><DIV><B>Sent:</B> Thursday, April 05, 2018 10:37 AM</DIV><DIV><B>Subject:</B> bill</DIV><DIV><BR></DIV><DIV>Hello</DIV></BLOCKQUOTE>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes."},
                      Row{"outlook_web",
                          R"(<div>Yes.</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif"><b>From:</b> Ann Lee &lt;ann@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 10:37 AM<br><b>To:</b> Bob &lt;bob@firm.example&gt;<br><b>Subject:</b> bill</font><div>&nbsp;</div></div><div><p>Hello</p></div>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes."},
                      Row{"outlook_web_header_that_says_nothing",
                          R"(<div>Yes.</div><hr><div id="divRplyFwdMsg"></div><div>Hello</div><div>again</div>)",
                          {"1 attribution  <> - : Hello|again"},
                          "Yes."},
                      Row{"outlook_mobile",
                          R"(<div>Yes.</div><div id="ms-outlook-mobile-signature" dir="auto">Get <a href="https://aka.example/ios">Outlook for iOS</a></div><div id="mail-editor-reference-message-container" class="ms-outlook-mobile-reference-message skipProofing"><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Ann Lee &lt;ann@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 10:37:00 AM<br><b>To:</b> Bob &lt;bob@firm.example&gt;<br><b>Subject:</b> bill<div>&nbsp;</div></div><div>Hello</div></div><div>Below.</div>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes.|Get Outlook for iOS|Below."},
                      Row{"outlook_for_mac_2011",
                          R"(<div>Yes.</div><span id="OLK_SRC_BODY_SECTION"><div style="font-family:Calibri; border-top: #b5c4df 1pt solid"><span style="font-weight:bold">From: </span> Ann Lee &lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt;<br><span style="font-weight:bold">Date: </span> Thursday, April 5, 2018 10:37 AM<br><span style="font-weight:bold">To: </span> Bob &lt;<a href="mailto:bob@firm.example">bob@firm.example</a>&gt;<br><span style="font-weight:bold">Subject: </span> bill<br></div><div><br></div><div>Hello</div></span><div>Below.</div>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes.|Below."},
                      Row{"hotmail",
                          R"(<div dir='ltr'>Yes.<br><br><div><hr id="stopSpelling">Date: Thu, 5 Apr 2018 10:37:45 +0200<br>Subject: bill<br>From: ann@firm.example<br>To: bob@firm.example<br><br><div class="ecxgmail_default">Hello</div></div></div>)",
                          {"1 header_block  <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes."},
                      Row{"windows_mail",
                          R"(<div>Yes.</div><div style="padding-top: 5px; border-top-color: rgb(229, 229, 229); border-top-width: 1px; border-top-style: solid;"><div><b>From:</b>&nbsp;<a href="mailto:ann@firm.example">Ann Lee</a><br><b>Sent:</b>&nbsp;&lrm;Thursday&lrm;, &lrm;April&lrm; &lrm;5&lrm;, &lrm;2018 &lrm;10&lrm;:&lrm;37&lrm; &lrm;AM<br><b>To:</b>&nbsp;<a href="mailto:bob@firm.example">Bob</a></div></div><div><br></div><div>Hello</div>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"yahoo",
                          R"(<div>Oui.</div><div id="ydp1a2b3c4dyahoo_quoted_0123456789" class="ydp1a2b3c4dyahoo_quoted"><div>Le jeudi 5 avril 2018 &agrave; 10:37:00 UTC+2, Jean Dupont &lt;jean@firm.example&gt; a &eacute;crit :</div><div><br></div><div>Bonjour</div></div><div>Dessous.</div>)",
                          {"1 attribution Jean Dupont <jean@firm.example> 2018-04-05T10:37 : Bonjour"},
                          "Oui.|Dessous."},
                      Row{"yahoo_wraps_the_whole_body",
                          R"(<div class="yahoo_quoted"><div>Oui.</div><div>A bient&ocirc;t</div><div>Paul</div><div>Tel 1</div><div>Le jeudi 5 avril 2018 &agrave; 10:37:00 UTC+2, Jean Dupont &lt;jean@firm.example&gt; a &eacute;crit :</div><div>Bonjour</div></div>)",
                          {"1 attribution Jean Dupont <jean@firm.example> 2018-04-05T10:37 : Bonjour"},
                          "Oui.|A bient\u00f4t|Paul|Tel 1"},
                      Row{"yahoo_ios",
                          R"(Yes.<br><br><p class="yahoo-quoted-begin" style="font-size: 15px; color: #715FFA; padding-top: 15px; margin-top: 0">On Thursday, April 5, 2018, 10:37 AM, Ann &lt;ann@firm.example&gt; wrote:</p><blockquote class="iosymail"><div>Hello</div></blockquote>)",
                          {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"yahoo_android",
                          R"(Yes.<br><br><div id="ymail_android_signature"><a>Sent from Yahoo Mail on Android</a></div> <br> <blockquote style="margin: 0 0 20px 0;"> <div style="font-family:Roboto;"> <div>On Thu, Apr 5, 2018 at 10:37 AM, Ann</div><div>&lt;ann@firm.example&gt; wrote:</div> </div> <div>Hello</div> </blockquote>)",
                          {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes.|Sent from Yahoo Mail on Android"},
                      Row{"thunderbird",
                          R"(<p>Ja.</p><div class="moz-cite-prefix">Am 05.04.2018 um 10:37 schrieb Max Muster:<br></div><blockquote type="cite" cite="mid:x@firm.example"><p>Hallo</p></blockquote><p>Unten.</p>)",
                          {"1 attribution Max Muster <> 2018-04-05T10:37 : Hallo"},
                          "Ja.|Unten."},
                      Row{"thunderbird_forward_in_table_cells",
                          R"(<p>fyi</p><div class="moz-forward-container"><br>-------- Forwarded Message --------<table class="moz-email-headers-table" cellspacing="0"><tbody><tr><th valign="BASELINE" align="RIGHT" nowrap="nowrap">Subject: </th><td>bill</td></tr><tr><th>Date: </th><td>Thu, 5 Apr 2018 10:37:00 +0200</td></tr><tr><th>From: </th><td>Ann Lee <a class="moz-txt-link-rfc2396E" href="mailto:ann@firm.example">&lt;ann@firm.example&gt;</a></td></tr><tr><th>To: </th><td>Bob <a href="mailto:bob@firm.example">&lt;bob@firm.example&gt;</a></td></tr></tbody></table><br><br><p>Hello</p></div><p>Below.</p>)",
                          {"1 forward Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "fyi|Below."},
                      Row{"apple_answers_between",
                          R"(<div><blockquote type="cite"><div>On 5 Apr 2018, at 10:37, Ann &lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt; wrote:</div><br class="Apple-interchange-newline"><div>One?</div></blockquote><div>Yes.</div><blockquote type="cite"><div>Two?</div></blockquote><div>No.</div></div>)",
                          {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : One?|Two?"},
                          "Yes.|No."},
                      Row{"apple_indentation_is_no_quote",
                          R"(<div>Terms:</div><blockquote style="margin: 0 0 0 40px; border: none; padding: 0px;"><div>30 days</div></blockquote><blockquote class="webkit-indent-blockquote" style="margin: 0 0 0 40px;"><div>net</div></blockquote>)",
                          {},
                          "Terms:|30 days|net"},
                      Row{"word_keeps_gmails_line",
                          R"(<p class=MsoNormal>Yes.</p><p class=MsoNormal>On Thu, Apr 5, 2018 at 10:37 AM Ann &lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt; wrote:</p><blockquote style='border:none;border-left:solid #CCCCCC 1.0pt;padding:0cm 0cm 0cm 6.0pt;margin-left:4.8pt;margin-right:0cm'><p class=MsoNormal>Hello</p></blockquote>)",
                          {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"proton",
                          R"(<div>Yes.</div><div class="protonmail_signature_block">Sent with Proton Mail.</div><div class="protonmail_quote"> On Thursday, April 5th, 2018 at 10:37 AM, Ann Lee &lt;ann@firm.example&gt; wrote:<br> <blockquote class="protonmail_quote" type="cite"> Hello </blockquote><br> </div>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes.|Sent with Proton Mail."},
                      Row{"tuta",
                          R"(<div>Yes.</div><div>Apr 5, 2018, 10:37 by ann@firm.example:<br></div><blockquote class="tutanota_quote" style="border-left: 1px solid #93A3B8; padding-left: 10px; margin-left: 5px;"><div>Hello</div></blockquote>)",
                          {"1 attribution  <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"zimbra",
                          R"(<div><div>Oui.</div><div><br></div><hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__"><b>De: </b>"Jean Dupont" &lt;jean@firm.example&gt;<br><b>&Agrave;: </b>"Paul" &lt;paul@firm.example&gt;<br><b>Envoy&eacute;: </b>Jeudi 5 Avril 2018 10:37:43<br><b>Objet: </b>facture<br></div><div><br></div><div data-marker="__QUOTED_TEXT__"><div>Bonjour</div></div></div>)",
                          {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
                          "Oui."},
                      Row{"zimbra_in_blockquotes",
                          R"(<div>Oui.</div><hr id="zwchr"><blockquote style="border-left:2px solid #1010FF;margin-left:5px;padding-left:5px;"><b>De: </b>"Jean Dupont" &lt;jean@firm.example&gt;<br><b>&Agrave;: </b>"Paul" &lt;paul@firm.example&gt;<br><b>Envoy&eacute;: </b>Jeudi 5 Avril 2018 10:37:43<br><b>Objet: </b>facture<br></blockquote><blockquote style="border-left:2px solid #1010FF;margin-left:5px;"><div>Bonjour</div></blockquote><div>Fin.</div>)",
                          {"1 header_block Jean Dupont <jean@firm.example> 2018-04-05T10:37 facture: Bonjour"},
                          "Oui.|Fin."},
                      Row{"zoho",
                          R"(<div><div>Yes.<br></div><div class="zmail_extra_hr" style="border-top: 1px solid rgb(204, 204, 204); height: 0px;"><br></div><div class="zmail_extra" data-zbluepencil-ignore="true"><div><br></div><div id="Zm-_Id_-Sgn1">---- On Thu, 05 Apr 2018 10:37:00 +0200 <b>Ann Lee &lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt;</b> wrote ----<br></div><div><br></div><blockquote id="blockquote_zmail" style="margin: 0px;"><div>Hello</div></blockquote></div><div><br></div></div>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"notes_web",
                          R"(<div>Yes.</div><font color="#990099">-----Ann Lee &lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt; wrote: -----</font><div class="iNotesHistory" style="padding-left:5px;"><div style="padding-right:0px;padding-left:5px;border-left:solid black 2px;">To: Bob &lt;bob@firm.example&gt;<br>From: Ann Lee &lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt;<br>Date: 04/05/2018 10:37AM<br>Subject: bill<br><br>Hello</div></div><div>Below.</div>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes.|Below."},
                      Row{"gmx",
                          R"(<div>Ja.</div><div>&nbsp;<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px 0 10px 10px; border-left:2px solid #C3D9E5; word-wrap: break-word;"><div style="margin:0 0 10px 0;"><b>Gesendet:</b>&nbsp;Donnerstag, 05. April 2018 um 10:37 Uhr<br/><b>Von:</b>&nbsp;"Max Muster" &lt;max@firm.example&gt;<br/><b>An:</b>&nbsp;eva@firm.example<br/><b>Betreff:</b>&nbsp;Rechnung</div><div name="quoted-content"><div>Hallo</div></div></div></div><div>Unten.</div>)",
                          {"1 header_block Max Muster <max@firm.example> 2018-04-05T10:37 Rechnung: Hallo"},
                          "Ja.|Unten."},
                      Row{"mail_ru",
                          R"(<HTML><BODY><p>Yes.</p><br>Thu, 5 Apr 2018 10:37:51 +0200 &#1086;&#1090; Ann Lee &lt;ann@firm.example&gt;:<br><blockquote style="border-left:1px solid #0857A6; margin:10px; padding:0 0 0 10px;"><div class="gmail_quote_mr_css_attr">Hello</div></blockquote></BODY></HTML>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"yandex",
                          R"(<div>Yes.</div><div> </div><div>05.04.2018, 10:37, "Ann Lee" &lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt;:</div><blockquote><p>Hello</p></blockquote>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"android",
                          R"(<div>Yes.<br><br><div class="gmail_quote">On April 5, 2018 10:37:00 AM GMT+02:00, Ann Lee &lt;ann@firm.example&gt; wrote:<blockquote class="gmail_quote" style="margin: 0pt 0pt 0pt 0.8ex; border-left: 1px solid rgb(204, 204, 204); padding-left: 1ex;"><pre class="k9mail">Hello</pre></blockquote></div></div>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"samsung",
                          R"(<div>Yes.</div><div id="composer_signature"><div style="font-size:85%;color:#575757">Sent from my Galaxy</div></div><div><br></div><div style="font-size:100%;color:#000000"><!-- originalMessage --><div>-------- Original message --------</div><div>From: Ann Lee &lt;ann@firm.example&gt; </div><div>Date: 05/04/2018  10:37  (GMT+01:00) </div><div>To: Bob &lt;bob@firm.example&gt; </div><div>Subject: bill </div><div><br></div></div><div>Hello</div>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes.|Sent from my Galaxy"},
                      Row{"blackberry",
                          R"(<div>Yes.</div><div id="_signaturePlaceholder">Sent from my BlackBerry.</div><table id="_pHCWrapper" width="100%" style="background-color:white;border-spacing:0px;"><tbody><tr><td colspan="2"><div style="border-style: solid none none; border-top-color: rgb(181, 196, 223); border-top-width: 1pt; padding: 3pt 0in 0in;"><div><b>From: </b>Ann Lee &lt;ann@firm.example&gt;</div><div><b>Sent: </b>Thursday, April 5, 2018 10:37 AM</div><div><b>To: </b>bob@firm.example</div><div><b>Subject: </b>bill</div></div></td></tr></tbody></table><br><div id="_originalContent">Hello</div>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes.|Sent from my BlackBerry."},
                      Row{"front",
                          R"(<div>Yes.</div><blockquote type="cite" class="front-blockquote">On April 5, 2018 at 10:37 AM GMT+2 <a href="mailto:ann@firm.example">ann@firm.example</a> wrote:<br><br><div class="front-email-body">Hello</div></blockquote>)",
                          {"1 attribution  <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"hubspot",
                          R"(<div>Yes.</div><div class="hs_reply"><div>On Thu, Apr 5, 2018 at 10:37 AM, Ann Lee &lt;ann@firm.example&gt; wrote:<br></div><blockquote style="margin:0 0 0 .8ex;border-left:1px #ccc solid;padding-left:1ex">Hello</blockquote></div>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"superhuman",
                          R"(<div>Yes.</div><div class="gmail_signature"><div class="sh-signature">Bob</div></div><br><div class="gmail_quote">On Thu, Apr 05, 2018 at 10:37 AM, Ann Lee <span dir="ltr">&lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt;</span> wrote:<br><blockquote class="gmail_quote sh-color-black sh-color"><div class="gmail_extra sh-color-black sh-color"><div class="gmail_quote sh-color-black sh-color"><div>Hello</div></div></div></blockquote></div>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes.|Bob"},
                      Row{"spark",
                          R"(<div name="messageBodySection">Yes.</div><div name="messageSignatureSection"><br>Bob</div><div name="messageReplySection"><div dir="auto">On Apr 5, 2018, 10:37 +0200, Ann Lee &lt;ann@firm.example&gt;, wrote:</div><blockquote style="border-left-color: rgb(26, 188, 156); margin: 0px; padding-left: 10px; border-left-width: thin; border-left-style: solid;">Hello</blockquote></div>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes.|Bob"},
                      Row{"em_client",
                          R"(<div>Yes.</div><div><br></div><div>------ Original Message ------</div><div>From: "Ann Lee" &lt;<a href="mailto:ann@firm.example">ann@firm.example</a>&gt;</div><div>To: "Bob" &lt;<a href="mailto:bob@firm.example">bob@firm.example</a>&gt;</div><div>Sent: 4/5/2018 10:37:00 AM</div><div>Subject: bill</div><div><br></div><div id="x0123456789abcdef"><blockquote cite="x@firm.example" type="cite" class="cite2">Hello</blockquote></div>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes."},
                      Row{"airmail",
                          R"(<div id="bloop_customfont">Yes.</div><br><div id="bloop_sign_0123456789" class="bloop_sign"></div><br><p class="airmail_on">On April 5, 2018 at 10:37:45 AM, Ann Lee (<a href="mailto:ann@firm.example">ann@firm.example</a>) wrote:</p><blockquote type="cite" class="clean_bq"><span><div>Hello</div></span></blockquote>)",
                          {"1 attribution Ann Lee <ann@firm.example> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"roundcube",
                          R"(<p>Yes.</p><p id="reply-intro">On 2018-04-05 10:37, Ann Lee wrote:</p><blockquote type="cite" style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0"><div id="replybody1"><div class="v1gmail_default">Hello</div></div></blockquote>)",
                          {"1 attribution Ann Lee <> 2018-04-05T10:37 : Hello"},
                          "Yes."},
                      Row{"horde",
                          R"(<p>Ja.</p><p>Zitat von Max Muster &lt;max@firm.example&gt;:</p><blockquote type="cite" style="border-left:2px solid blue;margin-left:2px;padding-left:12px;"><p>Hallo</p></blockquote>)",
                          {"1 attribution Max Muster <max@firm.example> - : Hallo"},
                          "Ja."},
                      Row{"foxmail",
                          R"(<div>Yes.</div><blockquote style="margin-top: 0px; margin-bottom: 0px; margin-left: 0.5em;"><div>&nbsp;</div><div style="border:none;border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><div style="padding: 8px; background: rgb(239, 239, 239);"><div><b>From:</b>&nbsp;<a href="mailto:ann@firm.example">Ann Lee</a></div><div><b>Date:</b>&nbsp;2018-04-05&nbsp;10:37</div><div><b>To:</b>&nbsp;<a href="mailto:bob@firm.example">Bob</a></div><div><b>Subject:</b>&nbsp;bill</div></div></div><div>Hello</div></blockquote>)",
                          {"1 header_block Ann Lee <ann@firm.example> 2018-04-05T10:37 bill: Hello"},
                          "Yes."}),
    [](const auto& row) { return row.param.name; });

// What other clients made of the names that a client wrote.
INSTANTIATE_TEST_SUITE_P(
    Rewritten, HtmlClients,
    ::testing::Values(
        Row{"gmail_through_outlook_web",
            R"(<div>C</div><hr><div id="divRplyFwdMsg"><b>From:</b> Bob &lt;bob@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 10:50 AM<br><b>To:</b> Ann<br><b>Subject:</b> RE: bill</div><div>B</div><div class="x_gmail_quote"><div class="x_gmail_attr">Omuntu 2018-04-05 10:37 wandise ati:</div><div>A</div></div><div>B below</div>)",
            {"1 header_block Bob <bob@firm.example> 2018-04-05T10:50 RE: bill: B|B below",
             "2 attribution  <> 2018-04-05T10:37 : A"},
            "C"},
        Row{"outlook_web_twice_through_itself",
            R"(<div>D</div><div id="divRplyFwdMsg"><b>From:</b> C &lt;c@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 11:00 AM<br><b>Subject:</b> bill</div><div>C</div><div id="x_divRplyFwdMsg"><b>From:</b> B &lt;b@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 10:50 AM<br><b>Subject:</b> bill</div><div>B</div><div id="x_x_divRplyFwdMsg"></div><div>A</div>)",
            {"1 header_block C <c@firm.example> 2018-04-05T11:00 bill: C",
             "2 header_block B <b@firm.example> 2018-04-05T10:50 bill: B", "3 attribution  <> - : A"},
            "D"},
        Row{"outlook_through_gmail",
            R"(<div>C</div><div class="gmail_quote"><div class="gmail_attr">On Thu, Apr 5, 2018 at 10:50 AM Bob &lt;bob@firm.example&gt; wrote:<br></div><blockquote class="gmail_quote"><div class="m_-123456789WordSection1"><p class="m_-123456789MsoNormal">B</p><div style="border-right:none;border-bottom:none;border-left:none;border-top:1pt solid rgb(225,225,225);padding:3pt 0cm 0cm"><p><b>Kutoka:</b> Ann &lt;ann@firm.example&gt;<br><b>Imetumwa:</b> 2018-04-05 10:37<br><b>Mada:</b> bill</p></div><p>A</p></div></blockquote></div><div>C below</div>)",
            {"1 attribution Bob <bob@firm.example> 2018-04-05T10:50 : B",
             "2 header_block Ann <ann@firm.example> 2018-04-05T10:37 : A"},
            "C|C below"},
        Row{"yahoo_through_gmail_and_yahoo",
            R"(<div>D</div><div class="yahoo_quoted" id="yahoo_quoted_01234"><div>C</div><div id="yiv0123456789"><div class="yiv0123456789m_-99gmail_quote"><div>B</div></div><div>C below</div></div></div>)",
            {"1 attribution  <> - : C|B|C below"},
            "D"},
        Row{"thunderbird_through_mail_ru",
            R"(<div>B</div><div class="moz-cite-prefix_mr_css_attr">Omuntu wange Ann ku lwa 2018-04-05 10:37 wandise:</div><blockquote type="CITE"><div>A</div></blockquote>)",
            {"1 attribution  <> 2018-04-05T10:37 : A"},
            "B"}),
    [](const auto& row) { return row.param.name; });

// What looks like a mark and is none, and marks without what they promise.
INSTANTIATE_TEST_SUITE_P(
    Twins, HtmlClients,
    ::testing::Values(
        Row{"a_blockquote_above_the_first_introduction_is_the_writers",
            R"(Yes<blockquote>my law</blockquote><div>On 5 Apr 2018, at 10:37, Ann &lt;ann@firm.example&gt; wrote:</div><blockquote><div>Hello</div></blockquote>)",
            {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : Hello"},
            "Yes|my law"},
        Row{"a_bare_blockquote_that_nothing_introduces_is_quoted",
            "Yes<blockquote>Hello</blockquote>",
            {"1 attribution  <> - : Hello"},
            "Yes"},
        Row{"a_bare_blockquote_around_all_words_is_no_quote",
            "<blockquote><div>Yes</div><div>and no</div></blockquote>",
            {},
            "Yes|and no"},
        Row{"a_citing_blockquote_around_all_words_is_one",
            "<blockquote type=cite><div>Hello</div></blockquote>",
            {"1 attribution  <> - : Hello"},
            ""},
        Row{"a_container_around_all_words_is_no_quote", "<div class=gmail_quote><div>Pay now</div></div>", {}, "Pay now"},
        Row{"an_attribution_mark_around_the_writers_words_is_none",
            R"(<div class="gmail_attr">Please pay to the new account</div><div>Regards</div>)",
            {},
            "Please pay to the new account|Regards"},
        Row{"an_attribution_mark_that_quotes_nothing_is_none",
            R"(<div class="moz-cite-prefix">Meet ann@firm.example on 2018-04-05 10:37</div>)",
            {},
            "Meet ann@firm.example on 2018-04-05 10:37"},
        Row{"a_reply_typed_into_thunderbirds_prefix_is_new",
            R"(<div class="moz-cite-prefix">Ja, gern.<br><br>Am 05.04.2018 um 10:37 schrieb Max Muster:<br></div><blockquote type="cite">Hallo</blockquote>)",
            {"1 attribution Max Muster <> 2018-04-05T10:37 : Hallo"},
            "Ja, gern."},
        Row{"a_line_above_words_is_no_header_block",
            R"(<p>One</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p>Two: three</p></div><hr><p>Note: call me</p><p>Time: 2018-04-05 10:37</p><p>Place: here</p>)",
            {},
            "One|Two: three|Note: call me|Time: 2018-04-05 10:37|Place: here"},
        Row{"a_framed_hint_is_no_quote",
            R"(<p>One</p><div style="border-left:4px solid red;padding:4px">External sender</div><p>Two</p>)",
            {},
            "One|External sender|Two"},
        Row{"a_name_that_only_begins_like_a_mark_is_none",
            R"(<p>One</p><div class="quote gmail_quoter x_quotes" id="divRplyFwdMsgs">Two</div>)",
            {},
            "One|Two"},
        Row{"a_link_is_no_container", R"(<p>One</p><a name="quote">Two</a>)", {}, "One|Two"},
        Row{"unclosed_tags",
            R"(<div>Yes<div class=gmail_quote><div class=gmail_attr>On Thu, Apr 5, 2018 at 10:37 AM Ann &lt;ann@firm.example&gt; wrote:<blockquote class=gmail_quote><b>Hello)",
            {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : Hello"},
            "Yes"},
        Row{"hidden_words_stand_where_they_are",
            R"(<div>Yes<div class=gmail_quote><div class=gmail_attr>On Thu, Apr 5, 2018 at 10:37 AM Ann &lt;ann@firm.example&gt; wrote:</div><blockquote class=gmail_quote>Hello<div style="display:none">hidden</div></blockquote></div></div>)",
            {"1 attribution Ann <ann@firm.example> 2018-04-05T10:37 : Hello|hidden"},
            "Yes"}),
    [](const auto& row) { return row.param.name; });

std::string person_of(const message::Address& person) { return person.name + " <" + person.address + ">"; }

TEST(HtmlHistory, PersonsWrittenAsLinksHaveTheAddressesOfTheirLinks) {
  const Conversation got = read(
      R"(<p>Yes</p><div style="border-left:2px solid"><b>From:</b> <a href="mailto:ann%40firm.example?subject=bill">Ann Lee</a><br><b>Sent:</b> Thursday, April 5, 2018 10:37 AM<br><b>To:</b> <a href="MAILTO:bob@firm.example">Bob</a>; Carl<br><b>Cc:</b> <a href="https://firm.example/dora@firm.example">Dora</a>; <a href="mailto:">Edward</a><br><b>Subject:</b> bill<p>Hello</p></div>)");
  ASSERT_EQ(got.quoted.size(), 1U);
  const QuotedBlock& block = got.quoted[0];
  EXPECT_EQ(person_of(block.from), "Ann Lee <ann@firm.example>");
  ASSERT_EQ(block.to.size(), 2U);
  EXPECT_EQ(person_of(block.to[0]), "Bob <bob@firm.example>");
  EXPECT_EQ(person_of(block.to[1]), "Carl <>");
  ASSERT_EQ(block.cc.size(), 2U);
  EXPECT_EQ(person_of(block.cc[0]), "Dora <>");
  EXPECT_EQ(person_of(block.cc[1]), "Edward <>");
}

TEST(HtmlHistory, AVisibleAddressStaysWhateverItsLinkSays) {
  const Conversation got = read(
      R"(<p>Yes</p><p>On 5 Apr 2018, at 10:37, Ann &lt;<a href="mailto:eve@other.example">ann@firm.example</a>&gt; wrote:</p><blockquote>Hello</blockquote>)");
  ASSERT_EQ(got.quoted.size(), 1U);
  EXPECT_EQ(got.quoted[0].from.address, "ann@firm.example");
}

TEST(HtmlHistory, LabelsInCellsParagraphsAndLinesHaveTheirValues) {
  const std::vector<std::pair<const char*, const char*>> forms = {
      {"lines",
       "<b>De&nbsp;:</b> Ann &lt;ann@firm.example&gt;<br><b>Envoy&eacute;&nbsp;:</b> jeudi 5 avril 2018 "
       "10:37<br><b>&Agrave;&nbsp;:</b> Bob &lt;bob@firm.example&gt;<br><b>Cc&nbsp;:</b> Carl "
       "&lt;carl@firm.example&gt;<br><b>Objet&nbsp;:</b> facture<br><br>"},
      {"paragraphs",
       "<p><b>De&nbsp;:</b> Ann &lt;ann@firm.example&gt;</p><p><b>Envoy&eacute;&nbsp;:</b> jeudi 5 avril 2018 "
       "10:37</p><p><b>&Agrave;&nbsp;:</b> Bob &lt;bob@firm.example&gt;</p><p><b>Cc&nbsp;:</b> Carl "
       "&lt;carl@firm.example&gt;</p><p><b>Objet&nbsp;:</b> facture</p>"},
      {"blocks",
       "<div><b>De&nbsp;:</b> Ann &lt;ann@firm.example&gt;</div><div><b>Envoy&eacute;&nbsp;:</b> jeudi 5 avril 2018 "
       "10:37</div><div><b>&Agrave;&nbsp;:</b> Bob &lt;bob@firm.example&gt;</div><div><b>Cc&nbsp;:</b> Carl "
       "&lt;carl@firm.example&gt;</div><div><b>Objet&nbsp;:</b> facture</div>"},
      {"cells",
       "<table><tr><td><b>De&nbsp;:</b></td><td>Ann &lt;ann@firm.example&gt;</td></tr><tr><td>Envoy&eacute;&nbsp;:</td><td>jeudi "
       "5 avril 2018 10:37</td></tr><tr><td>&Agrave;&nbsp;:</td><td><p>Bob "
       "&lt;bob@firm.example&gt;</p></td></tr><tr><td>Cc&nbsp;:</td><td>Carl "
       "&lt;carl@firm.example&gt;</td></tr><tr><td>Objet&nbsp;:</td><td>facture</td></tr></table>"},
  };
  for (const auto& [name, markup] : forms) {
    const Conversation got = read("<p>Oui.</p><hr>" + std::string(markup) + "<p>Bonjour</p>");
    ASSERT_EQ(got.quoted.size(), 1U) << name;
    const QuotedBlock& block = got.quoted[0];
    EXPECT_EQ(line_of(block), "1 header_block Ann <ann@firm.example> 2018-04-05T10:37 facture: Bonjour") << name;
    ASSERT_EQ(block.to.size(), 1U) << name;
    EXPECT_EQ(person_of(block.to[0]), "Bob <bob@firm.example>") << name;
    ASSERT_EQ(block.cc.size(), 1U) << name;
    EXPECT_EQ(person_of(block.cc[0]), "Carl <carl@firm.example>") << name;
  }
}

TEST(HtmlHistory, SignaturesByMarkupAreSaid) {
  const std::vector<std::pair<const char*, const char*>> marks = {
      {"gmail", R"(<div class="gmail_signature" data-smartmail="gmail_signature">Ann Lee<br>Firm</div>)"},
      {"apple", R"(<div id="AppleMailSignature">Ann Lee<br>Firm</div>)"},
      {"outlook_web", R"(<div id="Signature"><p>Ann Lee</p><p>Firm</p></div>)"},
      {"thunderbird", R"(<pre class="moz-signature">Ann Lee<br>Firm</pre>)"},
      {"samsung", R"(<div id="composer_signature">Ann Lee<br>Firm</div>)"},
      {"spark", R"(<div name="messageSignatureSection">Ann Lee<br>Firm</div>)"},
      {"zimbra", R"(<div data-marker="__SIG_PRE__">Ann Lee<br>Firm</div>)"},
  };
  for (const auto& [name, markup] : marks) {
    const Conversation got = read("<div>Yes.</div>" + std::string(markup) + "<blockquote type=cite>Hello</blockquote>");
    EXPECT_EQ(one_line(got.signature), "Ann Lee|Firm") << name;
    EXPECT_EQ(one_line(got.new_text), "Yes.|Ann Lee|Firm") << name;
  }
}

TEST(HtmlHistory, WordsBehindOrWithoutASignatureMarkAreNoSignature) {
  EXPECT_EQ(read("<div>Yes.</div><div class=gmail_signature>Ann</div><div>Pay today.</div>").signature, "");
  EXPECT_EQ(read("<div class=gmail_signature>All that I wrote</div>").signature, "");
}

/// A reply in one client's markup around what it quotes.
struct Client {
  const char* before;
  const char* after;
  const char* form;
};

TEST(HtmlHistory, TenLevelsOfMixedClientsAreAllRead) {
  const std::vector<Client> clients = {
      {R"(<div class="gmail_quote"><div class="gmail_attr">On Thu, Apr 5, 2018 at 10:3# AM P# &lt;p#@firm.example&gt; wrote:<br></div><blockquote class="gmail_quote">)",
       "</blockquote></div>", "attribution"},
      {R"(<div><blockquote type="cite"><div>On 5 Apr 2018, at 10:3#, P# &lt;p#@firm.example&gt; wrote:</div><br class="Apple-interchange-newline"><div>)",
       "</div></blockquote></div>", "attribution"},
      {R"(<hr><div id="divRplyFwdMsg"><b>From:</b> P# &lt;p#@firm.example&gt;<br><b>Sent:</b> Thursday, April 5, 2018 10:3# AM<br><b>To:</b> Q &lt;q@firm.example&gt;<br><b>Subject:</b> bill<div>&nbsp;</div></div><div>)",
       "</div>", "header_block"},
      {R"(<div class="moz-cite-prefix">On 05/04/2018 10:3#, P# &lt;p#@firm.example&gt; wrote:<br></div><blockquote type="cite" cite="mid:x">)",
       "</blockquote>", "attribution"},
      {R"(<div class="yahoo_quoted"><div>On Thursday, April 5, 2018, 10:3#:00 AM GMT+2, P# &lt;p#@firm.example&gt; wrote:</div><div><br></div><div>)",
       "</div></div>", "attribution"},
  };
  std::string body = "<div>w0</div>", tail;
  std::vector<std::string> expected;
  for (int level = 1; level <= 10; ++level) {
    const Client& client = clients[static_cast<std::size_t>(level - 1) % clients.size()];
    const std::string digit = std::to_string(level % 10);
    std::string before = client.before;
    for (std::size_t at = before.find('#'); at != std::string::npos; at = before.find('#')) before.replace(at, 1, digit);
    body += before + "<div>w" + std::to_string(level) + "</div>";
    tail = client.after + tail;
    const std::string subject = client.form == std::string("header_block") ? "bill" : "";
    expected.push_back(std::to_string(level) + " " + client.form + " P" + digit + " <p" + digit +
                       "@firm.example> 2018-04-05T10:3" + digit + " " + subject + ": w" + std::to_string(level));
  }
  const Conversation got = read(body + tail + "<div>below</div>");
  std::vector<std::string> blocks;
  for (const QuotedBlock& block : got.quoted) blocks.push_back(line_of(block));
  EXPECT_EQ(blocks, expected);
  EXPECT_EQ(one_line(got.new_text), "w0|below");
}

}  // namespace
}  // namespace threadline::facts
