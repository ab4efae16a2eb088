// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/analysis.h"
#include "pipeline/item_facts.h"
#include "pipeline/pool.h"

/// Steps that a run over an export and a gateway share.
namespace threadline::pipeline {

using Messages = std::vector<std::shared_ptr<facts::Facts>>;

/// Messages that carry others and only claim to be the own side's (findings::spoof_of): what they bring, an outsider brings.
class Spoofs {
 public:
  void add(const facts::Facts& carrier, const policy::Sides& sides);
  /// Whether the carrier at that place of carried_by is one of them.
  [[nodiscard]] bool hold(const facts::Facts& attached, std::size_t level) const;

 private:
  struct Carrier {
    std::string within;  ///< sha256 of the message that it is attached to itself
    bool is_spoof = false;
  };
  std::map<std::string, Carrier, std::less<>> carriers_;  ///< by sha256
};

/// When a message could first be known that is attached to others: not before an outsider's mail that brings it, who may have
/// made it all, with its Received fields (findings.md, "known at"); where that has no date, last. Nothing changes for one that
/// the own side handed on, or kept.
void hold_back(facts::Facts& attached, const policy::Sides& sides, const Spoofs& spoofs);
[[nodiscard]] bool is_to_be_held_back(const facts::Facts& attached, const policy::Sides& sides, const Spoofs& spoofs);

[[nodiscard]] ItemSettings item_settings(const RunSettings& settings);

/// A whole message is lost (medium), what is beyond a limit (low), or a file that may never have been a message (info).
[[nodiscard]] timeline::EvidenceRemark unreadable(std::string source, std::string sha256, std::vector<Note> notes);
/// Of an item that its worker lost.
[[nodiscard]] timeline::EvidenceRemark lost_remark(Outcome&& outcome);
/// A report that an export tool wrote about its messages, an empty mailbox, what threadline wrote: no evidence that was lost.
[[nodiscard]] bool holds_nothing(const Note& note);

[[nodiscard]] Instant known_at_or_last(const facts::Facts& facts);
/// The order of judgement: by known_at, then sha256 (findings.md, "known at"); then source, for equal bytes without an id.
void put_in_order(Messages& messages);

}  // namespace threadline::pipeline
