// SPDX-License-Identifier: Apache-2.0
#include "evidence/tnef_writer.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

namespace threadline::evidence {
namespace {

using namespace std::string_literals;

std::string le16(std::uint32_t value) { return {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8 & 0xFF)}; }
std::string le32(std::uint32_t value) { return le16(value & 0xFFFF) + le16(value >> 16); }

/// An attribute as MS-OXTNEF section 2.1.3 lays it out.
std::string attribute(char level, std::uint32_t id, const std::string& data) {
  std::uint32_t sum = 0;
  for (const char byte : data) sum += static_cast<unsigned char>(byte);
  return std::string(1, level) + le32(id) + le32(static_cast<std::uint32_t>(data.size())) + data + le16(sum & 0xFFFF);
}

const std::string kHead = "\x78\x9F\x3E\x22"s + "\x01\x00"s;
const std::string kVersion = "\x01\x06\x90\x08\x00\x04\x00\x00\x00\x00\x00\x01\x00\x01\x00"s;
/// Code page 1252 and none; 0xE4 + 0x04 = 0xE8.
const std::string kCodePage1252 = "\x01\x07\x90\x06\x00\x08\x00\x00\x00\xE4\x04\x00\x00\x00\x00\x00\x00\xE8\x00"s;
const std::string kNoCodePage = "\x01\x07\x90\x06\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"s;
const std::string kRendering = "\x02\x02\x90\x06\x00\x0E\x00\x00\x00"s +
                               "\x01\x00\xFF\xFF\xFF\xFF\x20\x00\x20\x00\x00\x00\x00\x00"s +
                               "\x3D\x04"s;  // 1 + 4 * 0xFF + 2 * 0x20

std::string message_properties(const std::string& list) { return attribute(1, 0x00069003, list); }

/// The stream of an object that has these properties and nothing else.
std::string stream_of(TnefProperty property) {
  TnefObject object;
  object.properties.push_back(std::move(property));
  return write_tnef(object, {}).bytes;
}

TEST(TnefWriter, AnEmptyObjectIsAStreamWithVersionCodePageAndNoProperties) {
  TnefObject object;
  object.code_page = 1252;
  const auto written = write_tnef(object, {});
  EXPECT_EQ(written.bytes, kHead + kVersion + kCodePage1252 + "\x01\x03\x90\x06\x00\x04\x00\x00\x00\x00\x00\x00\x00\x00\x00"s);
  EXPECT_TRUE(written.notes.empty());
}

TEST(TnefWriter, TheClassIsAnAttributeAndAProperty) {
  const auto list = le32(1) + "\x1F\x00\x1A\x00"s + le32(1) + le32(18) + "I\0P\0M\0.\0N\0o\0t\0e\0\0\0"s + "\0\0"s;
  EXPECT_EQ(stream_of({.id = 0x001A, .type = 0x001F, .value = "I\0P\0M\0.\0N\0o\0t\0e\0"s, .values = {}, .name = {}}),
            kHead + kVersion + kNoCodePage + attribute(1, 0x00078008, "IPM.Note\0"s) + message_properties(list));
}

struct Form {
  const char* what;
  TnefProperty property;
  std::string written;  ///< after the property's tag
};

TEST(TnefWriter, EachTypeHasItsForm) {
  const std::vector<Form> forms = {
      {"integer16 is padded", {.id = 0x10, .type = 0x0002, .value = "\x01\x02"s, .values = {}, .name = {}}, "\x01\x02\0\0"s},
      {"integer32", {.id = 0x10, .type = 0x0003, .value = "\x01\x02\x03\x04"s, .values = {}, .name = {}}, "\x01\x02\x03\x04"s},
      {"boolean of one byte", {.id = 0x10, .type = 0x000B, .value = "\x01"s, .values = {}, .name = {}}, "\x01\0\0\0"s},
      {"integer64", {.id = 0x10, .type = 0x0014, .value = "12345678"s, .values = {}, .name = {}}, "12345678"s},
      {"time", {.id = 0x10, .type = 0x0040, .value = "12345678"s, .values = {}, .name = {}}, "12345678"s},
      {"guid", {.id = 0x10, .type = 0x0048, .value = "0123456789abcdef"s, .values = {}, .name = {}}, "0123456789abcdef"s},
      {"null", {.id = 0x10, .type = 0x0001, .value = ""s, .values = {}, .name = {}}, ""s},
      {"string8", {.id = 0x10, .type = 0x001E, .value = "abc"s, .values = {}, .name = {}}, le32(1) + le32(4) + "abc\0"s},
      {"unicode", {.id = 0x10, .type = 0x001F, .value = "a\0"s, .values = {}, .name = {}}, le32(1) + le32(4) + "a\0\0\0"s},
      {"binary is padded",
       {.id = 0x10, .type = 0x0102, .value = "abcde"s, .values = {}, .name = {}},
       le32(1) + le32(5) + "abcde\0\0\0"s},
      {"an object is a storage",
       {.id = 0x10, .type = 0x000D, .value = "abcd"s, .values = {}, .name = {}},
       le32(1) + le32(20) + "\x0B\0\0\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"s + "abcd"s},
      {"many integer16",
       {.id = 0x10, .type = 0x1002, .value = {}, .values = {"ab", "cd"}, .name = {}},
       le32(2) + "ab\0\0cd\0\0"s},
      {"many string8",
       {.id = 0x10, .type = 0x101E, .value = {}, .values = {"abc", "d"}, .name = {}},
       le32(2) + le32(4) + "abc\0"s + le32(2) + "d\0\0\0"s},
  };
  for (const auto& form : forms) {
    const auto list = le32(1) + le16(form.property.type) + le16(0x10) + form.written;
    EXPECT_EQ(stream_of(form.property), kHead + kVersion + kNoCodePage + message_properties(list)) << form.what;
  }
}

TEST(TnefWriter, ATypeThatTnefDoesNotKnowIsLeftOut) {
  EXPECT_EQ(stream_of({.id = 0x10, .type = 0x00FD, .value = "rule", .values = {}, .name = {}}),
            kHead + kVersion + kNoCodePage + message_properties(le32(0)));
}

TEST(TnefWriter, ANamedPropertyCarriesItsSetAndItsNumberOrString) {
  const auto guid = "0123456789abcdef"s;
  const auto number = TnefProperty{.id = 0x8001,
                                   .type = 0x0003,
                                   .value = "\x07\0\0\0"s,
                                   .values = {},
                                   .name = TnefName{.guid = guid, .number = 0x8233, .text = {}}};
  EXPECT_EQ(stream_of(number), kHead + kVersion + kNoCodePage +
                                   message_properties(le32(1) + "\x03\x00\x01\x80"s + guid + le32(0) + le32(0x8233) + le32(7)));
  // U+1F4E7 is a pair of surrogates in UTF-16: D83D DCE7.
  const auto text = TnefProperty{.id = 0x8002,
                                 .type = 0x0003,
                                 .value = "\x07\0\0\0"s,
                                 .values = {},
                                 .name = TnefName{.guid = guid, .number = {}, .text = "k\xF0\x9F\x93\xA7"}};
  EXPECT_EQ(stream_of(text), kHead + kVersion + kNoCodePage +
                                 message_properties(le32(1) + "\x03\x00\x02\x80"s + guid + le32(1) + le32(8) +
                                                    "k\0\x3D\xD8\xE7\xDC\0\0"s + le32(7)));
}

TEST(TnefWriter, ANamedIdWithoutANameKeepsTheListReadable) {
  EXPECT_EQ(stream_of({.id = 0x8003, .type = 0x0003, .value = "\x07\0\0\0"s, .values = {}, .name = {}}),
            kHead + kVersion + kNoCodePage +
                message_properties(le32(1) + "\x03\x00\x03\x80"s + std::string(16, '\0') + le32(0) + le32(0x8003) + le32(7)));
}

TEST(TnefWriter, RecipientsAreRowsOfProperties) {
  TnefObject object;
  object.recipients = {{{.id = 0x0C15, .type = 0x0003, .value = "\x01\0\0\0"s, .values = {}, .name = {}}}, {}};
  EXPECT_EQ(write_tnef(object, {}).bytes,
            kHead + kVersion + kNoCodePage +
                attribute(1, 0x00069004, le32(2) + le32(1) + "\x03\x00\x15\x0C"s + le32(1) + le32(0)) +
                message_properties(le32(0)));
}

TEST(TnefWriter, AnAttachmentIsARenderingAndItsProperties) {
  TnefObject object;
  object.attachments.emplace_back().properties.push_back(
      {.id = 0x3701, .type = 0x0102, .value = "data", .values = {}, .name = {}});
  EXPECT_EQ(write_tnef(object, {}).bytes,
            kHead + kVersion + kNoCodePage + message_properties(le32(0)) + kRendering +
                attribute(2, 0x00069005, le32(1) + "\x02\x01\x01\x37"s + le32(1) + le32(4) + "data"s));
}

TEST(TnefWriter, AnEmbeddedMessageIsAStreamWithinTheStream) {
  TnefObject object;
  auto& attachment = object.attachments.emplace_back();
  attachment.properties.push_back({.id = 0x3701, .type = 0x000D, .value = "node", .values = {}, .name = {}});
  attachment.embedded = std::make_unique<TnefObject>();
  const auto nested = kHead + kVersion + kNoCodePage + message_properties(le32(0));
  const auto value = "\x07\x03\x02\0\0\0\0\0\xC0\0\0\0\0\0\0\x46"s + nested;
  const auto padding = std::string((4 - value.size() % 4) % 4, '\0');
  EXPECT_EQ(write_tnef(object, {}).bytes, kHead + kVersion + kNoCodePage + message_properties(le32(0)) + kRendering +
                                              attribute(2, 0x00069005,
                                                        le32(1) + "\x0D\x00\x01\x37"s + le32(1) +
                                                            le32(static_cast<std::uint32_t>(value.size())) + value + padding));
}

TEST(TnefWriter, MessageBytesIsTheBoundOfAllValues) {
  TnefObject object;
  object.properties = {{.id = 0x10, .type = 0x001E, .value = "abcd", .values = {}, .name = {}},
                       {.id = 0x11, .type = 0x0102, .value = "efgh", .values = {}, .name = {}}};
  const auto within = write_tnef(object, {.message_bytes = 8});
  EXPECT_TRUE(within.notes.empty());
  EXPECT_NE(within.bytes.find("efgh"), std::string::npos);
  const auto over = write_tnef(object, {.message_bytes = 7});
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_EQ(over.notes[0].code, "limit");
  EXPECT_TRUE(over.notes[0].text.starts_with("message_bytes"));
  EXPECT_NE(over.bytes.find("efg\0"s), std::string::npos);
}

TEST(TnefWriter, NestedDepthIsTheBoundOfMessagesInMessages) {
  TnefObject object;
  object.attachments.emplace_back().embedded = std::make_unique<TnefObject>();
  EXPECT_TRUE(write_tnef(object, {.nested_depth = 1}).notes.empty());
  const auto over = write_tnef(object, {.nested_depth = 0});
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_TRUE(over.notes[0].text.starts_with("nested_depth"));
  EXPECT_EQ(over.bytes,
            kHead + kVersion + kNoCodePage + message_properties(le32(0)) + kRendering + attribute(2, 0x00069005, le32(0)));
}

}  // namespace
}  // namespace threadline::evidence
