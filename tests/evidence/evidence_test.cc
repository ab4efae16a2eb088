// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <set>
#include <string>

#include "base/sha256.h"
#include "evidence/place.h"
#include "temp_folder.h"

namespace threadline::evidence {
namespace {

const std::string kMail = "From: a@firm.example\nSubject: s\n\nbody\n";

struct KindCase {
  const char* name;
  const char* file;
  std::string bytes;
  const char* kinds;
};

const std::string kCompound = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// UTF-16LE of ASCII.
std::string wide(std::string_view ascii) {
  std::string bytes;
  for (const char c : ascii) (bytes += c) += '\0';
  return bytes;
}

/// A compound file of 512-byte sectors whose directory begins in sector 3 (MS-CFB section 2.2), cut behind its header.
std::string cut_compound() {
  std::string bytes = kCompound + std::string(512 - kCompound.size(), '\0');
  bytes[30] = 9;
  bytes[48] = 3;
  return bytes;
}

class FileKind : public testing::TestWithParam<KindCase> {};

TEST_P(FileKind, IsToldByContent) {
  const TempFolder folder;
  EXPECT_EQ(kinds_of(items_of(folder.write(GetParam().file, GetParam().bytes))), GetParam().kinds);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, FileKind,
    testing::Values(KindCase{"Eml", "a.eml", kMail, "eml\n"}, KindCase{"MailNamedMsg", "a.msg", kMail, "eml\n"},
                    KindCase{"MailWithoutName", "a", kMail, "eml\n"}, KindCase{"OddTextNamedEml", "a.eml", "hello\n", "eml\n"},
                    KindCase{"OddText", "a.txt", "hello\n", " not_a_message\n"},
                    KindCase{"ByteOrderMark", "a", "\xEF\xBB\xBF" + kMail, "eml\n"},
                    KindCase{"LeadingBlankLines", "a", "\n\n" + kMail, "eml\n"}, KindCase{"Empty", "a.eml", "", " empty\n"},
                    KindCase{"Ole", "a.eml", kCompound + " x", "ole not_a_message\n"},
                    KindCase{"CutOle", "a.bin", cut_compound(), "ole truncated\n"},
                    KindCase{"CutOfficeFile", "a.doc", cut_compound(), "ole not_a_message\n"},
                    KindCase{"OleWithItsDirectory", "a.bin", cut_compound() + std::string(5 * 512, ' '), "ole not_a_message\n"},
                    KindCase{"OleNamedMsg", "a.MSG", kCompound + " x", "msg\n"},
                    KindCase{"Msg", "a", kCompound + wide("__properties_version1.0"), "msg\n"},
                    KindCase{"MsgToldByItsValueStreams", "a", kCompound + wide("__substg1.0_0037001F"), "msg\n"},
                    KindCase{"MsgWhoseDirectoryStandsFarBehind", "a",
                             kCompound + std::string(100'000, 'x') + wide("__properties_version1.0"), "msg\n"},
                    KindCase{"Tnef", "winmail.dat", "\x78\x9F\x3E\x22\x01", "tnef\n"},
                    KindCase{"Zip", "a.eml", "PK\x03\x04 x", "zip truncated\n"},
                    KindCase{"Pst", "a", "!BDN x", "pst damaged_store\n"},
                    KindCase{"Png", "a.png", "\x89PNG\r\n", "png not_a_message\n"},
                    KindCase{"Json", "a.json", "{\"From\": \"x\"}\n", " not_a_message\n"},
                    KindCase{"Html", "a.html", "<html>\n<p>From: x</p>\n", " not_a_message\n"},
                    KindCase{"Binary", "a.eml", std::string("\x00\x01\x02\x00", 4), " not_a_message\n"},
                    KindCase{"Emlx", "1.emlx", std::to_string(kMail.size()) + "\n" + kMail + "<?xml version=\"1.0\"?><plist/>",
                             "emlx\n"},
                    KindCase{"EmlxWithWrongLength", "1.emlx", "3\n" + kMail + "<?xml version=\"1.0\"?><plist/>",
                             "emlx malformed_container\n"},
                    KindCase{"EmlxCutShort", "1.emlx", "300\n" + kMail, "emlx truncated\n"}),
    [](const auto& row) { return row.param.name; });

TEST(Evidence, EmlxGivesTheMessageAlone) {
  const TempFolder folder;
  const std::string list = "<?xml version=\"1.0\"?><plist/>";
  EXPECT_EQ(items_of(folder.write("1.emlx", std::to_string(kMail.size()) + "  \n" + kMail + list)).at(0).bytes, kMail);
  EXPECT_EQ(items_of(folder.write("2.emlx", "3\n" + kMail + list)).at(0).bytes, kMail) << "a wrong length loses nothing";
}

TEST(Evidence, FoldersAreReadInByteOrderWithDigests) {
  const TempFolder folder;
  folder.write("b/x.eml", kMail);
  folder.write("B.eml", kMail);
  folder.write("a.eml", kMail);
  const auto items = items_of(folder.path.string());
  ASSERT_EQ(items.size(), 3U);
  EXPECT_TRUE(items[0].source.ends_with("/B.eml"));
  EXPECT_TRUE(items[1].source.ends_with("/a.eml"));
  EXPECT_TRUE(items[2].source.ends_with("/b/x.eml"));
  EXPECT_EQ(items[0].sha256, sha256_hex(kMail));
}

TEST(Evidence, AMaildirIsReadWithoutTmp) {
  const TempFolder folder;
  folder.write("cur/1:2,S", kMail);
  folder.write("new/2", kMail);
  folder.write("tmp/3", kMail);
  folder.write(".Sent/cur/4", kMail);
  folder.write("dovecot-uidlist", "3 V1\n");
  EXPECT_EQ(items_of(folder.path.string()).size(), 3U);
}

TEST(Evidence, AFolderNamedTmpElsewhereIsRead) {
  const TempFolder folder;
  folder.write("tmp/3", kMail);
  EXPECT_EQ(items_of(folder.path.string()).size(), 1U);
}

TEST(Evidence, WhatIsTheProgramsOwnIsNoEvidenceInAFolderAndIsWhereItIsNamed) {
  const TempFolder folder;
  folder.write("a.eml", kMail);
  const std::string own = folder.write("case/journal.jsonl", "{}\n");
  Settings settings;
  settings.own_files = {own, (folder.path / "case/evidence").string()};
  folder.write("case/evidence/a.eml", kMail);
  folder.write("case/notes.eml", kMail);
  EXPECT_EQ(items_of(folder.path.string(), settings).size(), 2U);
  EXPECT_EQ(items_of(own, settings).size(), 1U);
}

const std::string kMemory = "SQLite format 3" + std::string(53, '\0') + "THRm" + std::string(28, '\0');
const std::string kJournal = R"({"at":"2018-04-05T10:37:00Z","body":{"title":"t"},"by":"a@b","prev":")" + std::string(64, '0') +
                             "\",\"seq\":1,\"type\":\"open\",\"v\":1}\n";

TEST(Evidence, AnotherRunsMemoryAndCaseAreNamedByTheirContent) {
  const TempFolder folder;
  const auto kinds = [&](const std::string& bytes) { return kinds_of(items_of(folder.write("a", bytes))); };
  EXPECT_EQ(kinds(kMemory), " own_memory\n");
  EXPECT_EQ(kinds(kJournal), " own_case\n");
  EXPECT_EQ(kinds("threadline unfinished run, version 1: facts of mails; may be deleted\n"), " own_unfinished\n");
  EXPECT_EQ(kinds("SQLite format 3" + std::string(81, '\0')), " not_a_message\n") << "another program's database";
  EXPECT_EQ(kinds(kJournal.substr(1)), " not_a_message\n") << "a list of other objects";
}

TEST(Evidence, WhatLiesBesideAMemoryOrJournalHasNoRowOfItsOwnAndElsewhereHas) {
  const TempFolder folder;
  for (const char* name : {"a.memory-wal", "a.memory-shm", "case/timestamps/1.tsr", "case/torn/1.bin"}) folder.write(name, "x");
  EXPECT_EQ(items_of(folder.path.string()).size(), 4U);
  folder.write("a.memory", kMemory);
  folder.write("case/journal.jsonl", kJournal);
  folder.write("case/torn/a.eml", kMail);
  EXPECT_EQ(kinds_of(items_of(folder.path.string())), " own_memory\n own_case\neml\n");
}

TEST(Evidence, LinksAndPipesAreNotesAndNeverBlock) {
  const TempFolder folder;
  folder.write("a.eml", kMail);
  std::filesystem::create_directory_symlink(folder.path, folder.path / "loop");
  ASSERT_EQ(::mkfifo((folder.path / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(kinds_of(items_of(folder.path.string())), "eml\n io_error\n io_error\n");
}

/// Paths that overlap, however they are typed, hold each file once; two files of one content are two.
TEST(Evidence, WhatTwoPathsHoldIsReadOnce) {
  const TempFolder folder;
  folder.write("mails/a.eml", "Subject: a\n\nx\n");
  folder.write("mails/sub/copy.eml", "Subject: a\n\nx\n");
  folder.write("mails2/b.eml", "Subject: b\n\nx\n");
  std::filesystem::create_symlink("a.eml", folder.path / "mails" / "link.eml");
  const auto top = folder.path.string() + "/";
  const std::vector<std::pair<std::vector<std::string>, std::size_t>> rows{
      {{"mails", "mails2"}, 4},           {{"mails", "mails"}, 3},       {{"mails", "./mails/"}, 3},
      {{"mails", "mails/a.eml"}, 3},      {{"mails/a.eml", "mails"}, 3}, {{"mails/a.eml", "mails/link.eml"}, 1},
      {{"mails/sub/../a.eml", "."}, 4},   {{"mails/sub", "mails"}, 3},   {{"mails/a.eml", "mails/sub/copy.eml"}, 2},
      {{"mails2/b.eml", "mails/sub"}, 2},
  };
  for (const auto& [paths, count] : rows) {
    std::vector<std::string> given;
    for (const auto& path : paths) given.push_back(top + path);
    std::size_t items = 0;
    ASSERT_TRUE(read_evidence(given, {}, [&](Item&&) { return ++items > 0; }));
    EXPECT_EQ(items, count) << paths.front() << " " << paths.back();
  }
}

/// What a source is does not hang on how its path was typed, nor on where the evidence lies.
TEST(Place, IsTheSameHoweverThePathIsTyped) {
  const TempFolder folder;
  const auto top = folder.path.string() + "/";
  folder.write("one/x.bin", "some bytes");
  folder.write("two/one/x.bin", "some bytes");
  folder.write("two/y.bin", "some bytes");
  folder.write("one/other.bin", "other bytes");
  folder.write("one/a!b", "more bytes");
  std::filesystem::create_symlink("gone", folder.path / "one" / "link");
  for (const std::string same : {"one/./x.bin", "one/../one/x.bin", "two/one/x.bin"})
    EXPECT_EQ(place_of(top + "one/x.bin"), place_of(top + same)) << same;
  EXPECT_EQ(place_of(top + "one/x.bin!m"), place_of(top + "two/one/x.bin!m"));
  const std::string ends(40'000, 'x');
  folder.write("three/one/z.bin", ends + "a" + ends);
  folder.write("four/one/z.bin", ends + "b" + ends);
  EXPECT_NE(place_of(top + "three/one/z.bin"), place_of(top + "four/one/z.bin"));
  EXPECT_EQ(place_of(top + "one/link"), place_of(top + "two/../one/link"));
  EXPECT_EQ(place_of(top + "one"), place_of(top + "two/../one/"));
  std::set<std::string> places;
  const std::vector<std::string> others{"one/x.bin", "one/x.bin!m", "one/x.bin!n", "one/x.bin#3", "one/other.bin", "two/y.bin",
                                        "one/a!b",   "one/link",    "one",         "two",         "gone"};
  for (const std::string& other : others) places.insert(place_of(top + other));
  EXPECT_EQ(places.size(), others.size());
  EXPECT_EQ(place_of("-"), "-");
}

TEST(Evidence, APathThatDoesNotExistIsAnErrorAndNothingIsRead) {
  const TempFolder folder;
  const auto mail = folder.write("a.eml", kMail);
  int items = 0;
  const auto summary = read_evidence({mail, mail + ".missing"}, {}, [&items](Item&&) { return ++items > 0; });
  EXPECT_FALSE(summary.has_value());
  EXPECT_EQ(items, 0);
}

TEST(Evidence, ASinkThatAnswersFalseStopsTheReading) {
  const TempFolder folder;
  folder.write("a.eml", kMail);
  folder.write("b.eml", kMail);
  folder.write("c.mbox", "From a Thu Apr  5 10:37:00 2018\n" + kMail);
  int items = 0;
  const auto summary = read_evidence({folder.path.string()}, {}, [&items](Item&&) { return ++items < 2; });
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(items, 2);
  EXPECT_TRUE(summary->stopped);
}

TEST(EvidenceLimits, MessageBytes) {
  const TempFolder folder;
  const auto path = folder.write("a.eml", kMail);
  EXPECT_EQ(kinds_of(items_of(path, Limits{.message_bytes = kMail.size()})), "eml\n");
  const auto over = items_of(path, Limits{.message_bytes = kMail.size() - 1});
  EXPECT_EQ(kinds_of(over), "eml limit\n");
  EXPECT_EQ(over[0].bytes, kMail.substr(0, kMail.size() - 1));
}

TEST(EvidenceLimits, FolderDepth) {
  const TempFolder folder;
  folder.write("1/2/a.eml", kMail);
  EXPECT_EQ(kinds_of(items_of(folder.path.string(), Limits{.folder_depth = 3})), "eml\n");
  EXPECT_EQ(kinds_of(items_of(folder.path.string(), Limits{.folder_depth = 2})), " limit\n");
}

}  // namespace
}  // namespace threadline::evidence
