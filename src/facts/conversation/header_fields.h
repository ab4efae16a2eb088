// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/conversation/introduction.h"
#include "facts/conversation/quote_words.h"

namespace threadline::facts {

/// "Label: value" of a quoted header block; `uses` are all meanings of the label.
struct HeaderField {
  const std::vector<LabelUse>* uses = nullptr;
  std::string value;
};

/// A colon behind a label, ASCII or full width.
struct Colon {
  std::size_t at = std::string_view::npos;
  std::size_t length = 1;
};
/// The first colon within the bytes that a label may have.
[[nodiscard]] Colon find_colon(std::string_view text);

/// The meanings of a label as it stands in a text, with the stars of "*De :*"; nullptr when it is none.
[[nodiscard]] const std::vector<LabelUse>* uses_of(std::string_view label);

/// Whether the same label is among the fields.
[[nodiscard]] bool is_among(const std::vector<HeaderField>& fields, const std::vector<LabelUse>* uses);

/// The fields read in the language in which most labels have a meaning; nothing when they are no quoted message.
/// A message has a sender with an address, a subject or recipients and a date; or a sender with a name alone, a subject and a
/// date with its time (a memo has none, a journey no subject); or without a sender a date with its zone and a recipient with an
/// address (nobody types a zone). `announced`: a separator stands before it, a sender is enough. A
/// heuristic: pasted header fields of a mail read as the message that they are of.
[[nodiscard]] std::optional<Introduction> read_fields(const std::vector<HeaderField>& fields, bool announced,
                                                      int carrier_offset_minutes);

}  // namespace threadline::facts
