// SPDX-License-Identifier: Apache-2.0
#include "message/msg.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

#include "base/sha256.h"
#include "message/msg_writer.h"

namespace threadline::message {
namespace {

constexpr std::uint16_t kSubject = 0x0037;
constexpr std::uint16_t kDisplayName = 0x3001;
constexpr std::uint16_t kAttachData = 0x3701;
constexpr std::uint16_t kAttachMethod = 0x3705;
constexpr std::string_view kSet("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F\x10", 16);

MapiObject read(const std::string& bytes, const Limits& limits = {}) {
  const auto exact = std::make_unique<char[]>(bytes.size());
  std::copy(bytes.begin(), bytes.end(), exact.get());
  return read_msg({exact.get(), bytes.size()}, limits);
}

std::string value_of(const MapiProperties& properties, std::uint16_t id) {
  const auto* property = properties.find(id);
  return property == nullptr ? "none" : property->value;
}

/// Of a UTF-16LE value of ASCII characters.
std::string text_of(const MapiProperties& properties, std::uint16_t id) {
  const auto* property = properties.find(id);
  if (property == nullptr) return "none";
  std::string text;
  for (std::size_t i = 0; i < property->value.size(); i += 2) text += property->value[i];
  return text;
}

bool has_note(const MapiObject& object, std::string_view code, std::string_view text) {
  return std::ranges::any_of(object.notes,
                             [&](const Note& note) { return note.code == code && note.text.find(text) != std::string::npos; });
}

bool reached(const MapiObject& object, std::string_view limit) {
  return std::ranges::any_of(object.notes,
                             [&](const Note& note) { return note.code == "limit" && note.text.starts_with(limit); });
}

MapiProperties named(std::string_view name) { return {.list = {unicode_property(kDisplayName, name)}}; }

MapiObject message(std::string_view subject) {
  MapiObject object;
  object.properties.list = {unicode_property(kSubject, subject),       integer_property(0x0E07, 0x11),
                            time_property(0x0039, 0x01DA1234567890AB), boolean_property(0x0E1B, true),
                            string8_property(0x1000, "body"),          binary_property(0x1013, "<p>")};
  object.recipients.push_back(named("Anna"));
  object.recipients.push_back(named("Bert"));
  object.attachments.emplace_back().properties.list = {unicode_property(kDisplayName, "a.pdf"),
                                                       integer_property(kAttachMethod, 1),
                                                       binary_property(kAttachData, std::string(5'000, 'x'))};
  return object;
}

void embed(MapiObject& object, MapiObject inner) {
  auto& attachment = object.attachments.emplace_back();
  attachment.properties.list = {integer_property(kAttachMethod, 5), unicode_property(kDisplayName, "embedded")};
  attachment.embedded = std::make_unique<MapiObject>(std::move(inner));
}

TEST(Msg, PropertiesRecipientsAndAttachmentsAreRead) {
  for (const int version : {3, 4}) {
    const auto object = read(write_msg(message("Invoice"), {.version = version}));
    EXPECT_EQ(text_of(object.properties, kSubject), "Invoice");
    EXPECT_EQ(value_of(object.properties, 0x0E07), std::string("\x11\0\0\0", 4));
    EXPECT_EQ(value_of(object.properties, 0x0039), std::string("\xAB\x90\x78\x56\x34\x12\xDA\x01", 8));
    EXPECT_EQ(value_of(object.properties, 0x0E1B), std::string("\x01\0", 2));
    EXPECT_EQ(value_of(object.properties, 0x1000), "body");
    EXPECT_EQ(value_of(object.properties, 0x1013), "<p>");
    EXPECT_EQ(object.properties.list.size(), 6U);
    ASSERT_EQ(object.recipients.size(), 2U);
    EXPECT_EQ(text_of(object.recipients[1], kDisplayName), "Bert");
    ASSERT_EQ(object.attachments.size(), 1U);
    EXPECT_EQ(value_of(object.attachments[0].properties, kAttachData), std::string(5'000, 'x'));
    EXPECT_TRUE(object.notes.empty());
  }
}

TEST(Msg, RecipientsComeInTheOrderOfTheirNumbersNotOfTheDirectory) {
  auto nodes = msg_nodes(message("s"));
  std::ranges::reverse(nodes);
  const auto object = read(write_cfb(nodes));
  ASSERT_EQ(object.recipients.size(), 2U);
  EXPECT_EQ(text_of(object.recipients[0], kDisplayName), "Anna");
}

TEST(Msg, NamesOfStreamsAreReadWithoutCase) {
  auto nodes = msg_nodes(message("s"));
  for (auto& node : nodes) std::ranges::transform(node.name, node.name.begin(), [](unsigned char c) { return std::toupper(c); });
  const auto object = read(write_cfb(nodes));
  EXPECT_EQ(text_of(object.properties, kSubject), "s");
  EXPECT_EQ(object.recipients.size(), 2U);
  EXPECT_EQ(object.properties.list.size(), 6U);
}

TEST(Msg, ManyValuesOfFixedAndOfVariableLength) {
  MapiObject written = message("s");
  written.properties.list.push_back(
      many_values(0x8001, MapiType::integer32, {std::string("\1\0\0\0", 4), std::string("\2\0\0\0", 4)}));
  written.properties.list.push_back(many_values(0x8002, MapiType::string8, {"red", "", "blue"}));
  written.properties.list.push_back(many_values(0x8003, MapiType::binary, {std::string("\0\1", 2)}));
  const auto object = read(write_msg(written));
  EXPECT_EQ(object.properties.find(0x8001)->values, written.properties.list[6].values);
  EXPECT_EQ(object.properties.find(0x8002)->values, written.properties.list[7].values);
  EXPECT_EQ(object.properties.find(0x8003)->values, written.properties.list[8].values);
  EXPECT_EQ(object.properties.find(0x8002)->type, 0x101E);
}

TEST(Msg, NamedPropertiesHaveTheirSetAndNumberOrText) {
  auto written = message("s");
  written.names[0x8000] = {.guid = std::string(kSet), .number = 0x8233, .text = {}};
  written.names[0x8001] = {.guid = std::string(kSet), .number = {}, .text = "x-h\u00e9ader"};
  const auto object = read(write_msg(written));
  ASSERT_EQ(object.names.size(), 2U);
  EXPECT_EQ(object.names.at(0x8000).guid, kSet);
  EXPECT_EQ(object.names.at(0x8000).number, 0x8233U);
  EXPECT_EQ(object.names.at(0x8001).text, "x-h\u00e9ader");
  EXPECT_FALSE(object.names.at(0x8001).number.has_value());
}

TEST(Msg, TheNameMappingIsNoBodyEvenWhereItsStreamsAreNamedLikeOne) {
  auto nodes = msg_nodes(message("s"));
  auto& names = nodes.back();
  ASSERT_EQ(names.name, "__nameid_version1.0");
  names.children.push_back({.name = "__substg1.0_10090102", .content = "hash bucket", .children = {}, .storage = false});
  EXPECT_EQ(value_of(read(write_cfb(nodes)).properties, 0x1009), "none");
}

TEST(Msg, AnEmbeddedMessageHasItsOwnHeaderLengthAndDigest) {
  auto outer = message("outer");
  auto inner = message("inner");
  embed(inner, message("innermost"));
  embed(outer, std::move(inner));
  const auto object = read(write_msg(outer));
  ASSERT_EQ(object.attachments.size(), 2U);
  ASSERT_TRUE(object.attachments[1].embedded);
  const auto& embedded = *object.attachments[1].embedded;
  EXPECT_EQ(text_of(embedded.properties, kSubject), "inner");
  EXPECT_EQ(value_of(embedded.properties, 0x0E07), std::string("\x11\0\0\0", 4));
  EXPECT_EQ(embedded.sha256.size(), 64U);
  ASSERT_TRUE(embedded.attachments[1].embedded);
  EXPECT_EQ(text_of(embedded.attachments[1].embedded->properties, kSubject), "innermost");
  EXPECT_GT(embedded.size, embedded.attachments[1].embedded->size);
  EXPECT_TRUE(object.notes.empty());
}

TEST(Msg, TheDigestOfAnEmbeddedMessageIsThatOfItsEntriesInTheOrderOfTheirNames) {
  MapiObject outer;
  MapiObject inner;
  inner.properties.list = {string8_property(kSubject, "s")};
  embed(outer, std::move(inner));
  const auto object = read(write_msg(outer, {.tree = CfbTree::list}));
  const auto& embedded = *object.attachments.at(0).embedded;
  const std::string property = std::string(24, '\0') + std::string("\x1E\x00\x37\x00\x06\0\0\0\x02\0\0\0\0\0\0\0", 16);
  const auto form = std::string("\x02\0\0\0\0\0\0\0", 8) + "__properties_version1.0" + std::string("\0\x28\0\0\0\0\0\0\0", 9) +
                    property + "__substg1.0_0037001E" + std::string("\0\x01\0\0\0\0\0\0\0", 9) + "s";
  EXPECT_EQ(embedded.sha256, sha256_hex(form));
  EXPECT_EQ(embedded.size, 41U);
}

TEST(Msg, AnObjectThatIsNoMessageIsAnAttachmentWithAllItsStreams) {
  auto nodes = msg_nodes(message("s"));
  for (auto& node : nodes) {
    if (node.name != "__attach_version1.0_#00000000") continue;
    std::erase_if(node.children, [](const CfbNode& child) { return child.name.ends_with("37010102"); });
    node.children.push_back({.name = "__substg1.0_3701000D",
                             .content = {},
                             .children = {{.name = "CONTENTS", .content = "bitmap", .children = {}, .storage = false}},
                             .storage = true});
  }
  const auto object = read(write_cfb(nodes));
  EXPECT_FALSE(object.attachments.at(0).embedded);
  EXPECT_EQ(value_of(object.attachments[0].properties, kAttachData),
            std::string("\x01\0\0\0\0\0\0\0", 8) + "CONTENTS" + std::string("\0\x06\0\0\0\0\0\0\0", 9) + "bitmap");
}

TEST(Msg, UnicodeStaysBeforeTheSameInACodePage) {
  auto written = message("unicode");
  written.properties.list.insert(written.properties.list.begin(), string8_property(kSubject, "code page"));
  const auto object = read(write_msg(written));
  EXPECT_EQ(text_of(object.properties, kSubject), "unicode");
  EXPECT_EQ(object.properties.list.size(), 6U);
}

TEST(Msg, WithoutThePropertyStreamTheOtherStreamsCount) {
  auto nodes = msg_nodes(message("s"));
  std::erase_if(nodes, [](const CfbNode& node) { return node.name == "__properties_version1.0"; });
  const auto object = read(write_cfb(nodes));
  EXPECT_EQ(text_of(object.properties, kSubject), "s");
  EXPECT_EQ(value_of(object.properties, 0x0E07), "none");
}

TEST(Msg, ACutStreamGivesWhatIsThereAndANote) {
  const auto bytes = write_msg(message("s"));
  const auto object = read(bytes.substr(0, bytes.size() - 2'000));
  EXPECT_EQ(text_of(object.properties, kSubject), "s");
  const auto data = value_of(object.attachments.at(0).properties, kAttachData);
  EXPECT_EQ(data, std::string(bytes.size() - 2'000 - bytes.find("xxxxxxxx"), 'x'));
  EXPECT_TRUE(has_note(object, "truncated", "__attach_version1.0_#00000000/__substg1.0_37010102: "));
}

/// Where the directory entry of that name stands (the first).
std::size_t entry_at(const std::string& bytes, std::string_view name) {
  std::string wide;
  for (const char c : name) wide += {c, '\0'};
  return bytes.find(wide + std::string(2, '\0'));
}

void put(std::string& bytes, std::size_t at, std::uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>((value >> (8 * i)) & 0xFFU);
}

TEST(Msg, AStreamWithADamagedByteInItsNameIsTheOneThatTheListHas) {
  auto bytes = write_msg(message("Invoice"));
  const auto at = entry_at(bytes, "__substg1.0_0037001F");
  for (const std::size_t damaged : {at + 1, at + 30}) {  // a high byte: no such name; a digit: another property's name
    auto copy = bytes;
    copy[damaged] ^= 0x10;
    const auto object = read(copy);
    EXPECT_EQ(text_of(object.properties, kSubject), "Invoice") << damaged - at;
    EXPECT_EQ(object.properties.list.size(), 6U);
    EXPECT_TRUE(has_note(object, "malformed_container", "is read as __substg1.0_0037001F"));
  }
}

TEST(Msg, AnUnlistedStreamOfAnotherLengthIsNotTheOneThatTheListHas) {
  auto nodes = msg_nodes(message("Invoice"));
  for (auto& node : nodes)
    if (node.name == "__substg1.0_0037001F")
      node = {.name = "__substg1.0_0036001F", .content = "xx", .children = {}, .storage = false};
  EXPECT_EQ(value_of(read(write_cfb(nodes)).properties, kSubject), "none");
}

TEST(Msg, TheListOfPropertiesSaysHowLongAStreamWithADamagedSizeIs) {
  auto bytes = write_msg(message("Invoice"));
  bytes[entry_at(bytes, "__substg1.0_0037001F") + 121] ^= 0x08;
  const auto object = read(bytes);
  EXPECT_EQ(text_of(object.properties, kSubject), "Invoice");
  EXPECT_TRUE(has_note(object, "truncated", "__substg1.0_0037001F"));
}

TEST(Msg, WhatABrokenTreeLostComesBackToTheMessageAndNotToItsAttachment) {
  auto bytes = write_msg(message("s"));
  put(bytes, entry_at(bytes, "Root Entry") + 76, 0xFFFF);
  const auto object = read(bytes);
  EXPECT_EQ(text_of(object.properties, kSubject), "s");
  EXPECT_EQ(value_of(object.properties, kDisplayName), "none");
  EXPECT_EQ(object.recipients.size(), 2U);
  EXPECT_EQ(object.attachments.size(), 1U);
  EXPECT_TRUE(has_note(object, "malformed_container", "in no storage"));
}

TEST(Msg, WhatAnAttachmentLostIsNotTheMessages) {
  auto bytes = write_msg(message("s"));
  put(bytes, entry_at(bytes, "__attach_version1.0_#00000000") + 76, 0xFFFF);
  const auto object = read(bytes);
  EXPECT_EQ(text_of(object.properties, kSubject), "s");
  EXPECT_EQ(value_of(object.properties, kDisplayName), "none");
  EXPECT_EQ(value_of(object.properties, kAttachData), "none");
  EXPECT_TRUE(has_note(object, "damaged_content", "belong to an object that is lost"));
}

TEST(Msg, WhatAnEmbeddedMessageLostIsNotTheOuterOnes) {
  MapiObject outer;
  outer.properties.list = {unicode_property(0x001A, "IPM.Note")};
  embed(outer, message("inner"));
  auto bytes = write_msg(outer);
  put(bytes, entry_at(bytes, "__substg1.0_3701000D") + 76, 0xFFFF);
  const auto object = read(bytes);
  EXPECT_EQ(text_of(object.properties, 0x001A), "IPM.Note");
  EXPECT_EQ(value_of(object.properties, kSubject), "none");
  EXPECT_TRUE(object.recipients.empty());
}

TEST(Msg, ACompoundFileWithoutAMessageSaysSo) {
  const auto object = read(write_cfb({{.name = "WordDocument", .content = "x", .children = {}, .storage = false}}));
  EXPECT_TRUE(has_note(object, "no_message", "compound file"));
  EXPECT_EQ(note_kind("no_message"), NoteKind::unreadable);
}

TEST(Msg, ADamagedSignatureBeforeTheRestOfTheHeaderIsStillACompoundFile) {
  auto bytes = write_msg(message("s"));
  EXPECT_TRUE(is_compound_file(bytes));
  bytes[0] = '\0';
  EXPECT_TRUE(is_compound_file(bytes));
  EXPECT_FALSE(is_compound_file("From: x\n"));
  EXPECT_FALSE(is_compound_file(std::string(4'096, '\0')));
}

TEST(MsgLimits, MapiProperties) {
  const auto bytes = write_msg(message("s"));
  EXPECT_FALSE(reached(read(bytes, {.mapi_properties = 6}), "mapi_properties"));
  const auto over = read(bytes, {.mapi_properties = 5});
  EXPECT_TRUE(reached(over, "mapi_properties"));
  EXPECT_EQ(over.properties.list.size(), 5U);
  EXPECT_EQ(over.recipients.size(), 2U);
}

TEST(MsgLimits, MapiPropertiesCountNamesToo) {
  auto written = message("s");
  for (std::uint16_t i = 0; i < 7; ++i) written.names[0x8000 + i] = {.guid = std::string(kSet), .number = i, .text = {}};
  EXPECT_FALSE(reached(read(write_msg(written), {.mapi_properties = 7}), "mapi_properties"));
  EXPECT_TRUE(reached(read(write_msg(written), {.mapi_properties = 6}), "mapi_properties"));
}

TEST(MsgLimits, Addresses) {
  const auto bytes = write_msg(message("s"));
  EXPECT_FALSE(reached(read(bytes, {.addresses = 2}), "addresses"));
  const auto over = read(bytes, {.addresses = 1});
  EXPECT_TRUE(reached(over, "addresses"));
  EXPECT_EQ(over.recipients.size(), 1U);
  EXPECT_EQ(over.attachments.size(), 1U);
}

TEST(MsgLimits, MapiAttachments) {
  auto written = message("s");
  embed(written, message("inner"));
  const auto bytes = write_msg(written);
  EXPECT_FALSE(reached(read(bytes, {.mapi_attachments = 2}), "mapi_attachments"));
  const auto over = read(bytes, {.mapi_attachments = 1});
  EXPECT_TRUE(reached(over, "mapi_attachments"));
  EXPECT_EQ(over.attachments.size(), 1U);
}

TEST(MsgLimits, NestedDepth) {
  auto middle = message("middle");
  embed(middle, message("inner"));
  auto outer = message("outer");
  embed(outer, std::move(middle));
  const auto bytes = write_msg(outer);
  const auto within = read(bytes, {.nested_depth = 2});
  EXPECT_TRUE(within.attachments.at(1).embedded->attachments.at(1).embedded);
  const auto over = read(bytes, {.nested_depth = 1});
  ASSERT_TRUE(over.attachments.at(1).embedded);
  EXPECT_FALSE(over.attachments[1].embedded->attachments.at(1).embedded);
  EXPECT_TRUE(reached(*over.attachments[1].embedded, "nested_depth"));
}

TEST(MsgLimits, NestedMessages) {
  auto outer = message("outer");
  embed(outer, message("first"));
  embed(outer, message("second"));
  const auto bytes = write_msg(outer);
  EXPECT_FALSE(reached(read(bytes, {.nested_messages = 2}), "nested_messages"));
  const auto over = read(bytes, {.nested_messages = 1});
  EXPECT_TRUE(reached(over, "nested_messages"));
  EXPECT_TRUE(over.attachments.at(1).embedded);
  EXPECT_FALSE(over.attachments.at(2).embedded);
}

TEST(MsgLimits, ALimitIsNotedOnceHoweverManyAreBeyondIt) {
  auto outer = message("outer");
  for (int i = 0; i < 3; ++i) embed(outer, message("inner"));
  EXPECT_EQ(read(write_msg(outer), {.nested_messages = 1}).notes.size(), 1U);
  EXPECT_EQ(read(write_msg(outer), {.nested_depth = 0}).notes.size(), 1U);
}

TEST(MsgLimits, MessageNotes) {
  auto written = message("s");
  for (int i = 0; i < 4; ++i)
    written.attachments.emplace_back().properties.list = {binary_property(kAttachData, std::string(5'000, 'y'))};
  const auto bytes = write_msg(written);
  const auto cut = bytes.substr(0, bytes.find("yyyyyyyy"));
  EXPECT_FALSE(reached(read(cut, {.message_notes = 5}), "message_notes"));
  EXPECT_TRUE(reached(read(cut, {.message_notes = 3}), "message_notes"));
}

}  // namespace
}  // namespace threadline::message
