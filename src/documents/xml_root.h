// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::documents {

/// The name of an XML document's first element without its prefix; empty where none begins in the first 64 KiB. A heuristic that
/// parses nothing: an internal subset of a DTD ends it, UTF-16 has none.
[[nodiscard]] std::string_view root_name(std::string_view bytes);

}  // namespace threadline::documents
