// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace threadline::text {

/// An allocator for large tables that are read here and there: it asks the kernel for pages of 2 MiB, so that a look-up costs no
/// walk through page tables as well. Where the kernel has none, ordinary pages serve. Small blocks are the usual ones.
template <class T>
struct WidePages {
  using value_type = T;
  static constexpr std::size_t kPage = 2U << 20U;

  WidePages() = default;
  template <class U>
  explicit WidePages(const WidePages<U>&) {}

  [[nodiscard]] T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kPage) return static_cast<T*>(::operator new(bytes));
    void* const block = ::operator new (bytes, std::align_val_t{kPage});
    madvise(block, bytes, MADV_HUGEPAGE);
    return static_cast<T*>(block);
  }
  void deallocate(T* block, std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    if (bytes < kPage) return ::operator delete(block);
    ::operator delete (block, std::align_val_t{kPage});
  }
  bool operator==(const WidePages&) const = default;
};

}  // namespace threadline::text
