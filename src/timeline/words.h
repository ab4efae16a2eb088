// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace threadline::timeline {

enum class Language { fr, en };

/// The words for that key in words.def (DESIGN rule 11); notes come from base/notes.def under "note.<code>".
/// A key that is not there is our bug: it is returned as it is, and a test finds it.
[[nodiscard]] std::string_view words(std::string_view key, Language language);

/// The words with each "{name}" replaced.
[[nodiscard]] std::string phrase(std::string_view key, Language language,
                                 const std::vector<std::pair<std::string_view, std::string>>& values);

}  // namespace threadline::timeline
