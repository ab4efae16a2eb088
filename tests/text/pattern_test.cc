// SPDX-License-Identifier: Apache-2.0
#include "text/pattern.h"
#include "text/cued_pattern.h"
#include "text/phrases.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace threadline::text {
namespace {

TEST(Pattern, GroupsAreViewsIntoTheSearchedText) {
  const Pattern pattern("(a+)(x)?(b)");
  const std::string text = "zzaab";
  const auto match = pattern.find(text);
  ASSERT_TRUE(match);
  ASSERT_EQ(match->size(), 4U);
  EXPECT_EQ((*match)[0], "aab");
  EXPECT_EQ((*match)[1].data(), text.data() + 2);
  EXPECT_EQ((*match)[2].data(), nullptr);
}

TEST(Pattern, FindsBehindTheGivenPlaceOnly) {
  const Pattern pattern("a");
  EXPECT_EQ(pattern.find("aba", 1)->front().size(), 1U);
  EXPECT_FALSE(pattern.find("ab", 1));
  EXPECT_FALSE(pattern.find("ab", 3));
}

TEST(Pattern, FullMatchesTheWholeTextAlone) {
  const Pattern pattern("[0-9]+");
  EXPECT_TRUE(pattern.full("123"));
  EXPECT_FALSE(pattern.full("123 "));
  EXPECT_TRUE(pattern.is_in("x1"));
}

TEST(Pattern, CaseIsFoldedOnRequestBeyondAscii) {
  const Pattern pattern("envoy\u00e9", Pattern::Case::insensitive);
  EXPECT_TRUE(pattern.is_in("ENVOY\u00c9"));
  EXPECT_FALSE(Pattern("envoy").is_in("ENVOY"));
}

TEST(Pattern, OneThatDoesNotCompileIsOurBug) { EXPECT_THROW(Pattern("("), std::logic_error); }

TEST(Pattern, NestedRepetitionIsLinear) { EXPECT_FALSE(Pattern("(a+)+$").full(std::string(100'000, 'a') + "b")); }

TEST(Phrases, SaysWhichStandInTheTextInOrder) {
  const Phrases phrases({"this mail", "confidential", "this mail is", "mail", "that"});
  using Found = std::vector<std::size_t>;
  EXPECT_EQ(phrases.matches("this mail is confidential, this mail"), (Found{0, 1, 2, 3}));
  EXPECT_EQ(phrases.matches("strictlyconfidential"), (Found{1}));
  EXPECT_EQ(phrases.matches("that"), (Found{4}));
  for (const char* text : {"", "tha", "this  mai", "confidentia"}) EXPECT_EQ(phrases.matches(text), Found{}) << text;
}

TEST(Phrases, OneThatIsTooShortIsOurBug) { EXPECT_THROW(Phrases({"abc"}), std::logic_error); }

TEST(CuedPattern, IsSearchedWhereACueStands) {
  const CuedPattern pattern({"votre ", "your "}, "(?:votre|your) (iban)");
  EXPECT_TRUE(pattern.is_in("sur votre iban"));
  EXPECT_FALSE(pattern.is_in("sur votre compte"));  // a cue, and no match
  EXPECT_FALSE(pattern.is_in("sur mon iban"));
  const auto found = pattern.find("to your iban");
  ASSERT_TRUE(found);
  EXPECT_EQ((*found)[1], "iban");
  EXPECT_FALSE(pattern.find(""));
}

TEST(CuedPattern, ThatDoesNotCompileThrowsAtTheFirstCue) {
  const CuedPattern broken({"a"}, "(");
  EXPECT_FALSE(broken.is_in("b"));
  EXPECT_THROW((void)broken.is_in("a"), std::logic_error);
}

}  // namespace
}  // namespace threadline::text
