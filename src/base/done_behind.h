// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <thread>
#include <utility>
#include <vector>

#include "base/bounded_queue.h"

namespace threadline::inline base {

/// Something done with one value after another in a thread of its own, behind the one that hands them over.
template <class T>
class DoneBehind {
 public:
  /// `work` answers false to stop. Not `has_thread`: it is called by put() itself. About `most_bytes` wait for it.
  DoneBehind(bool has_thread, std::uint64_t most_bytes, std::function<bool(T&&)> work)
      : most_bytes_(most_bytes), queue_(most_bytes), work_(std::move(work)) {
    if (has_thread) thread_ = std::jthread([this] { work_off(); });
  }
  ~DoneBehind() { queue_.close(); }
  DoneBehind(const DoneBehind&) = delete;
  DoneBehind& operator=(const DoneBehind&) = delete;

  /// False: `work` has stopped.
  bool put(T&& value, std::uint64_t bytes) {
    if (!thread_.joinable()) return work_(std::move(value));
    some_.push_back(std::move(value));
    some_bytes_ += bytes;
    return some_.size() < kTogether && some_bytes_ < most_bytes_ / 4 ? true : hand_over();
  }
  /// Waits until all is done. Errors: what `work` threw.
  void finish() {
    if (!some_.empty()) hand_over();
    queue_.close();
    if (thread_.joinable()) thread_.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  static constexpr std::size_t kTogether = 32;  ///< values that go at once, so that the thread need not wake up for each

  bool hand_over() { return queue_.put(std::exchange(some_, {}), std::exchange(some_bytes_, 0)); }
  void work_off() noexcept {
    try {
      bool is_wanted = true;
      while (auto some = is_wanted ? queue_.take() : std::nullopt) {
        for (std::size_t at = 0; at < some->size() && is_wanted; ++at) is_wanted = work_(std::move((*some)[at]));
      }
    } catch (...) {
      failure_ = std::current_exception();
    }
    queue_.close();
  }

  std::uint64_t most_bytes_;
  std::vector<T> some_;  ///< not handed over yet
  std::uint64_t some_bytes_ = 0;
  BoundedQueue<std::vector<T>> queue_;
  std::function<bool(T&&)> work_;
  std::exception_ptr failure_;
  std::jthread thread_;  ///< the last member: it ends before what it uses
};

}  // namespace threadline::inline base
