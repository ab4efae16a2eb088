// SPDX-License-Identifier: Apache-2.0
#include "documents/program_run.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/confine.h"
#include "base/descriptor.h"
#include "base/pipe.h"
#include "documents/program_table.h"

namespace threadline::documents {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kReadBlock = 64U << 10U;
constexpr std::size_t kMostSaid = 1'000;      ///< bytes of standard error that are kept
constexpr rlim_t kDescriptors = 64;           ///< that a program may have open
constexpr int kExitNotStarted = 127;          ///< of our child, of bwrap and of shells
constexpr int kExitSignal = 128;              ///< bwrap adds the signal that ended its program
constexpr std::uint32_t kProbeMs = 2'000;     ///< for bwrap to show that it works
constexpr std::chrono::milliseconds kNap{1};  ///< between two looks at a program that has closed its output

/// libstdbuf: a program that is ended mid-way has printed the lines before. All of the environment that a program sees.
constexpr std::array<const char*, 5> kEnvironment{"LANG=C.UTF-8", "OMP_THREAD_LIMIT=1",
                                                  "LD_PRELOAD=/usr/libexec/coreutils/libstdbuf.so", "_STDBUF_O=L", nullptr};

constexpr const char* kBubblewrap = "/usr/bin/bwrap";
constexpr std::array kWrapping{
    kBubblewrap, "--unshare-all", "--die-with-parent", "--cap-drop", "ALL",    "--ro-bind", "/usr",  "/usr",  "--symlink",
    "usr/lib",   "/lib",          "--symlink",         "usr/lib64",  "/lib64", "--proc",    "/proc", "--dev", "/dev"};

struct Pipe {
  Descriptor read, write;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return;
    read = Descriptor(ends[0]);
    write = Descriptor(ends[1]);
  }
};

