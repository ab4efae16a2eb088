// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// "We have switched from Barclays to HSBC", "nous avons transf\u00e9r\u00e9 nos comptes \u00e0 la Banque Postale": nothing but
/// accounts and banks stands between the verb and the place. "We moved to Bank Street" is another.
[[nodiscard]] bool moves_to_bank(const Sentence& sentence);

/// A bank by its name from now on, said without any word for an account: "we bank with Starling these days".
[[nodiscard]] bool names_new_bank(const Sentence& sentence);

/// Whether the writer moves to another bank himself: "I've moved to Monzo", "je viens de changer de compte".
[[nodiscard]] bool changes_writers_bank(const Sentence& sentence);

}  // namespace threadline::facts
