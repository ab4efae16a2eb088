// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/judge.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <future>
#include <thread>

#include "apps/gateway/ask.h"
#include "apps/gateway/bounded_judging.h"
#include "apps/gateway/listener.h"

namespace threadline::gateway {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::uint32_t kBudgetMs = 1'500;

void work_for(milliseconds time) {
  for (const auto end = Clock::now() + time; Clock::now() < end;) continue;
}

bool is_found(const Answer& answer) {
  const auto is_it = [](const auto& code) { return code.first == "outbound_to_lookalike"; };
  return answer.decision.failure == Failure::none && std::ranges::any_of(answer.codes, is_it);
}

struct Patience {
  std::uint32_t silence_ms = 15'000, wait_ms = 60'000;
};

/// Judges, one after the other, as the supervisor starts them.
class Judges {
 public:
  explicit Judges(std::function<void(const std::string&)> fault) {
    listener_ = *open_inner_listener(place_);
    host_ = fork();
    if (host_ != 0) return;
    setpgid(0, 0);
    JudgeSettings settings;
    settings.run.policy.own.domains = {"own.example"};
    settings.run.policy.counterparties = {
        {.name = "S", .domains = {"bigsupplier.example"}, .addresses = {}, .people = {}, .accounts = {}}};
    settings.run.jobs = 2;
    settings.run.limits.budget_ms = kBudgetMs;
    settings.judging_fault = std::move(fault);
    for (;;) {
      const pid_t judge = fork();
      if (judge == 0) _exit(judge_questions(listener_, settings) ? 0 : 1);
      while (waitpid(judge, nullptr, 0) < 0) continue;
    }
  }
  ~Judges() {
    kill(-host_, SIGKILL);
    waitpid(host_, nullptr, 0);
    close(listener_);
  }
  Judges(const Judges&) = delete;
  Judges& operator=(const Judges&) = delete;

  /// What comes of a mail to a lookalike with that queue id: whether that is found, or why there is no answer. In a thread of its
  /// own.
  [[nodiscard]] std::future<std::string> ask_about(const std::string& source, Patience patience = {}) const {
    return std::async(std::launch::async, [this, source, patience] {
      Question question;
      question.item.source = source;
      question.item.format = "eml";
      question.item.bytes = "From: bob@own.example\r\nTo: ann@bigsuppiier.example\r\nMessage-ID: <" + source +
                            "@own.example>\r\nSubject: order\r\n\r\nGood morning.\r\n";
      Unanswered why{};
      const auto answer = ask(
          {place_, patience.silence_ms, patience.wait_ms}, framed(encode(question)), [] {}, why);
      if (answer) return std::string(is_found(*answer) ? "found" : "passed");
      return std::string(why == Unanswered::too_slow ? "too_slow" : why == Unanswered::busy ? "busy" : "silence");
    });
  }

 private:
  JudgePlace place_;
  int listener_ = -1;
  pid_t host_ = -1;
};

std::function<void(const std::string&)> in_slow_ones(std::function<void()> what) {
  return [what = std::move(what)](const std::string& source) {
    if (source.starts_with("slow")) what();
  };
}

/// Shorter than six slow mails take; each of them is judged in less.
constexpr Patience kShort{.silence_ms = 4'000};

TEST(Judge, AMailWaitsForOthersHoweverLongTheyTakeTogether) {
  const Judges judges(in_slow_ones([] { work_for(milliseconds(kBudgetMs - 500)); }));
  std::vector<std::future<std::string>> slow;
  for (int i = 0; i < 6; ++i) slow.push_back(judges.ask_about("slow" + std::to_string(i), kShort));
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_EQ(judges.ask_about("victim", kShort).get(), "found");
  for (auto& one : slow) EXPECT_EQ(one.get(), "found");
}

struct Row {
  const char* name;
  std::function<void()> judging;
  std::string_view own;  ///< what comes of the mail itself
};

TEST(Judge, WhatEndsAJudgeCostsThatMailAlone) {
  const std::vector<Row> rows{
      {"works for ever", [] { work_for(milliseconds(60'000)); }, "too_slow"},
      {"waits for ever",
       [] {
         for (;;) pause();
       },
       "too_slow"},
      {"crashes", [] { std::raise(SIGKILL); }, "silence"},
  };
  for (const Row& row : rows) {
    SCOPED_TRACE(row.name);
    const Judges judges(in_slow_ones(row.judging));
    auto first = judges.ask_about("slow1"), second = judges.ask_about("slow2");
    std::this_thread::sleep_for(milliseconds(100));
    auto victim = judges.ask_about("victim");
    EXPECT_EQ(victim.get(), "found");
    EXPECT_EQ(first.get(), row.own);
    EXPECT_EQ(second.get(), row.own);
    EXPECT_EQ(judges.ask_about("after").get(), "found");
  }
}

TEST(Judge, AMailWithoutATurnIsToldApart) {
  const Judges judges(in_slow_ones([] { work_for(milliseconds(kBudgetMs - 500)); }));
  std::vector<std::future<std::string>> slow;
  for (int i = 0; i < 3; ++i) slow.push_back(judges.ask_about("slow" + std::to_string(i)));
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_EQ(judges.ask_about("victim", {.wait_ms = 500}).get(), "busy");
}

}  // namespace
}  // namespace threadline::gateway
