// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// A folder of its own for one test, removed at its end.
class TempFolder {
 public:
  TempFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    auto name = std::string("threadline_") + test->test_suite_name() + "_" + test->name() + "_" + std::to_string(::getpid());
    for (auto& c : name) c = c == '/' ? '_' : c;
    path = std::filesystem::temp_directory_path() / name;
    std::filesystem::create_directories(path);
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  std::string write(const std::string& name, const std::string& bytes) const {
    const auto file = path / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file.string();
  }

  std::filesystem::path path;
};

inline std::vector<Item> items_of(const std::string& path, const Settings& settings) {
  std::vector<Item> items;
  const auto summary = read_evidence({path}, settings, [&items](Item&& item) {
    items.push_back(std::move(item));
    return true;
  });
  EXPECT_TRUE(summary.has_value());
  return items;
}

inline std::vector<Item> items_of(const std::string& path, const Limits& limits = {}) {
  return items_of(path, Settings{.limits = limits, .passwords = {}, .spool_folder = testing::TempDir()});
}

/// "format code" for each item, one a line: the canonical form that tests compare.
inline std::string kinds_of(const std::vector<Item>& items) {
  std::string lines;
  for (const auto& item : items) lines += item.format + (item.notes.empty() ? "" : " " + item.notes[0].code) + "\n";
  return lines;
}

}  // namespace threadline::evidence
