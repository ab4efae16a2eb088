// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>

#include "base/confined_child.h"
#include "base/limits.h"

namespace threadline::evidence {

/// A set of identifiers of a store's nodes: few bytes for each of a row of items.
class PstIdentifiers {
 public:
  [[nodiscard]] bool has(std::uint32_t identifier) const;
  void add(std::uint32_t identifier);

 private:
  static constexpr std::uint32_t kPage = 4'096;
  std::unordered_map<std::uint32_t, std::bitset<kPage>> pages_;
};

/// How far earlier children came.
struct PstProgress {
  std::set<std::uint64_t> deadly;  ///< steps that ended a child: left out
  std::uint64_t next = 0;          ///< items of earlier steps are given already
  PstIdentifiers given;
};

/// Called in the child before each step (tests end it there).
using PstHook = std::function<void(std::uint64_t step)>;

/// Opens the store at `path` with libpff and says what is in it, folder by folder, then orphans, then what can be recovered of
/// deleted items, as frames (pst_frame.h). Runs in the confined child only.
/// Order: steps are counted alike in each run; step 0 is opening.
/// Limits: pst_folder_depth, and those of read_pst_item and write_tnef.
void walk_pst(const std::string& path, const Limits& limits, const PstProgress& before, const PstHook& hook,
              const SendFrame& send);

}  // namespace threadline::evidence
