// SPDX-License-Identifier: Apache-2.0
#include "facts/transport/arc.h"

#include <gtest/gtest.h>

#include "facts/facts.h"
#include "message/read_message.h"

namespace threadline::facts {
namespace {

std::vector<ArcSet> sets_of(const std::string& header) { return read_arc_sets(message::read_message(header + "\r\nx\r\n", {})); }

TEST(Arc, ASetIsItsSealAndItsSignature) {
  const std::string seal = "ARC-Seal: i=2; a=rsa-sha256; t=1522917430; cv=pass; d=list.example; s=two; b=AAAA";
  const auto sets = sets_of(seal +
                            "\r\n"
                            "ARC-Message-Signature: i=2; a=rsa-sha256; d=sign.list.example; s=two; h=from; bh=AAAA; b=AAAA\r\n"
                            "ARC-Seal: i=1; a=rsa-sha256; t=1522917420; cv=none;\r\n d=Firm.Example; s=o\r\n ne; b=AAAA\r\n");
  ASSERT_EQ(sets.size(), 2U);
  EXPECT_EQ(sets[0].instance, 1U);
  EXPECT_EQ(sets[0].chain, "none");
  EXPECT_EQ(sets[0].domain, "firm.example");
  EXPECT_EQ(sets[0].selector, "one");
  EXPECT_EQ(sets[0].sealed_at, 1'522'917'420);
  EXPECT_EQ(sets[0].signature_domain, "") << "no such field";
  EXPECT_EQ(sets[1].chain, "pass");
  EXPECT_EQ(sets[1].domain, "list.example");
  EXPECT_EQ(sets[1].signature_domain, "sign.list.example");
  EXPECT_EQ(sets[1].span, (Span{"header", 0, seal.size()}));
}

TEST(Arc, AFieldWithoutAnInstanceOfOneToFiftyBelongsToNoSet) {
  for (const char* instance : {"", "i=;", "i=0;", "i=51;", "i=-1;", "i=1x;", "i=99999999999999999999;"})
    EXPECT_TRUE(sets_of("ARC-Seal: " + std::string(instance) + " cv=none; d=firm.example\r\n").empty()) << instance;
  EXPECT_EQ(sets_of("ARC-Seal: i=50; cv=none; d=firm.example\r\n").size(), 1U);
}

TEST(Arc, OfTwoSealsOfOneInstanceTheUpperCounts) {
  const auto sets = sets_of(
      "ARC-Seal: i=1; cv=none; d=upper.example\r\n"
      "ARC-Seal: i=1; cv=fail; d=lower.example\r\n");
  ASSERT_EQ(sets.size(), 1U);
  EXPECT_EQ(sets[0].domain, "upper.example");
  EXPECT_EQ(sets[0].chain, "none");
}

TEST(XReceived, IsReadAsAHopAndIsNoPartOfTheChain) {
  const std::string header =
      "X-Received: by 2001:db8::1 with SMTP id b2; Thu, 05 Apr 2018 01:37:05 -0700 (PDT)\r\n"
      "Received: from out.firm.example (out.firm.example [192.0.2.9]) by mx.own.example with ESMTPS id 1; Thu, 5 Apr 2018 "
      "10:37:04 "
      "+0200\r\n"
      "X-Received: by 2001:db8::2 with SMTP id a1; Thu, 05 Apr 2018 01:37:02 -0700 (PDT)\r\n";
  const Facts facts = read_facts(message::read_message(header + "\r\nx\r\n", {}), Settings{});
  EXPECT_EQ(facts.route.hops.size(), 1U);
  ASSERT_EQ(facts.route.x_received.size(), 2U);
  EXPECT_EQ(facts.route.x_received[0].id, "a1");
  EXPECT_EQ(facts.route.x_received[1].delay_seconds, 3);
  Settings one;
  one.limits.hops = 1;
  const Facts bounded = read_facts(message::read_message(header + "\r\nx\r\n", {}), one);
  EXPECT_EQ(bounded.route.x_received.size(), 1U);
  ASSERT_FALSE(bounded.route.notes.empty());
  EXPECT_EQ(bounded.route.notes.back().text, "hops");
}

}  // namespace
}  // namespace threadline::facts
