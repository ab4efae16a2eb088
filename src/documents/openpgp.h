// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/note.h"

namespace threadline::documents {

/// The note about a binary OpenPGP message that cannot be read, told by its first packet: `encrypted` where a key or a passphrase
/// is needed, `format_not_supported` where it is signed, compressed or literal (then the name must say that it is one, since
/// other files begin so). Source: RFC 9580 sections 4.2 (packet headers), 5.1, 5.3, 5.13.
[[nodiscard]] std::optional<Note> openpgp_note(std::string_view bytes, std::string_view name);

}  // namespace threadline::documents
