// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/column.h"
#include "base/short_hash.h"
#include "timeline/draft.h"
#include "timeline/judged_list.h"

namespace threadline::timeline {

/// One row for each message that is known from quoted history only, whoever quotes it. Two quoted copies are one message when the
/// author and the minute are the same; where a copy's zone is only assumed, also when whole hours and the same words tell so.
/// The row's identity, and when it was known, are those of the first copy (in the order of judgement).
/// Some 60 bytes of memory a quoted message, and 12 a copy.
class QuotedRows {
  struct Noted;

 public:
  /// What is kept of the messages that one quotes.
  using Carried = std::vector<Noted>;
  [[nodiscard]] static Carried carried_by(const Judged& carrier, const RowCut& cut);

  /// In the order of judgement.
  void add(const Carried& carried);
  /// Of those whose first carrier the cut holds. Reads the carriers again, in so many threads.
  void each(const JudgedList& judged, const RowSettings& settings, unsigned threads, const std::function<void(Draft&&)>& take);

 private:
  /// A quoted copy: its group, the rank of its carrier, and which of its blocks.
  struct [[gnu::packed]] Copy {
    std::uint32_t group = 0, rank = 0;
    std::uint16_t block = 0;
  };
  /// The copies of one quoted message, and what of the first one others are held against.
  struct Group {
    std::uint64_t address = 0;  ///< short_hash; 0: none
    std::int64_t at = 0;        ///< seconds
    bool has_date = false, is_zone_assumed = false, has_original = false;
    bool is_told = true;  ///< by this run: the cut holds the first copy's carrier
  };
  /// How a copy may be recognised in another carrier. `loose`: only where one of the two zones is assumed, or no date is known.
  struct Key {
    std::uint64_t hash;
    bool loose;
  };

  struct Noted {
    std::vector<Key> keys;
    Group group;
  };

  static std::vector<Key> keys_of(const facts::QuotedBlock& block);
  static Group group_of(const facts::QuotedBlock& block);
  static bool may_be_one(const Group& one, const Group& other, bool loose);
  [[nodiscard]] std::optional<std::uint32_t> find(const Key& key, const Group& copy) const;
  /// The carriers that one thread read last: one message quotes several that no other has.
  class Carriers;
  static std::optional<Draft> draft_of(const Copy* first, const Copy* end, Carriers& carriers, const RowSettings& settings);

  Column<Group> groups_;
  Column<Copy> copies_;
  HashTable<HashAndNumber> index_;
  std::uint32_t carriers_ = 0;
};

}  // namespace threadline::timeline
