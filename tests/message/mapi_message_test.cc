// SPDX-License-Identifier: Apache-2.0
#include "message/mapi_message.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/cms_writer.h"
#include "message/read_message.h"
#include "message/tnef_stream.h"

namespace threadline::message {
namespace {

using namespace std::string_literals;

MapiObject object_of(std::vector<MapiProperty> properties) {
  MapiObject object;
  object.properties.list = std::move(properties);
  return object;
}

MapiProperties row(std::vector<MapiProperty> properties) { return {.list = std::move(properties)}; }

Message read(const MapiObject& object, const Limits& limits = {}) {
  Message message;
  (void)read_mapi_object(object, limits, message);
  return message;
}

Message read(std::vector<MapiProperty> properties) { return read(object_of(std::move(properties))); }

bool has_note(const Message& message, std::string_view code, std::string_view text = {}) {
  return std::ranges::any_of(message.notes,
                             [&](const Note& note) { return note.code == code && note.text.find(text) != note.text.npos; });
}

std::string shown(const Address& person) { return person.name + "<" + person.address + ">"; }
std::string shown(const std::vector<Address>& people) {
  std::string all;
  for (const auto& person : people) all += (all.empty() ? "" : " ") + shown(person);
  return all;
}
std::string shown(const std::optional<Address>& person) { return person ? shown(*person) : "(none)"; }
std::string shown(const std::optional<Stamp>& stamp) { return stamp ? rfc3339(stamp->at) : "(none)"; }
std::string shown(const std::vector<Text>& texts) {
  std::string all;
  for (const auto& text : texts)
    all += fmt::format("{}{}{}:{}[{}]", all.empty() ? "" : " ", text.part, text.attached ? "+" : "", text.html ? "html" : "text",
                       text.content);
  return all;
}

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

MapiAttachment attachment(std::vector<MapiProperty> properties) {
  MapiAttachment made;
  made.properties.list = std::move(properties);
  return made;
}

std::string shown(const Attachment& one) {
  return fmt::format("{} {} {} {} {}", one.part, one.name, one.type, one.size, one.note);
}

TEST(MapiMessage, AttachmentsHaveTheNamesThatPeopleSee) {
  MapiObject object;
  object.attachments.push_back(attachment({unicode_property(0x3707, "long name.pdf"), unicode_property(0x3704, "LONGNA~1.PDF"),
                                           unicode_property(0x370E, "Application/PDF; name=x"), binary_property(0x3701, "12345"),
                                           integer_property(0x3705, 1), integer_property(0x0E20, 99)}));
  object.attachments.push_back(attachment({unicode_property(0x3704, "SHORT.DOC"), binary_property(0x3701, "")}));
  object.attachments.push_back(
      attachment({unicode_property(0x3001, "Shown"), boolean_property(0x7FFE, true), binary_property(0x3701, "x")}));
  object.attachments.push_back(attachment({}));
  const auto message = read(object);
  ASSERT_EQ(message.attachments.size(), 4U);
  EXPECT_EQ(shown(message.attachments[0]), "1 long name.pdf application/pdf 5 ") << "the size is that of the content";
  EXPECT_EQ(message.attachments[0].sha256, "5994471abb01112afcc18159f6cc74b4f511b99806da59b3caf5a9c173cacfc5");
  EXPECT_EQ(shown(message.attachments[1]), "2 SHORT.DOC application/octet-stream 0 ");
  EXPECT_EQ(shown(message.attachments[2]), "3 Shown application/octet-stream 1 hidden");
  EXPECT_EQ(shown(message.attachments[3]), "4  application/octet-stream 0 ");
}

TEST(MapiMessage, AnAttachmentByReferenceIsSaidAndNotOpened) {
  for (const std::uint32_t method : {2U, 3U, 4U, 7U}) {
    MapiObject object;
    object.attachments.push_back(attachment({unicode_property(0x3707, "a.docx"), integer_property(0x3705, method),
                                             unicode_property(0x370D, "https://cloud.example/a")}));
    const auto message = read(object);
    EXPECT_EQ(shown(message.attachments.at(0)), "1 a.docx application/octet-stream 0 reference");
    EXPECT_TRUE(has_note(message, "attachment_by_reference", "https://cloud.example/a")) << method;
  }
}

TEST(MapiMessage, AnAttachedTextIsEvidenceButNotTheBody) {
  MapiObject object;
  object.attachments.push_back(attachment({unicode_property(0x3707, "iban.txt"), binary_property(0x3701, "pay here")}));
  object.attachments.push_back(attachment({unicode_property(0x3707, "form.html"), binary_property(0x3701, "<p>pay</p>")}));
  object.attachments.push_back(
      attachment({unicode_property(0x3707, "table.csv"), unicode_property(0x370E, "text/csv"), binary_property(0x3701, "a,b")}));
  EXPECT_EQ(shown(read(object).texts), "1+:text[pay here] 2+:html[<p>pay</p>]");
}

TEST(MapiMessage, AnEmbeddedObjectIsAnAttachmentAndAMessage) {
  const auto inner = property_list(
      {encapsulated(unicode_property(0x0037, "Inner subject")), encapsulated(unicode_property(0x1000, "inner body"))});
  const auto stream = TnefStream().message(kAttMsgProps, inner).bytes();
  const auto message = read_message(
      TnefStream()
          .message(kAttMsgProps, property_list({encapsulated(unicode_property(0x0037, "Outer"))}))
          .attachment(kAttRendData, file_rendering())
          .attachment(kAttAttachment, property_list({embedded_stream(stream), encapsulated(integer_property(0x3705, 5))}))
          .bytes(),
      Limits{});
  EXPECT_EQ(message.format, "tnef");
  EXPECT_EQ(message.attachments.at(0).name, "Inner subject");
  EXPECT_EQ(message.attachments[0].type, "message/rfc822");
  EXPECT_EQ(message.attachments[0].size, stream.size());
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].part, "1");
  EXPECT_EQ(message.messages[0].subject, "Inner subject");
  EXPECT_EQ(message.messages[0].format, "tnef");
  EXPECT_EQ(message.messages[0].sha256, message.attachments[0].sha256);
  EXPECT_EQ(shown(message.messages[0].texts), "body:text[inner body]");
}

