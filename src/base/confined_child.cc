// SPDX-License-Identifier: Apache-2.0
#include "base/confined_child.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <memory>
#include <new>

#include "base/confine.h"
#include "base/pipe.h"

namespace threadline::inline base {
namespace {

constexpr int kExitNoMemory = 77;
constexpr std::size_t kReadBlock = 256U << 10U;
using Length = std::uint64_t;  ///< before each frame, host byte order: both ends are one program

bool send_frame(int pipe, std::string_view frame) {
  const Length length = frame.size();
  return write_exactly(pipe, bytes_of(length)) && write_exactly(pipe, frame);
}

/// Closes descriptors [first, end): at once where the kernel can, else one by one.
void close_between(int first, int end) {
  if (first >= end || close_range(static_cast<unsigned>(first), static_cast<unsigned>(end - 1), 0) == 0) return;
  for (int descriptor = first; descriptor < end; ++descriptor) close(descriptor);
}

void close_all_but(int pipe, int kept) {
  std::array<int, 3> open{STDERR_FILENO, pipe, kept};
  std::ranges::sort(open);
  const auto end = static_cast<int>(std::min<long>(sysconf(_SC_OPEN_MAX), 1L << 20U));
  int first = 0;
  for (const int descriptor : open) {
    close_between(first, descriptor);
    first = std::max(first, descriptor + 1);
  }
  close_between(first, end);
}

[[noreturn]] void live(int pipe, int kept, const ChildBounds& bounds, const std::function<void(const SendFrame&)>& child) {
  std::signal(SIGPIPE, SIG_IGN);
  close_all_but(pipe, kept);
  confine_this_process(bounds.memory_bytes);
  try {
    child([pipe](std::string_view frame) { return send_frame(pipe, frame); });
    _exit(0);
  } catch (const std::bad_alloc&) {
    _exit(kExitNoMemory);
  } catch (...) {
    _exit(1);
  }
}

/// The parent's end of the pipe: gathers frames and hands them on.
class Frames {
 public:
  Frames(int pipe, const ChildBounds& bounds, const std::function<bool(std::string_view)>& parent)
      : pipe_(pipe), bounds_(bounds), parent_(parent) {}

  /// Empty at the end of the pipe or when the parent stops; else why the child has to be ended.
  std::string read() {
    while (true) {
      pollfd ready{pipe_, POLLIN, 0};
      const int count = poll(&ready, 1, patience_ms());
      if (count < 0 && errno == EINTR) continue;
      if (count == 0) return "worker_timeout";
      const ssize_t got = take();
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return {};
      if (!hand_on()) return too_long_ ? "limit" : "";
    }
  }
  [[nodiscard]] bool stopped() const { return stopped_; }

 private:
  [[nodiscard]] int patience_ms() const {
    return static_cast<int>(!heard_ && bounds_.opening_ms != 0 ? bounds_.opening_ms : bounds_.silence_ms);
  }

  ssize_t take() {
    const ssize_t got = ::read(pipe_, block_.get(), kReadBlock);
    buffer_.append(block_.get(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    return got;
  }

  /// Gives every whole frame of the buffer. False: a frame is too long, or the parent stops.
  bool hand_on() {
    while (buffer_.size() - at_ >= sizeof(Length)) {
      Length length = 0;
      std::memcpy(&length, buffer_.data() + at_, sizeof length);
      too_long_ = length > bounds_.frame_bytes;
      if (too_long_) return false;
      if (buffer_.size() - at_ - sizeof length < length) break;
      heard_ = true;
      stopped_ = !parent_(std::string_view(buffer_).substr(at_ + sizeof length, length));
      if (stopped_) return false;
      at_ += sizeof length + length;
    }
    buffer_.erase(0, at_);
    at_ = 0;
    return true;
  }

  int pipe_;
  const ChildBounds& bounds_;
  const std::function<bool(std::string_view)>& parent_;
  std::unique_ptr<char[]> block_ = std::make_unique_for_overwrite<char[]>(kReadBlock);
  std::string buffer_;
  std::size_t at_ = 0;
  bool heard_ = false;
  bool too_long_ = false;
  bool stopped_ = false;
};

int wait_for(pid_t process) {
  int status = 0;
  while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

/// Ends the child where there is a reason to; answers why the reading is not whole, told from its exit where `why` is empty.
std::string end(pid_t process, std::string why, bool stopped) {
  if (!why.empty() || stopped) kill(process, SIGKILL);
  const int status = wait_for(process);
  if (!why.empty() || stopped) return why;
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return WIFEXITED(status) && WEXITSTATUS(status) == kExitNoMemory ? "worker_memory" : "worker_crashed";
}

/// Ends the child and the pipe, also when the parent's function throws.
struct Child {
  pid_t process;
  int pipe;
  std::string why = "worker_crashed";
  bool stopped = true;

  Child(pid_t child, int read_end) : process(child), pipe(read_end) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (pipe >= 0) finish();
  }
  std::string finish() {
    close(pipe);
    pipe = -1;
    return end(process, why, stopped);
  }
};

}  // namespace

std::string run_confined(const ChildBounds& bounds, int kept, const std::function<void(const SendFrame&)>& child,
                         const std::function<bool(std::string_view frame)>& parent) {
  int pipes[2];
  if (pipe(pipes) != 0) return "worker_crashed";
  const pid_t process = fork();
  if (process == 0) live(pipes[1], kept, bounds, child);
  close(pipes[1]);
  if (process < 0) {
    close(pipes[0]);
    return "worker_crashed";
  }
  Child one(process, pipes[0]);
  Frames frames(pipes[0], bounds, parent);
  one.why = frames.read();
  one.stopped = frames.stopped();
  return one.finish();
}

}  // namespace threadline::inline base
