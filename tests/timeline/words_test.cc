// SPDX-License-Identifier: Apache-2.0
#include "timeline/words.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace threadline::timeline {
namespace {

std::set<std::string> names_in(std::string_view form) {
  std::set<std::string> names;
  for (std::size_t at = form.find('{'); at != std::string_view::npos; at = form.find('{', at + 1))
    names.emplace(form.substr(at + 1, form.find('}', at) - at - 1));
  return names;
}

TEST(Words, BothLanguagesAreWholeAndUseTheSameNames) {
  std::set<std::string_view> keys;
  for (const Entry& entry : all_words()) {
    EXPECT_FALSE(entry.french.empty()) << entry.key;
    EXPECT_FALSE(entry.english.empty()) << entry.key;
    EXPECT_EQ(names_in(entry.french), names_in(entry.english)) << entry.key;
    EXPECT_TRUE(keys.insert(entry.key).second) << "twice: " << entry.key;
  }
}

/// Lines "| `code` | ..." of docs/findings.md.
std::vector<std::string> codes_of_the_contract() {
  std::ifstream file(std::string(THREADLINE_SOURCE_DIR) + "/docs/findings.md");
  std::vector<std::string> codes;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("| `")) continue;
    codes.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  return codes;
}

TEST(Words, EveryCodeOfTheContractHasATitleAndALine) {
  const auto codes = codes_of_the_contract();
  EXPECT_GE(codes.size(), 30U);
  for (const std::string& code : codes) {
    EXPECT_TRUE(known_words("finding." + code, Language::fr)) << code;
    EXPECT_TRUE(known_words("title." + code, Language::fr)) << code;
  }
}

TEST(Phrase, AGroupWithoutItsValueIsLeftOut) {
  EXPECT_EQ(phrase("action.reply", Language::fr, {{"to", "M. X"}}), "R\u00e9ponse \u00e0 M. X");
  EXPECT_EQ(phrase("action.reply", Language::fr, {}), "R\u00e9ponse");
}

TEST(Phrase, AValueIsNeverReadAsWordsAgain) {
  EXPECT_EQ(phrase("comment.subject", Language::en, {{"subject", "{subject} [x]"}}), "Subject: {subject} [x]");
}

}  // namespace
}  // namespace threadline::timeline
