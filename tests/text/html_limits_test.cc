// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "text/html.h"

namespace threadline::text {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

std::string notes(const HtmlText& html) {
  std::string result;
  for (const Note& note : html.notes) result += note.code + "{" + note.text + "}";
  return result;
}

std::string tag_with_attributes(std::size_t count) { return "<div" + repeated(" a=b", count - 1) + " id=last>x</div>"; }

TEST(HtmlLimits, HtmlAttributesAtTheBoundAllAreRead) {
  const Limits limits{.html_attributes = 100};
  const HtmlText at = read_html(tag_with_attributes(100), limits);
  EXPECT_EQ(notes(at), "");
  EXPECT_EQ(at.elements[0].id, "last");
}

TEST(HtmlLimits, HtmlAttributesAboveTheBoundTheRestIsLeftOutAndNoted) {
  const Limits limits{.html_attributes = 100};
  const HtmlText above = read_html(tag_with_attributes(101) + "<p>y", limits);
  EXPECT_EQ(notes(above), "limit{html_attributes 100}");
  EXPECT_EQ(above.elements[0].id, "");
  EXPECT_EQ(above.text, "x\ny");
}

TEST(HtmlLimits, HtmlDepthAtTheBoundEveryElementIsThere) {
  const Limits limits{.html_depth = 50};
  const HtmlText at = read_html(repeated("<div>", 50) + "x", limits);
  EXPECT_EQ(notes(at), "");
  EXPECT_EQ(at.elements.size(), 50U);
}

TEST(HtmlLimits, HtmlDepthAboveTheBoundTheRestIsReadAsText) {
  const Limits limits{.html_depth = 50};
  const HtmlText above = read_html(repeated("<div>", 51) + "x<p>y</p>" + repeated("</div>", 51) + "<div>z", limits);
  EXPECT_EQ(notes(above), "limit{html_depth 50}");
  EXPECT_EQ(above.elements.size(), 50U);
  EXPECT_EQ(above.text, "x\ny\nz");
}

TEST(HtmlLimits, HtmlElementsAtTheBoundAllAreKept) {
  const Limits limits{.html_elements = 10};
  const HtmlText at = read_html(repeated("<p>a</p>", 9) + "<hr>", limits);
  EXPECT_EQ(notes(at), "");
  EXPECT_EQ(at.elements.size(), 10U);
}

TEST(HtmlLimits, HtmlElementsAboveTheBoundTheTextIsStillRead) {
  const Limits limits{.html_elements = 10};
  const HtmlText above = read_html(repeated("<p>a</p>", 10) + "<hr><div>b<p>c</p></div>", limits);
  EXPECT_EQ(notes(above), "limit{html_elements 10}");
  EXPECT_EQ(above.elements.size(), 10U);
  EXPECT_TRUE(above.text.ends_with("a\nb\nc"));
}

TEST(HtmlLimits, HtmlUnmatchedEndsAtTheBoundNothingIsNoted) {
  const Limits limits{.html_unmatched_ends = 10};
  EXPECT_EQ(notes(read_html(repeated("</b>", 10) + "x", limits)), "");
}

TEST(HtmlLimits, HtmlUnmatchedEndsAboveTheBoundTheRestIsStillRead) {
  const Limits limits{.html_unmatched_ends = 10};
  const HtmlText above = read_html("a" + repeated("</b>", 11) + "<p>b</p><div id=c>d</div>", limits);
  EXPECT_EQ(notes(above), "limit{html_unmatched_ends 10}");
  EXPECT_EQ(above.text, "a\nb\nd");
}

TEST(HtmlLimits, HtmlStyleRulesAtTheBoundAllCount) {
  const Limits limits{.html_style_rules = 3};
  const HtmlText at = read_html("<style>.a,.b{opacity:0}.c{opacity:0}</style><p class=c>x</p>", limits);
  EXPECT_EQ(notes(at), "");
  EXPECT_EQ(at.hidden.size(), 1U);
}

TEST(HtmlLimits, HtmlStyleRulesAboveTheBoundTheRestIsLeftOutAndNoted) {
  const Limits limits{.html_style_rules = 2};
  const HtmlText above = read_html("<style>.a,.b{opacity:0}.c{opacity:0}</style><p class=a>w</p><p class=c>x</p>", limits);
  EXPECT_EQ(notes(above), "limit{html_style_rules 2}");
  EXPECT_EQ(above.text, "w\nx");
  EXPECT_EQ(above.hidden.size(), 1U);
}

TEST(HtmlLimits, HtmlStyleMatchesAboveTheBoundTheTextIsStillRead) {
  const std::string page = "<style>.a{opacity:0}</style>" + repeated("<p class=a>x</p>", 20);
  EXPECT_EQ(notes(read_html(page, {})), "");
  const Limits limits{.html_style_matches = 40};
  const HtmlText above = read_html(page, limits);
  EXPECT_EQ(notes(above), "limit{html_style_matches 40}");
  EXPECT_EQ(above.text, repeated("x\n", 19) + "x");
}

TEST(HtmlLimits, SheetsMadeToBeSlowStopAtTheBound) {
  const std::string outer = "<style>" + repeated(".a .b .z{opacity:0}", 5'000) + "</style>";
  const HtmlText nested = read_html(outer + repeated("<div class='z z z z'>x", 1'900), {});
  EXPECT_EQ(notes(nested), "limit{html_style_matches 4000000}");
  EXPECT_EQ(notes(read_html("<style>" + repeated("@media screen{", 200'000) + "</style>x", {})), "");
  EXPECT_EQ(notes(read_html("<style>" + repeated("a{{'", 200'000) + "</style>x", {})), "");
}

// What takes libxml2 2.9.14 (or a careless tokenizer) more than ten seconds; ctest's own time limit is the clock.
TEST(HtmlLimits, TwentyThousandNestedElementsStopAtTheDepth) {
  const HtmlText html = read_html(repeated("<div>", 20'000) + "x", {});
  EXPECT_EQ(html.elements.size(), Limits{}.html_depth);
  EXPECT_EQ(html.text, "x");
}

TEST(HtmlLimits, EightyThousandAttributesAreOneNote) {
  EXPECT_EQ(notes(read_html(tag_with_attributes(80'000), {})), "limit{html_attributes 256}");
}

TEST(HtmlLimits, EightyThousandUnmatchedEndsAreOneNote) {
  EXPECT_EQ(notes(read_html(repeated("</b>", 80'000), {})), "limit{html_unmatched_ends 10000}");
}

TEST(HtmlLimits, EndsThatAnOuterTableShieldsAreCountedAsUnmatched) {
  const HtmlText html = read_html("<div><table>" + repeated("<span>", 1'500) + repeated("</div>", 80'000) + "x", {});
  EXPECT_EQ(notes(html), "limit{html_unmatched_ends 10000}");
}

TEST(HtmlLimits, UnfinishedMarkupIsLinear) {
  EXPECT_EQ(read_html(repeated("<a ", 300'000), {}).text.size(), 899'999U);
  EXPECT_EQ(read_html(repeated("<!-- ", 300'000), {}).text, "");
  EXPECT_EQ(read_html(repeated("<xml>", 300'000) + "x", {}).text, "x");
  EXPECT_EQ(read_html(repeated("<textarea>", 100'000) + "x", {}).text, "x");
  EXPECT_EQ(read_html(repeated("&", 500'000), {}).text.size(), 500'000U);
  EXPECT_EQ(read_html(repeated("<table><tr><td>", 100'000) + "x", {}).text, "x");
}

}  // namespace
}  // namespace threadline::text
