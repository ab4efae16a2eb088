// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "memory/fact_store.h"
#include "pipeline/judgement.h"

/// A run that many machines share: each makes the facts of its shard of the evidence and keeps them in a store; one judges them
/// all.
namespace threadline::pipeline {

/// What a shard came to.
struct Extracted {
  std::uint64_t items = 0;   ///< kept now
  std::uint64_t before = 0;  ///< kept by an earlier run of the same shard
  std::uint64_t lost = 0;    ///< could not be read; they have remarks
  bool interrupted = false;
};

/// Makes facts of the items of that shard and keeps them. Done again, it goes on where it was cut off.
/// Errors: as gather; facts of other evidence or made otherwise in the store; a store that could not be written.
[[nodiscard]] Result<Extracted> extract(const std::vector<std::string>& paths, const memory::Shard& shard,
                                        const RunSettings& settings, memory::FactStore& store);

/// All that the shards kept: what read_onto_shelf would tell of the same evidence.
/// Errors: as memory::FactStore; facts that this threadline does not read, or that were made under other trusted relays; a shelf
/// that cannot be written.
[[nodiscard]] Result<Shelved> shelved_of(memory::FactStore& store, const RunSettings& settings);

}  // namespace threadline::pipeline
