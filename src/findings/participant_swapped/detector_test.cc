// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(std::string_view to, std::string_view cc) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "bob@own.example"), next(2, "bob@own.example", to);
  investigation.judge(first);
  next.answers(first);
  if (!cc.empty()) next.cc(cc);
  return fired(investigation.judge(next), "participant_swapped");
}

TEST(ParticipantSwapped, IsSilentWhereTheTrueAddressIsStillThere) {
  EXPECT_EQ(judged("ann.miller@bigsupplier.example", ""), "");
  EXPECT_EQ(judged("ann.miller@bigsupplier.example", "Ann Miller <ann.miller@gmail.com>"), "");
  EXPECT_EQ(judged("Zoe Quinn <zoe@elsewhere.example>", ""), "");
}

TEST(ParticipantSwapped, FiresWhereATwinStandsInsteadOfTheTrueAddress) {
  EXPECT_EQ(judged("ann.miller@bigsuppller.example", ""), "participant_swapped:high");
  EXPECT_EQ(judged("bob2@own.example", "ann.miller@bigsuppller.example"), "participant_swapped:high");
  EXPECT_EQ(judged("Ann Miller <ann.miller@gmail.com>", ""), "participant_swapped:medium");
}

TEST(ParticipantSwapped, ATwinMadeFromNameAndFirmCounts) {
  EXPECT_EQ(judged("annmiller@gmail.com", ""), "participant_swapped:medium");
  EXPECT_EQ(judged("ann.miller.bigsupplier@gmail.com", ""), "participant_swapped:medium");
  EXPECT_EQ(judged("ann.miner@gmail.com", ""), "");
}

/// A conversation of two people with a firm's mailbox in Cc, then a mail of one of them with another mailbox in its stead.
std::string judged_with_mailbox(std::string_view mailbox, std::string_view then, bool goes_out = false) {
  constexpr std::string_view kAnn = "Ann Miller <ann.miller@bigsupplier.example>", kBob = "bob@own.example";
  Investigation investigation("own.example");
  Mail first(1, kAnn, kBob), next(2, goes_out ? kBob : kAnn, goes_out ? kAnn : kBob);
  first.cc(mailbox);
  investigation.judge(first);
  next.answers(first);
  next.cc(then);
  return fired(investigation.judge(next), "participant_swapped");
}

TEST(ParticipantSwapped, AMailboxOfAFirmIsAParticipantAsItsPeopleAre) {
  for (const bool goes_out : {false, true}) {
    EXPECT_EQ(judged_with_mailbox("orders@bigsupplier.example", "orders@bigsuppller.example", goes_out),
              "participant_swapped:high");
    EXPECT_EQ(
        judged_with_mailbox("Billing <billing-eu@bigsupplier.example>", "Billing <billing-eu@bigsuppller.example>", goes_out),
        "participant_swapped:high");
    EXPECT_EQ(judged_with_mailbox("orders@bigsupplier.example", "orders@bigsupplier.example", goes_out), "");
  }
}

}  // namespace
}  // namespace threadline::findings
