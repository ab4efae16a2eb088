// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace threadline::inline base {

/// Reads exactly that many bytes. False where the other end closes before.
[[nodiscard]] bool read_exactly(int pipe, char* to, std::size_t length);

/// Writes all of the bytes. False where nobody reads any more.
[[nodiscard]] bool write_exactly(int pipe, std::string_view bytes);

/// What goes before bytes of a length that it says: its own bytes, in host byte order, where both ends are one program.
template <class Head>
[[nodiscard]] std::string_view bytes_of(const Head& head) {
  static_assert(std::is_trivially_copyable_v<Head>);
  return {reinterpret_cast<const char*>(&head), sizeof head};
}

/// Reads what bytes_of wrote. False where the other end closes before.
template <class Head>
[[nodiscard]] bool read_head(int pipe, Head& head) {
  static_assert(std::is_trivially_copyable_v<Head>);
  return read_exactly(pipe, reinterpret_cast<char*>(&head), sizeof head);
}

}  // namespace threadline::inline base
