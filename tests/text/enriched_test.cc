// SPDX-License-Identifier: Apache-2.0
#include "text/enriched.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

namespace threadline::text {
namespace {

HtmlText read(std::string_view source, Enrichment enrichment, const Limits& limits = {}) {
  const auto exact = std::make_unique<char[]>(source.size());  // no byte more: ASan sees one too far
  std::ranges::copy(source, exact.get());
  return read_enriched({exact.get(), source.size()}, enrichment, limits);
}

struct Case {
  const char* name;
  Enrichment enrichment;
  const char* source;
  const char* text;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Enriched : public testing::TestWithParam<Case> {};
TEST_P(Enriched, IsReadAsAPersonSeesIt) { EXPECT_EQ(read(GetParam().source, GetParam().enrichment).text, GetParam().text); }

constexpr auto kEnriched = Enrichment::enriched;
constexpr auto kRichtext = Enrichment::richtext;
INSTANTIATE_TEST_SUITE_P(
    Forms, Enriched,
    testing::Values(Case{"commands_are_no_text", kEnriched, "<bold>Now</bold> is the <italic>time</italic>", "Now is the time"},
                    Case{"two_angles_are_one", kEnriched, "a << b <<c@firm.example>", "a < b <c@firm.example>"},
                    Case{"a_line_end_is_a_blank", kEnriched, "one\ntwo", "one two"},
                    Case{"two_line_ends_are_one", kEnriched, "one\n\ntwo", "one\ntwo"},
                    Case{"three_are_two", kEnriched, "one\n\n\ntwo", "one\n\ntwo"},
                    Case{"nofill_keeps_lines", kEnriched, "<nofill>one\ntwo\n\nthree</nofill>\nfour", "one\ntwo\n\nthree four"},
                    Case{"parameters_are_left_out", kEnriched, "<color><param>red</param>Blood</color>", "Blood"},
                    Case{"unclosed_parameters_hide_nothing", kEnriched, "<color><param>red IBAN <param>FR76", "red IBAN FR76"},
                    Case{"case_counts_not", kEnriched, "<BOLD>x</Bold><Param>y</pARAM>z", "xz"},
                    Case{"an_address_is_no_command", kEnriched, "<a@firm.example> <not closed", "<a@firm.example> <not closed"},
                    Case{"richtext_line_ends", kRichtext, "one\ntwo<nl>three\n\nfour", "one two\nthree four"},
                    Case{"richtext_angle", kRichtext, "a <lt> b << c", "a < b << c"},
                    Case{"richtext_comment", kRichtext, "a<comment>no <bold>word</bold></comment>b", "ab"},
                    Case{"richtext_blocks", kRichtext, "<paragraph>one</paragraph><paragraph>two</paragraph>", "one\ntwo\n"}),
    [](const auto& test) { return test.param.name; });

TEST(EnrichedText, LeadsBackToTheSource) {
  const std::string source = "<bold>Pay</bold> to << FR76\n3000\n\nnow";
  const HtmlText text = read(source, kEnriched);
  ASSERT_EQ(text.text, "Pay to < FR76 3000\nnow");
  EXPECT_EQ(source_offset(text.runs, text.text.find("Pay")), source.find("Pay"));
  EXPECT_EQ(source_offset(text.runs, text.text.find('<')), source.find("<< "));
  EXPECT_EQ(source_offset(text.runs, text.text.find("3000")), source.find("3000"));
  EXPECT_EQ(source_offset(text.runs, text.text.find("now")), source.find("now"));
}

TEST(EnrichedText, AnExcerptIsACitedBlockOnLinesOfItsOwn) {
  const HtmlText text = read("Yes.<excerpt>Old <excerpt>older</excerpt></excerpt>End", kEnriched);
  EXPECT_EQ(text.text, "Yes.\nOld \nolder\nEnd");
  ASSERT_EQ(text.elements.size(), 2U);
  EXPECT_EQ(text.elements[0].tag + " " + text.elements[0].type, "blockquote cite");
  EXPECT_EQ(text.text.substr(text.elements[1].text_begin, 5), "older");
  EXPECT_EQ(text.elements[1].parent, 0);
}

TEST(EnrichedText, LimitHtmlDepth) {
  Limits limits;
  limits.html_depth = 2;
  EXPECT_TRUE(read("<excerpt><excerpt>x", kEnriched, limits).notes.empty());
  const HtmlText over = read("<excerpt><excerpt><excerpt>x</excerpt></excerpt></excerpt>y", kEnriched, limits);
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_EQ(over.notes[0].code, "limit");
  EXPECT_EQ(over.elements.size(), 2U);
  EXPECT_NE(over.text.find('x'), std::string::npos);
}

}  // namespace
}  // namespace threadline::text
