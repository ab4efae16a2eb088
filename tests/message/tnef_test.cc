// SPDX-License-Identifier: Apache-2.0
#include "message/tnef.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "message/read_message.h"
#include "message/tnef_stream.h"

namespace threadline::message {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

MapiObject read(std::string_view bytes, const Limits& limits = {}) {
  const auto exact = std::make_unique<char[]>(bytes.size());
  std::ranges::copy(bytes, exact.get());
  return read_tnef({exact.get(), bytes.size()}, limits);
}

std::string value_of(const MapiProperties& properties, std::uint16_t id) {
  const auto* property = properties.find(id);
  return property == nullptr ? "(absent)" : property->value;
}

bool has_note(const std::vector<Note>& notes, std::string_view code, std::string_view text = {}) {
  return std::ranges::any_of(notes,
                             [&](const Note& note) { return note.code == code && note.text.find(text) != note.text.npos; });
}

TEST(Tnef, IsToldByItsSignature) {
  EXPECT_TRUE(is_tnef("\x78\x9F\x3E\x22rest"));
  EXPECT_FALSE(is_tnef("\x22\x3E\x9F\x78rest"));
  EXPECT_FALSE(is_tnef("\x78\x9F"));
}

TEST(Tnef, ValuesAreKeptAsMapiPropertyHasThem) {
  const auto list =
      property_list({encapsulated(unicode_property(0x0037, "Invoice")), encapsulated(string8_property(0x0070, "topic")),
                     encapsulated(integer_property(0x0E07, 8)), encapsulated(boolean_property(0x0029, true)),
                     encapsulated(time_property(0x0039, kFifthOfApril)), encapsulated(binary_property(0x0071, "\1\2\3"))});
  const auto object = read(TnefStream().message(kAttMsgProps, list).bytes());
  EXPECT_EQ(value_of(object.properties, 0x0037), wide("Invoice"));
  EXPECT_EQ(value_of(object.properties, 0x0070), "topic");
  EXPECT_EQ(value_of(object.properties, 0x0E07), number_bytes(8, 4));
  EXPECT_EQ(value_of(object.properties, 0x0029), number_bytes(1, 2)) << "padded to four bytes in the stream";
  EXPECT_EQ(value_of(object.properties, 0x0039), number_bytes(kFifthOfApril, 8));
  EXPECT_EQ(value_of(object.properties, 0x0071), "\1\2\3");
  EXPECT_TRUE(object.notes.empty());
}

TEST(Tnef, ManyValuesAreKeptEach) {
  MapiProperty strings{.id = 0x3A58, .type = 0x101F, .value = {}, .values = {wide("a"), wide("longer")}};
  MapiProperty shorts{.id = 0x1234, .type = 0x1002, .value = {}, .values = {number_bytes(1, 2), number_bytes(2, 2)}};
  const auto list = property_list({encapsulated(strings), encapsulated(shorts), encapsulated(unicode_property(0x0037, "after"))});
  const auto object = read(TnefStream().message(kAttMsgProps, list).bytes());
  EXPECT_EQ(object.properties.find(0x3A58)->values, strings.values);
  EXPECT_EQ(object.properties.find(0x1234)->values, shorts.values);
  EXPECT_EQ(value_of(object.properties, 0x0037), wide("after"));
}

TEST(Tnef, NamesGetIdsOfTheObjectInTheOrderInWhichTheyAreMet) {
  const MapiName lid{.guid = std::string(16, 'g'), .number = 0x8083, .text = {}};
  const MapiName text{.guid = std::string(16, 'g'), .number = {}, .text = "Keywords"};
  const auto list =
      property_list({encapsulated(unicode_property(0x8A00, "by number"), &lid),
                     encapsulated(unicode_property(0x8A00, "by text"), &text), encapsulated(unicode_property(0x0037, "after"))});
  const auto object = read(TnefStream().message(kAttMsgProps, list).bytes());
  ASSERT_EQ(object.names.size(), 2U);
  EXPECT_EQ(object.names.at(0x8000).number, 0x8083U);
  EXPECT_EQ(object.names.at(0x8001).text, "Keywords");
  EXPECT_EQ(value_of(object.properties, 0x8000), wide("by number"));
  EXPECT_EQ(value_of(object.properties, 0x8001), wide("by text"));
  EXPECT_EQ(value_of(object.properties, 0x0037), wide("after"));
}

struct Legacy {
  const char* name;
  std::uint32_t attribute;
  std::string data;
  std::uint16_t id;
  std::string value;
};

class LegacyAttribute : public testing::TestWithParam<Legacy> {};

TEST_P(LegacyAttribute, IsItsProperty) {
  const auto object = read(TnefStream().message(GetParam().attribute, GetParam().data).bytes());
  EXPECT_EQ(value_of(object.properties, GetParam().id), GetParam().value);
}

/// TRP: id, size, sizes of name and address.
std::string trp(const std::string& name, const std::string& address) {
  return number_bytes(4, 2) + number_bytes(16 + name.size() + address.size(), 2) + number_bytes(name.size(), 2) +
         number_bytes(address.size(), 2) + name + address + std::string(8, '\0');
}

std::string counted(const std::string& text) { return number_bytes(text.size(), 2) + text; }

INSTANTIATE_TEST_SUITE_P(
    Table, LegacyAttribute,
    testing::Values(Legacy{"Subject", kAttSubject, "Hello\0"s, 0x0037, "Hello"},
                    Legacy{"Body", kAttBody, "Text\0"s, 0x1000, "Text"},
                    Legacy{"SenderName", kAttFrom, trp("Ann\0"s, "SMTP:ann@a.example\0"s), 0x0C1A, "Ann"},
                    Legacy{"SenderType", kAttFrom, trp("Ann\0"s, "SMTP:ann@a.example\0"s), 0x0C1E, "SMTP"},
                    Legacy{"SenderAddress", kAttFrom, trp("Ann\0"s, "SMTP:ann@a.example\0"s), 0x0C1F, "ann@a.example"},
                    Legacy{"Owner", kAttOwner, counted("Bob\0"s) + counted("SMTP:bob@b.example\0"s), 0x0065, "bob@b.example"},
                    Legacy{"Class", kAttMessageClass, "IPM.Microsoft Mail.Note\0"s, 0x001A, "IPM.Note"},
                    Legacy{"ClassCancelled", kAttMessageClass, "IPM.Microsoft Schedule.MtgCncl\0"s, 0x001A,
                           "IPM.Schedule.Meeting.Canceled"},
                    Legacy{"ClassAsItIs", kAttMessageClass, "IPM.Note.Custom\0"s, 0x001A, "IPM.Note.Custom"},
                    Legacy{"Unsent", kAttStatus, "\x02"s, 0x0E07, number_bytes(8, 4)},
                    Legacy{"Sent", kAttStatus, "\x25"s, 0x0E07, "(absent)"}),
    [](const auto& row) { return row.param.name; });

TEST(Tnef, ALegacyDateHasNoZoneAndSaysSoByItsType) {
  std::string date;
  for (const std::uint64_t field : {2018U, 4U, 5U, 10U, 37U, 0U, 4U}) date += number_bytes(field, 2);
  const auto message = read_message(TnefStream().message(kAttDateSent, date).bytes(), Limits{});
  ASSERT_TRUE(message.submit);
  EXPECT_EQ(rfc3339_utc(message.submit->at), "2018-04-05T10:37:00Z");
  EXPECT_EQ(message.submit->basis, ZoneBasis::assumed);
  date[2] = 13;
  const auto object = read(TnefStream().message(kAttDateSent, date).bytes());
  EXPECT_EQ(value_of(object.properties, 0x0039), "(absent)");
  EXPECT_TRUE(has_note(object.notes, "malformed_date"));
}

TEST(Tnef, WhatTheMessagePropertiesSayStandsBeforeLegacyAttributes) {
  const auto list = property_list({encapsulated(unicode_property(0x0037, "Full"))});
  const auto object =
      read(TnefStream().message(kAttSubject, "Short\0"sv).message(kAttMsgProps, list).message(kAttBody, "b\0"sv).bytes());
  EXPECT_EQ(value_of(object.properties, 0x0037), wide("Full"));
  EXPECT_EQ(value_of(object.properties, 0x1000), "b");
}

TEST(Tnef, TheCodePageIsTheCarriers) {
  EXPECT_EQ(read(TnefStream().message(kAttOemCodepage, number_bytes(1251, 4) + number_bytes(0, 4)).bytes()).code_page, 1251U);
}

TEST(Tnef, RecipientsAreRows) {
  const auto row = [](std::string_view name) {
    return property_list({encapsulated(unicode_property(0x3001, name)), encapsulated(integer_property(0x0C15, 1))});
  };
  const auto object = read(TnefStream().message(kAttRecipTable, number_bytes(2, 4) + row("Ann") + row("Bob")).bytes());
  ASSERT_EQ(object.recipients.size(), 2U);
  EXPECT_EQ(value_of(object.recipients[1], 0x3001), wide("Bob"));
}

TEST(Tnef, AnAttachmentBeginsWithItsRendering) {
  const auto object = read(TnefStream()
                               .attachment(kAttRendData, file_rendering())
                               .attachment(kAttAttachTitle, "a.txt\0"sv)
                               .attachment(kAttAttachData, "first")
                               .attachment(kAttRendData, file_rendering())
                               .attachment(kAttAttachData, "second")
                               .attachment(kAttAttachTitle, "b.txt\0"sv)
                               .bytes());
  ASSERT_EQ(object.attachments.size(), 2U);
  EXPECT_EQ(value_of(object.attachments[0].properties, 0x3704), "a.txt");
  EXPECT_EQ(value_of(object.attachments[0].properties, 0x3701), "first");
  EXPECT_EQ(value_of(object.attachments[1].properties, 0x3704), "b.txt") << "data before title";
  EXPECT_EQ(value_of(object.attachments[1].properties, 0x3701), "second");
}

TEST(Tnef, AttachmentsWithoutRenderingAreToldByWhatTheyRepeat) {
  const auto object = read(TnefStream()
                               .attachment(kAttAttachTitle, "a.txt\0"sv)
                               .attachment(kAttAttachData, "first")
                               .attachment(kAttAttachTitle, "b.txt\0"sv)
                               .attachment(kAttAttachData, "second")
                               .bytes());
  ASSERT_EQ(object.attachments.size(), 2U);
  EXPECT_EQ(value_of(object.attachments[1].properties, 0x3701), "second");
}

TEST(Tnef, AnAttachmentsOwnPropertiesStandBeforeItsLegacyAttributes) {
  const auto list = property_list(
      {encapsulated(unicode_property(0x3707, "long name.txt")), encapsulated(unicode_property(0x3704, "longna~1.txt"))});
  const auto object = read(TnefStream()
                               .attachment(kAttRendData, file_rendering())
                               .attachment(kAttAttachTitle, "title\0"sv)
                               .attachment(kAttAttachment, list)
                               .bytes());
  EXPECT_EQ(value_of(object.attachments.at(0).properties, 0x3707), wide("long name.txt"));
  EXPECT_EQ(value_of(object.attachments[0].properties, 0x3704), wide("longna~1.txt"));
}

std::string with_embedded(const std::string& inner) {
  return TnefStream()
      .attachment(kAttRendData, file_rendering())
      .attachment(kAttAttachment, property_list({embedded_stream(inner), encapsulated(integer_property(0x3705, 5))}))
      .bytes();
}

TEST(Tnef, AMessageObjectIsAStreamOfItsOwn) {
  const auto inner = TnefStream().message(kAttSubject, "Inner\0"sv).bytes();
  const auto object = read(with_embedded(inner));
  ASSERT_EQ(object.attachments.size(), 1U);
  ASSERT_TRUE(object.attachments[0].embedded);
  EXPECT_EQ(value_of(object.attachments[0].embedded->properties, 0x0037), "Inner");
  EXPECT_EQ(object.attachments[0].embedded->size, inner.size());
  EXPECT_EQ(object.attachments[0].embedded->sha256.size(), 64U);
}

TEST(Tnef, AnOleObjectIsNoMessage) {
  const std::string iid_storage = "\x0B\0\0\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"s;
  const auto list = property_list({encapsulated(object_property(iid_storage + "storage"))});
  const auto object = read(TnefStream().attachment(kAttRendData, file_rendering()).attachment(kAttAttachment, list).bytes());
  EXPECT_FALSE(object.attachments.at(0).embedded);
  EXPECT_EQ(value_of(object.attachments[0].properties, 0x3701), "storage");
}

TEST(Tnef, AWrongChecksumIsANoteNotALoss) {
  const auto right = read(TnefStream().message(kAttSubject, "s\0"sv).message(kAttBody, "b\0"sv).bytes());
  EXPECT_TRUE(right.notes.empty());
  const auto wrong = read(TnefStream().message(kAttSubject, "s\0"sv).wrong_checksum().message(kAttBody, "b\0"sv).bytes());
  EXPECT_TRUE(has_note(wrong.notes, "malformed_container", "checksum"));
  EXPECT_EQ(value_of(wrong.properties, 0x0037), "s");
  EXPECT_EQ(value_of(wrong.properties, 0x1000), "b");
}

TEST(Tnef, AnyKeyIsAKey) {
  auto bytes = TnefStream().message(kAttSubject, "s\0"sv).bytes();
  bytes[4] = bytes[5] = '\0';
  EXPECT_EQ(value_of(read(bytes).properties, 0x0037), "s");
}

TEST(Tnef, ReadingGoesOnAfterBytesThatAreNoAttribute) {
  const auto object = read(TnefStream().message(kAttSubject, "s\0"sv).raw("\x07garbage\x09").message(kAttBody, "b\0"sv).bytes());
  EXPECT_TRUE(has_note(object.notes, "malformed_container", "no attribute"));
  EXPECT_EQ(value_of(object.properties, 0x1000), "b");
}

TEST(Tnef, GarbageAtTheEndIsANote) {
  const auto object = read(TnefStream().message(kAttSubject, "s\0"sv).raw("\r\n\r\n").bytes());
  EXPECT_EQ(value_of(object.properties, 0x0037), "s");
  EXPECT_TRUE(has_note(object.notes, "malformed_container"));
}

TEST(Tnef, AClaimOverTheRestGivesWhatThereIs) {
  const auto cut = std::string("\x01") + number_bytes(kAttBody, 4) + number_bytes(0xFFFFFFF0, 4) + "the beginning";
  const auto object = read(TnefStream().message(kAttSubject, "s\0"sv).raw(cut).bytes());
  EXPECT_EQ(value_of(object.properties, 0x1000), "the beginning");
  EXPECT_TRUE(has_note(object.notes, "truncated"));
}

TEST(Tnef, AClaimOverTheRestDoesNotSwallowTheAttributesAfterIt) {
  const auto wrong = std::string("\x01") + number_bytes(kAttBody, 4) + number_bytes(0x00FFFFFF, 4) + "text";
  const auto object = read(TnefStream().raw(wrong).message(kAttSubject, "s\0"sv).bytes());
  EXPECT_EQ(value_of(object.properties, 0x1000), "text");
  EXPECT_EQ(value_of(object.properties, 0x0037), "s");
}

TEST(Tnef, ACutEmbeddedMessageKeepsItsAttributesToItself) {
  const auto whole = with_embedded(
      TnefStream().message(kAttBody, "a long body of the message inside\0"sv).message(kAttSubject, "Inner\0"sv).bytes());
  for (std::size_t size = 32; size < whole.size(); ++size) {  // 31: the end of the rendering
    const auto object = read(whole.substr(0, size));
    EXPECT_EQ(value_of(object.properties, 0x0037), "(absent)") << size;
    EXPECT_FALSE(object.notes.empty()) << size;
  }
}

TEST(Tnef, APropertyThatClaimsMoreThanThereIsGivesWhatThereIs) {
  auto list = property_list({encapsulated(binary_property(0x1013, "<p>html</p>"))});
  list[12] = '\x7F';
  const auto object = read(TnefStream().message(kAttMsgProps, list).message(kAttSubject, "s\0"sv).bytes());
  EXPECT_TRUE(value_of(object.properties, 0x1013).starts_with("<p>html</p>"));
  EXPECT_EQ(value_of(object.properties, 0x0037), "s") << "the attributes after it are read";
  EXPECT_TRUE(has_note(object.notes, "malformed_container"));
}

TEST(Tnef, NoSignatureIsSaid) {
  EXPECT_TRUE(has_note(read("").notes, "not_a_message"));
  EXPECT_TRUE(has_note(read("nothing").notes, "not_a_message"));
  EXPECT_TRUE(has_note(read("\x78\x9F\x3E\x22").notes, "truncated"));
}

TEST(TnefLimits, MapiProperties) {
  const Limits limits{.mapi_properties = 2};
  const auto stream = [](int count) {
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i) all.push_back(encapsulated(integer_property(static_cast<std::uint16_t>(0x1200 + i), 1)));
    return TnefStream().message(kAttMsgProps, property_list(all)).message(kAttSubject, "s\0"sv).bytes();
  };
  EXPECT_FALSE(has_note(read(stream(2), limits).notes, "limit"));
  const auto over = read(stream(3), limits);
  EXPECT_TRUE(has_note(over.notes, "limit", "mapi_properties"));
  EXPECT_EQ(over.properties.list.size(), 3U) << "two of the list, and the subject";
}

