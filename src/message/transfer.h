// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::message {

/// Content-Transfer-Encodings (RFC 2045 section 6, and uuencode as old mail names it).
enum class TransferEncoding { identity, base64, quoted_printable, uuencode, unknown };

/// The encoding of that name ("" is identity), tolerant of case, blanks, comments, "7-bit" and a trailing semicolon.
[[nodiscard]] TransferEncoding transfer_encoding_named(std::string_view name);

/// The content as its sender meant it. Broken input gives what can be decoded; identity and unknown give the bytes. Blanks that
/// transport left behind a quoted-printable "=" are no part of it (RFC 2045 section 6.7, rule 3); base64 ends at its padding.
[[nodiscard]] std::string decode_transfer(std::string_view content, TransferEncoding encoding);

/// What base64 holds, padding inside it included.
struct Base64Body {
  std::string bytes;
  bool goes_on = false;     ///< more base64 stood behind padding: it is part of `bytes`
  std::string_view behind;  ///< what stands behind the padding and is no base64 (the footer of a list), or empty
};

/// Reads on behind padding, as clients do: blocks of base64 that somebody put one behind the other are one content.
/// Source: RFC 2045 section 6.8 calls data behind padding a sign of damage and leaves it to the reader.
[[nodiscard]] Base64Body decode_base64_body(std::string_view content);

/// CR LF and lone CR as LF.
[[nodiscard]] std::string with_unix_lines(std::string text);

}  // namespace threadline::message
