// SPDX-License-Identifier: Apache-2.0
#include "pipeline/pool.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <deque>
#include <optional>
#include <utility>

#include "documents/program_host.h"
#include "pipeline/log_wire.h"
#include "pipeline/wire.h"

namespace threadline::pipeline {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kReadBlock = 256U << 10U;
constexpr std::size_t kWaiting = 3;                 ///< items in a worker's pipe behind the one that it reads
constexpr std::size_t kWaitingBytes = 256U << 10U;  ///< of one of them at most

Error system_error(std::string_view what) {
  return {std::string(what) + ": " + std::strerror(errno),
          {},
          "free some processes or memory, or read in this process with --jobs 0"};
}

/// An item that a worker has.
struct Task {
  std::uint64_t order = 0;
  std::string source, sha256;
  bool is_log = false;
  std::string request;  ///< the frame that goes to the worker; kept until the worker has come to it
  std::size_t sent = 0;
};

struct Worker {
  pid_t process = -1;
  pid_t host = -1;  ///< starts programs for it; ends when it is gone
  int pipe = -1;
  std::deque<Task> tasks;      ///< the first is what it reads; others wait in its pipe, so that it need not wait for us
  std::string reply;           ///< what came back of the first so far, and perhaps of the next
  Clock::duration deadline{};  ///< of the first, on the pool's own clock (State::watched)

  [[nodiscard]] bool is_sending() const {
    return std::ranges::any_of(tasks, [](const Task& task) { return task.sent < task.request.size(); });
  }
};

/// Takes the content of a reply out of `bytes` once it is whole; `lost` says why where it cannot become one.
std::optional<std::string> take_reply(std::string& bytes, std::uint64_t frame_bytes, std::string& lost) {
  FrameHead head;
  if (bytes.size() < sizeof head) return std::nullopt;
  std::memcpy(&head, bytes.data(), sizeof head);
  if (head.magic != FrameHead::kMagic) lost = "worker_crashed";
  if (lost.empty() && head.length > frame_bytes) lost = "limit";
  if (!lost.empty() || bytes.size() - sizeof head < head.length) return std::nullopt;
  std::string content = bytes.substr(sizeof head, head.length);
  bytes.erase(0, sizeof head + head.length);
  return content;
}

/// Two connected sockets.
Result<std::array<int, 2>> connected() {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0) return ends;
  return tl::unexpected(system_error("no pipe for a worker"));
}

/// In a child: what leads to the other workers, and whatever else the parent has open, is not for it.
void close_others(std::array<int, 2> kept) {
  std::ranges::sort(kept);
  unsigned from = STDERR_FILENO + 1;
  for (const int descriptor : kept) {
    const auto one = static_cast<unsigned>(descriptor);
    if (one > from) close_range(from, one - 1, 0);
    from = std::max(from, one + 1);
  }
  close_range(from, ~0U, 0);
}

int status_at_end(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

}  // namespace

struct Pool::State {
  ItemSettings settings;
  Fault fault;
  Done done;
  std::vector<Worker> workers;
  Clock::duration watched{};  ///< spent waiting for workers; while nobody looks, a worker may be waiting for us
  std::string block = std::string(kReadBlock, '\0');  ///< what is received at once

  Result<void> spawn(Worker& worker);
  Result<int> spawn_host(Worker& worker);
  void begin_first(Worker& worker) const;
  void finish(Worker& worker, Outcome&& outcome);
  Result<void> replace(Worker& worker, std::string lost);
  std::string end(Worker& worker, std::string lost);
  Result<void> send(Worker& worker);
  bool read_reply(Worker& worker);
  Result<void> receive(Worker& worker);
  Result<bool> step(std::span<pollfd> others, int most_ms);
  Result<int> wait_for(std::vector<pollfd>& ready, int most_ms);
  Result<void> serve(Worker& worker, const pollfd& ready);
  [[nodiscard]] int milliseconds_to_wait(int most_ms) const;
  [[nodiscard]] Worker* idle();
  [[nodiscard]] Worker* free_for(const evidence::Item& item);
  [[nodiscard]] bool is_busy() const;
};

/// Makes the process that starts programs for the worker; the socket that leads to it.
Result<int> Pool::State::spawn_host(Worker& worker) {
  const auto ends = connected();
  if (!ends) return tl::unexpected(ends.error());
  worker.host = fork();
  if (worker.host == 0) {
    close_others({(*ends)[1], (*ends)[1]});
    documents::host_programs((*ends)[1], settings.facts.limits);
    _exit(0);
  }
  close((*ends)[1]);
  if (worker.host > 0) return (*ends)[0];
  close((*ends)[0]);
  return tl::unexpected(system_error("no process for a worker"));
}

