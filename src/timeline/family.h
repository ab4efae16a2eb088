// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "timeline/judged.h"

namespace threadline::timeline {

/// A message that is attached to another.
struct Child {
  const Judged* message = nullptr;
  bool is_copy = false;  ///< the evidence has it in other places, too; it is told in full at the one that is its own
};

/// The messages attached to each message: sha256 of the carrier -> its children, in the order of the evidence. A message of which
/// the evidence has several copies is a child at each place.
using Family = std::unordered_map<std::string, std::vector<Child>>;
[[nodiscard]] Family family_of(const std::vector<Judged>& all);

/// The messages that are not shown inside another one alone, in the order of the evidence.
[[nodiscard]] std::vector<const Judged*> outermost(const std::vector<Judged>& all);

}  // namespace threadline::timeline
