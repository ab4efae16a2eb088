// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/bounded_judging.h"

#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <string>

#include "apps/gateway/exchange.h"

namespace threadline::gateway {
namespace {

struct Bound {
  __itimer_which which;
  int signal;
  std::uint32_t budgets;
};
constexpr std::uint32_t kLeastMs = 1'000;  ///< a judge that ends costs everybody more than that
constexpr std::array<Bound, 2> kBounds{{{ITIMER_PROF, SIGPROF, 1}, {ITIMER_REAL, SIGALRM, 2}}};

volatile std::sig_atomic_t told = -1;  ///< the caller whose message is judged

const std::string& farewell() {
  static const std::string words = said(Word::too_slow);
  return words;
}

/// In a signal: only what may be called there.
void give_up(int /*signal*/) {
  static_cast<void>(send(told, farewell().data(), farewell().size(), MSG_NOSIGNAL | MSG_DONTWAIT));
  _exit(kExitTooSlow);
}

void set(const Bound& bound, std::uint64_t milliseconds) {
  itimerval timer{};
  timer.it_value = {static_cast<time_t>(milliseconds / 1'000), static_cast<suseconds_t>(milliseconds % 1'000 * 1'000)};
  setitimer(bound.which, &timer, nullptr);
}

}  // namespace

BoundedJudging::BoundedJudging(int caller, std::uint32_t budget_ms) {
  farewell();
  told = caller;
  for (const Bound& bound : kBounds) {
    std::signal(bound.signal, give_up);
    set(bound, std::uint64_t{bound.budgets} * std::max(budget_ms, kLeastMs));
  }
}

BoundedJudging::~BoundedJudging() {
  for (const Bound& bound : kBounds) set(bound, 0);
  told = -1;
}

}  // namespace threadline::gateway
