// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "facts/transport/thread.h"

namespace threadline::facts {
namespace {

// Header 01 D3 CC B0 00 00: FILETIME 0x01D3CCB000000000 counts from 1601: 2018-04-05 07:30:41 UTC; GUID bytes 00..0F.
std::optional<ThreadIndex> read(std::string_view value, const Limits& limits = {}) {
  std::vector<Note> notes;
  return read_thread_index(value, limits, notes);
}

std::string notes_of(std::string_view value, const Limits& limits = {}) {
  std::vector<Note> notes;
  (void)read_thread_index(value, limits, notes);
  std::string text;
  for (const Note& note : notes) text += note.code + ": " + note.text + ";";
  return text;
}

constexpr const char* kClassic = "AdPMsAAAAAECAwQFBgcICQoLDA0ODw==";

TEST(ThreadIndex, AClassicHeaderIsSixBytesOfFiletimeAndAGuid) {
  const auto index = read(kClassic);
  ASSERT_TRUE(index);
  EXPECT_EQ(index->form, "classic");
  EXPECT_EQ(index->guid, "03020100-0504-0706-0809-0a0b0c0d0e0f");
  EXPECT_EQ(rfc3339_utc(index->root_time), "2018-04-05T07:30:41Z");
  EXPECT_TRUE(index->child_times.empty());
}

TEST(ThreadIndex, AChildAddsItsDifference) {
  // 00 00 5F 5E .. : 0x5F5E units of 2^18 ticks are 639.99 s.
  const auto index = read("AdPMsAAAAAECAwQFBgcICQoLDA0ODwAAX14Q");
  ASSERT_TRUE(index);
  ASSERT_EQ(index->child_times.size(), 1U);
  EXPECT_EQ(index->child_times[0].seconds - index->root_time.seconds, 640);
}

TEST(ThreadIndex, WhatIsNoThreadIndexIsNothing) {
  for (const char* value :
       {"", "AdPM", "not base64 at all!", "ddFMd6wnxYPGpAbdA2oNKj8MgU0bH6/lWgJ/", "AQIDBAUGAAECAwQFBgcICQoLDA0ODw=="})
    EXPECT_FALSE(read(value)) << value;
}

TEST(ThreadIndex, WhatCannotBeDecodedLeavesANoteThatSaysWhy) {
  struct Row {
    const char* name;
    const char* value;
    const char* reason;
  };
  for (const Row& row : {Row{"empty", "", "fewer than 22 bytes"}, Row{"short", "AdPM", "fewer than 22 bytes"},
                         Row{"no base64", "not base64 at all!", "fewer than 22 bytes"},
                         Row{"cut child", "AdPMsAAAAAECAwQFBgcICQoLDA0ODwAAX14=", "a child block is cut short"},
                         Row{"first byte", "gLVOhhrEOL1/t6TvqhdvlZ4vb9l9mw==", "no header block"},
                         Row{"year 1829", "AQIDBAUGAAECAwQFBgcICQoLDA0ODw==", "the root's time is outside of 1980 to 2100"}})
    EXPECT_EQ(notes_of(row.value), "malformed_thread_index: " + std::string(row.reason) + ";") << row.name;
  EXPECT_EQ(notes_of(kClassic), "");
}

TEST(ThreadIndex, ADamagedTailCostsNoHeader) {
  const auto index = read("AdPMsAAAAAECAwQFBgcICQoLDA0ODwAAX14=");
  ASSERT_TRUE(index);
  EXPECT_EQ(index->guid, "03020100-0504-0706-0809-0a0b0c0d0e0f");
  EXPECT_TRUE(index->child_times.empty());
}

TEST(ThreadIndex, ChildrenOfImplausibleTimesAreLeftOut) {
  // 7f ff ff ff: the widest difference in units of 2^18 ticks, 651 days; 90 of them end behind 2100.
  std::string bytes("\x01\xd3\xcc\xb0\0\0", 6);
  bytes.resize(22, 'g');
  for (int i = 0; i < 90; ++i) bytes += "\x7f\xff\xff\xff\x10";
  std::vector<Note> notes;
  const auto index = thread_index_of(bytes, {}, notes);
  ASSERT_TRUE(index);
  EXPECT_GT(index->child_times.size(), 0U);
  EXPECT_LT(index->child_times.size(), 90U);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].text, "a child's time is outside of 1980 to 2100");
}

TEST(Limits, ThreadIndexChildrenIsABound) {
  Limits limits;
  limits.thread_index_children = 1;
  EXPECT_EQ(notes_of("AdPMsAAAAAECAwQFBgcICQoLDA0ODwAAX14Q", limits), "");
  constexpr const char* kTwo = "AdPMsAAAAAECAwQFBgcICQoLDA0ODwAAX14QAABfXhA=";
  EXPECT_EQ(notes_of(kTwo, limits), "limit: thread_index_children: further children are left out;");
  const auto index = read(kTwo, limits);
  ASSERT_TRUE(index);
  EXPECT_EQ(index->child_times.size(), 1U);
}

