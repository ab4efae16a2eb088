// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace threadline::memory {

/// Writes fields one behind the other: integers as LEB128 (signed ones zigzag), texts and lists with their length before them.
/// A type's fields are named once, in a function `fields(form, value)` that Writer and Reader share.
class Writer {
 public:
  template <class... Field>
  void operator()(Field&... field) {
    (put(field), ...);
  }
  std::string take() { return std::move(bytes_); }

 private:
  void number(std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) bytes_.push_back(static_cast<char>(value | 0x80U));
    bytes_.push_back(static_cast<char>(value));
  }
  void put(bool& value) { number(value ? 1 : 0); }
  template <std::unsigned_integral T>
  void put(T& value) {
    number(value);
  }
  template <std::signed_integral T>
  void put(T& value) {
    const auto wide = static_cast<std::int64_t>(value);
    number(static_cast<std::uint64_t>(wide) << 1U ^ static_cast<std::uint64_t>(wide >> 63));
  }
  template <class T>
  requires std::is_enum_v<T>
  void put(T& value) { number(static_cast<std::uint64_t>(value)); }
  void put(std::string& text) {
    number(text.size());
    bytes_ += text;
  }
  template <class T>
  void put(std::optional<T>& value) {
    number(value ? 1 : 0);
    if (value) put(*value);
  }
  template <class T>
  void put(std::vector<T>& list) {
    number(list.size());
    for (T& one : list) put(one);
  }
  template <class A, class B>
  void put(std::pair<A, B>& pair) {
    put(pair.first), put(pair.second);
  }
  template <class T, class Less>
  void put(std::map<std::string, T, Less>& map) {
    number(map.size());
    for (auto& [key, value] : map) {
      std::string name = key;
      put(name), put(value);
    }
  }
  template <class T>
  void put(T& value) {
    fields(*this, value);
  }

  std::string bytes_;
};

/// Reads what Writer wrote. Bytes that it did not write make it fail, never read beyond their end, never make more than they
/// hold.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  template <class... Field>
  void operator()(Field&... field) {
    (get(field), ...);
  }
  /// All bytes were read, and all were right.
  [[nodiscard]] bool is_done() const { return is_right_ && bytes_.empty(); }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (bytes_.empty()) return fail();
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
      if (byte < 0x80U) return value;
    }
    return fail();
  }
  std::uint64_t fail() {
    is_right_ = false;
    bytes_ = {};
    return 0;
  }
  /// A length: every element takes a byte at least.
  std::size_t length() {
    const std::uint64_t count = number();
    return count <= bytes_.size() ? static_cast<std::size_t>(count) : static_cast<std::size_t>(fail());
  }
  void get(bool& value) { value = number() != 0; }
  template <std::unsigned_integral T>
  void get(T& value) {
    value = static_cast<T>(number());
  }
  template <std::signed_integral T>
  void get(T& value) {
    const std::uint64_t zigzag = number();
    value = static_cast<T>(static_cast<std::int64_t>(zigzag >> 1U) ^ -static_cast<std::int64_t>(zigzag & 1U));
  }
  template <class T>
  requires std::is_enum_v<T>
  void get(T& value) { value = static_cast<T>(number()); }
  void get(std::string& text) {
    const std::size_t size = length();
    text.assign(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
  }
  template <class T>
  void get(std::optional<T>& value) {
    value.reset();
    if (number() != 0) get(value.emplace());
  }
  template <class T>
  void get(std::vector<T>& list) {
    list.clear();
    const std::size_t count = length();
    list.reserve(std::min(count, kMostReserved));
    for (std::size_t at = 0; at < count && is_right_; ++at) get(list.emplace_back());
  }
  template <class A, class B>
  void get(std::pair<A, B>& pair) {
    get(pair.first), get(pair.second);
  }
  template <class T, class Less>
  void get(std::map<std::string, T, Less>& map) {
    map.clear();
    const std::size_t count = length();
    for (std::size_t at = 0; at < count && is_right_; ++at) {
      std::string key;
      get(key), get(map[key]);
    }
  }
  template <class T>
  void get(T& value) {
    fields(*this, value);
  }

  static constexpr std::size_t kMostReserved = 1'000;  ///< elements; room for more is made as they are read

  std::string_view bytes_;
  bool is_right_ = true;
};

}  // namespace threadline::memory
