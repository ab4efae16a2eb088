// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "timeline/words.h"

namespace threadline::timeline {

/// A note's text for people: note_texts.def has the French of what our readers say, for the whole text or for its pieces between
/// ": ". What it does not have (values of the evidence, a library's words) is kept as it is.
[[nodiscard]] std::string note_text(std::string_view text, Language language);

/// One line of note_texts.def; for the test that each is still said.
struct NoteText {
  std::string_view english, french;
};
[[nodiscard]] std::span<const NoteText> all_note_texts();

}  // namespace threadline::timeline
