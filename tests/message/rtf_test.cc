// SPDX-License-Identifier: Apache-2.0
#include "message/rtf.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <memory>
#include <string>

namespace threadline::message {
namespace {

using namespace std::string_literals;

/// Reads a heap copy of the exact size.
RtfContent read(std::string_view rtf, const Limits& limits = {}) {
  const auto exact = std::make_unique<char[]>(rtf.size());
  std::ranges::copy(rtf, exact.get());
  return read_rtf({exact.get(), rtf.size()}, limits);
}

std::string line(const RtfContent& rtf) {
  const char* form = rtf.form == RtfForm::from_html ? "html" : rtf.form == RtfForm::from_text ? "text" : "native";
  std::string text = form + " {"s + rtf.content + "}";
  if (!rtf.aside.empty()) text += " aside {" + rtf.aside + "}";
  for (const Note& note : rtf.notes) text += " " + note.code + ": " + note.text;
  return text;
}

struct Case {
  const char* name;
  std::string rtf;
  std::string expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

std::string name_of(const testing::TestParamInfo<Case>& test) { return test.param.name; }

class ReadRtf : public testing::TestWithParam<Case> {};
TEST_P(ReadRtf, GivesFormContentAndNotes) { EXPECT_EQ(line(read(GetParam().rtf)), GetParam().expected); }

/// A document of fonts in several character sets, with that body.
std::string document(std::string_view body, std::string_view form = "") {
  return "{\\rtf1\\ansi\\ansicpg1252" + std::string(form) +
         "\\deff0{\\fonttbl{\\f0\\fswiss\\fcharset0 Arial;}{\\f1\\fcharset128 Mincho;}{\\f2\\fcharset204 Arial "
         "Cyr;}{\\f3\\fcharset2 Symbol;}"
         "{\\f4\\fcharset0\\cpg1253 Greek;}{\\f5\\fcharset1 Own;}{\\f6\\fcharset130 "
         "Johab;}}{\\colortbl;\\red0\\green0\\blue0;}\r\n" +
         std::string(body) + "}";
}
std::string html(std::string_view body) { return document(body, "\\fromhtml1 "); }
std::string text(std::string_view body) { return document(body, "\\fromtext "); }

INSTANTIATE_TEST_SUITE_P(
    Text, ReadRtf,
    testing::Values(
        Case{"paragraphs_lines_and_tabs", document("a\\par b\\line c\\tab d"), "native {a\nb\nc\td}"},
        Case{"line_ends_of_the_source_are_none", document("a\r\nb"), "native {ab}"},
        Case{"an_escaped_line_end_is_a_paragraph", document("a\\\nb"), "native {a\nb}"},
        Case{"escaped_braces", document("\\{a\\}\\\\b"), "native {{a}\\b}"},
        Case{"typographic_words", document("\\lquote a\\rquote\\ldblquote b\\rdblquote\\bullet\\endash\\emdash"),
             "native {\u2018a\u2019\u201cb\u201d\u2022\u2013\u2014}"},
        Case{"typographic_symbols", document("a\\~b\\_c\\-d"), "native {a\u00a0b\u2011c\u00add}"},
        Case{"unknown_words_are_no_text", document("\\b\\i0\\fs20\\lang1036 a"), "native {a}"},
        Case{"a_space_ends_a_word_and_another_is_text", document("a\\b  b"), "native {a b}"},
        Case{"binary_bytes_are_no_braces", document("a\\bin3 }}}b"), "native {ab}"},
        Case{"a_table", document("a\\cell b\\cell\\row c\\cell d\\cell\\row"), "native {a\tb\nc\td\n}"},
        Case{"a_nested_table", document("a\\nestcell{\\*\\nesttableprops\\nestrow}{\\nonesttables\\par}b\\cell\\row"),
             "native {a\nb\n}"},
        Case{"a_bullet_is_read", document("{\\listtext\\f3\\'b7\\tab}a"), "native {\u00b7\ta}"},
        Case{"a_field_is_its_result", document("{\\field{\\*\\fldinst HYPERLINK \"http://x.example\"}{\\fldrslt here}}"),
             "native {here}"},
        Case{"destinations_that_are_no_text",
             document("{\\info{\\title T}{\\author A}}{\\stylesheet{\\s0 Normal;}}{\\header H}{\\footer F}{\\pict\\pngblip 8950}"
                      "{\\object\\objemb{\\*\\objdata 0105}{\\result shown}}{\\*\\unknown x{y}}a"),
             "native {showna} aside {H\nF\n}"},
        Case{"headers_and_footers_of_each_kind",
             document("{\\headerf\\pard A\\par}{\\footerl B}{\\*\\footerr C}a{\\header {\\b D}}"),
             "native {a} aside {A\n\nB\nC\nD\n}"},
        Case{"a_comment", document("a{\\*\\atnid XY}{\\*\\atnauthor X}\\chatn{\\*\\annotation{\\*\\atndate 1}\\pard said}b"),
             "native {ab} aside {said\n}"},
        Case{"a_header_without_words", document("{\\header\\pard\\par}a"), "native {a}"},
        Case{"a_text_box", document("{\\shp{\\*\\shpinst\\shpleft0{\\sp{\\sn n}{\\sv v}}{\\shptxt box}}{\\shprslt old}}"),
             "native {box}"},
        Case{"deleted_text_is_left_out", document("a{\\deleted b}c\\deleted d\\deleted0 e"), "native {ace}"},
        Case{"plain_ends_what_is_deleted", document("\\deleted a\\plain b"), "native {b}"},
        Case{"hidden_text_is_a_note", document("a{\\v secret}b"), "native {ab} hidden_text: secret"},
        Case{"text_that_is_not_hidden_any_more", document("a\\v0 b"), "native {ab}"},
        Case{"hidden_space_is_no_note", document("a{\\v  \\par}b"), "native {ab}"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Charsets, ReadRtf,
    testing::Values(Case{"default_code_page", document("caf\\'e9 \\'80"), "native {caf\u00e9 \u20ac}"},
                    Case{"ansicpg", "{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'ee}", "native {\u041f\u043e}"},
                    Case{"ansicpg_utf8", "{\\rtf1\\ansi\\ansicpg65001 \\'e2\\'82\\'ac}", "native {\u20ac}"},
                    Case{"mac", "{\\rtf1\\mac \\'8e}", "native {\u00e9}"}, Case{"pc", "{\\rtf1\\pc \\'82}", "native {\u00e9}"},
                    Case{"raw_bytes_are_of_the_code_page_too", document("caf\xe9"), "native {caf\u00e9}"},
                    Case{"charset_of_the_font", document("\\f2 \\'cf\\'ee\\f0 \\'e9"), "native {\u041f\u043e\u00e9}"},
                    Case{"a_group_restores_the_font", document("{\\f2 \\'cf}\\'e9"), "native {\u041f\u00e9}"},
                    Case{"code_page_of_the_font_wins", document("\\f4\\'e1"), "native {\u03b1}"},
                    Case{"fcharset1_is_the_documents", document("\\f5\\'e9"), "native {\u00e9}"},
                    Case{"a_charset_without_converter_is_the_documents", document("\\f6\\'e9"), "native {\u00e9}"},
                    Case{"plain_is_the_default_font", document("\\f2\\plain\\'e9"), "native {\u00e9}"},
                    Case{"double_bytes", document("\\f1\\'82\\'a0\\'82\\'a2"), "native {\u3042\u3044}"},
                    Case{"a_trail_byte_as_letter", document("\\f1\\'83A\\'83B"), "native {\u30a2\u30a3}"},
                    Case{"a_trail_byte_that_is_escaped", document("\\f1\\'83\\\\"), "native {\u30bd}"},
                    Case{"double_bytes_across_groups_and_lines", document("\\f1{\\'82}\r\n{\\'a0}"), "native {\u3042}"},
                    Case{"a_lone_lead_byte_is_replaced_and_noted", document("\\f1\\'82\\f0 a"),
                         "native {\ufffda} charset_replaced: windows-31j (1)"},
                    Case{"fonts_without_groups", "{\\rtf1\\ansi{\\fonttbl\\f0\\fcharset0 A;\\f1\\fcharset204 B;}\\f1\\'cf}",
                         "native {\u041f}"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Unicode, ReadRtf,
    testing::Values(Case{"the_replacement_is_passed_over", document("\\u8364?x\\u8364 \\'80x"), "native {\u20acx\u20acx}"},
                    Case{"negative_numbers", document("\\u-4051?"), "native {\uf02d}"},
                    Case{"no_replacement", document("\\uc0\\u233\\u8364 x"), "native {\u00e9\u20acx}"},
                    Case{"two_bytes_of_replacement", document("\\uc2\\u20013\\'d6\\'d0x"), "native {\u4e2dx}"},
                    Case{"uc_ends_with_its_group", document("{\\uc0\\u233}\\u233 ?x"), "native {\u00e9\u00e9x}"},
                    Case{"a_group_ends_the_replacement", document("{\\uc2\\u233 ?}x"), "native {\u00e9x}"},
                    Case{"a_surrogate_pair", document("\\u-10179?\\u-8704?"), "native {\U0001f600}"},
                    Case{"a_lone_surrogate", document("\\u-10179?a\\u-8704?b"), "native {\ufffda\ufffdb}"},
                    Case{"nul_is_no_text", document("a\\u0?b"), "native {ab}"},
                    Case{"beyond_unicode", document("\\u2147483647?"), "native {\ufffd}"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Encapsulated, ReadRtf,
    testing::Values(Case{"tags_and_text", html("{\\*\\htmltag64 <p>}\\htmlrtf\\par\\htmlrtf0 a{\\*\\htmltag72 </p>}"),
                         "html {<p>a</p>}"},
                    Case{"lines_inside_tags", html("{\\*\\htmltag19 <html>\\par\\tab <head>}"), "html {<html>\n\t<head>}"},
                    Case{"references_and_their_rendering", html("{\\*\\htmltag84 &lt;}\\htmlrtf <\\htmlrtf0 b"), "html {&lt;b}"},
                    Case{"htmlrtf_ends_with_its_group", html("{\\htmlrtf a{b\\htmlrtf0 c}d}e"), "html {ce}"},
                    Case{"htmlrtf1", html("\\htmlrtf1 a\\htmlrtf0 b"), "html {b}"},
                    Case{"mhtmltag_is_ignored", html("{\\*\\mhtmltag84 <img src=x>}{\\*\\htmltag84 <img>}"), "html {<img>}"},
                    Case{"fonts_count_under_htmlrtf", html("\\htmlrtf{\\f2\\htmlrtf0 \\'cf}"), "html {\u041f}"},
                    Case{"tags_are_in_the_documents_code_page", html("\\f2{\\*\\htmltag84 <a title=\"\\'e9\">}\\'cf"),
                         "html {<a title=\"\u00e9\">\u041f}"},
                    Case{"bullets_are_the_rtfs_own", html("{\\pntext\\f3\\'b7\\tab}{\\*\\htmltag64 <li>}a"), "html {<li>a}"},
                    Case{"cells_are_the_rtfs_own", html("a\\cell\\row b"), "html {ab}"},
                    Case{"special_characters", html("\\~\\_\\bullet"), "html {\u00a0\u00ad\u2022}"},
                    Case{"a_header_is_no_part_of_the_html", html("{\\header x}a"), "html {a}"},
                    Case{"hidden_is_a_matter_of_the_html", html("{\\v a}"), "html {a}"},
                    Case{"a_tag_in_native_rtf_is_skipped", document("{\\*\\htmltag64 <p>}a"), "native {a}"},
                    Case{"plain_text", text("a\\par\r\n\\tab b\\'e9"), "text {a\n\tb\u00e9}"},
                    Case{"too_late_for_a_form", document("a", "\\b\\b\\b\\b\\b\\b\\b\\b\\fromhtml1 "), "native {a}"},
                    Case{"text_before_the_form", "{\\rtf1 a\\fromhtml1 {\\*\\htmltag64 <p>}}", "native {a}"}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Broken, ReadRtf,
    testing::Values(Case{"cut", "{\\rtf1 a{\\b b", "native {ab} malformed_rtf: cut short: 2 groups are open at the end"},
                    Case{"cut_in_a_word", "{\\rtf1 a\\", "native {a} malformed_rtf: cut short: 1 groups are open at the end"},
                    Case{"cut_in_a_byte", "{\\rtf1 a\\'e", "native {ae} malformed_rtf: cut short: 1 groups are open at the end"},
                    Case{"no_header", "a\\par b", "native {a\nb} malformed_rtf: no RTF header"},
                    Case{"empty", "", "native {} malformed_rtf: no RTF header"},
                    Case{"a_group_too_many_ends", "{\\rtf1 a}}b", "native {ab} malformed_rtf: a group ends that has not begun"},
                    Case{"nuls_behind_the_end", "{\\rtf1 a}\r\n\0\0"s, "native {a}"},
                    Case{"binary_beyond_the_end", "{\\rtf1 \\bin99 a}",
                         "native {a} malformed_rtf: binary bytes go beyond the end"},
                    Case{"no_hex", "{\\rtf1 a\\'zzb}", "native {azzb}"}),
    name_of);

std::string codes(const RtfContent& rtf) {
  std::string all;
  for (const Note& note : rtf.notes) all += note.code + ": " + note.text.substr(0, note.text.find(':')) + ";";
  return all;
}

TEST(RtfLimits, RtfDepth) {
  const std::string rtf = "{\\rtf1 {a{b{c}d}e}f}";
  EXPECT_EQ(line(read(rtf, {.rtf_depth = 4})), "native {abcdef}");
  EXPECT_EQ(read(rtf, {.rtf_depth = 3}).content, "abdef");
  EXPECT_EQ(codes(read(rtf, {.rtf_depth = 3})), "limit: rtf_depth;");
}

TEST(RtfLimits, TextBytes) {
  EXPECT_EQ(line(read("{\\rtf1 abc\\'e9}", {.text_bytes = 5})), "native {abc\u00e9}");
  EXPECT_EQ(read("{\\rtf1 abc\\'e9}", {.text_bytes = 4}).content, "abc");
  EXPECT_EQ(codes(read("{\\rtf1 abc\\'e9}", {.text_bytes = 4})), "limit: text_bytes;");
  EXPECT_EQ(read("{\\rtf1 abc\\u8364 ?}", {.text_bytes = 5}).content, "abc");
}

/// Bounds are of processor time and some ten times what was measured.
TEST(RtfLimits, HostileRepetitionsAreLinear) {
  const std::pair<const char*, const char*> repetitions[] = {
      {"open groups", "{"},
      {"groups", "{}"},
      {"bytes", "\\'e9"},
      {"double bytes", "\\f1\\'83A\\f0 a"},
      {"fonts", "\\f1\\fcharset2"},
      {"words", "\\b"},
      {"letters", "a"},
      {"surrogates", "\\u-10179?"},
      {"binary", "\\bin1 }"},
      {"stars", "{\\*\\x}"},
      {"hidden", "{\\v\\f1\\'83A}"},
      {"digits", "\\u99999999999"},
  };
  for (const auto& [name, repetition] : repetitions) {
    std::string body;
    while (body.size() < 2U << 20U) body += repetition;
    const std::clock_t begin = std::clock();
    const RtfContent rtf = read_rtf(document(body), Limits{});
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    EXPECT_LT(seconds, 5) << name;
    EXPECT_LE(rtf.content.size(), Limits{}.text_bytes) << name;
  }
}

}  // namespace
}  // namespace threadline::message
