// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace threadline::inline base {

/// A hash that nobody computes without the key: what a store keeps where only equality is asked. Source: SipHash-2-4 (Aumasson
/// and Bernstein 2012). Who has the store's file has the key: it hides nothing from him who can guess the word.
class KeyedHash {
 public:
  using Key = std::array<std::uint8_t, 16>;
  explicit KeyedHash(const Key& key);

  [[nodiscard]] std::uint64_t of(std::string_view text) const;
  /// The first half: of words, of which one message has few.
  [[nodiscard]] std::uint32_t of_word(std::string_view word) const { return static_cast<std::uint32_t>(of(word)); }

 private:
  std::uint64_t low_, high_;
};

}  // namespace threadline::inline base
