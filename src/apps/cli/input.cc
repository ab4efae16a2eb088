// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/input.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <istream>
#include <iterator>
#include <map>
#include <string_view>

#include "apps/cli/surroundings.h"

namespace threadline::apps {
namespace {

constexpr int kTickMs = 100;

bool is_handed_over(std::string_view path) {
  return path == "/dev/stdin" || path.starts_with("/dev/fd/") || path.starts_with("/proc/self/fd/");
}

bool is_null_device(const struct stat& status) {
  constexpr unsigned kMemory = 1, kNull = 3;  // Linux, Documentation/admin-guide/devices.txt
  return S_ISCHR(status.st_mode) && status.st_rdev == makedev(kMemory, kNull);
}

Error folder(const std::string& path) { return {"is a folder", path, "a file is expected here"}; }

/// Reads wait again; opening did not.
bool wait_from_here_on(int descriptor) {
  const int flags = fcntl(descriptor, F_GETFL);
  return flags >= 0 && fcntl(descriptor, F_SETFL, flags & ~O_NONBLOCK) == 0;
}

}  // namespace

Error unreadable(const std::string& path, int fault) {
  return {std::string("cannot be read: ") + std::strerror(fault), path, {}};
}

Result<int> open_file(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  struct stat status {};
  const bool is_open = descriptor >= 0 && fstat(descriptor, &status) == 0;
  const int fault = errno;
  const bool ends = is_open && (S_ISREG(status.st_mode) || is_null_device(status) || is_handed_over(path));
  if (ends && !S_ISDIR(status.st_mode) && wait_from_here_on(descriptor)) return descriptor;
  if (descriptor >= 0) close(descriptor);
  if (!is_open) return tl::unexpected(unreadable(path, fault));
  if (S_ISDIR(status.st_mode)) return tl::unexpected(folder(path));
  return tl::unexpected(Error{"is no file but a pipe, socket or device", path, "a file is expected here, or <(command)"});
}

Result<void> checked_file(const std::string& path) {
  return open_file(path).map([](int descriptor) { close(descriptor); });
}

Result<int> open_stream(const std::string& path) {
  const int descriptor = path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  struct stat status {};
  const bool is_open = descriptor >= 0 && fstat(descriptor, &status) == 0;
  const bool is_readable = is_open && (fcntl(descriptor, F_GETFL) & O_ACCMODE) != O_WRONLY;
  if (is_readable && !S_ISDIR(status.st_mode)) return descriptor;
  const Error error = !is_open ? unreadable(path, errno) : S_ISDIR(status.st_mode) ? folder(path) : unreadable(path, EBADF);
  if (descriptor > STDIN_FILENO) close(descriptor);
  return tl::unexpected(error);
}

Result<std::string> read_file(const std::string& path) {
  static std::map<std::string, std::string> handed_over;
  if (const auto known = handed_over.find(path); known != handed_over.end()) return known->second;
  const auto descriptor = open_file(path);
  if (!descriptor) return tl::unexpected(descriptor.error());
  InputBytes bytes(*descriptor);
  std::string content{std::istreambuf_iterator<char>(&bytes), {}};
  if (bytes.fault() != 0) return tl::unexpected(unreadable(path, bytes.fault()));
  if (is_handed_over(path)) handed_over.emplace(path, content);
  return content;
}

InputBytes::~InputBytes() {
  if (descriptor_ > STDIN_FILENO) close(descriptor_);
}

InputBytes::int_type InputBytes::underflow() {
  while (!is_stream_ || !is_interrupted()) {
    pollfd ready{descriptor_, POLLIN, 0};
    const int count = poll(&ready, 1, kTickMs);
    if (count == 0 || (count < 0 && errno == EINTR)) continue;
    const ssize_t got = ::read(descriptor_, block_.data(), block_.size());
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got < 0) fault_ = errno;
    if (got <= 0) break;
    setg(block_.data(), block_.data(), block_.data() + got);
    return traits_type::to_int_type(*gptr());
  }
  return traits_type::eof();
}

}  // namespace threadline::apps
