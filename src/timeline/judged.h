// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "facts/facts.h"
#include "findings/context.h"
#include "findings/finding.h"

namespace threadline::timeline {

/// One message with all that was said of it: what rows and explain are made from.
struct Judged {
  std::shared_ptr<const facts::Facts> facts;
  findings::Direction direction = findings::Direction::unknown;
  std::vector<findings::Finding> findings;
  std::vector<findings::Presented> presented;
  std::vector<Note> notes;  ///< limits that the judgement reached
  /// Parallel to facts->conversation.quoted: the facts of the original where it is in evidence anywhere in the run, else null.
  std::vector<std::shared_ptr<const facts::Facts>> originals;
};

/// Something to say about the evidence itself that belongs to no message (unreadable file, inferred own side).
struct EvidenceRemark {
  std::string code;  ///< "evidence_unreadable", "own_side_inferred", ...
  Severity severity = Severity::info;
  std::string source;
  std::string sha256;  ///< of the bytes, or empty
  std::string place;   ///< where no digest is: what the source is without the folders that lead to it (evidence::place_of)
  std::vector<Note> notes;
  Value evidence;  ///< an object
};

}  // namespace threadline::timeline
