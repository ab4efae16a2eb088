// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "facts/facts.h"

/// Who is to be paid on an account, by a name among the words of the new text. A heuristic (fr, en, de, es, it, pt, nl): a name
/// is words with capitals, but for those of payee_no_names.def; of a bank's name nothing is told.
namespace threadline::findings {

/// "Please transfer 1,250 EUR to Birch SL, IBAN ...", "payer Mme Roy sur ...", or a line "Name: Birch SL" above the account;
/// else empty.
[[nodiscard]] std::string payee_named(const facts::Facts& facts, const facts::Account& account);

/// "- Birch SL, ES91 ..., 1,250 EUR": the name that stands alone before the account in its line, with an amount behind it; else
/// empty.
[[nodiscard]] std::string payee_in_row(const facts::Facts& facts, const facts::Account& account);

/// The words before the account say that what is paid there is the writer's: "our invoice", "on our account", "our subsidiary".
/// Money that leaves "from our account" says nothing.
[[nodiscard]] bool is_claimed_for_writer(const facts::Facts& facts, const facts::Account& account);

}  // namespace threadline::findings
