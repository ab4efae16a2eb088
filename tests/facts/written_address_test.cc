// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/written_address.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "text/pattern.h"

namespace threadline::facts {
namespace {

/// The addresses of a text, one behind the other.
std::string found_in(std::string_view text) {
  std::string all;
  for (auto found = written_address(text, 0); found; found = written_address(text, found->end))
    all.append(text.substr(found->begin, found->end - found->begin)).append(";");
  return all;
}

/// What the expression that the header names finds.
std::string matched_in(std::string_view text) {
  static const text::Pattern pattern("[A-Za-z0-9._%+\\-]{1,64}@[A-Za-z0-9.\\-]{1,250}\\.[A-Za-z]{2,24}");
  std::string all;
  std::size_t from = 0;
  while (const auto match = pattern.find(text, from)) {
    all.append(match->front()).append(";");
    from = static_cast<std::size_t>(match->front().data() - text.data()) + match->front().size();
  }
  return all;
}

TEST(WrittenAddress, IsFoundInRunningTextWithoutThePunctuationAroundIt) {
  EXPECT_EQ(found_in("Ask Anna <anna.b+x@supplier.example>, or bob@firm.example."),
            "anna.b+x@supplier.example;bob@firm.example;");
  EXPECT_EQ(found_in("(carl_1@sub.firm.example)"), "carl_1@sub.firm.example;");
}

TEST(WrittenAddress, ASignWithoutADomainIsNone) {
  for (const char* text : {"", "@", "a@", "@firm.example", "a@b", "a@firm.1", "a@.x", "3 @ 5 EUR", "a@firm. example", "a@-.e"})
    EXPECT_EQ(found_in(text), "") << text;
}

TEST(WrittenAddress, NoMoreIsReadThanTheExpressionAllows) {
  const std::string local(70, 'l'), domain(260, 'd'), ending(30, 'e');
  EXPECT_EQ(found_in(local + "@firm.example"), local.substr(6) + "@firm.example;");
  EXPECT_EQ(found_in("a@" + domain + ".example"), "");
  EXPECT_EQ(found_in("a@" + domain.substr(10) + ".example"), "a@" + domain.substr(10) + ".example;");
  EXPECT_EQ(found_in("a@b." + ending), "a@b." + ending.substr(6) + ";");
}

TEST(WrittenAddress, IsWhatTheExpressionFindsInAnyText) {
  constexpr std::string_view kBytes = "ab1.@-_ \xC3\xA9+Z";
  std::mt19937 dice(1);  // NOLINT(cert-msc32-c,cert-msc51-cpp): the same texts each time
  std::vector<std::string> texts;
  for (int i = 0; i < 5000; ++i) {
    std::string text;
    for (std::size_t size = dice() % 40; size > 0; --size) text += kBytes[dice() % kBytes.size()];
    texts.push_back(text);
  }
  for (const std::string& text : texts) EXPECT_EQ(found_in(text), matched_in(text)) << text;
}

}  // namespace
}  // namespace threadline::facts
