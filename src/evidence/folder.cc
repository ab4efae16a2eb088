// SPDX-License-Identifier: Apache-2.0
#include "evidence/folder.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include "evidence/content.h"
#include "evidence/emlx.h"
#include "evidence/file_bytes.h"
#include "evidence/own_work.h"
#include "evidence/queue_files.h"
#include "evidence/store_files.h"

namespace threadline::evidence {
namespace {

namespace fs = std::filesystem;

/// Names in byte order. Nothing when the folder cannot be listed.
std::vector<std::string> names_in(const std::string& folder, std::error_code& problem) {
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
    names.push_back(entry->path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

bool is_maildir(const std::vector<std::string>& names) {
  const auto has = [&names](std::string_view name) { return std::ranges::binary_search(names, name); };
  return has("cur") && has("new");
}

/// The names in a folder that are the program's own.
std::vector<std::string> own_names(const std::string& folder, const Settings& settings) {
  std::vector<std::string> names;
  if (settings.own_files.empty()) return names;
  std::error_code problem;
  const fs::path whole = fs::canonical(folder, problem);
  for (const fs::path own : settings.own_files) {
    if (own.parent_path() == whole) names.push_back(own.filename().string());
  }
  return names;
}

bool is_own_work(const fs::path& path, std::string_view code) {
  constexpr std::uint64_t kHead = 64U << 10U;
  return own_work(FileBytes(path.string()).read_at(0, kHead)) == code;
}

/// What lies beside a memory while it is open, and what a case keeps beside its journal (docs/journal.md). Their rows are those
/// of the memory and of the journal.
bool is_beside_own_work(const fs::path& folder, const std::string& name) {
  for (const std::string_view beside : {"-wal", "-shm"}) {
    if (name.ends_with(beside) && is_own_work(folder / name.substr(0, name.size() - beside.size()), "own_memory")) return true;
  }
  const auto kept_in = folder.filename();
  const bool is_kept = (kept_in == "timestamps" && name.ends_with(".tsr")) || (kept_in == "torn" && name.ends_with(".bin"));
  return is_kept && is_own_work(folder.parent_path() / "journal.jsonl", "own_case");
}

/// Whether that file, or that link where it is not followed, was read by another of the given paths.
bool is_met_again(const fs::path& path, Reading& reading, bool is_followed = true) {
  if (!reading.met) return false;
  std::error_code problem;
  const fs::path parent = path.has_parent_path() ? path.parent_path() : fs::path(".");
  const fs::path whole = is_followed ? fs::canonical(path, problem) : fs::canonical(parent, problem) / path.filename();
  return !problem && !reading.met->insert(whole.string()).second;
}

void read_file(const std::string& path, Reading& reading) {
  if (is_met_again(path, reading)) return;
  FileBytes file(path);
  if (file.is_open()) return read_content(path, file, 0, reading);
  reading.give_lost(path, "", "io_error", file.problem());
}

void read_folder(const std::string& folder, std::uint32_t depth, Reading& reading) {
  if (depth >= reading.limits.folder_depth) {
    reading.give_lost(folder, "", "limit", "folder_depth: the folder is not read");
    return;
  }
  std::error_code problem;
  const auto names = names_in(folder, problem);
  if (problem && !reading.give_lost(folder, "", "io_error", problem.message())) return;
  const bool maildir = is_maildir(names);
  const auto own = own_names(folder, reading.settings);
  for (const auto& name : names) {
    if (reading.summary.stopped) return;
    if ((maildir && name == "tmp") || is_store_file(name) || std::ranges::find(own, name) != own.end()) continue;
    const auto path = (fs::path(folder) / name).string();
    if (is_sendmail_data(path) || is_attachments_of_partial(path)) continue;  // read with the file that they belong to
    if (is_beside_own_work(folder, name)) continue;
    if (fs::is_symlink(fs::symlink_status(path, problem))) {
      if (!is_met_again(path, reading, false)) reading.give_lost(path, "", "io_error", "a symbolic link is not followed");
    } else {
      read_path(path, depth + 1, reading);
    }
  }
}

}  // namespace

void read_path(const std::string& path, std::uint32_t depth, Reading& reading) {
  std::error_code problem;
  const auto status = fs::status(path, problem);
  if (fs::is_directory(status)) return read_folder(path, depth, reading);
  if (fs::is_regular_file(status)) return read_file(path, reading);
  reading.give_lost(path, "", "io_error", problem ? problem.message() : "neither a file nor a folder");
}

}  // namespace threadline::evidence
