// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/resemblance_form.h"

/// The ways in which one domain is made to resemble another, each asked about one pair.
namespace threadline::text {

/// What differs and how much it weighs.
struct Difference {
  Technique technique = Technique::replacement;
  double score = 0;
  Severity severity = Severity::high;
  std::string why;
  bool is_whole = false;  ///< the whole name is imitated, so that a short label is no matter
};
using Found = std::optional<Difference>;

/// The reference's label cut by a dot ("le.roymartin.fr").
[[nodiscard]] Found by_dot(const Form& candidate, const Form& reference);
/// The reference among the labels in front of somebody else's domain.
[[nodiscard]] Found by_subdomain(const Form& candidate, const Form& reference);
/// The first part of a registry's ending behind a hyphen or without its dot ("impots-gouv.fr" for impots.gouv.fr).
[[nodiscard]] Found by_ending(const Form& candidate, const Form& reference);
/// The reference's words in another order.
[[nodiscard]] Found by_order(const Form& candidate, const Form& reference);
/// The reference beside other words ("firm-invoices").
[[nodiscard]] Found by_combination(const Form& candidate, const Form& reference);
/// A typing error beside a keyword ("secure-bnpparibsa").
[[nodiscard]] Found by_typo_and_keyword(const Form& candidate, const Form& reference);

/// The words of a label that hyphens set apart; empty ones are left out.
[[nodiscard]] std::vector<std::string_view> tokens_of(std::string_view label);
/// Up to 24 orders of up to four words, joined by nothing; without the given order.
[[nodiscard]] std::vector<std::string> reordered(const std::vector<std::string_view>& tokens);

}  // namespace threadline::text
