// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "temp_folder.h"

namespace threadline::evidence {
namespace {

const std::string kFrom = "From a@firm.example Thu Apr  5 10:37:00 2018\n";

std::string mail(const std::string& body, const std::string& fields = "") {
  return "From: a@firm.example\n" + fields + "\n" + body;
}

struct Dialect {
  const char* name;
  std::string stored;
  std::string body;
};

class MboxDialect : public testing::TestWithParam<Dialect> {};

TEST_P(MboxDialect, GivesTheBodyAsItWasSent) {
  const TempFolder folder;
  const auto items = items_of(folder.write("box", kFrom + GetParam().stored + "\n" + kFrom + mail("second\n") + "\n"));
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].bytes.substr(items[0].bytes.find("\n\n") + 2), GetParam().body);
  EXPECT_EQ(items[1].bytes, mail("second\n"));
}

std::string length_field(const std::string& body) { return "Content-Length: " + std::to_string(body.size()) + "\n"; }

const std::string kBare = "one\n\n" + kFrom + "From: b@firm.example\n\ntwo\n";

INSTANTIATE_TEST_SUITE_P(Dialects, MboxDialect,
                         testing::Values(Dialect{"mboxo", mail("one\n>From here\n"), "one\nFrom here\n"},
                                         Dialect{"mboxrd", mail(">From a\n>>From b\n"), "From a\n>From b\n"},
                                         Dialect{"mboxcl", mail(">From a\n", length_field(">From a\n")), "From a\n"},
                                         Dialect{"mboxcl2", mail(kBare, length_field(kBare)), kBare},
                                         Dialect{"mboxcl2_keeps_quotes",
                                                 mail(kBare + ">From x\n", length_field(kBare + ">From x\n")),
                                                 kBare + ">From x\n"},
                                         Dialect{"a_wrong_length_is_not_believed", mail("one\n", "Content-Length: 7\n"), "one\n"},
                                         Dialect{"a_sentence_that_begins_with_From", mail("one\n\nFrom here on we pay.\n"),
                                                 "one\n\nFrom here on we pay.\n"}),
                         [](const auto& row) { return row.param.name; });

TEST(Mbox, TheSourceNamesTheOffsetOfTheFromLine) {
  const TempFolder folder;
  const auto first = kFrom + mail("one\n") + "\n";
  const auto path = folder.write("box", first + kFrom + mail("two\n"));
  const auto items = items_of(path);
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].source, path + "#0");
  EXPECT_EQ(items[1].source, path + "#" + std::to_string(first.size()));
  EXPECT_EQ(items[1].format, "mbox");
}

TEST(Mbox, LineEndsOfTheMessagesAreKept) {
  const TempFolder folder;
  const std::string one = "From: a@firm.example\r\n\r\none\r\n";
  const std::string line = "From a Thu Apr  5 10:37:00 2018\r\n";
  const auto items = items_of(folder.write("box", line + one + "\r\n" + line + one + "\r\n"));
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[0].bytes, one);
  EXPECT_EQ(items[1].bytes, one);
}

TEST(Mbox, AMessageThatWasCutDoesNotSwallowTheNext) {
  const TempFolder folder;
  const auto items = items_of(folder.write("box", kFrom + "From: a@firm.example\n\ncut he\n" + kFrom + mail("two\n")));
  ASSERT_EQ(items.size(), 2U);
  EXPECT_EQ(items[1].bytes, mail("two\n"));
}

TEST(Mbox, WhatWasCutWithinAMessageGivesAllThatBeginInIt) {
  const TempFolder folder;
  const auto whole =
      kFrom + mail("aGVsbG8gd29ybGQ\nbG9yZW0gaXBzdW0\n") + "\n" + kFrom + mail("two\n") + "\n" + kFrom + mail("three\n");
  const auto rest = whole.substr(whole.find("ybGQ"));
  const auto path = folder.write("box.part2", rest);
  const auto items = items_of(path);
  ASSERT_EQ(kinds_of(items), "mbox truncated\nmbox\nmbox\n");
  EXPECT_EQ(items[1].bytes, mail("two\n"));
  EXPECT_EQ(items[1].source, path + "#" + std::to_string(rest.find(kFrom)));
  EXPECT_EQ(items[2].bytes, mail("three\n"));
}

/// Kinds of the items in a mailbox that begins so, with a whole message behind it.
std::string kinds_behind(const std::string& beginning) {
  const TempFolder folder;
  return kinds_of(items_of(folder.write("box", beginning + "\n" + kFrom + mail("two\n") + "\n" + kFrom + mail("three\n"))));
}

