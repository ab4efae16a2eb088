// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "findings/history_words.h"

/// When two words of one kind that are written otherwise say the same.
namespace threadline::findings {

/// A telephone number with what follows it on the line, without its extension, or with its country's code, is the same number.
[[nodiscard]] bool is_same_phone(const HistoryWord& left, const HistoryWord& right);
/// The digits by which a number that was not read as a telephone number may be that one: its begin where it was broken, its end
/// without what is dialled first.
[[nodiscard]] std::vector<std::string> phone_spellings(const HistoryWord& phone);
/// A link of the same host (with or without "www.") and path, or whose target its rewriter hides. A heuristic: parameters count
/// where both links have them; keys made for one recipient or one click, addresses, and what is cut off a long link do not.
[[nodiscard]] bool is_same_link(const HistoryWord& left, const HistoryWord& right);
/// "15 avril 2018" and "15/04/2018". A heuristic: of numbers alone either may be the day where the other text names the month;
/// where both are numbers the day stands first, unless it cannot.
[[nodiscard]] bool is_same_day(const HistoryWord& left, const HistoryWord& right);

}  // namespace threadline::findings
