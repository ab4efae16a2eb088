// SPDX-License-Identifier: Apache-2.0
#include "evidence/folder.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "evidence/content_kind.h"
#include "evidence/emlx.h"
#include "evidence/file_bytes.h"
#include "evidence/mbox.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kHead = 64U << 10U;
constexpr std::uint64_t kEmlxExtra = 1U << 20U;  ///< room for the length line and the property list

/// What mail stores and desktops keep beside messages; lower case. Not evidence, and not worth a row.
constexpr auto kStoreFiles = std::to_array<std::string_view>({
    ".ds_store",
    "thumbs.db",
    "desktop.ini",
    "maildirfolder",
    "maildirsize",
    "subscriptions",
    "dovecot-uidlist",
    "dovecot-uidvalidity",
    "dovecot-keywords",
    "dovecot.index",
    "dovecot.index.log",
    "dovecot.index.cache",
    "dovecot.list.index",
    "dovecot.list.index.log",
    "courierimapuiddb",
    "courierimapsubscribed",
    "courierimapacl",
    "courierimaphieracl",
});

bool is_store_file(std::string_view name) {
  return std::ranges::find(kStoreFiles, std::string_view(text::ascii_lower(name))) != kStoreFiles.end();
}

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

void read_message_file(const std::string& path, std::string_view format, FileBytes& file, Reading& reading) {
  Item item{.source = path,
            .format = std::string(format),
            .bytes = file.read_at(0, reading.limits.message_bytes),
            .sha256 = {},
            .notes = {}};
  if (file.size() > reading.limits.message_bytes) item.notes.push_back(message_bytes_note());
  if (!file.problem().empty()) item.notes.push_back({"io_error", file.problem(), {}});
  reading.give(std::move(item));
}

void read_file(const std::string& path, Reading& reading) {
  FileBytes file(path);
  if (!file.is_open()) {
    reading.give_lost(path, "", "io_error", file.problem());
    return;
  }
  const auto head = file.read_at(0, kHead);
  if (head.empty()) {
    const bool failed = !file.problem().empty();
    reading.give_lost(path, "", failed ? "io_error" : "empty", file.problem());
    return;
  }
  const auto content = content_of(head, fs::path(path).filename().string());
  switch (content.kind) {
    case ContentKind::message: return read_message_file(path, content.format, file, reading);
    case ContentKind::mbox: return read_mbox(path, file, reading);
    case ContentKind::emlx: return read_emlx(path, file.read_at(0, reading.limits.message_bytes + kEmlxExtra), reading);
    case ContentKind::not_read_yet:
      reading.give_lost(path, content.format, "format_not_supported", std::string(content.format));
      return;
    case ContentKind::not_a_message:
      reading.give_lost(path, content.format, "not_a_message", std::string(content.format));
      return;
  }
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
  for (const auto& name : names) {
    if (reading.summary.stopped) return;
    if ((maildir && name == "tmp") || is_store_file(name)) continue;
    const auto path = (fs::path(folder) / name).string();
    if (fs::is_symlink(fs::symlink_status(path, problem))) {
      reading.give_lost(path, "", "io_error", "a symbolic link is not followed");
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
