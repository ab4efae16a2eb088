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
        Case{"indented_away", "<p style='text-indent:-9999px'>a</p>", "[a:off_screen]"},
        Case{"positioned_away", "<div style='position:absolute; left:-5000px'>a</div>", "[a:off_screen]"},
        Case{"entity_in_the_style", "<div style='display&#58;none'>a</div>", "[a:display_none]"},
        Case{"ranges_join", "<div style='display:none'>a <b>b</b> c</div>d", "[a b c:display_none]"}),
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

}  // namespace
}  // namespace threadline::text
