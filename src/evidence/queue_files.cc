// SPDX-License-Identifier: Apache-2.0
#include "evidence/queue_files.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "evidence/bsmtp.h"
#include "evidence/exim_spool.h"
#include "evidence/postcat.h"
#include "evidence/postfix_queue.h"
#include "evidence/sendmail_queue.h"

namespace threadline::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kHead = 4U << 10U;
constexpr std::uint64_t kEnvelopeExtra = 16U << 20U;  ///< room for envelope records around a message

/// The bytes of a regular file (no symbolic link); nothing where there is none.
std::optional<std::string> bytes_of(const fs::path& path, std::uint64_t most) {
  std::error_code problem;
  if (!fs::is_regular_file(fs::symlink_status(path, problem))) return std::nullopt;
  FileBytes file(path.string());
  return file.is_open() ? std::optional(file.read_at(0, most)) : std::nullopt;
}

/// ".../1abCde-000000-AB-H" -> the same with "-D".
fs::path exim_other(const std::string& path, std::string_view letter) {
  return path.substr(0, path.size() - std::min<std::size_t>(1, path.size())) + std::string(letter);
}

/// ".../qfu123" -> ".../dfu123".
fs::path sendmail_other(const std::string& path, std::string_view letter) {
  const fs::path own(path);
  auto name = own.filename().string();
  if (!name.empty()) name.replace(0, 1, letter);
  return own.parent_path() / name;
}

/// A queue file is named by the message's id ("9C1AB100", "4Bf6Xc2Vz9z1J").
std::string queue_id_in(const std::string& source) {
  auto name = source.substr(source.find_last_of("/!") + 1);
  const bool is_id =
      name.size() >= 6 &&
      name.find_first_not_of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") == std::string::npos;
  return is_id ? name : std::string();
}

void give(Item item, const std::string& source, const FileBytes& bytes, Reading& reading) {
  item.source = source + item.source;  // "#offset" of one of several
  if (!bytes.problem().empty()) item.notes.push_back({"io_error", bytes.problem(), {}});
  reading.give(std::move(item));
}

void give_all(std::vector<Item> items, const std::string& source, const FileBytes& bytes, Reading& reading) {
  if (items.size() == 1) items.front().source.clear();
  for (auto& item : items) give(std::move(item), source, bytes, reading);
}

void read_exim_header(const std::string& source, FileBytes& bytes, bool on_disk, Reading& reading) {
  const auto most = reading.limits.message_bytes + kEnvelopeExtra;
  const auto body = on_disk && source.ends_with('H') ? bytes_of(exim_other(source, "D"), most) : std::nullopt;
  give(exim_message(bytes.read_at(0, most), body, reading.limits), source, bytes, reading);
}

void read_exim_data(const std::string& source, FileBytes& bytes, bool on_disk, Reading& reading) {
  const auto header = on_disk && source.ends_with('D') ? bytes_of(exim_other(source, "H"), kHead) : std::nullopt;
  if (header && is_exim_header(*header)) return;
  give(exim_body(bytes.read_at(0, reading.limits.message_bytes + kHead), reading.limits), source, bytes, reading);
}

void read_sendmail(const std::string& source, FileBytes& bytes, bool on_disk, Reading& reading) {
  const auto most = reading.limits.message_bytes + kEnvelopeExtra;
  const auto body = on_disk ? bytes_of(sendmail_other(source, "d"), most) : std::nullopt;
  Item item = sendmail_message(bytes.read_at(0, most), body, reading.limits);
  item.envelope->queue_id = queue_id_in(source);
  give(std::move(item), source, bytes, reading);
}

void read_postfix(const std::string& source, FileBytes& bytes, Reading& reading) {
  Item item = postfix_queue_message(bytes.read_at(0, reading.limits.message_bytes + kEnvelopeExtra), reading.limits);
  item.envelope->queue_id = queue_id_in(source);
  give(std::move(item), source, bytes, reading);
}

}  // namespace

void read_queue_file(const std::string& source, const Content& content, FileBytes& bytes, bool on_disk, Reading& reading) {
  const auto all = [&] { return bytes.read_at(0, reading.limits.message_bytes + kEnvelopeExtra); };
  switch (content.kind) {
    case ContentKind::postfix_queue: return read_postfix(source, bytes, reading);
    case ContentKind::postcat: return give_all(postcat_messages(all(), reading.limits), source, bytes, reading);
    case ContentKind::exim_header: return read_exim_header(source, bytes, on_disk, reading);
    case ContentKind::exim_data: return read_exim_data(source, bytes, on_disk, reading);
    case ContentKind::sendmail_queue: return read_sendmail(source, bytes, on_disk, reading);
    case ContentKind::bsmtp: return give_all(bsmtp_messages(all(), reading.limits), source, bytes, reading);
    default: return;
  }
}

bool is_sendmail_data(const std::string& path) {
  if (!fs::path(path).filename().string().starts_with("df")) return false;
  const auto control = bytes_of(sendmail_other(path, "q"), kHead);
  return control && is_sendmail_queue(*control);
}

}  // namespace threadline::evidence