Result<void> Pool::State::spawn(Worker& worker) {
  const auto programs = spawn_host(worker);
  if (!programs) return tl::unexpected(programs.error());
  const auto pipes = connected();
  if (pipes) worker.process = fork();
  if (pipes && worker.process == 0) {
    close_others({*programs, (*pipes)[1]});
    work((*pipes)[1], *programs, settings, fault);
  }
  close(*programs);
  if (!pipes) return tl::unexpected(pipes.error());
  close((*pipes)[1]);
  worker.pipe = (*pipes)[0];
  if (worker.process < 0) return tl::unexpected(system_error("no process for a worker"));
  fcntl(worker.pipe, F_SETFL, O_NONBLOCK);
  return {};
}

/// From now on the worker reads its first task: what a worker in its place would need of it goes, once it is sent.
void Pool::State::begin_first(Worker& worker) const {
  worker.deadline = watched + std::chrono::milliseconds(settings.facts.limits.budget_ms);
  Task& task = worker.tasks.front();
  if (task.sent < task.request.size()) return;
  task.request.clear();
  task.sent = 0;
}

/// The worker's first task is done, or lost; the next one's turn has come.
void Pool::State::finish(Worker& worker, Outcome&& outcome) {
  Task task = std::move(worker.tasks.front());
  worker.tasks.pop_front();
  if (!worker.tasks.empty()) begin_first(worker);
  outcome.order = task.order;
  outcome.source = std::move(task.source);
  outcome.sha256 = std::move(task.sha256);
  done(std::move(outcome));
}

/// Ends the process; answers why the message is lost, told from its exit status where `lost` is empty.
std::string Pool::State::end(Worker& worker, std::string lost) {
  if (!lost.empty()) kill(worker.process, SIGKILL);
  close(worker.pipe);
  worker.pipe = -1;
  const int status = status_at_end(worker.process);
  status_at_end(worker.host);
  if (!lost.empty()) return lost;
  return WIFEXITED(status) && WEXITSTATUS(status) == kExitNoMemory ? "worker_memory" : "worker_crashed";
}

/// The first task is lost with its worker; what waited behind it goes to the new one.
Result<void> Pool::State::replace(Worker& worker, std::string lost) {
  Outcome outcome;
  outcome.lost = end(worker, std::move(lost));
  worker.reply.clear();
  for (Task& task : worker.tasks) task.sent = 0;
  finish(worker, std::move(outcome));
  return spawn(worker);
}

/// Sends what the pipe takes. A worker that is gone is noticed when its replies are read, to the last one.
Result<void> Pool::State::send(Worker& worker) {
  for (Task& task : worker.tasks) {
    while (task.sent < task.request.size()) {
      const ssize_t put = ::send(worker.pipe, task.request.data() + task.sent, task.request.size() - task.sent, MSG_NOSIGNAL);
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return {};
      task.sent += static_cast<std::size_t>(put);
    }
  }
  Task& first = worker.tasks.front();
  first.request.clear();
  first.sent = 0;
  return {};
}

/// Answers false where no more can come.
bool Pool::State::read_reply(Worker& worker) {
  const ssize_t got = ::recv(worker.pipe, block.data(), block.size(), 0);
  if (got < 0) return errno == EINTR || errno == EAGAIN;
  worker.reply.append(block, 0, static_cast<std::size_t>(got));
  return got > 0;
}

Result<void> Pool::State::receive(Worker& worker) {
  if (!read_reply(worker)) return replace(worker, {});
  while (!worker.tasks.empty()) {
    std::string lost;
    auto content = take_reply(worker.reply, settings.facts.limits.frame_bytes, lost);
    if (!lost.empty()) return replace(worker, lost);
    if (!content) return {};
    Outcome outcome;
    if (worker.tasks.front().is_log) {
      outcome.batch = *std::move(content);
    } else {
      auto facts = decode_facts(*content);
      if (!facts) return replace(worker, "worker_crashed");
      outcome.facts = *std::move(facts);
      outcome.encoded = *std::move(content);
    }
    finish(worker, std::move(outcome));
  }
  return {};
}

