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

FileBytes FileBytes::of_descriptor(int descriptor) {
  FileBytes made;
  made.descriptor_ = descriptor;
  made.take_size();
  return made;
}

FileBytes::FileBytes(FileBytes&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      memory_(std::move(other.memory_)),
      is_in_memory_(other.is_in_memory_),
      is_open_(std::exchange(other.is_open_, false)),
      size_(std::exchange(other.size_, 0)),
      written_(other.written_),
      problem_(std::move(other.problem_)) {}

FileBytes::~FileBytes() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void FileBytes::take_size() {
  struct stat status {};
  if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) {
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
    const auto got = ::pread(descriptor_, bytes.data() + have, bytes.size() - have, static_cast<off_t>(offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) problem_ = last_problem();
    if (got <= 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

int FileBytes::descriptor() {
  if (!is_in_memory_ || descriptor_ >= 0) return descriptor_;
  const int made = ::memfd_create("evidence", MFD_CLOEXEC);
  std::string_view rest = memory_;
  while (made >= 0 && !rest.empty()) {
    const auto put = ::write(made, rest.data(), rest.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) break;
    rest.remove_prefix(static_cast<std::size_t>(put));
  }
  if (made >= 0 && rest.empty()) return descriptor_ = made;
  problem_ = last_problem();
  if (made >= 0) ::close(made);
  return -1;
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
