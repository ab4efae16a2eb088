// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "archive/allowance.h"
#include "base/sha256.h"
#include "evidence/evidence.h"

namespace threadline::evidence {

/// One run of read_evidence: where items go, and what has gone there.
class Reading {
 public:
  Reading(const Settings& how, const Sink& sink) : settings(how), limits(how.limits), sink_(sink) {}

  /// Hands an item over with its digest. Answers false when the reading is to stop.
  bool give(Item item) {
    if (summary.stopped) return false;
    if (!item.bytes.empty()) item.sha256 = sha256_hex(item.bytes);
    ++summary.items;
    summary.bytes += item.bytes.size();
    summary.stopped = !sink_(std::move(item));
    return !summary.stopped;
  }

  /// An item of which nothing could be read.
  bool give_lost(const std::string& source, std::string_view format, std::string_view code, std::string text) {
    return give({.source = source,
                 .format = std::string(format),
                 .bytes = {},
                 .sha256 = {},
                 .notes = {{std::string(code), std::move(text), {}}}});
  }

  const Settings& settings;
  const Limits& limits;
  Summary summary;
  std::vector<Note> member_notes;               ///< of the member being read; the message that it is takes them
  std::optional<archive::Allowance> allowance;  ///< of the archive being read and those inside it
  /// Whole paths of files that were read, where one may be met again: the given paths overlap.
  std::optional<std::unordered_set<std::string>> met;

 private:
  const Sink& sink_;
};

/// The note that a message was longer than Limits::message_bytes.
[[nodiscard]] inline Note message_bytes_note() { return {"limit", "message_bytes: the rest of the message is left out", {}}; }

}  // namespace threadline::evidence