int Pool::State::milliseconds_to_wait(int most_ms) const {
  auto nearest = Clock::duration::max();
  for (const Worker& worker : workers) {
    if (!worker.tasks.empty()) nearest = std::min(nearest, worker.deadline);
  }
  if (nearest == Clock::duration::max()) return most_ms;
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(nearest - watched).count();
  return static_cast<int>(std::clamp<std::int64_t>(left + 1, 0, most_ms < 0 ? 60'000 : most_ms));
}

Result<void> Pool::State::serve(Worker& worker, const pollfd& ready) {
  if (worker.tasks.empty()) return {};
  if ((ready.revents & (POLLIN | POLLHUP | POLLERR)) != 0) return receive(worker);
  if ((ready.revents & POLLOUT) != 0) return send(worker);
  if (watched >= worker.deadline) return replace(worker, "worker_timeout");
  return {};
}

/// How many are ready.
Result<int> Pool::State::wait_for(std::vector<pollfd>& ready, int most_ms) {
  const auto begun = Clock::now();
  const int found = poll(ready.data(), ready.size(), milliseconds_to_wait(most_ms));
  watched += Clock::now() - begun;
  if (found >= 0) return found;
  if (errno != EINTR) return tl::unexpected(system_error("poll"));
  for (pollfd& one : ready) one.revents = 0;
  return 0;
}

/// Waits until something can be done, and does it; answers whether there was something.
Result<bool> Pool::State::step(std::span<pollfd> others, int most_ms) {
  std::vector<pollfd> ready;
  for (const Worker& worker : workers) {
    const int wanted = POLLIN | (worker.is_sending() ? POLLOUT : 0);
    ready.push_back({worker.tasks.empty() ? -1 : worker.pipe, static_cast<short>(wanted), 0});
  }
  ready.insert(ready.end(), others.begin(), others.end());
  const auto found = wait_for(ready, most_ms);
  if (!found) return tl::unexpected(found.error());
  std::copy(ready.begin() + static_cast<std::ptrdiff_t>(workers.size()), ready.end(), others.begin());
  for (std::size_t i = 0; i < workers.size(); ++i) {
    if (auto served = serve(workers[i], ready[i]); !served) return tl::unexpected(served.error());
  }
  return *found > 0;
}

Worker* Pool::State::idle() {
  const auto found = std::ranges::find_if(workers, [](const Worker& worker) { return worker.tasks.empty(); });
  return found == workers.end() ? nullptr : &*found;
}

/// One that has nothing to do; where there are several, and for a small item, one that has little.
Worker* Pool::State::free_for(const evidence::Item& item) {
  const auto found = std::ranges::min_element(workers, {}, [](const Worker& worker) { return worker.tasks.size(); });
  const bool may_wait = workers.size() > 1 && item.bytes.size() <= kWaitingBytes;
  return found->tasks.size() > (may_wait ? kWaiting : 0) ? nullptr : &*found;
}

bool Pool::State::is_busy() const {
  return std::ranges::any_of(workers, [](const Worker& worker) { return !worker.tasks.empty(); });
}

Pool::Pool(std::unique_ptr<State> state) : state_(std::move(state)) {}

Pool::~Pool() {
  for (Worker& worker : state_->workers) {
    if (worker.pipe < 0) continue;
    kill(worker.process, SIGKILL);
    state_->end(worker, "ended");
  }
}

Result<std::unique_ptr<Pool>> Pool::start(unsigned workers, ItemSettings settings, Fault fault, Done done) {
  auto state = std::make_unique<State>();
  state->settings = std::move(settings);
  state->fault = std::move(fault);
  state->done = std::move(done);
  state->workers.resize(std::max(workers, 1U));
  std::unique_ptr<Pool> pool(new Pool(std::move(state)));
  for (Worker& worker : pool->state_->workers) {
    if (auto spawned = pool->state_->spawn(worker); !spawned) return tl::unexpected(spawned.error());
  }
  return pool;
}

Result<void> Pool::submit(std::uint64_t order, const evidence::Item& item) {
  Worker* worker = state_->free_for(item);
  while (worker == nullptr) {
    if (auto stepped = state_->step({}, -1); !stepped) return tl::unexpected(stepped.error());
    worker = state_->free_for(item);
  }
  // A worker that died while it had nothing to do costs nothing.
  if (worker->tasks.empty() && waitpid(worker->process, nullptr, WNOHANG) == worker->process) {
    close(worker->pipe);
    worker->pipe = -1;
    status_at_end(worker->host);
    if (auto spawned = state_->spawn(*worker); !spawned) return spawned;
  }
  worker->tasks.push_back({order, item.source, item.sha256, item.format == kLogItem, framed_item(item), 0});
  if (worker->tasks.size() == 1) state_->begin_first(*worker);
  return state_->send(*worker);
}

bool Pool::has_room() const { return state_->idle() != nullptr; }

Result<bool> Pool::turn(std::span<pollfd> others, int most_ms) { return state_->step(others, most_ms); }

Result<void> Pool::drain() {
  while (state_->is_busy()) {
    if (auto stepped = state_->step({}, -1); !stepped) return tl::unexpected(stepped.error());
  }
  return {};
}

}  // namespace threadline::pipeline
