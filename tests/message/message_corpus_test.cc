// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "message/read_message.h"

namespace threadline::message {
namespace {

namespace fs = std::filesystem;

TEST(MessageCorpus, EveryFixtureIsReadAndItsOffsetsLeadBackToItsBytes) {
  const fs::path folder = fs::path(THREADLINE_SHARED_DIR) / "corpus" / "mail";
  if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().filename() == "INDEX.tsv") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto message = read_message(bytes, Limits{});
    EXPECT_EQ(message.size, bytes.size());
    for (const auto& field : message.headers) {
      ASSERT_EQ(bytes.substr(field.offset, field.name.size()), field.name) << entry.path();
    }
  }
}

}  // namespace
}  // namespace threadline::message
