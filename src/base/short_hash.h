// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "base/column.h"

namespace threadline::inline base {

/// 64 bits, never 0, that stand for a text in this process: made with a key that nobody knows before, so that nobody can write
/// two texts that are taken for one. Another process gives other bits.
[[nodiscard]] std::uint64_t short_hash(std::string_view text);

/// The first 128 bits of a SHA-256 that is written in hexadecimal digits.
using ShortDigest = std::array<std::uint8_t, 16>;
[[nodiscard]] ShortDigest digest_of_hex(std::string_view hexadecimal);

/// What a HashTable holds: a hash that is not 0, alone or with a number.
struct HashAlone {
  std::uint64_t hash = 0;
};
struct [[gnu::packed]] HashAndNumber {
  std::uint64_t hash = 0;
  std::uint32_t number = 0;
};

/// A table for millions of hashes. It grows a 256th at a time: never is more than that there twice.
template <class Slot>
class HashTable {
 public:
  /// The slot of that hash, or nullptr.
  [[nodiscard]] const Slot* find(std::uint64_t hash) const {
    const Part& part = parts_[hash >> 56U];
    if (part.slots.empty()) return nullptr;
    const Slot& slot = part.slots[place_of(part.slots, hash)];
    return slot.hash == 0 ? nullptr : &slot;
  }
  /// True where the hash was not there before: the first one stays.
  bool add(const Slot& slot) {
    Part& part = parts_[slot.hash >> 56U];
    if ((part.used + 1) * 4 > part.slots.size() * 3) grow(part.slots);
    Slot& place = part.slots[place_of(part.slots, slot.hash)];
    if (place.hash != 0) return false;
    place = slot;
    ++part.used;
    return true;
  }

 private:
  static constexpr std::size_t kFirstSlots = 64;
  using Slots = Column<Slot>;
  struct Part {
    Slots slots;
    std::size_t used = 0;
  };

  static std::size_t place_of(const Slots& slots, std::uint64_t hash) {
    std::size_t at = static_cast<std::size_t>(((hash & 0xFFFF'FFFFU) * slots.size()) >> 32U);
    while (slots[at].hash != 0 && slots[at].hash != hash) at = at + 1 == slots.size() ? 0 : at + 1;
    return at;
  }
  static void grow(Slots& slots) {
    const std::size_t wanted = slots.empty() ? kFirstSlots : slots.size() + slots.size() / 2;
    const Slots before = std::exchange(slots, {});
    for (std::size_t at = 0; at < wanted; ++at) slots.push_back({});
    for (const Slot& slot : before) {
      if (slot.hash != 0) slots[place_of(slots, slot.hash)] = slot;
    }
  }

  std::array<Part, 256> parts_;
};

}  // namespace threadline::inline base
