// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/limits.h"
#include "documents/kept_documents.h"
#include "documents/programs.h"

namespace threadline::documents {

/// Programs that together take no longer for one message than Limits::programs_ms. What they read is kept for later messages.
class CountedPrograms : public Programs {
 public:
  explicit CountedPrograms(const Limits& limits) : limits_(limits) {}
  [[nodiscard]] ProgramAnswer run(const ProgramRequest& request) final;
  void start_message() final {
    used_ms_ = kept_back_ms_ = 0;
    part_ = 1;
  }
  void keep_back(std::uint64_t ms) final { kept_back_ms_ = ms; }
  void take_part(std::uint32_t of) final { part_ = of; }
  [[nodiscard]] KeptDocuments* kept() final { return &kept_; }

 protected:
  [[nodiscard]] const Limits& limits() const { return limits_; }
  [[nodiscard]] virtual ProgramAnswer run_for(const ProgramRequest& request, std::uint32_t ms) = 0;

 private:
  [[nodiscard]] ProgramAnswer counted(const ProgramRequest& request);

  Limits limits_;
  KeptDocuments kept_;
  std::uint64_t used_ms_ = 0, kept_back_ms_ = 0;
  std::uint32_t part_ = 1;
};

}  // namespace threadline::documents