TEST(TnefLimits, MapiAttachments) {
  const Limits limits{.mapi_attachments = 1};
  TnefStream stream;
  stream.attachment(kAttRendData, file_rendering()).attachment(kAttAttachData, "a");
  EXPECT_FALSE(has_note(read(stream.bytes(), limits).notes, "limit"));
  stream.attachment(kAttRendData, file_rendering()).attachment(kAttAttachData, "b").message(kAttSubject, "s\0"sv);
  const auto over = read(stream.bytes(), limits);
  EXPECT_TRUE(has_note(over.notes, "limit", "mapi_attachments"));
  EXPECT_EQ(over.attachments.size(), 1U);
  EXPECT_EQ(value_of(over.properties, 0x0037), "s");
}

TEST(TnefLimits, AddressesOfTheRecipientTable) {
  const Limits limits{.addresses = 1};
  const auto row = property_list({encapsulated(unicode_property(0x3001, "Ann"))});
  EXPECT_FALSE(has_note(read(TnefStream().message(kAttRecipTable, number_bytes(1, 4) + row).bytes(), limits).notes, "limit"));
  const auto over = read(TnefStream().message(kAttRecipTable, number_bytes(2, 4) + row + row).bytes(), limits);
  EXPECT_TRUE(has_note(over.notes, "limit", "addresses"));
  EXPECT_EQ(over.recipients.size(), 1U);
}

