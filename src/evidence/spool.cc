// SPDX-License-Identifier: Apache-2.0
#include "evidence/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

namespace threadline::evidence {
namespace {

/// A file that no name leads to, so that nothing is left behind whatever ends this process. Not every file system makes one at
/// once (O_TMPFILE): there it has a name for an instant.
int open_nameless(const std::string& folder) {
  const int made = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (made >= 0) return made;
  std::string name = folder + "/threadline-XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

}  // namespace

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
