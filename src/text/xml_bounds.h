// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace threadline::text {

/// Where an XML document has to be cut so that it holds no more elements and attributes than `most`: a tree costs memory for
/// each, whatever its length in the document.
[[nodiscard]] std::size_t bounded_xml_length(std::string_view bytes, std::uint32_t most);

}  // namespace threadline::text
