// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/ask.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <thread>

#include "base/descriptor.h"

namespace threadline::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kAnswerBytes = 16U << 20U;
constexpr int kTickMs = 1'000;
constexpr std::chrono::milliseconds kBetween{50};  ///< a judge has ended, and the next one is asked

Descriptor line_to(const JudgePlace& judge) {
  Descriptor line(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const bool is_connected = connect(line.number(), reinterpret_cast<const sockaddr*>(&judge.address), judge.length) == 0;
  return is_connected ? std::move(line) : Descriptor();
}

enum class Heard { answer, ended, too_slow, silence, busy };

/// One question over one line. Its turn is to come until `give_up`.
class Exchange {
 public:
  Exchange(const Descriptor& line, const Asking& asking, Clock::time_point give_up, const std::function<void()>& waits)
      : line_(line), asking_(asking), give_up_(give_up), waits_(waits) {}

  Heard run(std::string_view question, std::string& answer) {
    while (!question.empty()) {
      if (const auto why = wait_for(POLLOUT)) return *why;
      const ssize_t put = send(line_.number(), question.data(), question.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (put < 0 && errno != EAGAIN && errno != EINTR) return Heard::ended;
      if (put <= 0) continue;
      question.remove_prefix(static_cast<std::size_t>(put));
      last_sign_ = Clock::now();
    }
    return hear(answer);
  }

  [[nodiscard]] bool is_judged() const { return is_judged_; }

 private:
  Heard hear(std::string& answer) {
    std::array<char, 1U << 14U> block;
    std::string in;
    for (;;) {
      bool too_long = false;
      while (const auto frame = whole_frame(in, kAnswerBytes, too_long)) {
        if (const auto heard = understand(*frame, answer)) return *heard;
        in.erase(0, framed({}).size() + frame->size());
      }
      if (too_long) return Heard::ended;
      if (const auto why = wait_for(POLLIN)) return *why;
      const ssize_t got = recv(line_.number(), block.data(), block.size(), 0);
      if (got == 0 || (got < 0 && errno != EINTR)) return Heard::ended;
      if (got > 0) in.append(block.data(), static_cast<std::size_t>(got));
    }
  }

  /// Nothing: more is to come.
  std::optional<Heard> understand(std::string_view frame, std::string& answer) {
    last_sign_ = Clock::now();
    const Word word = word_of(frame);
    if (word == Word::too_slow) return Heard::too_slow;
    is_judged_ = is_judged_ || word == Word::begins;
    if (word != Word::answer) return std::nullopt;
    answer = frame.substr(1);
    return Heard::answer;
  }

  /// Nothing: it is ready.
  std::optional<Heard> wait_for(short what) {
    for (;;) {
      const auto now = Clock::now();
      const auto silence_ends = last_sign_ + std::chrono::milliseconds(asking_.silence_ms);
      if (now >= silence_ends) return Heard::silence;
      if (!is_judged_ && now >= give_up_) return Heard::busy;
      const auto until = is_judged_ ? silence_ends : std::min(silence_ends, give_up_);
      const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - now).count();
      pollfd ready{line_.number(), what, 0};
      const int found = poll(&ready, 1, static_cast<int>(std::min<std::int64_t>(left, kTickMs)));
      if (found > 0) return std::nullopt;
      if (found == 0) waits_();
    }
  }

  const Descriptor& line_;
  const Asking& asking_;
  Clock::time_point give_up_, last_sign_ = Clock::now();
  const std::function<void()>& waits_;
  bool is_judged_ = false;
};

Unanswered unanswered(Heard heard) {
  if (heard == Heard::too_slow) return Unanswered::too_slow;
  return heard == Heard::busy ? Unanswered::busy : Unanswered::silence;
}

}  // namespace

std::optional<Answer> ask(const Asking& asking, const std::string& question, const std::function<void()>& waits,
                          Unanswered& why) {
  const auto give_up = Clock::now() + std::chrono::milliseconds(asking.wait_ms);
  why = Unanswered::silence;
  for (int ended_over_it = 0; ended_over_it < 2;) {
    const Descriptor line = line_to(asking.judge);
    if (!line.is_open()) return std::nullopt;
    std::string answer;
    Exchange exchange(line, asking, give_up, waits);
    const Heard heard = exchange.run(question, answer);
    if (heard == Heard::answer) return decode_answer(answer);
    why = unanswered(heard);
    if (heard != Heard::ended) return std::nullopt;
    if (exchange.is_judged()) ++ended_over_it;
    std::this_thread::sleep_for(kBetween);
  }
  return std::nullopt;
}

}  // namespace threadline::gateway
