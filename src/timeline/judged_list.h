// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>

#include "timeline/judged.h"

namespace threadline::timeline {

/// Judged messages in the order of judgement, wherever they lie: there may be more than fit into memory.
/// Threads: any number of them may ask at once.
class JudgedList {
 public:
  JudgedList() = default;
  JudgedList(const JudgedList&) = delete;
  JudgedList& operator=(const JudgedList&) = delete;
  virtual ~JudgedList() = default;

  [[nodiscard]] virtual std::size_t size() const = 0;
  /// Shows one while `see` runs. Of its originals it may say no more than whether there is one.
  virtual void show(std::size_t rank, const std::function<void(const Judged&)>& see) const = 0;
};

}  // namespace threadline::timeline