std::string tnef_with_file(std::string_view name, std::string_view bytes) {
  return TnefStream()
      .attachment(kAttRendData, file_rendering())
      .attachment(kAttAttachTitle, std::string(name) + '\0')
      .attachment(kAttAttachData, bytes)
      .bytes();
}

TEST(MapiMessage, AMailAttachedAsAFileIsAMessage) {
  const std::string mail = "From: a@firm.example\r\nSubject: attached\r\n\r\ntext";
  const auto message = read_message(tnef_with_file("mail.eml", mail), Limits{});
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].subject, "attached");
  EXPECT_EQ(message.messages[0].format, "eml");
  EXPECT_TRUE(read_message(tnef_with_file("notes.bin", "no mail"), Limits{}).messages.empty());
}

TEST(MapiMessage, ATnefStreamAttachedAsAFileIsAMessage) {
  const auto inner = TnefStream().message(kAttSubject, "inner\0"s).bytes();
  const auto message = read_message(tnef_with_file("winmail.dat", inner), Limits{});
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].subject, "inner");
}

std::string mail_with(std::string_view type, std::string_view name, const std::string& bytes) {
  return fmt::format(
             "From: a@firm.example\nSubject: carrier\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=bb\n\n"
             "--bb\nContent-Type: text/plain\n\nhello\n--bb\nContent-Type: {}; name=\"{}\"\n"
             "Content-Disposition: attachment; filename=\"{}\"\nContent-Transfer-Encoding: binary\n\n",
             type, name, name) +
         bytes + "\n--bb--\n";
}

