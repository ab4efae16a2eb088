// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "findings/finding.h"
#include "memory/memory.h"
#include "pipeline/originals.h"
#include "policy/policy.h"
#include "timeline/judged.h"

namespace threadline::pipeline {

/// Adds `message_missing` to the first message that names a message which its export should hold and does not (findings.md): one
/// finding a missing message. A step of its own, since only the end of a run knows what an export holds.
/// A message is due where a quoted level, In-Reply-To or References names it, an own-side address sent or received it, and an
/// earlier message of its thread is there; or the same folder holds other messages which that address sent (received) before and
/// after. A message that a bounce carries is due to its sender.
/// Silent: a thread that began before the export; others' threads on mailing lists; an inbox whose sent mail was not exported,
/// and the other way round (Holdings::lacks_direction); a folder where more is missing than joined, which somebody chose.
/// Heuristic: what was filed elsewhere is told as missing.
class MissingSearch {
 public:
  /// `memory` knows messages of earlier runs, which are not missing; or nullptr. `facts_of` by rank: place in the order of
  /// judgement. A policy without an own side has no missing messages.
  MissingSearch(const policy::Policy& policy, const memory::View* memory, FactsOf facts_of);

  /// In the order of judgement.
  void add(const facts::Facts& facts);
  /// All were added.
  void finish();

  /// What one message says is missing. `folder` is asked when all messages were searched: so many may be missing that somebody
  /// chose the messages.
  struct Claim {
    findings::Finding finding;
    bool is_sure = false;
  };
  /// Once for each message, in the order of judgement, after finish(). Those that a bounce tells of are kept for it.
  [[nodiscard]] std::vector<Claim> claims_of(std::uint32_t rank, const timeline::Judged& judged);

  /// The claims of all messages were made: what they alone needed goes.
  void let_go();

  /// The findings that stand when all messages were searched: `claims` are the message's own.
  [[nodiscard]] std::vector<findings::Finding> findings_of(std::uint32_t rank, const facts::Facts& facts,
                                                           const std::vector<Claim>& claims) const;

 private:
  struct Search;
  std::shared_ptr<Search> search_;
};

}  // namespace threadline::pipeline
