// SPDX-License-Identifier: Apache-2.0
#include "text/allowed_html.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>
#include <string>
#include <vector>

namespace threadline::text {
namespace {

std::string allowed(const std::string& source) { return allowed_html(source, Limits{}).html; }

/// What may stand in the output, whatever went in: said here once more, so that a slip of the table is seen.
const std::set<std::string> kForbiddenElements{
    "a",      "img",    "image",    "link",     "meta",     "base",  "iframe", "frame", "object", "embed",   "form",
    "input",  "video",  "audio",    "source",   "script",   "style", "svg",    "math",  "use",    "track",   "portal",
    "button", "select", "textarea", "template", "noscript", "body",  "html",   "head",  "applet", "marquee", "dialog"};
const std::set<std::string> kForbiddenAttributes{"href",   "src",        "srcset",   "background", "poster",   "data",
                                                 "action", "formaction", "ping",     "xlink:href", "id",       "class",
                                                 "name",   "http-equiv", "content",  "srcdoc",     "manifest", "longdesc",
                                                 "usemap", "cite",       "codebase", "classid",    "dynsrc",   "lowsrc"};

/// Every "<" of the output begins a tag of this form; no element and no attribute of it loads, links or runs anything.
void expect_harmless(const std::string& source) {
  const std::string html = allowed(source);
  static const std::regex kTag(R"re(<(/?)([a-z0-9]+)((?: [a-z]+="[^"<>]*")*)>)re");
  static const std::regex kAttribute(R"re( ([a-z]+)="([^"]*)")re");
  std::string rest = html;
  for (std::sregex_iterator tag(html.begin(), html.end(), kTag), end; tag != end; ++tag) {
    EXPECT_FALSE(kForbiddenElements.contains((*tag)[2])) << source << " -> " << html;
    const std::string attributes = (*tag)[3];
    for (std::sregex_iterator one(attributes.begin(), attributes.end(), kAttribute); one != end; ++one) {
      const std::string name = (*one)[1], value = (*one)[2];
      EXPECT_FALSE(kForbiddenAttributes.contains(name) || name.starts_with("on")) << source << " -> " << html;
      if (name == "style") {
        EXPECT_FALSE(std::regex_search(value, std::regex("url|image|expression|@|\\\\|behavior|/\\*", std::regex::icase)))
            << source << " -> " << html;
      }
    }
  }
  rest = std::regex_replace(html, kTag, "");
  EXPECT_EQ(rest.find('<'), std::string::npos) << source << " -> " << html;
  EXPECT_EQ(rest.find('>'), std::string::npos) << source << " -> " << html;
}

TEST(AllowedHtml, WhatFormatsTextStays) {
  EXPECT_EQ(allowed("<p align=\"center\">Hello <b>Anna</b><br>&amp; Bert</p>"),
            "<p align=\"center\">Hello <b>Anna</b><br>&amp; Bert</p>");
  EXPECT_EQ(allowed("<table border=1><tr><td bgcolor='#eee' width=50%>IBAN</td></tr></table>"),
            "<table border=\"1\"><tr><td bgcolor=\"#eee\" width=\"50%\">IBAN</td></tr></table>");
  EXPECT_EQ(allowed("<span style=\"color: rgb(1, 2, 3); font-size:12pt\">x</span>"),
            "<span style=\"color:rgb(1, 2, 3);font-size:12pt\">x</span>");
}

TEST(AllowedHtml, ALinkIsItsTextWithTheTargetAsTitle) {
  EXPECT_EQ(allowed("<a href=\"https://evil.example/?a=1&amp;b=2\">your bank</a>"),
            "<span title=\"https://evil.example/?a=1&amp;b=2\">your bank</span>");
  EXPECT_EQ(allowed("<a href='javascript:alert(1)' onclick=x()>y</a>"), "<span title=\"javascript:alert(1)\">y</span>");
  EXPECT_EQ(allowed("<a href='x\"onmouseover=y()'>y</a>"), "<span title=\"x&quot;onmouseover=y()\">y</span>");
}

TEST(AllowedHtml, APictureIsItsAlternativeText) {
  EXPECT_EQ(allowed("<img src=\"https://t.example/p.gif\" alt=\"Logo <b>\">"), "[Logo &lt;b&gt;]");
  EXPECT_EQ(allowed("<img src=//t.example/p.gif>"), "");
}

TEST(AllowedHtml, NothingThatLoadsLinksOrRunsIsLeft) {
  const std::string url = "http://127.0.0.1:9/x";
  for (const std::string& source : std::vector<std::string>{
           "<img src=" + url + ">",
           "<img srcset='" + url + " 1x'>",
           "<image src=" + url + ">",
           "<link rel=stylesheet href=" + url + ">",
           "<link rel=preconnect href=" + url + ">",
           "<link rel=prefetch href=" + url + ">",
           "<link rel=dns-prefetch href=//t.example>",
           "<style>@import url(" + url + ");</style>",
           "<style>@font-face{src:url(" + url + ")}</style>x",
           "<div style=\"background:url(" + url + ")\">x</div>",
           "<div style=\"background-color:red;background-image:image-set('" + url + "' 1x)\">x</div>",
           "<div style='border-image:url(" + url + ")'>x</div>",
           "<div style='background:u&#114;l(" + url + ")'>x</div>",
           "<div style='background-color:\\75rl(" + url + ")'>x</div>",
           "<div style='width:expression(alert(1))'>x</div>",
           "<div style='color:/**/url(" + url + ")'>x</div>",
           "<div style='font-family:url(" + url + ")'>x</div>",
           "<body background=" + url + ">x",
           "<table background=" + url + "><td background=" + url + ">x",
           "<video poster=" + url + "><source src=" + url + "></video>",
           "<audio src=" + url + "></audio>",
           "<object data=" + url + "></object>",
           "<embed src=" + url + ">",
           "<iframe src=" + url + "></iframe>",
           "<iframe srcdoc='<img src=" + url + ">'></iframe>",
           "<frameset><frame src=" + url + "></frameset>",
           "<meta http-equiv=refresh content='0;url=" + url + "'>",
           "<base href=" + url + ">",
           "<form action=" + url + "><input type=image src=" + url + "><button formaction=" + url + ">x</button></form>",
           "<svg><image href=" + url + "/><use xlink:href=" + url + "/><script>alert(1)</script></svg>",
           "<svg><style>@import '" + url + "'</style></svg>",
           "<math><mtext><img src=" + url + "></mtext></math>",
           "<script src=" + url + "></script>",
           "<script>alert('<b>')</script>",
           "<bgsound src=" + url + ">",
           "<input type=image src=" + url + ">",
           "<marquee onstart=alert(1)>x</marquee>",
           "<p onclick=alert(1) onmouseover='alert(2)'>x</p>",
           "<a ping=" + url + " href=" + url + ">x</a>",
           "<area href=" + url + ">",
           "<isindex action=" + url + ">",
           "<track src=" + url + ">",
           "<portal src=" + url + ">"})
    expect_harmless(source);
}

TEST(AllowedHtml, BrokenMarkupMakesNoMarkup) {
  for (const std::string& source : std::vector<std::string>{
           "<",
           "<b",
           "<b<i>x",
           "<<script>alert(1)</script>",
           "<scr<script>ipt>alert(1)</script>",
           "<p title='>'><img src=x onerror=alert(1)>",
           "<!--><img src=x onerror=alert(1)>-->",
           "<![CDATA[<img src=x onerror=alert(1)>]]>",
           "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
           "<textarea></textarea ><img src=x onerror=alert(1)>",
           "<title><img src=x></title><svg onload=alert(1)>",
           "<table><td><b></table>x</b>",
           "<p style=\"color:red\" style=\"background:url(x)\">",
           "<svg/onload=alert(1)>",
           "<img/src/onerror=alert(1)>",
           "<a href=\"x\"\"onclick=alert(1)\">x</a>",
           "<math><annotation-xml encoding='text/html'><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
           "<xmp><img src=x></xmp>",
           "<plaintext><img src=x onerror=alert(1)>",
           "&lt;script&gt;alert(1)&lt;/script&gt;",
           "<font color='\"><img src=x onerror=alert(1)>'>x</font>"})
    expect_harmless(source);
}

TEST(AllowedHtml, LimitHtmlDepth) {
  Limits limits;
  limits.html_depth = 3;
  const std::string at = "<b><b><b>x</b></b></b>";
  EXPECT_EQ(allowed_html(at, limits).html, at);
  EXPECT_FALSE(allowed_html(at, limits).left_out.is_cut);
  EXPECT_EQ(allowed_html("<b><b><b><b>x", limits).html, "<b><b><b>x</b></b></b>");
  EXPECT_TRUE(allowed_html("<b><b><b><b>x", limits).left_out.is_cut);
}

TEST(AllowedHtml, LimitViewBytes) {
  Limits limits;
  limits.view_bytes = 5;
  EXPECT_FALSE(allowed_html("<p>x", limits).left_out.is_cut);
  EXPECT_TRUE(allowed_html("<p>hello<b>all</b>", limits).left_out.is_cut);
}

TEST(AllowedHtml, LimitHtmlAttributes) {
  Limits limits;
  limits.html_attributes = 1;
  EXPECT_EQ(allowed_html("<p align=left bgcolor=red>x", limits).html, "<p align=\"left\">x</p>");
}

TEST(AllowedHtml, CountsWhatIsLeftOut) {
  const AllowedHtml made = allowed_html("<script>x</script><img src=y><a href=z>l</a><b>b</b>", Limits{});
  EXPECT_EQ(made.left_out.elements, 2U);
  EXPECT_EQ(made.left_out.links, 1U);
}

}  // namespace
}  // namespace threadline::text
