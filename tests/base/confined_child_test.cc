// SPDX-License-Identifier: Apache-2.0
#include "base/confined_child.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <vector>

namespace threadline {
namespace {

constexpr ChildBounds kBounds{.memory_bytes = 64U << 20U, .silence_ms = 500, .frame_bytes = 1U << 20U};

struct Heard {
  std::vector<std::string> frames;
  std::string end;
};

Heard run(const std::function<void(const SendFrame&)>& child, std::size_t most = 1'000) {
  Heard heard;
  heard.end = run_confined(kBounds, -1, child, [&](std::string_view frame) {
    heard.frames.emplace_back(frame);
    return heard.frames.size() < most;
  });
  return heard;
}

TEST(ConfinedChild, ItsFramesComeInOrder) {
  const Heard heard = run([](const SendFrame& send) {
    send("one");
    send("");
    send(std::string(700'000, 'x'));
  });
  EXPECT_EQ(heard.end, "");
  ASSERT_EQ(heard.frames.size(), 3U);
  EXPECT_EQ(heard.frames[0], "one");
  EXPECT_EQ(heard.frames[1], "");
  EXPECT_EQ(heard.frames[2].size(), 700'000U);
}

TEST(ConfinedChild, ACrashKeepsWhatWasSaidBefore) {
  const Heard heard = run([](const SendFrame& send) {
    send("before");
    raise(SIGSEGV);
  });
  EXPECT_EQ(heard.end, "worker_crashed");
  EXPECT_EQ(heard.frames, std::vector<std::string>{"before"});
}

TEST(ConfinedChild, SilenceEndsIt) {
  const Heard heard = run([](const SendFrame& send) {
    send("before");
    while (true) pause();
  });
  EXPECT_EQ(heard.end, "worker_timeout");
  EXPECT_EQ(heard.frames.size(), 1U);
}

TEST(ConfinedChild, OpeningMayTakeLongerThanSilence) {
  const auto late = [](const SendFrame& send) {
    usleep(500'000);
    send("late");
  };
  const auto end_with = [&late](std::uint32_t opening_ms) {
    const ChildBounds bounds{.memory_bytes = 64U << 20U, .silence_ms = 100, .opening_ms = opening_ms, .frame_bytes = 1'000};
    return run_confined(bounds, -1, late, [](std::string_view) { return true; });
  };
  EXPECT_EQ(end_with(0), "worker_timeout");
  EXPECT_EQ(end_with(60'000), "");
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST(ConfinedChild, TooMuchMemoryIsSaidSo) {
  const Heard heard = run([](const SendFrame& send) { send(std::string(512U << 20U, 'x')); });
  EXPECT_EQ(heard.end, "worker_memory");
}
#endif

TEST(ConfinedChild, AFrameOverTheLimitIsOne) {
  const Heard heard = run([](const SendFrame& send) { send(std::string((1U << 20U) + 1, 'x')); });
  EXPECT_EQ(heard.end, "limit");
  EXPECT_TRUE(heard.frames.empty());
}

TEST(ConfinedChild, TheParentStopsIt) {
  const Heard heard = run(
      [](const SendFrame& send) {
        while (send("again")) {
        }
      },
      3);
  EXPECT_EQ(heard.end, "");
  EXPECT_EQ(heard.frames.size(), 3U);
}

TEST(ConfinedChild, ItOpensNothingForWritingAndSeesNoOtherDescriptor) {
  const std::string path = testing::TempDir() + "/confined_child_writes";
  int pipes[2];
  ASSERT_EQ(pipe(pipes), 0);
  const Heard heard = run([&](const SendFrame& send) {
    std::FILE* file = std::fopen(path.c_str(), "w");
    send(file == nullptr ? "refused" : "opened");
    send(write(pipes[1], "x", 1) == 1 ? "reached" : "closed");
  });
  close(pipes[0]);
  close(pipes[1]);
  EXPECT_EQ(heard.frames, (std::vector<std::string>{"refused", "closed"}));
}

}  // namespace
}  // namespace threadline
