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

constexpr std::size_t kHeader = 30;            ///< of a member, before its name
constexpr std::uint16_t kSizeBehind = 8U;      ///< flag: the size stands behind the bytes
constexpr std::uint64_t kWide = 0xFFFF'FFFFU;  ///< a size that stands in the extra field of zip64

/// One member as its local header has it.
struct Entry {
  std::string_view name;
  std::string_view bytes;  ///< packed, as far as they are in the head
  std::size_t end = 0;     ///< where the next header is; 0: not told here
};

/// The packed size of zip64: the second number of its extra field, behind the unpacked size where that is wide, too.
/// Source: APPNOTE.TXT 4.5.3.
std::uint64_t wide_size(std::string_view extra, bool is_unpacked_wide) {
  constexpr std::size_t kHead = 4;
  constexpr std::uint16_t kZip64 = 1;
  while (extra.size() >= kHead) {
    const auto length = std::size_t{number_at<std::uint16_t>(extra, 2).value_or(0)};
    if (number_at<std::uint16_t>(extra, 0) == kZip64)
      return number_at<std::uint64_t>(extra.substr(0, kHead + length), kHead + (is_unpacked_wide ? 8 : 0)).value_or(kWide);
    extra.remove_prefix(std::min(extra.size(), kHead + length));
  }
  return kWide;
}

std::optional<Entry> entry_at(std::string_view head, std::size_t at) {
  const auto header = head.substr(std::min(at, head.size()));
  if (header.size() < kHeader || !header.starts_with("PK\x03\x04")) return std::nullopt;
  const auto name_length = std::size_t{number_at<std::uint16_t>(header, 26).value_or(0)};
  const auto extra_length = std::size_t{number_at<std::uint16_t>(header, 28).value_or(0)};
  auto packed = std::uint64_t{number_at<std::uint32_t>(header, 18).value_or(0)};
  if (packed == kWide)
    packed =
        wide_size(header.substr(0, kHeader + name_length + extra_length).substr(std::min(header.size(), kHeader + name_length)),
                  number_at<std::uint32_t>(header, 22) == kWide);
  const bool is_told = (number_at<std::uint16_t>(header, 6).value_or(0) & kSizeBehind) == 0;
  Entry entry;
  entry.name = header.substr(kHeader, name_length);
  entry.bytes = header.substr(std::min(header.size(), kHeader + name_length + extra_length));
  const auto begin = at + kHeader + name_length + extra_length;
  if (is_told && packed < head.size() - std::min(head.size(), begin)) {
    entry.bytes = entry.bytes.substr(0, packed);
    entry.end = begin + packed;
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

constexpr std::string_view kOlmCategories = "Categories.xml";

/// Outlook for Mac's own folders "com.microsoft.__Messages", "com.microsoft.__Attachments"; where the first members are others
/// (big address books), nothing but what stands at an archive's top, its Categories.xml among it or the ending ".olm".
/// Source: the sample archive of Aspose.Email for Java. A heuristic where no folder is seen.
bool is_olm(const std::vector<Entry>& entries, std::string_view name) {
  const auto is_folder = [](const Entry& one) {
    const bool is_mailbox = one.name.starts_with("Local/") || one.name.starts_with("Accounts/");
    return is_mailbox && one.name.find("/com.microsoft.__") != std::string_view::npos;
  };
  if (std::ranges::any_of(entries, is_folder)) return true;
  const auto is_categories = [](const Entry& one) { return one.name == kOlmCategories; };
  const auto is_at_top = [&](const Entry& one) {
    return is_categories(one) || one.name.starts_with("Local/") || one.name.starts_with("Accounts/");
  };
  return std::ranges::all_of(entries, is_at_top) &&
         (std::ranges::any_of(entries, is_categories) || text::ascii_lower(name).ends_with(".olm"));
}

}  // namespace

std::string_view zip_format(std::string_view head, std::string_view name) {
  const auto entries = first_entries(head);
  if (entries.empty()) return text::ascii_lower(name).ends_with(".olm") ? "olm" : "zip";
  const auto& first = entries.front();
  if (is_ooxml(first.name)) return ooxml_format(entries, name);
  if (first.name == "mimetype" && first.bytes.starts_with("application/epub+zip")) return "epub";
  if (first.name == "mimetype" && first.bytes.starts_with("application/vnd.")) return "odf";
  if (first.name.starts_with("META-INF/")) return "jar";
  return is_olm(entries, name) ? "olm" : "zip";
}

}  // namespace threadline::evidence
