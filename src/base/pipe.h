// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace threadline::inline base {

/// Reads exactly that many bytes. False where the other end closes before.
[[nodiscard]] bool read_exactly(int pipe, char* to, std::size_t length);

/// Writes all of the bytes. False where nobody reads any more.
[[nodiscard]] bool write_exactly(int pipe, std::string_view bytes);

}  // namespace threadline::inline base