TEST(MapiMessage, AWinmailDatIsItsCarriersBodyAndAttachments) {
  const auto stream = TnefStream()
                          .message(kAttMessageClass, "IPM.Note\0"s)
                          .message(kAttSubject, "of the stream\0"s)
                          .message(kAttBody, "the letter\0"s)
                          .attachment(kAttRendData, file_rendering())
                          .attachment(kAttAttachTitle, "a.pdf\0"s)
                          .attachment(kAttAttachData, "12345")
                          .bytes();
  const auto message = read_message(mail_with("application/ms-tnef", "winmail.dat", stream), Limits{});
  EXPECT_EQ(message.format, "eml");
  EXPECT_EQ(message.subject, "carrier");
  EXPECT_EQ(message.message_class, "IPM.Note");
  EXPECT_EQ(shown(message.texts), "1:text[hello] 2!body:text[the letter]");
  ASSERT_EQ(message.attachments.size(), 2U);
  EXPECT_EQ(message.attachments[0].name, "winmail.dat");
  EXPECT_EQ(message.attachments[0].note, "winmail.dat");
  EXPECT_EQ(shown(message.attachments[1]), "2!1 a.pdf application/octet-stream 5 ");
  EXPECT_TRUE(message.messages.empty());
  EXPECT_FALSE(has_note(message, "no_transport_headers"));
}

TEST(MapiMessage, AWinmailDatThatIsNoTnefIsAnAttachment) {
  const auto message = read_message(mail_with("application/ms-tnef", "winmail.dat", "other bytes"), Limits{});
  EXPECT_EQ(message.attachments.size(), 1U);
  EXPECT_EQ(shown(message.texts), "1:text[hello]");
}

TEST(MapiMessage, AMessageInAWinmailDatIsNestedBelowIt) {
  const auto inner = TnefStream().message(kAttSubject, "inner\0"s).bytes();
  const auto stream = TnefStream()
                          .attachment(kAttRendData, file_rendering())
                          .attachment(kAttAttachment, property_list({embedded_stream(inner)}))
                          .bytes();
  const auto message = read_message(mail_with("application/octet-stream", "winmail.dat", stream), Limits{});
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].part, "2!1");
  EXPECT_EQ(message.messages[0].subject, "inner");
}

TEST(MapiMessage, NestedDepthCountsMailsAndObjectsAlike) {
  const Limits limits{.nested_depth = 2};
  const auto leaf = TnefStream().message(kAttSubject, "leaf\0"s).bytes();
  const auto within = read_message(tnef_with_file("a", tnef_with_file("b", leaf)), limits);
  EXPECT_EQ(within.messages.at(0).messages.at(0).subject, "leaf");
  EXPECT_FALSE(has_note(within.messages[0].messages[0], "limit"));
  const auto over = read_message(tnef_with_file("a", tnef_with_file("b", tnef_with_file("c", leaf))), limits);
  EXPECT_TRUE(has_note(over.messages.at(0).messages.at(0), "limit", "nested_depth"));
}

const std::string kSignedEntity =
    "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=ss\r\n\r\n--ss\r\nContent-Type: "
    "text/plain\r\n\r\n"
    "signed letter\r\n--ss\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n\r\nxx\r\n--ss--\r\n";

TEST(MapiMessage, ClearSignedMailIsReadInItsAttachment) {
  auto object = object_of({unicode_property(0x001A, "IPM.Note.SMIME.MultipartSigned")});
  object.attachments.push_back(
      attachment({unicode_property(0x370E, "multipart/signed"), binary_property(0x3701, kSignedEntity)}));
  const auto message = read(object);
  EXPECT_EQ(shown(message.texts), "1!1:text[signed letter]");
  EXPECT_EQ(message.attachments.size(), 2U) << "the entity, and its signature";
  EXPECT_TRUE(has_note(message, "signed"));
}

TEST(MapiMessage, OpaqueSignedMailIsReadInItsAttachmentAndEncryptedMailIsNamed) {
  const auto with_p7m = [](const std::string& bytes) {
    auto object = object_of({unicode_property(0x001A, "IPM.Note.SMIME")});
    object.attachments.push_back(
        attachment({unicode_property(0x3707, "smime.p7m"), unicode_property(0x370E, "application/pkcs7-mime"),
                    binary_property(0x3701, bytes)}));
    return read(object);
  };
  const auto opaque = with_p7m(tests::cms_signed("Content-Type: text/plain\r\n\r\nletter"));
  EXPECT_EQ(shown(opaque.texts), "1!1:text[letter]");
  EXPECT_EQ(opaque.attachments.at(0).note, "signed");
  const auto encrypted = with_p7m(tests::cms_encrypted("letter"));
  EXPECT_TRUE(encrypted.texts.empty());
  EXPECT_TRUE(has_note(encrypted, "encrypted"));
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
