// SPDX-License-Identifier: Apache-2.0
#include "base/scratch_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace threadline::inline base {
namespace {

constexpr std::size_t kWaiting = 256U << 10U;  ///< bytes that are written at once

}  // namespace

/// Not every file system makes a file without a name at once (O_TMPFILE): there it has one for an instant.
Descriptor open_nameless(const std::string& folder) {
  Descriptor made(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (made.is_open()) return made;
  std::string name = folder + "/threadline-XXXXXX";
  Descriptor named(::mkostemp(name.data(), O_CLOEXEC));
  if (named.is_open()) ::unlink(name.c_str());
  return named;
}

ScratchFile ScratchFile::named(const std::string& path) {
  ScratchFile file{std::string{}};
  file.path_ = path;
  file.descriptor_ = Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  struct stat status {};
  if (!file.descriptor_.is_open() || fstat(file.descriptor_.number(), &status) != 0)
    file.fail({std::strerror(errno), path, {}});
  else
    file.written_ = static_cast<std::uint64_t>(status.st_size);
  return file;
}

ScratchFile::~ScratchFile() {
  if (descriptor_.is_open()) flush();
}

void ScratchFile::fail(Error error) {
  if (!failure_) failure_ = std::move(error);
}

std::uint64_t ScratchFile::append(std::string_view bytes) {
  const std::uint64_t at = size();
  waiting_ += bytes;
  if (waiting_.size() >= kWaiting) flush();
  return at;
}

void ScratchFile::flush() {
  const std::string bytes = std::exchange(waiting_, {});
  if (!bytes.empty()) write(bytes);
}

void ScratchFile::write(std::string_view bytes) {
  if (!descriptor_.is_open() && !failure_) descriptor_ = open_nameless(folder_);
  while (!bytes.empty() && !failure_) {
    const ssize_t put = ::pwrite(descriptor_.number(), bytes.data(), bytes.size(), static_cast<off_t>(written_));
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) {
      fail({std::string("cannot be written: ") + std::strerror(put < 0 ? errno : EIO), place(),
            path_.empty() ? "free some space there, or name another folder with TMPDIR" : "free some space there"});
      return;
    }
    written_ += static_cast<std::uint64_t>(put);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
}

std::string ScratchFile::read(std::uint64_t offset, std::uint64_t length) {
  if (offset + length > written_) flush();
  if (failure_) return {};
  auto bytes = read_flushed(offset, length);
  if (!bytes) fail({std::string("cannot be read: ") + std::strerror(errno), place(), {}});
  return bytes ? *std::move(bytes) : std::string{};
}

std::optional<std::string> ScratchFile::read_flushed(std::uint64_t offset, std::uint64_t length) const {
  std::string bytes(length, '\0');
  std::size_t got = 0;
  while (got < length) {
    const ssize_t more = ::pread(descriptor_.number(), bytes.data() + got, length - got, static_cast<off_t>(offset + got));
    if (more < 0 && errno == EINTR) continue;
    if (more < 0) return std::nullopt;
    if (more == 0) break;
    got += static_cast<std::size_t>(more);
  }
  bytes.resize(got);
  return bytes;
}

/// Not one that its last owner took away from its name in between.
bool ScratchFile::lock() {
  if (::flock(descriptor_.number(), LOCK_EX | LOCK_NB) != 0) return false;
  struct stat named {};
  struct stat opened {};
  return ::fstat(descriptor_.number(), &opened) == 0 && ::stat(path_.c_str(), &named) == 0 && named.st_ino == opened.st_ino &&
         named.st_dev == opened.st_dev;
}

void ScratchFile::cut(std::uint64_t size) {
  flush();
  if (descriptor_.is_open() && ::ftruncate(descriptor_.number(), static_cast<off_t>(size)) != 0)
    fail({std::string("cannot be cut: ") + std::strerror(errno), place(), {}});
  written_ = size;
}

}  // namespace threadline::inline base
