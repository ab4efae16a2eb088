// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace threadline::memory {

/// Copies the write-ahead log of a SQLite store into its file, once a second, on a thread and over a connection of its own:
/// whoever learns does not wait for the disk. What cannot be copied now is copied later, by whoever closes the store at the
/// latest. A process that forks may have one: its thread holds no locks but SQLite's, which a forked process does not use, and
/// malloc's, which fork() takes care of. Source: SQLite, "Write-Ahead Logging", section 2.3 (a passive checkpoint keeps neither
/// readers nor writers waiting).
class Checkpointer {
 public:
  explicit Checkpointer(std::string path);
  Checkpointer(const Checkpointer&) = delete;
  Checkpointer& operator=(const Checkpointer&) = delete;
  ~Checkpointer();

 private:
  void live();

  std::string path_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool is_over_ = false;
  std::thread thread_;
};

}  // namespace threadline::memory
