// SPDX-License-Identifier: Apache-2.0
#include "evidence/file_bytes.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "base/pipe.h"

namespace threadline::evidence {
namespace {

constexpr std::uint64_t kChunk = 1U << 20U;
constexpr int kTickMs = 100;

std::string last_problem() { return std::generic_category().message(errno); }

}  // namespace

FileBytes::FileBytes(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {
  take_size();
}

FileBytes FileBytes::in_memory(std::string bytes) {
  FileBytes made;
  made.memory_ = std::move(bytes);
  made.size_ = made.memory_.size();
  made.is_in_memory_ = made.is_open_ = true;
  return made;
}

FileBytes FileBytes::of_descriptor(Descriptor descriptor) {
  FileBytes made;
  made.descriptor_ = std::move(descriptor);
  made.take_size();
  return made;
}

void FileBytes::take_size() {
  struct stat status {};
  if (!descriptor_.is_open() || ::fstat(descriptor_.number(), &status) != 0) {
    problem_ = last_problem();
    return;
  }
  is_open_ = true;
  size_ = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
  written_ = status.st_mtim.tv_sec;
}

std::string FileBytes::read_at(std::uint64_t offset, std::uint64_t length) {
  if (offset >= size_) return {};
  if (is_in_memory_) return memory_.substr(offset, length);
  std::string bytes(static_cast<std::size_t>(std::min(length, size_ - offset)), '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const auto got = ::pread(descriptor_.number(), bytes.data() + have, bytes.size() - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) problem_ = last_problem();
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

int FileBytes::descriptor() {
  if (!is_in_memory_ || descriptor_.is_open()) return descriptor_.number();
  Descriptor made(::memfd_create("evidence", MFD_CLOEXEC));
  if (made.is_open() && write_exactly(made.number(), memory_))
    descriptor_ = std::move(made);
  else
    problem_ = last_problem();
  return descriptor_.number();
}

StandardInput read_standard_input(std::uint64_t most, const std::function<bool()>& is_stopped) {
  StandardInput input;
  std::string chunk(kChunk, '\0');
  while (input.bytes.size() <= most) {
    pollfd ready{STDIN_FILENO, POLLIN, 0};
    const int count = ::poll(&ready, 1, is_stopped ? kTickMs : -1);  // a signal to another thread wakes nobody here: a tick
    if (is_stopped && is_stopped()) {
      input.is_stopped = true;
      break;
    }
    if (count == 0 || (count < 0 && errno == EINTR)) continue;
    const auto room = std::min<std::uint64_t>(kChunk, most + 1 - input.bytes.size());
    const auto got = ::read(STDIN_FILENO, chunk.data(), static_cast<std::size_t>(room));
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) input.problem = last_problem();
    if (got <= 0) break;
    input.bytes.append(chunk, 0, static_cast<std::size_t>(got));
  }
  return input;
}

}  // namespace threadline::evidence
