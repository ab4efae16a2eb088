// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// Whether the sentence leads money elsewhere by what it forbids or explains, without the words for a change: "don't pay to the
/// ABN account yet", "owing to an issue at our bank ... to the following account", "a new account, please use that from today",
/// "send it to the other acct". A heuristic for English and French.
[[nodiscard]] bool leads_elsewhere(const Sentence& sentence);

/// A bank by its name from now on, or details of an unnamed kind that are out of date: said without any word for an account.
[[nodiscard]] bool speaks_of_new_details(const Sentence& sentence);

/// "Our office has not changed; our bank details have".
[[nodiscard]] bool changes_by_contrast(const Sentence& sentence);

/// Whether a payment is to go to whom the claims were sold: "all payments must be redirected to our new factor". No word for an
/// account need stand there.
[[nodiscard]] bool pays_factor(const Sentence& sentence);

/// Whether fraud is the reason that is given ("due to fraudulent activity on our account", "while they sort a fraud alert"), and
/// nobody is warned of it: words of kAdvice silence nothing then.
[[nodiscard]] bool is_pretext(const Sentence& sentence);

}  // namespace threadline::facts
