// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>

#include "memory/database.h"
#include "memory/memory.h"
#include "memory/place.h"
#include "memory/records.h"

namespace threadline::memory {

/// Adds what one message showed of its sender. `learnt` has facts and a sender.
void add_message(Correspondent& person, const Learnt& learnt);

/// Correspondents as of a place: sums over the messages of each, kept between questions and, of who wrote more than a few, in the
/// table `person`.
class People {
 public:
  People(Database& database, Records& records, const SideNames& names, Filling filling);

  /// nullptr: nothing undisputed was learnt of him before.
  [[nodiscard]] const Correspondent* of(std::uint64_t sender, Place before);
  /// Whether a sum that is kept ends behind that place: a message which comes there late belongs into it.
  [[nodiscard]] bool is_summed(std::uint64_t sender, Place place) const;
  /// A message was learnt here. `is_now`: questions are about all that was learnt, in whatever order.
  void learn(std::uint64_t sender, Place place, const Learnt& learnt, bool is_now);
  /// Another program wrote a message; one that is_summed, else there is nothing to count.
  void count(std::uint64_t sender, Place place, const Learnt& learnt, bool is_now);
  /// One of his messages is forgotten.
  void forget(std::uint64_t sender);
  /// Writes the sums that are worth it, of messages before `end`.
  void save(Place end);
  /// Whether let_go(false) would let them go.
  [[nodiscard]] bool is_full() const;
  void let_go(bool all);

 private:
  struct Entry {
    Correspondent person;
    Place upto = kBeginning;    ///< messages before it are in the sum
    Place newest = kBeginning;  ///< none of them is behind it
    bool is_changed = false;
  };

  void load(std::uint64_t sender, Place before, Entry& entry);
  [[nodiscard]] Entry& entry_of(std::uint64_t sender, Place before);
  [[nodiscard]] bool extend(std::uint64_t sender, Place place, const Learnt& learnt);
  static void add(Entry& entry, Place place, const Learnt& learnt);
  void write(std::uint64_t sender, Entry& entry);

  Records& records_;
  const SideNames& names_;
  const bool is_in_order_;
  Statement read_, write_, drop_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Entry>> entries_;
};

}  // namespace threadline::memory
