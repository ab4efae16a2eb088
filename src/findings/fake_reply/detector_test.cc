// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(Mail mail) {
  Investigation investigation("own.example");
  return fired(investigation.judge(mail), "fake_reply");
}

Mail reply() { return Mail(1, "ann@firm.example", "bob@own.example").subject("Re: bill"); }

TEST(FakeReply, IsSilentWhereSomethingTiesItToAThread) {
  facts::ThreadIndex child;
  child.child_times = {Instant{}};
  Mail by_index = reply(), automatic = reply();
  by_index.facts.thread.index = child;
  automatic.facts.kind = facts::MessageKind::auto_reply;
  EXPECT_EQ(judged(reply().refers_to("<x@firm.example>")), "");
  EXPECT_EQ(judged(by_index), "");
  EXPECT_EQ(judged(automatic), "");
  EXPECT_EQ(judged(Mail(1, "ann@firm.example", "bob@own.example")), "");
}

TEST(FakeReply, IsSilentForAMapiObjectThatDoesNotSayWhetherItAnswers) {
  Mail sent = reply(), meeting = reply(), with_root_only = reply();
  sent.facts.has_header = false;
  meeting.facts.kind = facts::MessageKind::meeting_accepted;
  with_root_only.facts.has_header = false;
  with_root_only.facts.thread.index = facts::ThreadIndex{};
  EXPECT_EQ(judged(sent), "");
  EXPECT_EQ(judged(meeting), "");
  EXPECT_EQ(judged(with_root_only), "fake_reply:low");
}

TEST(FakeReply, IsSilentWhereTheQuotedMailIsInEvidence) {
  Investigation investigation("own.example");
  Mail first(1, "bob@own.example", "ann@firm.example"), next(9, "ann@firm.example", "bob@own.example");
  investigation.judge(first.text("the words of the first mail"));
  EXPECT_EQ(fired(investigation.judge(next.subject("Re: facturation en retard").quotes(first)), "fake_reply"), "");
}

TEST(FakeReply, IsSilentForAForwardThatAttachesItsOriginal) {
  Mail carrier = reply().subject("Fwd: bill");
  carrier.facts.attachments = {{.name = "bill.eml", .type = "message/rfc822", .size = 9, .sha256 = {}, .part = "2", .note = {}}};
  EXPECT_EQ(judged(carrier), "");
  carrier.facts.attachments.front().type = "application/pdf";
  EXPECT_EQ(judged(carrier), "fake_reply:low");
  carrier.facts.attachments.front().type = "application/octet-stream";
  carrier.facts.conversation.quoted.emplace_back().form = facts::QuoteForm::attached;
  EXPECT_EQ(judged(carrier), "");
}

TEST(FakeReply, IsSilentForANoticeThatOnlyItsSenderMarks) {
  EXPECT_EQ(judged(Mail(1, "MAILER-DAEMON@firm.example", "bob@own.example").subject("Returned mail").quotes(reply())), "");
  EXPECT_EQ(judged(Mail(1, "postmaster@firm.example", "bob@own.example").subject("Re: bill")), "");
}

TEST(FakeReply, IsLessSureForAForwardAndAPastedHistory) {
  const auto confidence = [](Mail mail) {
    Investigation investigation("own.example");
    return finding(investigation.judge(mail), "fake_reply")->confidence;
  };
  EXPECT_GT(confidence(reply()), confidence(reply().subject("Fwd: bill")));
  EXPECT_GT(confidence(reply().subject("Fwd: bill")), confidence(reply().subject("bill").quotes(reply())));
  Mail phone = reply();
  phone.facts.mobile = true;
  EXPECT_GT(confidence(reply()), confidence(phone));
}

TEST(FakeReply, IsLowForAnAnswerToNothing) {
  EXPECT_EQ(judged(reply()), "fake_reply:low");
  EXPECT_EQ(judged(reply().subject("bill").quotes(reply())), "fake_reply:low");
}

}  // namespace
}  // namespace threadline::findings
