// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace threadline::facts {

/// One account in a text, and how far its surroundings reach: the end of the account before it, the begin of the one behind it.
struct AccountPlace {
  std::string_view text;
  std::size_t begin = 0, end = 0;
  std::size_t previous_end = 0, next_begin = std::string_view::npos;
};

/// What stands right before it, behind the account before.
[[nodiscard]] std::string_view raw_before(const AccountPlace& place, std::size_t bytes);

/// What stands right behind it, up to the next account.
[[nodiscard]] std::string_view raw_behind(const AccountPlace& place, std::size_t bytes);

/// Where the paragraph ends: before a line that holds nothing but quote marks and blanks. npos: not within the text.
[[nodiscard]] std::size_t end_of_paragraph(std::string_view text);

/// Behind the last sentence that ends in the text, or its last empty line; 0 for none. "M. Roux" and "n. 5" end none.
[[nodiscard]] std::size_t end_of_last_sentence(std::string_view text);

/// Where its first sentence ends, by the same signs; the size of the text for none.
[[nodiscard]] std::size_t end_of_first_sentence(std::string_view text);

/// The clause that leads to the account: nothing before a comma, a full stop or an empty line.
[[nodiscard]] std::string_view raw_clause_of(const AccountPlace& place);

}  // namespace threadline::facts
