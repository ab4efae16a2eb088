// SPDX-License-Identifier: Apache-2.0
#include "evidence/content.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "base/little_endian.h"
#include "evidence/archived.h"
#include "evidence/content_kind.h"
#include "evidence/emlx.h"
#include "evidence/export_report.h"
#include "evidence/lines.h"
#include "evidence/mailbox_fields.h"
#include "evidence/mbox.h"
#include "evidence/mmdf.h"
#include "evidence/olm_archive.h"
#include "evidence/own_work.h"
#include "evidence/pasted_base64.h"
#include "evidence/pst.h"
#include "evidence/queue_files.h"
#include "text/base64.h"
#include "text/fold.h"

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
            .notes = std::exchange(reading.member_notes, {})};
  if (file.size() > reading.limits.message_bytes) item.notes.push_back(message_bytes_note());
  if (!file.problem().empty()) item.notes.push_back({"io_error", file.problem(), {}});
  if (format == "eml") read_mailbox_fields(item);
  reading.give(std::move(item));
}

/// What is left when base64 text is decoded; where something else stands after its beginning, there is none.
void read_pasted(const std::string& source, FileBytes& file, std::uint32_t depth, Reading& reading) {
  const auto most = reading.limits.message_bytes / 3 * 4;
  const auto text = file.read_at(0, most);
  const auto base64 = base64_text(text);
  if (base64.empty() || depth >= reading.limits.archive_depth) {
    reading.give_lost(source, "", "not_a_message", "base64 text with something else in it");
    return;
  }
  auto decoded = text::decode_base64(base64);
  const auto content = content_of(std::string_view(decoded).substr(0, kHead), "");
  if (content.kind != ContentKind::message) {
    auto container = FileBytes::in_memory(std::move(decoded));
    return read_content(source, container, depth + 1, reading);
  }
  Item item{.source = source, .format = std::string(content.format), .bytes = std::move(decoded), .sha256 = {}, .notes = {}};
  item.notes.push_back({"pasted_base64", "", {}});
  if (file.size() > most) item.notes.push_back(message_bytes_note());
  reading.give(std::move(item));
}

/// Compound files that office programs and others write; lower case.
constexpr auto kOtherCompound = std::to_array<std::string_view>(
    {".doc", ".dot", ".xls", ".xlt", ".xla", ".ppt", ".pot", ".pps", ".vsd", ".pub", ".mpp", ".msi", ".msp", ".db", ".wps"});

/// A compound file whose directory, which says what it is, stands behind its end: it may have been a message, unless its name
/// says otherwise. Source: MS-CFB section 2.2 (Sector Shift, First Directory Sector Location).
bool may_be_cut_message(std::string_view name, FileBytes& file) {
  constexpr std::uint64_t kHeader = 512, kEntry = 128;
  constexpr std::size_t kShiftAt = 30, kDirectoryAt = 48;
  const auto header = file.read_at(0, kHeader);
  const auto lower = text::ascii_lower(name);
  if (std::ranges::any_of(kOtherCompound, [&](std::string_view ending) { return lower.ends_with(ending); })) return false;
  const unsigned shift = number_at<std::uint16_t>(header, kShiftAt).value_or(0);
  if (shift != 9 && shift != 12) return false;
  const auto directory = (std::uint64_t{number_at<std::uint32_t>(header, kDirectoryAt).value_or(0)} + 1) << shift;
  return directory + kEntry > file.size();
}

/// A file that reads as a message. A mailbox whose first line is damaged, or that was cut within a header field, does so, too:
/// what stands before its first "From " line is a message of its own then. A file that begins with a field is one message,
/// whatever its body shows: else a sender could put messages of others into the evidence.
void read_message_or_mailbox(const std::string& source, FileBytes& file, Reading& reading) {
  const std::string head = file.read_at(0, kHead);
  const bool is_message = begins_with_field(std::string_view(head).substr(0, head.find('\0')));
  const auto begin = is_message ? std::nullopt : first_from_line(file, reading.limits);
  if (!begin || *begin == 0) return read_message(source, "eml", file, reading);
  Item item{.source = source + "#0",
            .format = "mbox",
            .bytes = file.read_at(0, std::min(*begin, reading.limits.message_bytes)),
            .sha256 = {},
            .notes = std::exchange(reading.member_notes, {})};
  item.notes.push_back({"truncated", "its beginning is missing or damaged", {}});
  if (!reading.give(std::move(item))) return;
  read_mbox(source, file, reading, *begin);
}

