// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::facts {

/// The digits of the first `most` numbers of eight to 61 digits (accounts, telephones), whatever stands between their groups: at
/// most two of blank, full stop, hyphen, NBSP and narrow NBSP in a row. An IPv4 address is none.
[[nodiscard]] std::vector<std::string> long_numbers(std::string_view text, std::size_t most);

}  // namespace threadline::facts
