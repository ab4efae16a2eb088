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

/// What says who wrote what to whom, when, and on which way it came, in one line.
std::string identity_of(const Message& message) {
  const auto count = [&](std::string_view name) {
    return std::to_string(std::ranges::count_if(message.headers, [&](const HeaderField& field) { return field.name == name; }));
  };
  std::string line = message.subject + " " + message.message_id + (message.date ? " dated" : " undated");
  for (const auto* list : {&message.from, &message.reply_to, &message.to, &message.cc}) {
    for (const auto& one : *list) line += " " + one.address;
  }
  return line + " received " + count("Received") + " verdicts " + count("Authentication-Results");
}

constexpr const char* kFields =
    "Received: from a.example by b.example; Mon, 2 Nov 2026 10:00:00 +0000\n"
    "Received: from c.example by a.example;\n Mon, 2 Nov 2026 10:00:00 +0000\n"
    "Authentication-Results: b.example; dmarc=pass\n"
    "From: a@firm.example\nReply-To: r@firm.example\nTo: b@own.example\nCc: c@own.example\nSubject: s\n"
    "Date: Mon, 2 Nov 2026 10:00:00 +0000\nMessage-ID: <1@firm.example>\nMIME-Version: 1.0\n"
    "Content-Type: text/html; charset=utf-8\n";
constexpr const char* kIdentity =
    "s <1@firm.example> dated a@firm.example r@firm.example b@own.example c@own.example received 2 verdicts 1";

struct Flood {
  const char* name;
  std::string fields;  ///< before those of the message
  const char* limit;
  const char* said;  ///< the field that the note names
};

/// RFC 5322 sets no order and no bound: whatever stands first hides no field that says who writes.
TEST(MessageLimits, NoFloodOfFieldsHidesWhoWrites) {
  const Limits limits;
  const auto over = static_cast<int>(limits.header_fields) + 1;
  const std::string line(1'000, 'x');
  const std::string long_line(limits.header_bytes + 1, 'x');
  const std::vector<Flood> floods{
      {"X- fields", times(over, "X-Spam: y\n"), "header_fields", "X-Spam"},
      {"unknown fields", times(over, "Foo: y\n"), "header_fields", "Foo"},
      {"known fields", times(over, "Comments: y\nKeywords: z\n"), "header_fields", "Comments"},
      {"fields of a border", times(over, "DKIM-Signature: y\n"), "header_fields", "DKIM-Signature"},
      {"one field, folded", "X-Junk: y\n" + times(5'000, " " + line + "\n"), "header_bytes", "X-Junk"},
      {"one line", "X-Junk: " + long_line + "\n", "header_bytes", "X-Junk"},
      {"a known field, folded", "List-Id: y\n" + times(5'000, " " + line + "\n"), "header_bytes", "List-Id"},
      {"a known field in one line", "Comments: " + long_line + "\n", "header_bytes", "Comments"},
      {"long fields", times(50, "X-Junk: " + long_line.substr(0, 100'000) + "\n"), "header_bytes", "X-Junk"},
      {"long fields of known names",
       times(20, "Comments: " + long_line.substr(0, 90'000) + "\nKeywords: " + long_line.substr(0, 90'000) +
                     "\nList-Id: " + long_line.substr(0, 90'000) + "\n"),
       "header_bytes", "Comments"},
  };
  for (const auto& [name, fields, limit, said] : floods) {
    const auto read = read_message(fields + kFields + "\nbody", limits);
    EXPECT_EQ(identity_of(read), kIdentity) << name;
    EXPECT_EQ(read.texts.at(0).content, "body") << name;
    EXPECT_TRUE(read.texts.at(0).html) << name;
    EXPECT_LE(read.headers.size(), limits.header_fields) << name;
    EXPECT_TRUE(std::ranges::is_sorted(read.headers, {}, &HeaderField::offset)) << name;
    const auto note = std::ranges::find(read.notes, "limit", &Note::code);
    ASSERT_NE(note, read.notes.end()) << name;
    EXPECT_TRUE(note->text.starts_with(limit)) << name << ": " << note->text;
    EXPECT_NE(note->text.find(said), std::string::npos) << name << ": " << note->text;
  }
}

/// Ten thousand hops: the first of them are read, and what stands behind them.
TEST(MessageLimits, AFloodOfHopsHidesNoAuthor) {
  const auto read = read_message(times(10'000, "Received: from x.example by y.example\n") + kFields + "\nbody", {});
  EXPECT_EQ(read.from.size(), 1U);
  EXPECT_EQ(read.subject, "s");
  EXPECT_LE(read.headers.size(), Limits{}.header_fields);
  EXPECT_EQ(read.headers.front().offset, 0U);
  EXPECT_TRUE(reached(read, "header_fields"));
}

/// The benign twin: as many fields as are kept, and a long list of recipients.
TEST(MessageLimits, NothingIsLeftOutAtTheBounds) {
  const std::string fields = kFields;
  const auto many = read_message(times(3'900, "X-Spam: y\n") + fields + "\nbody", {});
  EXPECT_EQ(identity_of(many), kIdentity);
  EXPECT_FALSE(reached(many, "header_fields"));
  const auto everybody =
      read_message("To: a@own.example" + times(4'000, ",\n somebody.or.other@other-firm.example") + "\n" + fields + "\nbody", {});
  EXPECT_EQ(everybody.to.size(), 4'002U);
  EXPECT_FALSE(reached(everybody, "header_bytes"));
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
