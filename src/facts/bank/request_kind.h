// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// The kind of what a sentence asks, empty for nothing. The strongest wins; pressure is told beside the others.
[[nodiscard]] std::string_view kind_of(const Sentence& sentence);

/// Whether a sentence with a word of kAdvice still tells that an account of the writer's own is another now: "Dear Finance
/// Manager, our bank details have changed". Not where it warns (kWarned).
[[nodiscard]] bool is_own_news(const Sentence& sentence);

/// "My account is closed. Would it be possible to pay my next salary into this one": the first sentence speaks of the account.
[[nodiscard]] bool pays_salary(const Sentence& sentence);

}  // namespace threadline::facts
