// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <sstream>
#include <string_view>

namespace threadline::apps {
namespace {

Error failure(const std::string& path) { return {std::string("could not be written: ") + std::strerror(errno), path, {}}; }

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// The mode that a new file would have under the umask.
mode_t new_file_mode() {
  const mode_t mask = umask(0);
  umask(mask);
  return 0666 & ~mask;
}

Result<void> write_to_standard_output(const std::function<void(std::ostream&)>& write) {
  write(std::cout);
  std::cout.flush();
  if (!std::cout) return tl::unexpected(failure("standard output"));
  return {};
}

bool fill(int descriptor, const std::string& content) {
  const bool filled = write_all(descriptor, content) && fchmod(descriptor, new_file_mode()) == 0 && fsync(descriptor) == 0;
  return (close(descriptor) == 0) && filled;
}

/// A device or pipe is written as it is; only a file can be replaced.
bool is_replaceable(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

Result<void> write_in_place(const std::string& path, const std::string& content) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return tl::unexpected(failure(path));
  const bool written = write_all(descriptor, content);
  if (close(descriptor) != 0 || !written) return tl::unexpected(failure(path));
  return {};
}

}  // namespace

Result<void> write_output(const std::string& path, const std::function<void(std::ostream&)>& write) {
  if (path.empty() || path == "-") return write_to_standard_output(write);
  std::ostringstream content;
  write(content);
  if (!is_replaceable(path)) return write_in_place(path, content.str());
  std::string beside = path + ".XXXXXX";
  const int descriptor = mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor < 0) return tl::unexpected(failure(path));
  if (!fill(descriptor, content.str()) || std::rename(beside.c_str(), path.c_str()) != 0) {
    const Error error = failure(path);
    unlink(beside.c_str());
    return tl::unexpected(error);
  }
  return {};
}

}  // namespace threadline::apps
