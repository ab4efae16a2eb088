// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace threadline::message {

/// The address list with each phrase that no phrase may be ("Jean [a@one.example] <b@two.example>") as one encoded word: the
/// address is what stands in "<...>", and GMime reads the one before it. Quoted strings and comments stay as they are.
/// Source: RFC 5322 section 3.4 (name-addr), section 3.2.5 (phrase).
[[nodiscard]] std::string with_encoded_phrases(std::string value);

/// The ";" at `at` ends a character reference of HTML ("&gt;"), which programs leave in names.
[[nodiscard]] bool ends_reference(std::string_view value, std::size_t at);

}  // namespace threadline::message
