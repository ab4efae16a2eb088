// SPDX-License-Identifier: Apache-2.0
#include "text/xml_walk.h"

#include <gtest/gtest.h>

#include <string>

namespace threadline::text {
namespace {

/// "(a x=1 {words} (b ))", the attribute x only; elements named "skip" are passed over.
class Written final : public XmlReceiver {
 public:
  bool begin(std::string_view name, const XmlAttributes& attributes) override {
    line += "(" + std::string(name);
    if (const auto x = attributes.value("x"); !x.empty()) line += " x=" + std::string(x);
    return name != "skip";
  }
  void text(std::string_view words) override { line += "{" + std::string(words) + "}"; }
  void end(std::string_view /*name*/) override { line += ")"; }
  std::string line;
};

std::string walked(const std::string& xml, const XmlBounds& bounds = {.bytes = 1'000, .elements = 1'000, .depth = 10}) {
  const std::vector<char> exact(xml.begin(), xml.end());
  Written written;
  for (const Note& note : walk_xml({exact.data(), exact.size()}, bounds, written)) {
    const bool is_limit = note.code == "limit";
    written.line += " " + (is_limit ? note.text.substr(0, note.text.find(':')) : note.code);
  }
  return written.line;
}

TEST(XmlWalk, ElementsAndTextsComeInTheirOrderWithoutPrefixes) {
  EXPECT_EQ(walked("<w:a w:x='1'>one<b/> two&amp;<c><![CDATA[<3>]]></c></w:a>"), "(a x=1{one}(b){ two&}(c{<3>}))");
}

TEST(XmlWalk, WhiteSpaceIsKept) { EXPECT_EQ(walked("<a><t> </t>\n<t>x </t></a>"), "(a(t{ }){\n}(t{x }))"); }

TEST(XmlWalk, APassedOverElementBeginsAndEnds) { EXPECT_EQ(walked("<a><skip><b/>x</skip><c/></a>"), "(a(skip)(c))"); }

TEST(XmlWalk, WhatStandsBeforeAFaultIsRead) {
  EXPECT_EQ(walked("<a><b>one</b><c <"), "(a(b{one})(c)) malformed_document");
  EXPECT_EQ(walked(""), " malformed_document");
}

TEST(XmlWalk, NoEntityIsExpanded) {
  EXPECT_EQ(walked("<!DOCTYPE a [<!ENTITY e 'xxxx'><!ENTITY f '&e;&e;'>]><a>&f;</a>"), "(a{&f;})");
  EXPECT_EQ(walked("<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>"), "(a{&e;})");
}

TEST(XmlWalk, DepthIsBounded) {
  EXPECT_EQ(walked("<a><b><c>x</c></b></a>", {.bytes = 99, .elements = 9, .depth = 3}), "(a(b(c))) xml_depth");
  EXPECT_EQ(walked("<a><b><c/></b></a>", {.bytes = 99, .elements = 9, .depth = 3}), "(a(b(c)))");
}

TEST(XmlWalk, ElementsAreBoundedUnderTheNameThatTheCallerGives) {
  EXPECT_EQ(walked("<a><b x='1'/><c/></a>", {.bytes = 99, .elements = 4, .depth = 9}), "(a(b x=1)(c))");
  EXPECT_EQ(walked("<a><b x='1'/><c/></a>", {.bytes = 99, .elements = 3, .depth = 9, .elements_limit = "mine"}),
            "(a(b x=1)) mine");
}

TEST(XmlWalk, BytesAreBounded) {
  EXPECT_EQ(walked("<a>123</a>", {.bytes = 10, .elements = 9, .depth = 9}), "(a{123})");
  EXPECT_EQ(walked("<a>123</a>", {.bytes = 6, .elements = 9, .depth = 9}), "(a{123}) xml_bytes");
}

}  // namespace
}  // namespace threadline::text
