// SPDX-License-Identifier: Apache-2.0
#include "message/calendar.h"

#include <gtest/gtest.h>

#include <string>

#include "message/read_message.h"

namespace threadline::message {
namespace {

constexpr std::string_view kInvitation =
    "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Paris\r\nDTSTART:16010101T030000\r\nEND:VTIMEZONE\r\n"
    "BEGIN:VEVENT\r\nORGANIZER;CN=\"Doe; Ann: CFO\":mailto:ann@firm.example\r\n"
    "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CN=Bob:MAILTO:bob@client.ex\r\n ample\r\n"
    "ATTENDEE;EMAIL=eve@client.example:urn:uuid:1\r\n"
    "SUMMARY;LANGUAGE=fr:R\xC3\xA9union\\, facture\r\nDTSTART;TZID=Paris:20180405T103700\r\nLOCATION:Salle 1\r\n"
    "DESCRIPTION:IBAN FR76 3000 6000 0112 3456\r\n\t 7890 189\\nMerci\r\n"
    "BEGIN:VALARM\r\nDESCRIPTION:Reminder\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

std::string people_of(const Calendar& calendar) {
  std::string line;
  if (calendar.organizer) line = "organizer{" + calendar.organizer->name + "|" + calendar.organizer->address + "}";
  for (const Address& one : calendar.attendees) line += " " + one.name + "|" + one.address;
  return line;
}

Calendar read(std::string_view text, const Limits& limits = {}) {
  std::vector<Note> notes;
  return read_calendar(text, "2", limits, notes);
}

TEST(Calendar, PeopleAreReadAcrossFoldsAndQuotedParameters) {
  const Calendar calendar = read(kInvitation);
  EXPECT_EQ(people_of(calendar), "organizer{Doe; Ann: CFO|ann@firm.example} Bob|bob@client.example |eve@client.example");
  EXPECT_EQ(calendar.method, "REQUEST");
  EXPECT_EQ(calendar.summary, "R\xC3\xA9union, facture");
  EXPECT_EQ(calendar.start, "20180405T103700");
  EXPECT_EQ(calendar.location, "Salle 1");
  EXPECT_EQ(calendar.description, "IBAN FR76 3000 6000 0112 3456 7890 189\nMerci");
}

TEST(Calendar, ALoneCarriageReturnEndsALine) {
  EXPECT_EQ(read("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDESCRIPTION:One\rTwo\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").description,
            "One\nTwo");
}

TEST(Calendar, OneAttendeesAnswerIsItsParticipation) {
  EXPECT_EQ(read("BEGIN:VCALENDAR\nMETHOD:reply\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=declined:mailto:a@b.example\nEND:VEVENT\n")
                .participation,
            "DECLINED");
  EXPECT_EQ(read(kInvitation).participation, "");
}

TEST(Calendar, DescriptionsOfFurtherEventsAreReadToo) {
  const auto event = [](const char* words) { return std::string("BEGIN:VEVENT\nDESCRIPTION:") + words + "\nEND:VEVENT\n"; };
  EXPECT_EQ(read("BEGIN:VCALENDAR\n" + event("a") + event("a") + event("b") + "END:VCALENDAR").description, "a\n\nb");
}

TEST(Calendar, WordsBesideTheDescriptionAreReadWhereTheyHaveOtherDigits) {
  const auto described = [](std::string_view lines) {
    return read("BEGIN:VCALENDAR\nBEGIN:VTODO\n" + std::string(lines) + "END:VTODO\nEND:VCALENDAR\n").description;
  };
  EXPECT_EQ(described("SUMMARY:IBAN FR76 3000 6000\n"), "IBAN FR76 3000 6000");
  EXPECT_EQ(described("SUMMARY:on 12/05/2026\nDESCRIPTION:a\n"), "a\n\non 12/05/2026");
  EXPECT_EQ(described("SUMMARY:room 12\nDESCRIPTION:a\n"), "a");
  EXPECT_EQ(described("X-ALT-DESC;FMTTYPE=text/html:<p>IBAN <b>FR76</b> 3000 6000</p>\nDESCRIPTION:IBAN FR76 3000 6000\n"),
            "IBAN FR76 3000 6000");
  EXPECT_EQ(described("X-ALT-DESC;FMTTYPE=text/html:<p>IBAN FR76 3000 6000</p>\nDESCRIPTION:Ref 7630006000\n"),
            "Ref 7630006000\n\nIBAN FR76 3000 6000")
      << "the same digits are not the same words";
  std::string many;
  for (int comment = 0; comment < 30; ++comment) many += "COMMENT:a\n";
  EXPECT_EQ(described(many + "X-ALT-DESC:<p>IBAN FR76 3000 6000</p>\n"), "IBAN FR76 3000 6000");
  EXPECT_EQ(described("X-ALT-DESC;FMTTYPE=text/html:<p>IBAN <b>FR76</b> 3000 6001</p>\nDESCRIPTION:IBAN FR76 3000 6000\n"),
            "IBAN FR76 3000 6000\n\nIBAN FR76 3000 6001");
}

TEST(Calendar, WhatIsMalformedIsLeftOut) {
  for (const std::string_view text : {"", "BEGIN:VCALENDAR", "END:VEVENT\nEND:VEVENT\nORGANIZER:mailto:a@b.example", "\"",
                                      ":::", "BEGIN:VEVENT\nORGANIZER:mailto:a@b.example\nEND:VEVENT"}) {
    EXPECT_EQ(people_of(read(text)), "") << text;
  }
}

TEST(Calendar, AttendeesBeyondAddressesAreANote) {
  Limits limits;
  limits.addresses = 2;
  std::vector<Note> notes;
  EXPECT_EQ(read_calendar(kInvitation, "2", limits, notes).attendees.size(), 2U);
  EXPECT_TRUE(notes.empty());
  limits.addresses = 1;
  EXPECT_EQ(read_calendar(kInvitation, "2", limits, notes).attendees.size(), 1U);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].code + " " + notes[0].text.substr(0, 9), "limit addresses");
}

