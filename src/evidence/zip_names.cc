// SPDX-License-Identifier: Apache-2.0
#include "evidence/zip_names.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/little_endian.h"
#include "text/fold.h"

namespace threadline::evidence {
namespace {

constexpr std::size_t kHeader = 30;        ///< of a member, before its name
constexpr std::uint16_t kSizeBehind = 8U;  ///< flag: the size stands behind the bytes

/// One member as its local header has it.
struct Entry {
  std::string_view name;
  std::string_view bytes;  ///< packed, as far as they are in the head
  std::size_t end = 0;     ///< where the next header is; 0: not told here
};

std::optional<Entry> entry_at(std::string_view head, std::size_t at) {
  const auto header = head.substr(std::min(at, head.size()));
  if (header.size() < kHeader || !header.starts_with("PK\x03\x04")) return std::nullopt;
  const auto name_length = std::size_t{number_at<std::uint16_t>(header, 26).value_or(0)};
  const auto extra_length = std::size_t{number_at<std::uint16_t>(header, 28).value_or(0)};
  const auto packed = std::size_t{number_at<std::uint32_t>(header, 18).value_or(0)};
  const bool is_told = (number_at<std::uint16_t>(header, 6).value_or(0) & kSizeBehind) == 0;
  Entry entry;
  entry.name = header.substr(kHeader, name_length);
  entry.bytes = header.substr(std::min(header.size(), kHeader + name_length + extra_length));
  if (is_told) {
    entry.bytes = entry.bytes.substr(0, packed);
    entry.end = at + kHeader + name_length + extra_length + packed;
  }
  return entry;
}

std::vector<Entry> first_entries(std::string_view head) {
  std::vector<Entry> entries;
  for (auto entry = entry_at(head, 0); entry; entry = entry_at(head, entry->end)) {
    entries.push_back(*entry);
    if (entry->end == 0) break;
  }
  return entries;
}

struct Ooxml {
  std::string_view folder;
  std::string_view ending;
};
constexpr auto kOoxml = std::to_array<Ooxml>({{"word/", "docx"}, {"xl/", "xlsx"}, {"ppt/", "pptx"}});

bool is_ooxml(std::string_view first) {
  return first == "[Content_Types].xml" || first.starts_with("_rels/") || first.starts_with("docProps/") ||
         std::ranges::any_of(kOoxml, [first](const Ooxml& one) { return first.starts_with(one.folder); });
}

std::string_view ooxml_format(const std::vector<Entry>& entries, std::string_view name) {
  const auto lower = text::ascii_lower(name);
  for (const auto& [folder, ending] : kOoxml) {
    const std::string_view start = folder;
    if (std::ranges::any_of(entries, [start](const Entry& entry) { return entry.name.starts_with(start); })) return ending;
    if (lower.ends_with(ending)) return ending;
  }
  return "ooxml";
}

}  // namespace

std::string_view zip_format(std::string_view head, std::string_view name) {
  if (text::ascii_lower(name).ends_with(".olm")) return "olm";
  const auto entries = first_entries(head);
  if (entries.empty()) return "zip";
  const auto& first = entries.front();
  if (is_ooxml(first.name)) return ooxml_format(entries, name);
  if (first.name == "mimetype" && first.bytes.starts_with("application/epub+zip")) return "epub";
  if (first.name == "mimetype" && first.bytes.starts_with("application/vnd.")) return "odf";
  if (first.name.starts_with("META-INF/")) return "jar";
  const auto is_olm = [](const Entry& entry) { return entry.name.find("com.microsoft.__") != std::string_view::npos; };
  return std::ranges::any_of(entries, is_olm) ? "olm" : "zip";
}

}  // namespace threadline::evidence
