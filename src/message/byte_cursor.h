// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/little_endian.h"

namespace threadline::message {

/// Takes numbers and runs of bytes from the front of hostile bytes, never beyond their end.
class ByteCursor {
 public:
  explicit ByteCursor(std::string_view bytes) : rest_(bytes) {}

  /// Nothing, and nothing is taken, where fewer bytes are left.
  template <std::unsigned_integral Number>
  [[nodiscard]] std::optional<Number> number() {
    const auto number = number_at<Number>(rest_, 0);
    if (number) rest_.remove_prefix(sizeof(Number));
    return number;
  }

  /// As many of the bytes as are left.
  std::string_view take(std::size_t length) {
    const auto taken = rest_.substr(0, std::min(length, rest_.size()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  [[nodiscard]] std::string_view rest() const { return rest_; }
  [[nodiscard]] std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
};

}  // namespace threadline::message