void give_no_message(const std::string& source, std::string_view format, FileBytes& file, Reading& reading) {
  const auto begin = format.empty() ? first_from_line(file, reading.limits) : std::nullopt;
  if (begin) return read_mbox(source, file, reading, *begin);
  if (format == "ole" && may_be_cut_message(own_name(source), file))
    return static_cast<void>(reading.give_lost(source, format, "truncated", "compound file: the directory is missing"));
  auto report = export_report(file.read_at(0, kHead), own_name(source));
  const std::string_view code = report.empty() ? "not_a_message" : "export_report";
  reading.give_lost(source, format, code, report.empty() ? std::string(format) : std::move(report));
}

void read_as(const Content& content, const std::string& source, FileBytes& bytes, std::uint32_t depth, Reading& reading) {
  switch (content.kind) {
    case ContentKind::message:
      return content.format == "eml" ? read_message_or_mailbox(source, bytes, reading)
                                     : read_message(source, content.format, bytes, reading);
    case ContentKind::mbox: return read_mbox(source, bytes, reading);
    case ContentKind::mmdf: return read_mmdf(source, bytes, reading);
    case ContentKind::emlx:
      return read_emlx(source, bytes.read_at(0, reading.limits.message_bytes + kEmlxExtra), depth == 0, reading);
    case ContentKind::postfix_queue:
    case ContentKind::postcat:
    case ContentKind::exim_header:
    case ContentKind::exim_data:
    case ContentKind::sendmail_queue:
    case ContentKind::bsmtp: return read_queue_file(source, content, bytes, depth == 0, reading);
    case ContentKind::pasted_base64: return read_pasted(source, bytes, depth, reading);
    case ContentKind::store_file: return;
    case ContentKind::archive: return read_archived(source, content.format, bytes, depth, reading);
    case ContentKind::olm: return read_olm(source, bytes, depth, reading);
    case ContentKind::pst: return read_pst(source, bytes, reading);
    case ContentKind::not_read_yet:
      reading.give_lost(source, content.format, "format_not_supported",
                        std::string(content.hint.empty() ? content.format : content.hint));
      return;
    case ContentKind::not_a_message: return give_no_message(source, content.format, bytes, reading);
  }
}

bool is_container(ContentKind kind) {
  return kind == ContentKind::mbox || kind == ContentKind::mmdf || kind == ContentKind::archive || kind == ContentKind::olm ||
         kind == ContentKind::pst;
}

}  // namespace

void read_content(const std::string& source, FileBytes& bytes, std::uint32_t depth, Reading& reading) {
  const auto head = bytes.read_at(0, kHead);
  if (head.empty()) {
    reading.give_lost(source, "", bytes.problem().empty() ? "empty" : "io_error", bytes.problem());
    return;
  }
  if (const auto own = own_work(head); !own.empty()) {
    reading.give_lost(source, "", own, "");
    return;
  }
  if (reading.settings.taken && reading.settings.taken(source, head, bytes)) {
    ++reading.summary.taken;
    return;
  }
  auto content = content_of(head, own_name(source));
  if (content.format == "ole" && bytes.size() > kHead)
    content = content_of(bytes.read_at(0, reading.limits.message_bytes), own_name(source));
  const auto given = reading.summary.items + reading.summary.taken;
  read_as(content, source, bytes, depth, reading);
  if (is_container(content.kind) && reading.summary.items + reading.summary.taken == given && !reading.summary.stopped)
    reading.give_lost(source, content.format, "no_messages", std::string(content.format));
}

}  // namespace threadline::evidence
