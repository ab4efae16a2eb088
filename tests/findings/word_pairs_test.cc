// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "findings/word_pairs.h"

namespace threadline::findings {
namespace {

TEST(WordPairs, WrappingMarksCaseAndNumbersAreNoDifference) {
  const WordPairs source = word_pairs("Please pay 1.250 EUR to FR76 3000 by Friday.");
  EXPECT_EQ(likeness(word_pairs("> please PAY 9.999 EUR\n> to DE89 1111 by\n> *Friday*"), source).pairs, 1.0);
  EXPECT_EQ(likeness(word_pairs("please pay 9 EUR"), source).numbers, 0.0);
  EXPECT_EQ(likeness(word_pairs("please pay"), source).numbers, 1.0);
}

TEST(WordPairs, TheSameWordsInAnotherOrderAreAnotherText) {
  EXPECT_EQ(likeness(word_pairs("Friday by pay please"), word_pairs("please pay by Friday")).pairs, 0.0);
}

TEST(WordPairs, OfAStoreAreHashedWithItsKeyAndSayTheSame) {
  const memory::KeyedHash key({1}), other({2});
  const auto source = "Please pay 1.250 EUR to FR76 3000 by Friday.", copy = "> please pay 1.250 EUR to Ann by Friday";
  const Likeness plain = likeness(word_pairs(copy), word_pairs(source));
  const Likeness keyed = likeness(word_pairs(copy, &key), word_pairs(source, &key));
  EXPECT_EQ(keyed.pairs, plain.pairs);
  EXPECT_EQ(keyed.numbers, plain.numbers);
  EXPECT_EQ(likeness(word_pairs(copy, &other), word_pairs(source, &key)).pairs, 0.0);
}

TEST(WordPairs, NothingIsLikeNothing) {
  EXPECT_EQ(likeness(word_pairs(""), word_pairs("")).pairs, 0.0);
  EXPECT_EQ(likeness(word_pairs("12 34"), word_pairs("12 34")).pairs, 0.0);
}

TEST(WordPairs, CharactersOfAScriptWithoutBlanksAreWords) {
  const WordPairs source = word_pairs("\u8acb\u6c42\u66f8\u3092\u304a\u9001\u308a\u3057\u307e\u3059");
  EXPECT_EQ(source.words, 10U);
  EXPECT_EQ(likeness(word_pairs("\u8acb\u6c42\u66f8\u3092"), source).pairs, 1.0);
  EXPECT_EQ(word_pairs("\xE8\xAB").words, 1U) << "a character cut short";
}

TEST(WordPairs, OfALongTextTheBeginIsRead) {
  std::string text;
  for (int word = 0; word < 5'000; ++word) text += std::string(1, static_cast<char>('a' + word % 26)) + "x ";
  EXPECT_EQ(word_pairs(text).words, 2'000U);
}

}  // namespace
}  // namespace threadline::findings
