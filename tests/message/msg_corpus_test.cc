// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "message/read_message.h"
#include "text/charset.h"

namespace threadline::message {
namespace {

namespace fs = std::filesystem;

bool says_something(const Message& message) {
  return !message.subject.empty() || !message.texts.empty() || !message.attachments.empty() || !message.from.empty() ||
         !message.message_class.empty() || !message.notes.empty();
}

class MsgCorpus : public testing::TestWithParam<const char*> {};

TEST_P(MsgCorpus, EveryFileIsReadInTime) {
  const fs::path folder = fs::path(THREADLINE_SHARED_DIR) / "corpus" / "msg" / GetParam();
  if (!fs::exists(folder)) GTEST_SKIP() << "no " << folder;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto start = std::chrono::steady_clock::now();
    const auto message = read_message(bytes, Limits{});
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2)) << entry.path();
    EXPECT_TRUE(says_something(message)) << entry.path();
    for (const auto& text : message.texts) EXPECT_TRUE(text::is_valid_utf8(text.content)) << entry.path() << " " << text.part;
  }
}

INSTANTIATE_TEST_SUITE_P(Folders, MsgCorpus, testing::Values("msg", "tnef", "rfc822-as-msg"),
                         [](const auto& folder) { return std::string(folder.param).substr(0, folder.param[0] == 'r' ? 6 : 4); });

}  // namespace
}  // namespace threadline::message
