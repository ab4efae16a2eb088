// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::facts {

/// The family of MTA whose form a Received value has ("postfix"), or empty. Heuristic: it looks for the words of each family.
/// Linear: one walk over the value, whatever the number of families.
[[nodiscard]] std::string_view received_shape(std::string_view value);

}  // namespace threadline::facts
