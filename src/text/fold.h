// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::text {

/// ASCII lower case; other bytes untouched. For domains, header names, local parts.
[[nodiscard]] std::string ascii_lower(std::string_view text);
[[nodiscard]] bool equal_ascii_nocase(std::string_view left, std::string_view right);

/// How two words of people are compared: NFKC case fold (UAX 31), diacritics removed, invisible (Default_Ignorable) characters
/// removed, every white space run one space, ends trimmed.
[[nodiscard]] std::string fold(std::string_view text);

/// Simple Unicode lower case, nothing removed (lengths may change).
[[nodiscard]] std::string lower(std::string_view text);

/// Removes control, bidi and other default-ignorable characters; keeps \n and \t.
[[nodiscard]] std::string without_invisible(std::string_view text);

/// Its ASCII digits in a row: a number in groups is the same number.
[[nodiscard]] std::string digits_of(std::string_view text);

/// Ends without white space (Unicode White_Space, NBSP too).
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// A person's name in comparable form: folded, punctuation to spaces, words sorted ("LECOMPTABLE, F." == "F. LeComptable").
[[nodiscard]] std::string name_key(std::string_view name);

}  // namespace threadline::text
