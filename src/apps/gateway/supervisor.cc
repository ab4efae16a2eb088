// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/supervisor.h"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <ctime>
#include <list>
#include <utility>

#include "apps/gateway/bounded_judging.h"
#include "apps/gateway/listener.h"
#include "apps/gateway/log_line.h"

namespace threadline::gateway {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kTick{200};
constexpr milliseconds kShortLife{1'000};         ///< a process that ends sooner is not started again at once
constexpr milliseconds kSessionLife{600'000};     ///< of an SMTP session that was open when the policy changed
constexpr std::uint32_t kSilenceBeside = 10'000;  ///< a judge that ended over a message, another that begins

sigset_t handled_signals() {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : {SIGCHLD, SIGHUP, SIGTERM, SIGINT}) sigaddset(&set, signal);
  return set;
}

/// A child, and when it may be started again.
struct Process {
  pid_t id = -1;
  Clock::time_point started, not_before;

  [[nodiscard]] bool runs() const { return id > 0; }
  void ended() {
    id = -1;
    const auto now = Clock::now();
    not_before = now - started < kShortLife ? now + kShortLife : now;
  }
};

/// One policy in force, and the processes that work by it.
struct Generation {
  pipeline::RunSettings run;
  policy::Networks outbound;
  JudgePlace place;
  int inner = -1;
  Process judge, front;
  std::size_t slot = 0;
  bool is_ending = false;
  Clock::time_point end_by;
};

class Supervisor {
 public:
  explicit Supervisor(const SupervisorSettings& settings) : settings_(settings), metrics_(shared_metrics()) {}

  Result<void> run() {
    if (metrics_ == nullptr) return tl::unexpected(Error{"no memory for the metrics", {}, {}});
    metrics_->started = std::time(nullptr);
    hold_signals();
    const sigset_t signals = handled_signals();
    if (auto begun = begin_generation(); !begun) return begun;
    log_event("start", "the gateway takes mail");
    while (!generations_.empty()) {
      keep_up();
      wait_for_signal(signals);
      reap();
      retire();
    }
    if (page_.runs() && kill(page_.id, SIGTERM) == 0) waitpid(page_.id, nullptr, 0);  // it holds the sockets, too
    log_event("stop", "what was under way has ended");
    return {};
  }

 private:
  /// Errors: a wrong policy; no socket.
  Result<void> begin_generation() {
    auto run = settings_.read_settings();
    if (!run) return tl::unexpected(run.error());
    auto outbound = policy::Networks::read(run->policy.gateway.outbound_networks);
    if (!outbound) return tl::unexpected(outbound.error());
    Generation made;
    const auto inner = open_inner_listener(made.place);
    if (!inner) return tl::unexpected(inner.error());
    made.inner = *inner;
    made.run = *std::move(run);
    made.outbound = *std::move(outbound);
    made.slot = next_slot_++ % kSlots;
    for (Generation& old : generations_) end(old, kSessionLife);
    generations_.push_back(std::move(made));
    return {};
  }

  /// No new connections; those that are open may end.
  void end(Generation& generation, milliseconds within) {
    const auto end_by = Clock::now() + within;
    if (!generation.is_ending || end_by < generation.end_by) generation.end_by = end_by;
    if (std::exchange(generation.is_ending, true)) return;
    if (generation.front.runs()) kill(generation.front.id, kEndSignal);
  }

  /// The same, and who is connected and sends nothing is not waited for.
  void stop(Generation& generation) {
    end(generation, milliseconds(settings_.drain_ms));
    if (generation.front.runs()) kill(generation.front.id, kStopSignal);
  }

  /// Starts what should run and does not.
  void keep_up() {
    for (Generation& generation : generations_) {
      const bool is_needed = !generation.is_ending || generation.front.runs();
      if (is_needed) start(generation.judge, "tl-judge", [&] { work_as_judge(generation); });
      if (!generation.is_ending) start(generation.front, "tl-front", [&] { work_as_front(generation); });
    }
    const bool shows = settings_.metrics_listener >= 0 && !is_stopping_;
    if (shows) start(page_, "tl-metrics", [&] { serve_metrics(*metrics_, settings_.metrics_listener, settings_.memory_path); });
    const Generation& last = generations_.back();
    metrics_->healthy = last.front.runs() && last.judge.runs() && !last.is_ending ? 1 : 0;
  }

  template <class Work>
  void start(Process& process, const char* name, const Work& work) {
    if (process.runs() || Clock::now() < process.not_before) return;
    process.started = Clock::now();
    process.id = fork();
    if (process.id == 0) {
      become_child(name);
      work();
      _exit(0);
    }
    if (process.id < 0) {
      log_event("error", "no process could be made");
      process.ended();
    }
  }

  static void become_child(const char* name) {
    prctl(PR_SET_NAME, name);
    prctl(PR_SET_PDEATHSIG, kEndSignal);
    for (const int signal : {SIGCHLD, SIGHUP, SIGTERM, SIGINT}) std::signal(signal, SIG_DFL);
    std::signal(SIGPIPE, SIG_IGN);
    const sigset_t signals = handled_signals();
    sigprocmask(SIG_UNBLOCK, &signals, nullptr);
  }

  void close_inner_but(const Generation& own) const {
    for (const Generation& other : generations_) {
      if (&other != &own) close(other.inner);
    }
  }

  void close_metrics() const {
    if (settings_.metrics_listener >= 0) close(settings_.metrics_listener);
  }

  void work_as_judge(const Generation& generation) {
    prctl(PR_SET_PDEATHSIG, 0);  // it answers what the front still asks
    close(settings_.listener);
    close_metrics();
    close_inner_but(generation);
    JudgeSettings judge{generation.run, settings_.language, settings_.memory_path};
    if (!settings_.memory_path.empty())
      judge.open_memory = [&] { return settings_.open_memory(generation.run.policy.retention_days); };
    const auto done = judge_questions(generation.inner, judge);
    if (!done) log_event("error", to_line(done.error()));
    _exit(done ? 0 : 1);
  }

  void work_as_front(const Generation& generation) {
    close_inner_but(generation);
    close_metrics();
    close(generation.inner);
    FrontSettings front{.listener = settings_.listener,
                        .judge = generation.place,
                        .policy = generation.run.policy.gateway,
                        .outbound = generation.outbound,
                        .limits = generation.run.limits,
                        .silence_ms = 2 * generation.run.limits.budget_ms + kSilenceBeside,
                        .key = settings_.key,
                        .metrics = metrics_,
                        .slot = generation.slot};
    _exit(serve_mail(front) ? 0 : 1);
  }

  void wait_for_signal(const sigset_t& signals) {
    constexpr timespec kWait{0, std::chrono::nanoseconds(kTick).count()};
    const int signal = sigtimedwait(&signals, nullptr, &kWait);
    if (signal == SIGHUP && !is_stopping_) reload();
    if (signal == SIGTERM || signal == SIGINT) {
      is_stopping_ = true;
      for (Generation& generation : generations_) stop(generation);
    }
  }

  void reload() {
    const auto begun = begin_generation();
    ++(begun ? metrics_->reloads : metrics_->refused_reloads);
    if (begun) return log_event("reload", "the policy was read again and is in force");
    log_event("reload_refused", "the policy before stays in force: " + to_line(begun.error()));
  }

  void reap() {
    int status = 0;
    for (pid_t id = waitpid(-1, &status, WNOHANG); id > 0; id = waitpid(-1, &status, WNOHANG)) {
      if (id == page_.id) page_.ended();
      for (Generation& generation : generations_) note_end(generation, id, status);
    }
  }

  void note_end(Generation& generation, pid_t id, int status) {
    if (id == generation.front.id) {
      generation.front.ended();
      metrics_->in_flight[generation.slot] = 0;
      if (generation.is_ending) return;
      ++metrics_->worker_restarts;
      log_event("restart", "a worker has ended, another one takes its place");
    }
    if (id == generation.judge.id) {
      generation.judge.ended();
      ++metrics_->judge_restarts;
      const bool was_slow = WIFEXITED(status) && WEXITSTATUS(status) == kExitTooSlow;
      log_event("restart", std::string("a judge has ended") +
                               (was_slow ? " over a message that took longer than budget_ms" : "") +
                               ", another one takes its place");
    }
  }

  /// Generations whose front has ended are over; one that does not end in time is ended.
  void retire() {
    for (auto it = generations_.begin(); it != generations_.end();) {
      if (it->is_ending && it->front.runs() && Clock::now() >= it->end_by) kill(it->front.id, SIGKILL);
      if (!it->is_ending || it->front.runs()) {
        ++it;
        continue;
      }
      if (it->judge.runs()) {
        kill(it->judge.id, SIGTERM);
        waitpid(it->judge.id, nullptr, 0);
      }
      close(it->inner);
      it = generations_.erase(it);
    }
  }

  const SupervisorSettings& settings_;
  Metrics* metrics_;
  std::list<Generation> generations_;
  Process page_;
  std::size_t next_slot_ = 0;
  bool is_stopping_ = false;
};

}  // namespace

void hold_signals() {
  const sigset_t signals = handled_signals();
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);  // whoever reads the log may go away: mail goes on
}

Result<void> supervise(const SupervisorSettings& settings) { return Supervisor(settings).run(); }

}  // namespace threadline::gateway
