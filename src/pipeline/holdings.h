// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/instant.h"
#include "message/message.h"
#include "policy/sides.h"
#include "timeline/judged.h"

namespace threadline::pipeline {

/// "export/inbox.mbox" of "export/inbox.mbox#123", "export" of "export/1.eml".
[[nodiscard]] std::string folder_of(const std::string& source);

/// What the messages of a run hold, by folder, address and direction. Attached messages are held by their carrier, not by the
/// run.
class Holdings {
 public:
  Holdings(const std::vector<timeline::Judged>& judged, const policy::Sides& sides);

  [[nodiscard]] bool has_id(const std::string& id) const { return ids_.contains(id); }

  /// Whether a message of the own side answers that one: somebody of the own side had it.
  [[nodiscard]] bool own_answered(const std::string& id) const { return own_answered_.contains(id); }

  /// Whether the folder holds what the address sent (received) before and after.
  [[nodiscard]] bool holds_around(const std::string& folder, bool sent, std::string_view address, Instant at) const;

  /// Whether somebody of that address or name wrote at that time; about the same subject, whole hours apart (clients lose zones).
  [[nodiscard]] bool has_written(const message::Address& person, const std::string& subject, Instant at) const;

  /// Whether nothing that the address sent (received) was exported, though much of the other direction was: an inbox alone, a
  /// folder of sent mail alone. A heuristic.
  [[nodiscard]] bool lacks_direction(std::string_view address, bool sent) const;

  /// How many messages a folder holds, and how many of them answer or quote a message that is there, too.
  struct Folder {
    std::size_t messages = 0, joined = 0;
  };
  [[nodiscard]] Folder folder(const std::string& name) const;

 private:
  struct Writing {
    std::int64_t at = 0;
    std::string subject;
  };
  struct Exchanged {
    std::size_t sent = 0, received = 0;
  };

  void add(const facts::Facts& facts, const policy::Sides& sides);
  void add_to_folders(const facts::Facts& facts, std::int64_t at);
  [[nodiscard]] bool has_time(const std::string& writer, const std::string& subject, Instant at) const;

  std::unordered_map<std::string, std::vector<std::int64_t>> times_;
  std::unordered_map<std::string, std::vector<Writing>> written_;
  std::unordered_map<std::string, Exchanged> exchanged_;
  std::unordered_map<std::string, Folder> folders_;
  std::unordered_set<std::string> ids_, own_answered_;
};

}  // namespace threadline::pipeline
