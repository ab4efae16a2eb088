// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/facts.h"

/// How the new text speaks of an account that its writer may not present as his own. French and English; an account in an
/// attachment or without words is none of these.
namespace threadline::findings {

/// "J'ai embauch\u00e9 Paul Lenoir, son RIB : ...": in a letter about pay, the account of a third person. A change of it is
/// payroll_change.
[[nodiscard]] bool is_employees(const facts::Facts& facts, const facts::Account& account);

/// The words that lead to it call it a third person's: "sur son compte ...", "le RIB re\u00e7u de votre fournisseur (...)". Of an
/// outsider it says nothing: he is who tells whom to pay.
[[nodiscard]] bool is_called_anothers(const facts::Facts& facts, const facts::Account& account);

/// Asked about, or spoken of as of a thing in the books: "\u00e0 qui appartient le compte ... ?", "les relev\u00e9s du compte
/// ...",
/// "... ne correspond pas \u00e0 ...". Not where the sentence says "our account" or asks for a payment.
[[nodiscard]] bool is_only_mentioned(const facts::Facts& facts, const facts::Account& account);

}  // namespace threadline::findings
