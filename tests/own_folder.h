// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

namespace threadline {

/// A temporary folder of this test program, removed when it ends.
inline const std::filesystem::path& own_folder() {
  struct Folder {
    Folder() {
      std::string name = ::testing::TempDir() + "/threadline-test-XXXXXX";
      if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder for a test: " + name);
      path = name;
    }
    ~Folder() {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path path;
  };
  static const Folder folder;
  return folder.path;
}

}  // namespace threadline
