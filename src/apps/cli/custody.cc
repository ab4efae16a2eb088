// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/custody.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

#include "base/sha256.h"

namespace threadline::apps {
namespace {

namespace fs = std::filesystem;

timeline::EvidenceFile digested(const std::string& path, const std::string& custody) {
  timeline::EvidenceFile file{path, 0, {}, custody, 0};
  std::ifstream in(path, std::ios::binary);
  if (!in) return file;
  Sha256 digest;
  std::array<char, 65'536> block{};
  while (in.read(block.data(), block.size()) || in.gcount() > 0) {
    digest.add({block.data(), static_cast<std::size_t>(in.gcount())});
    file.size += static_cast<std::uint64_t>(in.gcount());
  }
  if (!in.bad()) file.sha256 = digest.hex();
  return file;
}

std::vector<std::string> files_below(const std::string& path) {
  std::error_code error;
  if (fs::is_regular_file(path, error)) return {path};
  std::vector<std::string> files;
  fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    std::error_code unreadable;
    if (at->is_regular_file(unreadable)) files.push_back(at->path().string());
  }
  std::ranges::sort(files);
  return files;
}

}  // namespace

std::vector<timeline::EvidenceFile> files_as_received(const std::vector<std::string>& paths, const std::string& custody) {
  std::vector<timeline::EvidenceFile> files;
  for (const std::string& path : paths) {
    if (path == "-") continue;
    for (const std::string& file : files_below(path)) files.push_back(digested(file, custody));
  }
  return files;
}

}  // namespace threadline::apps