TEST(TnefLimits, NestedDepth) {
  const Limits limits{.nested_depth = 1};
  const auto leaf = TnefStream().message(kAttSubject, "leaf\0"sv).bytes();
  const auto within = read(with_embedded(leaf), limits);
  EXPECT_FALSE(has_note(within.notes, "limit"));
  const auto over = read(with_embedded(with_embedded(leaf)), limits);
  const auto& middle = *over.attachments.at(0).embedded;
  EXPECT_TRUE(has_note(middle.notes, "limit", "nested_depth"));
  EXPECT_FALSE(middle.attachments.at(0).embedded);
}

TEST(TnefLimits, NestedMessages) {
  const Limits limits{.nested_messages = 1};
  const auto leaf = TnefStream().message(kAttSubject, "leaf\0"sv).bytes();
  TnefStream stream;
  const auto attach = [&] {
    stream.attachment(kAttRendData, file_rendering()).attachment(kAttAttachment, property_list({embedded_stream(leaf)}));
  };
  attach();
  EXPECT_FALSE(has_note(read(stream.bytes(), limits).notes, "limit"));
  attach();
  EXPECT_TRUE(has_note(read(stream.bytes(), limits).notes, "limit", "nested_messages"));
}

}  // namespace
}  // namespace threadline::message
