// SPDX-License-Identifier: Apache-2.0
#include "base/external_sort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

namespace threadline {
namespace {

std::vector<std::string> records_of(const ExternalSort& sort) {
  std::vector<std::string> records;
  EXPECT_TRUE(sort.each([&](std::string_view record) {
    records.emplace_back(record);
    return true;
  }));
  return records;
}

/// A permutation of 0 ... 9,972 (a prime), each beside a text of another length.
std::vector<std::string> mixed() {
  std::vector<std::string> records;
  for (unsigned number = 0; number < 9'973; ++number) {
    const unsigned other = number * 5'003 % 9'973;
    records.push_back(std::to_string(other) + std::string(other % 50, '\xFF') + std::string(other % 3, '\0'));
  }
  return records;
}

TEST(ExternalSort, ManyRunsAreInTheOrderOfOneSort) {
  for (const std::size_t run_bytes : {std::size_t{100}, std::size_t{10'000}, std::size_t{100'000'000}}) {
    ExternalSort sort(::testing::TempDir(), run_bytes);
    std::vector<std::string> expected = mixed();
    for (const std::string& record : expected) sort.add(record);
    ASSERT_TRUE(sort.finish());
    std::ranges::sort(expected);
    EXPECT_EQ(records_of(sort), expected) << run_bytes;
    EXPECT_EQ(records_of(sort), expected) << "a second time";
  }
}

TEST(ExternalSort, ARecordMayBeLongerThanARunAndEmpty) {
  ExternalSort sort(::testing::TempDir(), 10);
  const std::string longer(100'000, 'b');
  for (const std::string& record : {std::string("c"), longer, std::string(), std::string("a")}) sort.add(record);
  ASSERT_TRUE(sort.finish());
  EXPECT_EQ(records_of(sort), (std::vector<std::string>{"", "a", longer, "c"}));
}

TEST(ExternalSort, NothingIsNothing) {
  ExternalSort sort(::testing::TempDir());
  ASSERT_TRUE(sort.finish());
  EXPECT_TRUE(records_of(sort).empty());
}

TEST(ExternalSort, AFolderThatIsNotThereIsToldByFinish) {
  ExternalSort sort(::testing::TempDir() + "/there/is/no/such/folder", 1);
  sort.add("a");
  const auto finished = sort.finish();
  ASSERT_FALSE(finished);
  EXPECT_NE(to_line(finished.error()).find("/there/is/no/such/folder"), std::string::npos);
}

TEST(ExternalSort, OrderedNumbersAreInTheOrderOfTheirBytes) {
  const std::vector<std::int64_t> numbers{std::numeric_limits<std::int64_t>::min(), -256, -1, 0, 1, 255, 256,
                                          std::numeric_limits<std::int64_t>::max()};
  std::vector<std::string> keys;
  for (const std::int64_t number : numbers) add_ordered(keys.emplace_back(), number);
  EXPECT_TRUE(std::ranges::is_sorted(keys));
  for (std::size_t at = 0; at < keys.size(); ++at) {
    std::string_view rest(keys[at]);
    EXPECT_EQ(take_ordered(rest), numbers[at]);
    EXPECT_TRUE(rest.empty());
  }
}

}  // namespace
}  // namespace threadline
