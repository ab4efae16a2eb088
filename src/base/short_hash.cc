// SPDX-License-Identifier: Apache-2.0
#include "base/short_hash.h"

#include <algorithm>
#include <charconv>
#include <random>

#include "base/keyed_hash.h"

namespace threadline::inline base {
namespace {

KeyedHash hash_of_this_process() {
  std::random_device random;  // the kernel's
  KeyedHash::Key key{};
  for (auto& byte : key) byte = static_cast<std::uint8_t>(random());
  return KeyedHash(key);
}

}  // namespace

std::uint64_t short_hash(std::string_view text) {
  static const KeyedHash kHash = hash_of_this_process();
  return std::max<std::uint64_t>(kHash.of(text), 1);
}

ShortDigest digest_of_hex(std::string_view hexadecimal) {
  ShortDigest digest{};
  for (std::size_t at = 0; at < digest.size() && at * 2 + 2 <= hexadecimal.size(); ++at)
    std::from_chars(hexadecimal.data() + at * 2, hexadecimal.data() + at * 2 + 2, digest[at], 16);
  return digest;
}

}  // namespace threadline::inline base
