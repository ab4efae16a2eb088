// SPDX-License-Identifier: Apache-2.0
#include "base/kept_answers.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace threadline {
namespace {

/// Answers with the text itself, and counts how often it was asked.
class Echo {
 public:
  std::string of(const std::string& text) {
    return kept_.of(text, [&] {
      ++asked;
      return text;
    });
  }
  int asked = 0;

 private:
  KeptAnswers<std::string> kept_;
};

TEST(KeptAnswers, ATextIsAskedAboutOnce) {
  Echo echo;
  for (int again = 0; again < 3; ++again) EXPECT_EQ(echo.of("a"), "a");
  EXPECT_EQ(echo.of(""), "");
  EXPECT_EQ(echo.of(""), "");
  EXPECT_EQ(echo.asked, 2);
}

TEST(KeptAnswers, TextsThatShareASlotAreToldApart) {
  Echo echo;
  for (int round = 0; round < 2; ++round) {
    for (int text = 0; text < 2'000; ++text) EXPECT_EQ(echo.of(std::to_string(text)), std::to_string(text));
  }
}

TEST(KeptAnswers, ALongTextIsAskedAboutEachTime) {
  Echo echo;
  const std::string longest(KeptAnswers<std::string>::kMostBytes, 'x'), longer = longest + 'x';
  for (int again = 0; again < 2; ++again) EXPECT_EQ(echo.of(longest), longest);
  EXPECT_EQ(echo.asked, 1);
  for (int again = 0; again < 2; ++again) EXPECT_EQ(echo.of(longer), longer);
  EXPECT_EQ(echo.asked, 3);
}

TEST(KeptAnswers, AnAnswerThatWasNotMadeIsNotKept) {
  KeptAnswers<int> kept;
  EXPECT_THROW((void)kept.of("a", []() -> int { throw std::runtime_error("no memory"); }), std::runtime_error);
  EXPECT_EQ(kept.of("a", [] { return 7; }), 7);
}

}  // namespace
}  // namespace threadline