TEST(Calendar, APartIsReadAndItsDescriptionIsAText) {
  const std::string calendar(kInvitation);
  const auto both = read_message(
      "Subject: s\nContent-Type: multipart/alternative; boundary=x\n\n--x\n\nBonjour\n--x\nContent-Type: text/calendar; "
      "method=REQUEST\n\n" +
          calendar + "\n--x--\n",
      Limits{});
  ASSERT_EQ(both.calendars.size(), 1U);
  EXPECT_EQ(both.calendars[0].part, "2");
  ASSERT_EQ(both.texts.size(), 2U);
  EXPECT_EQ(both.texts[1].part, "2!description");
  EXPECT_TRUE(both.texts[1].attached);
  const auto alone = read_message("Subject: s\nContent-Type: text/calendar\n\n" + calendar, Limits{});
  ASSERT_EQ(alone.texts.size(), 1U);
  EXPECT_FALSE(alone.texts[0].attached);
}

std::string report(const std::string& type, const std::string& part_type, const std::string& content) {
  return "Subject: s\nContent-Type: multipart/report; report-type=" + type +
         "; boundary=x\n\n--x\n\nhello\n--x\nContent-Type: " + part_type + "\n\n" + content + "\n--x--\n";
}

TEST(Report, SaysWhatHappened) {
  const struct {
    const char *name, *type, *part, *content, *action;
  } cases[] = {
      {"failed", "delivery-status", "message/delivery-status", "Reporting-MTA: dns; x\n\nAction: failed (bad)\nStatus: 5.1.1\n",
       "failed"},
      {"worst of two", "delivery-status", "message/delivery-status",
       "Reporting-MTA: dns; x\n\nAction: delivered\n\naction: FAILED\n", "failed"},
      {"relayed", "delivery-status", "message/delivery-status", "Reporting-MTA: dns; x\n\nAction: relayed\n", "relayed"},
      {"displayed", "disposition-notification", "message/disposition-notification",
       "Disposition: manual-action/MDN-sent-manually; displayed\n", "displayed"},
      {"deleted", "disposition-notification", "message/disposition-notification",
       "Disposition: automatic-action/MDN-sent-automatically;deleted/error\n", "deleted"},
      {"nothing", "delivery-status", "message/delivery-status", "no fields here\n", ""},
  };
  for (const auto& one : cases)
    EXPECT_EQ(read_message(report(one.type, one.part, one.content), Limits{}).report_action, one.action) << one.name;
}

}  // namespace
}  // namespace threadline::message
