// SPDX-License-Identifier: Apache-2.0
#include "facts/facts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "facts/message_traits.h"
#include "message/read_message.h"

namespace threadline::facts {
namespace {

message::Message message_with(const std::vector<std::pair<const char*, const char*>>& fields) {
  message::Message message;
  for (const auto& [name, value] : fields) message.headers.push_back({name, value, value, 0, 0});
  return message;
}

message::Message mail(const char* subject, const char* text) {
  message::Message message;
  message.subject = subject;
  message.message_id = "<1@mail.firm.example>";
  message.date = Stamp{.at = {1'522'917'420, 120}, .basis = ZoneBasis::stated, .zone_name = {}, .text = {}};
  message.from = {{"Jean", "jean@firm.example"}};
  message.to = {{"", "paul@client.example"}};
  message.texts.push_back({"1", false, false, "utf-8", text});
  return message;
}

using Strings = std::vector<std::string>;

/// Their ids, joined by spaces.
std::string other_ids_of(const std::string& header, const Limits& limits = {}, std::vector<Note>* notes = nullptr) {
  Settings settings;
  settings.limits = limits;
  const Facts facts = read_facts(message::read_message(header + "\nwords\n", limits), settings);
  if (notes != nullptr) *notes = facts.notes;
  std::string line;
  for (const OtherId& other : facts.other_ids) line += (line.empty() ? "" : " ") + other.id;
  return line;
}

TEST(OtherIds, AreKeptWhateverOperatorRewroteTheMessageId) {
  const std::string own = "Message-ID: <new@mx.example>\n";
  for (const char* name : {"X-Google-Original-Message-ID", "X-Gmail-Original-Message-ID", "X-Microsoft-Original-Message-ID",
                           "X-Original-Message-ID", "Original-Message-ID", "Origin-messageId", "X-MS-TNEF-Correlator"})
    EXPECT_EQ(other_ids_of(own + name + ": <Old.1@mail.example>\n"), "<Old.1@mail.example>") << name;
  EXPECT_EQ(other_ids_of(own + "X-Google-Original-Message-ID: <a@b@mail.example>\n"), "<a@b@mail.example>")
      << "no id by RFC 5322";
  EXPECT_EQ(other_ids_of(own + "X-Original-Message-ID:\n old@mail.example\n"), "<old@mail.example>") << "no brackets, folded";
}

TEST(OtherIds, TheOwnIdAnEmptyFieldAndAnotherMessagesIdAreNone) {
  const std::string own = "Message-ID: <new@mx.example>\n";
  EXPECT_EQ(other_ids_of(own + "X-Gmail-Original-Message-ID: <new@mx.example>\nX-MS-TNEF-Correlator:\n"), "");
  EXPECT_EQ(other_ids_of(own + "X-MS-Exchange-Parent-Message-Id: <parent@mx.example>\nReferences: <r@mx.example>\n"), "");
}

TEST(OtherIds, BeyondOtherIdsAreANote) {
  const std::string three = "X-A-Original-Message-ID: <1@x.example>\nX-B-Original-Message-ID: <2@x.example>\n";
  std::vector<Note> notes;
  Limits limits;
  limits.other_ids = 2;
  EXPECT_EQ(other_ids_of(three, limits, &notes), "<1@x.example> <2@x.example>");
  EXPECT_TRUE(std::ranges::none_of(notes, [](const Note& note) { return note.text == "other_ids"; }));
  limits.other_ids = 1;
  EXPECT_EQ(other_ids_of(three, limits, &notes), "<1@x.example>");
  EXPECT_TRUE(std::ranges::any_of(notes, [](const Note& note) { return note.text == "other_ids"; }));
}

TEST(Facts, AccountsIsTheBoundOfAccounts) {
  const message::Message two = mail("s", "IBAN: FR7619998004120001234567850\nIBAN: FR7619887015300008765432118\n");
  Settings settings;
  settings.limits.accounts = 2;
  Facts at_the_bound = read_facts(two, settings);
  settings.limits.accounts = 1;
  Facts above = read_facts(two, settings);
  const auto noted = [](const Facts& facts) { return std::ranges::count(facts.notes, "accounts", &Note::text); };
  EXPECT_EQ(at_the_bound.accounts.size(), 2U);
  EXPECT_EQ(noted(at_the_bound), 0);
  EXPECT_EQ(above.accounts.size(), 1U);
  EXPECT_EQ(noted(above), 1);
}

TEST(FieldPlaces, AreTheBytesOfTheFieldThatCounts) {
  const std::string bytes =
      "Received: from a.example by b.example; Thu, 5 Apr 2018 10:37:00 +0200\r\n"
      "From:\r\n"
      "from: Jean\r\n <jean@firm.example>\r\n"
      "REPLY-TO: jean@firm-example.example\r\n"
      "Subject: facture F-2018-042\r\n"
      "Subject: second\r\n"
      "Date: Thu, 5 Apr 2018 10:37:00 +0200\r\n\r\nx\r\n";
  const Facts facts = read_facts(message::read_message(bytes, Limits{}), Settings{});
  const auto bytes_of = [&](std::string_view name) {
    const Span span = place_of(facts, name);
    EXPECT_EQ(span.part, "header") << name;
    return bytes.substr(span.offset, span.length);
  };
  EXPECT_EQ(bytes_of("From"), "from: Jean\r\n <jean@firm.example>");
  EXPECT_EQ(bytes_of("Reply-To"), "REPLY-TO: jean@firm-example.example");
  EXPECT_EQ(bytes_of("Subject"), "Subject: facture F-2018-042");
  EXPECT_EQ(bytes_of("Date"), "Date: Thu, 5 Apr 2018 10:37:00 +0200");
  EXPECT_EQ(bytes_of("Sender"), "") << "the message has none";
  ASSERT_EQ(facts.invoices.size(), 1U);
  EXPECT_EQ(facts.invoices[0].span, place_of(facts, "Subject"));
}

TEST(Client, NamesItselfOrShowsByItsHabits) {
  EXPECT_EQ(client_of(message_with({{"X-Mailer", "Microsoft Outlook 16.0"}})), "Microsoft Outlook 16.0");
  EXPECT_EQ(client_of(message_with({{"User-Agent", "Mozilla Thunderbird"}})), "Mozilla Thunderbird");
  auto gmail = message_with({});
  gmail.message_id = "<CAabc@mail.gmail.com>";
  EXPECT_EQ(client_of(gmail), "Gmail");
  auto apple = message_with({{"Content-Type", "multipart/alternative; boundary=\"Apple-Mail-1\""}});
  apple.message_id = "<1@firm.example>";
  EXPECT_EQ(client_of(apple), "Apple Mail");
  EXPECT_EQ(client_of(message_with({{"Content-Type", "text/plain"}})), "");
  EXPECT_TRUE(is_mobile_client("iPhone Mail (15E216)"));
  EXPECT_FALSE(is_mobile_client("Apple Mail (2.3445)"));
}

TEST(Traits, ListsAndRulesShowInTheirHeaders) {
  EXPECT_TRUE(is_list_mail(message_with({{"List-Id", "<l.example>"}})));
  EXPECT_TRUE(is_list_mail(message_with({{"Precedence", "bulk"}})));
  EXPECT_TRUE(is_list_mail(message_with({{"X-FD-Ticket-Id", "4471"}})));
  EXPECT_FALSE(is_list_mail(message_with({{"X-FD", "4471"}})));
  EXPECT_FALSE(is_list_mail(message_with({{"Auto-Submitted", "no"}})));
  EXPECT_TRUE(is_auto_forwarded_mail(message_with({{"X-MS-Exchange-Inbox-Rules-Loop", "a@firm.example"}})));
  EXPECT_FALSE(is_auto_forwarded_mail(message_with({{"Subject", "x"}})));
}

TEST(Facts, KindIsWhatTheMessageIs) {
  const auto kind = [](message::Message message) { return read_facts(message, {}).kind; };
  EXPECT_EQ(kind(mail("facture", "Bonjour")), MessageKind::mail);
  EXPECT_EQ(kind(mail("Re: facture", "ok")), MessageKind::reply);
  EXPECT_EQ(kind(mail("TR: facture", "pour info")), MessageKind::forward);
  auto reply = mail("facture", "ok");
  reply.headers.push_back({"In-Reply-To", "<0@x.example>", "<0@x.example>", 0, 0});
  EXPECT_EQ(kind(reply), MessageKind::reply);
  auto receipt = mail("Lu : facture", "lu");
  receipt.report_type = "disposition-notification";
  EXPECT_EQ(kind(receipt), MessageKind::read_receipt);
  auto bounce = mail("Undeliverable", "no");
  bounce.report_type = "delivery-status";
  EXPECT_EQ(kind(bounce), MessageKind::bounce);
  auto away = mail("R\u00e9ponse automatique : facture", "absent");
  away.headers.push_back({"Auto-Submitted", "auto-replied", "auto-replied", 0, 0});
  EXPECT_EQ(kind(away), MessageKind::auto_reply);
}

TEST(Facts, KnownAtIsTheBordersStampAndNotTheDateThatTheSenderChose) {
  auto message = mail("facture", "Bonjour");
  EXPECT_EQ(read_facts(message, {}).dates.basis, TimeBasis::header);
  const char* received =
      "from out.sender.example (out.sender.example [192.0.2.9]) by mx.firm.example (Postfix) with ESMTP id 1; Fri, 5 Apr 2019 "
      "10:00:00 +0200";
  message.headers.push_back({"Received", received, received, 0, 9});
  const Facts facts = read_facts(message, {});
  EXPECT_EQ(facts.dates.basis, TimeBasis::border);
  EXPECT_EQ(rfc3339_utc(*facts.dates.known_at), "2019-04-05T08:00:00Z");
  message.headers.clear();
  message.delivery = message.date;
  EXPECT_EQ(read_facts(message, {}).dates.basis, TimeBasis::delivery);
  message.delivery.reset();
  message.date.reset();
  EXPECT_EQ(read_facts(message, {}).dates.basis, TimeBasis::none);
}

std::string domains_in(const char* html, const Limits& limits) {
  message::Message message = mail("s", "x");
  message.from.clear();
  message.to.clear();
  message.message_id.clear();
  message.texts = {{"1", true, false, "utf-8", html}};
  Settings settings;
  settings.limits = limits;
  const Facts facts = read_facts(message, settings);
  std::string line;
  for (const DomainUse& use : facts.domains) {
    line += (line.empty() ? "" : "; ") + use.domain;
    for (const std::string& field : use.fields) line += " " + field;
  }
  for (const Note& note : facts.notes) line += " [" + note.code + " " + note.text + "]";
  return line;
}

TEST(Facts, TheDomainOfARewrittenLinkIsItsTargets) {
  const char* safelink = "<a href='https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpay.example%2F&amp;data=x'>";
  EXPECT_EQ(domains_in((std::string(safelink) + "ici</a>").c_str(), {}), "pay.example link");
  EXPECT_EQ(domains_in("<p>https://urldefense.com/v3/__https://pay.example/a__;!!x$ puis https://firm.example</p>", {}),
            "pay.example text; firm.example text");
  EXPECT_EQ(domains_in("<a href='https://url.emailprotection.link/?b6t_II7'>ici</a>", {}), "url.emailprotection.link link");
}

TEST(Facts, RewritingsBeyondTheDepthAreALimit) {
  Limits limits;
  limits.link_rewritings = 1;
  const char* twice = "<a href='https://urlsand.esvalabs.com/?u=https://urlsand.esvalabs.com/?u=https://pay.example'>a</a>";
  EXPECT_EQ(domains_in(twice, limits), "urlsand.esvalabs.com link [limit link_rewritings]");
  limits.link_rewritings = 2;
  EXPECT_EQ(domains_in(twice, limits), "pay.example link");
}

TEST(Facts, DomainsSayWhereTheyStand) {
  auto message =
      mail("facture", "voir https://user@pay.link.example:8080/x et www.autre.example, ou ecrire a compta@third.example.");
  message.reply_to = {{"", "x@reply.example"}};
  const Facts facts = read_facts(message, {});
  const auto fields = [&](std::string_view domain) {
    const auto found =
        std::find_if(facts.domains.begin(), facts.domains.end(), [&](const DomainUse& use) { return use.domain == domain; });
    return found == facts.domains.end() ? Strings{} : found->fields;
  };
  EXPECT_EQ(fields("firm.example"), Strings{"from"});
  EXPECT_EQ(fields("client.example"), Strings{"to"});
  EXPECT_EQ(fields("reply.example"), Strings{"reply_to"});
  EXPECT_EQ(fields("mail.firm.example"), Strings{"message_id"});
  EXPECT_EQ(fields("pay.link.example"), Strings{"text"});
  EXPECT_EQ(fields("www.autre.example"), Strings{"text"});
  EXPECT_EQ(fields("third.example"), Strings{"text"});
}

TEST(Facts, AnAddressThatGoesOnBehindItsDomainIsANote) {
  auto message = mail("facture", "Bonjour.");
  message.reply_to = {{"", "x@firm.example/y"}, {"", "z@firm.example/y"}};
  const Facts facts = read_facts(message, {});
  ASSERT_EQ(facts.notes.size(), 1U);
  EXPECT_EQ(facts.notes[0].code + " " + facts.notes[0].text, "odd_domain characters that no domain has: firm.example/y");
  EXPECT_TRUE(std::ranges::none_of(facts.domains, [](const DomainUse& use) { return use.domain.find('/') != use.domain.npos; }));
}

TEST(Facts, AnAccountThatOnlyTheOtherBodyShowsIsFound) {
  auto message = mail("facture", "Merci de regler.");
  message.texts.push_back({"2", true, false, "utf-8", "<p>Merci de regler sur FR76 3000 6000 0112 3456 7890 189.</p>"});
  const Facts facts = read_facts(message, {});
  ASSERT_EQ(facts.accounts.size(), 1U);
  EXPECT_EQ(facts.accounts[0].value, "FR7630006000011234567890189");
}

/// "value level" of each account and the notes' codes, of a message with that HTML.
std::string accounts_in_html(std::string html) {
  auto message = mail("facture", "Bonjour.");
  message.texts = {{"1", true, false, "utf-8", std::move(html)}};
  const Facts facts = read_facts(message, {});
  std::string line;
  for (const Account& account : facts.accounts) line += account.value + " " + std::to_string(account.level) + ";";
  for (const Note& note : facts.notes) line += note.code + ";";
  return line;
}

TEST(Facts, AnAccountThatOutlookAloneShowsIsFoundAndNoted) {
  const std::string iban = "FR76 3000 6000 0112 3456 7890 189", found = "FR7630006000011234567890189 0;bodies_differ;";
  for (const char* condition : {"mso", "gte mso 9", "(gte mso 9)|(IE)"}) {
    EXPECT_EQ(accounts_in_html("<p>Bonjour</p><!--[if " + std::string(condition) + "]><p>IBAN " + iban + "</p><![endif]-->"),
              found);
  }
  EXPECT_EQ(accounts_in_html("<p>IBAN <!--[if mso]>FR76 3000 6000 0112<![endif]--><!--[if mso]> 3456 7890 189<![endif]--></p>"),
            found);
  EXPECT_EQ(accounts_in_html("<p>IBAN <!--[if !mso]><!-->DE89 3704 0044 0532 0130 00<!--<![endif]--><!--[if mso]>" + iban +
                             "<![endif]--></p>"),
            "DE89370400440532013000 0;" + found);
}

TEST(Facts, WhatOutlookShowsBesidesIsSilentWhereItSaysNoAccountOrTheSame) {
  const std::string iban = "FR76 3000 6000 0112 3456 7890 189", shown = "<p>IBAN " + iban + "</p>";
  const std::string found = "FR7630006000011234567890189 0;";
  EXPECT_EQ(accounts_in_html("<!--[if mso]>" + shown + "<![endif]--><!--[if !mso]><!-->" + shown + "<!--<![endif]-->"), found);
  EXPECT_EQ(accounts_in_html("<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:PixelsPerInch>96</o:PixelsPerInch>"
                             "</o:OfficeDocumentSettings></xml><![endif]--><!--[if mso]><table width=600><tr><td><![endif]-->" +
                             shown + "<!--[if mso]></td></tr></table><![endif]-->"),
            found);
  EXPECT_EQ(accounts_in_html(shown + "<!--[if mso]><v:roundrect href='https://shop.example/0123456789012345' arcsize='8%'>"
                                     "<center>Commande 0123456789012345</center></v:roundrect><![endif]-->"),
            found);
  EXPECT_EQ(accounts_in_html("<p>IBAN " + iban + "<!--[if mso]> 12<![endif]--></p>"), found);
  EXPECT_EQ(accounts_in_html("<!--[if !mso]>" + shown + "<![endif]--><!-- " + shown + " -->"), "");
  EXPECT_EQ(accounts_in_html("<!--[if mso]>IBAN FR76 3000 6000 0112 3456 7890 188<![endif]-->"), "") << "no account";
}

TEST(Facts, AnAccountInTheSubjectIsReadWhereNothingElseShowsIt) {
  constexpr auto kValue = "FR7619998004120001234567850";
  const Facts alone = read_facts(mail("RIB FR76 1999 8004 1200 0123 4567 850", "See above."), Settings{});
  ASSERT_EQ(alone.accounts.size(), 1U);
  EXPECT_EQ(alone.accounts[0].value, kValue);
  EXPECT_EQ(alone.accounts[0].level, 0);
  EXPECT_EQ(alone.accounts[0].block, -1);
  EXPECT_EQ(alone.accounts[0].span.part, "header");
  EXPECT_EQ(
      read_facts(mail("RIB FR76 1999 8004 1200 0123 4567 850", "IBAN FR7619998004120001234567850"), Settings{}).accounts.size(),
      1U);
  EXPECT_TRUE(read_facts(mail("Order 4500 1234 5678 of 05/04/2018", "See above."), Settings{}).accounts.empty());
}

TEST(Facts, AnAccountInTheSubjectOfAnAnswerStandsFirstInWhatItAnswers) {
  const Facts reply =
      read_facts(mail("Re: RIB FR76 1999 8004 1200 0123 4567 850",
                      "Thanks.\n\nOn Thu, 5 Apr 2018 at 08:30, Ann <ann@supplier.example> wrote:\n> See above.\n"),
                 Settings{});
  ASSERT_EQ(reply.accounts.size(), 1U);
  EXPECT_EQ(reply.accounts[0].level, 1);
  EXPECT_EQ(reply.accounts[0].block, 0);
}

TEST(Facts, AnAccountInTheSubjectOfAnAnswerIsTheWritersWhereTheAnsweredOneIsPrintedWithoutIt) {
  const auto level_below = [](const char* printed) {
    const std::string text = std::string(
                                 "Thanks.\n\nFrom: Ann <ann@supplier.example>\nSent: Thursday, April 5, 2018 8:30 AM\n"
                                 "To: Bob <bob@own.example>\nSubject: ") +
                             printed + "\n\nSee above.\n";
    const Facts reply = read_facts(mail("Re: RIB FR76 1999 8004 1200 0123 4567 850", text.c_str()), Settings{});
    return reply.accounts.size() == 1 ? reply.accounts[0].level : -1;
  };
  EXPECT_EQ(level_below("RIB"), 0);
  EXPECT_EQ(level_below("RIB FR76 1999 8004 1200 0123 4567 850"), 1);
}

std::string requests_of(const char* subject, const char* text) {
  std::string kinds;
  for (const Request& request : read_facts(mail(subject, text), Settings{}).requests) kinds += request.kind + " ";
  return kinds;
}

TEST(Facts, AChangeThatTheSubjectAloneTellsIsARequest) {
  EXPECT_EQ(requests_of("Changement de RIB", "Voir la lettre jointe."), "bank_change ");
  EXPECT_EQ(requests_of("[EXTERNAL] New bank details", ""), "bank_change ");
  EXPECT_EQ(requests_of("Neue Bankverbindung", "Anbei das Schreiben."), "bank_change ");
  EXPECT_EQ(requests_of("Changement de RIB", "Notre RIB a chang\u00e9."), "bank_change ");
  EXPECT_EQ(read_facts(mail("Changement de RIB", ""), Settings{}).requests.front().span.part, "header");
}

TEST(Facts, ASubjectOfAnotherOrAboutSomethingElseIsNoRequest) {
  for (const char* subject :
       {"Re: Changement de RIB", "TR: Changement de RIB", "Attention aux faux changements de RIB",
        "Beware of bank detail change fraud", "Changement d'adresse", "Facture 2018-114", "Urgent: payment"})
    EXPECT_EQ(requests_of(subject, "See above."), "") << subject;
}

/// The kinds of requests of a mail with these two alternatives.
std::string requests_of_alternatives(const char* text, const char* html) {
  message::Message message = mail("Invoice", text);
  message.texts.push_back({.part = "2", .html = true, .attached = false, .charset = "utf-8", .content = html});
  std::string kinds;
  for (const Request& request : read_facts(message, Settings{}).requests) kinds += request.kind + " ";
  return kinds;
}

TEST(Facts, ARequestThatOneAlternativeAloneMakesIsHeard) {
  constexpr auto kChange = "<p>Thank you for the call.</p><p>Our bank details have changed.</p>";
  EXPECT_EQ(requests_of_alternatives("This message is in HTML.", kChange), "bank_change ");
  EXPECT_EQ(requests_of_alternatives("Thank you for the call.\n\nThe weather was fine all week long.", kChange), "bank_change ");
  EXPECT_EQ(requests_of_alternatives("Thank you for the call.\n\nOur bank details have changed.", "<p>Thank you.</p>"),
            "bank_change ");
  EXPECT_EQ(requests_of_alternatives("Thank you for the call.\n\nOur bank details have changed.", kChange), "bank_change ")
      << "once";
  EXPECT_EQ(requests_of_alternatives("Thank you for the call.", "<p>Thank you for the call.</p>"), "");
}

TEST(Facts, WhatOneAlternativeQuotesAndTheOtherShowsUnmarkedIsNobodysNews) {
  message::Message message = mail("Invoice", "Thank you, Ann.\n\nSee you on Monday\n\nOur bank details have\nchanged.\n");
  message.texts.push_back(
      {.part = "2",
       .html = true,
       .attached = false,
       .charset = "utf-8",
       .content = "<p>Thank you, Ann.</p><hr><div><b>From:</b> Ann &lt;ann@client.example&gt;<br><b>Sent:</b> Thursday, April 5, "
                  "2018 9:37 AM<br><b>To:</b> Jean &lt;jean@firm.example&gt;<br><b>Subject:</b> Invoice</div><p>Our bank details "
                  "have changed.</p>"});
  const Facts facts = read_facts(message, Settings{});
  ASSERT_EQ(facts.conversation.quoted.size(), 1U);
  for (const Request& request : facts.requests) EXPECT_EQ(request.block, 0) << request.kind;
}

TEST(Facts, ANumberThatOneAlternativeAloneShowsIsTold) {
  message::Message message = mail("Invoice", "Thank you for the call of yesterday.\n\nJean\n+33 1 99 00 12 34\n");
  message.texts.push_back(
      {.part = "2",
       .html = true,
       .attached = false,
       .charset = "utf-8",
       .content = "<p>Thank you for the call of yesterday.</p><p>Jean<br>+33 1 99 00 12 34<br>+33 6 39 98 12 34</p>"});
  const auto phones = read_facts(message, Settings{}).phones;
  ASSERT_EQ(phones.size(), 2U);
  EXPECT_EQ(phones[1].number, "+33639981234");
}

TEST(Facts, LinksOfBothAlternativesAreDomains) {
  message::Message message = mail("Invoice", "Thank you for the call, see you on Monday.");
  message.texts.push_back(
      {.part = "2",
       .html = true,
       .attached = false,
       .charset = "utf-8",
       .content = "<p>Thank you for the call, <a href=\"https://pay.link.example/x\">see you on Monday.</a></p>"});
  EXPECT_TRUE(std::ranges::any_of(read_facts(message, Settings{}).domains,
                                  [](const DomainUse& use) { return use.domain == "pay.link.example"; }));
}

TEST(Facts, AnAttachedTextsAccountSaysWhereItStands) {
  auto message = mail("facture", "Ci-joint.");
  message.texts.push_back({"2", false, true, "utf-8", "IBAN : FR76 3000 6000 0112 3456 7890 189"});
  message.attachments.push_back({"rib.txt", "text/plain", 40, "", "2", ""});
  const Facts facts = read_facts(message, {});
  ASSERT_EQ(facts.accounts.size(), 1U);
  EXPECT_EQ(facts.accounts[0].where, "attachment");
  EXPECT_EQ(facts.accounts[0].attachment, "rib.txt");
}

TEST(Facts, ALimitThatTheReadingOfABodyReachesIsANote) {
  const auto notes_of = [](const std::string& html) {
    std::string line;
    const std::string mail = "From: a@firm.example\nContent-Type: text/html\n\n" + html;
    for (const Note& note : read_facts(message::read_message(mail, {}), {}).notes) line += note.code + " " + note.span.part + ";";
    return line;
  };
  std::string attributes;
  for (std::uint32_t i = 0; i <= Limits{}.html_attributes; ++i) attributes += " a" + std::to_string(i) + "=1";
  EXPECT_EQ(notes_of("<p>words</p>"), "");
  EXPECT_EQ(notes_of("<p" + attributes + ">words</p>"), "limit 1;");
}

}  // namespace
}  // namespace threadline::facts
