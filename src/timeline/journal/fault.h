// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "timeline/journal/chain.h"

// Included by .cc files of timeline alone: nlohmann_json is no part of any interface (DESIGN).
namespace threadline::timeline::journal {

/// Faults of a chain, and which of them an entry behind them says are known (`broken`, docs/journal.md).
class Faults {
 public:
  /// Follows one line.
  void hear(const Step& step);
  [[nodiscard]] const std::vector<Fault>& all() const { return faults_; }
  /// The first fault that no entry names; null: there is none.
  [[nodiscard]] const Fault* unknown() const;
  /// The entry that says that this fault is known; 0: none does.
  [[nodiscard]] std::uint64_t known_since(const Fault& fault) const;

 private:
  std::vector<Fault> faults_;
  std::vector<std::pair<std::uint64_t, Sorted>> known_;  ///< number and body of `broken` entries
};

/// What a `broken` entry says of a fault.
[[nodiscard]] Sorted broken_body(const Fault& fault);

}  // namespace threadline::timeline::journal
