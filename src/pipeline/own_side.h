// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "base/column.h"
#include "facts/facts.h"
#include "memory/memory.h"
#include "memory/side_names.h"
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

/// Which sides take part in which messages, until it is known which of these are copies: some bytes a message.
class SideTally {
 public:
  /// `memory`: what earlier runs learnt, or nullptr.
  SideTally(const policy::Policy& policy, const memory::Store* memory);

  /// Answers the number that the message has here.
  std::uint32_t note(const facts::Facts& facts);
  /// The message of that number is one of the run.
  void count(std::uint32_t number);
  /// `earlier` are messages of earlier runs, also those that were counted here.
  [[nodiscard]] std::optional<InferredSide> inferred() const;

 private:
  [[nodiscard]] std::uint32_t number_of(const policy::Side& side);

  policy::Sides sides_, plain_;
  memory::SideNames names_;
  const memory::Store* memory_;
  EarlierMessages earlier_;
  std::unordered_map<policy::Side, std::uint32_t> numbers_;
  std::vector<policy::Side> named_;    ///< by number
  Column<std::uint32_t> lists_;        ///< of a message: how many sides; they; how many plain ones; they
  std::vector<std::uint64_t> counts_;  ///< by number
  std::vector<std::uint64_t> known_;   ///< by number: messages of this run that the memory counted, too
  std::uint64_t messages_ = 0, known_messages_ = 0;
};

/// The sides in From, To and Cc, named without any party of the policy.
[[nodiscard]] std::vector<policy::Side> plain_sides_of(const facts::Facts& facts, const policy::Sides& plain);

/// The policy with that side as its own (a domain, or one address of a shared namespace).
void adopt_own_side(policy::Policy& policy, const policy::Side& side);

/// The evidence row that says so.
[[nodiscard]] timeline::EvidenceRemark own_side_remark(const InferredSide& inferred);

}  // namespace threadline::pipeline
