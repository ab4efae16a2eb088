// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::timeline::journal {

/// Which marks count: alone between punctuation, or before other words, too. Of a mail that is found to be a fraud the first
/// only: whoever writes it chooses the words of its subject.
enum class Marks { any, alone };

/// True for a subject that marks a mail as personal, in French or English: a mark alone between punctuation ("Re: [perso]
/// photos"), one of several words before others ("Personal and confidential invoice"), one in capitals before words that are not
/// ("PERSONNEL facture"), or "priv\u00e9" or "perso" as the first word. A word of an ordinary sentence ("private equity",
/// "personnel de sant\u00e9") is no mark. Heuristic: what is personal without saying so is missed.
[[nodiscard]] bool is_personal(std::string_view subject, Marks marks = Marks::any);

}  // namespace threadline::timeline::journal
