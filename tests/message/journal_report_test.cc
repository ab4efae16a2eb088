// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>

#include "message/read_message.h"

namespace threadline::message {
namespace {

constexpr std::string_view kEnvelope =
    "Sender: ann@firm.example\nSubject: Facture: avril\nMessage-Id: <1@firm.example>\nTo: bob@client.example\n"
    "To: carl@client.example, Expanded: team@client.example\nBcc: \"Eve\" <eve@other.example>\n";
constexpr std::string_view kInside =
    "From: Ann <ann@firm.example>\nTo: bob@client.example, team@client.example\nSubject: Facture: avril\n"
    "Message-ID: <1@firm.example>\n\nBonjour\n";

/// An Exchange journal report with that envelope and message.
std::string report(std::string_view envelope, std::string_view inside = kInside, std::string_view more = {}) {
  return "From: <MicrosoftExchange@firm.example>\nTo: archive@firm.example\nSubject: Facture: avril\nX-MS-Journal-Report:\n"
         "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n" +
         std::string(envelope) + "\n--x\nContent-Type: message/rfc822\n\n" + std::string(inside) + "\n" + std::string(more) +
         "--x--\n";
}

std::string addresses(const std::vector<Address>& list) {
  std::string line;
  for (const Address& one : list) line += (line.empty() ? "" : " ") + one.address;
  return line;
}

std::string note_text(const Message& message, std::string_view code) {
  for (const Note& note : message.notes) {
    if (note.code == code) return note.text;
  }
  return {};
}

TEST(JournalReport, ItsEnvelopeIsReadAndItsBccBelongsToTheMessageInside) {
  const auto message = read_message(report(kEnvelope), Limits{});
  ASSERT_TRUE(message.journal);
  EXPECT_EQ(message.journal->sender->address, "ann@firm.example");
  EXPECT_EQ(message.journal->message_id, "<1@firm.example>");
  EXPECT_EQ(addresses(message.journal->to), "bob@client.example carl@client.example");
  ASSERT_EQ(message.messages.size(), 1U);
  EXPECT_EQ(addresses(message.messages[0].bcc), "eve@other.example");
  EXPECT_EQ(note_text(message.messages[0], "from_journal"), "Bcc: eve@other.example");
  EXPECT_FALSE(message.messages[0].sender);
}

TEST(JournalReport, WithLineEndsOfTheWireIsTheSame) {
  std::string wire;
  for (const char c : report(kEnvelope)) wire += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(addresses(read_message(wire, Limits{}).messages.at(0).bcc), "eve@other.example");
}

TEST(JournalReport, OnBehalfOfNamesTheDelegate) {
  const auto message = read_message(
      report("Sender: delegate@firm.example\nOn-Behalf-Of: ann@firm.example\nSubject: x\nRecipient: bob@client.example\n"),
      Limits{});
  ASSERT_TRUE(message.journal);
  EXPECT_EQ(message.messages.at(0).sender->address, "delegate@firm.example");
  EXPECT_EQ(addresses(message.messages.at(0).bcc), "");
}

TEST(JournalReport, OfAnotherVendorNeedsNoFieldOfMicrosofts) {
  std::string other = report(kEnvelope);
  other.replace(other.find("X-MS-Journal-Report"), 19, "X-Other-Archive-IDs");
  EXPECT_TRUE(read_message(other, Limits{}).journal);
}

TEST(JournalReport, AMessageThatSaysAnythingElseIsNoEnvelope) {
  const struct {
    const char* name;
    std::string bytes;
  } cases[] = {
      {"words beside the envelope", report(std::string(kEnvelope) + "Merci de payer sur notre nouveau compte\n")},
      {"no recipient", report("Sender: a@firm.example\nSubject: x\n")},
      {"a file beside it", report(kEnvelope, kInside, "--x\nContent-Type: application/pdf; name=a.pdf\n\n%PDF\n")},
      {"other words as HTML", report(kEnvelope, kInside, "--x\nContent-Type: text/html\n\n<p>Payez ici</p>\n")},
      {"an ordinary forward", report("Bonjour,\nvoir ci-joint\n")},
      {"no message inside", "Subject: x\nX-MS-Journal-Report:\n\n" + std::string(kEnvelope)},
  };
  for (const auto& one : cases) {
    const auto message = read_message(one.bytes, Limits{});
    EXPECT_FALSE(message.journal) << one.name;
    for (const Message& inside : message.messages) EXPECT_TRUE(inside.bcc.empty()) << one.name;
  }
}

}  // namespace
}  // namespace threadline::message
