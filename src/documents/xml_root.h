// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::documents {

/// The name of an XML document's first element without its prefix; empty where none begins in the first 64 KiB. A heuristic that
/// parses nothing: an internal subset of a DTD ends it.
[[nodiscard]] std::string root_name(std::string_view bytes);

}  // namespace threadline::documents
