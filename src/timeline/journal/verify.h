// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "timeline/journal/journal.h"
#include "timeline/words.h"

namespace threadline::timeline::journal {

/// Where a chain breaks, and how.
struct Fault {
  enum class What { unreadable, out_of_place, changed, empty } what = What::unreadable;
  std::uint64_t line = 0;   ///< of journal.jsonl; 0: it has none (empty)
  std::uint64_t entry = 0;  ///< the first broken one
  std::string detail;       ///< what reading it says; or the number that stands there
};

/// What walking a journal came to.
struct Verified {
  Head head;
  std::optional<Fault> first;             ///< none: the chain is whole, and has an entry (case init writes one)
  std::uint64_t more = 0;                 ///< faults behind the first one
  std::uint64_t known_since = 0;          ///< the entry that says that the first fault was known and gone over; 0: none
  std::uint64_t torn_bytes = 0;           ///< behind the last line end: a writer was killed, or is writing
  std::vector<std::string> bad_files;     ///< filed away by an entry, and missing or other bytes now
  std::optional<std::uint64_t> noted_at;  ///< the entry whose hash is the head that was asked for
  std::uint64_t imports_cut = 0;          ///< imports whose rows are not all there: their writer was killed
};

/// Walks the chain, and the files that entries name. `noted_head`: a head written down earlier, or empty.
/// Errors: there is no journal, or it cannot be read.
[[nodiscard]] Result<Verified> verify(const std::string& folder, const std::string& noted_head);

/// The fault in one sentence.
[[nodiscard]] std::string sentence_of(const Fault& fault, Language language);

}  // namespace threadline::timeline::journal
