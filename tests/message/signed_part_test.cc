// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "base/cms_writer.h"
#include "base/sha256.h"
#include "message/read_message.h"

namespace threadline::message {
namespace {

using tests::base64_lines;
using tests::cms_signed;

constexpr std::string_view kLetter = "Content-Type: text/plain; charset=utf-8\r\n\r\nLe compte a chang\xC3\xA9.\r\n";

/// A message whose whole body is one CMS part.
std::string opaque(std::string_view cms, const std::string& type) {
  return "From: a@firm.example\nSubject: s\nMIME-Version: 1.0\nContent-Type: " + type +
         "\nContent-Transfer-Encoding: base64\n\n" + base64_lines(cms);
}

std::string codes_of(const Message& message) {
  std::string codes;
  for (const auto& note : message.notes) codes += (codes.empty() ? "" : " ") + note.code;
  return codes;
}

std::string parts_of(const Message& message) {
  std::string line;
  for (const auto& part : message.parts) line += (line.empty() ? "" : "; ") + part.part + " " + part.type;
  return line;
}

TEST(SignedPart, AnOpaqueSignedLetterIsReadLikeAnyOther) {
  for (const std::string type : {"application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
                                 "application/x-pkcs7-mime; name=smime.p7m", "application/octet-stream; name=smime.p7m"}) {
    const auto message = read_message(opaque(cms_signed(kLetter), type), Limits{});
    ASSERT_EQ(message.texts.size(), 1U) << type;
    EXPECT_EQ(message.texts[0].content, "Le compte a chang\xC3\xA9.\n");
    EXPECT_EQ(message.texts[0].part, "1!1");
    EXPECT_FALSE(message.texts[0].attached);
    EXPECT_EQ(codes_of(message), "signed");
    ASSERT_EQ(message.attachments.size(), 1U);
    EXPECT_EQ(message.attachments[0].note, "signed");
  }
}

TEST(SignedPart, PartsOfASignedMultipartHaveNumbersOfTheirOwn) {
  const std::string entity =
      "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>h</p>\r\n--x\r\n"
      "Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF\r\n--x--\r\n";
  const auto message = read_message(opaque(cms_signed(entity), "application/pkcs7-mime; smime-type=signed-data"), Limits{});
  EXPECT_EQ(parts_of(message), "1 application/pkcs7-mime; 1!1 text/html; 1!2 application/pdf");
  ASSERT_EQ(message.attachments.size(), 2U);
  EXPECT_EQ(message.attachments[1].sha256, sha256_hex("%PDF"));
}

TEST(SignedPart, AMessageThatIsSignedWholeIsAnAttachedMessage) {
  const std::string entity = "Content-Type: message/rfc822\r\n\r\nFrom: b@firm.example\r\nSubject: inner\r\n\r\nx\r\n";
  const auto message = read_message(opaque(cms_signed(entity), "application/pkcs7-mime"), Limits{});
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(message.messages[0].subject, "inner");
  EXPECT_EQ(message.messages[0].part, "1!1");
}

TEST(SignedPart, AFileThatWasSignedAsSuchIsAnAttachmentOfItsOwnName) {
  const std::string mail =
      "Subject: s\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nhello\n--x\n"
      "Content-Type: application/pkcs7-mime; name=fattura.pdf.p7m\nContent-Transfer-Encoding: base64\n\n" +
      base64_lines(cms_signed("%PDF-1.4 \x01\x02")) + "--x--\n";
  const auto message = read_message(mail, Limits{});
  ASSERT_EQ(message.texts.size(), 1U);
  ASSERT_EQ(message.attachments.size(), 2U);
  EXPECT_EQ(message.attachments[1].name, "fattura.pdf");
  EXPECT_EQ(message.attachments[1].part, "2!1");
  EXPECT_EQ(message.attachments[1].sha256, sha256_hex("%PDF-1.4 \x01\x02"));
}

TEST(SignedPart, WhatIsEncryptedIsNamedWhateverItIsDeclaredAs) {
  const auto message =
      read_message(opaque(tests::cms_encrypted(kLetter), "application/pkcs7-mime; smime-type=signed-data"), Limits{});
  EXPECT_TRUE(message.texts.empty());
  EXPECT_EQ(codes_of(message), "encrypted");
  EXPECT_EQ(message.attachments.at(0).note, "encrypted");
}

TEST(SignedPart, CertificatesAloneAreNotEncrypted) {
  const auto message = read_message(opaque(tests::cms_certificates(), "application/pkcs7-mime; name=smime.p7c"), Limits{});
  EXPECT_EQ(codes_of(message), "");
  EXPECT_EQ(message.attachments.at(0).note, "certificates");
}

TEST(SignedPart, BytesThatAreCutShortStayWhatTheyWereDeclaredAs) {
  const std::string whole = cms_signed(kLetter);
  const auto message = read_message(opaque(whole.substr(0, 60), "application/pkcs7-mime; smime-type=signed-data"), Limits{});
  EXPECT_TRUE(message.texts.empty());
  EXPECT_EQ(message.attachments.at(0).note, "signed");
}

TEST(SignedPart, BeyondSignedDepthIsANote) {
  const auto wrapped = [](int times) {
    std::string entity(kLetter);
    for (int i = 1; i < times; ++i)
      entity =
          "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64_lines(cms_signed(entity));
    return opaque(cms_signed(entity), "application/pkcs7-mime");
  };
  Limits limits;
  limits.signed_depth = 2;
  EXPECT_EQ(read_message(wrapped(2), limits).texts.size(), 1U);
  const auto deeper = read_message(wrapped(3), limits);
  EXPECT_TRUE(deeper.texts.empty());
  EXPECT_EQ(deeper.notes.back().code, "limit");
  EXPECT_EQ(deeper.notes.back().text.substr(0, 12), "signed_depth");
}

}  // namespace
}  // namespace threadline::message
