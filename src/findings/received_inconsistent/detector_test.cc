// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(Mail mail) {
  Investigation investigation("own.example");
  return fired(investigation.judge(mail), "received_inconsistent");
}

Mail mail() { return Mail(1, "ann@firm.example", "bob@own.example"); }

TEST(ReceivedInconsistent, IsSilentForOrdinaryWays) {
  EXPECT_EQ(judged(mail()), "");
  EXPECT_EQ(judged(mail().hop("pc", "mail.firm.example", 0, false).hop("mail.firm.example", "mx.own.example", 1, true)), "");
  EXPECT_EQ(judged(mail().hop("pc", "mail.firm.example", 30, false).hop("mail.firm.example", "mx.own.example", -5, true)), "");
  EXPECT_EQ(judged(mail().hop("mail.firm.example", "mx.own.example", 2 * 24 * 60, true)), "");
}

TEST(ReceivedInconsistent, AHopThatImitatesTheBorderIsMedium) {
  EXPECT_EQ(judged(mail()
                       .hop("mail.firm.example", "mx.own.example", 0, false)
                       .hop("x", "relay.evil.example", 1, false)
                       .hop("relay.evil.example", "mx.own.example", 2, true)),
            "received_inconsistent:medium");
}

TEST(ReceivedInconsistent, TimeThatRunsBackwardsForDaysIsLow) {
  EXPECT_EQ(judged(mail().hop("pc", "mail.firm.example", 3 * 24 * 60, false).hop("mail.firm.example", "mx.own.example", 1, true)),
            "received_inconsistent:low");
}

TEST(ReceivedInconsistent, ADateThatIsAYearAwayIsLow) {
  EXPECT_EQ(judged(mail().hop("mail.firm.example", "mx.own.example", 365 * 24 * 60, true)), "received_inconsistent:low");
}

}  // namespace
}  // namespace threadline::findings
