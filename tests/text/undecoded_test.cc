// SPDX-License-Identifier: Apache-2.0
#include "text/undecoded.h"

#include <gtest/gtest.h>

namespace threadline::text {
namespace {

std::string decoded(std::string_view text) { return undecoded_quoted_printable(text).value_or("-"); }

TEST(Undecoded, AQuotedPrintableFormIsReadAsItsText) {
  EXPECT_EQ(decoded("write to ann.mil=\nler@firm.example"), "write to ann.miller@firm.example");
  EXPECT_EQ(decoded("d=C3=A9j=C3=A0 pay=C3=A9, mer=\r\nci 1 =3D 1"), "d\u00e9j\u00e0 pay\u00e9, merci 1 = 1");
  EXPECT_EQ(decoded("caf=\n=E9"), "caf\ufffd");
}

TEST(Undecoded, AnyOtherTextIsNone) {
  EXPECT_EQ(decoded("write to ann.miller@firm.example"), "-");
  EXPECT_EQ(decoded("d=C3=A9j=C3=A0"), "-");
  EXPECT_EQ(decoded("the sum is =\n410,00"), "-");
  EXPECT_EQ(decoded("https://firm.example/?id=7&page=\n12"), "-");
  EXPECT_EQ(decoded("a=\nb=c"), "-");
  EXPECT_EQ(decoded("="), "-");
  EXPECT_EQ(decoded(""), "-");
}

}  // namespace
}  // namespace threadline::text
