// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::evidence {

/// The base64 text of a file that is nothing else, as it is pasted from a ticket: perhaps behind a "data:...;base64," prefix,
/// perhaps in lines. Empty where something else stands in it, or too little. Units: `bytes` is the head or the whole of the file.
[[nodiscard]] std::string_view base64_text(std::string_view bytes);

}  // namespace threadline::evidence
