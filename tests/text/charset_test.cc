// SPDX-License-Identifier: Apache-2.0
#include "text/charset.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "base/utf8.h"

namespace threadline::text {
namespace {

using namespace std::string_literals;

std::string line(const Decoded& decoded) {
  return decoded.charset + (decoded.guessed ? " guessed" : "") + " -" + std::to_string(decoded.replaced) + " {" + decoded.text +
         "}";
}

struct Case {
  const char* name;
  std::string bytes;
  const char* declared;
  std::string expected;
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class Decode : public testing::TestWithParam<Case> {};
TEST_P(Decode, GivesTextAndHowItWasArrivedAt) {
  const auto exact = std::make_unique<char[]>(GetParam().bytes.size());
  std::ranges::copy(GetParam().bytes, exact.get());
  EXPECT_EQ(line(decode({exact.get(), GetParam().bytes.size()}, GetParam().declared)), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(
    Charsets, Decode,
    testing::Values(
        Case{"plain_ascii_without_declaration", "abc", "", "us-ascii -0 {abc}"},
        Case{"utf8", "\xc3\xa9", "UTF-8", "utf-8 -0 {\u00e9}"}, Case{"quoted_name", "\xc3\xa9", "\"utf-8\"", "utf-8 -0 {\u00e9}"},
        Case{"illegal_utf8_is_kept_and_counted",
             "\xc3\xa9 a\xe9"
             "b",
             "utf-8",
             "utf-8 -1 {\u00e9 a\ufffd"
             "b}"},
        Case{"utf8_that_is_latin1", "r\xe8glement \xe0 caf\xe9", "utf-8",
             "windows-1252 guessed -0 {r\u00e8glement \u00e0 caf\u00e9}"},
        Case{"latin1_that_is_utf8_without_c1", "caf\xc3\xa9", "iso-8859-1", "utf-8 guessed -0 {caf\u00e9}"},
        Case{"windows_1252_that_is_utf8", "caf\xc3\xa9", "windows-1252", "utf-8 guessed -0 {caf\u00e9}"},
        Case{"latin1_with_a_tilde_is_latin1", "S\xc3O", "iso-8859-1", "iso-8859-1 -0 {S\u00c3O}"},
        Case{"a_written_replacement_character_is_not_counted", "\xef\xbf\xbd\xff", "utf-8", "utf-8 -1 {\ufffd\ufffd}"},
        Case{"latin1", "p\xe9nalit\xe9s", "iso-8859-1", "iso-8859-1 -0 {p\u00e9nalit\u00e9s}"},
        Case{"latin1_that_is_windows_1252",
             "\x80 l\x92"
             "eau",
             "iso-8859-1", "windows-1252 guessed -0 {\u20ac l\u2019eau}"},
        Case{"latin1_that_is_utf8",
             "l\xe2\x80\x99"
             "eau",
             "ISO-8859-1", "utf-8 guessed -0 {l\u2019eau}"},
        Case{"windows_1252", "\x93ok\x94", "windows-1252", "windows-1252 -0 {\u201cok\u201d}"},
        Case{"latin9_euro", "\xa4", "iso-8859-15", "iso-8859-15 -0 {\u20ac}"},
        Case{"latin2", "\xb1", "iso-8859-2", "iso-8859-2 -0 {\u0105}"},
        Case{"koi8r", "\xf0\xd2\xc9", "koi8-r", "koi8-r -0 {\u041f\u0440\u0438}"},
        Case{"gb2312_means_its_superset", "\xc4\xe3\xba\xc3", "gb2312", "gb18030 -0 {\u4f60\u597d}"},
        Case{"iso_2022_jp", "\x1b$B$\"\x1b(B", "iso-2022-jp", "iso-2022-jp -0 {\u3042}"},
        Case{"shift_jis", "\x82\xa0", "Shift_JIS", "windows-31j -0 {\u3042}"},
        Case{"utf16_with_mark",
             "\xff\xfe"
             "a\0"s,
             "utf-16", "utf-16 -0 {a}"},
        Case{"declared_utf16_without_mark_is_told_by_its_zeros", std::string("I\0B\0A\0N\0", 8), "utf-16",
             "utf-16le guessed -0 {IBAN}"},
        Case{"declared_utf16_of_big_ends", std::string("\0I\0B\0A\0N", 8), "UTF-16", "utf-16be guessed -0 {IBAN}"},
        Case{"declared_utf16_that_nothing_tells_is_little_endian", "\x2d\x4e\xfd\x56", "unicode",
             "utf-16le guessed -0 {\u4e2d\u56fd}"},
        Case{"declared_utf16_of_big_ends_by_its_mark", "\xfe\xff\0a"s, "utf-16", "utf-16 -0 {a}"},
        Case{"a_mark_that_contradicts_the_declared_order", "\xff\xfe" + "a\0"s, "utf-16be", "utf-16 -0 {a}"},
        Case{"declared_order_without_mark", "\0a"s, "utf-16be", "utf-16be -0 {a}"},
        Case{"declared_utf16_that_is_ascii", "IBAN LT12 1000 0111", "utf-16", "utf-8 guessed -0 {IBAN LT12 1000 0111}"},
        Case{"declared_utf16_of_few_bytes_is_no_ascii", "-N-N", "utf-16", "utf-16le guessed -0 {\u4e2d\u4e2d}"},
        Case{"declared_utf16_that_is_empty", "", "utf-16", "utf-16le -0 {}"},
        Case{"utf16_without_mark", std::string("I\0B\0A\0N\0", 8), "utf-8", "utf-16le guessed -0 {IBAN}"},
        Case{"utf16_of_big_ends_without_mark", std::string("\0I\0B\0A\0N", 8), "", "utf-16be guessed -0 {IBAN}"},
        Case{"ascii_with_a_zero", std::string("IBAN 12\0", 8), "", "us-ascii -0 {IBAN 12" + std::string(1, '\0') + "}"},
        Case{"utf7", "+AOk-", "utf-7", "utf-7 -0 {\u00e9}"},
        Case{"ascii_that_is_utf8", "\xc3\xa9", "us-ascii", "utf-8 guessed -0 {\u00e9}"},
        Case{"ascii_that_is_not", "caf\xe9", "us-ascii", "windows-1252 guessed -0 {caf\u00e9}"},
        Case{"no_declaration_utf8", "\xc3\xa9", "", "utf-8 guessed -0 {\u00e9}"},
        Case{"unknown_name_ascii", "abc", "x-no-such", "us-ascii guessed -0 {abc}"},
        Case{"unknown_name_8bit", "caf\xe9", "x-no-such", "windows-1252 guessed -0 {caf\u00e9}"},
        Case{"a_name_with_options_is_no_name", "abc", "UTF-16,version=1", "us-ascii -0 {abc}"},
        Case{"euc_kr_bytes_that_are_utf8", "\xe2\x82\xac", "euc-jp", "utf-8 guessed -0 {\u20ac}"},
        Case{"empty", "", "utf-8", "utf-8 -0 {}"}),
    [](const auto& test) { return test.param.name; });

TEST(Decode, RussianWithoutDeclarationIsDetected) {
  const std::string koi8 =
      "\xf0\xcf\xd3\xd9\xcc\xc1\xc5\xcd \xd3\xde\xc5\xd4 \xce\xc1 \xcf\xd0\xcc\xc1\xd4\xd5 \xd0\xcf "
      "\xc4\xcf\xc7\xcf\xd7\xcf\xd2\xd5 "
      "\xd0\xcf\xd3\xd4\xc1\xd7\xcb\xc9 \xd4\xcf\xd7\xc1\xd2\xc1, \xd0\xd2\xcf\xd3\xc9\xcd \xcf\xd0\xcc\xc1\xd4\xc9\xd4\xd8 \xd7 "
      "\xd3\xd2\xcf\xcb";
  const Decoded decoded = decode(koi8, "");
  EXPECT_EQ(decoded.charset, "koi8-r");
  EXPECT_NE(decoded.text.find("\u0441\u0447\u0435\u0442"), std::string::npos);
}

TEST(Utf8, OverlongSurrogateAndTooHighAreIllegal) {
  for (const char* bytes :
       {"\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80", "\xe2\x82", "\xf8\x88\x80\x80\x80"}) {
    EXPECT_FALSE(is_valid_utf8(bytes));
    EXPECT_TRUE(is_valid_utf8(valid_utf8(bytes)));
  }
  EXPECT_TRUE(is_valid_utf8("12345678\u00e9\u20ac\U0001f600"));
}

TEST(Utf8, CodePointsGoThereAndBack) {
  for (const char32_t c : {U'a', U'\u00e9', U'\u20ac', U'\U0001f600', U'\U0010ffff'}) {
    std::string text;
    append_utf8(text, c);
    EXPECT_EQ(code_point_at(text, 0).value, c);
    EXPECT_EQ(code_point_at(text, 0).length, text.size());
  }
  EXPECT_EQ(code_point_at("\xe2\x82", 0).length, 1U);
}

}  // namespace
}  // namespace threadline::text
