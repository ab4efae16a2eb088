// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::documents {

/// Whether a text is a vCard or holds several.
[[nodiscard]] bool is_vcard(std::string_view text);

/// The same card with the quoted-printable values of version 2.1 decoded by their own charset, their soft line breaks taken out;
/// all other lines as they are. Source: vCard 2.1 (versit, 1996) section 2.1.3; Outlook still exports it.
[[nodiscard]] std::string decoded_vcard(std::string_view bytes);

}  // namespace threadline::documents
