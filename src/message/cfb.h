// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::message {

/// Parent of an entry that no storage leads to, though it is there: its siblings are those of the same `lost_group`.
inline constexpr std::uint32_t kLostParent = 0xFFFFFFFF;

/// A stream or storage of a compound file.
struct CfbEntry {
  std::string name;  ///< UTF-8
  bool storage = false;
  bool reachable = false;  ///< from the root, or from an entry whose parent is lost
  std::uint32_t parent = kLostParent;
  std::uint32_t lost_group = 0;  ///< where the parent is lost
  std::uint64_t claimed = 0;     ///< bytes that the directory states
  std::uint64_t size = 0;        ///< bytes that are there
  std::uint32_t first_run = 0;
  std::uint32_t runs = 0;
};

/// A compound file (MS-CFB) as it could be read: entries by their number in the directory (0 is the root), content as views of
/// the file. Damage never throws: what is there is there, and notes say what is not.
class CompoundFile {
 public:
  /// `bytes` must outlive it. Limits: cfb_entries. Order of siblings is not compared: the whole tree is walked once.
  CompoundFile(std::string_view bytes, const Limits& limits);

  [[nodiscard]] const std::vector<CfbEntry>& entries() const { return entries_; }
  [[nodiscard]] const CfbEntry& entry(std::uint32_t number) const { return entries_[number]; }
  /// Numbers of the entries in that storage, in directory order.
  [[nodiscard]] std::span<const std::uint32_t> children(std::uint32_t storage) const;
  /// Numbers of the entries whose parent is lost, in directory order.
  [[nodiscard]] std::span<const std::uint32_t> lost() const { return children(static_cast<std::uint32_t>(entries_.size())); }
  [[nodiscard]] std::uint32_t lost_groups() const { return lost_groups_; }
  /// The bytes of a stream: a view of the file where they stand together, else of `scratch`.
  [[nodiscard]] std::string_view content(const CfbEntry& stream, std::string& scratch) const;
  [[nodiscard]] const std::vector<Note>& notes() const { return notes_; }

 private:
  friend class CfbReader;
  struct Run {
    std::uint64_t offset = 0;
    std::uint64_t length = 0;
  };

  std::string_view bytes_;
  std::vector<CfbEntry> entries_;
  std::vector<Run> runs_;
  std::vector<std::uint32_t> children_;     ///< grouped by parent, those of lost parents last
  std::vector<std::uint32_t> first_child_;  ///< by parent; one more for the lost
  std::uint32_t lost_groups_ = 0;
  std::vector<Note> notes_;
};

/// Whether a name of an entry is that one; MS-CFB compares without case.
[[nodiscard]] bool is_cfb_name(std::string_view left, std::string_view right);

}  // namespace threadline::message
