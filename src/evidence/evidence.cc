// SPDX-License-Identifier: Apache-2.0
#include "evidence/evidence.h"

#include <filesystem>
#include <system_error>

#include "evidence/file_bytes.h"
#include "evidence/folder.h"
#include "evidence/reading.h"

namespace threadline::evidence {
namespace {

constexpr std::string_view kStandardInput = "-";

void read_standard_input_message(Reading& reading) {
  Item item{.source = std::string(kStandardInput),
            .format = "eml",
            .bytes = read_standard_input(reading.limits.message_bytes),
            .sha256 = {},
            .notes = {}};
  if (item.bytes.size() > reading.limits.message_bytes) {
    item.bytes.resize(reading.limits.message_bytes);
    item.notes.push_back(message_bytes_note());
  }
  if (item.bytes.empty()) item.notes.push_back({"empty", "", {}});
  reading.give(std::move(item));
}

}  // namespace

Result<Summary> read_evidence(const std::vector<std::string>& paths, const Settings& settings, const Sink& sink) {
  for (const auto& path : paths) {
    std::error_code problem;
    if (path == kStandardInput || std::filesystem::exists(path, problem)) continue;
    return tl::unexpected(Error{.what = problem ? problem.message() : "no such file or folder", .file = path, .hint = {}});
  }
  Reading reading(settings, sink);
  for (const auto& path : paths) {
    if (reading.summary.stopped) break;
    if (path == kStandardInput) {
      read_standard_input_message(reading);
    } else {
      read_path(path, 0, reading);
    }
  }
  return reading.summary;
}

}  // namespace threadline::evidence
