// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(std::string_view from, bool presents) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "bob@own.example"), next(2, from, "bob@own.example");
  first.account(kTrueIban);
  investigation.judge(first);
  next.answers(first);
  if (presents) next.account(kGermanIban);
  return fired(investigation.judge(next), "foreign_sender");
}

TEST(ForeignSender, IsSilentForParticipantsAndTheOwnSide) {
  EXPECT_EQ(judged("ann.miller@bigsupplier.example", false), "");
  EXPECT_EQ(judged("Carl Moore <carl@own.example>", false), "");
}

TEST(ForeignSender, IsInfoForANewcomerAndMediumWhenHePresentsAnAccountInAParticipantsStead) {
  EXPECT_EQ(judged("Zoe Quinn <zoe@elsewhere.example>", false), "foreign_sender:info");
  EXPECT_EQ(judged("Zoe Quinn <zoe@elsewhere.example>", true), "foreign_sender:medium");
}

TEST(ForeignSender, ACustomersAccountInHisAnswerStandsInNobodysStead) {
  const auto answered = [](std::string_view to) {
    Investigation investigation("own.example");
    Mail first(1, "bob@own.example", "desk@customer.example"), next(2, "Zoe Quinn <zoe@elsewhere.example>", to);
    first.account(kTrueIban);
    investigation.judge(first);
    next.answers(first).account(kGermanIban);
    return fired(investigation.judge(next), "foreign_sender");
  };
  EXPECT_EQ(answered("bob@own.example"), "foreign_sender:info");
  EXPECT_EQ(answered("desk@customer.example"), "foreign_sender:medium");
}

}  // namespace
}  // namespace threadline::findings
