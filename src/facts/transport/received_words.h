// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace threadline::facts {

/// A top-level piece of a structured header value (RFC 5322 section 3.2): what stands inside a comment is one word.
struct Word {
  enum class Kind { text, comment, semicolon };
  Kind kind = Kind::text;
  std::string_view text;           ///< of a comment: without the outer parentheses
  std::size_t begin = 0, end = 0;  ///< in the value, parentheses included
  std::size_t comment = 0;         ///< which comment of the value it is

  [[nodiscard]] bool is_comment() const { return kind == Kind::comment; }
  [[nodiscard]] bool is_text() const { return kind == Kind::text; }
};

/// Splits a value at white space, comments (nested) and top-level ";". Quoted strings, <...> and [...] hold together.
/// What is never closed ends where white space ends it (a comment: at the end). Linear in its input.
[[nodiscard]] std::vector<Word> split_words(std::string_view value);

/// The text in [...] or <...> or "..." without its marks; else the text itself.
[[nodiscard]] std::string_view bare(std::string_view text);

/// An address out of "[192.0.2.1]", "192.0.2.1:25", "[IPv6:2001:db8::1]", "fe80::1%5", "::ffff:192.0.2.1", "[192.0.2.1:4237]",
/// "[192.0.2.1.4237]":
/// without brackets, tag, zone index, port. Empty when it is none.
[[nodiscard]] std::string_view ip_address(std::string_view text);

/// Whether the protocol of a with clause says that the client logged in: "ESMTPA", "ESMTPSA", "LMTPSA", "UTF8SMTPA" (RFC 3848,
/// RFC 6531), "ASMTP".
[[nodiscard]] bool is_authenticated_protocol(std::string_view protocol);

[[nodiscard]] bool is_ipv4(std::string_view text);
/// Shape only (hexadecimal groups and colons, perhaps a dotted tail).
[[nodiscard]] bool is_ipv6(std::string_view text);

}  // namespace threadline::facts
