// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <utility>

namespace threadline::inline base {

/// Values on their way from one thread to another, in their order, and no more of them than so many bytes.
/// Threads: one puts, another takes.
template <class T>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

  /// Waits for room; a value beyond the bound goes in alone. False: the queue was closed, and the value is not taken.
  bool put(T&& value, std::uint64_t bytes) {
    std::unique_lock lock(mutex_);
    has_changed_.wait(lock, [&] { return is_closed_ || waiting_.empty() || bytes_ + bytes <= most_bytes_; });
    if (is_closed_) return false;
    bytes_ += bytes;
    waiting_.push_back({std::move(value), bytes});
    lock.unlock();
    has_changed_.notify_one();
    return true;
  }
  /// Waits for the next; nothing where the queue was closed and no more is in it. Errors: what fail() was told.
  std::optional<T> take() {
    std::unique_lock lock(mutex_);
    has_changed_.wait(lock, [&] { return is_closed_ || !waiting_.empty(); });
    if (waiting_.empty() && failure_) std::rethrow_exception(failure_);
    if (waiting_.empty()) return std::nullopt;
    std::optional<T> value(std::move(waiting_.front().value));
    bytes_ -= waiting_.front().bytes;
    waiting_.pop_front();
    lock.unlock();
    has_changed_.notify_one();
    return value;
  }
  /// Nothing goes in any more; what is in it can be taken.
  void close() { fail(nullptr); }
  /// The same because of an exception, which the other side gets.
  void fail(std::exception_ptr failure) {
    {
      const std::lock_guard lock(mutex_);
      is_closed_ = true;
      if (!failure_) failure_ = std::move(failure);
    }
    has_changed_.notify_one();
  }

 private:
  struct Waiting {
    T value;
    std::uint64_t bytes;
  };
  std::uint64_t most_bytes_;
  std::mutex mutex_;
  std::condition_variable has_changed_;  ///< one side waits at most: for room, or for a value
  std::deque<Waiting> waiting_;
  std::uint64_t bytes_ = 0;
  bool is_closed_ = false;
  std::exception_ptr failure_;
};

}  // namespace threadline::inline base
