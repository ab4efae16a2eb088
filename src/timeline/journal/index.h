// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "timeline/journal/awaited.h"
#include "timeline/journal/heard.h"
#include "timeline/journal/row_entry.h"

namespace threadline::timeline::journal {

/// What an import compares with: a row that the case has.
struct KnownRow {
  std::uint64_t seq = 0;
  std::uint64_t content = 0;   ///< of the version that is shown (content_of)
  std::uint32_t messages = 0;  ///< read by the import that this version is from
  std::uint32_t context = 0;   ///< that it was judged among
  std::uint32_t places = 1;    ///< at most, in any version
  IdKey id, about;
  std::int8_t severity = -1;  ///< of a finding
  bool is_quoted = false, is_gone = false;
};

/// The rows of a journal in memory, for an import.
struct Index {
  Heard heard;
  std::vector<KnownRow> rows;  ///< by entry
  std::unordered_map<IdKey, std::uint32_t, IdHash> by_id;
  std::unordered_set<std::string> imports;            ///< keys
  std::unordered_set<std::uint64_t> versions;         ///< contents of rows (content_of)
  std::unordered_map<IdKey, IdKey, IdHash> carriers;  ///< of quoted rows: the message that quotes them
  Awaited awaited;                                    ///< quoted rows whose originals are not in evidence
  std::unordered_map<IdKey, Sorted, IdHash> sources;  ///< of rows with several places: the most of them that a version has

  /// Reads the journal as it stands; lines that cannot be read are gone over. Errors: the file cannot be read.
  [[nodiscard]] static Result<Index> read(const std::string& folder);
  void hear(const Entry& entry);
  /// The row with that id; null: there is none.
  [[nodiscard]] const KnownRow* row(const std::string& id) const;

 private:
  void hear_places(KnownRow& row, const Entry& entry);
  void hear_gone(const Entry& entry);
  void hear_revision(const Entry& entry);
  void add_row(const Entry& entry);
};

/// What tells two versions of a row apart: all that it says but for the place of its evidence.
[[nodiscard]] std::uint64_t content_of(const Sorted& body);
/// In how many places the evidence of a row was: more of them are news, fewer and others are none.
[[nodiscard]] std::uint32_t places_of(const Sorted& body);

}  // namespace threadline::timeline::journal
