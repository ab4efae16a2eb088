// SPDX-License-Identifier: Apache-2.0
#include "text/outlook_comments.h"

#include <gtest/gtest.h>

#include <string>

namespace threadline::text {
namespace {

/// What stands in each, "|" behind it.
std::string inside_of(std::string_view html) {
  std::string line;
  for (const auto& comment : outlook_comments(html))
    line += std::string(html.substr(comment.begin, comment.end - comment.begin)) + "|";
  return line;
}

TEST(OutlookComments, AreThoseWhoseConditionNamesMso) {
  for (const char* condition : {"mso", "gte mso 9", "(gte mso 9)|(IE)", "mso | IE", "MSO", "gte vml 1"})
    EXPECT_EQ(inside_of("a<!--[if " + std::string(condition) + "]>b<![endif]-->c"), "b|") << condition;
  for (const char* condition : {"!mso", "!gte mso 9", "IE 6", "!vml", ""})
    EXPECT_EQ(inside_of("a<!--[if " + std::string(condition) + "]>b<![endif]-->c"), "") << condition;
  EXPECT_EQ(inside_of("<!--[IF mso]>b<![ENDIF]-->"), "b|");
}

TEST(OutlookComments, EndWhereTheCommentDoes) {
  EXPECT_EQ(inside_of("<!--[if mso]>b-->c"), "b|");
  EXPECT_EQ(inside_of("<!--[if mso]>b"), "b|");
  EXPECT_EQ(inside_of("<!--[if mso]>"), "|");
  EXPECT_EQ(inside_of("<!--[if mso]>b<!-- c --><![endif]-->"), "b<!-- c |");
  EXPECT_EQ(inside_of("<!--[if mso]><!-->b<!--<![endif]-->"), "<!|") << "all clients show b";
  EXPECT_EQ(inside_of("<!--a--><!--[if mso]>b<![endif]--><!--[if mso]>c<![endif]-->"), "b|c|");
  EXPECT_EQ(inside_of("<![if mso]>b<![endif]>"), "");
  for (const char* html : {"<!--", "<!--[if", "<!--[if mso", "<!--[if mso]", "<!--[if mso]-->", "<!-->", ""})
    EXPECT_EQ(inside_of(html), "") << html;
}

TEST(OutlookComments, AreShownWithoutTheirMarksAndTheOffsetsStay) {
  const std::string html = "a<!--[if mso]><p>b</p><![endif]-->c";
  EXPECT_EQ(shown_by_outlook(html, outlook_comments(html)), "a" + std::string(13, ' ') + "<p>b</p>" + std::string(12, ' ') + "c");
}

TEST(OutlookComments, SayWhatIsNoTagAndNoStyle) {
  const std::string html =
      "<!--[if mso]><style>td{width:600px}</style><table width=600><tr><td>b</td></tr><![endif]-->x<!--[if mso]>c<p<![endif]-->";
  EXPECT_EQ(words_of(html, outlook_comments(html)), "b c ");
}

}  // namespace
}  // namespace threadline::text
