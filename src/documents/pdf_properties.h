// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace threadline::documents {

/// "producer", "creator", "author", "created" and "modified" of the last information dictionary of a PDF, else of its last XMP
/// packet, as far as they stand there unpacked. Values are as written, in UTF-8.
/// Source: ISO 32000-1, sections 7.3.4 (strings), 7.9.2 (text strings), 14.3.3 (information dictionary); ISO 16684-1 (XMP).
[[nodiscard]] std::vector<std::pair<std::string, std::string>> pdf_properties(std::string_view bytes);

}  // namespace threadline::documents
