// SPDX-License-Identifier: Apache-2.0
// Values that go from one thread to another keep their order, and no more of them wait than a bound says.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "base/bounded_queue.h"
#include "base/done_behind.h"
#include "base/made_ahead.h"

namespace threadline {
namespace {

std::uint64_t nothing(std::size_t, const int&) { return 0; }

TEST(BoundedQueue, ValuesComeInTheOrderInWhichTheyWent) {
  BoundedQueue<int> queue(10);
  std::jthread putting([&] {
    for (int value = 0; value < 1'000; ++value) EXPECT_TRUE(queue.put(int{value}, 3));
    queue.close();
  });
  for (int value = 0; value < 1'000; ++value) EXPECT_EQ(queue.take(), value);
  EXPECT_EQ(queue.take(), std::nullopt);
}

TEST(BoundedQueue, NoMoreBytesWaitThanTheBound) {
  BoundedQueue<int> queue(10);
  std::atomic<int> put = 0, taken = 0;
  std::jthread putting([&] {
    for (int value = 0; value < 200; ++value) {
      EXPECT_TRUE(queue.put(int{value}, 5));
      EXPECT_LE(++put - taken, 3);  // two that wait, and one that was taken and is not counted yet
    }
    queue.close();
  });
  while (queue.take()) ++taken;
  EXPECT_EQ(taken, 200);
}

TEST(BoundedQueue, AValueBeyondTheBoundGoesAlone) {
  BoundedQueue<std::string> queue(10);
  EXPECT_TRUE(queue.put("large", 1'000));
  std::jthread putting([&] { EXPECT_TRUE(queue.put("next", 1)); });
  EXPECT_EQ(queue.take(), "large");
  EXPECT_EQ(queue.take(), "next");
}

TEST(BoundedQueue, AClosedOneTakesNothingAndGivesWhatIsInIt) {
  BoundedQueue<int> queue(10);
  EXPECT_TRUE(queue.put(1, 1));
  queue.close();
  EXPECT_FALSE(queue.put(2, 1));
  EXPECT_EQ(queue.take(), 1);
  EXPECT_EQ(queue.take(), std::nullopt);
}

TEST(BoundedQueue, WhoWaitsForRoomIsToldOfItsEnd) {
  BoundedQueue<int> queue(1);
  EXPECT_TRUE(queue.put(1, 1));
  std::jthread putting([&] { EXPECT_FALSE(queue.put(2, 1)); });
  queue.close();
}

class MadeAheadBy : public ::testing::TestWithParam<unsigned> {};
INSTANTIATE_TEST_SUITE_P(Threads, MadeAheadBy, ::testing::Values(0U, 1U, 2U, 5U));

TEST_P(MadeAheadBy, EachValueIsMadeOnceAndComesInOrder) {
  std::atomic<int> made = 0;
  const auto make = [&](std::size_t at, unsigned) { return ++made, static_cast<int>(at) * 2; };
  for (const std::size_t count : {0U, 1U, 31U, 32U, 33U, 1'000U}) {
    made = 0;
    MadeAhead<int> ahead(count, GetParam(), 100, make, [](std::size_t at, const int&) { return at % 50; });
    for (std::size_t at = 0; at < count; ++at) ASSERT_EQ(ahead.next(), static_cast<int>(at) * 2);
    EXPECT_EQ(made, static_cast<int>(count));
  }
}

TEST_P(MadeAheadBy, WhoStopsEarlyNeedNotTakeTheRest) {
  MadeAhead<int> ahead(
      1'000'000, GetParam(), 10, [](std::size_t at, unsigned) { return static_cast<int>(at); },
      [](std::size_t, const int&) { return std::uint64_t{1}; });
  EXPECT_EQ(ahead.next(), 0);
  EXPECT_EQ(ahead.next(), 1);
}

TEST_P(MadeAheadBy, AnExceptionReachesWhoTakes) {
  const auto make = [](std::size_t at, unsigned) {
    if (at == 40) throw std::runtime_error("40");
    return static_cast<int>(at);
  };
  MadeAhead<int> ahead(1'000, GetParam(), 1'000, make, nothing);
  EXPECT_THROW(
      {
        for (std::size_t at = 0; at < 1'000; ++at) (void)ahead.next();
      },
      std::runtime_error);
}

TEST(MadeAhead, NoMoreIsMadeThanTheBoundAllows) {
  std::atomic<int> made = 0;
  const auto make = [&](std::size_t at, unsigned) { return ++made, static_cast<int>(at); };
  MadeAhead<int> ahead(10'000, 2, 200, make, [](std::size_t, const int&) { return std::uint64_t{10}; });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_LE(made, 2 * (10 + 3));  // what waits, and what each thread holds in its hands
  for (int value = 0; value < 10'000; ++value) ASSERT_EQ(ahead.next(), value);
}

class DoneBehindWith : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(AThread, DoneBehindWith, ::testing::Bool());

TEST_P(DoneBehindWith, AllIsDoneInOrderBeforeItFinishes) {
  std::vector<int> done;
  DoneBehind<int> behind(GetParam(), 20, [&](int&& value) { return done.push_back(value), true; });
  for (int value = 0; value < 1'000; ++value) EXPECT_TRUE(behind.put(int{value}, 3));
  behind.finish();
  ASSERT_EQ(done.size(), 1'000U);
  EXPECT_TRUE(std::ranges::is_sorted(done));
}

TEST_P(DoneBehindWith, WhoPutsIsToldThatNoMoreIsWanted) {
  int done = 0;
  DoneBehind<int> behind(GetParam(), 2, [&](int&&) { return ++done < 5; });
  int put = 0;
  while (behind.put(1, 1)) ASSERT_LT(++put, 100);
  behind.finish();
  EXPECT_EQ(done, 5);
}

TEST_P(DoneBehindWith, AnExceptionReachesWhoPuts) {
  DoneBehind<int> behind(GetParam(), 2, [&](int&&) -> bool { throw std::runtime_error("no"); });
  EXPECT_THROW(
      {
        while (behind.put(1, 1)) {
        }
        behind.finish();
      },
      std::runtime_error);
}

}  // namespace
}  // namespace threadline
