// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace threadline::facts {

/// A MaxMind DB of one IPv4 network, as a test needs it. Source: MaxMind DB file format specification 2.0.
class MmdbWriter {
 public:
  /// A map of the data section whose values are encoded already.
  using Fields = std::vector<std::pair<std::string, std::string>>;

  static std::string text(const std::string& value) { return control(2, value.size()) + value; }
  static std::string number(std::uint32_t value) { return control(6, 4) + big_endian(value, 4); }
  static std::string decimal(double value) { return control(3, 8) + big_endian(std::bit_cast<std::uint64_t>(value), 8); }
  static std::string map(const Fields& fields) {
    std::string all = control(7, fields.size());
    for (const auto& [key, value] : fields) all += text(key) + value;
    return all;
  }

  /// The file: `network` (host byte order) of `bits` bits has `data`; every other address has none.
  static std::string file(std::uint32_t network, unsigned bits, const std::string& data) {
    std::string tree;
    for (unsigned at = 0; at < bits; ++at) {
      const std::uint32_t next = at + 1 < bits ? at + 1 : bits + 16;
      const bool is_one = ((network >> (31U - at)) & 1U) != 0;
      tree += big_endian(is_one ? bits : next, 3) + big_endian(is_one ? next : bits, 3);
    }
    const std::string metadata = map({{"node_count", number(bits)},
                                      {"record_size", control(5, 2) + big_endian(24, 2)},
                                      {"ip_version", control(5, 2) + big_endian(4, 2)},
                                      {"database_type", text("Test")},
                                      {"languages", std::string("\x00\x04", 2)},
                                      {"binary_format_major_version", control(5, 2) + big_endian(2, 2)},
                                      {"binary_format_minor_version", control(5, 2) + big_endian(0, 2)},
                                      {"build_epoch", std::string("\x08\x02", 2) + big_endian(1, 8)},
                                      {"description", map({})}});
    return tree + std::string(16, '\0') + data + "\xAB\xCD\xEFMaxMind.com" + metadata;
  }

 private:
  /// Sizes below 285; from 29 on they take a byte of their own.
  static std::string control(unsigned type, std::size_t size) {
    constexpr std::size_t kInByte = 29;
    if (size < kInByte) return std::string(1, static_cast<char>((type << 5U) | size));
    return std::string(1, static_cast<char>((type << 5U) | kInByte)) + static_cast<char>(size - kInByte);
  }
  static std::string big_endian(std::uint64_t value, unsigned bytes) {
    std::string out;
    for (unsigned at = bytes; at-- > 0;) out += static_cast<char>((value >> (8U * at)) & 0xFFU);
    return out;
  }
};

}  // namespace threadline::facts
