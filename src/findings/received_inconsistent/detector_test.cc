// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "findings/scene.h"

namespace threadline::findings {
namespace {

using namespace scene;

std::string judged(Mail mail) {
  Investigation investigation("own.example");
  return fired(investigation.judge(mail), "received_inconsistent");
}

Mail mail() { return Mail(1, "ann@firm.example", "bob@own.example"); }

/// The peer of the last hop as its receiver saw it.
Mail peer(Mail mail, const char* name, const char* ip) {
  mail.facts.route.hops.back().from.name = name;
  mail.facts.route.hops.back().from.ip = ip;
  return mail;
}

/// A way whose last hop, the border, names its predecessor as it should or not.
Mail linked(Mail mail, facts::Link link) {
  mail.facts.route.hops.back().link = link;
  return mail;
}

std::string reason(const Mail& mail) {
  Investigation investigation("own.example");
  for (const Finding& finding : investigation.judge(mail)) {
    if (finding.code == "received_inconsistent") return *finding.evidence.find("reason")->text();
  }
  return {};
}

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

TEST(ReceivedInconsistent, AnImitationStraightBelowTheBorderIsMedium) {
  const auto forged = [](const char* by) {
    return peer(mail().hop("pc", by, 0, false).hop("vps.evil.example", "mx.own.example", 1, true), "vps.evil.example",
                "203.0.113.9");
  };
  EXPECT_EQ(judged(forged("mx.own.example")), "received_inconsistent:medium");
  EXPECT_EQ(judged(forged("mail.own.example")), "received_inconsistent:medium");
  EXPECT_EQ(judged(forged("mail.evil.example")), "") << "its own server";
  EXPECT_EQ(judged(peer(mail().hop("pc", "mail.own.example", 0, false).hop("mail.own.example", "mx.own.example", 1, true),
                        "mail.own.example", "203.0.113.8")),
            "")
      << "the own mail server of another site";
  EXPECT_EQ(judged(peer(Mail(1, "eve@own.example", "bob@own.example")
                            .hop("pc", "mail.own.example", 0, false)
                            .hop("list.evil.example", "mx.own.example", 1, true),
                        "list.evil.example", "203.0.113.9")),
            "")
      << "own mail that came back";
}

TEST(ReceivedInconsistent, ABrokenLinkIsLowWhereTheSendersOrganisationIsSaidToHaveSentItOn) {
  const auto broken = [](const char* by, const char* from, facts::Link link) {
    return linked(peer(mail().hop("pc", by, 0, false).hop(from, "mx.own.example", 1, true), from, "203.0.113.9"), link);
  };
  EXPECT_EQ(reason(broken("mail.firm.example", "vps.evil.example", facts::Link::none)), "broken_link");
  EXPECT_EQ(judged(broken("mail.firm.example", "vps.evil.example", facts::Link::none)), "received_inconsistent:low");
  EXPECT_EQ(reason(broken("mail.firm.example", "out.firm.example", facts::Link::organisation)), "");
  EXPECT_EQ(reason(broken("mail.firm.example", "x.outbound.protection.outlook.com", facts::Link::none)), "") << "an operator's";
  EXPECT_EQ(reason(broken("smtp.host.example", "vps.evil.example", facts::Link::none)), "")
      << "a host that nobody pretends to be";
}

TEST(ReceivedInconsistent, APrivateAddressOfTheSendersOrganisationAtAnothersHostIsLow) {
  const auto inner = [](const char* name, const char* ip) {
    Mail way = peer(mail().hop("mail.firm.example", "relay.other.example", 0, false), name, ip);
    return way.hop("relay.other.example", "mx.own.example", 1, true);
  };
  EXPECT_EQ(reason(inner("mail.firm.example", "10.0.0.5")), "private_address");
  EXPECT_EQ(reason(inner("mail.firm.example", "203.0.113.5")), "");
  EXPECT_EQ(reason(inner("", "10.0.0.5")), "") << "NAT hides the name";
  EXPECT_EQ(reason(inner("gateway.other.example", "172.17.0.1")), "") << "a container's proxy";
}

TEST(ReceivedInconsistent, NamesThePairAndQuotesBothLines) {
  Investigation investigation("own.example");
  const auto findings = investigation.judge(
      mail().hop("pc", "mail.firm.example", 3 * 24 * 60, false).hop("mail.firm.example", "mx.own.example", 1, true));
  const auto found = std::ranges::find(findings, "received_inconsistent", &Finding::code);
  ASSERT_NE(found, findings.end());
  ASSERT_EQ(found->because.size(), 2U);
  EXPECT_EQ(found->because[0].text, "Received: from pc by mail.firm.example");
  EXPECT_EQ(found->because[1].text, "Received: from mail.firm.example by mx.own.example");
  EXPECT_EQ(*found->evidence.find("seconds")->integer(), -(3 * 24 * 60 - 1) * 60);
  EXPECT_EQ(*found->evidence.find("by")->text(), "mail.firm.example");
}

TEST(ReceivedInconsistent, QuotesTheDateAtItsBytes) {
  Investigation investigation("own.example");
  Mail late = mail().hop("mail.firm.example", "mx.own.example", 30 * 24 * 60, true);
  late.facts.field_places = {{"From", {"header", 0, 20}}, {"Date", {"header", 22, 37}}};
  const auto findings = investigation.judge(late);
  const auto found = std::ranges::find(findings, "received_inconsistent", &Finding::code);
  ASSERT_NE(found, findings.end());
  EXPECT_EQ(found->because.front().span, (Span{"header", 22, 37}));
}

TEST(ReceivedInconsistent, TimeThatRunsBackwardsForDaysIsLow) {
  EXPECT_EQ(judged(mail().hop("pc", "mail.firm.example", 3 * 24 * 60, false).hop("mail.firm.example", "mx.own.example", 1, true)),
            "received_inconsistent:low");
}

TEST(ReceivedInconsistent, OneSlowClockInTheMiddleIsSilent) {
  EXPECT_EQ(judged(mail()
                       .hop("pc", "mail.firm.example", 0, false)
                       .hop("mail.firm.example", "relay.firm.example", -3 * 24 * 60, false)
                       .hop("relay.firm.example", "mx.own.example", 2, true)),
            "");
}

TEST(ReceivedInconsistent, OneFastClockInTheMiddleIsSilentAndTwoHostsOfOneTimeAreNot) {
  const Mail fast =
      mail().hop("pc", "mail.firm.example", 0, false).hop("mail.firm.example", "relay.firm.example", 3 * 24 * 60, false);
  EXPECT_EQ(judged(Mail(fast).hop("relay.firm.example", "mx.own.example", 2, true)), "");
  EXPECT_EQ(judged(Mail(fast)
                       .hop("relay.firm.example", "out.firm.example", 3 * 24 * 60 + 1, false)
                       .hop("out.firm.example", "mx.own.example", 2, true)),
            "received_inconsistent:low");
}

TEST(ReceivedInconsistent, ADateThatFitsALaterHopIsSilent) {
  EXPECT_EQ(
      judged(mail().hop("pc", "mail.firm.example", -21 * 24 * 60, false).hop("mail.firm.example", "mx.own.example", 1, true)),
      "");
  EXPECT_EQ(reason(mail()
                       .hop("pc", "mail.firm.example", -21 * 24 * 60, false)
                       .hop("mail.firm.example", "mx.own.example", -20 * 24 * 60, true)),
            "date_far_from_first_hop");
}

TEST(ReceivedInconsistent, AWrongYearAheadOrAClockThatNobodySetIsSilent) {
  using namespace std::chrono;
  const auto dated = [](sys_days day) {
    Mail told = mail().hop("mail.firm.example", "mx.own.example", 1, true);  // of 2018-04-05
    told.facts.dates.header->at.seconds += duration_cast<seconds>(day - sys_days{2018y / 4 / 5}).count();
    return told;
  };
  EXPECT_EQ(reason(dated(2019y / 4 / 5)), "");
  EXPECT_EQ(reason(dated(2561y / 4 / 5)), "") << "the Buddhist calendar's year";
  EXPECT_EQ(reason(dated(1970y / 1 / 1)), "");
  EXPECT_EQ(reason(dated(2019y / 6 / 5)), "date_far_from_first_hop");
  EXPECT_EQ(reason(dated(2018y / 5 / 5)), "date_far_from_first_hop");
  EXPECT_EQ(reason(dated(2017y / 4 / 5)), "date_far_from_first_hop") << "backdated by a year";
  EXPECT_EQ(reason(dated(2018y / 3 / 20)), "date_far_from_first_hop");
}

TEST(ReceivedInconsistent, ADateThatIsAYearAwayIsLow) {
  EXPECT_EQ(judged(mail().hop("mail.firm.example", "mx.own.example", 365 * 24 * 60, true)), "received_inconsistent:low");
}

}  // namespace
}  // namespace threadline::findings
