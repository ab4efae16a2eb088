// SPDX-License-Identifier: Apache-2.0
#include "evidence/spool.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/scratch_file.h"

namespace threadline::evidence {
bool Spool::append(std::string_view bytes) {
  if (descriptor_ < 0 && size_ + bytes.size() <= most_in_memory_) {
    memory_ += bytes;
    size_ += bytes.size();
    return true;
  }
  if (descriptor_ < 0) {
    descriptor_ = open_nameless(folder_);
    size_ = 0;
    const std::string before = std::exchange(memory_, {});
    if (!write(before)) return false;
  }
  return write(bytes);
}

bool Spool::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto put = ::write(descriptor_, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) {
      problem_ = folder_ + ": " + std::generic_category().message(errno);
      return false;
    }
    size_ += static_cast<std::uint64_t>(put);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

void Spool::clear() {
  memory_.clear();
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
  size_ = 0;
  problem_.clear();
}

FileBytes Spool::take() {
  auto taken = descriptor_ >= 0 ? FileBytes::of_descriptor(std::exchange(descriptor_, -1))
                                : FileBytes::in_memory(std::exchange(memory_, {}));
  clear();
  return taken;
}

}  // namespace threadline::evidence
