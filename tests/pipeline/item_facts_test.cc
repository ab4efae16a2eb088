// SPDX-License-Identifier: Apache-2.0
// What messages attached to one message may have together.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "archive/archive_writer.h"
#include "message/read_message.h"
#include "pipeline/item_facts.h"
#include "text/base64.h"

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

// Mails in archives and mailboxes

using archive::written;

std::string attaching(const std::string& bytes, const std::string& type = "application/octet-stream") {
  return "From: Bob <bob@own.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nhello\n--b\n"
         "Content-Type: " +
         type + "\nContent-Transfer-Encoding: base64\n\n" + text::encode_base64(bytes, "\n") + "\n--b--\n";
}

std::string box_of(const std::vector<std::string>& mails) {
  std::string box;
  for (const std::string& one : mails) box += "From a Mon Mar  2 10:00:00 2026\n" + one + "\n\n";
  return box;
}

/// "source subject accounts" of each message, parted by "|".
std::string told(const std::string& bytes, const Limits& limits = {}) {
  std::string all;
  for (const facts::Facts& one : read(bytes, limits)) {
    const std::string subject = one.subject.empty() ? "-" : one.subject;
    all += one.source + " " + subject + " " + std::to_string(one.accounts.size()) + " " + limits_in(one) + "|";
  }
  return all;
}

const std::string kMail = mail(std::string(kAccount));

TEST(PackedMessages, OfAnArchiveAreAttachedMessages) {
  const std::string carrier_first = "a.eml - 0 |";
  for (const archive::Form& form : {archive::Form{}, archive::Form{"7zip"}, archive::Form{"ustar", "gzip"}})
    EXPECT_EQ(told(attaching(written({{"x/m.eml", kMail}, {"n.txt", "hello"}}, form))),
              carrier_first + "a.eml/2!x/m.eml bill 1 |")
        << form;
  const std::string inner = written({{"m.eml", kMail}});
  EXPECT_EQ(told(attaching(written({{"in.zip", inner}}))), carrier_first + "a.eml/2!in.zip!m.eml bill 1 |");
  EXPECT_EQ(told(attaching(written({{"c.eml", attaching(inner)}}))),
            carrier_first + "a.eml/2!c.eml - 0 |a.eml/2!c.eml/2!m.eml bill 1 |");
}

TEST(PackedMessages, OfAMailboxAreAttachedMessages) {
  const std::string expected = "a.eml - 0 |a.eml/2!1 bill 1 |a.eml/2!2 bill 0 |";
  const std::string box = box_of({kMail, mail("no account")});
  for (const char* type : {"application/octet-stream", "application/mbox; name=a.mbox", "text/plain; name=a.mbx"})
    EXPECT_EQ(told(attaching(box, type)), expected) << type;
  EXPECT_EQ(told(attaching(box, "text/plain; name=a.txt")), "a.eml - 1 |") << "a text of the carrier's";
  EXPECT_EQ(told(attaching(written({{"a.txt", kMail}}))), "a.eml - 1 |") << "a text of the carrier's";
  EXPECT_EQ(told(attaching(written({{"b.mbox", box}}))), "a.eml - 0 |a.eml/2!b.mbox!1 bill 1 |a.eml/2!b.mbox!2 bill 0 |");
}

TEST(PackedMessages, AQuotedHeaderIsNone) {
  for (const char* type : {"text/rfc822-headers", "message/rfc822-headers"})
    EXPECT_EQ(read(attaching(kMail, type), {}).size(), 1U) << type;
}

TEST(PackedMessages, APageThatABrowserSavedIsADocument) {
  const std::string page =
      "From: <Saved by Blink>\nSubject: page\nDate: Mon, 2 Mar 2026 10:00:00 +0000\n\n" + std::string(kAccount);
  EXPECT_EQ(told(attaching(written({{"p.mht", page}}))), "a.eml - 1 |");
}

TEST(PackedMessages, AreQuotedByTheirCarrier) {
  const auto facts = read(attaching(written({{"m.eml", kMail}})), {});
  ASSERT_EQ(facts.size(), 2U);
  ASSERT_EQ(facts[0].conversation.quoted.size(), 1U);
  EXPECT_EQ(facts[0].conversation.quoted[0].form, facts::QuoteForm::attached);
  EXPECT_EQ(facts[0].conversation.quoted[0].span.part, "2!m.eml");
  EXPECT_EQ(facts[1].carrier, facts[0].sha256);
  ASSERT_EQ(facts[1].carried_by.size(), 1U);
  EXPECT_EQ(facts[1].carried_by[0].sender, "bob@own.example");
}

TEST(PackedMessagesLimits, NestedMessages) {
  const std::string zip = written({{"1.eml", kMail}, {"2.eml", carrier("x", {kMail})}});
  EXPECT_EQ(read(attaching(zip), {.nested_messages = 3}).size(), 4U);
  EXPECT_EQ(limits_in(read(attaching(zip), {.nested_messages = 3})[0]), "");
  const auto two = read(attaching(zip), {.nested_messages = 2});
  EXPECT_EQ(two.size(), 3U);
  EXPECT_EQ(limits_in(two[2]), "nested_messages ") << "of the one that carries it";
  const auto one = read(attaching(zip), {.nested_messages = 1});
  EXPECT_EQ(one.size(), 2U);
  EXPECT_EQ(limits_in(one[0]), "nested_messages ");
  const auto box = read(attaching(box_of({kMail, kMail, kMail})), {.nested_messages = 2});
  EXPECT_EQ(box.size(), 3U);
  EXPECT_EQ(limits_in(box[0]), "nested_messages ");
}

TEST(PackedMessagesLimits, NestedDepth) {
  std::string bytes = kMail;
  for (int i = 0; i < 3; ++i) bytes = attaching(written({{"m.eml", bytes}}));
  EXPECT_EQ(read(bytes, {.nested_depth = 3}).size(), 4U);
  const auto above = read(bytes, {.nested_depth = 2});
  ASSERT_EQ(above.size(), 3U);
  EXPECT_EQ(limits_in(above[2]), "nested_depth ");
}

TEST(PackedMessagesLimits, NestedAddresses) {
  const std::string copied = "Cc: c@own.example" + repeated(", d@own.example", 29) + "\n";
  const std::string bytes = attaching(written({{"1.eml", mail("a", copied)}, {"2.eml", mail("b")}}));
  EXPECT_EQ(read(bytes, {.nested_addresses = 60})[1].cc.size(), 30U);
  const auto above = read(bytes, {.nested_addresses = 58});
  EXPECT_EQ(above[1].cc.size(), 29U);
  EXPECT_EQ(limits_in(above[1]), "nested_addresses ");
}

}  // namespace
}  // namespace threadline::pipeline
