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
  auto operator<=>(const IdKey&) const = default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 sees a 0 in it
};
[[nodiscard]] IdKey key_of(const std::string& id);
[[nodiscard]] std::string id_text(const IdKey& key);

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

  std::uint64_t seq = 0, offset = 0;  ///< of the version that is shown
  std::uint64_t first = 0;            ///< offset of the first version, which says where the row was read
  std::uint64_t content = 0;          ///< of the version that is shown (content_of); 0: not read for an import
  std::uint32_t length = 0, first_length = 0;
  std::uint32_t event = 0;     ///< index of the row that this one is about, or its own
  std::uint32_t source = 0;    ///< in Index::sources
  std::uint32_t messages = 0;  ///< read by the import that this version is from
  std::uint32_t context = 0;   ///< that it was judged among
  std::int64_t known = kNever, time = kNever;
  IdKey id, about;
  Tab tab = Tab::timeline;
  std::int8_t severity = -1;  ///< of a finding
  bool is_quoted = false, is_gone = false;
};

/// What people said about one row.
struct Said {
  std::optional<Remark> qualified, struck;
  std::optional<Gone> gone;
  std::vector<Regraded> regraded;
  std::vector<Remark> notes;
};

/// What is kept of an import.
struct ImportNote {
  std::uint64_t messages = 0;  ///< that it read
  std::string policy;          ///< its path
  std::uint64_t context = 0;   ///< messages that it was judged among
  bool is_learnt = false;      ///< later imports know what it showed: the case's memory has it
};

/// What a replay keeps of a journal.
struct Index {
  Opening opening;
  std::vector<Place> rows;  ///< by entry, until `put_in_order`
  std::unordered_map<IdKey, std::uint32_t, IdHash> by_id;
  std::map<std::uint64_t, Said> said;          ///< by the row's number
  std::map<std::uint64_t, ImportNote> notes;   ///< by import
  std::unordered_set<std::string> imports;     ///< keys
  std::unordered_set<std::uint64_t> versions;  ///< contents of rows (import_content)
  std::vector<EvidenceFile> evidence;
  std::unordered_set<std::string> files;         ///< path, digest and custody of what `evidence` has
  std::vector<std::uint32_t> timeline, actions;  ///< indices of rows, in the order for people
  Sources sources;
  bool for_import = false;                            ///< keep what an import compares with
  std::unordered_map<IdKey, IdKey, IdHash> carriers;  ///< of quoted rows: the message that quotes them (for_import)

  void hear(const Entry& entry, const Line& line);
  /// The row with that id; null: there is none.
  [[nodiscard]] const Place* row(const std::string& id) const;
  void put_in_order();
  /// Indices of the rows of these tabs: known_at, source, id; without a time last.
  [[nodiscard]] std::vector<std::uint32_t> order_for_programs(const std::vector<Tab>& tabs) const;

 private:
  void hear_remark(const Entry& entry);
  void hear_revision(const Entry& entry, const Line& line, const ImportNote& import);
  void add_row(const Entry& entry, const Line& line, const ImportNote& import);
};

/// Seconds of "2018-04-05T10:37:00+02:00" or "...Z"; Place::kNever for anything else.
[[nodiscard]] std::int64_t seconds_of(const std::string& time);

/// What tells two versions of a row apart: all that it says but for the place of its evidence.
[[nodiscard]] std::uint64_t content_of(const Sorted& body);

}  // namespace threadline::timeline::journal
