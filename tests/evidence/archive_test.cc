// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "../archive/archive_writer.h"
#include "evidence/file_bytes.h"
#include "temp_folder.h"

namespace threadline::evidence {
namespace {

using archive::File;
using archive::Form;
using archive::written;

std::string mail(const std::string& subject) {
  return "From: a@firm.example\nSubject: " + subject + "\n\nbody of " + subject + "\n";
}

const std::vector<File> kExport{
    {"a.eml", mail("a")},
    {"Inbox/", ""},
    {"Inbox/b.eml", mail("b")},
    {"box.mbox", "From a Thu Apr  5 10:37:00 2018\n" + mail("c") + "\nFrom a Thu Apr  5 10:38:00 2018\n" + mail("d")}};

/// "source-below format subject-line codes", one line an item; sources without the folder of the test.
std::string lines_of(const std::vector<Item>& items, const std::string& folder) {
  std::string lines;
  for (const auto& item : items) {
    lines += item.source.substr(folder.size() + 1) + " " + item.format;
    const auto subject = item.bytes.find("Subject: ");
    if (subject != std::string::npos) lines += " " + item.bytes.substr(subject + 9, item.bytes.find('\n', subject) - subject - 9);
    for (const auto& note : item.notes) lines += " " + note.code;
    lines += "\n";
  }
  return lines;
}

std::string read(const std::string& name, const std::string& bytes, const Settings& settings = {}) {
  const TempFolder folder;
  return lines_of(items_of(folder.write(name, bytes), settings), folder.path.string());
}

class EvidenceArchive : public testing::TestWithParam<Form> {};

TEST_P(EvidenceArchive, HoldsTheSameMessagesAsAFolder) {
  EXPECT_EQ(read("x", written(kExport, GetParam())),
            "x!a.eml eml a\nx!Inbox/b.eml eml b\nx!box.mbox#0 mbox c\nx!box.mbox#76 mbox d\n");
}

INSTANTIATE_TEST_SUITE_P(Forms, EvidenceArchive,
                         testing::Values(Form{}, Form{"7zip"}, Form{"ustar"}, Form{"pax"}, Form{"gnutar", "gzip"},
                                         Form{"ustar", "bzip2"}, Form{"ustar", "xz"}, Form{"ustar", "zstd"}));

TEST(EvidenceArchive, GivesTheBytesAndDigestsThatAFolderGives) {
  const TempFolder folder;
  const auto in_folder = items_of(folder.write("a.eml", mail("a")));
  const auto in_zip = items_of(folder.write("x.zip", written({{"a.eml", mail("a")}})));
  ASSERT_EQ(in_zip.size(), 1U);
  EXPECT_EQ(in_zip[0].bytes, in_folder.at(0).bytes);
  EXPECT_EQ(in_zip[0].sha256, in_folder.at(0).sha256);
}

TEST(EvidenceArchive, ACompressedFileIsCalledByItsNameWithoutTheEnding) {
  EXPECT_EQ(read("spam-xyz.gz", written({{"", mail("a")}}, {"raw", "gzip"})), "spam-xyz.gz!spam-xyz eml a\n");
  const std::string box = "From a Thu Apr  5 10:37:00 2018\n" + mail("c");
  EXPECT_EQ(read("box.mbox.XZ", written({{"", box}}, {"raw", "xz"})), "box.mbox.XZ!box.mbox#0 mbox c\n");
}

/// When what the archive holds was last written, as a reader that takes it is told.
std::vector<std::optional<std::int64_t>> times_in(const std::string& path) {
  std::vector<std::optional<std::int64_t>> times;
  Settings settings;
  settings.taken = [&](const std::string& source, std::string_view, FileBytes& bytes) {
    if (source.ends_with(".log")) times.push_back(bytes.written());
    return source.ends_with(".log");
  };
  items_of(path, settings);
  return times;
}

TEST(EvidenceArchive, AMemberKeepsTheTimeThatTheArchiveStatesAndElseHasTheArchives) {
  constexpr std::int64_t kStated = 1'523'000'000;  // of archive_writer.h
  const TempFolder folder;
  for (const Form& form : {Form{}, Form{"7zip"}, Form{"ustar"}, Form{"pax", "gzip"}})
    EXPECT_EQ(times_in(folder.write("x", written({{"mail.log", "text"}}, form))), (std::vector{std::optional(kStated)})) << form;
  const auto path = folder.write("mail.log.gz", written({{"", "text"}}, {"raw", "gzip"}));
  const auto own = FileBytes(path).written();
  ASSERT_TRUE(own);
  EXPECT_EQ(times_in(path), std::vector{own});
}

TEST(EvidenceArchive, ArchivesInArchivesAreRead) {
  const auto inner = written({{"c.eml", mail("c")}});
  EXPECT_EQ(read("a.zip", written({{"b.zip", inner}, {"d.eml", mail("d")}})), "a.zip!b.zip!c.eml eml c\na.zip!d.eml eml d\n");
  const auto seven = written({{"x/b.tar", written({{"c.eml", mail("c")}}, {"ustar"})}}, {"7zip"});
  EXPECT_EQ(read("a.7z", seven), "a.7z!x/b.tar!c.eml eml c\n");
}

TEST(EvidenceArchive, WhatDesktopsLeaveBesideIsNoEvidence) {
  EXPECT_EQ(read("a.zip", written({{"__MACOSX/._c.eml", "x"}, {".DS_Store", "x"}, {"b/Thumbs.db", "x"}, {"c.eml", mail("c")}})),
            "a.zip!c.eml eml c\n");
}

TEST(EvidenceArchive, AMemberThatIsNoMessageHasARow) {
  EXPECT_EQ(read("a.zip", written({{"a.txt", "hello"}, {"empty.eml", ""}})),
            "a.zip!a.txt  not_a_message\na.zip!empty.eml  empty\n");
}

TEST(EvidenceArchive, AnEmptyArchiveHasARow) {
  EXPECT_EQ(read("a.zip", written({})), "a.zip zip empty\n");
  EXPECT_EQ(read("a.gz", written({{"", ""}}, {"raw", "gzip"})), "a.gz gz empty\n");
}

TEST(EvidenceArchive, NamesInCodePage437AreText) {
  auto bytes = written({{"re?u.eml", mail("a")}});
  for (auto at = bytes.find("re?u"); at != std::string::npos; at = bytes.find("re?u", at)) bytes[at + 2] = '\x87';
  EXPECT_EQ(read("a.zip", bytes), "a.zip!re\xC3\xA7u.eml eml a\n");
}

TEST(EvidenceArchive, OfficeDocumentsAreNotUnpacked) {
  const File types{"[Content_Types].xml", "<Types/>"};
  EXPECT_EQ(read("a", written({types, {"word/document.xml", "<w/>"}}, {"zip", "none", "zip:compression=store"})),
            "a ooxml not_a_message\n");
  EXPECT_EQ(read("b.xlsx", written({types, {"xl/workbook.xml", "<w/>"}})), "b.xlsx xlsx not_a_message\n");
  const File odt{"mimetype", "application/vnd.oasis.opendocument.text"};
  EXPECT_EQ(read("c", written({odt}, {"zip", "none", "zip:compression=store"})), "c odf not_a_message\n");
}

TEST(EvidenceArchive, AnExportsOwnReportsAreNoLoss) {
  EXPECT_EQ(read("a.zip", written({{"Results.csv", "\"Item Identity\",\"Target Path\",\"Subject or Title\"\r\n1,2,3\r\n"},
                                   {"x.csv", "\xEF\xBB\xBFImmutable ID,Compound path,Subject\n1,2,3\n"},
                                   {"Export_load_file_1.csv", "Row ID,Other\n"},
                                   {"manifest.xml", "<?xml version=\"1.0\"?>\n<Root DataInterchangeType=\"Update\"></Root>"}})),
            "a.zip!Results.csv  export_report\na.zip!x.csv  export_report\na.zip!Export_load_file_1.csv  export_report\n"
            "a.zip!manifest.xml  export_report\n");
}

TEST(EvidenceArchive, AnotherTableIsNoReport) {
  EXPECT_EQ(read("a.zip", written({{"clients.csv", "Name,Custodian\n"}, {"a.xml", "<?xml version=\"1.0\"?><a/>"}})),
            "a.zip!clients.csv  not_a_message\na.zip!a.xml  not_a_message\n");
}

TEST(EvidenceArchive, TheNoteOfADamagedMemberStandsAtItsMessage) {
  auto bytes = written({{"a.eml", mail("a")}, {"b.eml", mail("b")}}, {"zip", "none", "zip:compression=store"});
  bytes.replace(bytes.find("body of a"), 4, "BODY");
  EXPECT_EQ(read("a.zip", bytes), "a.zip!a.eml eml a damaged_content\na.zip!b.eml eml b\na.zip zip damaged_members\n");
}

TEST(EvidenceArchive, ACutArchiveGivesItsMessagesAndARow) {
  const auto bytes = written({{"a.eml", mail("a")}, {"b.eml", mail("b")}}, {"ustar"});
  EXPECT_EQ(read("a.tar", bytes.substr(0, 3 * 512 + 45)),
            "a.tar!a.eml eml a\na.tar!b.eml eml b truncated\na.tar tar truncated\n");
}

TEST(EvidenceArchive, ACutGzipFileGivesItsMessagesAndARow) {
  const auto one = written({{"", mail("a")}}, {"raw", "gzip"});
  EXPECT_EQ(read("a.eml.gz", one.substr(0, one.size() - 4)), "a.eml.gz!a.eml eml a truncated\na.eml.gz gz damaged_members\n");
  std::string box;
  for (unsigned i = 1; i <= 40; ++i) box += "From a Thu Apr  5 10:37:00 2018\n" + mail("c") + archive::noise(5'000, i) + "\n\n";
  const auto packed = written({{"", box}}, {"raw", "gzip"});
  const auto messages = [](const std::string& lines) { return std::ranges::count(lines, '#'); };
  const auto cut = read("box.mbox.gz", packed.substr(0, packed.size() * 9 / 10));
  EXPECT_GE(messages(cut), 36) << cut;
  EXPECT_TRUE(cut.ends_with("box.mbox.gz!box.mbox  truncated\n")) << cut;
  EXPECT_EQ(messages(read("box.mbox.gz", packed)), 40);
  EXPECT_EQ(messages(read("x.zip", written({{"box.mbox.gz", packed.substr(0, packed.size() * 9 / 10)}}))), messages(cut));
}

TEST(EvidenceArchive, EncryptedMembersNeedAPassword) {
  const auto bytes = written({{"a.eml", mail("a")}}, {"zip", "none", "zip:encryption=aes256", "sesame"});
  EXPECT_EQ(read("a.zip", bytes), "a.zip!a.eml  encrypted\n");
  EXPECT_EQ(read("a.zip", bytes, {.limits = {}, .passwords = {"x", "sesame"}, .spool_folder = "/tmp"}), "a.zip!a.eml eml a\n");
}

TEST(EvidenceArchive, ASinkThatAnswersFalseStopsTheArchive) {
  const TempFolder folder;
  int items = 0;
  const auto summary = read_evidence({folder.write("a.zip", written(kExport))}, {}, [&items](Item&&) { return ++items < 2; });
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(items, 2);
}

TEST(EvidenceArchive, ASpoolFolderThatCannotBeWrittenIsARow) {
  Settings settings;
  settings.limits.archive_memory_bytes = 10;
  settings.spool_folder = "/nowhere/at/all";
  EXPECT_EQ(read("a.zip", written({{"a.eml", mail("a")}}), settings), "a.zip!a.eml  io_error\n");
}

TEST(EvidenceArchiveLimits, ArchiveMemoryBytes) {
  const auto bytes = written({{"a.eml", mail("a")}, {"b.mbox", "From a Thu Apr  5 10:37:00 2018\n" + mail("c")}});
  for (const std::uint64_t most :
       {std::uint64_t{1} << 20U, std::uint64_t{mail("a").size()}, std::uint64_t{mail("a").size() - 1}, std::uint64_t{0}}) {
    EXPECT_EQ(read("a.zip", bytes, {.limits = {.archive_memory_bytes = most}, .passwords = {}, .spool_folder = "/tmp"}),
              "a.zip!a.eml eml a\na.zip!b.mbox#0 mbox c\n")
        << most;
  }
}

TEST(EvidenceArchiveLimits, ArchiveDepth) {
  std::string bytes = mail("a");
  for (int i = 0; i < 3; ++i) bytes = written({{"x", bytes}});
  EXPECT_EQ(read("a", bytes, {.limits = {.archive_depth = 3}, .passwords = {}, .spool_folder = "/tmp"}), "a!x!x!x eml a\n");
  EXPECT_EQ(read("a", bytes, {.limits = {.archive_depth = 2}, .passwords = {}, .spool_folder = "/tmp"}), "a!x!x zip limit\n");
}

TEST(EvidenceArchiveLimits, AreSharedWithTheArchivesInside) {
  const auto inner = written({{"b.eml", mail("b")}, {"c.eml", mail("c")}});
  const auto bytes = written({{"x.zip", inner}, {"a.eml", mail("a")}});
  EXPECT_EQ(read("a", bytes, {.limits = {.archive_members = 4}, .passwords = {}, .spool_folder = "/tmp"}),
            "a!x.zip!b.eml eml b\na!x.zip!c.eml eml c\na!a.eml eml a\n");
  EXPECT_EQ(read("a", bytes, {.limits = {.archive_members = 3}, .passwords = {}, .spool_folder = "/tmp"}),
            "a!x.zip!b.eml eml b\na!x.zip!c.eml eml c\na zip limit\n");
}

}  // namespace
}  // namespace threadline::evidence
