// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "memory/database.h"
#include "memory/memory.h"
#include "memory/place.h"

namespace threadline::memory {

enum class DisputeKind : std::uint8_t { address, domain, account };

/// What is disputed, and since which place; hashes, all in this process's memory.
class Disputes {
 public:
  Disputes(Database& database, const KeyedHash& hash);

  [[nodiscard]] bool is_disputed(DisputeKind kind, std::uint64_t hash, Place before) const {
    const auto& known = since_[static_cast<std::size_t>(kind)];
    const auto found = known.find(hash);
    return found != known.end() && found->second < before;
  }
  /// Whether a use at that place came after the dispute or with it.
  [[nodiscard]] bool is_disputed_at(DisputeKind kind, std::uint64_t hash, Place use) const {
    const auto& known = since_[static_cast<std::size_t>(kind)];
    const auto found = known.find(hash);
    return found != known.end() && found->second <= use;
  }

  /// Changes when all was read again: what follows counts from then on.
  [[nodiscard]] std::uint64_t version() const { return version_; }
  /// Hashes of the domains that disputes were learnt about since, in that order.
  [[nodiscard]] const std::vector<std::uint64_t>& learnt_domains() const { return learnt_domains_; }
  /// Hashes of the domains that became disputed in [from, before).
  [[nodiscard]] std::vector<std::uint64_t> domains_between(Place from, Place before) const;

  void learn(const Learnt& learnt, Place place, std::int64_t message);
  /// As if the message had not been learnt.
  void forget(const Learnt& learnt, Place place, std::int64_t message);
  /// Reads again what the store holds.
  void load();

 private:
  template <class Each>
  void for_each(const Learnt& learnt, Each each) const;

  const KeyedHash& hash_;
  Statement read_, write_, drop_;
  std::array<std::unordered_map<std::uint64_t, Place>, 3> since_;
  std::set<std::pair<Place, std::uint64_t>> of_domains_;
  std::vector<std::uint64_t> learnt_domains_;
  std::uint64_t version_ = 0;
};

}  // namespace threadline::memory
