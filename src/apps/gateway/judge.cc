// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/judge.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <deque>
#include <map>
#include <optional>
#include <utility>

#include "apps/gateway/bounded_judging.h"
#include "apps/gateway/exchange.h"
#include "apps/gateway/log_line.h"
#include "apps/gateway/message_failure.h"
#include "apps/gateway/taken_message.h"
#include "pipeline/live.h"
#include "timeline/sentences.h"

namespace threadline::gateway {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kReasons = 3;  ///< sentences of one log line
constexpr int kTurnMs = 1'000;
/// Between two judgings callers and readers are served until they have nothing more, or this long.
constexpr std::chrono::milliseconds kServing{100};
constexpr std::chrono::milliseconds kWordEvery{1'000};
constexpr std::time_t kReopenSeconds = 5, kDay = 86'400;

/// A front's thread with one question.
struct Caller {
  std::string in, out;
  bool has_asked = false;
};

struct Asked {
  int descriptor = -1;
  findings::Direction session = findings::Direction::unknown;
  std::string source;
};

/// Device and number of a file; nothing where there is none.
using FileIdentity = std::optional<std::pair<dev_t, ino_t>>;

FileIdentity identity_of(const std::string& path) {
  struct stat told {};
  return stat(path.c_str(), &told) == 0 ? std::optional(std::pair(told.st_dev, told.st_ino)) : std::nullopt;
}

std::string reason_of(const Message& message, const Decision& decision, timeline::Language language) {
  std::vector<const findings::Finding*> order;
  for (const findings::Finding& finding : message.findings) order.push_back(&finding);
  std::ranges::stable_sort(order, [&](const auto* one, const auto* other) {
    const auto weight = [&](const auto* f) { return std::pair(f->code == decision.code, f->severity); };
    return weight(one) > weight(other);
  });
  std::string reason;
  for (std::size_t at = 0; at < std::min(order.size(), kReasons); ++at) {
    if (order[at]->severity == Severity::info) continue;
    reason += (reason.empty() ? "" : "; ") + timeline::sentence_of(*order[at], language);
  }
  return reason;
}

class Judge {
 public:
  Judge(int listener, const JudgeSettings& settings) : listener_(listener), settings_(settings), parent_(getppid()) {}

  Result<void> run() {
    auto live =
        pipeline::Live::start(settings_.run, [this](std::uint64_t ticket, pipeline::Run&& run) { return finish(ticket, run); });
    if (!live) return tl::unexpected(live.error());
    live_ = *std::move(live);
    while (!is_orphan()) {
      if (auto turned = turn(); !turned) return turned;
    }
    return {};
  }

 private:
  /// Whoever started this is gone, and nobody asks any more.
  [[nodiscard]] bool is_orphan() const { return getppid() != parent_ && callers_.empty(); }

  /// Lets go of a memory whose file was removed or replaced: what it learns from then on would be lost.
  void look_for_memory() {
    if (store_ == nullptr || identity_of(settings_.memory_path) == memory_) return;
    log_event("memory_failed", settings_.memory_path + ": the file was removed or replaced");
    live_->use_memory(nullptr);
    store_.reset();
  }

  /// Opens the memory, and again some time after it failed; forgets once a day what is too old.
  void care_for_memory() {
    if (!settings_.open_memory) return;
    const std::time_t now = std::time(nullptr);
    if (live_->memory() == nullptr) store_.reset();
    look_for_memory();
    if (store_ == nullptr && now >= next_opening_) {
      auto opened = settings_.open_memory();
      next_opening_ = std::time(nullptr) + kReopenSeconds;  // behind the wait for another writer: mail passes between two tries
      if (!opened) return log_event("memory_failed", to_line(opened.error()));
      store_ = *std::move(opened);
      live_->use_memory(store_);
      memory_ = identity_of(settings_.memory_path);
      log_event("memory", "the memory is open");
      day_ = now / kDay;
    }
    if (store_ == nullptr || now / kDay == day_) return;
    day_ = now / kDay;
    if (const auto forgotten = store_->expire(day_); !forgotten) log_event("memory_failed", to_line(forgotten.error()));
  }

  Result<void> turn() {
    care_for_memory();
    std::vector<pollfd> ready{{listener_, POLLIN, 0}};
    for (const auto& [descriptor, caller] : callers_)
      ready.push_back({descriptor, static_cast<short>(caller.out.empty() ? POLLIN : POLLIN | POLLOUT), 0});
    const auto turned = live_->turn(ready, live_->next() ? 0 : kTurnMs);
    if (!turned) return tl::unexpected(turned.error());
    if ((ready.front().revents & POLLIN) != 0) accept_caller();
    for (const pollfd& one : std::span(ready).subspan(1)) {
      if (one.revents != 0 && callers_.contains(one.fd)) serve(one);
    }
    tell_who_waits();
    if (auto submitted = submit_waiting(); !submitted) return submitted;
    if (live_->next() && (!*turned || Clock::now() - judged_ >= kServing)) judge_next();
    return {};
  }

  void judge_next() {
    const auto asked = asked_.find(*live_->next());
    const bool is_asked = asked != asked_.end();
    if (is_asked) say(asked->second.descriptor, Word::begins);
    {
      const BoundedJudging bounded(is_asked ? asked->second.descriptor : -1, settings_.run.limits.budget_ms);
      if (settings_.judging_fault && is_asked) settings_.judging_fault(asked->second.source);
      live_->judge_next();
    }
    judged_ = Clock::now();
  }

  void say(int descriptor, Word word) {
    Caller& caller = callers_.at(descriptor);
    caller.out += said(word);
    static_cast<void>(write_to(descriptor, caller));
  }

  /// A judge that is silent is taken for none.
  void tell_who_waits() {
    if (Clock::now() - told_ < kWordEvery) return;
    told_ = Clock::now();
    for (const auto& [descriptor, caller] : callers_) {
      if (caller.out.empty()) say(descriptor, Word::waits);
    }
  }

  void accept_caller() {
    const int descriptor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (descriptor < 0) return;
    ucred who{};
    socklen_t length = sizeof who;
    const bool is_ours = getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &who, &length) == 0 && who.uid == geteuid();
    if (is_ours) {
      callers_[descriptor] = {};
    } else {
      close(descriptor);
    }
  }

  void serve(const pollfd& ready) {
    Caller& caller = callers_.at(ready.fd);
    bool is_over = (ready.revents & (POLLERR | POLLNVAL)) != 0;
    if (!is_over && (ready.revents & (POLLIN | POLLHUP)) != 0) is_over = !read_from(ready.fd, caller);
    if (!is_over && (ready.revents & POLLOUT) != 0) is_over = !write_to(ready.fd, caller);
    if (is_over) dismiss(ready.fd);
  }

  bool read_from(int descriptor, Caller& caller) {
    std::array<char, 1U << 16U> block;
    const ssize_t got = recv(descriptor, block.data(), block.size(), 0);
    if (got < 0) return errno == EAGAIN || errno == EINTR;
    if (got == 0) return false;
    caller.in.append(block.data(), static_cast<std::size_t>(got));
    bool too_long = false;
    const auto frame = whole_frame(caller.in, most_question_bytes(settings_.run.limits), too_long);
    if (!frame) return !too_long;
    auto question = decode_question(*frame);
    if (!question || caller.has_asked) return false;
    caller.has_asked = true;
    caller.in = {};
    waiting_.emplace_back(descriptor, *std::move(question));
    return true;
  }

  static bool write_to(int descriptor, Caller& caller) {
    const ssize_t put = send(descriptor, caller.out.data(), caller.out.size(), MSG_NOSIGNAL);
    if (put < 0) return errno == EAGAIN || errno == EINTR;
    caller.out.erase(0, static_cast<std::size_t>(put));
    return true;
  }

  void dismiss(int descriptor) {
    shutdown(descriptor, SHUT_RDWR);  // a reader that was forked meanwhile may hold it too
    close(descriptor);
    callers_.erase(descriptor);
    std::erase_if(waiting_, [&](const auto& one) { return one.first == descriptor; });
    std::erase_if(asked_, [&](const auto& one) { return one.second.descriptor == descriptor; });
  }

  Result<void> submit_waiting() {
    while (!waiting_.empty() && live_->has_room()) {
      auto [descriptor, question] = std::move(waiting_.front());
      waiting_.pop_front();
      asked_[++ticket_] = {descriptor, question.session.value_or(findings::Direction::unknown), question.item.source};
      auto submitted = live_->submit({ticket_, std::move(question.item), question.session, {question.arrived, 0}});
      if (!submitted) return submitted;
    }
    return {};
  }

  /// Answers the caller, if he still waits; whether the message is learnt: not where the sender will try again.
  bool finish(std::uint64_t ticket, const pipeline::Run& run) {
    const auto asked = asked_.extract(ticket);
    if (asked.empty()) return false;
    const auto answer = answer_of(run, asked.mapped().session);
    Caller& caller = callers_.at(asked.mapped().descriptor);
    caller.out += said(Word::answer, encode(answer));
    static_cast<void>(write_to(asked.mapped().descriptor, caller));
    return answer.decision.action != Action::tempfail;
  }

  [[nodiscard]] Answer answer_of(const pipeline::Run& run, findings::Direction session) const {
    Message message = message_of(run);
    const bool is_without = settings_.open_memory && live_->memory() == nullptr;
    if (is_without && message.failure == Failure::none) message.failure = Failure::memory;
    Answer answer;
    answer.direction = message.direction == findings::Direction::unknown ? session : message.direction;
    answer.decision = decide(settings_.run.policy.gateway, answer.direction, message.findings, message.failure);
    for (const auto& finding : message.findings)
      answer.codes.emplace_back(finding.code, std::string(threadline::name_of(finding.severity)));
    answer.reason = reason_of(message, answer.decision, settings_.language);
    for (const auto& judged : run.judged) {
      if (judged.facts->carrier.empty()) answer.message_id = judged.facts->message_id;
    }
    return answer;
  }

  int listener_;
  const JudgeSettings& settings_;
  pid_t parent_;
  std::unique_ptr<pipeline::Live> live_;
  std::map<int, Caller> callers_;
  std::deque<std::pair<int, Question>> waiting_;
  std::map<std::uint64_t, Asked> asked_;
  std::uint64_t ticket_ = 0;
  Clock::time_point judged_, told_;  ///< when last
  std::shared_ptr<memory::FileStore> store_;
  FileIdentity memory_;  ///< of the file that is open
  std::time_t next_opening_ = 0, day_ = 0;
};

}  // namespace

Result<void> judge_questions(int listener, const JudgeSettings& settings) { return Judge(listener, settings).run(); }

}  // namespace threadline::gateway
