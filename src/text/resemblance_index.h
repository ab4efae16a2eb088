// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "text/wide_pages.h"

namespace threadline::text {

/// Hashes of a label and of its parts, each in constant time: a polynomial over the letters, modulo 2^64.
/// Limits: 63 octets; `fits` says whether a label is one.
class LabelHash {
 public:
  explicit LabelHash(std::string_view label);
  [[nodiscard]] static bool fits(std::string_view label);
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Of the label's letters [begin, end).
  [[nodiscard]] std::uint64_t part(std::size_t begin, std::size_t end) const {
    return before_[end] - before_[begin] * kPowers[end - begin];
  }
  [[nodiscard]] std::uint64_t whole() const { return part(0, size_); }
  /// What deleting the letter at a place adds to the hash, where `behind` letters stay behind it: effects add up.
  [[nodiscard]] std::uint64_t effect(std::size_t at, std::size_t behind) const {
    return (before_[at] - before_[at + 1]) * kPowers[behind];
  }
  /// Of what is left after two letters in a row are deleted, or one written in their place.
  [[nodiscard]] std::uint64_t without_pair(std::size_t at) const;
  [[nodiscard]] std::uint64_t with_pair_as(std::size_t at, char letter) const;

 private:
  static constexpr std::size_t kOctets = 63;                     ///< RFC 1035 section 2.3.4
  static constexpr std::uint64_t kBase = 0x9E37'79B9'7F4A'7C15;  ///< odd; the golden ratio in 64 bits
  static constexpr std::array<std::uint64_t, kOctets + 1> kPowers = [] {
    std::array<std::uint64_t, kOctets + 1> powers{};
    powers[0] = 1;
    for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * kBase;
    return powers;
  }();
  std::size_t size_;
  std::array<std::uint64_t, kOctets + 1> before_;  ///< of the letters in front of each place
};

/// Hashes under which references are found: open addressing, behind a Bloom filter of one word a key, so that what is not there
/// costs one access to memory. A key is 32 bits: a false one is compared in vain. Threads: const use from any thread.
class KeyTable {
 public:
  KeyTable();
  /// The key of a hash: a round of MurmurHash3's finaliser spreads the polynomial's weak low bits, the strong upper half is kept.
  [[nodiscard]] static std::uint32_t key_of(std::uint64_t hash) {
    return static_cast<std::uint32_t>(((hash ^ (hash >> 33U)) * 0xFF51'AFD7'ED55'8CCD) >> 32U);
  }
  void add(std::uint32_t key, std::uint32_t id);
  /// Fetches the guard's word ahead of `take`.
  void expect(std::uint32_t key) const { __builtin_prefetch(&guard_[word_of(key)]); }
  /// Appends the references below that key.
  void take(std::uint32_t key, std::vector<std::uint32_t>& into) const {
    if (may_hold(key)) take_held(key, into);
  }
  /// Appends those below some keys, which become fewer. The slots of all that the guard lets pass are fetched before any is read.
  void take_all(std::span<std::uint32_t> keys, std::vector<std::uint32_t>& into) const {
    std::size_t held = 0;
    for (const std::uint32_t key : keys) {
      if (!may_hold(key)) continue;
      __builtin_prefetch(&slots_[first_place_of(key)]);
      keys[held++] = key;
    }
    for (const std::uint32_t key : keys.first(held)) take_held(key, into);
  }
  /// Bytes of memory.
  [[nodiscard]] std::size_t bytes() const;

 private:
  struct Slot {
    std::uint32_t key = 0;
    std::uint32_t value = 0;  ///< 0: free; an id + 1; with kMany: a place in many_
  };
  static constexpr std::uint32_t kMany = 0x8000'0000;

  static constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;  ///< odd; the golden ratio in 64 bits

  [[nodiscard]] static std::uint64_t bits_of(std::uint32_t key) {
    const std::uint64_t spread = key * kSpread;
    return (1ULL << (spread & 63U)) | (1ULL << ((spread >> 6U) & 63U)) | (1ULL << ((spread >> 12U) & 63U)) |
           (1ULL << ((spread >> 18U) & 63U));
  }
  [[nodiscard]] std::size_t word_of(std::uint32_t key) const {
    return static_cast<std::size_t>((((key * kSpread) >> 32U) * guard_.size()) >> 32U);
  }
  void take_held(std::uint32_t key, std::vector<std::uint32_t>& into) const;
  [[nodiscard]] bool may_hold(std::uint32_t key) const {
    const std::uint64_t bits = bits_of(key);
    return (guard_[word_of(key)] & bits) == bits;
  }
  [[nodiscard]] std::size_t first_place_of(std::uint32_t key) const {
    return static_cast<std::size_t>((std::uint64_t{key} * slots_.size()) >> 32U);
  }
  [[nodiscard]] std::size_t place_of(std::uint32_t key) const;  ///< its slot, or a free one
  void join(Slot& slot, std::uint32_t id);
  void grow();

  std::vector<Slot, WidePages<Slot>> slots_;
  std::vector<std::uint64_t, WidePages<std::uint64_t>> guard_;
  std::vector<std::vector<std::uint32_t>> many_;
  std::size_t used_ = 0;
};

}  // namespace threadline::text
