// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::facts {

/// What a label of a quoted header block introduces. `other` is read over ("Importance", "Attachments").
enum class QuoteField { from, sender, to, cc, date, subject, reply_to, other };

/// One meaning of a label: "A" is `to` in French and Italian, "Da" is `from` in Italian and `to` in Breton.
struct LabelUse {
  QuoteField field = QuoteField::from;
  std::string_view language;
  std::string_view written;  ///< as the table writes it
};

/// All uses of a label (folded by text::fold, without colon and marks); nullptr when it is none.
[[nodiscard]] const std::vector<LabelUse>* label_uses(std::string_view folded);
/// All labels of a language as the table writes them.
[[nodiscard]] const std::vector<LabelUse>& labels_of(std::string_view language);

/// Whether a label, as the table writes it, is that of a date only a message has ("Sent").
[[nodiscard]] bool says_sent(std::string_view written);

/// Labels of a date that have no colon, in ASCII ("Message du").
[[nodiscard]] std::span<const std::string_view> bare_labels();

enum class SeparatorKind { original, forward };
/// What the words of a separator line say ("Original Message", "Message transf\u00e9r\u00e9"), folded.
[[nodiscard]] std::optional<SeparatorKind> separator_kind(std::string_view folded);

/// How widely a language is written in mail, 0 the most: decides where a word or label is of several.
[[nodiscard]] std::size_t rank_of(std::string_view language);

/// A phrase between the one who sent and the one in whose name ("on behalf of"), as folded words.
struct BehalfPhrase {
  std::vector<std::string> words;
  bool behind = false;  ///< it stands behind both ("X <x@y> Z:n puolesta")
};
/// The phrases that begin with a word; nullptr without one.
[[nodiscard]] const std::vector<BehalfPhrase>* behalf_phrases(std::string_view first_word);

/// A whole attribution as a client writes it: "#1" is the author, "#2" date and time, "#0" anything.
struct AttributionRow {
  std::string_view written;
  std::string_view language;
};
[[nodiscard]] std::span<const AttributionRow> attribution_rows();

/// The language whose word for "wrote" this word is; empty when none.
[[nodiscard]] std::string_view verb_language(std::string_view folded_word);
/// Whether a word belongs to the fixed words of attributions ("on", "le", "um", "heeft").
[[nodiscard]] bool is_connector(std::string_view folded_word);

/// Whether a word is "you", as The Bat names the reader whose mail it quotes ("you wrote").
[[nodiscard]] bool is_reader(std::string_view folded_word);

}  // namespace threadline::facts
