// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace threadline::timeline {

enum class Language { fr, en };

/// The words for that key in words.def (DESIGN rule 11); notes come from base/notes.def under "note.<code>".
/// A key that is not there is our bug: it is returned as it is, and a test finds it.
[[nodiscard]] std::string_view words(std::string_view key, Language language);

/// The same where the key may be missing: a value of the evidence that may, or may not, be a word of ours.
[[nodiscard]] std::optional<std::string_view> known_words(std::string_view key, Language language);

/// Names and what stands for them in a phrase.
using Values = std::vector<std::pair<std::string_view, std::string>>;

/// The words with each "{name}" replaced, in one pass: a value is never read as words again. A group in "[...]" is left out
/// where one of its names has no value.
[[nodiscard]] std::string phrase(std::string_view key, Language language,
                                 const std::vector<std::pair<std::string_view, std::string>>& values);

/// One entry of words.def, and all of them: for the test that both languages are whole.
struct Entry {
  std::string_view key, french, english;
};
[[nodiscard]] const std::vector<Entry>& all_words();

}  // namespace threadline::timeline
