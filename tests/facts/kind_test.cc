// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "facts/facts.h"
#include "message/read_message.h"

namespace threadline::facts {
namespace {

std::string kind_of_bytes(const std::string& bytes) {
  return std::string(name_of(read_facts(message::read_message(bytes, Limits{}), {}).kind));
}

std::string kind_of_class(const char* message_class) {
  message::Message message;
  message.format = "msg";
  message.subject = "x";
  message.message_class = message_class;
  return std::string(name_of(read_facts(message, {}).kind));
}

TEST(Kind, IsWhatTheMapiClassSays) {
  const struct {
    const char *message_class, *kind;
  } cases[] = {
      {"IPM.Note", "mail"},
      {"IPM.Note.SMIME.MultipartSigned", "mail"},
      {"REPORT.IPM.Note.NDR", "bounce"},
      {"REPORT.IPM.Note.DR", "delivery_receipt"},
      {"REPORT.IPM.Note.Delayed.DR", "delay_notice"},
      {"REPORT.IPM.Note.IPNRN", "read_receipt"},
      {"REPORT.IPM.Note.IPNNRN", "unread_receipt"},
      {"report.ipm.schedule.meeting.request.ipnrn", "read_receipt"},
      {"IPM.Note.Rules.OofTemplate.Microsoft", "auto_reply"},
      {"IPM.Outlook.Recall", "recall"},
      {"IPM.Recall.Report.Success", "recall"},
      {"IPM.Schedule.Meeting.Request", "invitation"},
      {"IPM.Schedule.Meeting.Canceled", "meeting_cancelled"},
      {"IPM.Schedule.Meeting.Resp.Pos", "meeting_accepted"},
      {"IPM.Schedule.Meeting.Resp.Neg", "meeting_declined"},
      {"IPM.Schedule.Meeting.Resp.Tent", "meeting_tentative"},
      {"IPM.Schedule.Meeting.Notification.Forward", "meeting_forwarded"},
      {"IPM.Appointment", "appointment"},
      {"IPM.Contact", "contact"},
      {"IPM.DistList", "distribution_list"},
      {"IPM.Task", "task"},
      {"IPM.TaskRequest.Accept", "task_request"},
      {"IPM.StickyNote", "note"},
      {"IPM.Activity", "activity"},
      {"IPM.Post", "post"},
      {"IPM.Posting", "mail"},
      {"", "mail"},
  };
  for (const auto& one : cases) EXPECT_EQ(kind_of_class(one.message_class), one.kind) << one.message_class;
}

std::string report(const std::string& type, const std::string& fields) {
  return "From: x@firm.example\nSubject: s\nContent-Type: multipart/report; report-type=" + type +
         "; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: message/" + type + "\n\n" + fields + "\n--x--\n";
}

TEST(Kind, OfAnOutlookItemIsItsClassThoughTheHeaderSaysReport) {
  message::Message message;
  message.format = "msg";
  message.report_type = "delivery-status";  // Exchange's header of receipts and non-delivery reports alike; no part says which
  for (const auto& [message_class, kind] :
       {std::pair{"REPORT.IPM.Note.DR", "delivery_receipt"}, {"REPORT.IPM.Note.NDR", "bounce"}, {"IPM.Note", "bounce"}}) {
    message.message_class = message_class;
    EXPECT_EQ(name_of(read_facts(message, {}).kind), kind);
  }
}

TEST(Kind, OfAReportIsWhatItSaysHappened) {
  EXPECT_EQ(kind_of_bytes(report("delivery-status", "Action: failed")), "bounce");
  for (const char* done : {"delivered", "relayed", "expanded", "Delivered (to mailbox)"})
    EXPECT_EQ(kind_of_bytes(report("delivery-status", "Action: " + std::string(done))), "delivery_receipt") << done;
  EXPECT_EQ(kind_of_bytes(report("delivery-status", "Action: delayed")), "delay_notice");
  EXPECT_EQ(kind_of_bytes(report("delivery-status", "nothing")), "bounce");
  EXPECT_EQ(kind_of_bytes(report("disposition-notification", "Disposition: manual-action/MDN-sent-manually; displayed")),
            "read_receipt");
  EXPECT_EQ(kind_of_bytes(report("disposition-notification", "Disposition: automatic-action/MDN-sent-automatically; deleted")),
            "unread_receipt");
}

std::string calendar(const std::string& method, const std::string& attendee, const std::string& type = "text/calendar") {
  return "From: x@firm.example\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: " +
         type + "\n\nBEGIN:VCALENDAR\nMETHOD:" + method + "\nBEGIN:VEVENT\n" + attendee + "\nEND:VEVENT\nEND:VCALENDAR\n--x--\n";
}

TEST(Kind, OfACalendarIsItsMethod) {
  EXPECT_EQ(kind_of_bytes(calendar("REQUEST", "")), "invitation");
  EXPECT_EQ(kind_of_bytes(calendar("CANCEL", "")), "meeting_cancelled");
  EXPECT_EQ(kind_of_bytes(calendar("REPLY", "ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example")), "meeting_accepted");
  EXPECT_EQ(kind_of_bytes(calendar("REPLY", "ATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example")), "meeting_declined");
  EXPECT_EQ(kind_of_bytes(calendar("REPLY", "ATTENDEE;PARTSTAT=TENTATIVE:mailto:a@b.example")), "meeting_tentative");
  EXPECT_EQ(kind_of_bytes(calendar("PUBLISH", "")), "mail");
  EXPECT_EQ(kind_of_bytes(calendar("REQUEST", "", "application/octet-stream; name=a.ics")), "mail");
}

TEST(Kind, OfAJournalReportIsItsOwnAndItsWordsAreNobodys) {
  const auto message = message::read_message(
      "From: archive@firm.example\nTo: journal@firm.example\nSubject: s\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n"
      "Sender: a@firm.example\nSubject: s\nMessage-Id: <1@firm.example>\nTo: b@client.example\n\n--x\n"
      "Content-Type: message/rfc822\n\nFrom: a@firm.example\nSubject: s\n\nBonjour\n--x--\n",
      Limits{});
  const Facts facts = read_facts(message, {});
  EXPECT_EQ(name_of(facts.kind), "journal_report");
  EXPECT_TRUE(facts.conversation.quoted.empty());
  EXPECT_TRUE(facts.conversation.new_text.empty());
}

TEST(Invitation, ItsPeopleAndItsDescriptionAreFacts) {
  const auto message = message::read_message(
      calendar("REQUEST",
               "ORGANIZER:mailto:eve@organizer.example\nATTENDEE:mailto:bob@attendee.example\n"
               "DESCRIPTION:Nouvel IBAN FR76 3000 6000 0112 3456 7890 189. Merci de noter nos nouvelles coordonnees bancaires."),
      Limits{});
  const Facts facts = read_facts(message, {});
  ASSERT_EQ(facts.calendars.size(), 1U);
  ASSERT_EQ(facts.accounts.size(), 1U);
  EXPECT_EQ(facts.accounts[0].value, "FR7630006000011234567890189");
  EXPECT_EQ(facts.accounts[0].where, "attachment");
  EXPECT_FALSE(facts.requests.empty());
  std::string fields;
  for (const DomainUse& use : facts.domains) {
    if (use.domain == "organizer.example" || use.domain == "attendee.example") fields += use.fields.at(0) + " ";
  }
  EXPECT_EQ(fields, "organizer attendee ");
}

TEST(Gateway, ItsFieldsAreFactsAsWritten) {
  const Facts facts =
      read_facts(message::read_message(
                     "X-MS-Exchange-Organization-Network-Message-Id: 11111111-2222-3333-4444-555555555555\n"
                     "X-MS-Exchange-CrossTenant-Id: 99999999-0000-0000-0000-000000000001\n"
                     "X-MS-Exchange-CrossTenant-AuthAs: Anonymous\n"
                     "X-MS-Exchange-CrossTenant-AuthSource: host.protection.example\n"
                     "X-Forefront-Antispam-Report: CIP:192.0.2.1;CTRY:FR;SCL:5;SRV:\n"
                     "Authentication-Results: spf=fail smtp.mailfrom=firm.example; compauth=fail reason=001\n"
                     "X-Quarantine-ID: <aBcDeF>\nX-Envelope-From: <ann@firm.example>\nX-Envelope-To: <bob@client.example>\n"
                     "X-Envelope-To: eve@client.example\nX-Proofpoint-GUID: g\nX-Mimecast-Spam-Score: 1\nSubject: s\n\nx\n",
                     Limits{}),
                 {});
  const Gateway& gateway = facts.gateway;
  EXPECT_EQ(gateway.network_message_id, "11111111-2222-3333-4444-555555555555");
  EXPECT_EQ(gateway.cross_tenant_id, "99999999-0000-0000-0000-000000000001");
  EXPECT_EQ(gateway.auth_as, "Anonymous");
  EXPECT_EQ(gateway.auth_source, "host.protection.example");
  EXPECT_EQ(gateway.scl, "5");
  EXPECT_EQ(gateway.compauth + " " + gateway.compauth_reason, "fail 001");
  EXPECT_EQ(gateway.quarantine_id, "aBcDeF");
  EXPECT_EQ(gateway.envelope_from, "ann@firm.example");
  EXPECT_EQ(gateway.envelope_to, (std::vector<std::string>{"bob@client.example", "eve@client.example"}));
  EXPECT_EQ(gateway.products, (std::vector<std::string>{"exchange", "amavis", "proofpoint", "mimecast"}));
}

TEST(Gateway, WhomTheBorderTookItToIsSaidAboveItsOwnField) {
  const std::string received =
      "Received: from out.isp.example (out.isp.example [203.0.113.20]) by mx.firm.example (Postfix) with ESMTP id 1; Thu, 5 Apr "
      "2018 08:00:02 +0000\n";
  const std::string fields = "Envelope-To: ann@firm.example, bob@firm.example\nX-Original-To: bills@firm.example\n";
  const auto told = [](const std::string& header) {
    Settings settings;
    settings.trusted_relays = {"mx.firm.example"};
    return read_facts(message::read_message(header + "From: eve@isp.example\n\nx\n", Limits{}), settings).gateway.envelope_to;
  };
  EXPECT_EQ(told(fields + received), (std::vector<std::string>{"ann@firm.example", "bob@firm.example", "bills@firm.example"}));
  EXPECT_TRUE(told(received + fields).empty()) << "the sender's own words";
  EXPECT_TRUE(told(fields).empty()) << "no border";
}

TEST(Gateway, AuthAsIsTheBordersWordOnlyWhereAnExchangeHostIsTheBorder) {
  const auto by_border = [](const std::string& header) {
    return read_facts(message::read_message(header + "From: ann@firm.example\n\nx\n", Limits{}), {}).gateway.by_border;
  };
  const std::string cloud =
      "Received: from host.isp.example (203.0.113.20) by DB5EUR03FT064.mail.protection.outlook.com (10.152.20.100) with "
      "Microsoft "
      "SMTP Server id 15.20.1; Thu, 5 Apr 2018 08:00:02 +0000\n";
  const std::string house =
      "Received: from host.isp.example (203.0.113.20) by ex1.firm.example (10.0.0.1) with Microsoft SMTP Server id 15.1.2; Thu, "
      "5 "
      "Apr 2018 08:00:02 +0000\n";
  const std::string postfix =
      "Received: from host.isp.example (host.isp.example [203.0.113.20]) by mx.firm.example (Postfix) with ESMTP id 1; Thu, 5 "
      "Apr "
      "2018 08:00:02 +0000\n";
  for (const std::string value : {"Anonymous", "Internal"}) {
    const std::string field = "X-MS-Exchange-Organization-AuthAs: " + value + "\n";
    EXPECT_TRUE(by_border(cloud + field)) << value;
    EXPECT_TRUE(by_border(house + field)) << value;
    EXPECT_FALSE(by_border(postfix + field)) << value;
    EXPECT_FALSE(by_border(postfix + house + field)) << value << ": a hop below the border";
  }
  EXPECT_TRUE(by_border(cloud + "X-MS-Exchange-CrossTenant-AuthAs: Anonymous\n"));
  EXPECT_FALSE(by_border(cloud + "X-MS-Exchange-CrossTenant-AuthAs: Internal\n")) << "another tenant may have said so";
}

TEST(Gateway, IsEmptyWhereNoneWroteAnything) {
  EXPECT_EQ(read_facts(message::read_message("Subject: s\nX-Mailer: m\n\nx\n", Limits{}), {}).gateway, Gateway{});
}

/// A MAPI object without transport header: what PidTags keep counts.
TEST(MapiFallback, ThreadLinksBesideTheHeaderCount) {
  message::Message message;
  message.format = "msg";
  message.in_reply_to = "<1@firm.example>";
  message.references = "<0@firm.example> <1@firm.example>";
  message.thread_topic = "Facture";
  message.thread_index =
      std::string("\x01\xD3\xCC\xB2\x8D\x00", 6) + std::string(16, '\x11') + std::string("\x00\x00\x10\x00\x00", 5);
  message.delivery = Stamp{.at = {1'522'917'420, 0}, .basis = ZoneBasis::stated, .zone_name = {}, .text = {}};
  const Facts facts = read_facts(message, {});
  EXPECT_EQ(facts.thread.in_reply_to, "<1@firm.example>");
  EXPECT_EQ(facts.thread.references.size(), 2U);
  EXPECT_EQ(facts.thread.topic, "Facture");
  ASSERT_TRUE(facts.thread.index);
  EXPECT_EQ(facts.thread.index->form, "classic");
  EXPECT_EQ(facts.thread.index->child_times.size(), 1U);
  EXPECT_EQ(facts.kind, MessageKind::reply);
  EXPECT_FALSE(facts.has_header);
  EXPECT_EQ(facts.dates.basis, TimeBasis::delivery);
}

TEST(MapiFallback, AHeaderFieldGoesFirst) {
  message::Message message;
  message.headers = {{"In-Reply-To", "<2@firm.example>", "<2@firm.example>", 0, 0}};
  message.in_reply_to = "<1@firm.example>";
  EXPECT_EQ(read_facts(message, {}).thread.in_reply_to, "<2@firm.example>");
  EXPECT_TRUE(read_facts(message, {}).has_header);
}

TEST(MapiFacts, TheAddressesOfAContactAreFactsAndDomains) {
  message::Message message;
  message.message_class = "IPM.Contact";
  message.contacts = {{"Ann", "ann@firm.example"}};
  const Facts facts = read_facts(message, {});
  EXPECT_EQ(facts.contacts, message.contacts);
  ASSERT_EQ(facts.domains.size(), 1U);
  EXPECT_EQ(facts.domains[0].domain, "firm.example");
  EXPECT_EQ(facts.domains[0].fields, std::vector<std::string>{"contact"});
}

std::string difference(const char* plain, const char* html, const char* rtf = nullptr) {
  message::Message message;
  message.texts = {{"body", false, false, "utf-8", plain}, {"html", true, false, "utf-8", html}};
  if (rtf != nullptr) message.texts.push_back({"rtf", false, false, "utf-8", rtf});
  std::string all;
  for (const Note& note : read_facts(message, {}).notes) {
    if (note.code == "bodies_differ") all += (all.empty() ? "" : "; ") + note.text;
  }
  return all;
}

TEST(BodiesDiffer, WhereOneHasAnAccountAnAddressOrAnAmountThatTheOtherLacks) {
  EXPECT_EQ(difference("Payez 1 200,00 EUR sur FR76 3000 6000 0112 3456 7890 189",
                       "<p>Payez 1 200,00 EUR sur FR14 2004 1010 0505 0001 3M02 606</p>"),
            "body: account FR7630006000011234567890189 / html: account FR1420041010050500013M02606");
  EXPECT_EQ(difference("Ecrivez a ann@firm.example svp merci", "<p>Ecrivez a ann@evil.example svp merci</p>"),
            "body: address ann@firm.example / html: address ann@evil.example");
  EXPECT_EQ(difference("Payez la somme de 1 200 EUR svp", "<p>Payez la somme de 9 350 EUR svp</p>"),
            "body: amount 1 200 EUR / html: amount 9 350 EUR");
  EXPECT_EQ(difference("Payez 500 EUR", "<p>Payez 500 EUR</p>", "Payez 750 EUR"),
            "body: amount 500 EUR / rtf: amount 750 EUR; html: amount 500 EUR / rtf: amount 750 EUR");
}

TEST(BodiesDiffer, NotWhereOneIsTheOtherInAnotherForm) {
  EXPECT_EQ(difference("Payez 1.200,00 EUR sur FR7630006000011234567890189\nann@firm.example<mailto:ann@firm.example>",
                       "<p>Payez <b>1\xC2\xA0"
                       "200 \xE2\x82\xAC</b> sur FR76 3000 6000 0112 3456 7890 189<br>"
                       "<a href='mailto:ann@firm.example'>ann@firm.example</a></p>"),
            "");
  EXPECT_EQ(difference("This message needs an HTML viewer.",
                       "<p>Payez la somme de 1 200 EUR a ann@firm.example sur le compte convenu "
                       "ensemble, merci beaucoup</p>"),
            "");
  EXPECT_EQ(
      difference("Bonjour [cid:image001.png@01D3CCB2.8D000000.example]", "<p>Bonjour <img src='cid:image001.png@01D3CCB2'></p>"),
      "");
  EXPECT_EQ(difference("Ecrivez <mailto:ann@firm.example> svp", "<p>Ecrivez <a href='mailto:ann@firm.example'>ici</a> svp</p>"),
            "");
}

}  // namespace
}  // namespace threadline::facts
