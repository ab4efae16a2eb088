// SPDX-License-Identifier: Apache-2.0
#include "archive/archive.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "archive_writer.h"
#include "heard.h"

namespace threadline::archive {
namespace {

const std::vector<File> kFiles{{"a.eml", "first"}, {"folder/", ""}, {"folder/b.eml", "second"}};

class Forms : public testing::TestWithParam<Form> {};

TEST_P(Forms, GiveTheirMembersInOrder) {
  EXPECT_EQ(heard_from(written(kFiles, GetParam())), "a.eml=first\nfolder/b.eml=second\n");
}

INSTANTIATE_TEST_SUITE_P(All, Forms,
                         testing::Values(Form{}, Form{"zip", "none", "zip:compression=store", ""}, Form{"7zip"}, Form{"ustar"},
                                         Form{"pax"}, Form{"gnutar"}, Form{"ustar", "gzip"}, Form{"ustar", "bzip2"},
                                         Form{"pax", "xz"}, Form{"ustar", "zstd"}));

class Filters : public testing::TestWithParam<const char*> {};

TEST_P(Filters, GiveTheOneContentOfACompressedFileWithoutAName) {
  EXPECT_EQ(heard_from(written({{"", "From: a"}}, {"raw", GetParam()})), "=From: a\n");
  EXPECT_EQ(heard_from(written({{"", ""}}, {"raw", GetParam()})), "");
}

INSTANTIATE_TEST_SUITE_P(All, Filters, testing::Values("gzip", "bzip2", "xz", "zstd"));

TEST(Archive, AGzipFileKeepsTheNameThatItStores) {
  // RFC 1952, 2.3: FLG.FNAME, then the name; a stored block of deflate (RFC 1951, 3.2.4) with "hi"; CRC-32 and length.
  const std::string bytes(
      "\x1F\x8B\x08\x08\0\0\0\0\0\x03"
      "box.mbox\0"
      "\x01\x02\0\xFD\xFFhi"
      "\xAC\x2A\x93\xD8\x02\0\0\0",
      10 + 9 + 7 + 8);
  EXPECT_EQ(heard_from(bytes), "box.mbox=hi\n");
}

TEST(Archive, NamesAreOnlyText) {
  const std::vector<File> files{
      {"../../etc/passwd", "1"}, {"/abs.eml", "2"}, {"a.eml", "3"}, {"a.eml", "4"}, {"\xC3\xA9.eml", "5"}};
  EXPECT_EQ(heard_from(written(files, {"ustar"})), "../../etc/passwd=1\n/abs.eml=2\na.eml=3\na.eml=4\n\xC3\xA9.eml=5\n");
  EXPECT_EQ(heard_from(written(files)), "../../etc/passwd=1\n/abs.eml=2\na.eml=3\na.eml=4\n\xC3\xA9.eml=5\n");
}

TEST(Archive, MembersThatAreNotWantedAreSkipped) {
  Settings settings;
  settings.wanted = [](std::string_view name) { return name != "a.eml"; };
  EXPECT_EQ(heard_from(written(kFiles), settings), "folder/b.eml=second\n");
  EXPECT_EQ(heard_from(written(kFiles, {"7zip"}), settings), "folder/b.eml=second\n");
}

TEST(Archive, WhatIsNoArchiveIsANote) {
  EXPECT_EQ(heard_from("From: a\n\nb\n"), "whole malformed_container\n");
  EXPECT_EQ(heard_from("PK\x03\x04 x"), "whole truncated\n");
  EXPECT_EQ(heard_from(""), "whole malformed_container\n");
}

TEST(Archive, AReceiverThatStopsEndsTheReading) {
  const Described file(written(kFiles));
  Heard heard;
  heard.most_members = 1;
  const auto notes = read_archive(file.descriptor(), {}, heard);
  EXPECT_EQ(heard.with(notes), "a.eml=first\n");
}

// Damage

/// Makes the deflate stream of a member impossible from its first byte on (block type 3: RFC 1951, 3.2.3).
void break_member(std::string& zip, std::string_view name) {
  const auto header = zip.find(name) - 30;
  const auto extra = static_cast<unsigned char>(zip[header + 28]);
  zip[header + 30 + name.size() + extra] = '\xFF';
}

TEST(ArchiveDamage, ACutTarGivesWhatIsThere) {
  const auto bytes = written({{"a.eml", "first"}, {"b.eml", noise(5'000)}}, {"ustar"});
  EXPECT_EQ(heard_from(bytes.substr(0, 3 * 512 + 1'000)), "a.eml=first\nb.eml=1000 truncated\nwhole truncated\n");
}

TEST(ArchiveDamage, ACutZipIsReadByItsLocalHeaders) {
  const auto bytes = written({{"a.eml", noise(3'000)}, {"b.eml", noise(50'000, 2)}, {"c.eml", noise(3'000, 3)}});
  const auto second = bytes.find("b.eml");
  const auto heard = heard_from(bytes.substr(0, second + 20'000));
  EXPECT_TRUE(heard.starts_with("a.eml=3000\nb.eml=")) << heard;
  EXPECT_TRUE(heard.find(" truncated\n") != std::string::npos) << heard;
}

TEST(ArchiveDamage, AZipWhoseDirectoryIsBrokenIsReadByItsLocalHeaders) {
  auto bytes = written(kFiles);
  const auto directory = bytes.find("PK\x01\x02");
  bytes.replace(directory, 4, "XXXX");
  EXPECT_EQ(heard_from(bytes), "a.eml=first\nfolder/b.eml=second\nwhole truncated\n");
}

TEST(ArchiveDamage, AZipWithoutTheEndOfItsDirectoryIsCut) {
  for (const char* how : {"zip:compression=store", "zip:compression=deflate"}) {
    const auto bytes = written(kFiles, {"zip", "none", how, ""});
    const auto directory = bytes.find("PK\x01\x02"), end = bytes.find("PK\x05\x06");
    for (const auto cut : {directory + 30, directory + 60, end, end + 3})
      EXPECT_EQ(heard_from(bytes.substr(0, cut)), "a.eml=first\nfolder/b.eml=second\nwhole truncated\n") << how << cut;
    EXPECT_EQ(heard_from(bytes + "and a comment"), "a.eml=first\nfolder/b.eml=second\n") << how;
  }
}

TEST(ArchiveDamage, ABrokenMemberOfAZipCostsItself) {
  auto bytes = written({{"a.eml", "first"}, {"b.eml", noise(50'000)}, {"c.eml", "third"}});
  break_member(bytes, "b.eml");
  EXPECT_EQ(heard_from(bytes), "a.eml=first\nb.eml= damaged_content\nc.eml=third\n");
}

TEST(ArchiveDamage, AWrongChecksumIsANoteAndTheBytesStay) {
  auto bytes = written({{"a.eml", "first"}, {"b.eml", "second"}}, {"zip", "none", "zip:compression=store", ""});
  bytes.replace(bytes.find("first"), 5, "fIrst");
  EXPECT_EQ(heard_from(bytes), "a.eml=fIrst damaged_content\nb.eml=second\n");
}

TEST(ArchiveDamage, ACutGzipGivesWhatIsThere) {
  const auto bytes = written({{"", noise(400'000)}}, {"raw", "gzip"});
  const auto heard = heard_from(bytes.substr(0, bytes.size() / 2));
  EXPECT_TRUE(heard.starts_with("=1") || heard.starts_with("=2")) << heard;
  EXPECT_TRUE(heard.ends_with(" truncated\n")) << heard;
}

TEST(ArchiveDamage, ACutGzipOfOneMessageGivesItToTheCut) {
  const std::string mail = "From: a@firm.example\n\n" + noise(20'000);
  const auto bytes = written({{"", mail}}, {"raw", "gzip"});
  const Described file(bytes.substr(0, bytes.size() * 4 / 5));
  Heard heard;
  EXPECT_EQ(heard.with(read_archive(file.descriptor(), {}, heard)).substr(0, 2), "=1");
  EXPECT_GT(heard.last_bytes.size(), mail.size() * 3 / 4);
  EXPECT_EQ(heard.last_bytes, mail.substr(0, heard.last_bytes.size()));
  EXPECT_TRUE(heard.lines.ends_with(" truncated\n")) << heard.lines;
}

TEST(ArchiveDamage, ADamagedGzipGivesWhatStandsBeforeTheDamage) {
  auto bytes = written({{"", "From: a@firm.example\n\n" + noise(20'000)}}, {"raw", "gzip"});
  bytes.replace(bytes.size() / 2, 1'000, std::string(1'000, '\xFF'));
  const Described file(bytes);
  Heard heard;
  EXPECT_TRUE(heard.with(read_archive(file.descriptor(), {}, heard)).ends_with(" damaged_content\n")) << heard.lines;
  EXPECT_GT(heard.last_bytes.size(), 9'000U);
}

TEST(ArchiveDamage, AGzipHeaderAloneIsANote) {
  EXPECT_EQ(heard_from("\x1F\x8B\x08\x08name"), "whole truncated\n");
  EXPECT_EQ(heard_from("\x1F\x8B\x07\x08name and more"), "whole damaged_content\n") << "no such method";
}

TEST(ArchiveDamage, AGzipFileEndsWithItsChecksumAndLength) {
  const auto bytes = written({{"", "From: a"}}, {"raw", "gzip"});
  for (std::size_t i = 1; i <= 8; ++i) {
    auto damaged = bytes;
    damaged[bytes.size() - i] ^= '\x10';
    EXPECT_EQ(heard_from(damaged), "=From: a damaged_content\n") << i;
    EXPECT_EQ(heard_from(bytes.substr(0, bytes.size() - i)), "=From: a truncated\n") << i;
  }
  auto tar = written({{"a.eml", "first"}}, {"ustar", "gzip"});
  EXPECT_EQ(heard_from(tar), "a.eml=first\n");
  tar[tar.size() - 6] ^= '\x10';
  EXPECT_EQ(heard_from(tar), "a.eml=first\nwhole damaged_content\n");
}

TEST(ArchiveDamage, BehindAGzipMemberAnotherOneOrZerosMayStand) {
  const auto one = written({{"", "From: a"}}, {"raw", "gzip"});
  EXPECT_EQ(heard_from(one + one), "=From: aFrom: a\n");
  EXPECT_EQ(heard_from(one + std::string(600, '\0')), "=From: a\n");
  EXPECT_EQ(heard_from(one + "more"), "=From: a damaged_content\n");
  EXPECT_EQ(heard_from(one + one.substr(0, 1)), "=From: a damaged_content\n");
  EXPECT_EQ(heard_from(one + one.substr(0, 5)), "=From: a truncated\n");
}

TEST(ArchiveDamage, AContentWithoutANameIsWanted) {
  Settings settings;
  settings.wanted = [](std::string_view name) { return !name.empty(); };
  const auto bytes = written({{"", "From: a"}}, {"raw", "gzip"});
  EXPECT_EQ(heard_from(bytes, settings), "=From: a\n");
  EXPECT_EQ(heard_from(bytes.substr(0, bytes.size() - 4), settings), "=From: a truncated\n");
}

TEST(ArchiveDamage, ACutTarInAGzipFileGivesWhatIsThere) {
  const auto bytes = written({{"a.eml", "first"}, {"b.eml", noise(5'000)}}, {"ustar", "gzip"});
  const auto heard = heard_from(bytes.substr(0, bytes.size() - 1'000));
  EXPECT_TRUE(heard.starts_with("a.eml=first\nb.eml=")) << heard;
  EXPECT_TRUE(heard.ends_with(" truncated\nwhole truncated truncated\n")) << heard;
}

class TarDamage : public testing::TestWithParam<const char*> {
 protected:
  /// Three members whose headers stand at 0, 1,024 and 3,072; some of them with a wrong checksum.
  static std::string tar(const std::vector<std::size_t>& damaged, std::size_t place = 150) {
    std::string bytes = written({{"a.eml", "first"}, {"b.eml", noise(1'500)}, {"c.eml", "third"}}, {"ustar"});
    for (const auto header : damaged) bytes[header + place] ^= '\x02';
    return packed(bytes);
  }
  static std::string packed(const std::string& bytes) {
    return GetParam() == std::string_view("none") ? bytes : written({{"", bytes}}, {"raw", GetParam()});
  }
};

TEST_P(TarDamage, OfAHeaderLosesNoMember) {
  constexpr std::size_t kTime = 140, kSize = 130;
  EXPECT_EQ(heard_from(tar({})), "a.eml=first\nb.eml=1500\nc.eml=third\n");
  EXPECT_EQ(heard_from(tar({1'024}, kTime)), "a.eml=first\nb.eml=1500 damaged_content\nc.eml=third\n");
  EXPECT_EQ(heard_from(tar({1'024}, kSize)), "a.eml=first\nb.eml=1500 damaged_content\nc.eml=third\n");
  EXPECT_EQ(heard_from(tar({3'072})), "a.eml=first\nb.eml=1500\nc.eml=third damaged_content\n");
  EXPECT_EQ(heard_from(tar({1'024, 3'072})), "a.eml=first\nb.eml=1500 damaged_content\nc.eml=third damaged_content\n");
}

TEST_P(TarDamage, AReceiverThatStopsEndsTheReading) {
  for (const std::size_t most : {0U, 1U, 2U}) {
    const Described file(tar({1'024}));
    Heard heard;
    heard.most_members = most;
    EXPECT_LE(std::ranges::count(heard.with(read_archive(file.descriptor(), {}, heard)), '\n'), std::ptrdiff_t(most)) << most;
  }
}

TEST_P(TarDamage, OfItsEndIsSaid) {
  const std::string bytes = written({{"a.eml", "first"}, {"b.eml", "second"}}, {"ustar"});
  EXPECT_EQ(heard_from(packed(bytes)), "a.eml=first\nb.eml=second\n");
  EXPECT_EQ(heard_from(packed(bytes + std::string(9'000, '\0'))), "a.eml=first\nb.eml=second\n");
  EXPECT_EQ(heard_from(packed(bytes.substr(0, 2'048))), "a.eml=first\nb.eml=second\nwhole truncated\n");
  EXPECT_EQ(heard_from(packed(bytes.substr(0, 1'024))), "a.eml=first\nwhole truncated\n");
}

TEST(ArchiveDamage, OfTheFirstHeaderOfATarLosesNoMember) {
  const auto bytes = written({{"a.eml", "first"}, {"b.eml", noise(1'500)}, {"c.eml", "third"}}, {"ustar"});
  const auto damaged_at = [&](const std::vector<std::size_t>& places) {
    auto damaged = bytes;
    for (const auto place : places) damaged[place] ^= '\x02';
    return heard_from(damaged);
  };
  EXPECT_EQ(damaged_at({140}), "a.eml=first damaged_content\nb.eml=1500\nc.eml=third\n");
  EXPECT_EQ(damaged_at({140, 1'024 + 140}), "a.eml=first damaged_content\nb.eml=1500 damaged_content\nc.eml=third\n");
  EXPECT_EQ(damaged_at({140, 3'072 + 140}), "a.eml=first damaged_content\nb.eml=1500\nc.eml=third damaged_content\n");
  EXPECT_TRUE(damaged_at({140, 1'024 + 140, 3'072 + 140})
                  .starts_with("a.eml=first damaged_content\nb.eml=1500 damaged_content\nc.eml=third damaged_content\n"));
}

INSTANTIATE_TEST_SUITE_P(All, TarDamage, testing::Values("none", "gzip"));

TEST(ArchiveDamage, OfAHeaderInATarThatAnotherProgramPackedIsSaid) {
  std::string bytes = written({{"a.eml", "first"}, {"b.eml", "second"}, {"c.eml", "third"}}, {"ustar"});
  bytes[1'024 + 140] ^= '\x02';
  for (const char* filter : {"bzip2", "xz", "zstd"})
    EXPECT_EQ(heard_from(written({{"", bytes}}, {"raw", filter})), "a.eml=first\nc.eml=third\nwhole damaged_content\n") << filter;
}

TEST(ArchiveLimits, ArchiveMemoryAndSmallBytesOfDamagedHeadersInAGzipFile) {
  std::string bytes = written({{"a.eml", "first"}, {"b.eml", noise(1'500)}, {"c.eml", "third"}}, {"ustar"});
  bytes[1'024 + 140] ^= '\x02';
  const auto packed = written({{"", bytes}}, {"raw", "gzip"});
  const std::string all = "a.eml=first\nb.eml=1500 damaged_content\nc.eml=third\n",
                    some = "a.eml=first\nc.eml=third\nwhole damaged_content\n";
  Settings settings;
  settings.limits.archive_memory_bytes = 2'048;
  settings.limits.archive_small_bytes = 3'072;
  EXPECT_EQ(heard_from(packed, settings), all);
  settings.limits.archive_memory_bytes = 2'047;
  EXPECT_EQ(heard_from(packed, settings), some);
  settings.limits = {.archive_small_bytes = 3'071};
  EXPECT_EQ(heard_from(packed, settings), some);
}

TEST(ArchiveLimits, ArchiveRestartsOfDamagedHeaders) {
  std::string bytes;
  for (int i = 0; i < 3; ++i) bytes += written({{"a.eml", "first"}, {"b.eml", "second"}}, {"ustar"}).substr(0, 2'048);
  for (int i = 0; i < 3; ++i) bytes[static_cast<std::size_t>(i) * 2'048 + 1'024 + 140] ^= '\x02';
  bytes.append(1'024, '\0');
  Settings settings;
  const std::string both = "a.eml=first\nb.eml=second damaged_content\n";
  settings.limits.archive_restarts = 3;
  EXPECT_EQ(heard_from(bytes, settings), both + both + both);
  settings.limits.archive_restarts = 2;
  EXPECT_EQ(heard_from(bytes, settings), both + both + "a.eml=first\nwhole damaged_content\n");
}

TEST(ArchiveDamage, ACut7zHasNoDirectory) {
  const auto bytes = written({{"a.eml", noise(5'000)}}, {"7zip"});
  const auto heard = heard_from(bytes.substr(0, bytes.size() / 2));
  EXPECT_TRUE(heard == "whole truncated\n" || heard == "whole malformed_container\n") << heard;
}

// Passwords

Settings passwords(std::vector<std::string> words) {
  Settings settings;
  settings.passwords = std::move(words);
  return settings;
}

class Encryption : public testing::TestWithParam<const char*> {
 protected:
  static std::string archive() {
    return written({{"a.eml", "first"}, {"b.eml", noise(500'000)}},
                   {"zip", "none", std::string("zip:encryption=") + GetParam(), "right"});
  }
};

TEST_P(Encryption, IsOpenedByItsPassword) {
  EXPECT_EQ(heard_from(archive(), passwords({"right"})), "a.eml=first\nb.eml=500000\n");
  EXPECT_EQ(heard_from(archive(), passwords({"wrong", "also wrong", "right", "never needed"})), "a.eml=first\nb.eml=500000\n");
}

TEST_P(Encryption, IsANoteOfEachMemberWithoutIt) { EXPECT_EQ(heard_from(archive()), "a.eml= encrypted\nb.eml= encrypted\n"); }

/// ZipCrypto checks a password by one byte: of 3,000 wrong ones about twelve pass it, which must not look like mere damage.
TEST_P(Encryption, IsANoteWhateverTheWrongPassword) {
  const auto bytes = written({{"a.eml", noise(64)}}, {"zip", "none", std::string("zip:encryption=") + GetParam(), "right"});
  const int tries = GetParam() == std::string_view("zipcrypt") ? 3'000 : 30;
  for (int i = 0; i < tries; ++i) {
    const auto heard = heard_from(bytes, passwords({"wrong" + std::to_string(i)}));
    EXPECT_TRUE(heard.ends_with(" encrypted\n")) << heard;
  }
}

INSTANTIATE_TEST_SUITE_P(Zip, Encryption, testing::Values("zipcrypt", "aes128", "aes256"));

// Limits

TEST(ArchiveLimits, ArchiveRestarts) {
  auto bytes = written({{"a.eml", noise(5'000)}, {"b.eml", noise(5'000)}, {"c.eml", "third"}});
  for (const auto* name : {"a.eml", "b.eml"}) break_member(bytes, name);
  Settings settings;
  settings.limits.archive_restarts = 2;
  EXPECT_TRUE(heard_from(bytes, settings).ends_with("c.eml=third\n"));
  settings.limits.archive_restarts = 1;
  const Described file(bytes);
  Heard heard;
  const auto notes = read_archive(file.descriptor(), settings, heard);
  EXPECT_TRUE(heard.with(notes).ends_with("\nwhole limit\n")) << heard.lines;
  EXPECT_TRUE(heard.whole_text.starts_with("archive_restarts"));
}

TEST(ArchiveLimits, ArchiveDepthOfCompressions) {
  std::string bytes = "From: a\n";
  for (int i = 0; i < 3; ++i) bytes = written({{"", bytes}}, {"raw", "gzip"});
  Settings settings;
  settings.limits.archive_depth = 3;
  EXPECT_EQ(heard_from(bytes, settings), "=From: a\n\n");
  settings.limits.archive_depth = 2;
  EXPECT_EQ(heard_from(bytes, settings), "whole limit\n");
}

}  // namespace
}  // namespace threadline::archive
