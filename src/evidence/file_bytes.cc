// SPDX-License-Identifier: Apache-2.0
#include "evidence/file_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace threadline::evidence {
namespace {

constexpr std::uint64_t kChunk = 1U << 20U;

std::string last_problem() { return std::generic_category().message(errno); }

}  // namespace

FileBytes::FileBytes(const std::string& path) : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {
  struct stat status {};
  if (descriptor_ < 0 || ::fstat(descriptor_, &status) != 0) {
    problem_ = last_problem();
    return;
  }
  size_ = static_cast<std::uint64_t>(std::max<off_t>(status.st_size, 0));
}

FileBytes::~FileBytes() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::string FileBytes::read_at(std::uint64_t offset, std::uint64_t length) {
  if (offset >= size_) return {};
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

std::string read_standard_input(std::uint64_t most) {
  std::string bytes;
  std::string chunk(kChunk, '\0');
  while (bytes.size() <= most) {
    const auto got =
        ::read(STDIN_FILENO, chunk.data(), static_cast<std::size_t>(std::min<std::uint64_t>(kChunk, most + 1 - bytes.size())));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    bytes.append(chunk, 0, static_cast<std::size_t>(got));
  }
  return bytes;
}

}  // namespace threadline::evidence
