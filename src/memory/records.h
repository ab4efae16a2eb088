// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "memory/database.h"
#include "memory/memory.h"
#include "memory/place.h"
#include "memory/side_names.h"

namespace threadline::memory {

/// The messages of a store, read once and kept while they are asked for.
class Records {
 public:
  Records(Database& database, const KeyedHash& hash, const SideNames& names);

  /// One that derived tables point to. nullptr: it is not there, or damaged (a failure).
  [[nodiscard]] const Record* record(std::int64_t id);
  /// The same, as it was learnt. nullptr as above.
  [[nodiscard]] const Learnt* learnt(std::int64_t id);

  /// Before that place, and not message `but`.
  [[nodiscard]] const Record* by_message_id(std::string_view message_id, Place before, std::int64_t but);
  [[nodiscard]] std::vector<const Record*> by_thread_guid(std::string_view guid, std::size_t most, Place before,
                                                          std::int64_t but);
  [[nodiscard]] std::vector<const Record*> by_subject(std::string_view folded, std::size_t most, Place before, std::int64_t but);
  [[nodiscard]] std::vector<const Record*> latest_of_mailbox(std::string_view address, std::size_t most, Place before,
                                                             std::int64_t but);
  /// Messages whose sender is that one, in [from, before), oldest first; those that teach something of him.
  [[nodiscard]] std::vector<std::int64_t> of_sender(std::uint64_t sender, Place from, Place before);

  /// Whether it was read and is still in this process's memory.
  [[nodiscard]] bool is_kept(std::int64_t id) const { return kept_.contains(id); }
  /// Beyond the size from which let_go drops something.
  [[nodiscard]] bool is_full() const;

  /// Pointers that were answered are no longer valid. Beyond a size, what was not asked for longest is dropped.
  /// `all`: sides have other names now, or messages were forgotten.
  void let_go(bool all);
  void let_go_of(std::int64_t id);

 private:
  struct Kept {
    Learnt learnt;
    Record record;
    std::uint64_t bytes = 0;                    ///< in the store
    std::list<std::int64_t>::iterator place{};  ///< in asked_
  };

  [[nodiscard]] Kept* kept(std::int64_t id);
  [[nodiscard]] std::vector<const Record*> records(Statement& rows, bool newest_first);

  Database& database_;
  const KeyedHash& hash_;
  const SideNames& names_;
  Statement body_, by_id_, by_guid_, by_subject_, by_sender_, of_mailbox_;
  std::unordered_map<std::int64_t, std::unique_ptr<Kept>> kept_;
  std::list<std::int64_t> asked_;  ///< the one asked for last first
  std::uint64_t kept_bytes_ = 0;
};

}  // namespace threadline::memory
