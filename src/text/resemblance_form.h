// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "text/resemblance.h"

namespace threadline::text {

/// A domain as it is compared.
struct Form {
  std::string given;
  std::string registrable;      ///< A-labels
  std::string suffix;           ///< A-labels
  std::string host;             ///< the whole name in Unicode, without the suffix ("mail.firm")
  std::size_t label_begin = 0;  ///< in host: the label below the suffix
  std::string reading;          ///< that label as a reader takes it, one byte a letter; see Reading
  bool has_marks = false;       ///< letters with diacritics
  bool has_foreign = false;     ///< letters that only look like those of `reading`

  [[nodiscard]] std::string_view label() const { return std::string_view(host).substr(label_begin); }
  /// Labels above the registrable domain's stand in front of it.
  [[nodiscard]] bool has_subdomain() const { return label_begin > 0; }
};

/// Reads a name that hostile hands may have written; without a registrable part nothing of it is filled but `given`.
/// Limits: 1,024 octets of a name, 253 of a label are read.
[[nodiscard]] Form read_form(std::string_view domain);

/// Letters as a reader takes them: lower case, without diacritics, ASCII where confusables.def knows what it looks like. One byte
/// a letter: other letters are bytes of 0x80 and more, not reversible (two may share one).
struct Reading {
  std::string letters;
  bool has_marks = false, has_foreign = false;
};
[[nodiscard]] Reading read_letters(std::string_view text);

/// Each letter of a reading replaced by the first of those that look alike at a glance (0/o, 1/i/l, 5/s): as long as the reading.
[[nodiscard]] std::string plain_of(std::string_view reading);
[[nodiscard]] char plain_of(char letter);

/// The strokes that letters are made of, without hyphens, each run once: equal for what looks remotely alike. Only good for
/// finding what is then compared by weight.
[[nodiscard]] std::string strokes_of(std::string_view reading);

/// What a word says in a combination (resemblance_keywords.def): nothing, bait, or what subsidiaries carry too.
enum class Keyword { none, bait, corporate };
[[nodiscard]] Keyword keyword(std::string_view word);
/// How many letters tell a reference apart: all of its label, or what is left of the shorter of the two without the machine word
/// that both end in ("aacdn", "abcdn": 2).
[[nodiscard]] std::size_t telling_letters(std::string_view candidate, std::string_view reference);

/// The best reading of one pair; nothing when they are unlike.
[[nodiscard]] std::optional<Resemblance> compare(const Form& candidate, const Form& reference);

/// The label without the keywords that hyphens set apart, or that run together with its beginning or end; empty when nothing is
/// left or nothing was taken.
[[nodiscard]] std::string without_keywords(std::string_view label);

}  // namespace threadline::text
