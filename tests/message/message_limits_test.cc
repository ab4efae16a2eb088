// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "message/read_message.h"

namespace threadline::message {
namespace {

/// Whether a limit of that name was reached.
bool reached(const Message& message, std::string_view limit) {
  for (const auto& note : message.notes) {
    if (note.code == "limit" && note.text.starts_with(limit)) return true;
  }
  return false;
}

std::string times(int count, const std::string& text) {
  std::string all;
  for (int i = 0; i < count; ++i) all += text;
  return all;
}

std::string mixed(int parts) { return "Content-Type: multipart/mixed; boundary=x\n\n" + times(parts, "--x\n\nt\n") + "--x--\n"; }

TEST(MessageLimits, HeaderFields) {
  const Limits limits{.header_fields = 3};
  EXPECT_FALSE(reached(read_message(times(3, "X-A: 1\n") + "\nbody", limits), "header_fields"));
  const auto over = read_message(times(4, "X-A: 1\n") + "\nbody", limits);
  EXPECT_TRUE(reached(over, "header_fields"));
  EXPECT_EQ(over.headers.size(), 3U);
  EXPECT_EQ(over.texts.at(0).content, "body");
}

TEST(MessageLimits, HeaderBytes) {
  const Limits limits{.header_bytes = 10};
  EXPECT_FALSE(reached(read_message("Subject: s\n\nbody", limits), "header_bytes"));
  const auto over = read_message("Subject: ss\n\nbody", limits);
  EXPECT_TRUE(reached(over, "header_bytes"));
  EXPECT_EQ(over.texts.at(0).content, "body");
}

TEST(MessageLimits, MimeParts) {
  const Limits limits{.mime_parts = 5};
  EXPECT_FALSE(reached(read_message(mixed(5), limits), "mime_parts"));
  const auto over = read_message(mixed(6), limits);
  EXPECT_TRUE(reached(over, "mime_parts"));
  EXPECT_EQ(over.parts.size(), 5U);
}

TEST(MessageLimits, MimeBoundaries) {
  const Limits limits{.mime_boundaries = 6};
  EXPECT_FALSE(reached(read_message(mixed(5), limits), "mime_boundaries"));
  const auto over = read_message(mixed(7), limits);
  EXPECT_TRUE(reached(over, "mime_boundaries"));
  EXPECT_EQ(over.parts.size(), 6U);
}

/// What the limit left out is not cut short: that is said where the boundary is missing in the message itself.
TEST(MessageLimits, MimeBoundariesCutNoMessageShort) {
  const Limits limits{.mime_boundaries = 6};
  const auto is_truncated = [&](const std::string& raw) {
    const auto message = read_message(raw, limits);
    EXPECT_TRUE(reached(message, "mime_boundaries"));
    return std::ranges::any_of(message.notes, [](const Note& note) { return note.code == "truncated"; });
  };
  const std::string inner = "Content-Type: multipart/alternative; boundary=y\n\n";
  const std::string head = "Content-Type: multipart/mixed; boundary=x\n\n";
  const std::string parts = times(9, "--x\n\nt\n"), inside = times(9, "--y\n\nt\n");
  EXPECT_FALSE(is_truncated(head + parts + "--x--\n"));
  EXPECT_FALSE(is_truncated(head + parts + "--x--"));
  EXPECT_TRUE(is_truncated(head + parts));
  EXPECT_TRUE(is_truncated(head + parts + "--z--\n"));
  EXPECT_FALSE(is_truncated(head + "--x\n" + inner + inside + "--y--\n--x--\n"));
  EXPECT_TRUE(is_truncated(head + "--x\n" + inner + inside + "--y--\n"));
}

TEST(MessageLimits, MimeBoundariesInEachFormThatClientsTake) {
  const Limits limits{.mime_boundaries = 6};
  for (const std::string declared : {"boundary=\"x\"", "BOUNDARY = x", "boundary*=utf-8''x", "boundary*0=x", "boundary=\"\\x\"",
                                     "name=boundary;\n boundary=x"}) {
    const auto over = read_message("Content-Type: multipart/mixed; " + declared + "\n\n" + times(8, "--x\n\nt\n"), limits);
    EXPECT_TRUE(reached(over, "mime_boundaries")) << declared;
  }
}

TEST(MessageLimits, LinesOfDashesThatNobodyDeclaredAreNoBoundaries) {
  const Limits limits{.mime_boundaries = 6, .mime_fields = 2};
  const std::string text = times(20, "--y\nName: value\nName: value\nName: value\n--\n");
  const auto message = read_message("Content-Type: multipart/mixed; boundary=x\n\n--x\n\n" + text + "--x--\n", limits);
  EXPECT_TRUE(message.notes.empty());
  EXPECT_EQ(message.texts.at(0).content + "\n", text);
}

std::string part_with(const std::string& fields) {
  return "Content-Type: multipart/mixed; boundary=x\n\n--x\n" + fields + "\ntext\n--x--\n";
}

TEST(MessageLimits, MimeFields) {
  const Limits limits{.mime_fields = 3};
  EXPECT_FALSE(reached(read_message(part_with(times(3, "X: y\n")), limits), "mime_fields"));
  const auto over =
      read_message(part_with(times(4, "X: y\n  z\n") + "Content-Type: text/html\nContent-Type: text/plain\n"), limits);
  EXPECT_TRUE(reached(over, "mime_fields"));
  EXPECT_EQ(over.parts.at(0).type, "text/html") << "what the content is stays known";
  EXPECT_EQ(over.texts.at(0).content, "text");
}

TEST(MessageLimits, MimeParameters) {
  const Limits limits{.mime_parameters = 3};
  const auto typed = [](int count) { return part_with("Content-Type: text/html" + times(count, ";\n a=b") + "\n"); };
  EXPECT_FALSE(reached(read_message(typed(3), limits), "mime_parameters"));
  EXPECT_TRUE(reached(read_message(typed(4), limits), "mime_parameters"));
  const std::string behind = "; name=\"f;1;2;3;4.txt\"; charset=iso-8859-1";
  const auto over = read_message(part_with("Content-Type: text/plain" + times(9, "; a=b") + behind + "\n"), limits);
  EXPECT_EQ(over.attachments.at(0).name, "f;1;2;3;4.txt") << "what we read is kept wherever it stands";
  EXPECT_EQ(over.parts.at(0).charset, "iso-8859-1");
}

std::string nested_multiparts(int depth) {
  std::string bytes;
  for (int i = 0; i < depth; ++i)
    bytes += "Content-Type: multipart/mixed; boundary=b" + std::to_string(i) + "z\n\n--b" + std::to_string(i) + "z\n";
  bytes += "\ndeep\n";
  for (int i = depth; i-- > 0;) bytes += "--b" + std::to_string(i) + "z--\n";
  return bytes;
}

TEST(MessageLimits, MimePartsOfWhichTheLastIsAMultipartWithoutParts) {
  const Limits limits{.mime_parts = 5};
  for (const int whole : {4, 5}) {
    std::string source = mixed(whole);
    source.replace(source.rfind("--x--"), 5, "--x\nContent-Type: multipart/mixed; boundary=y\n\nnone\n--x--");
    const Message message = read_message(source, limits);
    EXPECT_EQ(message.parts.size(), 5U);
    EXPECT_EQ(reached(message, "mime_parts"), whole == 5);
  }
}

TEST(MessageLimits, MimeDepth) {
  const Limits limits{.mime_depth = 4};
  const auto within = read_message(nested_multiparts(4), limits);
  EXPECT_FALSE(reached(within, "mime_depth"));
  EXPECT_EQ(within.parts.at(0).part, "1.1.1.1");
  EXPECT_TRUE(reached(read_message(nested_multiparts(5), limits), "mime_depth"));
}

TEST(MessageLimits, NestedDepth) {
  const Limits limits{.nested_depth = 2};
  const std::string carrier = "Content-Type: message/rfc822\n\n";
  const auto within = read_message(times(2, carrier) + "Subject: s\n\nt", limits);
  EXPECT_EQ(within.messages.at(0).messages.at(0).subject, "s");
  EXPECT_FALSE(reached(within.messages[0].messages[0], "nested_depth"));
  const auto over = read_message(times(3, carrier) + "Subject: s\n\nt", limits);
  EXPECT_TRUE(reached(over.messages.at(0).messages.at(0), "nested_depth"));
}

TEST(MessageLimits, NestedMessages) {
  const Limits limits{.nested_messages = 2};
  const auto digest = [](int count) {
    return "Content-Type: multipart/digest; boundary=x\n\n" + times(count, "--x\n\nSubject: s\n\nt\n") + "--x--\n";
  };
  EXPECT_FALSE(reached(read_message(digest(2), limits), "nested_messages"));
  const auto over = read_message(digest(3), limits);
  EXPECT_TRUE(reached(over, "nested_messages"));
  EXPECT_EQ(over.messages.size(), 2U);
  EXPECT_EQ(over.attachments.size(), 3U);
}

TEST(MessageLimits, TextBytes) {
  const Limits limits{.text_bytes = 4};
  EXPECT_FALSE(reached(read_message("Subject: s\n\nabcd", limits), "text_bytes"));
  const auto over = read_message("Content-Type: text/plain; charset=utf-8\n\nabc\xC3\xA9", limits);
  EXPECT_TRUE(reached(over, "text_bytes"));
  EXPECT_EQ(over.texts.at(0).content, "abc") << "a character is never cut in two";
}

TEST(MessageLimits, Addresses) {
  const Limits limits{.addresses = 2};
  EXPECT_FALSE(reached(read_message("To: a@x.example, b@x.example\n\n", limits), "addresses"));
  const auto over = read_message("To: a@x.example, b@x.example, c@x.example\n\n", limits);
  EXPECT_TRUE(reached(over, "addresses"));
  EXPECT_EQ(over.to.size(), 2U);
}

TEST(MessageLimits, MessageNotes) {
  const Limits limits{.message_notes = 2};
  const auto bad = [](int count) {
    std::string parts;
    for (int i = 0; i < count; ++i) parts += "--x\nContent-Transfer-Encoding: odd" + std::to_string(i) + "\n\nt\n";
    return "Content-Type: multipart/mixed; boundary=x\n\n" + parts + "--x--\n";
  };
  EXPECT_FALSE(reached(read_message(bad(1), limits), "message_notes"));
  EXPECT_TRUE(reached(read_message(bad(3), limits), "message_notes"));
}

std::string numbered_parameters(int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += "; a" + std::to_string(i) + "=b";
  return all;
}

struct Hostile {
  const char* name;
  std::string bytes;
};

class HostileMessage : public testing::TestWithParam<Hostile> {};

TEST_P(HostileMessage, IsReadInLinearTime) {
  const auto start = std::chrono::steady_clock::now();
  (void)read_message(GetParam().bytes, Limits{});
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, HostileMessage,
    testing::Values(Hostile{"JunkLines", times(200'000, "junk\n") + "To: a@x.example\n\n"},
                    Hostile{"Folds", "X: a\n" + times(200'000, " b\n")},
                    Hostile{"Addresses", "To: " + times(100'000, "a@x.example,") + "\n\n"},
                    Hostile{"OpenComments", "To: " + times(200'000, "(") + "\n\n"},
                    Hostile{"OpenAngles", "To: " + times(200'000, "<") + "\n\n"},
                    Hostile{"OpenQuotes", "To: " + times(100'000, "\"a") + "\n\n"},
                    Hostile{"Groups", "To: " + times(100'000, "g:") + "\n\n"},
                    Hostile{"EncodedWords", "Subject: " + times(100'000, "=?utf-8?Q?a?= ") + "\n\n"},
                    Hostile{"OpenEncodedWords", "Subject: " + times(200'000, "=?") + "\n\n"},
                    Hostile{"Parameters", "Content-Type: text/plain" + times(20'000, "; a*0=b") + "\n\n"},
                    Hostile{"ParametersOfEachName", "Content-Type: text/plain" + numbered_parameters(200'000) + "\n\n"},
                    Hostile{"ParametersOfAPart", part_with("Content-Disposition: inline" + numbered_parameters(200'000) + "\n")},
                    Hostile{"FieldsOfAPart", part_with(times(500'000, "X: y\n"))},
                    Hostile{"Boundaries",
                            part_with("Content-Type: multipart/mixed" + times(200'000, ";boundary=boundary=b") + "\n")},
                    Hostile{"Parts", mixed(100'000)}, Hostile{"DeepMultiparts", nested_multiparts(2'000)}),
    [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace threadline::message
