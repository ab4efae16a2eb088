// SPDX-License-Identifier: Apache-2.0
#include "evidence/content.h"

#include <string_view>

#include "evidence/content_kind.h"
#include "evidence/emlx.h"
#include "evidence/mbox.h"
#include "evidence/pst.h"

namespace threadline::evidence {
namespace {

constexpr std::uint64_t kHead = 64U << 10U;
constexpr std::uint64_t kEmlxExtra = 1U << 20U;  ///< room for the length line and the property list

/// What the file or member itself is called: behind the last "/" or "!".
std::string_view own_name(std::string_view source) {
  const auto before = source.find_last_of("/!");
  return before == std::string_view::npos ? source : source.substr(before + 1);
}

void read_message(const std::string& source, std::string_view format, FileBytes& file, Reading& reading) {
  Item item{.source = source,
            .format = std::string(format),
            .bytes = file.read_at(0, reading.limits.message_bytes),
            .sha256 = {},
            .notes = {}};
  if (file.size() > reading.limits.message_bytes) item.notes.push_back(message_bytes_note());
  if (!file.problem().empty()) item.notes.push_back({"io_error", file.problem(), {}});
  reading.give(std::move(item));
}

}  // namespace

void read_content(const std::string& source, FileBytes& bytes, std::uint32_t /*depth*/, Reading& reading) {
  const auto head = bytes.read_at(0, kHead);
  if (head.empty()) {
    reading.give_lost(source, "", bytes.problem().empty() ? "empty" : "io_error", bytes.problem());
    return;
  }
  auto content = content_of(head, own_name(source));
  if (content.format == "ole" && bytes.size() > kHead)
    content = content_of(bytes.read_at(0, reading.limits.message_bytes), own_name(source));
  switch (content.kind) {
    case ContentKind::message: return read_message(source, content.format, bytes, reading);
    case ContentKind::mbox: return read_mbox(source, bytes, reading);
    case ContentKind::emlx: return read_emlx(source, bytes.read_at(0, reading.limits.message_bytes + kEmlxExtra), reading);
    case ContentKind::not_read_yet:
      if (content.format == "pst") return read_pst(source, bytes, reading);
      reading.give_lost(source, content.format, "format_not_supported", std::string(content.format));
      return;
    case ContentKind::not_a_message:
      reading.give_lost(source, content.format, "not_a_message", std::string(content.format));
      return;
  }
}

}  // namespace threadline::evidence
