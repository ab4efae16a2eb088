// SPDX-License-Identifier: Apache-2.0
#include "documents/pdf_program.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "base/pipe.h"
#include "documents/pdf_exchange.h"

namespace threadline::documents {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kGraceMs = 1'000;  ///< beyond the time of a reading, for threadline-pdf to say so itself
constexpr int kExitNotStarted = 127;

std::string found_pdf_program() {
  namespace fs = std::filesystem;
  std::error_code failed;
  const auto folder = fs::read_symlink("/proc/self/exe", failed).parent_path();
  for (const auto& path : {folder / "threadline-pdf", folder / "../libexec/threadline/threadline-pdf"}) {
    const auto whole = fs::weakly_canonical(path, failed);
    if (!failed && access(whole.c_str(), X_OK) == 0) return whole;
  }
  return {};
}

/// The life of the child between fork and exec.
[[noreturn]] void become(std::vector<std::string>& words, int socket) {
  setsid();
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  const int nowhere = open("/dev/null", O_RDWR);
  dup2(socket, STDIN_FILENO);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  close_range(STDERR_FILENO + 1, ~0U, 0);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  constexpr std::array<const char*, 2> kEnvironment{"LD_BIND_NOW=1", nullptr};  // once, and not in each process that it forks
  execve(arguments.front(), arguments.data(), const_cast<char* const*>(kEnvironment.data()));
  _exit(kExitNotStarted);
}

ProgramAnswer lost(const char* why) { return {.output = {}, .lost = why, .said = {}}; }

const char* limit_of(PdfEnd end) {
  switch (end) {
    case PdfEnd::whole: return "";
    case PdfEnd::out_of_time: return "program_ms";
    case PdfEnd::out_of_memory: return "program_bytes";
    case PdfEnd::too_long: return "program_output_bytes";
    case PdfEnd::failed: break;
  }
  return "program_failed";
}

}  // namespace

const std::string& pdf_program() {
  static const std::string path = found_pdf_program();
  return path;
}

ProgramAnswer ProgramRunner::run(const ProgramRequest& request, const RunBounds& bounds) {
  return request.program == Program::pdf_content ? read_pdf(request, bounds) : run_program(request, bounds);
}

/// What ended before it answered is started again for the next PDF.
ProgramAnswer ProgramRunner::read_pdf(const ProgramRequest& request, const RunBounds& bounds) {
  if (pdf_program().empty()) return lost("program_missing");
  if (socket_ < 0 && !start_pdf(bounds.enclosure)) return lost("program_failed");
  const char* why = ask(request, bounds) ? wait_for_answer(bounds) : "program_failed";
  ProgramAnswer read = *why == '\0' ? answer(bounds) : lost(why);
  if (read.lost == "program_failed" || *why != '\0') end_pdf();
  return read;
}

bool ProgramRunner::start_pdf(Enclosure enclosure) {
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return false;
  auto words = enclosing_words(enclosure, pdf_program());
  words.push_back(pdf_program());
  process_ = fork();
  if (process_ == 0) become(words, ends[1]);
  close(ends[1]);
  socket_ = ends[0];
  if (process_ < 0) end_pdf();
  return process_ > 0;
}

void ProgramRunner::end_pdf() {
  if (socket_ >= 0) close(std::exchange(socket_, -1));
  if (process_ <= 0) return;
  kill(-process_, SIGKILL);
  kill(process_, SIGKILL);
  while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
}

bool ProgramRunner::ask(const ProgramRequest& request, const RunBounds& bounds) const {
  const PdfQuestion question{.ms = bounds.ms,
                             .code_pages = request.page,
                             .memory_bytes = bounds.memory_bytes,
                             .output_bytes = bounds.output_bytes,
                             .pdf_bytes = request.input.size()};
  return write_exactly(socket_, bytes_of(question)) && write_exactly(socket_, request.input);
}

/// Empty, or why there is none.
const char* ProgramRunner::wait_for_answer(const RunBounds& bounds) const {
  const auto deadline = Clock::now() + std::chrono::milliseconds(bounds.ms + kGraceMs);
  std::array<pollfd, 2> ready{pollfd{socket_, POLLIN, 0}, pollfd{bounds.peer, POLLRDHUP, 0}};
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    const int count = poll(ready.data(), ready.size(), left > 0 ? static_cast<int>(left) : 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return "program_ms";
    return ready[1].revents != 0 ? "program_failed" : "";
  }
}

ProgramAnswer ProgramRunner::answer(const RunBounds& bounds) const {
  PdfAnswer head;
  if (!read_head(socket_, head) || head.output_bytes > bounds.output_bytes) return lost("program_failed");
  std::string output(static_cast<std::size_t>(head.output_bytes), '\0');
  if (!read_exactly(socket_, output.data(), output.size())) return lost("program_failed");
  return {.output = std::move(output), .lost = limit_of(head.end), .said = {}};
}

}  // namespace threadline::documents
