// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "base/pipe.h"

namespace threadline::timeline::journal {
namespace {

constexpr mode_t kReadOnly = 0444;

}  // namespace

Error failure(const std::string& what, const std::string& path) { return {what + ": " + std::strerror(errno), path, {}}; }

void sync_folder(const std::string& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.is_open()) ::fsync(descriptor.number());
}

Result<void> make_folder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return tl::unexpected(Error{"the folder cannot be made: " + error.message(), folder, {}});
  return {};
}

Result<void> file_away(const std::string& path, std::string_view bytes) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  if (const auto made = make_folder(folder); !made) return made;
  if (std::filesystem::exists(path)) return {};
  std::string beside = path + ".XXXXXX";
  const Descriptor descriptor(::mkostemp(beside.data(), O_CLOEXEC));
  if (!descriptor.is_open()) return tl::unexpected(failure("cannot be written", path));
  const bool is_written = write_exactly(descriptor.number(), bytes) && ::fchmod(descriptor.number(), kReadOnly) == 0 &&
                          ::fsync(descriptor.number()) == 0 && std::rename(beside.c_str(), path.c_str()) == 0;
  if (!is_written) {
    const Error error = failure("cannot be written", path);
    ::unlink(beside.c_str());
    return tl::unexpected(error);
  }
  sync_folder(folder);
  return {};
}

}  // namespace threadline::timeline::journal