/// A file in memory that nobody can change any more, read from its start.
bool fill(const Descriptor& file, std::string_view bytes) {
  return file.is_open() && write_exactly(file.number(), bytes) && lseek(file.number(), 0, SEEK_SET) == 0 &&
         fcntl(file.number(), F_ADD_SEALS, F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0;
}

using Arguments = std::vector<std::string>;

Arguments arguments_of(const Command& command, const ProgramRequest& request, Enclosure enclosure) {
  Arguments arguments = enclosing_words(enclosure);
  for (const char* argument : command.arguments) {
    if (argument == nullptr) break;
    arguments.emplace_back(std::string_view(argument) == "{page}" ? std::to_string(request.page) : argument);
  }
  return arguments;
}

std::vector<char*> pointers_to(Arguments& arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  return pointers;
}

void bound(int resource, rlim_t most) {
  const rlimit both{most, most};
  setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

struct Ends {
  int input, output, errors;
};

/// The life of the child between fork and exec.
[[noreturn]] void become(const std::vector<char*>& arguments, const Ends& ends, const RunBounds& bounds, bool writes) {
  constexpr std::uint32_t kSecond = 1'000;
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  for (const int signal : {SIGPIPE, SIGINT, SIGTERM, SIGXFSZ}) std::signal(signal, SIG_DFL);
  dup2(ends.input, STDIN_FILENO);
  dup2(ends.output, STDOUT_FILENO);
  dup2(ends.errors, STDERR_FILENO);
  close_range(STDERR_FILENO + 1, ~0U, 0);
  if (bounds.enclosure == Enclosure::filter) confine_program(writes);
  bound(RLIMIT_CORE, 0);
  bound(RLIMIT_FSIZE, 0);
  bound(RLIMIT_NOFILE, kDescriptors);
  bound(RLIMIT_CPU, bounds.ms / kSecond + 1);
  bound(RLIMIT_AS, bounds.memory_bytes);
  execve(arguments.front(), arguments.data(), const_cast<char* const*>(kEnvironment.data()));
  _exit(kExitNotStarted);
}

/// A program that runs, and what it printed so far.
class Running {
 public:
  Running(pid_t process, const RunBounds& bounds)
      : process_(process), bounds_(bounds), deadline_(Clock::now() + std::chrono::milliseconds(bounds.ms)) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() { end(); }

  void read(int output, int errors) {
    std::array<pollfd, 3> ready{pollfd{output, POLLIN, 0}, pollfd{errors, POLLIN, 0}, pollfd{bounds_.peer, POLLRDHUP, 0}};
    while (answer_.lost.empty() && (ready[0].fd >= 0 || ready[1].fd >= 0)) {
      const int count = poll(ready.data(), ready.size(), milliseconds_left());
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) {
        answer_.lost = "program_ms";
      } else if (ready[2].revents != 0) {
        answer_.lost = "program_failed";
      } else {
        take(ready[0], answer_.output, bounds_.output_bytes);
        take(ready[1], answer_.said, kMostSaid);
      }
    }
  }

  ProgramAnswer answer() {
    if (answer_.lost.empty()) wait_for_its_end();
    end();
    if (answer_.lost.empty() && status_ != 0) answer_.lost = reason();
    return std::move(answer_);
  }

 private:
  [[nodiscard]] int milliseconds_left() const {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
  }

  /// Adds what can be read now up to `most`; more of the output ends the program, more of the errors is dropped.
  void take(pollfd& from, std::string& to, std::uint64_t most) {
    if (from.fd < 0 || from.revents == 0) return;
    std::array<char, kReadBlock> block;
    const ssize_t got = ::read(from.fd, block.data(), block.size());
    if (got < 0 && errno == EINTR) return;
    if (got <= 0) {
      from.fd = -1;
      return;
    }
    const auto room = std::min<std::uint64_t>(most - to.size(), static_cast<std::uint64_t>(got));
    to.append(block.data(), static_cast<std::size_t>(room));
    if (room < static_cast<std::uint64_t>(got) && &to == &answer_.output) answer_.lost = "program_output_bytes";
  }

  /// Its output is closed: mostly it has ended.
  void wait_for_its_end() {
    while (!is_reaped_ && !reap(WNOHANG)) {
      if (milliseconds_left() == 0) {
        answer_.lost = "program_ms";
        return;
      }
      std::this_thread::sleep_for(kNap);
    }
  }

  bool reap(int how) {
    const pid_t got = waitpid(process_, &status_, how);
    if (got == 0 || (got < 0 && errno == EINTR)) return false;
    is_reaped_ = true;
    return true;
  }

  /// Ends the program and all that it started.
  void end() {
    if (is_ended_) return;
    is_ended_ = true;
    kill(-process_, SIGKILL);
    if (is_reaped_) return;
    kill(process_, SIGKILL);
    while (!reap(0)) {
    }
  }

  [[nodiscard]] std::string reason() const {
    const int signal = WIFSIGNALED(status_) ? WTERMSIG(status_) : WEXITSTATUS(status_) - kExitSignal;
    if (signal == SIGXCPU) return "program_ms";
    for (const std::string_view words : {"bad_alloc", "ut of memory", "annot allocate"}) {
      if (answer_.said.find(words) != std::string::npos) return "program_bytes";
    }
    return "program_failed";
  }

  pid_t process_;
  const RunBounds& bounds_;
  Clock::time_point deadline_;
  ProgramAnswer answer_;
  int status_ = 0;
  bool is_reaped_ = false;
  bool is_ended_ = false;
};

ProgramAnswer failed(const char* why) { return {.output = {}, .lost = why, .said = {}}; }

/// Whether a program may open files to write: only the one that takes the name of its output.
bool opens_output(Program program) { return program == Program::pdf_file; }

ProgramAnswer run_command(const Command& command, const ProgramRequest& request, const RunBounds& bounds) {
  const Descriptor input(memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  Pipe output;
  Pipe errors;
  if (!fill(input, request.input) || output.write.number() < 0 || errors.write.number() < 0) return failed("program_failed");
  Arguments arguments = arguments_of(command, request, bounds.enclosure);
  const auto pointers = pointers_to(arguments);
  const pid_t process = fork();
  if (process < 0) return failed("program_failed");
  if (process == 0)
    become(pointers, {input.number(), output.write.number(), errors.write.number()}, bounds, opens_output(command.program));
  Running running(process, bounds);
  output.write = Descriptor();
  errors.write = Descriptor();
  running.read(output.read.number(), errors.read.number());
  return running.answer();
}

bool bubblewrap_works() {
  if (access(kBubblewrap, X_OK) != 0) return false;
  const Limits limits;
  RunBounds bounds = bounds_of(limits, kProbeMs);
  bounds.enclosure = Enclosure::bubblewrap;
  return run_command({Program::pdf_text, "", nullptr, {"/usr/bin/true"}}, {}, bounds).lost.empty();
}

}  // namespace

Enclosure best_enclosure() {
  static const bool works = bubblewrap_works();
  return works ? Enclosure::bubblewrap : Enclosure::filter;
}

std::vector<std::string> enclosing_words(Enclosure enclosure, const std::string& readable) {
  if (enclosure == Enclosure::filter) return {};
  std::vector<std::string> words(kWrapping.begin(), kWrapping.end());
  if (!readable.empty()) words.insert(words.end(), {"--ro-bind", readable, readable});
  words.emplace_back("--");
  return words;
}

RunBounds bounds_of(const Limits& limits, std::uint32_t ms) {
  return {.ms = ms, .memory_bytes = limits.program_bytes, .output_bytes = limits.program_output_bytes};
}

ProgramAnswer run_program(const ProgramRequest& request, const RunBounds& bounds) {
  const Command* command = installed_command(request.program);
  return command == nullptr ? failed("program_missing") : run_command(*command, request, bounds);
}

}  // namespace threadline::documents
