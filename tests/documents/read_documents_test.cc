// SPDX-License-Identifier: Apache-2.0
#include "documents/read_documents.h"

#include <gtest/gtest.h>

#include "documents/document_kind.h"
#include "message/read_message.h"

namespace threadline::documents {
namespace {

message::Message with_attachments(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string mail = "From: a@firm.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nwords\n";
  for (const auto& [name, content] : files) {
    mail += "--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"" + name + "\"\n\n" +
            content + "\n";
  }
  return message::read_message(mail + "--b--\n", Limits{});
}

/// "name kind{place=content}..." a line.
std::string listed(const std::vector<Document>& documents) {
  std::string lines;
  for (const auto& document : documents) {
    lines += document.name + " " + document.kind;
    for (const auto& text : document.texts) lines += "{" + text.place + "=" + text.content + "}";
    for (const auto& note : document.notes) lines += " " + note.code;
    lines += "\n";
  }
  return lines;
}

std::string read_all(const std::vector<std::pair<std::string, std::string>>& files, const Limits& limits = {}) {
  auto message = with_attachments(files);
  return listed(read_documents(message, {.limits = limits}));
}

TEST(Documents, ATextFileIsReadWhateverItsType) {
  EXPECT_EQ(read_all({{"rib.txt", "IBAN : X"}}), "rib.txt text{=IBAN : X}\n");
  EXPECT_EQ(read_all({{"rib", "<!DOCTYPE html><p>IBAN"}}), "rib html{=<!DOCTYPE html><p>IBAN}\n");
}

TEST(Documents, BytesThatNobodyReadsAreNoDocument) { EXPECT_EQ(read_all({{"a.bin", std::string("\x01\x02\x03", 3)}}), ""); }

TEST(Documents, TheBytesOfAttachmentsAreReleased) {
  auto message = with_attachments({{"rib.txt", "IBAN : X"}});
  ASSERT_EQ(message.attachments.at(0).content, "IBAN : X");
  (void)read_documents(message, {});
  EXPECT_EQ(message.attachments.at(0).content, "");
}

TEST(Documents, TheFirstBytesSayWhatAFileIsNotItsName) {
  EXPECT_EQ(kind_of("%PDF-1.4\n", "a.txt"), DocumentKind::pdf);
  EXPECT_EQ(kind_of("PK\x03\x04rest", "a.pdf"), DocumentKind::zip);
  EXPECT_EQ(kind_of("<?xml version='1.0'?><Invoice/>", "a"), DocumentKind::xml);
  EXPECT_EQ(kind_of("words", "a.pdf"), DocumentKind::text);
  EXPECT_EQ(kind_of("", "a.pdf"), DocumentKind::other);
}

TEST(Limits, documents) {
  EXPECT_EQ(read_all({{"a", "one"}, {"b", "two"}}, {.documents = 2}), "a text{=one}\nb text{=two}\n");
  EXPECT_EQ(read_all({{"a", "one"}, {"b", "two"}, {"c", "three"}}, {.documents = 1}), "a text{=one}\nb  limit\n");
}

TEST(Limits, document_bytes) {
  EXPECT_EQ(read_all({{"a", "12345"}, {"b", "x"}}, {.document_bytes = 5}), "a text{=12345}\nb text{=x}\n");
  EXPECT_EQ(read_all({{"a", "12345"}, {"b", "x"}}, {.document_bytes = 4}), "a  limit\nb text{=x}\n");
}

TEST(Limits, document_text_bytes) {
  EXPECT_EQ(read_all({{"a", "123"}, {"b", "45"}}, {.document_text_bytes = 5}), "a text{=123}\nb text{=45}\n");
  EXPECT_EQ(read_all({{"a", "123"}, {"b", "45"}}, {.document_text_bytes = 4}), "a text{=123}\nb text{=4} limit\n");
}

}  // namespace
}  // namespace threadline::documents
