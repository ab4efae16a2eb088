// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "documents/unpacking.h"
#include "heard_documents.h"
#include "office_writer.h"
#include "pdf_writer.h"

namespace threadline::documents {
namespace {

using archive::Form;
using archive::written;

TEST(AttachedArchive, MembersAreDocumentsBehindIt) {
  for (const Form& form : {Form{"zip"}, Form{"7zip"}, Form{"ustar"}, Form{"ustar", "gzip"}, Form{"pax", "xz"}})
    EXPECT_EQ(read_file(written({{"rib.txt", "IBAN"}, {"x/b.txt", "BIC"}}, form)),
              "file archive\nfile!rib.txt text{=IBAN}\nfile!x/b.txt text{=BIC}\n")
        << form;
}

TEST(AttachedArchive, TheContentOfACompressedFileIsNamedAsItIs) {
  EXPECT_EQ(read_file(written({{"x", "IBAN"}}, {"raw", "bzip2"}), {.name = "rib.txt.bz2"}),
            "rib.txt.bz2 archive\nrib.txt.bz2!rib.txt text{=IBAN}\n");
}

TEST(AttachedArchive, ArchivesDocumentsAndMailsInsideAreRead) {
  const std::string inner = written({{"rib.docx", docx(paragraph(run("FR76") + run("3000")))}});
  EXPECT_EQ(read_file(written({{"in.zip", inner}})),
            "file archive\nfile!in.zip archive\nfile!in.zip!rib.docx docx{=FR763000\n}\n");
  const std::string mail = "From: a@firm.example\nDate: Mon, 2 Apr 2018 10:00:00 +0200\nSubject: RIB\n\nIBAN\n";
  EXPECT_EQ(read_file(written({{"m.eml", mail}})), "file archive\nfile!m.eml message{1=IBAN\n}\n");
}

TEST(AttachedArchive, NotesOfAMailInsideAreItsDocuments) {
  const std::string mail =
      "From: a@firm.example\nSubject: RIB\nDate: Mon, 2 Apr 2018 10:00:00 +0200\nContent-Type: application/pkcs7-mime; "
      "smime-type=enveloped-data\n\nx\n";
  const std::string read = read_file(written({{"m.eml", mail}}));
  EXPECT_NE(read.find("file!m.eml message encrypted"), std::string::npos) << read;
}

TEST(AttachedArchive, PartsNameTheMemberAndNamesAreNeverPaths) {
  const auto documents = documents_of_file(written({{"../../etc/rib.txt", "IBAN"}}));
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents[1].part, "2!../../etc/rib.txt");
  EXPECT_EQ(documents[1].name, "file!../../etc/rib.txt");
}

TEST(AttachedArchive, MembersOfOneNameAreToldApart) {
  EXPECT_EQ(read_file(written({{"a.txt", "one"}, {"a.txt", "two"}}, {"ustar"})),
            "file archive\nfile!a.txt text{=one}\nfile!a.txt#2 text{=two}\n");
}

TEST(AttachedArchive, AnEncryptedMemberIsANoteAndTheOthersAreRead) {
  const std::string closed = written({{"rib.txt", "IBAN"}}, {"zip", "none", "zip:encryption=aes256", "secret"});
  const auto documents = documents_of_file(closed);
  ASSERT_EQ(documents.size(), 1U);
  ASSERT_EQ(documents[0].notes.size(), 1U);
  EXPECT_EQ(documents[0].notes[0].code, "encrypted");
  EXPECT_TRUE(documents[0].notes[0].text.starts_with("rib.txt: ")) << documents[0].notes[0].text;
  EXPECT_EQ(documents[0].notes[0].span.part, "2");
  EXPECT_EQ(read_file(closed, {.passwords = {"wrong", "secret"}}), "file archive\nfile!rib.txt text{=IBAN}\n");
}

TEST(AttachedArchive, WhatADamagedArchiveStillGivesIsRead) {
  std::string bytes = written({{"a.txt", "IBAN"}, {"b.txt", archive::noise(5'000)}}, {"ustar"});
  bytes.resize(2'000);
  const std::string read = read_file(bytes);
  EXPECT_TRUE(read.starts_with("file archive truncated")) << read;
  EXPECT_NE(read.find("file!a.txt text{=IBAN}\n"), std::string::npos) << read;
}

TEST(AttachedArchive, AFlatBombEndsInANoteAndTheNextAttachmentIsRead) {
  std::vector<File> members;
  const std::string zeros(1U << 20U, '\0');
  for (int i = 0; i < 8; ++i) members.push_back({std::to_string(i), zeros});
  std::vector<Document> documents;
  const Limits limits{.archive_ratio = 100, .archive_small_bytes = 4U << 20U};
  Reading reading{.limits = limits, .documents = documents};
  read_document({"2", "bomb.zip", written(members)}, reading);
  read_document({"3", "good.zip", written({{"rib.txt", "IBAN"}})}, reading);
  const std::string read = listed(documents);
  EXPECT_TRUE(read.starts_with("bomb.zip archive limit ")) << read;
  EXPECT_NE(read.find("archive_ratio: the rest of the archive is left out\n"), std::string::npos) << read;
  EXPECT_TRUE(read.ends_with("\ngood.zip archive\ngood.zip!rib.txt text{=IBAN}\n")) << read;
  EXPECT_LE(reading.unpacked_bytes, limits.document_archive_bytes / 2);
}

TEST(AttachedArchive, ANestedBombIsOneAllowance) {
  const std::string leaf = written({{"zeros", std::string(4U << 20U, '\0')}});
  std::vector<File> many;
  for (int i = 0; i < 20; ++i) many.push_back({std::to_string(i) + ".zip", leaf});
  const std::string middle = written(many);
  std::vector<File> outer;
  for (int i = 0; i < 20; ++i) outer.push_back({std::to_string(i) + ".zip", middle});
  const std::string bomb = written(outer);
  std::vector<Document> documents;
  const Limits limits{.archive_ratio = 1};
  Reading reading{.limits = limits, .documents = documents};
  read_document({"2", "bomb.zip", bomb}, reading);
  EXPECT_LE(reading.unpacked_bytes, limits.archive_small_bytes);
  EXPECT_NE(listed(documents).find("archive_ratio"), std::string::npos);
}

TEST(AttachedArchive, AThousandMembersAreAThousandDocuments) {
  std::vector<File> members;
  for (int i = 0; i < 1'000; ++i) members.push_back({std::to_string(i) + ".txt", "IBAN " + std::to_string(i)});
  EXPECT_EQ(documents_of_file(written(members)).size(), 1'001U);
}

TEST(AttachedArchiveLimits, document_members) {
  const std::string bytes = written({{"a", "one"}, {"b", "two"}});
  EXPECT_EQ(read_file(bytes, {.limits = {.document_members = 2}}), "file archive\nfile!a text{=one}\nfile!b text{=two}\n");
  EXPECT_EQ(read_file(bytes, {.limits = {.document_members = 1}}),
            "file archive limit document_members: the rest of the archive is left out\nfile!a text{=one}\n");
}

TEST(AttachedArchiveLimits, document_archive_bytes) {
  const std::string bytes = written({{"a", "1234"}, {"b", "5678"}});
  EXPECT_EQ(read_file(bytes, {.limits = {.document_archive_bytes = 16}}),
            "file archive\nfile!a text{=1234}\nfile!b text{=5678}\n");
  EXPECT_EQ(
      read_file(bytes, {.limits = {.document_archive_bytes = 14}}),
      "file archive limit b: document_archive_bytes: the rest of the member is left out limit document_archive_bytes: the rest "
      "of the archive is left out\nfile!a text{=1234}\n");
}

TEST(AttachedArchiveLimits, documents) {
  std::vector<Document> documents;
  const auto read_with = [&](std::uint32_t most) {
    const Limits limits{.documents = most};
    documents.clear();
    Reading reading{.limits = limits, .documents = documents};
    read_document({"2", "a.zip", written({{"a", "one"}, {"b", "two"}, {"c", "three"}})}, reading);
    read_document({"3", "rib.txt", "IBAN"}, reading);
    return listed(documents);
  };
  // The archive itself, then half of the 6 that are left.
  EXPECT_EQ(read_with(7), "a.zip archive\na.zip!a text{=one}\na.zip!b text{=two}\na.zip!c text{=three}\nrib.txt text{=IBAN}\n");
  EXPECT_EQ(read_with(5),
            "a.zip archive\na.zip!a text{=one}\na.zip!b text{=two}\na.zip!c  limit documents: further ones are not read\nrib.txt "
            "text{=IBAN}\n");
}

TEST(AttachedArchiveLimits, document_depth) {
  const std::string bytes = written({{"a.zip", written({{"b.zip", written({{"c", "deep"}})}})}});
  EXPECT_EQ(read_file(bytes, {.limits = {.document_depth = 3}}),
            "file archive\nfile!a.zip archive\nfile!a.zip!b.zip archive\nfile!a.zip!b.zip!c text{=deep}\n");
  EXPECT_EQ(read_file(bytes, {.limits = {.document_depth = 2}}),
            "file archive\nfile!a.zip archive\nfile!a.zip!b.zip archive limit document_depth: not read\n");
}

TEST(AttachedArchiveLimits, document_bytes) {
  const std::string bytes = written({{"a", std::string(2'000, 'a')}, {"b", "two"}});
  EXPECT_EQ(listed(documents_of_file(bytes, {.limits = {.document_bytes = 1'999}})),
            "file archive limit a: document_bytes: its beginning is read\nfile!b text{=two}\n");
}

}  // namespace
}  // namespace threadline::documents
