// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text_map.h"
#include "memory/database.h"
#include "memory/disputes.h"
#include "memory/memory.h"
#include "memory/place.h"

namespace threadline::memory {

/// Domains as of a place, all in this process's memory: sums over the table `domain_use`, begun from the last saved ones where
/// these are of an earlier place.
class Domains {
 public:
  Domains(Database& database, const KeyedHash& hash, const Disputes& disputes, Filling filling);

  /// Brings the list to that place. True: it did anything but grow at its end.
  [[nodiscard]] bool go_to(Place before);
  [[nodiscard]] bool is_begun() const { return upto_ != kBeginning; }
  [[nodiscard]] const std::vector<View::KnownDomain>& all() const { return all_; }

  /// Writes what one message says of domains, and - where `is_now` - counts it at once. True: as go_to.
  [[nodiscard]] bool learn(const Learnt& learnt, Place place, std::int64_t message, bool is_now);
  /// Others may have written: what is known of the saved sums is read again.
  void look_again() { saved_.reset(); }
  /// Counts a message that another program wrote, or this one. True: as go_to.
  [[nodiscard]] bool count(Place place, std::int64_t message, bool is_now);
  /// As if the message had not been learnt. True: as go_to.
  [[nodiscard]] bool forget(Place place, std::int64_t message);
  /// Writes the sums of uses before `end`, where that is worth it.
  void save(Place end, bool is_last);
  /// Forgets what is in this process's memory.
  void let_go();

 private:
  struct Use {
    std::int64_t domain = 0;
    std::uint64_t person = 0;
    bool written = false;
    Place place;
    std::int64_t message = 0;
    std::int32_t offset = 0;
  };

  /// What the tables hold: sums of uses before that place (kBeginning: none), of which writing.
  struct Saved {
    Place upto = kBeginning;
    std::int64_t writing = 0;
  };

  [[nodiscard]] const Saved& saved();
  void load(Place before);
  void drop_saved();
  void add(const Use& use);
  void add_now(const std::vector<Use>& uses);
  void mark_all(Place before);
  void mark(const std::vector<std::uint64_t>& hashes, std::size_t from, Place before);
  void mark_learnt(Place before);
  [[nodiscard]] std::int64_t id_of(const std::string& name);
  [[nodiscard]] std::string name_of(std::int64_t id);

  Database& database_;
  const KeyedHash& hash_;
  const Disputes& disputes_;
  const bool is_in_order_;
  Statement uses_, insert_use_, drop_uses_, state_, write_state_, find_, name_, insert_;
  std::vector<View::KnownDomain> all_;
  std::vector<std::int64_t> ids_;  ///< parallel to all_
  std::vector<std::uint64_t> hashes_;
  std::unordered_map<std::uint64_t, std::size_t> by_hash_;  ///< places in all_
  std::unordered_map<std::int64_t, std::size_t> places_;    ///< of ids in all_
  TextMap<std::int64_t> known_ids_;
  std::set<std::size_t> changed_;  ///< since they were saved
  std::int64_t last_message_ = -1;
  std::set<std::int64_t> of_last_message_;
  Place upto_ = kBeginning, newest_ = kBeginning;
  std::optional<Saved> saved_;
  std::uint64_t seen_version_ = 0;           ///< of the disputes
  std::size_t seen_disputes_ = 0;            ///< of those learnt since
  std::optional<std::int64_t> own_writing_;  ///< Saved::writing of whose rows these are: the first of all_
};

}  // namespace threadline::memory
