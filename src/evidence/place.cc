// SPDX-License-Identifier: Apache-2.0
#include "evidence/place.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include "base/sha256.h"
#include "base/signature.h"
#include "evidence/file_bytes.h"

namespace threadline::evidence {
namespace {

namespace fs = std::filesystem;

/// Empty where the file cannot be read.
std::string digest_of(const std::string& path) {
  constexpr std::uint64_t kPiece = 1U << 20U;
  FileBytes file(path);
  if (!file.is_open()) return {};
  Digest digest(DigestKind::sha256);
  for (std::uint64_t at = 0; at < file.size() && file.problem().empty(); at += kPiece) digest.add(file.read_at(at, kPiece));
  return file.problem().empty() ? sha256_hex(digest.finish()) : std::string();
}

/// The same; an archive of which many members cannot be read is read once.
const std::string& kept_digest_of(const std::string& path) {
  struct Kept {
    std::string path, digest;
    std::uintmax_t size = 0;
    fs::file_time_type time;
  };
  thread_local Kept kept;
  std::error_code problem;
  Kept now{.path = path, .digest = {}, .size = fs::file_size(path, problem), .time = fs::last_write_time(path, problem)};
  if (problem || now.path != kept.path || now.size != kept.size || now.time != kept.time) {
    now.digest = digest_of(path);
    kept = std::move(now);
  }
  return kept.digest;
}

bool is_file(const std::string& path) {
  std::error_code problem;
  return fs::is_regular_file(path, problem);
}

/// Where the file's path ends in "path!member" or "path#offset"; a "!" or "#" may be in names, too. npos: no file is meant.
std::size_t path_end(const std::string& source) {
  if (is_file(source)) return source.size();
  for (auto at = source.find_last_of("!#"); at != std::string::npos && at > 0; at = source.find_last_of("!#", at - 1)) {
    if (is_file(source.substr(0, at))) return at;
  }
  return std::string::npos;
}

/// The path without links, "." and ".." before its own name.
std::string whole_path(const std::string& source) {
  std::error_code problem;
  const fs::path path = fs::absolute(source, problem).lexically_normal();
  const fs::path named = path.has_filename() ? path : path.parent_path();
  const fs::path folder = fs::weakly_canonical(named.parent_path(), problem);
  return problem ? named.string() : (folder / named.filename()).string();
}

/// The file's name in its folder's: two empty files of one export are two places, for each shard that reads one of them.
std::string last_names(const std::string& file) {
  const fs::path path = whole_path(file);
  return (path.parent_path().filename() / path.filename()).string();
}

}  // namespace

std::string place_of(const std::string& source) {
  std::error_code problem;
  if (source.empty() || source == "-") return source;
  if (fs::is_symlink(source, problem)) return whole_path(source);
  const std::size_t end = path_end(source);
  if (end == std::string::npos) return whole_path(source);
  const std::string file = source.substr(0, end), digest = kept_digest_of(file);
  return digest.empty() ? whole_path(source) : digest + " " + last_names(file) + source.substr(end);
}

}  // namespace threadline::evidence
