// SPDX-License-Identifier: Apache-2.0
#include "text/fold.h"

#include <gtest/gtest.h>

#include <string>

namespace threadline::text {
namespace {

struct Case {
  const char* name;
  std::string text;
  std::string expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
std::string name_of_case(const testing::TestParamInfo<Case>& test) { return test.param.name; }

class Fold : public testing::TestWithParam<Case> {};
TEST_P(Fold, GivesTheComparableForm) { EXPECT_EQ(fold(GetParam().text), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(Words, Fold,
                         testing::Values(Case{"ascii", "  Hello \t\r\n World ", "hello world"},
                                         Case{"composed_accent", "P\u00c9NALIT\u00c9S", "penalites"},
                                         Case{"decomposed_accent", "Pe\u0301nalite\u0301s", "penalites"},
                                         Case{"two_marks_on_a_letter", "\u1ec7 e\u0323\u0302", "e e"},
                                         Case{"no_break_and_narrow_spaces", "a\u00a0\u202fb\u3000c", "a b c"},
                                         Case{"line_separator", "a\u2028b", "a b"},
                                         Case{"zero_width_and_bidi", "FR\u200b76\u202e\u2060", "fr76"},
                                         Case{"soft_hyphen_and_tag",
                                              "ab\u00ad"
                                              "c\U000e0041",
                                              "abc"},
                                         Case{"full_width", "\uff26\uff32\uff17\uff16", "fr76"},
                                         Case{"sharp_s", "Stra\u00dfe STRASSE", "strasse strasse"},
                                         Case{"strokes", "\u0141\u00f3d\u017a \u00d8re \u0110or\u0111e", "lodz ore dorde"},
                                         Case{"turkish_dotted_capital", "\u0130LT", "ilt"},
                                         Case{"ligature", "of\ufb01ce", "office"},
                                         Case{"greek_tonos_and_final_sigma", "\u03a0\u03a1\u039f\u03a3 \u03a0\u03c1\u03cc\u03c2",
                                              "\u03c0\u03c1\u03bf\u03c3 \u03c0\u03c1\u03bf\u03c3"},
                                         Case{"cyrillic_is_not_latin", "\u0410\u0430", "\u0430\u0430"},
                                         Case{"hangul_stays_composed", "\ub2f5\uc7a5", "\ub2f5\uc7a5"},
                                         Case{"japanese_voicing_mark_is_a_letter", "\u30d0", "\u30d0"}, Case{"empty", "", ""},
                                         Case{"only_spaces", " \u00a0\u200b ", ""}),
                         name_of_case);

TEST(Fold, InvalidBytesDoNotStopIt) { EXPECT_EQ(fold("A\xff\xc3"), "a\xef\xbf\xbd\xef\xbf\xbd"); }

TEST(AsciiLower, LeavesOtherBytesAlone) {
  EXPECT_EQ(ascii_lower("AbC\u00c9"), "abc\u00c9");
  EXPECT_TRUE(equal_ascii_nocase("Message-ID", "message-id"));
  EXPECT_FALSE(equal_ascii_nocase("a", "ab"));
}

TEST(Lower, RemovesNothing) { EXPECT_EQ(lower("\u00c9T\u00c9\u200b \u0416"), "\u00e9t\u00e9\u200b \u0436"); }

TEST(WithoutInvisible, KeepsLinesAndTabsAndWhatIsSeen) {
  EXPECT_EQ(without_invisible("a\u202e\u200d\x01\r\n\tb\u0085\u00a0c"), "a\n\tb\u00a0c");
}

TEST(Trimmed, TakesUnicodeSpacesFromTheEndsOnly) {
  EXPECT_EQ(trimmed("\u00a0 a\u00a0b\u2003\n"), "a\u00a0b");
  EXPECT_EQ(trimmed("\u3000"), "");
  EXPECT_EQ(trimmed(""), "");
}

TEST(NameKey, IsTheSameForEveryOrderAndPunctuation) {
  EXPECT_EQ(name_key("LECOMPTABLE, F."), name_key("F. LeComptable"));
  EXPECT_EQ(name_key("  Jean-Pierre  D\u00dcRAND "), "durand jean pierre");
  EXPECT_NE(name_key("Jean Durand"), name_key("Jean Durant"));
  EXPECT_EQ(name_key("..."), "");
}

}  // namespace
}  // namespace threadline::text
