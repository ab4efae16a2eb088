// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/instant.h"
#include "base/note.h"
#include "base/severity.h"
#include "base/span.h"
#include "base/text_map.h"
#include "base/value.h"

namespace threadline::inline base {

template <class T, class Of>
concept Is = std::same_as<std::remove_const_t<T>, Of>;

/// The fields of what stands in this folder.
struct BaseFields {
  static void of(auto& form, Is<Span> auto& it) { form(it.part, it.offset, it.length); }
  static void of(auto& form, Is<Note> auto& it) { form(it.code, it.text, it.span); }
  static void of(auto& form, Is<Instant> auto& it) { form(it.seconds, it.offset_minutes); }
  static void of(auto& form, Is<Stamp> auto& it) { form(it.at, it.basis, it.zone_name, it.text); }
  template <class Form>
  void of(Form& form, Is<Value> auto& it) {
    const auto held = [&]<class T>(const T* is) {
      if constexpr (Form::kReads) {
        T one{};
        form(one);
        it = std::move(one);
      } else {
        form(*is);
      }
    };
    Held kind = kind_of(it);
    form(kind);
    if constexpr (Form::kReads) {
      if (depth_ == kDeepest) return form.fail();
    }
    ++depth_;
    switch (kind) {
      case Held::nothing: break;
      case Held::boolean: held(it.boolean()); break;
      case Held::integer: held(it.integer()); break;
      case Held::number: held(it.number()); break;
      case Held::text: held(it.text()); break;
      case Held::list: held(it.list()); break;
      case Held::object: held(it.object()); break;
    }
    --depth_;
  }

 private:
  enum class Held { nothing, boolean, integer, number, text, list, object };
  static constexpr unsigned kDeepest = 16;  ///< values in values

  static Held kind_of(const Value& value) {
    if (value.boolean() != nullptr) return Held::boolean;
    if (value.integer() != nullptr) return Held::integer;
    if (value.number() != nullptr) return Held::number;
    if (value.text() != nullptr) return Held::text;
    if (value.list() != nullptr) return Held::list;
    return value.object() != nullptr ? Held::object : Held::nothing;
  }

  unsigned depth_ = 0;

 public:
  static constexpr ZoneBasis last(ZoneBasis /*unused*/) { return ZoneBasis::chosen; }
  static constexpr Severity last(Severity /*unused*/) { return Severity::critical; }
  static constexpr Held last(Held /*unused*/) { return Held::object; }
};

/// Writes values one behind the other: whole numbers in groups of seven bits, the lowest first, signed ones with the sign in the
/// lowest bit; others as they lie in memory; texts and lists behind their size; 0 or 1 before what may be absent.
/// `Fields` names the members of each struct once, for the writer and the reader: of(form, struct); and in last(enumeration) the
/// last value that a reader takes. What it does not name, BaseFields does.
template <class Fields>
class BytesWriter {
 public:
  static constexpr bool kReads = false;

  template <class... Field>
  void operator()(const Field&... field) {
    (put(field), ...);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void number(std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) bytes_ += static_cast<char>(value | 0x80U);
    bytes_ += static_cast<char>(value);
  }
  void put(std::string_view text) {
    number(text.size());
    bytes_ += text;
  }
  void put(const std::string& text) { put(std::string_view(text)); }
  void put(char letter) { number(static_cast<unsigned char>(letter)); }
  template <std::integral T>
  void put(T value) {
    if constexpr (std::signed_integral<T>) {
      const auto wide = static_cast<std::int64_t>(value);
      number(static_cast<std::uint64_t>(wide) << 1U ^ static_cast<std::uint64_t>(wide >> 63));
    } else {
      number(value);
    }
  }
  template <std::floating_point T>
  void put(T value) {
    bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  template <class T>
  requires std::is_enum_v<T>
  void put(T value) { number(static_cast<std::uint64_t>(value)); }
  template <class T>
  void put(const std::optional<T>& value) {
    put(value.has_value());
    if (value) put(*value);
  }
  template <class A, class B>
  void put(const std::pair<A, B>& pair) {
    put(pair.first), put(pair.second);
  }
  void put_each(const auto& list) {
    number(list.size());
    for (const auto& one : list) put(one);
  }
  template <class T>
  void put(const std::vector<T>& list) {
    put_each(list);
  }
  void put(const TextSet& texts) { put_each(texts); }
  template <class T, class Less>
  void put(const std::map<std::string, T, Less>& map) {
    put_each(map);
  }
  template <class T>
  requires std::is_class_v<T>
  void put(const T& value) {
    if constexpr (requires { fields_.of(*this, value); })
      fields_.of(*this, value);
    else
      base_.of(*this, value);
  }

  std::string bytes_;
  Fields fields_;
  BaseFields base_;
};

/// Reads what BytesWriter wrote. Bytes that it did not write make it fail, never read beyond their end, never make more than they
/// hold; what is read after that is left as it is.
template <class Fields>
class BytesReader {
 public:
  static constexpr bool kReads = true;

