// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "text/html.h"

namespace threadline::text {
namespace {

/// "[hidden text:reason]" of each hidden range.
std::string hidden(std::string_view source) {
  constexpr std::string_view kReasons[] = {"none", "display_none", "zero_size", "same_colour", "off_screen"};
  const HtmlText html = read_html(source, {});
  std::string result;
  for (const HiddenRange& range : html.hidden) {
    result += "[" + html.text.substr(range.begin, range.end - range.begin) + ":" +
              std::string(kReasons[static_cast<std::size_t>(range.why)]) + "]";
  }
  return result;
}

struct Case {
  const char* name;
  const char* source;
  const char* expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Hidden : public testing::TestWithParam<Case> {};
TEST_P(Hidden, TextIsMarkedWhereAReaderDoesNotSeeIt) { EXPECT_EQ(hidden(GetParam().source), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Hiding, Hidden,
    testing::Values(
        Case{"display_none", "a<div style='DISPLAY : none'>b</div>c", "[b:display_none]"},
        Case{"inherited", "<div style='display:none'><p style='display:block'>a</p></div>", "[a:display_none]"},
        Case{"important", "<div style='display:none !important'>a</div>", "[a:display_none]"},
        Case{"visibility", "<span style='visibility:hidden'>a<b style='visibility:visible'>b</b></span>", "[a:display_none]"},
        Case{"hardly_a_letter", "<span style='font-size:+.05em'>a</span>", "[a:zero_size]"},
        Case{"opacity", "<span style='opacity:0.0'>a</span>", "[a:display_none]"},
        Case{"mso_hide", "<span style='mso-hide:all'>a</span>", "[a:display_none]"},
        Case{"hidden_attribute", "<div hidden>a</div>", "[a:display_none]"},
        Case{"font_size_zero", "<span style='font-size:0'>a</span>", "[a:zero_size]"},
        Case{"font_size_one_pixel", "<span style='font-size: 1px'>a</span>", "[a:zero_size]"},
        Case{"font_shorthand", "<span style='font:0/0 a'>a</span>", "[a:zero_size]"},
        Case{"box", "<div style='height:0;overflow:hidden'>a</div>", "[a:zero_size]"},
        Case{"max_height", "<div style='max-height:0px; max-width:0px; overflow:hidden'>a</div>", "[a:zero_size]"},
        Case{"clipped", "<div style='position:absolute;clip:rect(0,0,0,0)'>a</div>", "[a:zero_size]"},
        Case{"white_on_white", "<font color='#FFFFFF'>a</font>", "[a:same_colour]"},
        Case{"white_name", "<span style='color:white'>a</span>", "[a:same_colour]"},
        Case{"nearly_white", "<span style='color:rgb(253, 254, 255)'>a</span>", "[a:same_colour]"},
        Case{"on_its_ancestor", "<div style='background:#003366'><p><span style='color:#003366'>a</span></p></div>",
             "[a:same_colour]"},
        Case{"on_a_cell", "<table><tr><td bgcolor=#eeeeee><font color=#eeeeee>a</font></td></tr></table>", "[a:same_colour]"},
        Case{"on_the_page", "<body bgcolor=black><p>a</p></body>", "[a:same_colour]"},
        Case{"transparent", "<span style='color:transparent'>a</span>", "[a:same_colour]"},
        Case{"no_alpha", "<span style='color:rgba(0,0,0,0)'>a</span>", "[a:same_colour]"},
        Case{"hsl", "<span style='color:hsl(0,0%,100%)'>a</span><span style='color:HSL(120deg 100% 100%)'>b</span>",
             "[ab:same_colour]"},
        Case{"hsl_on_rgb", "<p style='background:rgb(0,128,0)'><span style='color:hsl(120,100%,25.1%)'>a</span></p>",
             "[a:same_colour]"},
        Case{"hsl_on_another", "<p style='background:rgb(0,128,0)'><span style='color:hsl(0,100%,25.1%)'>a</span></p>", ""},
        Case{"hwb", "<span style='color:hwb(0 100% 0%)'>a</span><span style='color:hwb(120 0% 0%)'>b</span>", "[a:same_colour]"},
        Case{"lab", "<span style='color:lab(100% 0 0)'>a</span><span style='color:oklch(1 0 0)'>b</span>", "[ab:same_colour]"},
        Case{"lab_of_a_grey", "<span style='color:lab(50% 0 0)'>a</span><span style='color:oklch(0.5 0 0)'>b</span>", ""},
        Case{"hex_alpha", "<span style='color:#00000000'>a</span><span style='color:#0000'>b</span>", "[ab:same_colour]"},
        Case{"hex_without_alpha", "<span style='color:#ff0000'>a</span><span style='color:#f00'>b</span>", ""},
        Case{"nearly_no_alpha", "<span style='color:rgb(0 0 0 / 2%)'>a</span><span style='color:rgb(0 0 0 / 60%)'>b</span>",
             "[a:same_colour]"},
        Case{"system_colour", "<span style='color:Canvas'>a</span><span style='color:CanvasText'>b</span>", "[a:same_colour]"},
        Case{"fill",
             "<span style='-webkit-text-fill-color:transparent'>a</span><b style='color:white;-webkit-text-fill-color:red'>b</b>",
             "[a:same_colour]"},
        Case{"css_escape", "<span style='d\\69splay:n\\6f ne'>a</span><span style='display:b\\6cock'>b</span>",
             "[a:display_none]"},
        Case{"css_comment", "<span style='display:/*x*/none'>a</span><span style='/*display:none*/'>b</span>",
             "[a:display_none]"},
        Case{"css_comment_in_a_sheet", "<style>.q{display/**/:none}</style><span class=q>a</span>", "[a:display_none]"},
        Case{"filter", "<span style='filter:opacity(0)'>a</span><span style='filter:opacity(80%)'>b</span>", "[a:display_none]"},
        Case{"clip_path",
             "<span style='clip-path:inset(100%)'>a</span><span style='clip-path:circle(0)'>b</span>"
             "<span style='clip-path:inset(5%)'>c</span>",
             "[ab:display_none]"},
        Case{"transform",
             "<span style='transform:scale(0)'>a</span><span style='transform:translateX(-9999px)'>b</span>"
             "<span style='transform:scale(1.1)'>c</span>",
             "[ab:display_none]"},
        Case{"scale", "<span style='scale:0'>a</span><span style='scale:1'>b</span>", "[a:display_none]"},
        Case{"content_visibility", "<p style='content-visibility:hidden'>a</p><p style='content-visibility:auto'>b</p>",
             "[a:display_none]"},
        Case{"hardly_opaque", "<span style='opacity:1%'>a</span><span style='opacity:.9'>b</span>", "[a:display_none]"},
        Case{"indented_away", "<p style='text-indent:-9999px'>a</p>", "[a:off_screen]"},
        Case{"positioned_away", "<div style='position:absolute; left:-5000px'>a</div>", "[a:off_screen]"},
        Case{"entity_in_the_style", "<div style='display&#58;none'>a</div>", "[a:display_none]"},
        Case{"ranges_join", "<div style='display:none'>a <b>b</b> c</div>d", "[a b c:display_none]"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    BySheet, Hidden,
    testing::Values(
        Case{"class_rule", "<style>.z{color:#fff}</style><p>a</p><p class=z>b</p>", "[b:same_colour]"},
        Case{"one_of_its_classes", "<style>p.Z { font-size:0px; }</style><p class='a z'>b</p>", "[b:zero_size]"},
        Case{"id_rule", "<style>#z{display:none}</style><p id=z>a</p><p>b</p>", "[a:display_none]"},
        Case{"type_rule", "<style>i{display:none}</style>a<i>b</i>", "[b:display_none]"},
        Case{"list", "<style>h1, .y ,#z{opacity:0}</style><p class=y>a</p><p id=z>b</p>", "[a\nb:display_none]"},
        Case{"list_behind_brackets", "<style>:is(.x,.y),.z{display:none}</style><p class=z>a</p>", "[a:display_none]"},
        Case{"descendant", "<style>.y div .z{display:none}</style><div class=y><div><p class=z>a</p></div></div>",
             "[a:display_none]"},
        Case{"outer_inline_element", "<style>span b{display:none}</style><span>a<b>b</b></span>", "[b:display_none]"},
        Case{"universal", "<style>* { color : white }</style><p>a</p>", "[a:same_colour]"},
        Case{"of_the_body", "<style>body .z{display:none}</style><body><p class=z>a</p>", "[a:display_none]"},
        Case{"behind_the_text", "<p class=z>a</p><style>.z{display:none}</style>", "[a:display_none]"},
        Case{"two_sheets", "<style>.z{color:#000}</style><style>.z{color:#fff}</style><p class=z>a</p>", "[a:same_colour]"},
        Case{"in_a_comment_mark", "<style><!-- .z{display:none} --></style><p class=z>a</p>", "[a:display_none]"},
        Case{"behind_a_comment", "<style>/* } */.z/**/{display:/**/none}</style><p class=z>a</p>", "[a:display_none]"},
        Case{"behind_a_string", "<style>a{content:'}/*'}.z{display:none}</style><p class=z>a</p>", "[a:display_none]"},
        Case{"behind_an_open_string", "<style>a{content:'x\n}.z{display:none}</style><p class=z>a</p>", "[a:display_none]"},
        Case{"behind_an_import", "<style>@import 'x.css';@font-face{src:url(x)}.z{display:none}</style><p class=z>a</p>",
             "[a:display_none]"},
        Case{"for_screens", "<style>@media only screen, print{.z{display:none}}</style><p class=z>a</p>", "[a:display_none]"},
        Case{"media_attribute", "<style media=all>.z{display:none}</style><p class=z>a</p>", "[a:display_none]"},
        Case{"important_over_inline", "<style>.z{color:#fff!important}</style><p class=z style='color:#000'>a</p>",
             "[a:same_colour]"},
        Case{"background_by_sheet", "<style>.y{background:#036}</style><div class=y><span style='color:#036'>a</span></div>",
             "[a:same_colour]"},
        Case{"shown_in_the_dark_only",
             "<style>.z{color:#fff}@media (prefers-color-scheme:dark){.z{background:#000}}</style><p class=z>a</p>",
             "[a:same_colour]"},
        Case{"shown_in_no_window", "<style>.z{display:none}@media (min-width:99999px){.z{display:block}}</style><p class=z>a</p>",
             "[a:display_none]"},
        Case{"unended_rule", "<style>.z{display:none</style><p class=z>a</p>", "[a:display_none]"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    BySheetBenignTwins, Hidden,
    testing::Values(
        Case{"another_class", "<style>.z{color:#fff}</style><p class=zz>a</p>", ""},
        Case{"another_type", "<style>p.z{color:#fff}</style><div class=z>a</div>", ""},
        Case{"not_inside", "<style>.y .z{display:none}</style><p class=y>a</p><p class=z>b</p>", ""},
        Case{"shown_again", "<style>.z{display:none}</style><p class=z style='display:block'>a</p>", ""},
        Case{"shown_by_a_later_rule", "<style>.z{display:none}.y{display:block}</style><p class='y z'>a</p>", ""},
        Case{"shown_by_a_weightier_rule", "<style>p.z{display:block}.z{display:none}</style><p class=z>a</p>", ""},
        Case{"shown_by_what_is_important", "<style>.z{display:block!important}#y{display:none}</style><p class=z id=y>a</p>", ""},
        Case{"none_of_a_list", "<style>p:not(.x, .z, .y){display:none}</style><p class=z>a</p>", ""},
        Case{"comma_in_brackets", "<style>a[b=c,.z,d]{display:none}</style><p class=z>a</p>", ""},
        Case{"for_paper", "<style>@media print{.z{display:none}}</style><p class=z>a</p>", ""},
        Case{"paper_attribute", "<style media=print>.z{display:none}</style><p class=z>a</p>", ""},
        Case{"hidden_on_telephones", "<style>@media (max-width:600px){.z{display:none!important}}</style><p class=z>a</p>", ""},
        Case{"shown_on_telephones",
             "<style>.z{display:none}@media only screen and (max-width:600px){.z{display:block!important}}</style>"
             "<p class=z>a</p>",
             ""},
        Case{"button", "<style>.b{background:#06c;color:#fff}</style><a class=b href=x>a</a>", ""},
        Case{"white_links_on_a_dark_class", "<style>.b{background:#036}.b a{color:#fff}</style><td class=b><a href=x>a</a></td>",
             ""},
        Case{"background_by_an_unread_rule",
             "<style>td[class=b]{background:#000}</style><td class=b><font color=white>a</font></td>", ""},
        Case{"template_of_a_sheet", "<!--[if mso]><style>.z{display:none}</style><![endif]--><p class=z>a</p>", ""},
        Case{"colour_that_is_not_known", "<style>.z{color:rebeccapurple}</style><font color=white class=z>a</font>", ""},
        Case{"client_fixes",
             "<style>#outlook a{padding:0}.ExternalClass *{line-height:100%}img+div{display:none}</style><p>a</p>", ""}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    BenignTwins, Hidden,
    testing::Values(Case{"display_block", "<div style='display:block'>a</div>", ""},
                    Case{"half_opaque", "<span style='opacity:0.5'>a</span>", ""},
                    Case{"small_print", "<span style='font-size:8px'>a</span>", ""},
                    Case{"font_shorthand", "<span style='font:bold 12px/1 Arial'>a</span>", ""},
                    Case{"size_given_back", "<td style='font-size:0'><span style='font-size:14px'>a</span></td>", ""},
                    Case{"box_without_clipping", "<div style='height:0'>a</div>", ""},
                    Case{"spaced_box", "<div style='height:100%;overflow:hidden'>a</div>", ""},
                    Case{"white_on_a_button", "<a href=x style='background:#0066cc;color:#ffffff'>a</a>", ""},
                    Case{"white_on_a_picture", "<td background='x.png'><span style='color:#fff'>a</span></td>", ""},
                    Case{"white_on_a_styled_class",
                         "<style>.b{background:#000}</style><td class=b><span style='color:#fff'>a</span></td>", ""},
                    Case{"white_on_a_dark_page", "<body bgcolor=black text=white><p>a</p></body>", ""},
                    Case{"grey", "<span style='color:#999'>a</span>", ""},
                    Case{"link_in_white_text_keeps_its_blue", "<font color=black><a href=x>a</a></font>", ""},
                    Case{"indented", "<p style='text-indent:-18pt;margin-left:36pt'>a</p>", ""},
                    Case{"moved_a_little", "<div style='position:relative;top:-2px'>a</div>", ""},
                    Case{"away_without_position", "<div style='left:-5000px'>a</div>", ""}),
    [](const auto& test) { return test.param.name; });

/// "[text]" of each range that is shown from right to left.
std::string reversed(std::string_view source) {
  const HtmlText html = read_html(source, {});
  std::string result;
  for (const ReversedRange& range : html.reversed) result += "[" + html.text.substr(range.begin, range.end - range.begin) + "]";
  return result;
}

TEST(Reversed, TextIsMarkedWhereAnOverrideTurnsItRound) {
  EXPECT_EQ(reversed("a <bdo dir=rtl>cb</bdo> d"), "[cb]");
  EXPECT_EQ(reversed("<span style='direction:rtl; unicode-bidi:bidi-override'>c <b>b</b></span>"), "[c b]");
  EXPECT_EQ(reversed("<style>.z{unicode-bidi:isolate-override;direction:rtl}</style><p class=z>b<br>d</p>"), "[b\nd]");
  EXPECT_EQ(reversed("<p dir=rtl>a <span style='unicode-bidi:bidi-override'>cb</span></p>"), "[cb]");
}

TEST(Reversed, ADirectionAloneTurnsNothingRound) {
  EXPECT_EQ(reversed("<p dir=rtl>12 34</p>"), "");
  EXPECT_EQ(reversed("<bdo dir=ltr>12 34</bdo><bdo>a</bdo>"), "");
  EXPECT_EQ(reversed("<span style='unicode-bidi:bidi-override'>a</span><p style='direction:rtl;unicode-bidi:embed'>a</p>"), "");
  EXPECT_EQ(reversed("<bdo dir=rtl><span dir=ltr>12</span></bdo>"), "");
}

TEST(HiddenBySheet, OneSheetIsNoOtherMailsTwo) {
  const std::string nul(2, '\0'), page = "<p class=kept2>a</p><p>b</p>";
  EXPECT_EQ(hidden("<style>.x{color:red} /*" + nul + ".kept2{display:none}</style>" + page), "");
  EXPECT_EQ(hidden("<style>.x{color:red} /*</style><style>.kept2{display:none}</style>" + page), "[a:display_none]");
}

/// The rules of the last sheets are kept: for that text, those media and that limit.
TEST(HiddenBySheet, TheSameSheetOfAnotherPageSaysTheSameAndForOtherMediaNothing) {
  const std::string rules = "<style>.kept{display:none}</style>", page = "<p class=kept>a</p><p>b</p>";
  const std::string printed = "<style media=print>.kept{display:none}</style>",
                    wide = "<style media=all>.kept{display:none}</style>";
  for (int again = 0; again < 3; ++again) {
    EXPECT_EQ(hidden(rules + page), "[a:display_none]");
    EXPECT_EQ(hidden(printed + page), "");
    EXPECT_EQ(hidden(wide + page), "[a:display_none]");
    EXPECT_EQ(hidden(rules + "<p class=kept>c</p>"), "[c:display_none]");
    EXPECT_EQ(hidden("<style>.kept{</style>" + page), "");
  }
}

}  // namespace
}  // namespace threadline::text
