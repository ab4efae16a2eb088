// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "facts/conversation/conversation.h"

namespace threadline::facts {

/// A text in the order in which a person sees its characters.
struct VisualText {
  std::string text;
  std::vector<std::uint32_t> places;  ///< of each byte of `text`: its offset in what was read
};

/// The text with what bidi overrides turn round (U+202E, <bdo dir=rtl>) as it is shown; empty where nothing is turned round.
/// Overrides alone: letters and digits keep their order in a mere direction. Where a line is wrapped is not known: a line is one.
/// Source: UAX 9, X1-X8 (explicit levels, at most 125), L1 (a line's end ends them), L2 (reversal).
[[nodiscard]] VisualText visual_order(const ReadText& body);

}  // namespace threadline::facts
