// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>

namespace threadline::apps {
namespace {

Error failure(const std::string& path) { return {std::string("could not be written: ") + std::strerror(errno), path, {}}; }

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

/// Gives the file its mode and puts it on the disk.
bool settle(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool settled = fchmod(descriptor, new_file_mode()) == 0 && fsync(descriptor) == 0;
  return (close(descriptor) == 0) && settled;
}

/// A device or pipe is written as it is; only a file can be replaced.
bool is_replaceable(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) != 0 || S_ISREG(status.st_mode);
}

Result<void> write_stream(const std::string& path, const std::function<void(std::ostream&)>& write) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  if (out) write(out);
  out.close();
  if (!out) return tl::unexpected(failure(path));
  return {};
}

}  // namespace

Result<void> replace_output(const std::string& path, const std::function<Result<void>(const std::string&)>& write) {
  std::string beside = path + ".XXXXXX";
  const int descriptor = mkostemp(beside.data(), O_CLOEXEC);
  if (descriptor < 0 || close(descriptor) != 0) return tl::unexpected(failure(path));
  auto written = write(beside);
  if (written && (!settle(beside) || std::rename(beside.c_str(), path.c_str()) != 0)) written = tl::unexpected(failure(path));
  if (written) return {};
  unlink(beside.c_str());
  return tl::unexpected(Error{written.error().what, path, written.error().hint});
}

Result<void> write_output(const std::string& path, const std::function<void(std::ostream&)>& write) {
  if (path.empty() || path == "-") return write_to_standard_output(write);
  if (!is_replaceable(path)) return write_stream(path, write);
  return replace_output(path, [&](const std::string& beside) { return write_stream(beside, write); });
}

}  // namespace threadline::apps
