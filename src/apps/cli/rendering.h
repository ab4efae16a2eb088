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

/// csv, jsonl and timesketch are written row by row in scan.
inline const std::vector<std::string> kRenderings{"xlsx", "csv", "jsonl", "markdown", "html", "timesketch", "iris"};

/// Whether a format that has two forms is written as JSON lines: the output's name says so.
[[nodiscard]] bool is_json_lines(const std::string& output);
/// Says on standard error what a format left out.
void say_left_out(const timeline::LeftOut& left, timeline::Language language);

/// Errors: a workbook is to be written to standard output.
[[nodiscard]] Result<void> has_file(const Rendering& rendering);

/// Writes it, whole or not at all; says on standard error what the format left out. Pre: has_file.
/// Errors: it cannot be written.
[[nodiscard]] Result<void> render(const timeline::Exhibit& exhibit, const Rendering& rendering);

}  // namespace threadline::apps
