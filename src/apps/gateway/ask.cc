// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/ask.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

#include "base/descriptor.h"

namespace threadline::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kAnswerBytes = 16U << 20U;
constexpr int kTickMs = 1'000;

Descriptor line_to(const JudgePlace& judge) {
  Descriptor line(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const bool is_connected = connect(line.number(), reinterpret_cast<const sockaddr*>(&judge.address), judge.length) == 0;
  return is_connected ? std::move(line) : Descriptor();
}

enum class Heard { answer, ended, too_late };

/// One question over one line, until the deadline.
class Exchange {
 public:
  Exchange(const Descriptor& line, Clock::time_point deadline, const std::function<void()>& waits)
      : line_(line), deadline_(deadline), waits_(waits) {}

  Heard run(std::string_view question, std::string& answer) {
    while (!question.empty()) {
      if (!wait_for(POLLOUT)) return Heard::too_late;
      const ssize_t put = send(line_.number(), question.data(), question.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (put < 0 && errno != EAGAIN && errno != EINTR) return Heard::ended;
      if (put > 0) question.remove_prefix(static_cast<std::size_t>(put));
    }
    return hear(answer);
  }

 private:
  Heard hear(std::string& answer) {
    std::array<char, 1U << 14U> block;
    std::string in;
    for (;;) {
      bool too_long = false;
      if (const auto frame = whole_frame(in, kAnswerBytes, too_long)) {
        answer = *frame;
        return Heard::answer;
      }
      if (too_long) return Heard::ended;
      if (!wait_for(POLLIN)) return Heard::too_late;
      const ssize_t got = recv(line_.number(), block.data(), block.size(), 0);
      if (got == 0 || (got < 0 && errno != EINTR)) return Heard::ended;
      if (got > 0) in.append(block.data(), static_cast<std::size_t>(got));
    }
  }

  bool wait_for(short what) {
    for (;;) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
      if (left <= 0) return false;
      pollfd ready{line_.number(), what, 0};
      const int found = poll(&ready, 1, static_cast<int>(std::min<std::int64_t>(left, kTickMs)));
      if (found > 0) return true;
      if (found == 0) waits_();
    }
  }

  const Descriptor& line_;
  Clock::time_point deadline_;
  const std::function<void()>& waits_;
};

}  // namespace

std::optional<Answer> ask(const Asking& asking, const std::string& question, const std::function<void()>& waits, Failure& why) {
  const auto deadline = Clock::now() + std::chrono::milliseconds(asking.patience_ms);
  why = Failure::internal;
  for (int attempt = 0; attempt < 2; ++attempt) {
    const Descriptor line = line_to(asking.judge);
    if (!line.is_open()) return std::nullopt;
    std::string answer;
    const Heard heard = Exchange(line, deadline, waits).run(question, answer);
    if (heard == Heard::answer) return decode_answer(answer);
    if (heard == Heard::too_late) {
      why = Failure::limit;
      return std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace threadline::gateway
