// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "timeline/journal/case.h"
#include "timeline/journal/entry.h"

namespace threadline::timeline::journal {

/// A row's id, or the first 32 digits of it: a million of them fit in memory.
struct IdKey {
  std::uint64_t high = 0, low = 0;
  auto operator<=>(const IdKey&) const = default;
};
[[nodiscard]] IdKey key_of(const std::string& id);

struct IdHash {
  std::size_t operator()(const IdKey& key) const {
    return static_cast<std::size_t>(key.high ^ (key.low * 0x9E3779B97F4A7C15ULL));
  }
};

/// Places of evidence, in the memory of their bytes: most rows share that of the row before.
class Sources {
 public:
  /// Adds it unless it is that of `like`, or the last one added; answers its number.
  std::uint32_t add(std::string_view source, std::uint32_t like);
  [[nodiscard]] std::string_view operator[](std::uint32_t number) const;

 private:
  std::string text_;
  std::vector<std::uint64_t> ends_{0};  ///< number 0 is the empty one
};

/// Where a row stands, in the journal and in the order of its tab.
struct Place {
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  std::uint64_t seq = 0, offset = 0;
  std::uint32_t length = 0;
  std::uint32_t event = 0;     ///< index of the row that this one is about, or its own
  std::uint32_t source = 0;    ///< in Index::sources
  std::uint64_t messages = 0;  ///< of the import that this version is from
  std::int64_t known = kNever, time = kNever;
  IdKey id, about;
  Tab tab = Tab::timeline;
  bool is_quoted = false;
};

/// What people said about one row.
struct Said {
  std::optional<Remark> qualified, struck;
  std::vector<Remark> notes;
};

/// What a replay keeps of a journal.
struct Index {
  Opening opening;
  std::vector<Place> rows;  ///< by entry, until `put_in_order`
  std::unordered_map<IdKey, std::uint32_t, IdHash> by_id;
  std::map<std::uint64_t, Said> said;               ///< by the row's number
  std::map<std::uint64_t, std::uint64_t> messages;  ///< by import
  std::unordered_set<std::string> imports;          ///< keys
  std::unordered_set<std::uint64_t> versions;       ///< contents of rows (import_content)
  std::vector<EvidenceFile> evidence;
  std::unordered_set<std::string> files;         ///< path, digest and custody of what `evidence` has
  std::vector<std::uint32_t> timeline, actions;  ///< indices of rows, in the order for people
  Sources sources;

  void hear(const Entry& entry, const Line& line);
  void put_in_order();
  /// Indices of the rows of these tabs: known_at, source, id; without a time last.
  [[nodiscard]] std::vector<std::uint32_t> order_for_programs(const std::vector<Tab>& tabs) const;
};

/// What tells two versions of a row apart: all that it says but for the place of its evidence.
[[nodiscard]] std::uint64_t content_of(const Sorted& body);

}  // namespace threadline::timeline::journal
