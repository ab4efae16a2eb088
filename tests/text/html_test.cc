// SPDX-License-Identifier: Apache-2.0
#include "text/html.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "text/charset.h"

namespace threadline::text {
namespace {

HtmlText read(std::string_view source) {
  const auto exact = std::make_unique<char[]>(source.size());
  std::ranges::copy(source, exact.get());
  return read_html({exact.get(), source.size()}, {});
}

/// Every verbatim run's bytes are the source's bytes, and everything lies inside of what it points into.
void expect_consistent(const HtmlText& html, std::string_view source) {
  for (std::size_t i = 0; i < html.runs.size(); ++i) {
    const Run& run = html.runs[i];
    const std::uint64_t end = i + 1 < html.runs.size() ? html.runs[i + 1].text_begin : html.text.size();
    ASSERT_LE(run.text_begin, end);
    ASSERT_LE(run.source_begin, source.size());
    if (!run.verbatim) continue;
    ASSERT_EQ(html.text.substr(run.text_begin, end - run.text_begin), source.substr(run.source_begin, end - run.text_begin));
  }
  for (const Element& element : html.elements) {
    ASSERT_LE(element.text_begin, element.text_end);
    ASSERT_LE(element.text_end, html.text.size());
    ASSERT_LE(element.source_begin, element.source_end);
    ASSERT_LE(element.source_end, source.size());
    ASSERT_EQ(source[element.source_begin], '<');
  }
}

struct Case {
  const char* name;
  std::string source;
  std::string expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Html : public testing::TestWithParam<Case> {};
TEST_P(Html, ReadsAsAPersonDoes) {
  const HtmlText html = read(GetParam().source);
  EXPECT_EQ(html.text, GetParam().expected);
  expect_consistent(html, GetParam().source);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, Html,
    testing::Values(Case{"empty", "", ""}, Case{"plain", "hello", "hello"}, Case{"spaces_collapse", "a  b\r\n\tc ", "a b c"},
                    Case{"inline_tags_part_no_words", "F<b>R</b>76 <i>x</i>", "FR76 x"},
                    Case{"space_across_tags", "a <b> b</b> c", "a b c"}, Case{"paragraphs", "<p>a</p><p>b</p>", "a\nb"},
                    Case{"paragraphs_without_ends", "<p>a<p>b", "a\nb"}, Case{"line_breaks", "a<br>b<br/>c<BR />d", "a\nb\nc\nd"},
                    Case{"two_breaks_make_an_empty_line", "a<br><br>b", "a\n\nb"},
                    Case{"break_at_the_end_of_a_block", "<div>a<br></div><div>b</div>", "a\nb"},
                    Case{"gmail_empty_line", "<div>a</div><div><br></div><div>b</div>", "a\n\nb"},
                    Case{"divs", "<div>a<div>b</div>c</div>d", "a\nb\nc\nd"}, Case{"rule", "a<hr>b", "a\nb"},
                    Case{"list", "<ul><li>a<li>b</ul>c", "a\nb\nc"},
                    Case{"no_break_space_is_kept", "a&nbsp; b\u00a0c", "a\u00a0 b\u00a0c"},
                    Case{"empty_outlook_paragraph", "<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\u00a0\nb"},
                    Case{"preformatted", "<pre>a  b\r\n  c</pre>d", "a  b\n  c\nd"},
                    Case{"style_preformatted", "<div style='white-space: pre-wrap'>a\n b</div>", "a\n b"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Tables, Html,
    testing::Values(
        Case{"cells", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>e", "a\tb\nc\td\ne"},
        Case{"cells_without_ends", "<table><tr><td>a<td>b<tr><td>c<td>d</table>e", "a\tb\nc\td\ne"},
        Case{"blocks_in_cells", "<table><tr><td><p>IBAN</p></td><td><p>FR76</p></td></tr></table>", "IBAN\tFR76"},
        Case{"break_at_the_end_of_a_cell", "<table><tr><td>a<br></td><td>b</td></tr></table>", "a\tb"},
        Case{"empty_first_cell", "x<table><tr><td></td><td>b</td></tr></table>", "x\n\tb"},
        Case{"empty_last_cells", "<table><tr><td>a</td><td></td><td> </td></tr></table>b", "a\nb"},
        Case{"head_cells",
             "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>",
             "a\tb\n1\t2"},
        Case{"nested", "<table><tr><td><table><tr><td>a</td></tr><tr><td>b</td></tr></table></td><td>c</td></tr></table>d",
             "a\nb\tc\nd"},
        Case{"lines_within_a_cell", "<table><tr><td>a<br>b</td><td>c</td></tr></table>", "a\nb\tc"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    LeftOut, Html,
    testing::Values(Case{"script", "a<script>if (a<b) x('</b>')</script>b", "ab"},
                    Case{"style", "<style>p{color:red}</style>a", "a"}, Case{"comment", "a<!-- <p>x</p> -->b", "ab"},
                    Case{"short_comments", "a<!-->b<!--->c", "abc"}, Case{"comment_with_dashes", "a<!-- x -- y --!>b", "ab"},
                    Case{"outlook_condition", "a<!--[if mso]><p>x</p><![endif]-->b<![if !mso]>c<![endif]>d", "abcd"},
                    Case{"declaration", "<!DOCTYPE html><?xml version='1.0'?>a", "a"},
                    Case{"office_island", "a<xml><o:x>96</o:x></xml>b", "ab"}, Case{"office_island_without_end", "a<xml>b", "ab"},
                    Case{"office_names", "a<o:p></o:p>b<st1:City>c</st1:City>", "abc"},
                    Case{"title_is_kept", "<html><head><title>A &amp; B</title><meta x></head><body>c</body></html>", "A & B\nc"},
                    Case{"text_in_an_unclosed_head", "<head><style>x</style><p>a", "a"},
                    Case{"frame", "a<iframe src=x>b</iframe>c", "ac"}, Case{"text_area", "<textarea>a\n<b></textarea>", "a\n<b>"},
                    Case{"bogus_end", "a</3 x>b</>c", "abc"},
                    Case{"behind_the_end_of_the_body", "<body>a</body></html>b<p>c", "a\nb\nc"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Characters, Html,
    testing::Values(Case{"entities", "&lt;a&gt; &amp;&quot;&eacute;&euro;&apos;", "<a> &\"\u00e9\u20ac'"},
                    Case{"numbers", "&#65;&#x42;&#233;", "AB\u00e9"}, Case{"windows_numbers", "&#128;&#146;", "\u20ac\u2019"},
                    Case{"bad_numbers", "&#0;&#xD800;&#x110000;&#99999999999;", "\ufffd\ufffd\ufffd\ufffd"},
                    Case{"no_semicolon", "a&ampb &eacute &nbspc", "a&b \u00e9 \u00a0c"},
                    Case{"no_entity", "R&D & co &; &#; &nosuch;", "R&D & co &; &#; &nosuch;"},
                    Case{"entity_of_a_space_collapses", "a&#32; &#10;b", "a b"},
                    Case{"invisible_names", "F&ZeroWidthSpace;R&shy;&zwnj;", "F\u200bR\u00ad\u200c"},
                    Case{"less_than", "a < b <3 <", "a < b <3 <"}, Case{"unfinished_tag_is_text", "a<b c='d", "a<b c='d"},
                    Case{"quoted_greater_than", "<a title='>' href=x>b</a>", "b"}, Case{"nul", std::string("a\0b", 3), "ab"},
                    Case{"accents", "<p>\u00e9t\u00e9</p>", "\u00e9t\u00e9"}),
    [](const auto& test) { return test.param.name; });

TEST(Html, BytesThatAreNoUtf8AreQuestionMarksAtTheirPlace) {
  const HtmlText html = read("a\xff\xc3<b>b</b>");
  EXPECT_EQ(html.text, "a??b");
  EXPECT_EQ(source_offset(html.runs, 3), 6U);
}

/// "tag#id.class[text]" of each element, with its parent's index.
std::string tree(const HtmlText& html) {
  std::string result;
  for (const Element& e : html.elements) {
    result += e.tag + (e.id.empty() ? "" : "#" + e.id) + (e.cls.empty() ? "" : "." + e.cls) + "[" +
              html.text.substr(e.text_begin, e.text_end - e.text_begin) + "]" +
              (e.parent < 0 ? "" : "^" + std::to_string(e.parent)) + " ";
  }
  return result;
}

TEST(HtmlElements, CarryTheStructureOfQuotes) {
  const std::string source =
      "new<div class=\"gmail_quote\"><div dir=ltr class=gmail_attr>On x wrote:<br></div><blockquote class='gmail_quote' "
      "type=cite>"
      "old</blockquote></div>";
  const HtmlText html = read(source);
  EXPECT_EQ(tree(html), "div.gmail_quote[On x wrote:\nold] div.gmail_attr[On x wrote:]^0 blockquote.gmail_quote[old]^0 ");
  EXPECT_EQ(html.elements[2].type, "cite");
  EXPECT_EQ(source.substr(html.elements[2].source_begin, html.elements[2].source_end - html.elements[2].source_begin),
            "<blockquote class='gmail_quote' type=cite>old</blockquote>");
}

TEST(HtmlElements, OutlookSeparatorIsFoundByItsStyle) {
  const HtmlText html = read(
      "<p>a</p><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p><b>De :</b> x</p></div>");
  ASSERT_EQ(html.elements.size(), 3U);
  EXPECT_EQ(html.elements[1].style, "border:none;border-top:solid#e1e1e11.0pt;padding:3.0pt0cm0cm0cm");
  EXPECT_EQ(html.text.substr(html.elements[1].text_begin), "De : x");
}

TEST(HtmlElements, InlineFormattingIsLeftOutUnlessItIsNamed) {
  EXPECT_EQ(
      tree(read("<span>a</span><b>b</b><span id=\"x\">c</span><font class=Y>d</font><span style='border-left:1px'>e</span>")),
      "span#x[c] font.Y[d] span[e] ");
}

TEST(HtmlElements, AnEndTagClosesTheNearestOfItsName) {
  EXPECT_EQ(tree(read("<b><b id=x>a</b>b</b>c")), "b#x[a] ");
  EXPECT_EQ(tree(read("<b id=x>a<b>b</b>c</b>d")), "b#x[abc] ");
  EXPECT_EQ(tree(read("<i>a<i id=x>b</i>c<i id=y>d</i></i>")), "i#x[b] i#y[d] ");
}

TEST(HtmlElements, ARuleStandsBetweenTheLines) {
  const HtmlText html = read("a<hr tabindex=-1>b");
  ASSERT_EQ(html.elements.size(), 1U);
  EXPECT_EQ(html.text.substr(html.elements[0].text_begin), "b");
  EXPECT_EQ(html.elements[0].source_begin, 1U);
}

TEST(HtmlElements, AttributesAreDecodedAndTheFirstCounts) {
  const HtmlText html = read("<a HREF='https://x.example/?a=1&amp;b=2&copy=3' href=y id=\"A&eacute;\">z</a>");
  EXPECT_EQ(html.elements[0].href, "https://x.example/?a=1&b=2&copy=3");
  EXPECT_EQ(html.elements[0].id, "A\u00e9");
}

TEST(HtmlRuns, LeadFromTextToSource) {
  const std::string source = "<p>IBAN&nbsp;: <b>FR76\r\n  3000</b></p>";
  const HtmlText html = read(source);
  EXPECT_EQ(html.text, "IBAN\u00a0: FR76 3000");
  EXPECT_EQ(source_offset(html.runs, html.text.find("FR76")), source.find("FR76"));
  EXPECT_EQ(source_offset(html.runs, html.text.find("3000") + 2), source.find("3000") + 2);
  EXPECT_EQ(source_offset(html.runs, html.text.find("\u00a0") + 1), source.find("&nbsp;"));
  EXPECT_EQ(source_offset({}, 7), 7U);
}

TEST(HtmlRuns, AreVerbatimOnEveryHtmlPartOfTheSharedCorpus) {
  const std::filesystem::path root = THREADLINE_SHARED_DIR "/corpus";
  if (!std::filesystem::exists(root)) GTEST_SKIP() << "no /work/shared here";
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (!entry.is_regular_file() || entry.file_size() > (1U << 20U)) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (bytes.find("</") == std::string::npos) continue;
    const std::string source = valid_utf8(bytes.substr(std::min(bytes.find("<html"), bytes.find("</"))));
    expect_consistent(read(source), source);
    ++seen;
  }
  EXPECT_GT(seen, 20U);
}

TEST(Html, WordsInATagAreShownWhereTheyHaveTheDigitsOfAnAccount) {
  const std::string source =
      "<p>A<img alt='no. 12 34 56 78'>B<img alt='Logo 2024'>C<input value='12345678'>D"
      "<a href='mailto:x?body=12345678'>E</a></p>";
  const auto html = read(source);
  EXPECT_EQ(html.text, "A no. 12 34 56 78 BC 12345678 DE");
  expect_consistent(html, source);
}

TEST(Html, TheNameOfAFileThatStandsForAPictureIsNoText) {
  for (const char* name :
       {"cid:image002.jpg@01D50123.45678901", "IMG_20260301_101233.PNG", " scan 12345678.jpg ", "https://cdn.example/12345678"}) {
    EXPECT_EQ(read_html("A<img alt='" + std::string(name) + "'>B", {}).text, "AB") << name;
  }
}

TEST(Html, AnAddressInUnescapedBracketsIsText) {
  EXPECT_EQ(read_html("<div>Jane <jane@firm.example> wrote:</div>", {}).text, "Jane <jane@firm.example> wrote:");
  EXPECT_EQ(read_html("a <b title='x@y'>c</b>", {}).text, "a c");
}

}  // namespace
}  // namespace threadline::text
