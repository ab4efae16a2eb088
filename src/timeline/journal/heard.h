// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "timeline/journal/case.h"
#include "timeline/journal/entry.h"

namespace threadline::timeline::journal {

/// What people, and later imports, said about one row.
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
  std::uint64_t logs = 0;      ///< that it read
};

/// What entries say beside the rows that they give. Grows with what people do, not with the evidence.
struct Heard {
  Opening opening;
  std::map<std::uint64_t, Said> said;  ///< by the row's number; `regraded` and Gone::original are added by who knows the rows
  std::map<std::uint64_t, ImportNote> notes;  ///< by import
  std::vector<EvidenceFile> evidence;
  std::unordered_set<std::string> files;  ///< path, digest and custody of what `evidence` has

  void hear(const Entry& entry);
  /// The import that an entry belongs to.
  [[nodiscard]] const ImportNote& import_of(const Entry& entry) const;
};

/// Who wrote that entry, when; `text` names the member that holds the words.
[[nodiscard]] Remark remark_of(const Entry& entry, const char* text);

}  // namespace threadline::timeline::journal
