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

std::string judged_envelope(std::string_view recipient) {
  Investigation investigation("own.example");
  Mail first(1, "Ann Miller <ann.miller@bigsupplier.example>", "bob@own.example"), again = first;
  again.facts.message_id = "<again@mail.example>";
  investigation.judge(first);
  investigation.judge(again);
  Mail out(5, "bob@own.example", "ann.miller@bigsupplier.example");
  out.answers(first);
  out.facts.envelope_recipients = {"ann.miller@bigsupplier.example", std::string(recipient)};
  return fired(investigation.judge(out), "outbound_to_lookalike");
}

TEST(OutboundToLookalike, ABlindCopyStandsInTheEnvelopeAlone) {
  EXPECT_EQ(judged_envelope("ann.miller@bigsuppller.example"), "outbound_to_lookalike:critical");
  EXPECT_EQ(judged_envelope("ann.miller@bigsupplier.example"), "");
  EXPECT_EQ(judged_envelope("zoe@elsewhere.example"), "");
}

TEST(OutboundToLookalike, TheEnvelopeOfWhatComesInIsNobodysRecipient) {
  Investigation investigation("own.example");
  Mail in(1, "ann@supplier.example", "bob@own.example");
  in.facts.envelope_recipients = {"bob@own.example", "eve@own.example"};
  EXPECT_EQ(all_fired(investigation.judge(in), Severity::low), "");
}

TEST(OutboundToLookalike, WhoGetsABlindCopyIsACorrespondentLater) {
  Investigation investigation("own.example");
  for (const int number : {1, 2}) {
    Mail out(number, "bob@own.example", "zoe@elsewhere.example");
    out.facts.envelope_recipients = {"zoe@elsewhere.example", "ann.miller@bigsupplier.example"};
    investigation.judge(out);
  }
  Mail answer(9, "bob@own.example", "ann.miller@bigsuppller.example");
  EXPECT_EQ(fired(investigation.judge(answer), "outbound_to_lookalike"), "outbound_to_lookalike:high");
}

}  // namespace
}  // namespace threadline::findings
