// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "apps/cli/options.h"
#include "pipeline/analysis.h"

namespace threadline::apps {

/// How far a run has come, on standard error: on a terminal one line that is written over, elsewhere a line every 30 seconds.
class Progress {
 public:
  /// Counts the bytes of the files below the paths.
  explicit Progress(const EvidenceOptions& options);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void read(std::uint64_t items, std::uint64_t bytes);
  /// Also of rows that are written: step "written".
  void advanced(const pipeline::Advance& advance);
  /// Takes the line off the terminal.
  void clear();

 private:
  using Clock = std::chrono::steady_clock;

  [[nodiscard]] bool is_due();
  void begin(std::string_view step);
  [[nodiscard]] double seconds() const { return std::chrono::duration<double>(Clock::now() - began_).count(); }
  void show(const std::string& line);

  timeline::Language language_;
  bool is_quiet_, is_terminal_, is_shown_ = false;
  std::uint64_t all_bytes_ = 0;
  std::string_view step_;
  Clock::time_point began_, shown_;
};

}  // namespace threadline::apps
