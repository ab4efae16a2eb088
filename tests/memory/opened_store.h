// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "memory/file_store.h"
#include "memory/store_folder.h"

namespace threadline::memory {

inline std::unique_ptr<FileStore> opened(const std::string& path, const StoreSettings& settings = {}) {
  auto store = open_file_store(path, settings);
  EXPECT_TRUE(store) << (store ? "" : to_line(store.error()));
  return store ? *std::move(store) : nullptr;
}

inline std::string bytes_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline void learn(Store& store, const Learnt& learnt) {
  store.learn(learnt);
  ASSERT_TRUE(store.commit());
}

}  // namespace threadline::memory
