// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pool.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <map>

#include "base/sha256.h"
#include "pipeline/item_facts.h"
#include "pipeline/wire.h"

namespace threadline::pipeline {
namespace {

evidence::Item mail(int number) {
  evidence::Item item;
  item.source = "box#" + std::to_string(number);
  item.format = "mbox";
  item.bytes = "From: a@firm.example\nTo: b@firm.example\nSubject: " + std::to_string(number) + "\nMessage-ID: <" +
               std::to_string(number) + "@firm.example>\n\nhello\n";
  item.sha256 = sha256_hex(item.bytes);
  return item;
}

/// What became of `count` mails of which number 7 meets the fault.
std::map<std::uint64_t, Outcome> outcomes_of(int count, const Fault& fault, const Limits& limits) {
  std::map<std::uint64_t, Outcome> outcomes;
  ItemSettings settings;
  settings.facts.limits = limits;
  auto pool = Pool::start(2, settings, fault, [&](Outcome&& outcome) { outcomes.emplace(outcome.order, std::move(outcome)); });
  EXPECT_TRUE(pool);
  for (int i = 0; i < count; ++i) EXPECT_TRUE((*pool)->submit(static_cast<std::uint64_t>(i), mail(i)));
  EXPECT_TRUE((*pool)->drain());
  return outcomes;
}

void expect_only_seven_lost(const std::map<std::uint64_t, Outcome>& outcomes, std::size_t count, std::string_view why) {
  ASSERT_EQ(outcomes.size(), count);
  for (const auto& [order, outcome] : outcomes) {
    EXPECT_EQ(outcome.lost, order == 7 ? why : "") << order;
    if (order != 7) {
      ASSERT_EQ(outcome.facts.size(), 1U);
      EXPECT_EQ(outcome.facts.front().subject, std::to_string(order));
    }
  }
}

Fault at_seven(const std::function<void()>& what) {
  return [what](const evidence::Item& item) {
    if (item.source == "box#7") what();
  };
}

TEST(Pool, ACrashCostsOneMessage) {
  expect_only_seven_lost(outcomes_of(40, at_seven([] { std::raise(SIGKILL); }), {}), 40, "worker_crashed");
}

TEST(Pool, AHangCostsOneMessageAfterBudgetMs) {
  Limits limits;
  limits.budget_ms = 1'000;
  expect_only_seven_lost(outcomes_of(40, at_seven([] { ::pause(); }), limits), 40, "worker_timeout");
}

TEST(Pool, TimeInWhichNobodyLooksAtAWorkerIsNotItsOwn) {
  std::map<std::uint64_t, Outcome> outcomes;
  const auto reads_slowly = [](const evidence::Item& item) {
    if (item.source == "box#1") ::usleep(200'000);
  };
  ItemSettings settings;
  settings.facts.limits.budget_ms = 1'000;
  auto pool = Pool::start(2, settings, reads_slowly, [&](Outcome&& outcome) {
    if (outcome.order == 0) ::usleep(1'500'000);  // as if judging it took so long
    outcomes.emplace(outcome.order, std::move(outcome));
  });
  ASSERT_TRUE(pool);
  evidence::Item long_one = mail(1);
  for (int line = 0; line < 40'000; ++line) long_one.bytes += "more than a pipe holds\n";
  ASSERT_TRUE((*pool)->submit(0, mail(0)));
  ASSERT_TRUE((*pool)->submit(1, long_one));
  ASSERT_TRUE((*pool)->drain());
  EXPECT_EQ(outcomes.at(1).lost, "");
}

TEST(Pool, WhatWaitsBehindALostMessageIsReadByTheNextWorker) {
  std::map<std::uint64_t, Outcome> outcomes;
  const auto crash = [](const evidence::Item& item) {
    ::usleep(20'000);  // meanwhile each worker has another
    if (item.source == "box#0" || item.source == "box#1" || item.source == "box#3") std::raise(SIGKILL);
  };
  auto pool = Pool::start(2, {}, crash, [&](Outcome&& outcome) { outcomes.emplace(outcome.order, std::move(outcome)); });
  ASSERT_TRUE(pool);
  for (int i = 0; i < 8; ++i) ASSERT_TRUE((*pool)->submit(static_cast<std::uint64_t>(i), mail(i)));
  ASSERT_TRUE((*pool)->drain());
  ASSERT_EQ(outcomes.size(), 8U);
  for (const auto& [order, outcome] : outcomes)
    EXPECT_EQ(outcome.lost, order == 0 || order == 1 || order == 3 ? "worker_crashed" : "") << order;
}

TEST(Pool, ALongItemBehindAShortOneComesWhole) {
  std::map<std::uint64_t, Outcome> outcomes;
  auto pool = Pool::start(2, {}, {}, [&](Outcome&& outcome) { outcomes.emplace(outcome.order, std::move(outcome)); });
  ASSERT_TRUE(pool);
  for (int i = 0; i < 12; ++i) {
    evidence::Item item = mail(i);
    if (i % 3 != 0) item.bytes += std::string(250'000, 'x') + "\n";  // more than a pipe holds
    ASSERT_TRUE((*pool)->submit(static_cast<std::uint64_t>(i), item));
  }
  ASSERT_TRUE((*pool)->drain());
  ASSERT_EQ(outcomes.size(), 12U);
  for (const auto& [order, outcome] : outcomes) {
    ASSERT_EQ(outcome.facts.size(), 1U) << order << outcome.lost;
    EXPECT_EQ(outcome.facts.front().subject, std::to_string(order));
  }
}

#if !defined(__SANITIZE_ADDRESS__)
TEST(Pool, MemoryBeyondWorkerBytesCostsOneMessage) {
  Limits limits;
  limits.worker_bytes = 256U << 20U;
  const auto allocate = [] {
    std::vector<std::string> kept;
    for (;;) kept.emplace_back(16U << 20U, 'x');
  };
  expect_only_seven_lost(outcomes_of(40, at_seven(allocate), limits), 40, "worker_memory");
}
#endif

TEST(Pool, FrameBytesIsTheBoundOfAnAnswer) {
  const auto lost = [](std::uint64_t frame_bytes) {
    Limits limits;
    limits.frame_bytes = frame_bytes;
    return outcomes_of(1, {}, limits).at(0).lost;
  };
  const std::uint64_t needed = encode_facts(read_item(mail(0), {}, nullptr)).size();
  EXPECT_EQ(lost(needed), "");
  EXPECT_EQ(lost(needed - 1), "limit");
}

TEST(Pool, AWorkerCanOpenNoSocketAndWriteNoFile) {
  const std::string path = ::testing::TempDir() + "worker_wrote_this";
  std::remove(path.c_str());
  const auto reach_out = [path] {
    if (::socket(AF_INET, SOCK_STREAM, 0) >= 0) std::abort();
    std::ofstream file(path);
    if (file) std::abort();
  };
  const auto outcomes = outcomes_of(10, at_seven(reach_out), {});
  EXPECT_EQ(outcomes.at(7).lost, "");
  EXPECT_NE(::access(path.c_str(), F_OK), 0);
}

TEST(Pool, AnItemComesBackAsItWent) {
  evidence::Item item = mail(3);
  item.notes = {{"truncated", "x", {"1", 2, 3}}};
  item.bytes += std::string("\0binary", 7);
  item.envelope = evidence::Envelope{"", {"b@firm.example"}, "9C1AB100", "2018-04-05T08:37:00Z"};
  const evidence::Item back = decode_item(encode_item(item)).value();
  EXPECT_EQ(back.source, item.source);
  EXPECT_EQ(back.bytes, item.bytes);
  EXPECT_EQ(back.sha256, item.sha256);
  EXPECT_EQ(back.notes, item.notes);
  EXPECT_EQ(back.envelope, item.envelope);
  EXPECT_FALSE(decode_item(encode_item(mail(3)))->envelope);
}

}  // namespace
}  // namespace threadline::pipeline
