// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "text/resemblance.h"

namespace threadline::text {

/// A domain as it is compared: the label below the public suffix, in its several readings.
struct Form {
  std::string given;
  std::string registrable;  ///< A-labels
  std::string suffix;
  std::string host;    ///< whole name, Unicode, without the suffix ("mail.firm")
  std::string label;   ///< Unicode ("firm")
  std::string folded;  ///< without diacritics
  std::string skeleton;
  std::string compact;  ///< folded, without hyphens
};
[[nodiscard]] Form read_form(std::string_view domain);

/// Lower case without diacritics.
[[nodiscard]] std::string without_diacritics(std::string_view text);

/// Whether a word is a keyword of the table: bait, corporate, or none.
enum class Keyword { none, bait, corporate };
[[nodiscard]] Keyword keyword(std::string_view word);

/// The best reading of one pair; nothing when they are unlike.
[[nodiscard]] std::optional<Resemblance> compare(const Form& candidate, const Form& reference);

/// The label without the keywords that hyphens set apart; empty when nothing is left or nothing was taken.
[[nodiscard]] std::string without_keywords(std::string_view label);

}  // namespace threadline::text
