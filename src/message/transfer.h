// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::message {

/// Content-Transfer-Encodings (RFC 2045 section 6, and uuencode as old mail names it).
enum class TransferEncoding { identity, base64, quoted_printable, uuencode, unknown };

/// The encoding of that name ("" is identity), tolerant of case, blanks, "7-bit" and a trailing semicolon.
[[nodiscard]] TransferEncoding transfer_encoding_named(std::string_view name);

/// The content as its sender meant it. Broken input gives what can be decoded; identity and unknown give the bytes.
[[nodiscard]] std::string decode_transfer(std::string_view content, TransferEncoding encoding);

/// CR LF and lone CR as LF.
[[nodiscard]] std::string with_unix_lines(std::string text);

}  // namespace threadline::message
