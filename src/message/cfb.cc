// SPDX-License-Identifier: Apache-2.0
#include "message/cfb.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "message/cfb_directory.h"
#include "message/cfb_mini.h"
#include "message/cfb_sectors.h"
#include "text/fold.h"

namespace threadline::message {
namespace {

constexpr std::uint64_t kVersionOffset = 26;
constexpr std::uint64_t kSectorShiftOffset = 30;
constexpr std::uint64_t kDirectoryOffset = 48;
constexpr std::uint64_t kMiniFatOffset = 60;
constexpr std::uint64_t kUnbounded = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint8_t kRootType = 5;
constexpr std::uint8_t kStreamType = 2;

/// 512 or 4,096: what the header states, if the two words that state it agree or the root entry is where that size puts it.
std::uint32_t sector_bytes_of(std::string_view bytes, std::vector<Note>& notes) {
  const auto shift = little_endian_16(bytes, kSectorShiftOffset);
  const auto version = little_endian_16(bytes, kVersionOffset);
  if ((shift == 9 && version == 3) || (shift == 12 && version == 4)) return 1U << shift;
  const auto root_at = [&](std::uint64_t sector_bytes) {
    const auto at = (std::uint64_t{little_endian_32(bytes, kDirectoryOffset)} + 1) * sector_bytes;
    return at < bytes.size() && is_root_sector(bytes.substr(at, sector_bytes));
  };
  notes.push_back({"malformed_container", fmt::format("compound file: version {}, sector shift {}", version, shift), {}});
  if (root_at(512) != root_at(4'096)) return root_at(512) ? 512 : 4'096;
  // Neither: a header of version 4 is followed by zeros to the end of its sector.
  const auto rest = bytes.substr(std::min<std::size_t>(bytes.size(), 512), 4'096 - 512);
  return rest.find_first_not_of('\0') == std::string_view::npos && bytes.size() > 4'096 ? 4'096 : 512;
}

}  // namespace

/// Fills a CompoundFile: directory, tree, then where each stream stands.
class CfbReader {
 public:
  CfbReader(CompoundFile& file, const Limits& limits)
      : file_(file), limits_(limits), sectors_(file.bytes_, sector_bytes_of(file.bytes_, file.notes_)), mini_(sectors_) {}

  void read() {
    read_directory();
    find_tree();
    place_streams();
    group_children();
    note_damage();
  }

 private:
  void note(std::string text) { file_.notes_.push_back({"malformed_container", "compound file: " + std::move(text), {}}); }

  // The directory.

  void read_directory() {
    const auto stated = little_endian_32(file_.bytes_, kDirectoryOffset);
    const auto found = find_directory(sectors_, stated);
    if (found == kFreeSector) {
      note("the beginning of the directory is lost");
    } else if (found != stated) {
      note("the directory is not where the header says");
    }
    read_directory_chain(found == kFreeSector ? stated : found);
    if (raw_.empty()) raw_.emplace_back();
    if (found == kFreeSector || is_link_beyond()) read_scattered_directory();
    auto& root = raw_.front();
    if (root.name.empty()) root.name = "Root Entry";
    root.type = kRootType;
    root.unused = false;
  }

  /// A directory has no length of its own: where the FAT is lost it goes on as long as sectors look like it.
  void read_directory_chain(std::uint32_t first) {
    for (auto at = first; !is_full();) {
      const auto chain = sectors_.take_chain(at, {kUnbounded, 0});
      if (chain.empty()) return;
      for (const auto sector : chain) read_directory_sector(sector);
      at = chain.back() + 1;
      if (sectors_.next(chain.back()) || sectors_.is_taken(at) || !is_directory_sector(sectors_.sector(at))) return;
    }
  }

  bool is_full() const { return raw_.size() >= limits_.cfb_entries; }

  void read_directory_sector(std::uint32_t sector) {
    const auto bytes = sectors_.sector(sector);
    for (std::uint32_t at = 0; at < sectors_.sector_bytes(); at += kDirectoryEntryBytes) {
      if (is_full()) {
        over_limit_ = over_limit_ || at < bytes.size();
        return;
      }
      raw_.push_back(read_directory_entry(bytes.substr(std::min<std::size_t>(at, bytes.size()), kDirectoryEntryBytes),
                                          sectors_.sector_bytes()));
    }
  }

  bool is_link_beyond() const {
    return std::ranges::any_of(raw_, [&](const DirectoryEntry& entry) {
      return std::ranges::any_of(std::to_array({entry.left, entry.right, entry.child}),
                                 [&](std::uint32_t link) { return link != kNoEntry && link >= raw_.size(); });
    });
  }

  /// Reads sectors that look like the directory where no chain leads: what follows a broken chain.
  void read_scattered_directory() {
    for (std::uint32_t sector = 0; sector < sectors_.count() && !is_full(); ++sector) {
      if (sectors_.is_taken(sector) || sectors_.has_predecessor(sector) || !is_directory_sector(sectors_.sector(sector)))
        continue;
      if (is_root_sector(sectors_.sector(sector))) continue;
      read_directory_chain(sector);
    }
  }

  // The tree.

  void find_tree() {
    file_.entries_.resize(raw_.size());
    for (std::size_t i = 0; i < raw_.size(); ++i) {
      auto& entry = file_.entries_[i];
      entry.name = std::move(raw_[i].name);
      entry.storage = raw_[i].type != kStreamType;
      entry.claimed = entry.storage ? 0 : raw_[i].size;
    }
    file_.entries_[0].reachable = true;
    if (raw_[0].child != kNoEntry) walk(raw_[0].child, 0, 0);
    find_lost();
  }

  /// Walks a tree of siblings and what is below it. Each entry is visited once, so a loop ends; names are never compared.
  void walk(std::uint32_t first, std::uint32_t parent, std::uint32_t group) {
    struct Step {
      std::uint32_t entry;
      std::uint32_t parent;
    };
    std::vector<Step> steps{{first, parent}};
    while (!steps.empty()) {
      const auto [number, above] = steps.back();
      steps.pop_back();
      if (number >= raw_.size() || file_.entries_[number].name.empty() || file_.entries_[number].reachable) {
        ++broken_links_;
        continue;
      }
      auto& entry = file_.entries_[number];
      entry.reachable = true;
      entry.parent = above;
      entry.lost_group = above == kLostParent ? group : 0;
      const auto& raw = raw_[number];
      if (entry.storage && raw.child != kNoEntry) steps.push_back({raw.child, number});
      if (raw.right != kNoEntry) steps.push_back({raw.right, above});
      if (raw.left != kNoEntry) steps.push_back({raw.left, above});
    }
  }

  /// Entries to which nothing leads, each with the siblings that it leads to; then what is left of loops.
  void find_lost() {
    std::vector<bool> linked(raw_.size());
    const auto is_lost = [&](std::size_t i) {
      return !file_.entries_[i].reachable && !raw_[i].unused && raw_[i].type != kRootType && !file_.entries_[i].name.empty();
    };
    for (std::size_t i = 1; i < raw_.size(); ++i) {
      if (!is_lost(i)) continue;
      for (const auto link : {raw_[i].left, raw_[i].right, raw_[i].child})
        if (link < raw_.size()) linked[link] = true;
    }
    for (const bool heads : {true, false}) {
      for (std::uint32_t i = 1; i < raw_.size(); ++i)
        if (is_lost(i) && (!heads || !linked[i])) walk(i, kLostParent, file_.lost_groups_++);
    }
  }

  // Where streams stand.

  void place_streams() {
    const auto small = [&](const CfbEntry& entry) { return entry.claimed < kMiniStreamCutoff; };
    take_mini_stream();
    for (const bool lost : {false, true}) {
      for (std::uint32_t i = 1; i < raw_.size(); ++i) {
        auto& entry = file_.entries_[i];
        if (is_stream(entry, lost) && !small(entry)) place_large(entry, raw_[i].start);
      }
    }
    find_mini_stream();
    for (const bool lost : {false, true}) {
      for (std::uint32_t i = 1; i < raw_.size(); ++i) {
        auto& entry = file_.entries_[i];
        if (is_stream(entry, lost) && small(entry)) place_small(entry, raw_[i].start);
      }
    }
  }

  static bool is_stream(const CfbEntry& entry, bool lost) {
    return !entry.storage && entry.reachable && (entry.parent == kLostParent) == lost;
  }

  std::uint64_t sectors_for(std::uint64_t size) const { return size / sectors_.sector_bytes() + 1; }

  bool can_begin_chain(std::uint32_t sector) const {
    return sector < sectors_.count() && !sectors_.is_taken(sector) && !sectors_.has_predecessor(sector);
  }

  void take_mini_stream() {
    const auto start = raw_[0].start;
    if (can_begin_chain(start)) mini_.set_stream(sectors_.take_chain(start, {kUnbounded, sectors_for(raw_[0].size)}));
    const auto fat = little_endian_32(file_.bytes_, kMiniFatOffset);
    if (!can_begin_chain(fat) || (mini_.count() > 0 && !mini_.is_plausible_fat(fat))) return;
    mini_.set_fat(sectors_.take_chain(fat, {kUnbounded, 1}));
    mini_fat_known_ = true;
  }

  bool has_small_streams() const {
    return std::ranges::any_of(file_.entries_, [](const CfbEntry& entry) {
      return entry.reachable && !entry.storage && entry.claimed > 0 && entry.claimed < kMiniStreamCutoff;
    });
  }

  /// Where the root lost the mini stream, or the header its FAT: of the chains that nothing else claims it is the longest, and
  /// the one that looks like a mini FAT.
  void find_mini_stream() {
    if ((mini_fat_known_ && mini_.count() > 0) || !has_small_streams()) return;
    std::vector<std::vector<std::uint32_t>> chains;
    for (const auto head : sectors_.free_chains()) chains.push_back(sectors_.take_chain(head, {kUnbounded, 1}));
    if (mini_.count() == 0 && !chains.empty()) {
      note("the mini stream is not where the root says");
      auto& longest = *std::ranges::max_element(chains, {}, &std::vector<std::uint32_t>::size);
      mini_.set_stream(std::exchange(longest, {}));
    }
    if (mini_fat_known_) return;
    note("the mini FAT is not where the header says");
    const auto plausible =
        std::ranges::find_if(chains, [&](const auto& chain) { return !chain.empty() && mini_.is_plausible_fat(chain.front()); });
    if (plausible != chains.end()) mini_.set_fat(std::move(*plausible));
  }

  void place_large(CfbEntry& entry, std::uint32_t start) {
    entry.first_run = static_cast<std::uint32_t>(file_.runs_.size());
    const auto most = sectors_for(entry.claimed - 1);
    for (const auto sector : sectors_.take_chain(start, {most, most})) {
      if (sector >= sectors_.count()) break;
      add_run(entry, sectors_.offset(sector), sectors_.sector_bytes());
    }
  }

  void place_small(CfbEntry& entry, std::uint32_t start) {
    entry.first_run = static_cast<std::uint32_t>(file_.runs_.size());
    for (auto at = start; entry.size < entry.claimed;) {
      const auto offset = mini_.take(at);
      if (!offset) return;
      add_run(entry, *offset, kMiniSectorBytes);
      at = entry.size < entry.claimed ? mini_.after(at) : kEndOfChain;
    }
  }

  void add_run(CfbEntry& entry, std::uint64_t offset, std::uint64_t length) {
    length = std::min(length, entry.claimed - entry.size);
    length = std::min(length, file_.bytes_.size() - std::min<std::uint64_t>(file_.bytes_.size(), offset));
    if (length == 0) return;
    entry.size += length;
    auto& runs = file_.runs_;
    if (entry.runs > 0 && runs.back().offset + runs.back().length == offset) {
      runs.back().length += length;
      return;
    }
    runs.push_back({offset, length});
    ++entry.runs;
  }

  // What leaves.

  void group_children() {
    auto& first = file_.first_child_;
    const auto count = static_cast<std::uint32_t>(raw_.size());
    const auto slot = [&](const CfbEntry& entry) { return std::min(entry.parent, count); };
    first.assign(raw_.size() + 2, 0);
    for (std::uint32_t i = 1; i < count; ++i)
      if (file_.entries_[i].reachable) ++first[slot(file_.entries_[i]) + 1];
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
    file_.children_.resize(first.back());
    auto next = first;
    for (std::uint32_t i = 1; i < count; ++i)
      if (file_.entries_[i].reachable) file_.children_[next[slot(file_.entries_[i])]++] = i;
  }

  void note_damage() {
    if (over_limit_) file_.notes_.push_back({"limit", "cfb_entries: further entries of the directory are not read", {}});
    if (broken_links_ > 0) note(fmt::format("{} links of the directory lead nowhere or in a circle", broken_links_));
    const auto lost = file_.lost().size();
    if (lost > 0) note(fmt::format("{} entries of the directory are in no storage", lost));
    const auto guessed = sectors_.guessed_steps() + mini_.guessed_steps();
    if (guessed > 0) note(fmt::format("{} sectors without an entry in the FAT: taken to go on with the next", guessed));
    if (sectors_.crossed_chains() > 0) note(fmt::format("{} chains of sectors run into another", sectors_.crossed_chains()));
  }

  CompoundFile& file_;
  const Limits& limits_;
  Sectors sectors_;
  MiniStream mini_;
  std::vector<DirectoryEntry> raw_;
  bool over_limit_ = false;
  bool mini_fat_known_ = false;
  std::uint64_t broken_links_ = 0;
};

CompoundFile::CompoundFile(std::string_view bytes, const Limits& limits) : bytes_(bytes) { CfbReader(*this, limits).read(); }

std::span<const std::uint32_t> CompoundFile::children(std::uint32_t storage) const {
  return std::span(children_).subspan(first_child_[storage], first_child_[storage + 1] - first_child_[storage]);
}

std::string_view CompoundFile::content(const CfbEntry& stream, std::string& scratch) const {
  if (stream.runs == 0) return {};
  if (stream.runs == 1) return bytes_.substr(runs_[stream.first_run].offset, runs_[stream.first_run].length);
  scratch.clear();
  scratch.reserve(stream.size);
  for (std::uint32_t i = 0; i < stream.runs; ++i) {
    const auto& run = runs_[stream.first_run + i];
    scratch += bytes_.substr(run.offset, run.length);
  }
  return scratch;
}

bool is_cfb_name(std::string_view left, std::string_view right) { return text::equal_ascii_nocase(left, right); }

}  // namespace threadline::message
