// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "facts/facts.h"
#include "findings/context.h"
#include "findings/finding.h"
#include "memory/memory.h"

namespace threadline::findings {

/// `hash` is the memory's (View::word_hash).
[[nodiscard]] Prepared prepare_message(const facts::Facts& facts, const memory::KeyedHash& hash);

/// One message as a detector sees it.
struct Case {
  const facts::Facts& facts;
  const Context& context;
  const memory::View& memory;
  const Ground& ground;
  const Prepared* prepared = nullptr;  ///< or nothing was
};

/// Phase two of a detector: pure, from any thread (DESIGN rule 8).
using Check = std::function<std::vector<Finding>(const Case&)>;

/// Phase one of each detector of detectors.def: validates and compiles once.
#define THREADLINE_DETECTOR(name) [[nodiscard]] Result<Check> prepare_##name(const Ground& ground);
#include "findings/detectors.def"
#undef THREADLINE_DETECTOR

/// All detectors of detectors.def, prepared, and the step that combines their findings (severities that depend on each other,
/// the policy's severity ceilings). Threads: const use from any thread.
class Detectors {
 public:
  [[nodiscard]] static Result<Detectors> prepare(std::shared_ptr<const Ground> ground);

  struct Judgement {
    Context context;
    std::vector<Finding> findings;  ///< most severe first, then by code and subject
    memory::Learnt learnt;          ///< what pipeline writes to memory afterwards
  };
  /// `session`: as in read_context. `prepared` changes nothing but the time that it takes.
  [[nodiscard]] Judgement judge(std::shared_ptr<const facts::Facts> facts, const memory::View& memory,
                                std::optional<Direction> session = std::nullopt, const Prepared* prepared = nullptr) const;

 private:
  std::shared_ptr<const Ground> ground_;
  std::vector<Check> checks_;
};

}  // namespace threadline::findings
