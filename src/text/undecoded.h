// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace threadline::text {

/// The words of a text that shows the quoted-printable form of itself ("compta.cli=" / "ents@firm.example", "d=C3=A9j=C3=A0"), as
/// a client quotes a part whose encoding it did not know; nothing for any other text. It is one where a line ends in "=" behind a
/// word and no "=" stands otherwise than at the end of a line or before two hexadecimal digits. Source: RFC 2045 section 6.7.
[[nodiscard]] std::optional<std::string> undecoded_quoted_printable(std::string_view text);

}  // namespace threadline::text
