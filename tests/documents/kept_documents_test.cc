// SPDX-License-Identifier: Apache-2.0
#include "documents/kept_documents.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "documents/counted_programs.h"
#include "documents/read_documents.h"
#include "heard_documents.h"
#include "message/read_message.h"

namespace threadline::documents {
namespace {

using namespace std::string_literals;

const std::string kPicture = "\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR\0\0\x01\x2C\0\0\x01\x2C\x08\0\0\0\0"s;
constexpr const char* kCode = "Bytes: 53 50 43\n";  // as ZXingReader prints "SPC"

/// Programs that see a code on every picture, and count.
class Counting final : public CountedPrograms {
 public:
  explicit Counting(const Limits& limits = {}) : CountedPrograms(limits) {}
  ProgramAnswer answer{.output = "Format: QR\n"s + kCode, .lost = {}, .said = {}};
  int runs = 0;

 private:
  ProgramAnswer run_for(const ProgramRequest& /*request*/, std::uint32_t /*ms*/) override {
    ++runs;
    return answer;
  }
};

struct File {
  std::string name, bytes;
};

/// What the documents of a message with those attachments say, and their parts.
std::string told(const std::vector<File>& files, Programs& programs, const Limits& limits = {}) {
  message::Message message;
  for (const File& file : files) {
    const std::string number = std::to_string(message.attachments.size() + 2);
    message.attachments.push_back({.name = file.name,
                                   .type = "image/png",
                                   .size = file.bytes.size(),
                                   .sha256 = "sha of " + file.bytes,
                                   .part = number,
                                   .note = {},
                                   .content = file.bytes});
  }
  const auto documents = read_documents(message, {.limits = limits, .programs = &programs});
  std::string told = listed(documents);
  for (const Document& document : documents) {
    told += document.part;
    for (const Note& note : document.notes) told += "," + note.span.part;
    told += ";";
  }
  return told;
}

TEST(KeptDocuments, TheLogoOfEveryMailIsReadOnceAndToldOfEach) {
  Counting programs;
  const std::string first = told({{"logo.png", kPicture}}, programs);
  EXPECT_NE(first.find("SPC"), std::string::npos);
  EXPECT_EQ(told({{"logo.png", kPicture}}, programs), first);
  EXPECT_EQ(programs.runs, 1);
}

TEST(KeptDocuments, TheSameBytesInAnotherPartAreToldOfThatPart) {
  Counting programs;
  (void)told({{"logo.png", kPicture}}, programs);
  Counting fresh;
  const std::vector<File> files{{"a.txt", "words"}, {"logo.png", kPicture}};
  EXPECT_EQ(told(files, programs), told(files, fresh));
  EXPECT_EQ(programs.runs, 1);
}

TEST(KeptDocuments, OtherBytesOrAnotherNameAreReadAnew) {
  Counting programs;
  (void)told({{"logo.png", kPicture}}, programs);
  (void)told({{"logo.png", kPicture + "x"}}, programs);
  EXPECT_EQ(programs.runs, 2);
  (void)told({{"other.png", kPicture}}, programs);
  EXPECT_EQ(programs.runs, 3);
}

TEST(KeptDocuments, WhatALimitEndedIsReadAnew) {
  Counting programs;
  programs.answer = {.output = {}, .lost = "program_ms", .said = {}};
  (void)told({{"logo.png", kPicture}}, programs);
  programs.answer = {.output = kCode, .lost = {}, .said = {}};
  const std::string second = told({{"logo.png", kPicture}}, programs);
  EXPECT_EQ(programs.runs, 2);
  EXPECT_EQ(second.find("limit"), std::string::npos) << second;
}

TEST(KeptDocuments, AProgramThatDidNotStartIsAskedAgainAndOneThatSaysWhyIsNot) {
  Counting programs;
  programs.answer = {.output = {}, .lost = "program_failed", .said = {}};
  (void)told({{"logo.png", kPicture}}, programs);
  programs.answer.said = "no picture";
  const std::string second = told({{"logo.png", kPicture}}, programs);
  EXPECT_EQ(programs.runs, 2);
  EXPECT_EQ(told({{"logo.png", kPicture}}, programs), second);
  EXPECT_EQ(programs.runs, 2);
}

TEST(KeptDocuments, KeptPicturesCountAgainstTheLimitsOfAMessage) {
  Counting programs;
  const Limits limits{.pictures = 1};
  const std::vector<File> files{{"a.png", kPicture}, {"a.png", kPicture}};
  Counting fresh;
  (void)told({{"a.png", kPicture}}, programs, limits);
  EXPECT_EQ(told(files, programs, limits), told(files, fresh, limits));
  EXPECT_NE(told(files, programs, limits).find("pictures"), std::string::npos);
}

TEST(KeptDocuments, MoreThanTheirBytesAreForgottenAndNothingElseChanges) {
  KeptDocuments kept;
  Document document{.part = "2", .name = "a", .kind = "pdf"};
  document.texts.push_back({.content = std::string(400'000, 'x')});
  for (int i = 0; i < 20; ++i) kept.keep("content " + std::to_string(i), "a", document);
  EXPECT_EQ(kept.find("content 0", "a"), nullptr);
  EXPECT_NE(kept.find("content 19", "a"), nullptr);
  document.texts.push_back({.content = std::string(400'000, 'x')});
  kept.keep("long", "a", document);
  EXPECT_EQ(kept.find("long", "a"), nullptr);
}

}  // namespace
}  // namespace threadline::documents
