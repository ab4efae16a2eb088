// SPDX-License-Identifier: Apache-2.0
// What evidence writes of a store's item (evidence/tnef_writer.h) is what message reads of it: the two folders do not know each
// other.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "evidence/evidence.h"
#include "evidence/tnef_writer.h"
#include "message/read_message.h"
#include "message/tnef.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;
using namespace std::string_literals;
using evidence::TnefName;
using evidence::TnefObject;
using evidence::TnefProperty;
using message::MapiObject;
using message::MapiProperties;

std::string hex(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) {
    text += "0123456789ABCDEF"[static_cast<unsigned char>(c) >> 4];
    text += "0123456789ABCDEF"[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

/// "id:type=value|value,value" of each property, one a line.
std::string lines_of(const MapiProperties& properties) {
  std::string lines;
  for (const auto& one : properties.list) {
    lines += hex({static_cast<char>(one.id >> 8), static_cast<char>(one.id)}) + ":" +
             hex({static_cast<char>(one.type >> 8), static_cast<char>(one.type)}) + "=" + hex(one.value);
    for (const auto& value : one.values) lines += "|" + hex(value);
    lines += "\n";
  }
  return lines;
}

TnefObject written() {
  TnefObject object;
  object.code_page = 1252;
  object.properties = {
      {.id = 0x001A, .type = 0x001F, .value = "I\0P\0M\0.\0N\0o\0t\0e\0"s, .values = {}, .name = {}},
      {.id = 0x0E07, .type = 0x0003, .value = "\x01\0\0\0"s, .values = {}, .name = {}},
      {.id = 0x0002, .type = 0x000B, .value = "\x01"s, .values = {}, .name = {}},
      {.id = 0x0039, .type = 0x0040, .value = "12345678", .values = {}, .name = {}},
      {.id = 0x1000, .type = 0x001E, .value = "caf\xE9", .values = {}, .name = {}},
      {.id = 0x1009, .type = 0x0102, .value = "rtf\0x"s, .values = {}, .name = {}},
      {.id = 0x8005,
       .type = 0x101F,
       .value = {},
       .values = {"a\0"s, "b\0c\0"s},
       .name = TnefName{std::string(16, 'g'), {}, "Keywords"}},
      {.id = 0x8006, .type = 0x1003, .value = {}, .values = {"abcd", "efgh"}, .name = TnefName{std::string(16, 'h'), 0x8233, {}}},
  };
  object.recipients = {{{.id = 0x0C15, .type = 0x0003, .value = "\x01\0\0\0"s, .values = {}, .name = {}}},
                       {{.id = 0x0C15, .type = 0x0003, .value = "\x02\0\0\0"s, .values = {}, .name = {}}}};
  object.attachments.emplace_back().properties = {
      {.id = 0x3705, .type = 0x0003, .value = "\x01\0\0\0"s, .values = {}, .name = {}},
      {.id = 0x3701, .type = 0x0102, .value = "content", .values = {}, .name = {}},
  };
  return object;
}

MapiObject read_back(const TnefObject& object) { return message::read_tnef(evidence::write_tnef(object, {}).bytes, {}); }

TEST(StoreItem, PropertiesComeBackAsTheyWere) {
  const auto object = read_back(written());
  EXPECT_TRUE(object.notes.empty());
  EXPECT_EQ(object.code_page, 1252U);
  EXPECT_EQ(lines_of(object.properties),
            "001A:001F=490050004D002E004E006F0074006500\n"
            "0E07:0003=01000000\n"
            "0002:000B=0100\n"
            "0039:0040=3132333435363738\n"
            "1000:001E=636166E9\n"
            "1009:0102=7274660078\n"
            "8000:101F=|6100|62006300\n"
            "8001:1003=|61626364|65666768\n");
  ASSERT_EQ(object.names.size(), 2U);
  EXPECT_EQ(object.names.at(0x8000).text, "Keywords");
  EXPECT_EQ(object.names.at(0x8001).number, 0x8233U);
  EXPECT_EQ(object.names.at(0x8001).guid, std::string(16, 'h'));
}

TEST(StoreItem, RecipientsAndAttachmentsComeBackAsTheyWere) {
  const auto object = read_back(written());
  ASSERT_EQ(object.recipients.size(), 2U);
  EXPECT_EQ(lines_of(object.recipients[1]), "0C15:0003=02000000\n");
  ASSERT_EQ(object.attachments.size(), 1U);
  EXPECT_EQ(lines_of(object.attachments[0].properties), "3705:0003=01000000\n3701:0102=636F6E74656E74\n");
}

TEST(StoreItem, AnEmbeddedMessageComesBackAsOne) {
  auto outer = written();
  auto& attachment = outer.attachments.emplace_back();
  attachment.properties = {{.id = 0x3705, .type = 0x0003, .value = "\x05\0\0\0"s, .values = {}, .name = {}}};
  attachment.embedded = std::make_unique<TnefObject>(written());
  const auto object = read_back(outer);
  EXPECT_TRUE(object.notes.empty());
  ASSERT_EQ(object.attachments.size(), 2U);
  ASSERT_NE(object.attachments[1].embedded, nullptr);
  EXPECT_EQ(lines_of(object.attachments[1].embedded->properties), lines_of(object.properties));
  EXPECT_EQ(object.attachments[1].embedded->attachments.size(), 1U);
}

std::vector<evidence::Item> items_of(const fs::path& path) {
  std::vector<evidence::Item> items;
  const auto done = evidence::read_evidence({path.string()}, {}, [&items](evidence::Item&& item) {
    items.push_back(std::move(item));
    return true;
  });
  EXPECT_TRUE(done.has_value());
  return items;
}

/// What must be the same of a mail, whatever keeps it.
std::string said_by(const message::Message& mail) {
  std::string line = mail.subject + " id{" + mail.message_id + "} from{";
  for (const auto& one : mail.from) line += one.address;
  line += "} to{";
  for (const auto& one : mail.to) line += one.address + " ";
  return line + "} attached " + std::to_string(mail.messages.size());
}

TEST(StoreItem, TheCaseInAPstSaysWhatItsMailsSay) {
  const auto folder = fs::path(THREADLINE_SOURCE_DIR) / "corpus/kit-de-survie";
  const auto items = items_of(folder / "exports/case.pst");
  ASSERT_EQ(items.size(), 4U);
  const std::vector<std::string> mails = {"thread/1-facturation", "thread/2-reponse", "thread/3-ok", "fraud/4-transfert"};
  for (std::size_t i = 0; i < mails.size(); ++i) {
    const auto mail = items_of(folder / (mails[i] + ".eml"));
    ASSERT_EQ(mail.size(), 1U);
    const auto kept = message::read_message(items[i].bytes, {});
    EXPECT_EQ(said_by(kept), said_by(message::read_message(mail[0].bytes, {}))) << mails[i];
    EXPECT_EQ(items[i].format, "pst");
    EXPECT_TRUE(items[i].notes.empty());
  }
}

/// Every item of every shared store is a message without a note that its bytes are damaged.
TEST(StoreItem, EveryItemOfTheSharedStoresIsReadWithoutDamage) {
  const auto stores = fs::path(THREADLINE_SHARED_DIR) / "corpus/msg/pst";
  if (!fs::exists(stores)) GTEST_SKIP() << "no " << stores;
  std::size_t read = 0;
  for (const auto& store : fs::directory_iterator(stores)) {
    for (const auto& item : items_of(store.path())) {
      if (item.bytes.empty()) continue;
      const auto mail = message::read_message(item.bytes, {});
      ++read;
      EXPECT_FALSE(mail.message_class.empty()) << item.source;
      for (const auto& note : mail.notes) EXPECT_NE(note.code, "malformed_container") << item.source << " " << note.text;
    }
  }
  EXPECT_GT(read, 200U);
}

}  // namespace
}  // namespace threadline
