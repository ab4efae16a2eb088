// SPDX-License-Identifier: Apache-2.0
#include "message/mapi_message.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "message/mapi_scene.h"
#include "message/tnef_stream.h"

namespace threadline::message {
namespace {

using namespace std::string_literals;

constexpr auto kX500 = "/O=FIRM/OU=FIRST/CN=RECIPIENTS/CN=ANN";

std::string one_off(std::string_view name, std::string_view type, std::string_view address) {
  return std::string(4, '\0') + "\x81\x2B\x1F\xA4\xBE\xA3\x10\x19\x9D\x6E\x00\xDD\x01\x0F\x54\x02"s + std::string(2, '\0') +
         number_bytes(0x9001, 2) + wide(name) + "\0\0"s + wide(type) + "\0\0"s + wide(address) + "\0\0"s;
}

/// One rule: what the object says, and one line of what the message shows.
struct Rule {
  const char* name;
  std::vector<MapiProperty> properties;
  std::function<std::string(const Message&)> what;
  std::string expected;
};

class MapiRule : public testing::TestWithParam<Rule> {};

TEST_P(MapiRule, Holds) { EXPECT_EQ(GetParam().what(read(GetParam().properties)), GetParam().expected); }

std::string sender(const Message& message) { return shown(message.sender); }
std::string from(const Message& message) { return shown(message.from); }
std::string subject(const Message& message) { return message.subject; }
std::string submit(const Message& message) { return shown(message.submit); }

INSTANTIATE_TEST_SUITE_P(
    Sender, MapiRule,
    testing::Values(
        Rule{"SmtpAddressFirst",
             {unicode_property(0x5D01, "ann@firm.example"), unicode_property(0x0C1E, "SMTP"),
              unicode_property(0x0C1F, "other@firm.example"), unicode_property(0x0C1A, "Ann")},
             sender,
             "Ann<ann@firm.example>"},
        Rule{"EmailAddressOfTypeSmtpWhateverItsCase",
             {unicode_property(0x0C1E, "smtp"), unicode_property(0x0C1F, "ann@firm.example")},
             sender,
             "<ann@firm.example>"},
        Rule{"EmailAddressWithoutAType", {unicode_property(0x0C1F, "ann@firm.example")}, sender, "<ann@firm.example>"},
        Rule{"EmailAddressOfTypeUnknownThatIsAnAddress",
             {unicode_property(0x0C1E, "UNKNOWN"), unicode_property(0x0C1F, "ann@firm.example")},
             sender,
             "<ann@firm.example>"},
        Rule{"AWordOfTypeUnknownIsNoAddress",
             {unicode_property(0x0C1E, "UNKNOWN"), unicode_property(0x0C1F, "Unknown"), unicode_property(0x0C1A, "Ann")},
             sender,
             "Ann<>"},
        Rule{"AnX500NameIsNoAddress",
             {unicode_property(0x0C1E, "EX"), unicode_property(0x0C1F, kX500), unicode_property(0x0C1A, "Ann")},
             sender,
             "Ann<>"},
        Rule{"AnX500NameIsNoAddressWhateverItsType",
             {unicode_property(0x0C1E, "SMTP"), unicode_property(0x0C1F, kX500), unicode_property(0x0C1A, "Ann")},
             sender,
             "Ann<>"},
        Rule{"AFaxNumberIsNoAddress",
             {unicode_property(0x0C1E, "FAX"), unicode_property(0x0C1F, "Ann@+33123456789"), unicode_property(0x0C1A, "Ann")},
             sender,
             "Ann<>"},
        Rule{"AnX500NameAndTheHeadersFrom",
             {unicode_property(0x0C1E, "EX"), unicode_property(0x0C1F, kX500), unicode_property(0x0C1A, "Ann"),
              unicode_property(0x007D, "From: Ann <ann@firm.example>\r\n\r\n")},
             sender,
             "Ann<ann@firm.example>"},
        Rule{"AnX500NameAndTheHeadersSender",
             {unicode_property(0x0C1E, "EX"), unicode_property(0x0C1F, kX500), unicode_property(0x0C1A, "Sec"),
              unicode_property(0x007D, "From: Ann <ann@firm.example>\r\nSender: sec@firm.example\r\n\r\n")},
             sender,
             "Sec<sec@firm.example>"},
        Rule{"AOneOffEntryId",
             {unicode_property(0x0C1A, "Ann"), binary_property(0x0C19, one_off("Ann", "SMTP", "ann@firm.example"))},
             sender,
             "Ann<ann@firm.example>"},
        Rule{"AOneOffEntryIdOfAnotherType",
             {unicode_property(0x0C1A, "Ann"), binary_property(0x0C19, one_off("Ann", "FAX", "ann@firm.example"))},
             sender,
             "Ann<>"},
        Rule{"TheSearchKeyWhenNothingElseDoes",
             {unicode_property(0x0C1A, "Ann"), binary_property(0x0C1D, "SMTP:ANN@FIRM.EXAMPLE\0"s)},
             sender,
             "Ann<ann@firm.example>"},
        Rule{"TheSearchKeyOfAnotherType",
             {unicode_property(0x0C1A, "Ann"), binary_property(0x0C1D, "EX:/O=FIRM\0"s)},
             sender,
             "Ann<>"},
        Rule{"CreatorAndLastModifierAreNotTheSender",
             {unicode_property(0x3FF8, "Creator"), unicode_property(0x5D0A, "creator@firm.example"),
              unicode_property(0x3FFA, "Modifier"), unicode_property(0x5D0B, "modifier@firm.example")},
             sender,
             "(none)"},
        Rule{"NamesLoseQuotesAndNuls",
             {unicode_property(0x0C1A, "'Ann'\0\0"s), unicode_property(0x5D01, "'ann@firm.example'")},
             sender,
             "Ann<ann@firm.example>"}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    From, MapiRule,
    testing::Values(Rule{"IsTheHeadersWhereThereIsOne",
                         {unicode_property(0x007D, "From: Header <h@firm.example>\r\n\r\n"),
                          unicode_property(0x5D02, "repr@firm.example"), unicode_property(0x5D01, "sender@firm.example")},
                         from,
                         "Header<h@firm.example>"},
                    Rule{"ElseWhoIsRepresented",
                         {unicode_property(0x5D02, "repr@firm.example"), unicode_property(0x0042, "Chief"),
                          unicode_property(0x5D01, "sender@firm.example")},
                         from,
                         "Chief<repr@firm.example>"},
                    Rule{"ElseTheSender", {unicode_property(0x5D01, "sender@firm.example")}, from, "<sender@firm.example>"},
                    Rule{"ElseNobody", {unicode_property(0x0037, "s")}, from, ""}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Subject, MapiRule,
    testing::Values(
        Rule{"TheMailboxesStandsBeforeTheHeaders",
             {unicode_property(0x0037, "[EXT] Invoice"), unicode_property(0x007D, "Subject: Invoice\r\n\r\n")},
             subject,
             "[EXT] Invoice"},
        Rule{"ThePrefixMarkIsNoText", {unicode_property(0x0037, "\x01\x05Re: Invoice")}, subject, "Re: Invoice"},
        Rule{"ThePrefixMarkIsTwoCharacters", {unicode_property(0x0037, "\x01\u00e9Invoice")}, subject, "Invoice"},
        Rule{"PrefixAndNormalizedSubject",
             {unicode_property(0x003D, "Re: "), unicode_property(0x0E1D, "Invoice")},
             subject,
             "Re: Invoice"},
        Rule{"NormalizedSubjectAlone", {unicode_property(0x0E1D, "Invoice")}, subject, "Invoice"},
        Rule{"TheHeadersWhereMapiHasNone", {unicode_property(0x007D, "Subject: Invoice\r\n\r\n")}, subject, "Invoice"}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Dates, MapiRule,
    testing::Values(Rule{"AFileTimeIsUtc", {time_property(0x0039, kFifthOfApril)}, submit, "2018-04-05T08:37:00+00:00"},
                    Rule{"ZeroIsAbsent", {time_property(0x0039, 0)}, submit, "(none)"},
                    Rule{"TheLargestIsAbsent", {time_property(0x0039, 0x7FFFFFFFFFFFFFFF)}, submit, "(none)"},
                    Rule{"AllOnesAreAbsent", {time_property(0x0039, 0xFFFFFFFFFFFFFFFF)}, submit, "(none)"},
                    Rule{"AMeetingsDateIsNotTheMessages", {time_property(0x0060, kFifthOfApril)}, submit, "(none)"},
                    Rule{"DeliveryIsKeptApart",
                         {time_property(0x0E06, kFifthOfApril)},
                         [](const Message& message) {
                           return shown(message.delivery) + " " + shown(message.submit) + " " + shown(message.date);
                         },
                         "2018-04-05T08:37:00+00:00 (none) (none)"},
                    Rule{"TheHeadersDateKeepsItsZone",
                         {unicode_property(0x007D, "Date: Thu, 5 Apr 2018 10:37:00 +0200\r\n\r\n"),
                          time_property(0x0039, kFifthOfApril)},
                         [](const Message& message) { return shown(message.date); },
                         "2018-04-05T10:37:00+02:00"}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Links, MapiRule,
    testing::Values(
        Rule{"MessageIdOfTheHeaderFirst",
             {unicode_property(0x1035, "<mapi@firm.example>"),
              unicode_property(0x007D, "Message-ID: <header@firm.example>\r\n\r\n")},
             [](const Message& message) { return message.message_id; },
             "<header@firm.example>"},
        Rule{"MessageIdOfMapi",
             {unicode_property(0x1035, "<mapi@firm.example>")},
             [](const Message& message) { return message.message_id; },
             "<mapi@firm.example>"},
        Rule{"Thread",
             {unicode_property(0x1042, "<a@x>"), unicode_property(0x1039, "<a@x> <b@x>"), unicode_property(0x0070, "Topic"),
              binary_property(0x0071, "\1\2\3")},
             [](const Message& m) { return m.in_reply_to + "|" + m.references + "|" + m.thread_topic + "|" + m.thread_index; },
             "<a@x>|<a@x> <b@x>|Topic|\1\2\3"},
        Rule{"ReplyToOfTheHeaderFirst",
             {unicode_property(0x007D, "Reply-To: r@firm.example\r\n\r\n"),
              binary_property(0x004F, number_bytes(0, 4) + number_bytes(0, 4))},
             [](const Message& message) { return shown(message.reply_to); },
             "<r@firm.example>"},
        Rule{"ReplyToOfFlatEntries",
             {binary_property(0x004F, number_bytes(1, 4) + number_bytes(0, 4) +
                                          number_bytes(one_off("Rep", "SMTP", "rep@evil.example").size(), 4) +
                                          one_off("Rep", "SMTP", "rep@evil.example")),
              unicode_property(0x0050, "Rep")},
             [](const Message& message) { return shown(message.reply_to); },
             "Rep<rep@evil.example>"},
        Rule{"ReplyToNamesAlone",
             {unicode_property(0x0050, "rep@evil.example")},
             [](const Message& message) { return shown(message.reply_to); },
             "<rep@evil.example>"},
        Rule{"ReportTypeOfTheHeader",
             {unicode_property(0x007D, "Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=x\r\n\r\n")},
             [](const Message& message) { return message.content_type + " " + message.report_type; },
             "multipart/report delivery-status"}),
    [](const auto& one) { return one.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Strings, MapiRule,
    testing::Values(Rule{"MessageCodePageFirst",
                         {string8_property(0x0037, "\xE9t\xE9"), integer_property(0x3FFD, 1252), integer_property(0x3FF1, 0x419)},
                         subject,
                         "\u00e9t\u00e9"},
                    Rule{"ThenTheLocale",
                         {string8_property(0x0037, "\xCF\xF0\xE8"), integer_property(0x3FF1, 0x419),
                          integer_property(0x3FDE, 28591)},
                         subject,
                         "\u041f\u0440\u0438"},
                    Rule{"ThenTheInternetCodePage",
                         {string8_property(0x0037, "\xCF\xF0\xE8"), integer_property(0x3FDE, 1251)},
                         subject,
                         "\u041f\u0440\u0438"},
                    Rule{"Utf16Pairs", {unicode_property(0x0037, "\U0001F600 ok")}, subject, "\U0001F600 ok"},
                    Rule{"EndAtTheFirstNul", {unicode_property(0x0037, "shown\0hidden"s)}, subject, "shown"}),
    [](const auto& one) { return one.param.name; });

TEST(MapiMessage, TheCarriersCodePageStandsBeforeThatOfHtml) {
  auto object = object_of({string8_property(0x0037, "\xCF\xF0\xE8"), integer_property(0x3FDE, 28591)});
  object.code_page = 1251;
  EXPECT_EQ(read(object).subject, "\u041f\u0440\u0438");
}

TEST(MapiMessage, AFailingCharacterDegradesOneFieldAndIsANote) {
  const auto message =
      read({string8_property(0x0037, "a\x81\xFFz"), string8_property(0x0C1A, "Ann"), integer_property(0x3FFD, 932)});
  EXPECT_EQ(message.sender->name, "Ann");
  EXPECT_TRUE(message.subject.starts_with("a") && message.subject.ends_with("z")) << message.subject;
  EXPECT_TRUE(has_note(message, "charset_replaced", "0037"));
  EXPECT_FALSE(has_note(read({string8_property(0x0037, "az"), integer_property(0x3FFD, 932)}), "charset_replaced"));
}

TEST(MapiMessage, TransportHeadersAreReadAsAMailsHeader) {
  const auto message = read({string8_property(0x007D,
                                              "Received: from a by b; Thu, 5 Apr 2018 10:37:00 +0200\r\nX-Folded: a\r\n b\r\n"
                                              "To: one@firm.example\r\n\r\n--part\r\nContent-Type: text/plain\r\n")});
  ASSERT_EQ(message.headers.size(), 3U);
  EXPECT_EQ(message.headers[1].value, "a b");
  EXPECT_EQ(message.headers[2].name, "To");
  EXPECT_EQ(message.headers[2].offset, 55U + 13U + 4U) << "in the header's text";
  EXPECT_EQ(shown(message.to), "<one@firm.example>") << "no recipients table: the header's";
  EXPECT_FALSE(has_note(message, "no_transport_headers"));
}

TEST(MapiMessage, NoTransportHeadersIsSaidOfMailOnly) {
  EXPECT_TRUE(has_note(read({unicode_property(0x001A, "IPM.Note")}), "no_transport_headers"));
  EXPECT_FALSE(has_note(read({unicode_property(0x001A, "IPM.Contact")}), "no_transport_headers"));
  EXPECT_EQ(note_kind("no_transport_headers"), NoteKind::remark);
}

TEST(MapiMessage, AnUnsentMessageIsADraft) {
  EXPECT_TRUE(has_note(read({integer_property(0x0E07, 0x8)}), "draft"));
  EXPECT_FALSE(has_note(read({integer_property(0x0E07, 0x21)}), "draft"));
  EXPECT_EQ(note_kind("draft"), NoteKind::remark);
}

TEST(MapiMessage, TheRecipientsTableStandsBeforeTheHeader) {
  auto object = object_of({unicode_property(0x007D, "To: header@firm.example\r\nCc: c@firm.example\r\n\r\n")});
  const auto person = [](std::uint32_t type, std::string_view name, std::string_view address) {
    return row({integer_property(0x0C15, type), unicode_property(0x3001, name), unicode_property(0x39FE, address)});
  };
  object.recipients.push_back(person(1, "'Ann'", "ann@firm.example"));
  object.recipients.push_back(person(0x10000001, "Resent", "resent@firm.example"));
  object.recipients.push_back(person(0x80000002, "Copied", "copied@firm.example"));
  object.recipients.push_back(person(3, "Blind", "blind@firm.example"));
  object.recipients.push_back(person(0, "Originator", "originator@firm.example"));
  object.recipients.push_back(row({integer_property(0x0C15, 1), unicode_property(0x3002, "EX"), unicode_property(0x3003, kX500),
                                   unicode_property(0x5FF6, "Inside")}));
  const auto message = read(object);
  EXPECT_EQ(shown(message.to), "Ann<ann@firm.example> Resent<resent@firm.example> Inside<>");
  EXPECT_EQ(shown(message.cc), "Copied<copied@firm.example>");
  EXPECT_EQ(shown(message.bcc), "Blind<blind@firm.example>");
}

TEST(MapiMessage, WithoutTableAndHeaderTheDisplayListsAreNames) {
  const auto message = read(
      {unicode_property(0x0E04, "Ann; 'bob@firm.example'"), unicode_property(0x0E03, "Cleo"), unicode_property(0x0E02, "Dan")});
  EXPECT_EQ(shown(message.to), "Ann<> <bob@firm.example>");
  EXPECT_EQ(shown(message.cc), "Cleo<>");
  EXPECT_EQ(shown(message.bcc), "Dan<>");
}

TEST(MapiMessage, AllBodiesAreTexts) {
  const auto message =
      read({unicode_property(0x1000, "plain\r\ntext"), binary_property(0x1013, "<p>\xE9</p>"), integer_property(0x3FDE, 1252)});
  EXPECT_EQ(shown(message.texts), "body:text[plain\ntext] html:html[<p>\u00e9</p>]");
  ASSERT_EQ(message.parts.size(), 2U);
  EXPECT_EQ(message.parts[1].type, "text/html");
  EXPECT_EQ(message.parts[1].charset, "windows-1252");
}

TEST(MapiMessage, HtmlIsInTheInternetCodePageElseInWhatItSays) {
  const std::string html = "<meta charset=\"windows-1251\"><p>\xCF</p>";
  EXPECT_NE(shown(read({binary_property(0x1013, html)}).texts).find("\u041f"), std::string::npos);
  EXPECT_NE(shown(read({binary_property(0x1013, html), integer_property(0x3FDE, 28591)}).texts).find("\u00cf"),
            std::string::npos);
  EXPECT_EQ(shown(read({unicode_property(0x1013, "<p>\u00e9</p>")}).texts), "html:html[<p>\u00e9</p>]");
}

TEST(MapiMessage, TextBytes) {
  const Limits limits{.text_bytes = 4};
  EXPECT_FALSE(has_note(read(object_of({unicode_property(0x1000, "abcd")}), limits), "limit"));
  const auto over = read(object_of({unicode_property(0x1000, "abcde"), unicode_property(0x0037, "subject")}), limits);
  EXPECT_TRUE(has_note(over, "limit", "text_bytes"));
  EXPECT_EQ(over.texts.at(0).content, "abcd");
  EXPECT_EQ(over.subject, "subject");
}

TEST(MapiMessage, ContactsKeepTheirAddresses) {
  auto object = object_of({unicode_property(0x001A, "IPM.Contact"), unicode_property(0x3001, "Ann Contact"),
                           unicode_property(0x8001, "SMTP"), unicode_property(0x8002, "ann@firm.example")});
  const std::string set = "\x04\x20\x06\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"s;
  object.names[0x8001] = {.guid = set, .number = 0x8082, .text = {}};
  object.names[0x8002] = {.guid = set, .number = 0x8083, .text = {}};
  const auto message = read(object);
  EXPECT_EQ(shown(message.contacts), "Ann Contact<ann@firm.example>");
  EXPECT_TRUE(message.to.empty() && message.from.empty());
  object.names[0x8002].guid = std::string(16, 'x');
  EXPECT_TRUE(read(object).contacts.empty()) << "another property set";
}

TEST(MapiMessage, AnAppointmentHasItsPeoplePlaceAndStart) {
  auto object = object_of({unicode_property(0x001A, "IPM.Appointment"),
                           unicode_property(0x0037, "Signing"),
                           unicode_property(0x0042, "Ann"),
                           unicode_property(0x0064, "SMTP"),
                           unicode_property(0x0065, "ann@firm.example"),
                           unicode_property(0x8001, "Room 1"),
                           {.id = 0x8002, .type = 0x0040, .value = number_bytes(131'673'910'200'000'000, 8), .values = {}}});
  object.recipients.push_back(row({unicode_property(0x39FE, "bert@payer.example")}));
  const std::string set = "\x02\x20\x06\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"s;
  object.names[0x8001] = {.guid = set, .number = 0x8208, .text = {}};
  object.names[0x8002] = {.guid = set, .number = 0x820D, .text = {}};
  const auto message = read(object);
  ASSERT_EQ(message.calendars.size(), 1U);
  const auto& calendar = message.calendars[0];
  EXPECT_EQ(shown(calendar.organizer), "Ann<ann@firm.example>");
  EXPECT_EQ(shown(calendar.attendees), "<bert@payer.example>");
  EXPECT_EQ(calendar.summary, "Signing");
  EXPECT_EQ(calendar.location, "Room 1");
  EXPECT_EQ(calendar.start, "2018-04-05T08:37:00Z");
  object.properties.list[0] = unicode_property(0x001A, "IPM.Note");
  EXPECT_TRUE(read(object).calendars.empty());
}

TEST(MapiMessage, AddressesOfTheTable) {
  const Limits limits{.addresses = 1};
  MapiObject object;
  object.recipients.push_back(row({unicode_property(0x39FE, "a@firm.example")}));
  EXPECT_FALSE(has_note(read(object, limits), "limit"));
  object.recipients.push_back(row({unicode_property(0x39FE, "b@firm.example")}));
  const auto over = read(object, limits);
  EXPECT_TRUE(has_note(over, "limit", "addresses"));
  EXPECT_EQ(over.to.size(), 1U);
}

}  // namespace
}  // namespace threadline::message
