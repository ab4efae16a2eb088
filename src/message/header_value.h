// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::message {

/// A header field's raw bytes on one line: folds are one space (RFC 5322 section 2.2.3), ends trimmed, NUL shown as U+FFFD,
/// raw 8-bit bytes as UTF-8 (RFC 6532; where they are not, by `charset_hint`: the charset of the message's text, or empty).
[[nodiscard]] std::string unfolded(std::string_view raw, std::string_view charset_hint);

/// An unfolded value with its encoded words (RFC 2047) decoded.
[[nodiscard]] std::string decoded_words(std::string value);

/// The value with encoded words that stand side by side made one in UTF-8, where padding of base64 stands between them, their
/// charset is another, or marks of an address list stand in them: GMime, which reads address lists, ends the name there, and
/// knows only what a charset's name says.
[[nodiscard]] std::string with_joined_words(const std::string& value);

/// A message-id as written, brackets added when it lacks them, white space inside removed; empty when there is none.
[[nodiscard]] std::string message_id_of(std::string_view value);

/// The address in "<a@b>", without brackets; "" for "<>".
[[nodiscard]] std::string path_of(std::string_view value);

}  // namespace threadline::message
