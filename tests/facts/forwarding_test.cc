// SPDX-License-Identifier: Apache-2.0
#include "facts/forwarding.h"

#include <gtest/gtest.h>

#include "message/read_message.h"

namespace threadline::facts {
namespace {

std::vector<ForwardSign> read(const std::string& header, const Limits& limits = {}, std::vector<Note>* notes = nullptr) {
  std::vector<Note> own;
  return read_forward_signs(message::read_message(header + "\nwords\n", limits), limits, notes == nullptr ? own : *notes);
}

/// "Resent-To: b@x.example <- a@y.example".
std::string line(const ForwardSign& sign) {
  std::string text = sign.name + " " + sign.kind + " by{";
  for (const std::string& by : sign.by) text += by + " ";
  text += "} to{";
  for (const std::string& to : sign.to) text += to + " ";
  return text + "}";
}

std::string only(const std::string& header) {
  const auto signs = read(header);
  return signs.size() == 1 ? line(signs.front()) : std::to_string(signs.size()) + " signs";
}

TEST(ForwardSigns, TellWhoSentOnAndToWhom) {
  EXPECT_EQ(only("X-Ms-Exchange-Inbox-Rules-Loop: Bob@Own.Example\n"),
            "X-MS-Exchange-Inbox-Rules-Loop rule by{bob@own.example } to{}");
  EXPECT_EQ(only("X-Forwarded-For: bob@own.example a@x.example, b@x.example\n"),
            "X-Forwarded-For rule by{bob@own.example } to{a@x.example b@x.example }");
  EXPECT_EQ(only("Resent-To: \"A. B.\" <a@x.example>,\n <b@x.example>\n"), "Resent-To resent by{} to{a@x.example b@x.example }");
  EXPECT_EQ(only("X-Yahoo-Forwarded: from bob@own.example to a@x.example\n"),
            "X-Yahoo-Forwarded rule by{bob@own.example } to{a@x.example }");
}

TEST(ForwardSigns, AFieldThatSaysNoIsNone) {
  for (const char* header :
       {"AutoForwarded: false\n", "Auto-Submitted: no\n", "Auto-Submitted: auto-replied\n", "X-Forwarded-For: 192.0.2.7\n",
        "X-MS-Exchange-Generated-Message-Source: Client\n", "Resent-From:\n"})
    EXPECT_EQ(only(header), "0 signs") << header;
}

TEST(ForwardSigns, HaveTheBytesOfTheirField) {
  const auto signs = read("Subject: x\nAutoForwarded: true\n");
  ASSERT_EQ(signs.size(), 1U);
  EXPECT_EQ(signs.front().span.offset, 11U);
  EXPECT_EQ(signs.front().span.length, 19U);
}

TEST(Limits, ForwardSigns) {
  Limits limits;
  limits.forward_signs = 2;
  std::vector<Note> notes;
  const std::string one = "Delivered-To: bob@own.example\n";
  EXPECT_EQ(read(one + one, limits, &notes).size(), 2U);
  EXPECT_TRUE(notes.empty());
  EXPECT_EQ(read(one + one + one, limits, &notes).size(), 2U);
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes.front().text, "forward_signs");
}

TEST(ForwardSigns, ARewrittenSenderIsToldByItsTag) {
  EXPECT_TRUE(is_rewritten_sender("SRS0=HHH=TT=x.example=ann@own.example"));
  EXPECT_TRUE(is_rewritten_sender("srs1+HHH=relay.example==HHH=TT=x.example=ann@own.example"));
  for (const char* address : {"", "srs0", "srs@own.example", "srs0x@own.example", "prvs=1=ann@own.example"})
    EXPECT_FALSE(is_rewritten_sender(address)) << address;
}

}  // namespace
}  // namespace threadline::facts
