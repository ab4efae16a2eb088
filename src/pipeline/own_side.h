// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "facts/facts.h"
#include "memory/memory.h"
#include "policy/policy.h"
#include "policy/sides.h"
#include "timeline/judged.h"

namespace threadline::pipeline {

/// What a memory knows of the messages of earlier runs.
struct EarlierMessages {
  std::vector<memory::SideCount> sides;  ///< named without any policy
  std::uint64_t messages = 0;
};

/// The side that takes part (From, To, Cc) in most messages; a tie infers none (findings.md, "own side").
struct InferredSide {
  policy::Side side;
  std::uint64_t messages = 0;  ///< in which it takes part
  std::uint64_t of = 0;        ///< all messages
};
/// `earlier` are messages of earlier runs, which are not among these.
[[nodiscard]] std::optional<InferredSide> infer_own_side(const std::vector<std::shared_ptr<facts::Facts>>& messages,
                                                         const policy::Policy& policy, const EarlierMessages& earlier = {});

/// The sides in From, To and Cc, named without any party of the policy.
[[nodiscard]] std::vector<policy::Side> plain_sides_of(const facts::Facts& facts, const policy::Sides& plain);

/// The policy with that side as its own (a domain, or one address of a shared namespace).
void adopt_own_side(policy::Policy& policy, const policy::Side& side);

/// The evidence row that says so.
[[nodiscard]] timeline::EvidenceRemark own_side_remark(const InferredSide& inferred);

}  // namespace threadline::pipeline
