// SPDX-License-Identifier: Apache-2.0
#include "message/lzfu.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "message/lzfu_writer.h"

namespace threadline::message {
namespace {

using namespace std::string_literals;

/// Reads a heap copy of the exact size.
Rtf read(std::string_view bytes, const Limits& limits = {}) {
  const auto exact = std::make_unique<char[]>(bytes.size());
  std::ranges::copy(bytes, exact.get());
  return read_compressed_rtf({exact.get(), bytes.size()}, limits);
}

std::string notes_of(const Rtf& rtf) {
  std::string line;
  for (const Note& note : rtf.notes) line += (line.empty() ? "" : "; ") + note.code + ": " + note.text;
  return line;
}

/// Source: MS-OXRTFCP section 4.1.1.
const std::string kSimple =
    "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31\x32\x35\x42\x32\x0a\xf3"
    "\x20"
    "\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0"s;
/// Source: MS-OXRTFCP section 4.1.2: a match that reads what it has just written.
const std::string kCrossing =
    "\x1a\x00\x00\x00\x1c\x00\x00\x00\x4c\x5a\x46\x75\xe2\xd4\x4b\x51\x41\x00\x04\x20\x57\x58\x59\x5a\x0d\x6e\x7d\x01\x0e\xb0"s;
const std::string kHello = "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n";

TEST(Lzfu, TheSpecificationsSimpleExample) {
  const Rtf rtf = read(kSimple);
  EXPECT_EQ(rtf.bytes, kHello);
  EXPECT_EQ(notes_of(rtf), "");
}

TEST(Lzfu, TheSpecificationsExampleThatReadsWhatItWrites) {
  const Rtf rtf = read(kCrossing);
  EXPECT_EQ(rtf.bytes, "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
  EXPECT_EQ(notes_of(rtf), "");
}

TEST(Lzfu, UncompressedRtfIsGivenAsItIs) {
  const Rtf rtf = read(mela(kHello));
  EXPECT_EQ(rtf.bytes, kHello);
  EXPECT_EQ(notes_of(rtf), "");
}

TEST(Lzfu, TheRingOf4096BytesIsWrittenManyTimesOver) {
  std::string text = "{\\rtf1 ";
  for (int i = 0; i < 3000; ++i) text += "line " + std::to_string(i * 7919) + "\\par\r\n";
  text += "}";
  const Rtf rtf = read(lzfu(text));
  EXPECT_EQ(rtf.bytes, text);
  EXPECT_EQ(notes_of(rtf), "");
}

struct Damage {
  const char* name;
  std::size_t at;
  char byte;
  const char* note;
};

TEST(Lzfu, AWrongHeaderIsANoteNotALoss) {
  const Damage damages[] = {
      {"compressed size too large", 3, '\x7f', "parser_remark: the compressed size of the RTF is wrong"},
      {"uncompressed size too large", 7, '\x7f', "parser_remark: the uncompressed size of the RTF is wrong"},
      {"CRC", 12, '\x00', "malformed_rtf: the CRC is wrong"},
      {"compression", 8, 'X', "malformed_rtf: unknown compression"},
  };
  for (const Damage& damage : damages) {
    std::string bytes = kSimple;
    bytes[damage.at] = damage.byte;
    const Rtf rtf = read(bytes);
    EXPECT_EQ(rtf.bytes, kHello) << damage.name;
    EXPECT_EQ(notes_of(rtf), damage.note) << damage.name;
  }
}

TEST(Lzfu, AnUnknownCompressionThatGivesNoRtfIsNothing) {
  std::string bytes = lzfu("not rich text");
  bytes[8] = 'X';
  EXPECT_EQ(read(bytes).bytes, "");
  EXPECT_EQ(notes_of(read(bytes)), "malformed_rtf: unknown compression");
}

TEST(Lzfu, RtfWithoutAHeaderIsRtf) {
  EXPECT_EQ(read(kHello).bytes, kHello);
  EXPECT_EQ(notes_of(read(kHello)), "malformed_rtf: not compressed and without a header");
}

TEST(Lzfu, CutAnywhereWhatIsThereIsGiven) {
  for (std::size_t length = 0; length < kSimple.size(); ++length) {
    const Rtf rtf = read(std::string_view(kSimple).substr(0, length));
    EXPECT_TRUE(kHello.starts_with(rtf.bytes)) << length;
    EXPECT_FALSE(rtf.notes.empty()) << length;
  }
  const Rtf rtf = read(std::string_view(kSimple).substr(0, kSimple.size() - 2));  // only the end marker is lost
  EXPECT_EQ(rtf.bytes, kHello);
}

TEST(Lzfu, AMatchMayReadThePreloadAndWhatWasNeverWritten) {
  const std::string tokens = "\x07\x00\x04\x12\xc0\x0d\x70"s;  // 6 bytes at 0, 2 at 300, the marker: 207 + 8 = 215 = 0x0d7
  const Rtf rtf = read(lzfu_of_tokens(tokens, 8));
  EXPECT_EQ(rtf.bytes, "{\\rtf1  ");
  EXPECT_EQ(notes_of(rtf), "");
}

TEST(Lzfu, WhatStandsBehindTheEndMarkerIsNotRead) {
  const std::string bytes = lzfu_of_tokens(kSimple.substr(16) + std::string(8, 'x'), kHello.size());
  EXPECT_EQ(read(bytes).bytes, kHello);
}

TEST(Lzfu, RtfBytesIsALimit) {
  const std::string at = lzfu(kHello);
  EXPECT_EQ(notes_of(read(at, {.rtf_bytes = kHello.size()})), "");
  EXPECT_EQ(read(at, {.rtf_bytes = kHello.size() - 1}).bytes, kHello.substr(0, kHello.size() - 1));
  EXPECT_EQ(notes_of(read(at, {.rtf_bytes = kHello.size() - 1})), "limit: rtf_bytes: the rest of the RTF is left out");
  EXPECT_EQ(notes_of(read(mela(kHello), {.rtf_bytes = kHello.size()})), "");
  EXPECT_EQ(read(mela(kHello), {.rtf_bytes = 5}).bytes, "{\\rtf");
  EXPECT_EQ(notes_of(read(mela(kHello), {.rtf_bytes = 5})), "limit: rtf_bytes: the rest of the RTF is left out");
}

}  // namespace
}  // namespace threadline::message
