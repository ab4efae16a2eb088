// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace threadline::message {

/// Calls the C library's release function when a smart pointer dies.
template <auto Release>
struct Releases {
  template <class T>
  void operator()(T* object) const noexcept {
    Release(object);
  }
};

/// Owns what a C function handed over ("transfer full").
template <auto Release, class T>
[[nodiscard]] std::unique_ptr<T, Releases<Release>> adopt(T* object) {
  return std::unique_ptr<T, Releases<Release>>(object);
}

}  // namespace threadline::message
