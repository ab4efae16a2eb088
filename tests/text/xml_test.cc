// SPDX-License-Identifier: Apache-2.0
#include "text/xml.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace threadline::text {
namespace {

/// From a heap copy of the exact size.
XmlDocument read(const std::string& bytes, const Limits& limits = {}) {
  const auto exact = std::make_unique<char[]>(bytes.size());
  std::ranges::copy(bytes, exact.get());
  return read_xml({exact.get(), bytes.size()}, limits);
}

/// One canonical line: name[attribute=value](children)"text".
std::string line_of(const XmlElement& element) {
  std::string line = element.name;
  for (const auto& [name, value] : element.attributes) line += "[" + name + "=" + value + "]";
  if (!element.children.empty()) line += "(";
  for (const auto& child : element.children) line += line_of(child);
  if (!element.children.empty()) line += ")";
  return element.text.empty() ? line : line + "\"" + element.text + "\"";
}

TEST(Xml, ElementsAttributesAndReferencesAreRead) {
  const auto document = read("<?xml version=\"1.0\"?><a x=\"1 &amp; 2\"><b>&lt;p&gt; &#233;</b><n:c/><![CDATA[<raw>]]></a>");
  EXPECT_EQ(line_of(document.root), "a[x=1 & 2](b\"<p> \xC3\xA9\"c)\"<raw>\"");
  EXPECT_TRUE(document.notes.empty());
}

TEST(Xml, EntitiesOfADtdAreNotExpanded) {
  const auto document = read("<!DOCTYPE a [<!ENTITY x \"yyyy\"><!ENTITY f SYSTEM \"file:///etc/passwd\">]><a>&x;&f;</a>");
  EXPECT_EQ(document.root.text, "&x;&f;");
}

TEST(Xml, WhatStandsBeforeAFaultIsKept) {
  const auto document = read("<a><b>one</b><c>two</b></a>");
  EXPECT_EQ(line_of(document.root), "a(b\"one\"c\"two\")");
  ASSERT_EQ(document.notes.size(), 1U);
  EXPECT_EQ(document.notes[0].code, "malformed_container");
}

TEST(Xml, Utf16IsReadByItsByteOrderMark) {
  const std::string bytes("\xFF\xFE<\0a\0>\0\xE9\0<\0/\0a\0>\0", 18);
  EXPECT_EQ(read(bytes).root.text, "\xC3\xA9");
}

TEST(Xml, NothingIsNoElement) {
  EXPECT_EQ(read("").root.name, "");
  EXPECT_EQ(read("hello").root.name, "");
}

TEST(XmlLimits, XmlBytes) {
  const std::string bytes = "<a><b/></a>";
  EXPECT_TRUE(read(bytes, {.xml_bytes = bytes.size()}).notes.empty());
  const auto over = read(bytes, {.xml_bytes = bytes.size() - 1});
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_TRUE(over.notes[0].text.starts_with("xml_bytes"));
  EXPECT_EQ(line_of(over.root), "a(b)");
}

TEST(XmlLimits, XmlElements) {
  const std::string bytes = "<a><b x='1'/><c/></a>";
  EXPECT_TRUE(read(bytes, {.xml_elements = 4}).notes.empty());
  const auto over = read(bytes, {.xml_elements = 3});
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_TRUE(over.notes[0].text.starts_with("xml_elements"));
  EXPECT_EQ(line_of(over.root), "a(b[x=1])");
}

TEST(XmlLimits, XmlDepth) {
  const std::string bytes = "<a><b><c>x</c></b><d/></a>";
  EXPECT_TRUE(read(bytes, {.xml_depth = 3}).notes.empty());
  const auto over = read(bytes, {.xml_depth = 2});
  ASSERT_EQ(over.notes.size(), 1U);
  EXPECT_TRUE(over.notes[0].text.starts_with("xml_depth"));
  EXPECT_EQ(line_of(over.root), "a(bd)");
}

TEST(Xml, AHundredThousandOpenElementsAreNoRecursion) {
  std::string bytes;
  for (int i = 0; i < 100'000; ++i) bytes += "<a>";
  EXPECT_EQ(read(bytes).root.name, "a");
}

}  // namespace
}  // namespace threadline::text
