// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "timeline/exports/exports.h"

namespace threadline::apps {

/// How an exhibit is written.
struct Rendering {
  std::string format;  ///< one of kRenderings
  std::string output;  ///< empty: standard output
  timeline::CsvForm csv;
  std::vector<timeline::Tab> tabs{timeline::Tab::timeline};  ///< of csv, jsonl, timesketch and iris; the others have both
};

/// csv and jsonl have writers of their own in scan.
inline const std::vector<std::string> kRenderings{"xlsx", "csv", "jsonl", "markdown", "html", "timesketch", "iris"};

/// Writes it, whole or not at all; says on standard error what the format left out.
/// Errors: it cannot be written; xlsx to standard output.
[[nodiscard]] Result<void> render(const timeline::Exhibit& exhibit, const Rendering& rendering);

}  // namespace threadline::apps
