// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "timeline/journal/entry.h"
#include "timeline/journal/verify.h"

// Included by .cc files of timeline alone: nlohmann_json is no part of any interface (DESIGN).
namespace threadline::timeline::journal {

/// What a line shows: its entry where it can be read, and its fault where it has one.
struct Step {
  std::optional<Entry> entry;
  std::optional<Fault> fault;
};

/// Follows the chain from line to line.
class Chain {
 public:
  explicit Chain(Strictness strictness) : strictness_(strictness) {}

  /// The next line is compared with this one, whatever it was.
  [[nodiscard]] Step follow(const Line& line);
  /// The last whole line that could be read.
  [[nodiscard]] const Head& head() const { return head_; }

 private:
  Strictness strictness_;
  Head head_{0, {}};
  std::uint64_t lines_ = 0;
  bool is_known_ = true;  ///< the line before could be read
};

}  // namespace threadline::timeline::journal