TEST(Mbox, AMailboxWithADamagedBeginningIsNoSingleMessage) {
  const std::string dated = "Date: Mon, 2 Mar 2026 10:00:00 +0100\n" + mail("one\n");
  EXPECT_EQ(kinds_behind("Xrom " + kFrom.substr(5) + dated), "mbox truncated\nmbox truncated\nmbox\nmbox\n");
  EXPECT_EQ(kinds_behind("# exported\n" + dated), "mbox truncated\nmbox truncated\nmbox\nmbox\n");
  EXPECT_EQ(kinds_behind(">" + kFrom + dated), "mbox truncated\nmbox truncated\nmbox\nmbox\n");
  EXPECT_EQ(kinds_behind("example by mx.example; Mon\nSubject: one\nTo: b@firm.example\n\none\n"),
            "mbox truncated\nmbox truncated\nmbox\nmbox\n")
      << "cut within a header";
  EXPECT_EQ(kinds_behind("Subject: one\nTo: b@firm.example\n\none\n"), "eml\n") << "a sender may write so";
}

TEST(Mbox, AMessageThatShowsAMailboxStaysOne) {
  EXPECT_EQ(kinds_behind(mail("see this mailbox:\n")), "eml\n");
  EXPECT_EQ(kinds_behind("Received: from a\n by b\n" + mail("see this mailbox:\n")), "eml\n");
}

TEST(Mbox, TextThatSpeaksOfAFromLineIsNoMailbox) {
  const TempFolder folder;
  EXPECT_EQ(kinds_of(items_of(folder.write("notes.txt", "see\n\n" + kFrom + "which begins a message\n"))), " not_a_message\n");
}

TEST(Mbox, NulBytesBeforeAFromLineHideNoMessage) {
  const TempFolder folder;
  const std::string nuls(4'096, '\0');
  const auto items = items_of(folder.write("box", kFrom + mail("one\n") + "\n" + nuls + kFrom + mail("two\n")));
  ASSERT_EQ(kinds_of(items), "mbox\nmbox malformed_container\n");
  EXPECT_EQ(items[0].bytes, mail("one\n"));
  EXPECT_EQ(items[1].bytes, mail("two\n"));
  EXPECT_EQ(kinds_of(items_of(folder.write("head", nuls + kFrom + mail("one\n")))), "mbox truncated\nmbox\n");
}

TEST(MboxLimits, MessageBytesBoundTheSearchForTheFirstMessage) {
  const TempFolder folder;
  const auto path = folder.write("box.part2", "cut\nhere\n\n" + kFrom + mail("2\n"));
  EXPECT_EQ(kinds_of(items_of(path, Limits{.message_bytes = 100})), "mbox truncated\nmbox\n");
  EXPECT_EQ(kinds_of(items_of(path, Limits{.message_bytes = 9})), " not_a_message\n");
}

TEST(MboxLimits, MessageBytes) {
  const TempFolder folder;
  const auto path = folder.write("box", kFrom + mail("123456789\n") + "\n" + kFrom + mail("2\n") + "\n");
  const auto size = mail("123456789\n").size();
  EXPECT_EQ(kinds_of(items_of(path, Limits{.message_bytes = size})), "mbox\nmbox\n");
  const auto over = items_of(path, Limits{.message_bytes = size - 1});
  EXPECT_EQ(kinds_of(over), "mbox limit\nmbox\n");
  EXPECT_EQ(over[1].bytes, mail("2\n"));
}

TEST(MboxLimits, MboxLineBytes) {
  const TempFolder folder;
  const auto path =
      folder.write("box", kFrom + mail(std::string(500, 'x') + "From a Thu Apr  5 10:37:00 2018\n\n") + kFrom + mail("2\n"));
  for (const std::uint64_t most : {100U, 500U, 100'000U}) {
    const auto items = items_of(path, Limits{.mbox_line_bytes = most});
    ASSERT_EQ(items.size(), 2U) << most;
    EXPECT_EQ(items[0].bytes, mail(std::string(500, 'x') + "From a Thu Apr  5 10:37:00 2018\n")) << "a longer line loses nothing";
  }
}

TEST(Mbox, ALargeOneIsStreamedMessageByMessage) {
  const TempFolder folder;
  const auto path = (folder.path / "box").string();
  const auto one = kFrom + mail(std::string(60'000, 'x') + "\n") + "\n";
  constexpr int kCount = 1'100;  // 64 MB
  {
    std::ofstream out(path, std::ios::binary);
    for (int i = 0; i < kCount; ++i) out << one;
  }
  std::uint64_t count = 0;
  std::size_t largest = 0;
  const auto summary = read_evidence({path}, {}, [&](Item&& item) {
    ++count;
    largest = std::max(largest, item.bytes.capacity());
    return true;
  });
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(count, static_cast<std::uint64_t>(kCount));
  EXPECT_LT(largest, 4U * one.size()) << "an item holds one message, not the file";
}

}  // namespace
}  // namespace threadline::evidence
