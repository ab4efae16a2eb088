// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "timeline/shown.h"

namespace threadline::timeline {

/// A column of a tab: what stands in it, and how wide a person would make it.
struct Column {
  std::string_view title;  ///< key of the words
  double width;            ///< characters; a digest is one line, cut where it is longer
  enum class Kind { text, date, clock, severity, number, digest } kind = Kind::text;
};

/// The article's seven columns first, then what an auditor needs; for actions the article's four.
[[nodiscard]] std::span<const Column> columns_of(Tab tab);
/// The cell of that column, as it is in the evidence: not yet made visible.
[[nodiscard]] std::string cell_of(const Column& column, const ShownRow& shown, Language language);

}  // namespace threadline::timeline
