// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/column.h"
#include "base/instant.h"
#include "base/narrow.h"
#include "facts/facts.h"
#include "message/message.h"
#include "policy/sides.h"

namespace threadline::pipeline {

/// "export/inbox.mbox" of "export/inbox.mbox#123", "export" of "export/1.eml".
[[nodiscard]] std::string folder_of(const std::string& source);

/// What the messages of a run hold, by folder, address and direction. Attached messages are held by their carrier, not by the
/// run. Some 90 bytes a message: times are kept of the own side's addresses alone, which nobody else is asked about.
class Holdings {
 public:
  explicit Holdings(const policy::Sides& sides) : sides_(sides) {}

  void add(const facts::Facts& facts);
  /// All were added; what is asked below is known from now on.
  void finish();
  /// All was asked but how many messages a folder holds: the rest goes.
  void let_go();
  /// In a second pass: that message, which quotes a message that is there or does not.
  void join(const facts::Facts& facts, bool quotes);

  [[nodiscard]] bool has_id(const std::string& id) const { return has(ids_, id); }

  /// Whether a message of the own side answers that one: somebody of the own side had it.
  [[nodiscard]] bool own_answered(const std::string& id) const { return has(own_answered_, id); }

  /// Whether the folder holds what the own side's address sent (received) before and after.
  [[nodiscard]] bool holds_around(const std::string& folder, bool sent, std::string_view address, Instant at) const;

  /// Whether somebody of that address or name wrote at that time; about the same subject, whole hours apart (clients lose zones).
  [[nodiscard]] bool has_written(const message::Address& person, const std::string& subject, Instant at) const;

  /// Whether nothing that the own side's address sent (received) was exported, though much of the other direction was: an inbox
  /// alone, a folder of sent mail alone. A heuristic.
  [[nodiscard]] bool lacks_direction(std::string_view address, bool sent) const;

  /// How many messages a folder holds, and how many of them answer or quote a message that is there, too.
  struct Folder {
    std::size_t messages = 0, joined = 0;
  };
  [[nodiscard]] Folder folder(const std::string& name) const;

 private:
  using Seconds = Narrow<5>;  ///< 17,000 years
  struct [[gnu::packed]] At {
    std::uint64_t key = 0;  ///< short_hash of folder, direction and address
    Seconds at;
  };
  struct [[gnu::packed]] Writing {
    std::uint64_t writer = 0;  ///< short_hash of the address or the name
    Seconds at;
    std::uint32_t subject = 0;  ///< of a short_hash, whose other bits would tell nothing more of one writer's hours
  };
  struct Exchanged {
    std::size_t sent = 0, received = 0;
  };

  static bool has(const Column<std::uint64_t>& ids, const std::string& id);
  void add_exchange(const facts::Facts& facts);
  void add_to_folders(const facts::Facts& facts, std::int64_t at);
  [[nodiscard]] bool has_time(const std::string& writer, const std::string& subject, Instant at) const;

  const policy::Sides& sides_;
  Column<At> times_;
  Column<Writing> written_;
  std::unordered_map<std::string, Exchanged> exchanged_;  ///< of the own side's addresses
  std::unordered_map<std::string, Folder> folders_;
  Column<std::uint64_t> ids_, own_answered_;  ///< short hashes, sorted
};

}  // namespace threadline::pipeline
