// SPDX-License-Identifier: Apache-2.0
#include "memory/checkpointer.h"

#include <chrono>
#include <utility>

#include "memory/sqlite_database.h"

namespace threadline::memory {
namespace {

constexpr std::chrono::seconds kBetween{1};

}  // namespace

Checkpointer::Checkpointer(std::string path) : path_(std::move(path)), thread_([this] { live(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  stop_.notify_one();
  thread_.join();
}

void Checkpointer::live() {
  const auto database = open_sqlite(path_, Database::Mode::write, 0);
  if (!database) return;
  std::unique_lock lock(mutex_);
  while (!stop_.wait_for(lock, kBetween, [this] { return is_over_; })) {
    lock.unlock();
    (*database)->run("PRAGMA wal_checkpoint(PASSIVE)");
    lock.lock();
  }
}

}  // namespace threadline::memory
