// SPDX-License-Identifier: Apache-2.0
#include "message/cfb_writer.h"

#include <algorithm>
#include <numeric>
#include <string_view>

namespace threadline::message {
namespace {

constexpr std::uint32_t kFree = 0xFFFFFFFF;
constexpr std::uint32_t kEnd = 0xFFFFFFFE;
constexpr std::uint32_t kFat = 0xFFFFFFFD;
constexpr std::uint32_t kDifat = 0xFFFFFFFC;
constexpr std::size_t kMiniSector = 64;
constexpr std::size_t kMiniCutoff = 4'096;
constexpr std::size_t kHeaderDifat = 109;

void append(std::string& to, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

void pad(std::string& bytes, std::size_t unit, char with = '\0') { bytes.resize((bytes.size() + unit - 1) / unit * unit, with); }

struct Entry {
  std::string name;
  int type = 2;
  std::uint32_t left = kFree;
  std::uint32_t right = kFree;
  std::uint32_t child = kFree;
  std::uint32_t start = 0;
  std::uint64_t size = 0;
};

std::string upper(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return name;
}

/// MS-CFB section 2.6.4: the shorter name first, then by upper-case letters.
bool is_before(const std::string& left, const std::string& right) {
  return left.size() != right.size() ? left.size() < right.size() : upper(left) < upper(right);
}

class Writer {
 public:
  explicit Writer(const CfbOptions& options) : options_(options) { layout_.sector_size = options.version == 4 ? 4'096 : 512; }

  std::string write(const std::vector<CfbNode>& children, CfbLayout* layout) {
    entries_.push_back({"Root Entry", 5, kFree, kFree, kFree, kEnd, 0});
    add_children(children, 0);
    place();
    if (layout != nullptr) *layout = layout_;
    return header() + body_;
  }

 private:
  std::size_t sectors_of(std::size_t size) const { return (size + layout_.sector_size - 1) / layout_.sector_size; }

  void add_children(const std::vector<CfbNode>& children, std::uint32_t parent) {
    if (children.empty()) return;
    const auto first = static_cast<std::uint32_t>(entries_.size());
    for (const auto& node : children) {
      entries_.push_back({node.name, node.storage ? 1 : 2, kFree, kFree, kFree, 0, node.content.size()});
      contents_.resize(entries_.size());
      if (!node.storage) contents_.back() = node.content;
    }
    std::vector<std::uint32_t> order(children.size());
    std::iota(order.begin(), order.end(), first);
    if (options_.tree == CfbTree::balanced)
      std::ranges::sort(order, [&](auto a, auto b) { return is_before(entries_[a].name, entries_[b].name); });
    entries_[parent].child = options_.tree == CfbTree::balanced ? link(order, 0, order.size()) : link_as_list(order);
    for (std::uint32_t i = 0; i < children.size(); ++i) add_children(children[i].children, first + i);
  }

  std::uint32_t link(const std::vector<std::uint32_t>& order, std::size_t begin, std::size_t end) {
    if (begin == end) return kFree;
    const auto middle = (begin + end) / 2;
    entries_[order[middle]].left = link(order, begin, middle);
    entries_[order[middle]].right = link(order, middle + 1, end);
    return order[middle];
  }

  std::uint32_t link_as_list(const std::vector<std::uint32_t>& order) {
    for (std::size_t i = 1; i < order.size(); ++i) entries_[order[i - 1]].right = order[i];
    return order.front();
  }

  /// Fills the mini stream and says where each small stream stands in it.
  void place_small() {
    for (std::size_t i = 1; i < contents_.size(); ++i) {
      const auto& content = contents_[i];
      if (entries_[i].type != 2) continue;
      entries_[i].start = content.empty() ? kEnd : static_cast<std::uint32_t>(mini_.size() / kMiniSector);
      if (content.size() >= kMiniCutoff) continue;
      mini_ += content;
      pad(mini_, kMiniSector);
      while (mini_fat_.size() / 4 < mini_.size() / kMiniSector) {
        const auto next = mini_fat_.size() / 4 + 1;
        append(mini_fat_, next == mini_.size() / kMiniSector ? kEnd : next, 4);
      }
    }
    pad(mini_fat_, layout_.sector_size, '\xFF');
    entries_[0].size = mini_.size();
  }

  std::uint32_t reserve(std::size_t sectors, std::uint32_t mark = kEnd) {
    const auto first = static_cast<std::uint32_t>(fat_.size());
    for (std::size_t i = 0; i < sectors; ++i)
      fat_.push_back(mark != kEnd ? mark : i + 1 == sectors ? kEnd : static_cast<std::uint32_t>(first + i + 1));
    return sectors == 0 ? kEnd : first;
  }

  void count_fat_sectors(std::size_t others) {
    const auto per = layout_.sector_size / 4;
    for (fat_count_ = 1;; ++fat_count_) {
      difat_count_ = fat_count_ <= kHeaderDifat ? 0 : (fat_count_ - kHeaderDifat + per - 2) / (per - 1);
      if (fat_count_ * per >= others + fat_count_ + difat_count_) return;
    }
  }

  void place() {
    place_small();
    std::size_t large = 0;
    for (const auto& content : contents_) large += content.size() >= kMiniCutoff ? sectors_of(content.size()) : 0;
    const auto directory = sectors_of(entries_.size() * 128);
    count_fat_sectors(directory + sectors_of(mini_fat_.size()) + sectors_of(mini_.size()) + large);
    layout_.fat = reserve(fat_count_, kFat);
    layout_.difat = reserve(difat_count_, kDifat);
    layout_.directory = reserve(directory);
    layout_.mini_fat = reserve(sectors_of(mini_fat_.size()));
    entries_[0].start = layout_.mini_stream = reserve(sectors_of(mini_.size()));
    std::string streams;
    for (std::size_t i = 1; i < contents_.size(); ++i) {
      if (contents_[i].size() < kMiniCutoff) continue;
      entries_[i].start = reserve(sectors_of(contents_[i].size()));
      streams += contents_[i];
      pad(streams, layout_.sector_size);
    }
    pad(mini_, layout_.sector_size);
    body_ = fat_bytes() + difat_bytes() + directory_bytes() + mini_fat_ + mini_ + streams;
  }

  std::string fat_bytes() const {
    std::string bytes;
    for (const auto next : fat_) append(bytes, next, 4);
    bytes.resize(fat_count_ * layout_.sector_size, '\xFF');
    return bytes;
  }

  std::string difat_bytes() const {
    std::string bytes;
    std::size_t fat = kHeaderDifat;
    for (std::size_t i = 0; i < difat_count_; ++i) {
      for (std::size_t k = 0; k + 1 < layout_.sector_size / 4; ++k, ++fat) append(bytes, fat < fat_count_ ? fat : kFree, 4);
      append(bytes, i + 1 == difat_count_ ? kEnd : layout_.difat + i + 1, 4);
    }
    return bytes;
  }

  std::string directory_bytes() const {
    std::string bytes;
    for (const auto& entry : entries_) {
      std::string name;
      for (const char c : entry.name) append(name, static_cast<unsigned char>(c), 2);
      name.resize(64, '\0');
      bytes += name;
      append(bytes, (entry.name.size() + 1) * 2, 2);
      append(bytes, static_cast<std::uint64_t>(entry.type), 1);
      append(bytes, 1, 1);
      for (const auto link : {entry.left, entry.right, entry.child}) append(bytes, link, 4);
      bytes.append(36, '\0');
      append(bytes, entry.start, 4);
      append(bytes, entry.size, 8);
    }
    while (bytes.size() % layout_.sector_size != 0) {
      bytes.append(68, '\0');
      for (int i = 0; i < 3; ++i) append(bytes, kFree, 4);
      bytes.append(48, '\0');
    }
    return bytes;
  }

  std::string header() const {
    std::string bytes = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    bytes.append(16, '\0');
    append(bytes, 0x3E, 2);
    append(bytes, static_cast<std::uint64_t>(options_.version), 2);
    append(bytes, 0xFFFE, 2);
    append(bytes, options_.version == 4 ? 12 : 9, 2);
    append(bytes, 6, 2);
    bytes.append(6, '\0');
    append(bytes, options_.version == 4 ? sectors_of(entries_.size() * 128) : 0, 4);
    append(bytes, fat_count_, 4);
    append(bytes, layout_.directory, 4);
    append(bytes, 0, 4);
    append(bytes, kMiniCutoff, 4);
    append(bytes, layout_.mini_fat, 4);
    append(bytes, sectors_of(mini_fat_.size()), 4);
    append(bytes, layout_.difat, 4);
    append(bytes, difat_count_, 4);
    for (std::size_t i = 0; i < kHeaderDifat; ++i) append(bytes, i < fat_count_ ? i : kFree, 4);
    bytes.resize(layout_.sector_size, '\0');
    return bytes;
  }

  CfbOptions options_;
  CfbLayout layout_;
  std::vector<Entry> entries_;
  std::vector<std::string> contents_{1};
  std::string mini_;
  std::string mini_fat_;
  std::vector<std::uint32_t> fat_;
  std::size_t fat_count_ = 0;
  std::size_t difat_count_ = 0;
  std::string body_;
};

}  // namespace

std::string write_cfb(const std::vector<CfbNode>& children, const CfbOptions& options, CfbLayout* layout) {
  return Writer(options).write(children, layout);
}

}  // namespace threadline::message
