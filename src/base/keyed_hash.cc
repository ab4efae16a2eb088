// SPDX-License-Identifier: Apache-2.0
#include "base/keyed_hash.h"

#include <bit>
#include <cstddef>
#include <cstring>

namespace threadline::inline base {
namespace {

constexpr std::size_t kBlock = 8;

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t at = bytes.size(); at-- > 0;) value = value << 8U | static_cast<unsigned char>(bytes[at]);
  return value;
}

std::uint64_t whole_block(const char* bytes) {
  if constexpr (std::endian::native != std::endian::little) return little_endian({bytes, kBlock});
  std::uint64_t value = 0;
  std::memcpy(&value, bytes, kBlock);
  return value;
}

struct State {
  std::uint64_t a, b, c, d;

  void turn() {
    a += b, b = std::rotl(b, 13) ^ a, a = std::rotl(a, 32);
    c += d, d = std::rotl(d, 16) ^ c;
    a += d, d = std::rotl(d, 21) ^ a;
    c += b, b = std::rotl(b, 17) ^ c, c = std::rotl(c, 32);
  }
  void take(std::uint64_t block) {
    d ^= block;
    turn(), turn();
    a ^= block;
  }
};

}  // namespace

KeyedHash::KeyedHash(const Key& key) {
  const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
  low_ = little_endian(bytes.substr(0, kBlock));
  high_ = little_endian(bytes.substr(kBlock));
}

std::uint64_t KeyedHash::of(std::string_view text) const {
  State state{low_ ^ 0x736f6d6570736575ULL, high_ ^ 0x646f72616e646f6dULL, low_ ^ 0x6c7967656e657261ULL,
              high_ ^ 0x7465646279746573ULL};
  const std::uint64_t length = static_cast<std::uint64_t>(text.size()) << 56U;
  while (text.size() >= kBlock) {
    state.take(whole_block(text.data()));
    text.remove_prefix(kBlock);
  }
  state.take(length | little_endian(text));
  state.c ^= 0xffU;
  for (int turns = 0; turns < 4; ++turns) state.turn();
  return state.a ^ state.b ^ state.c ^ state.d;
}

}  // namespace threadline::inline base
