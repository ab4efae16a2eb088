// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "base/bounded_queue.h"

namespace threadline::inline base {

/// The values of 0, 1, 2 ..., made by several threads ahead of the one that takes them in that order.
template <class T>
class MadeAhead {
 public:
  using Make = std::function<T(std::size_t at, unsigned thread)>;
  using BytesOf = std::function<std::uint64_t(std::size_t at, const T& value)>;

  /// `make` is called once for each number below `count`, by the thread of that number; without `threads`, by next() itself as by
  /// thread 0. What is made and not taken holds about `most_bytes`, as `bytes_of` tells them, and a value a thread.
  MadeAhead(std::size_t count, unsigned threads, std::uint64_t most_bytes, Make make, BytesOf bytes_of)
      : count_(count), make_(std::move(make)), bytes_of_(std::move(bytes_of)) {
    const std::uint64_t bytes = most_bytes / std::max(threads, 1U);
    for (unsigned number = 0; number < threads; ++number) queues_.push_back(std::make_unique<Queue>(bytes));
    try {
      for (unsigned number = 0; number < threads; ++number) threads_.emplace_back([this, number, bytes] { work(number, bytes); });
    } catch (...) {  // no more threads are to be had, and those that began would wait for ever
      close();
      throw;
    }
  }
  ~MadeAhead() { close(); }
  MadeAhead(const MadeAhead&) = delete;
  MadeAhead& operator=(const MadeAhead&) = delete;

  /// The next value; not more often than `count` times. Errors: what `make` threw.
  T next() {
    const std::size_t at = at_++;
    if (queues_.empty()) return make_(at, 0);
    if (next_ == taken_.size()) {
      taken_ = *queues_[at / kTogether % queues_.size()]->take();
      next_ = 0;
    }
    return std::move(taken_[next_++]);
  }

 private:
  using Some = std::vector<T>;
  using Queue = BoundedQueue<Some>;
  static constexpr std::size_t kTogether = 32;  ///< numbers that one thread makes one after another

  void close() { std::ranges::for_each(queues_, &Queue::close); }
  void work(unsigned number, std::uint64_t most_bytes) noexcept {
    Queue& queue = *queues_[number];
    try {
      for (std::size_t first = number * kTogether; first < count_; first += queues_.size() * kTogether) {
        if (!make_some(number, first, queue, most_bytes)) return;
      }
      queue.close();
    } catch (...) {
      queue.fail(std::current_exception());
    }
  }
  /// Handed over together, unless they are large. Answers false where nobody wants more.
  bool make_some(unsigned number, std::size_t first, Queue& queue, std::uint64_t most_bytes) {
    const std::size_t end = std::min(first + kTogether, count_);
    Some some;
    std::uint64_t bytes = 0;
    for (std::size_t at = first; at < end; ++at) {
      some.push_back(make_(at, number));
      bytes += bytes_of_(at, some.back());
      if (at + 1 < end && bytes < most_bytes / 4) continue;
      if (!queue.put(std::exchange(some, {}), std::exchange(bytes, 0))) return false;
    }
    return true;
  }

  std::size_t count_;
  Make make_;
  BytesOf bytes_of_;
  std::vector<std::unique_ptr<Queue>> queues_;  ///< one a thread
  Some taken_;
  std::size_t next_ = 0, at_ = 0;
  std::vector<std::jthread> threads_;  ///< the last member: they end before what they use
};

}  // namespace threadline::inline base
