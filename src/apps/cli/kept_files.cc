// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/kept_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iterator>

#include "timeline/journal/journal.h"

namespace threadline::apps {
namespace {

namespace fs = std::filesystem;

/// Which file a name leads to.
struct Identity {
  dev_t device = 0;
  ino_t number = 0;
  nlink_t names = 0;
  bool exists = false, is_regular = false;

  bool operator==(const Identity& other) const {
    return exists && other.exists && device == other.device && number == other.number;
  }
};

Identity identity_in(const struct stat& status) {
  return {status.st_dev, status.st_ino, status.st_nlink, true, S_ISREG(status.st_mode)};
}

/// The name with links followed as far as it exists.
fs::path whole_name(const std::string& path) {
  std::error_code problem;
  fs::path whole = fs::weakly_canonical(fs::absolute(path, problem), problem);
  return problem ? fs::path(path).lexically_normal() : whole;
}

Identity identity_of(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? identity_in(status) : Identity{};
}

Identity identity_of_standard_input() {
  struct stat status {};
  return fstat(STDIN_FILENO, &status) == 0 ? identity_in(status) : Identity{};
}

/// Whether a name lies below a folder, both whole.
bool is_below(const fs::path& path, const fs::path& folder) {
  const auto [in_folder, in_path] = std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return in_folder == folder.end() && in_path != path.end();
}

/// Whether a file that has another name is one below the folder.
bool is_linked_below(const Identity& written, const std::string& folder) {
  std::error_code problem;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, problem);
  for (; !problem && at != fs::recursive_directory_iterator(); at.increment(problem)) {
    if (identity_of(at->path().string()) == written) return true;
  }
  return false;
}

}  // namespace

KeptFiles& KeptFiles::file(const std::string& path) {
  if (!path.empty()) files_.push_back(path);
  return *this;
}

KeptFiles& KeptFiles::evidence(const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    std::error_code problem;
    if (path == "-")
      is_standard_input_read_ = true;
    else if (!path.empty())
      (fs::is_directory(path, problem) ? folders_ : files_).push_back(path);
  }
  return *this;
}

KeptFiles& KeptFiles::store(const std::string& path) {
  if (path.empty() || path.find("://") != std::string::npos) return *this;
  for (const char* beside : {"", "-wal", "-shm", "-journal", ".unfinished"}) files_.push_back(path + beside);
  return *this;
}

KeptFiles& KeptFiles::case_folder(const std::string& folder) {
  if (folder.empty()) return *this;
  for (const char* kept : {"/evidence", "/timestamps"}) folders_.push_back(folder + kept);
  return store(folder + "/learnt.memory").file(folder + "/unfinished").file(timeline::journal::journal_path(folder));
}

KeptFiles& KeptFiles::options(const EvidenceOptions& options) {
  evidence(options.paths).file(options.policy).file(options.password_file).file(options.dkim_keys);
  for (const auto* paths : {&options.log_mappings, &options.mmdb}) files_.insert(files_.end(), paths->begin(), paths->end());
  return *this;
}

std::vector<std::string> KeptFiles::whole_names() const {
  std::vector<std::string> names;
  for (const auto* paths : {&files_, &folders_})
    std::ranges::transform(*paths, std::back_inserter(names), [](const std::string& path) { return whole_name(path).string(); });
  return names;
}

Result<void> KeptFiles::spared_by(const std::string& written) const {
  if (written.empty() || written == "-") return {};
  const Identity there = identity_of(written);
  if (there.exists && !there.is_regular) return {};
  const Error refused{"is read or kept by this command: nothing is written over it", written, "name another file"};
  const fs::path name = whole_name(written);
  for (const std::string& path : files_) {
    if (whole_name(path) == name || identity_of(path) == there) return tl::unexpected(refused);
  }
  if (!there.exists) return {};  // a new file in a folder takes nobody's place
  for (const std::string& folder : folders_) {
    if (is_below(name, whole_name(folder)) || (there.names > 1 && is_linked_below(there, folder))) return tl::unexpected(refused);
  }
  if (is_standard_input_read_ && identity_of_standard_input() == there) return tl::unexpected(refused);
  return {};
}

}  // namespace threadline::apps
