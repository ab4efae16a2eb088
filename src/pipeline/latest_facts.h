// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iterator>
#include <list>
#include <memory>
#include <unordered_map>
#include <utility>

#include "facts/facts.h"

namespace threadline::pipeline {

/// Facts that were read last, by where they lie on a shelf. Threads: one.
class LatestFacts {
 public:
  using FactsPointer = std::shared_ptr<const facts::Facts>;
  struct Kept {
    std::uint64_t at;
    std::uint32_t length;  ///< bytes on the shelf; decoded they take three times as much
    FactsPointer facts;
  };

  explicit LatestFacts(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

  /// Those that lie there, or nullptr.
  [[nodiscard]] FactsPointer find(std::uint64_t at) {
    const auto found = kept_at_.find(at);
    if (found == kept_at_.end()) return nullptr;
    kept_.splice(kept_.begin(), kept_, found->second);
    return found->second->facts;
  }
  /// Answers what is kept no longer: whoever holds a lock may let it end without.
  std::list<Kept> add(Kept&& latest) {
    std::list<Kept> dropped;
    const auto [place, is_new] = kept_at_.try_emplace(latest.at);
    if (!is_new) return dropped;
    bytes_ += latest.length;
    kept_.push_front(std::move(latest));
    place->second = kept_.begin();
    while (bytes_ > most_bytes_ && kept_.size() > 1) {
      bytes_ -= kept_.back().length;
      kept_at_.erase(kept_.back().at);
      dropped.splice(dropped.end(), kept_, std::prev(kept_.end()));
    }
    return dropped;
  }

 private:
  std::uint64_t most_bytes_;
  std::list<Kept> kept_;  ///< the last one first
  std::unordered_map<std::uint64_t, std::list<Kept>::iterator> kept_at_;
  std::uint64_t bytes_ = 0;
};

}  // namespace threadline::pipeline