TEST(ThreadIndex, RealValuesOfPublicArchivesAreRead) {
  std::ifstream in(std::string(THREADLINE_SHARED_DIR) + "/data/thread_index/vectors.jsonl");
  if (!in) GTEST_SKIP() << "no shared data beside this checkout";
  int vectors = 0, roots = 0, guids = 0, children = 0, refused = 0;
  for (std::string line; std::getline(in, line); ++vectors) {
    const auto vector = nlohmann::json::parse(line);
    const auto index = read(vector["thread_index"].get<std::string>());
    if (vector["form"] == "undecodable") {
      EXPECT_FALSE(index) << line;
      refused += index ? 0 : 1;
      continue;
    }
    ASSERT_TRUE(index) << line;
    EXPECT_EQ(index->form, vector["form"]);
    std::vector<std::string> times;
    for (const Instant& time : index->child_times) times.push_back(rfc3339(time));
    roots += rfc3339(index->root_time) == vector["root"] ? 1 : 0;
    guids += index->guid == vector["guid"] ? 1 : 0;
    children += times == vector["children"].get<std::vector<std::string>>() ? 1 : 0;
  }
  EXPECT_EQ(roots + refused, vectors);
  EXPECT_EQ(guids + refused, vectors);
  EXPECT_EQ(children + refused, vectors);
  std::cout << "thread indexes: " << roots << " roots, " << guids << " guids, " << children
            << " lists of children to the second, " << refused << " refused, of " << vectors << "\n";
}

struct Links {
  const char* name;
  const char* in_reply_to;
  const char* references;
  std::string expected;  ///< "In-Reply-To|References"
};
void PrintTo(const Links& links, std::ostream* out) { *out << links.name; }

class ThreadLinksOf : public testing::TestWithParam<Links> {};

TEST_P(ThreadLinksOf, TheFieldsAreTheirIds) {
  message::Message message;
  const auto add = [&](const char* name, const char* value) { message.headers.push_back({name, value, value, 0, 0}); };
  add("In-Reply-To", GetParam().in_reply_to);
  add("References", GetParam().references);
  const ThreadLinks links = read_thread(message, {});
  std::string text = links.in_reply_to + "|";
  for (const std::string& id : links.references) text += id;
  EXPECT_EQ(text, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Thread, ThreadLinksOf,
    testing::Values(
        Links{"words_around", "Message of \"Mon, 1 Jan 2018\" <a@x.example> (fwd)", "", "<a@x.example>|"},
        Links{"several", "<a@x.example> <b@x.example>", "", "<a@x.example>|"},
        Links{"address_before_the_id", "Message of Ann <ann@x.example> <1@x.example>", "<0@x.example> <1@x.example>",
              "<1@x.example>|<0@x.example><1@x.example>"},
        Links{"folded", "<a-long\r\n id@x.example>", "<a\t@x.example>", "<a-longid@x.example>|<a@x.example>"},
        Links{"same_but_for_folding", "", "<a@x.example> <a@ x.example>", "|<a@x.example>"},
        Links{"without_brackets", "a@x.example", "a@x.example b@x.example", "<a@x.example>|<a@x.example><b@x.example>"},
        Links{"address_in_words_is_no_id", "your mail to ann@x.example", "", "|"},
        Links{"words_alone", "your message of today", "", "|"},
        Links{"never_closed", "<a@x.example", "<a@x.example> <b@x.exam", "|<a@x.example>"},
        Links{"never_opened", "a@x.example>", "", "|"}, Links{"opened_twice", "", "<broken <b@x.example>", "|<b@x.example>"},
        Links{"commas_and_no_blanks", "", "<a@x.example>,<b@x.example><c@x.example>", "|<a@x.example><b@x.example><c@x.example>"},
        Links{"empty_ids", "<>", "<> < >", "|"}),
    [](const auto& test) { return test.param.name; });

TEST(Limits, ReferencesIsABound) {
  Limits limits;
  limits.references = 2;
  message::Message message;
  message.references = "<a@x.example> <b@x.example> <a@x.example>";
  EXPECT_TRUE(read_thread(message, limits).notes.empty());
  message.references += " <c@x.example>";
  const ThreadLinks links = read_thread(message, limits);
  EXPECT_EQ(links.references.size(), 2U);
  ASSERT_EQ(links.notes.size(), 1U);
  EXPECT_EQ(links.notes[0].code, "limit");
  EXPECT_TRUE(links.notes[0].text.starts_with("references"));
}

TEST(Thread, AnAbsentThreadIndexLeavesNoNoteAndAnUnreadableOneDoes) {
  message::Message message;
  EXPECT_TRUE(read_thread(message, {}).notes.empty());
  message.thread_index = "x";
  const ThreadLinks links = read_thread(message, {});
  EXPECT_FALSE(links.index);
  EXPECT_EQ(links.notes.size(), 1U);
}

TEST(Thread, ReferencesKeepTheirOrderWithoutRepetition) {
  message::Message message;
  const auto add = [&](const char* name, const char* value) { message.headers.push_back({name, value, value, 0, 0}); };
  add("In-Reply-To", "Your message of today <b@x.example> (and <c@x.example>)");
  add("References", "<a@x.example>\t<b@x.example> <a@x.example> <> <broken <d@x.example>");
  add("Thread-Topic", "facturation");
  const ThreadLinks links = read_thread(message, {});
  EXPECT_EQ(links.in_reply_to, "<b@x.example>");
  EXPECT_EQ(links.references, (std::vector<std::string>{"<a@x.example>", "<b@x.example>", "<d@x.example>"}));
  EXPECT_EQ(links.topic, "facturation");
}

}  // namespace
}  // namespace threadline::facts
