// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace threadline::facts {

/// What a label of a quoted header block introduces.
enum class QuoteField { from, sender, to, cc, date, subject, reply_to };

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

enum class SeparatorKind { original, forward };
/// What the words of a separator line say ("Original Message", "Message transf\u00e9r\u00e9"), folded.
[[nodiscard]] std::optional<SeparatorKind> separator_kind(std::string_view folded);

/// The language whose word for "wrote" this word is; empty when none.
[[nodiscard]] std::string_view verb_language(std::string_view folded_word);
/// Whether a word belongs to the fixed words of attributions ("on", "le", "um", "heeft").
[[nodiscard]] bool is_connector(std::string_view folded_word);

/// The month that a word names: in the preferred language if it does there, else in the first that has it. 0: none.
[[nodiscard]] int month_named(std::string_view folded_word, std::string_view language);
[[nodiscard]] bool is_weekday(std::string_view folded_word);

}  // namespace threadline::facts
