// SPDX-License-Identifier: Apache-2.0
// What millions of messages take in memory and on the disk.
#include <gtest/gtest.h>

#include <filesystem>

#include "base/column.h"
#include "base/narrow.h"
#include "base/scratch_file.h"
#include "base/short_hash.h"

namespace threadline {
namespace {

TEST(Column, KeepsItsValuesWhileItGrows) {
  Column<std::uint32_t> column;
  for (std::uint32_t at = 0; at < 100'000; ++at) column.push_back(at * 3);
  ASSERT_EQ(column.size(), 100'000U);
  for (std::uint32_t at = 0; at < 100'000; ++at) ASSERT_EQ(column[at], at * 3);
  column.shorten(10);
  EXPECT_EQ(column.size(), 10U);
  EXPECT_EQ(column.back(), 27U);
}

TEST(Narrow, KeepsWhatFitsAndElseTheNearest) {
  static_assert(sizeof(Narrow<5>) == 5);
  constexpr std::int64_t kMost = 549'755'813'887;  // 2^39 - 1
  for (const std::int64_t value : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'523'000'000}, -kMost - 1, kMost})
    EXPECT_EQ(std::int64_t{Narrow<5>(value)}, value);
  EXPECT_EQ(std::int64_t{Narrow<5>(kMost + 1)}, kMost);
  EXPECT_EQ(std::int64_t{Narrow<5>(INT64_MAX)}, kMost);
  EXPECT_EQ(std::int64_t{Narrow<5>(INT64_MIN)}, -kMost - 1);
}

TEST(HashTable, KeepsTheFirstNumberOfAHash) {
  HashTable<HashAndNumber> table;
  for (std::uint32_t at = 0; at < 50'000; ++at) EXPECT_TRUE(table.add({short_hash(std::to_string(at)), at}));
  EXPECT_FALSE(table.add({short_hash("7"), 1'000'000}));
  ASSERT_NE(table.find(short_hash("7")), nullptr);
  EXPECT_EQ(table.find(short_hash("7"))->number, 7U);
  EXPECT_EQ(table.find(short_hash("none")), nullptr);
}

TEST(ShortHash, IsOfTheWholeTextAndNeverZero) {
  EXPECT_EQ(short_hash("one"), short_hash("one"));
  EXPECT_NE(short_hash("one"), short_hash("two"));
  EXPECT_NE(short_hash(""), 0U);
}

TEST(ShortHash, ADigestIsTheFirstBytesOfAHexadecimalOne) {
  const ShortDigest digest = digest_of_hex("00ff10" + std::string(58, '0'));
  EXPECT_EQ(digest[0], 0x00);
  EXPECT_EQ(digest[1], 0xff);
  EXPECT_EQ(digest[2], 0x10);
  EXPECT_EQ(digest[15], 0x00);
}

TEST(ScratchFile, GivesBackWhatWasAppendedAlsoBeforeItIsWritten) {
  ScratchFile file(std::filesystem::temp_directory_path().string());
  EXPECT_EQ(file.append("one"), 0U);
  EXPECT_EQ(file.append("two"), 3U);
  EXPECT_EQ(file.read(3, 3), "two");
  EXPECT_EQ(file.append(std::string(1U << 20U, 'x')), 6U);
  EXPECT_EQ(file.read(0, 7), "onetwox");
  EXPECT_EQ(file.read(6 + (1U << 20U), 5), "");
  EXPECT_FALSE(file.failure());
}

TEST(ScratchFile, AFolderThatIsNotThereIsAFailureThatStays) {
  ScratchFile file("/nonexistent");
  file.append("one");
  EXPECT_EQ(file.read(0, 3), "");
  ASSERT_TRUE(file.failure());
  EXPECT_EQ(file.failure()->file, "/nonexistent");
}

}  // namespace
}  // namespace threadline
