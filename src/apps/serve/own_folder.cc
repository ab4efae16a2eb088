// SPDX-License-Identifier: Apache-2.0
#include "apps/serve/own_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "base/descriptor.h"

namespace threadline::apps::serve {
namespace {

constexpr std::string_view kPrefix = "threadline-serve-";
constexpr const char* kLock = "lock";
constexpr unsigned kDeepest = 16;           ///< folders in folders: the program makes three
constexpr std::time_t kJustMade = 60 * 60;  ///< seconds in which a folder without a lock may be another start's

int open_folder(int below, const char* name) { return openat(below, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); }

std::vector<std::string> names_in(int folder) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(fdopendir(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)), closedir);
  if (!entries) return names;
  while (const dirent* entry = readdir(entries.get())) {
    const std::string_view name(entry->d_name);
    if (name != "." && name != "..") names.emplace_back(name);
  }
  return names;
}

void remove_content(int folder, unsigned depth) {
  for (const std::string& name : names_in(folder)) {
    if (unlinkat(folder, name.c_str(), 0) == 0 || depth == kDeepest) continue;
    const Descriptor below(open_folder(folder, name.c_str()));
    if (!below.is_open()) continue;
    remove_content(below.number(), depth + 1);
    unlinkat(folder, name.c_str(), AT_REMOVEDIR);
  }
}

bool is_own(const struct stat& status, mode_t mode) { return status.st_uid == geteuid() && (status.st_mode & 07777U) == mode; }

/// Whether no process holds the folder any more; then `lock` keeps others from removing it, too.
bool is_left(const Descriptor& lock, const struct stat& folder) {
  struct stat status {};
  if (!lock.is_open()) return std::time(nullptr) - folder.st_mtime > kJustMade;
  return fstat(lock.number(), &status) == 0 && S_ISREG(status.st_mode) && is_own(status, 0600) &&
         flock(lock.number(), LOCK_EX | LOCK_NB) == 0;
}

}  // namespace

OwnFolder::OwnFolder(const std::string& parent) : path_(parent + "/" + std::string(kPrefix) + "XXXXXX") {
  if (mkdtemp(path_.data()) == nullptr) {
    path_.clear();
    return;
  }
  lock_ = open((path_ + "/" + kLock).c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (lock_ >= 0) flock(lock_, LOCK_EX | LOCK_NB);
}

OwnFolder::~OwnFolder() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  if (lock_ >= 0) close(lock_);
}

void remove_stale_folders(const std::string& parent) {
  const Descriptor all(open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!all.is_open()) return;
  for (const std::string& name : names_in(all.number())) {
    if (!name.starts_with(kPrefix)) continue;
    const Descriptor folder(open_folder(all.number(), name.c_str()));
    struct stat status {};
    if (!folder.is_open() || fstat(folder.number(), &status) != 0 || !is_own(status, 0700)) continue;
    const Descriptor lock(openat(folder.number(), kLock, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    if (!is_left(lock, status)) continue;
    remove_content(folder.number(), 0);
    unlinkat(all.number(), name.c_str(), AT_REMOVEDIR);
  }
}

}  // namespace threadline::apps::serve
