// SPDX-License-Identifier: Apache-2.0
#include "evidence/emlx.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "evidence/file_bytes.h"
#include "evidence/item_bytes.h"
#include "evidence/stripped_parts.h"
#include "text/xml.h"

namespace threadline::evidence {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kListBegin = "<?xml";
constexpr std::string_view kPartial = ".partial.emlx";
constexpr std::uint64_t kDeleted = 1U << 1U;

struct Flag {
  std::uint64_t bit;
  std::string_view word;
};

constexpr auto kFlags = std::to_array<Flag>({
    {1U << 0U, "read"},
    {kDeleted, "deleted"},
    {1U << 2U, "answered"},
    {1U << 3U, "encrypted"},
    {1U << 4U, "flagged"},
    {1U << 6U, "draft"},
    {1U << 8U, "forwarded"},
    {1U << 9U, "redirected"},
    {1U << 23U, "signed"},
    {1U << 24U, "junk"},
    {1U << 25U, "not junk"},
});

bool is_list_or_end(std::string_view rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \r\n"), rest.size()));
  return rest.empty() || rest.starts_with(kListBegin);
}

/// Where the property list begins: the last XML document, when it is a plist that ends the file; else the end.
std::size_t list_position(std::string_view rest) {
  const auto list = rest.rfind(kListBegin);
  const bool is_list = list != std::string_view::npos && rest.find("<plist", list) != std::string_view::npos &&
                       rest.find("</plist>", list) != std::string_view::npos;
  const bool at_line = list != std::string_view::npos && list > 0 && rest[list - 1] == '\n';
  const bool opens = list != std::string_view::npos && rest.find("<plist", list) != std::string_view::npos;
  return is_list || (at_line && opens) ? list : rest.size();
}

std::uint64_t number_in(std::string_view text) {
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The number that the property list has under that key; nothing where there is none.
std::optional<std::uint64_t> value_of(const text::XmlElement& list, std::string_view key) {
  const auto* entries = list.child("dict");
  if (entries == nullptr) return std::nullopt;
  const auto& pairs = entries->children;
  for (std::size_t i = 0; i + 1 < pairs.size(); ++i) {
    if (pairs[i].name == "key" && pairs[i].text == key) return number_in(pairs[i + 1].text);
  }
  return std::nullopt;
}

void read_list(std::string_view bytes, Item& item, const Limits& limits) {
  bytes.remove_prefix(std::min(bytes.find(kListBegin), bytes.size()));
  if (bytes.empty()) return;
  const auto document = text::read_xml(bytes, limits);
  item.notes.insert(item.notes.end(), document.notes.begin(), document.notes.end());
  const auto flags = value_of(document.root, "flags").value_or(0);
  if ((flags & kDeleted) != 0) item.notes.push_back({"marked_deleted", "flags of the property list", {}});
  std::string words;
  for (const auto& [bit, word] : kFlags) {
    if ((flags & bit) != 0) words += (words.empty() ? "" : ", ") + std::string(word);
  }
  const auto received = instant_text(value_of(document.root, "date-received").value_or(0));
  if (!received.empty()) words += (words.empty() ? "" : "; ") + ("received " + received);
  if (!words.empty()) item.notes.push_back({"mailbox_flags", words, {}});
}

bool is_real_folder(const fs::path& path) {
  std::error_code problem;
  return fs::is_directory(fs::symlink_status(path, problem));
}

/// The one file of the part's folder; of several, the one that the part names.
fs::path file_in(const fs::path& folder, const std::string& name) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
    const bool hidden = entry->path().filename().string().starts_with('.');
    if (!hidden && fs::is_regular_file(fs::symlink_status(entry->path(), problem))) files.push_back(entry->path());
  }
  if (files.size() == 1) return files.front();
  const auto named = std::ranges::find_if(files, [&name](const fs::path& file) { return file.filename().string() == name; });
  return named == files.end() ? fs::path() : *named;
}

std::optional<std::string> attachment_of(const std::string& source, const StrippedPart& part, const Limits& limits) {
  const fs::path path(source);
  const auto file_name = path.filename().string();
  const auto attachments = path.parent_path() / ".." / "Attachments";
  const auto message = attachments / file_name.substr(0, file_name.size() - kPartial.size());
  const auto folder = message / part.number;
  if (!is_real_folder(attachments) || !is_real_folder(message) || !is_real_folder(folder)) return std::nullopt;
  const auto file = file_in(folder, part.name);
  if (file.empty()) return std::nullopt;
  FileBytes bytes(file.string());
  auto content = bytes.read_at(0, limits.message_bytes + 1);
  return bytes.is_open() && bytes.problem().empty() ? std::optional(std::move(content)) : std::nullopt;
}

}  // namespace

Item emlx_message(std::string_view bytes, const Limits& limits) {
  Item item{.source = {}, .format = "emlx", .bytes = {}, .sha256 = {}, .notes = {}};
  const auto first = std::min(bytes.find_first_of("0123456789"), bytes.size());
  const auto stated = number_in(bytes.substr(first));
  const auto line_end = bytes.find('\n', first);
  const auto rest = bytes.substr(line_end == std::string_view::npos ? bytes.size() : line_end + 1);
  auto length = static_cast<std::size_t>(std::min<std::uint64_t>(stated, rest.size()));
  if (stated > rest.size() || !is_list_or_end(rest.substr(length))) {
    length = list_position(rest);
    const auto code = stated > rest.size() && length == rest.size() ? "truncated" : "malformed_container";
    item.notes.push_back({code, fmt::format("emlx: the stated length is {}, the message has {} bytes", stated, length), {}});
  }
  append_bytes(item, rest.substr(0, length), limits);
  read_list(rest.substr(length), item, limits);
  return item;
}

void read_emlx(const std::string& source, std::string_view bytes, bool on_disk, Reading& reading) {
  Item item = emlx_message(bytes, reading.limits);
  item.source = source;
  if (source.ends_with(kPartial)) {
    const auto file_of = [&](const StrippedPart& part) -> std::optional<std::string> {
      return on_disk ? attachment_of(source, part, reading.limits) : std::nullopt;
    };
    restore_parts(item, file_of, reading.limits);
  }
  reading.give(std::move(item));
}

bool is_attachments_of_partial(const std::string& folder) {
  const fs::path path(folder);
  if (path.parent_path().filename() != "Attachments") return false;
  std::error_code problem;
  const auto message = path.parent_path() / ".." / "Messages" / (path.filename().string() + std::string(kPartial));
  return fs::is_regular_file(fs::symlink_status(message, problem));
}

}  // namespace threadline::evidence