  explicit BytesReader(std::string_view bytes) : rest_(bytes) {}

  template <class... Field>
  void operator()(Field&... field) {
    (get(field), ...);
  }
  void fail() {
    is_right_ = false;
    rest_ = {};
  }
  [[nodiscard]] bool is_right() const { return is_right_; }
  /// All was right, and nothing is left.
  [[nodiscard]] bool is_done() const { return is_right_ && rest_.empty(); }
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(rest_.front());
      rest_.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << shift;
      if (byte < 0x80U) return value;
    }
    fail();
    return 0;
  }
  std::string_view taken(std::size_t size) {
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  /// Of a text or a list: every element takes a byte at least.
  std::size_t size() {
    const std::uint64_t count = number();
    if (count <= rest_.size()) return static_cast<std::size_t>(count);
    fail();
    return 0;
  }
  void get(std::string& text) {
    const std::size_t length = size();
    if (is_right_) text.assign(taken(length));
  }
  void get(char& letter) {
    unsigned char read = 0;
    get(read);
    letter = static_cast<char>(read);
  }
  void get(bool& value) {
    const std::uint64_t read = number();
    if (read > 1) return fail();
    value = read == 1;
  }
  template <std::integral T>
  void get(T& value) {
    const std::uint64_t read = number();
    if constexpr (std::signed_integral<T>) {
      const auto wide = static_cast<std::int64_t>(read >> 1U ^ (~(read & 1U) + 1U));
      if (!std::in_range<T>(wide)) return fail();
      value = static_cast<T>(wide);
    } else {
      if (!std::in_range<T>(read)) return fail();
      value = static_cast<T>(read);
    }
  }
  template <std::floating_point T>
  void get(T& value) {
    const auto bytes = taken(sizeof value);
    if (bytes.size() < sizeof value) return fail();
    std::memcpy(&value, bytes.data(), sizeof value);
  }
  template <class T>
  requires std::is_enum_v<T>
  void get(T& value) {
    const std::uint64_t read = number();
    if constexpr (requires { Fields::last(value); }) {
      if (read > static_cast<std::uint64_t>(Fields::last(value))) return fail();
    } else if constexpr (requires { BaseFields::last(value); }) {
      if (read > static_cast<std::uint64_t>(BaseFields::last(value))) return fail();
    }
    value = static_cast<T>(read);
  }
  template <class T>
  void get(std::optional<T>& value) {
    bool is_there = false;
    get(is_there);
    value.reset();
    if (is_there) get(value.emplace());
  }
  template <class A, class B>
  void get(std::pair<A, B>& pair) {
    get(pair.first), get(pair.second);
  }
  template <class T>
  void get(std::vector<T>& list) {
    const std::size_t count = size();
    list.clear();
    list.reserve(std::min(count, rest_.size() / sizeof(T) + 1));
    for (std::size_t at = 0; at < count && is_right_; ++at) get(list.emplace_back());
  }
  void get(TextSet& texts) {
    texts.clear();
    for (std::size_t count = size(); count > 0 && is_right_; --count) {
      std::string text;
      get(text);
      texts.insert(std::move(text));
    }
  }
  template <class T, class Less>
  void get(std::map<std::string, T, Less>& map) {
    map.clear();
    for (std::size_t count = size(); count > 0 && is_right_; --count) {
      std::string key;
      get(key), get(map[key]);
    }
  }
  template <class T>
  requires std::is_class_v<T>
  void get(T& value) {
    if constexpr (requires { fields_.of(*this, value); })
      fields_.of(*this, value);
    else
      base_.of(*this, value);
  }

  std::string_view rest_;
  bool is_right_ = true;
  Fields fields_;
  BaseFields base_;
};

/// These values one behind the other.
template <class Fields, class... T>
[[nodiscard]] std::string packed(const T&... values) {
  BytesWriter<Fields> writer;
  writer(values...);
  return writer.take();
}

/// The value that these bytes are. Nothing where they are none, or more than one.
template <class T, class Fields>
[[nodiscard]] std::optional<T> unpacked(std::string_view bytes) {
  BytesReader<Fields> reader(bytes);
  std::optional<T> value(std::in_place);
  reader(*value);
  if (!reader.is_done()) value.reset();
  return value;
}

}  // namespace threadline::inline base
