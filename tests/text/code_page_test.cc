// SPDX-License-Identifier: Apache-2.0
#include "text/code_page.h"

#include <gtest/gtest.h>

#include <string>

#include "text/charset.h"

namespace threadline::text {
namespace {

struct Page {
  std::uint32_t number;
  const char* charset;
};
constexpr Page kPages[] = {
#define THREADLINE_CODE_PAGE(number, charset) {number, charset},
#include "text/code_pages.def"
#undef THREADLINE_CODE_PAGE
};

/// A charset that ICU does not know would be guessed: one legal byte above ASCII shows which converter answers.
TEST(CodePage, EachNameOfTheTableOpens) {
  for (const Page& page : kPages) {
    EXPECT_EQ(charset_of_code_page(page.number), page.charset);
    const std::string bytes = page.number == 1200 || page.number == 1201 ? "\xac\x20" : "\xc1\xe1\xc1\xe1";
    const Decoded decoded = decode(bytes, page.charset);
    const bool may_guess = page.number == 20127 || page.number == 28591 || page.number == 65001;  // read as what senders mean
    EXPECT_TRUE(may_guess || !decoded.guessed) << page.number << " " << page.charset << " was read as " << decoded.charset;
  }
}

struct Sample {
  std::uint32_t number;
  std::string bytes;
  const char* text;
};

/// Source: the code charts of the pages (WHATWG indexes; unicode.org MAPPINGS/VENDORS/MICSFT).
TEST(CodePage, AByteMeansWhatItsPageSays) {
  const Sample samples[] = {
      {437, "\x82", "\u00e9"},
      {850, "\x9d", "\u00d8"},
      {866, "\x80", "\u0410"},
      {874, "\xa1", "\u0e01"},
      {932, "\x82\xa0", "\u3042"},
      {936, "\xc4\xe3", "\u4f60"},
      {949, "\xb0\xa1", "\uac00"},
      {950, "\xa4\xa4", "\u4e2d"},
      {1250, "\xb9", "\u0105"},
      {1251, "\xc0", "\u0410"},
      {1252, "\x80", "\u20ac"},
      {1253, "\xe1", "\u03b1"},
      {1254, "\xfd", "\u0131"},
      {1255, "\xe0", "\u05d0"},
      {1256, "\xc7", "\u0627"},
      {1257, "\xe0", "\u0105"},
      {1258, "\xf0", "\u0111"},
      {10000, "\x8e", "\u00e9"},
      {20866, "\xc1", "\u0430"},
      {28605, "\xa4", "\u20ac"},
      {1200, "\xac\x20", "\u20ac"},
      {1201, "\x20\xac", "\u20ac"},
      {50220, "\x1b$B$\"\x1b(B", "\u3042"},
      {51932, "\xa4\xa2", "\u3042"},
      {65001, "\xe2\x82\xac", "\u20ac"},
  };
  for (const Sample& sample : samples)
    EXPECT_EQ(decode(sample.bytes, charset_of_code_page(sample.number)).text, sample.text) << sample.number;
}

TEST(CodePage, AnUnknownNumberHasNoCharset) {
  for (const std::uint32_t number : {0U, 1U, 42U, 1361U, 0xFFFFFFFFU}) EXPECT_EQ(charset_of_code_page(number), "") << number;
}

struct Locale {
  const char* name;
  std::uint32_t lcid;
  std::uint32_t code_page;
};

TEST(CodePage, ALocaleHasTheAnsiPageOfItsLanguageOrScript) {
  const Locale locales[] = {
      {"French (France)", 0x040C, 1252},
      {"French (Canada)", 0x0C0C, 1252},
      {"English (US)", 0x0409, 1252},
      {"Russian", 0x0419, 1251},
      {"Polish", 0x0415, 1250},
      {"Greek", 0x0408, 1253},
      {"Turkish", 0x041F, 1254},
      {"Hebrew", 0x040D, 1255},
      {"Arabic (Egypt)", 0x0C01, 1256},
      {"Lithuanian", 0x0427, 1257},
      {"Vietnamese", 0x042A, 1258},
      {"Thai", 0x041E, 874},
      {"Japanese", 0x0411, 932},
      {"Chinese (PRC)", 0x0804, 936},
      {"Chinese (Singapore)", 0x1004, 936},
      {"Chinese (Taiwan)", 0x0404, 950},
      {"Chinese (Hong Kong)", 0x0C04, 950},
      {"Korean", 0x0412, 949},
      {"Croatian", 0x041A, 1250},
      {"Serbian (Latin)", 0x241A, 1250},
      {"Serbian (Cyrillic)", 0x281A, 1251},
      {"Azeri (Latin)", 0x042C, 1254},
      {"Azeri (Cyrillic)", 0x082C, 1251},
      {"German phone book sort", 0x00010407, 1252},
      {"Hindi: Unicode alone", 0x0439, 0},
      {"Georgian: Unicode alone", 0x0437, 0},
      {"neutral", 0x0000, 0},
      {"user default", 0x0400, 0},
      {"no such language", 0x03FE, 0},
      {"all bits", 0xFFFFFFFF, 0},
  };
  for (const Locale& locale : locales) EXPECT_EQ(code_page_of_locale(locale.lcid), locale.code_page) << locale.name;
}

TEST(CodePage, EachAnsiPageOfALocaleHasACharset) {
#define THREADLINE_LOCALE_CODE_PAGE(id, code_page, tag) \
  EXPECT_TRUE(code_page == 0 || !charset_of_code_page(code_page).empty()) << tag;
#include "text/locale_code_pages.def"
#undef THREADLINE_LOCALE_CODE_PAGE
}

TEST(CodePage, ARtfCharsetIsACodePageOrTheDocumentsOwn) {
  EXPECT_EQ(code_page_of_rtf_charset(0), 1252U);
  EXPECT_EQ(code_page_of_rtf_charset(1), 0U);
  EXPECT_EQ(code_page_of_rtf_charset(2), 42U);
  EXPECT_EQ(code_page_of_rtf_charset(128), 932U);
  EXPECT_EQ(code_page_of_rtf_charset(204), 1251U);
  EXPECT_EQ(code_page_of_rtf_charset(255), 850U);
  EXPECT_EQ(code_page_of_rtf_charset(300), 0U);
}

}  // namespace
}  // namespace threadline::text
