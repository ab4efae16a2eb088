// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::inline base {

/// Writes all of the bytes. False where nobody reads any more.
[[nodiscard]] bool write_exactly(int pipe, std::string_view bytes);

}  // namespace threadline::inline base
