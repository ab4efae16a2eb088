// SPDX-License-Identifier: Apache-2.0
#include "evidence/spool.h"

#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

#include "base/scratch_file.h"

namespace threadline::evidence {
bool Spool::append(std::string_view bytes) {
  if (!descriptor_.is_open() && size_ + bytes.size() <= most_in_memory_) {
    memory_ += bytes;
    size_ += bytes.size();
    return true;
  }
  if (!descriptor_.is_open()) {
    descriptor_ = open_nameless(folder_);
    size_ = 0;
    const std::string before = std::exchange(memory_, {});
    if (!write(before)) return false;
  }
  return write(bytes);
}

bool Spool::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto put = ::write(descriptor_.number(), bytes.data(), bytes.size());
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
  descriptor_ = Descriptor();
  size_ = 0;
  problem_.clear();
}

FileBytes Spool::take() {
  auto taken =
      descriptor_.is_open() ? FileBytes::of_descriptor(std::move(descriptor_)) : FileBytes::in_memory(std::exchange(memory_, {}));
  clear();
  return taken;
}

}  // namespace threadline::evidence
