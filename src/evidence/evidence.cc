// SPDX-License-Identifier: Apache-2.0
#include "evidence/evidence.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "evidence/content_kind.h"
#include "evidence/file_bytes.h"
#include "evidence/folder.h"
#include "evidence/reading.h"

namespace threadline::evidence {
namespace {

constexpr std::string_view kStandardInput = "-";
constexpr std::size_t kHead = 64U << 10U;

/// What standard input holds, told as a file's content is. Who hands over one message begins with its header, whatever its fields
/// are called.
Content content_handed_over(std::string_view bytes) {
  auto content = content_of(bytes.substr(0, kHead), "");
  if (content.format == "ole") content = content_of(bytes, "");
  const bool is_unknown = content.kind == ContentKind::not_a_message && content.format.empty();
  if (is_unknown && begins_with_field(bytes.substr(0, kHead))) content.kind = ContentKind::message;
  return content;
}

/// Mailboxes and the files of mail servers are read as one message here: what stands before its header is odd, no more.
bool is_message(ContentKind kind) {
  switch (kind) {
    case ContentKind::archive:
    case ContentKind::olm:
    case ContentKind::pst:
    case ContentKind::pasted_base64:
    case ContentKind::store_file:
    case ContentKind::not_read_yet:
    case ContentKind::not_a_message: return false;
    default: return true;
  }
}

void read_standard_input_message(Reading& reading) {
  const std::string source(kStandardInput);
  auto input = read_standard_input(reading.limits.message_bytes, reading.settings.interrupted);
  if (input.is_stopped) {
    reading.summary.stopped = true;
    return;
  }
  if (input.bytes.empty()) {
    reading.give_lost(source, "eml", input.problem.empty() ? "empty" : "io_error", std::move(input.problem));
    return;
  }
  const Content content = content_handed_over(input.bytes);
  if (!is_message(content.kind)) {
    reading.give_lost(source, content.format, "not_a_message", std::string(content.format));
    return;
  }
  Item item{.source = source, .format = "eml", .bytes = std::move(input.bytes), .sha256 = {}, .notes = {}};
  if (item.bytes.size() > reading.limits.message_bytes) {
    item.bytes.resize(reading.limits.message_bytes);
    item.notes.push_back(message_bytes_note());
  }
  if (!input.problem.empty()) item.notes.push_back({"io_error", std::move(input.problem), {}});
  reading.give(std::move(item));
}

/// Whether one of the paths is another, or lies in it, however they are typed.
bool do_overlap(const std::vector<std::string>& paths) {
  std::vector<std::string> whole;
  for (const auto& path : paths) {
    std::error_code problem;
    if (path != kStandardInput) whole.push_back(std::filesystem::canonical(path, problem).string() + "/");
  }
  std::ranges::sort(whole);  // what lies in a folder comes right behind it
  return std::ranges::adjacent_find(whole, [](const auto& one, const auto& next) { return next.starts_with(one); }) !=
         whole.end();
}

}  // namespace

Result<Summary> read_evidence(const std::vector<std::string>& paths, const Settings& settings, const Sink& sink) {
  for (const auto& path : paths) {
    std::error_code problem;
    if (path == kStandardInput || std::filesystem::exists(path, problem)) continue;
    return tl::unexpected(Error{.what = problem ? problem.message() : "no such file or folder", .file = path, .hint = {}});
  }
  Reading reading(settings, sink);
  if (do_overlap(paths)) reading.met.emplace();
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
