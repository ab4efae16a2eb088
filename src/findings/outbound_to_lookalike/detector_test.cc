// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(std::string_view to, bool in_conversation) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "bob@own.example"), again = first, out(5, "bob@own.example", to);
  again.facts.message_id = "<again@mail.example>";
  investigation.judge(first);
  investigation.judge(again);
  if (in_conversation) out.answers(first);
  return fired(investigation.judge(out), "outbound_to_lookalike");
}

TEST(OutboundToLookalike, IsSilentForTheTrueAddressAndForStrangers) {
  EXPECT_EQ(judged("ann.miller@bigsupplier.example", true), "");
  EXPECT_EQ(judged("zoe@elsewhere.example", true), "");
}

TEST(OutboundToLookalike, IsHighAndCriticalInTheReferencesConversation) {
  EXPECT_EQ(judged("ann.miller@bigsuppller.example", false), "outbound_to_lookalike:high");
  EXPECT_EQ(judged("ann.miller@bigsuppller.example", true), "outbound_to_lookalike:critical");
}

TEST(OutboundToLookalike, ConcernsOutboundMailOnly) {
  Investigation investigation("northwind.example");
  EXPECT_EQ(fired(investigation.judge(Mail(1, "a@firm.example", "b@northwlnd.example")), "outbound_to_lookalike"), "");
}

}  // namespace
}  // namespace threadline::findings
