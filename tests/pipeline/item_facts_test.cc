// SPDX-License-Identifier: Apache-2.0
// What messages attached to one message may have together.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "message/read_message.h"
#include "pipeline/item_facts.h"

namespace threadline::pipeline {
namespace {

constexpr std::string_view kAccount = "IBAN DE89 3704 0044 0532 0130 00\n";
constexpr std::string_view kQuoted =
    "-----Original Message-----\nFrom: Ann <ann@supplier.example>\nSent: Thursday, April 5, 2018 10:37 AM\nTo: Bob "
    "<bob@own.example>\nSubject: bill\n\nas agreed\n\n";

std::string repeated(std::string_view what, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += what;
  return text;
}

std::string mail(const std::string& words, const std::string& fields = "") {
  return "From: Ann <ann@supplier.example>\nTo: Bob <bob@own.example>\n" + fields + "Subject: bill\n\n" + words;
}

/// A message with these attached to it.
std::string carrier(const std::string& words, const std::vector<std::string>& attached) {
  std::string bytes =
      "From: Bob <bob@own.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n" + words;
  for (const std::string& one : attached) bytes += "\n--b\nContent-Type: message/rfc822\n\n" + one;
  return bytes + "\n--b--\n";
}

std::vector<facts::Facts> read(const std::string& bytes, const Limits& limits) {
  ItemSettings settings;
  settings.facts.limits = limits;
  return read_item({.source = "a.eml", .format = "eml", .bytes = bytes, .sha256 = {}, .notes = {}}, settings, nullptr);
}

/// The first word of each limit that was reached.
std::string limits_in(const facts::Facts& facts) {
  std::string names;
  for (const Note& note : facts.notes) {
    if (note.code == "limit") names += note.text.substr(0, note.text.find(':')) + " ";
  }
  return names;
}

TEST(AttachedLimits, NestedAccounts) {
  const std::string bytes = carrier(repeated(kAccount, 30), {mail(repeated(kAccount, 30)), mail(repeated(kAccount, 20))});
  const auto at = read(bytes, {.nested_accounts = 60});
  ASSERT_EQ(at.size(), 3U);
  for (const facts::Facts& one : at) EXPECT_EQ(limits_in(one), "");
  EXPECT_EQ(at[1].accounts.size(), 30U) << "half of what is left";
  const auto above = read(bytes, {.nested_accounts = 58});
  EXPECT_EQ(above[0].accounts.size(), 30U) << "the carrier has its own";
  EXPECT_EQ(above[1].accounts.size(), 29U);
  EXPECT_EQ(limits_in(above[1]), "nested_accounts ");
  EXPECT_EQ(above[2].accounts.size(), 20U) << "never fewer";
  EXPECT_EQ(limits_in(above[2]), "");
}

TEST(AttachedLimits, NestedBlocks) {
  const std::string bytes = carrier(repeated(kQuoted, 30), {mail(repeated(kQuoted, 30)), mail(repeated(kQuoted, 20))});
  const auto at = read(bytes, {.nested_blocks = 60});
  ASSERT_EQ(at.size(), 3U);
  for (const facts::Facts& one : at) EXPECT_EQ(limits_in(one), "");
  const auto above = read(bytes, {.nested_blocks = 58});
  EXPECT_EQ(above[1].conversation.quoted.size(), 29U);
  EXPECT_EQ(limits_in(above[1]), "nested_blocks ");
  EXPECT_EQ(above[2].conversation.quoted.size(), 20U);
  EXPECT_EQ(limits_in(above[0]) + limits_in(above[2]), "");
}

TEST(AttachedLimits, NestedAddresses) {
  const std::string copied = "Cc: c@own.example" + repeated(", d@own.example", 29) + "\n";
  const std::string bytes = carrier("hello", {mail("a", copied), mail("b")});
  const auto at = read(bytes, {.nested_addresses = 60});
  ASSERT_EQ(at.size(), 3U);
  EXPECT_EQ(at[1].cc.size(), 30U);
  for (const facts::Facts& one : at) EXPECT_EQ(limits_in(one), "");
  const auto above = read(bytes, {.nested_addresses = 58});
  EXPECT_EQ(above[1].cc.size(), 29U);
  EXPECT_EQ(limits_in(above[1]), "nested_addresses ");
  EXPECT_EQ(above[2].to.size(), 1U);
}

TEST(AttachedLimits, DocumentsOfAttachedMessagesHaveOneAllowance) {
  const auto with = [](const std::string& words) {
    return "Content-Type: application/octet-stream; name=a.csv\nContent-Disposition: attachment\n\n" + words;
  };
  const std::string words = repeated("0123456789", 4);
  const std::string attached = "From: Ann <ann@supplier.example>\nMIME-Version: 1.0\n" + with(words);
  const auto two = read(carrier("hello", {attached, attached}), {.document_text_bytes = 100});
  ASSERT_EQ(two.size(), 3U);
  EXPECT_EQ(limits_in(two[1]), "");
  EXPECT_EQ(limits_in(two[2]), "document_text_bytes ");
  EXPECT_EQ(limits_in(read(carrier("hello", {attached, attached}), {.document_text_bytes = 120})[2]), "");
}

}  // namespace
}  // namespace threadline::pipeline
