// SPDX-License-Identifier: Apache-2.0
#pragma once

// Debian's libpff-dev comes without the header of libbfio, which libpff.h includes where this is defined.
#include <libpff/features.h>
#undef LIBPFF_HAVE_BFIO
#include <libpff.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace threadline::evidence {

/// Owns one libpff object for the length of a block. Only readers of a PST include this header.
template <auto kFree>
class Pff {
 public:
  Pff() = default;
  ~Pff() {
    if (raw_ != nullptr) kFree(&raw_, nullptr);
  }
  Pff(Pff&& other) noexcept : raw_(std::exchange(other.raw_, nullptr)) {}
  Pff(const Pff&) = delete;
  Pff& operator=(const Pff&) = delete;
  Pff& operator=(Pff&&) = delete;

  [[nodiscard]] std::intptr_t* get() const { return raw_; }
  /// Where a function of libpff puts what it gives ("transfer full").
  [[nodiscard]] std::intptr_t** put() { return &raw_; }

 private:
  std::intptr_t* raw_ = nullptr;
};

using PffFile = Pff<&libpff_file_free>;
using PffOwnedItem = Pff<&libpff_item_free>;
using PffRecordSet = Pff<&libpff_record_set_free>;
using PffRecordEntry = Pff<&libpff_record_entry_free>;

/// The error of the last call, told by its deepest cause.
class PffProblem {
 public:
  PffProblem() = default;
  ~PffProblem() { clear(); }
  PffProblem(const PffProblem&) = delete;
  PffProblem& operator=(const PffProblem&) = delete;

  [[nodiscard]] libpff_error_t** put() {
    clear();
    return &raw_;
  }
  [[nodiscard]] std::string text() const {
    std::array<char, 2'048> backtrace{};
    if (raw_ == nullptr || libpff_error_backtrace_sprint(raw_, backtrace.data(), backtrace.size()) <= 0) return {};
    std::string cause(std::string_view(backtrace.data()).substr(0, std::string_view(backtrace.data()).find('\n')));
    std::ranges::replace_if(
        cause, [](char c) { return c < ' ' || c > '~'; }, '?');
    return cause;
  }

 private:
  void clear() {
    if (raw_ != nullptr) libpff_error_free(&raw_);
  }
  libpff_error_t* raw_ = nullptr;
};

}  // namespace threadline::evidence
