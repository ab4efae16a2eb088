// SPDX-License-Identifier: Apache-2.0
#include "base/pipe.h"

#include <unistd.h>

#include <cerrno>

namespace threadline::inline base {

bool read_exactly(int pipe, char* to, std::size_t length) {
  while (length > 0) {
    const ssize_t got = ::read(pipe, to, length);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    to += got;
    length -= static_cast<std::size_t>(got);
  }
  return true;
}

bool write_exactly(int pipe, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(pipe, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

}  // namespace threadline::inline base
