// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::documents {

/// What bytes are, as far as there is a reader for it.
enum class DocumentKind { other, pdf, zip, archive, xml, html, text, message, mailbox, picture, rtf, compound };

/// Told by the first bytes; text, HTML, XML and mail by their beginning, too. The name counts where bytes say nothing: never
/// against them, so that a renamed file is read as what it is. A heuristic for text: 4 KiB almost without
/// zeros and control characters, behind zeros that may stand before it.
[[nodiscard]] DocumentKind kind_of(std::string_view bytes, std::string_view name);

}  // namespace threadline::documents
