// SPDX-License-Identifier: Apache-2.0
#include "message/mailbox_part.h"

#include <gtest/gtest.h>

namespace threadline::message {
namespace {

const std::string kFrom = "From ann@supplier.example Mon Mar  2 10:00:00 2026\n";

std::string mail(const std::string& subject) {
  return "From: ann@supplier.example\nSubject: " + subject + "\n\n" + subject + "\n";
}

/// The messages, parted by "|".
std::string messages_in(const std::string& bytes, std::size_t most = 100) {
  std::string all;
  for (const std::string& one : messages_of_mailbox(bytes, most)) all += one + "|";
  return all;
}

struct Bytes {
  const char* name;
  std::string bytes;
  bool is_mailbox;
};
void PrintTo(const Bytes& one, std::ostream* to) { *to << one.name; }

class Mailbox : public testing::TestWithParam<Bytes> {};

TEST_P(Mailbox, IsToldByItsFirstLines) { EXPECT_EQ(is_mailbox(GetParam().bytes), GetParam().is_mailbox); }

INSTANTIATE_TEST_SUITE_P(All, Mailbox,
                         testing::Values(Bytes{"one message", kFrom + mail("a"), true},
                                         Bytes{"behind a mark and an empty line", "\xEF\xBB\xBF\n" + kFrom + mail("a"), true},
                                         Bytes{"a message", mail("a"), false},
                                         Bytes{"a letter", "From Ann to Bob, 10:00, 2 March 2026\nDear Bob: hello\n", false},
                                         Bytes{"without a date", "From ann\n" + mail("a"), false}, Bytes{"empty", "", false},
                                         Bytes{"the line alone", kFrom, false}));

TEST(MailboxMessages, StandBehindFromLines) {
  EXPECT_EQ(messages_in(kFrom + mail("a") + "\n" + kFrom + mail("b") + "\n"), mail("a") + "|" + mail("b") + "|");
  const std::string ends = "From a Mon Mar  2 10:00:00 2026\r\nSubject: a\r\n\r\na\r\n";
  EXPECT_EQ(messages_in(ends + "\r\n" + ends), "Subject: a\r\n\r\na\r\n|Subject: a\r\n\r\na\r\n|");
}

TEST(MailboxMessages, FromInABodyIsUnquotedAndBeginsNone) {
  const std::string inside = "From the start 10:00 2026\n";
  EXPECT_EQ(messages_in(kFrom + mail("a") + inside + ">From b\n>>From c\n\nFrom here 10:00 2026\nno field\n"),
            mail("a") + inside + "From b\n>From c\n\nFrom here 10:00 2026\nno field\n|");
}

TEST(MailboxMessages, AreOneMoreThanTheMost) {
  const std::string three = kFrom + mail("a") + "\n" + kFrom + mail("b") + "\n" + kFrom + mail("c");
  EXPECT_EQ(messages_of_mailbox(three, 1).size(), 2U);
  EXPECT_EQ(messages_of_mailbox(three, 3).size(), 3U);
}

}  // namespace
}  // namespace threadline::message
