// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::facts {

/// The language of a text by its function words (function_words.def): "fr", "en", "de", "es", "it", "pt", "nl", or empty where
/// the text is short or no language leads clearly. A heuristic: names, numbers and mixed texts give none; it reads the first
/// 10,000 bytes.
[[nodiscard]] std::string_view language_of_text(std::string_view text);

}  // namespace threadline::facts
