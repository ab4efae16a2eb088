// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "facts/conversation/written_date.h"
#include "message/message.h"

namespace threadline::facts {

/// What a text says that may be an attribution.
struct AttributionReading {
  std::string_view language;  ///< of the verb; empty without one
  bool has_verb = false;
  std::optional<WrittenDate> date;
  std::string date_words;  ///< where no grammar reads the date of a known form
  message::Address from;
  std::optional<message::Address> on_behalf_of;
  std::size_t name_tokens = 0;
  bool begins_well = false;  ///< with a fixed word, a weekday, the date or the author
  bool formed = false;       ///< a form of the table, from its first word to its last
  bool whole = false;        ///< `formed`, with a date in it
  bool reader = false;       ///< its author is "you", to whom the mail is written
  std::size_t cut = 0;       ///< where it begins behind other words
  std::string verb;          ///< as the table or the text writes it
};

/// Reads a text as one attribution, by a known form or else by its date, its verb and the words between. `deeper`: quoted lines
/// follow it, then it may begin behind other words ("Thanks! On ..., X wrote:").
[[nodiscard]] AttributionReading read_attribution(std::string_view text, bool deeper);

}  // namespace threadline::facts
