// SPDX-License-Identifier: Apache-2.0
// Where the trusted border of a chain stands, and what is trusted because of it.
#include <gtest/gtest.h>

#include <algorithm>

#include "facts/transport/authentication.h"
#include "facts/transport/hop.h"
#include "transport_route_scene.h"

namespace threadline::facts {
namespace {

TEST(Route, TheBorderIsWhereTheReceiversRunBegins) {
  const Route route = route_of({kStore, kEntry, kOrigin});
  EXPECT_EQ(route.border, 1);
  EXPECT_TRUE(route.hops[1].trusted);
  EXPECT_TRUE(route.hops[1].trust_inferred);
  EXPECT_FALSE(route.hops[0].trusted);
}

TEST(Route, AnImitatedHopBelowTheBorderIsNotTrusted) {
  const Field fake{
      "Received",
      "from ceo (pc.firm.example [10.0.0.77]) by mx.firm.example (Postfix) with ESMTPA id 0; Thu, 5 Apr 2018 09:59:00 +0200"};
  const Route route = route_of({kStore, kEntry, fake});
  EXPECT_EQ(route.border, 1);
  EXPECT_FALSE(route.hops[0].trusted);
}

TEST(Route, AHeloThatClaimsToBeInsideDoesNotMoveTheBorder) {
  const Field liar{"Received",
                   "from mx.firm.example (evil.isp.example [203.0.113.9]) by mx.firm.example (Postfix) with ESMTP id 2; Thu, 5 "
                   "Apr 2018 10:00:07 +0200"};
  const Field fake{"Received",
                   "from ceo.firm.example (ceo.firm.example [10.0.0.1]) by mx.firm.example (Postfix) with ESMTP id 1; Thu, 5 Apr "
                   "2018 10:00:00 +0200"};
  EXPECT_EQ(route_of({kStore, liar, fake}).border, 1);
}

TEST(Route, AForgedReverseNameDoesNotMoveTheBorder) {
  const Field liar{"Received",
                   "from mx.firm.example (mx.firm.example [203.0.113.9] (may be forged)) by mx.firm.example (8.15.2/8.15.2) with "
                   "ESMTP id 2; Thu, 5 Apr 2018 10:00:07 +0200"};
  EXPECT_EQ(route_of({kStore, liar, kOrigin}).border, 1);
}

TEST(Route, MicrosoftsServersAreOneOrganisation) {
  const Field mailbox{"Received",
                      "from AM6PR01.eurprd01.prod.outlook.com (2603:10a6:20b::1) by AM7PR01.eurprd01.prod.outlook.com with "
                      "HTTPS; Thu, 5 Apr 2018 08:00:04 +0000"};
  const Field front{
      "Received",
      "from AM5EUR02FT.eop-eur02.prod.protection.outlook.com (2603:10a6:205::2) by AM6PR01.outlook.office365.com "
      "(2603:10a6:20b::1) with Microsoft SMTP Server id 15.20.1 via Frontend Transport; Thu, 5 Apr 2018 08:00:03 +0000"};
  const Field entry{"Received",
                    "from mail.host.example (203.0.113.20) by AM5EUR02FT.mail.protection.outlook.com (10.152.8.1) with Microsoft "
                    "SMTP Server id 15.20.1 via Frontend Transport; Thu, 5 Apr 2018 08:00:02 +0000"};
  const Route route =
      route_of({mailbox,
                front,
                {"Authentication-Results",
                 "spf=fail (sender IP is 203.0.113.20) smtp.mailfrom=firm.example; dkim=none (message not signed) "
                 "header.d=none;dmarc=fail action=none header.from=firm.example;compauth=fail reason=001"},
                entry,
                kOrigin});
  EXPECT_EQ(route.border, 1);
  ASSERT_EQ(route.auth.size(), 4U);
  EXPECT_TRUE(route.auth[2].trusted);
  EXPECT_EQ(route.auth[2].method, "dmarc");
  EXPECT_EQ(route.auth[2].result, "fail");
  EXPECT_EQ(route.auth[2].properties[1].second, "firm.example");
  EXPECT_EQ(route.auth[3].method, "compauth");
  EXPECT_EQ(route.auth[3].properties[0], (std::pair<std::string, std::string>{"reason", "001"}));
  EXPECT_EQ(route.auth[0].by, "");
}

TEST(Route, GmailsResultsUnderItsOwnHopAreTrustedAndASecondClaimIsNot) {
  const Field outer{"Received", "by 2002:a05:6504:1::1 with SMTP id x1; Thu, 5 Apr 2018 01:00:02 -0700 (PDT)"};
  const Field entry{"Received",
                    "from out.sender.example (out.sender.example. [192.0.2.9]) by mx.google.com with ESMTPS id y for "
                    "<x@gmail.com>; Thu, 5 Apr 2018 01:00:01 -0700 (PDT)"};
  const Route route =
      route_of({outer,
                entry,
                {"Received-SPF",
                 "pass (google.com: domain of a@sender.example designates 192.0.2.9 as permitted sender) client-ip=192.0.2.9;"},
                {"Authentication-Results", "mx.google.com; dmarc=fail header.from=sender.example"},
                {"Authentication-Results", "mx.google.com; dmarc=pass header.from=sender.example"}});
  EXPECT_EQ(route.border, 0);
  ASSERT_EQ(route.auth.size(), 3U);
  EXPECT_TRUE(route.auth[1].trusted);
  EXPECT_EQ(route.auth[1].result, "fail");
  EXPECT_FALSE(route.auth[2].trusted);
}

TEST(Route, ResultsFromBelowTheBorderAreTheSendersOwnWord) {
  const Route route = route_of({{"Authentication-Results", "mx.firm.example; spf=pass smtp.mailfrom=sender.example"},
                                kStore,
                                kEntry,
                                kOrigin,
                                {"Authentication-Results", "mx.firm.example; dmarc=pass header.from=firm.example"}});
  ASSERT_EQ(route.auth.size(), 2U);
  EXPECT_TRUE(route.auth[0].trusted);
  EXPECT_FALSE(route.auth[1].trusted);
}

TEST(Route, ThePolicysRelaysDecideWhereTheBorderIs) {
  const Field gateway{"Received",
                      "from gw.filter.example (gw.filter.example [198.51.100.20]) by mx.firm.example (Postfix) with ESMTPS id 2; "
                      "Thu, 5 Apr 2018 10:00:07 +0200"};
  const Field entry{"Received",
                    "from out.sender.example (out.sender.example [192.0.2.9]) by gw.filter.example with ESMTPS id 1; Thu, 5 Apr "
                    "2018 10:00:05 +0200"};
  for (const std::string relay : {".filter.example", "gw.filter.example", "198.51.100.0/24", "198.51.100.20"}) {
    const Route route = route_of({gateway, entry, kOrigin}, {relay, "mx.firm.example"});
    EXPECT_EQ(route.border, 1) << relay;
    EXPECT_FALSE(route.hops[1].trust_inferred);
  }
  EXPECT_EQ(route_of({gateway, entry}, {"mx.firm.example"}).border, 1) << "without the gateway the border is the last hop";
  EXPECT_EQ(route_of({gateway, entry}, {"other.example"}).border, -1);
}

/// Where the border stands by a list of relays, of fields top first.
std::int32_t border_of(const std::vector<std::string>& values, const std::vector<std::string>& relays) {
  std::vector<Field> fields;
  for (const std::string& value : values) fields.emplace_back("Received", value + "; Thu, 5 Apr 2018 10:00:07 +0200");
  return route_of(fields, relays).border;
}

TEST(Route, AFilterOnTheSameHostIsTheListedReceivers) {
  const std::string back = "from localhost (localhost [127.0.0.1]) by mx.firm.example (Postfix) with ESMTP id 3";
  const std::string filter =
      "from mx.firm.example ([127.0.0.1]) by localhost (mx.firm.example [127.0.0.1]) (amavis) with ESMTP id 2";
  const std::string entry =
      "from out.sender.example (out.sender.example [192.0.2.9]) by mx.firm.example (Postfix) with ESMTPS id 1";
  const std::string fake = "from pc (pc [10.0.0.1]) by localhost (localhost [127.0.0.1]) with ESMTP id 0";
  EXPECT_EQ(border_of({back, filter, entry, fake}, {".firm.example"}), 1);
  EXPECT_EQ(border_of({entry, fake}, {".firm.example"}), 1) << "from outside: what is below is the sender's";
  EXPECT_EQ(border_of({fake, entry}, {".other.example"}), 1) << "its top hop alone is the receiver's";
  const std::string collected = "from mx.firm.example [203.0.113.1] by localhost with IMAP (fetchmail-6.4.37)";
  EXPECT_EQ(border_of({collected, entry, fake}, {"mx.firm.example", "203.0.113.1"}), 1);
}

TEST(Route, AListOfAddressesAloneMakesTheBorderTheLastHopThatCameFromNoneOfThem) {
  const std::string store =
      "from mx1.firm.example (mx1.firm.example [192.0.2.10]) by imap1.firm.example (Postfix) with ESMTP id 2";
  const std::string entry = "from vps.evil.test (vps.evil.test [203.0.113.66]) by mx1.firm.example (Postfix) with ESMTPS id 1";
  const std::string fake = "from pc (pc [10.0.0.1]) by mx1.firm.example (Postfix) with ESMTPA id 0";
  for (const char* relay : {"192.0.2.10", "192.0.2.0/24"}) {
    EXPECT_EQ(border_of({store, entry, fake}, {relay}), 1) << relay;
    EXPECT_EQ(border_of({entry, fake}, {relay}), 1) << relay << ": the last host is the receiver's";
  }
  const std::string filter = "from gw.filter.test (gw.filter.test [192.0.2.10]) by mx1.firm.example (Postfix) with ESMTP id 2";
  const std::string at_filter = "from vps.evil.test (vps.evil.test [203.0.113.66]) by gw.filter.test with ESMTPS id 1";
  EXPECT_EQ(border_of({filter, at_filter, fake}, {"192.0.2.10"}), 1) << "another organisation's relay";
  const std::string named =
      "from mx2.firm.example (mx2.firm.example [198.51.100.7]) by imap1.firm.example (Postfix) with ESMTP id 2";
  EXPECT_EQ(border_of({named, entry}, {"192.0.2.10"}), 1) << "a name does not make it a relay";
  const std::string inner = "from mx1.firm.example ([10.0.0.5]) by imap1.firm.example with LMTP id 2";
  EXPECT_EQ(border_of({inner, entry, fake}, {"192.0.2.10"}), 1);
}

TEST(Route, AListThatKnowsNothingOfTheChainIsANote) {
  const auto said = [](const std::vector<std::string>& relays) {
    const Route route = route_of({kStore, kEntry, kOrigin}, relays);
    const bool is_noted = std::ranges::any_of(route.notes, [](const Note& note) { return note.code == "no_trusted_relay"; });
    return (is_noted ? "noted " : "") + std::to_string(route.border) + (route.hops[2].trust_inferred ? " inferred" : "");
  };
  EXPECT_EQ(said({}), "1 inferred");
  EXPECT_EQ(said({"mx.other.example"}), "noted -1");
  EXPECT_EQ(said({"198.51.100.77"}), "noted 1 inferred");
  EXPECT_EQ(said({"10.0.0.5"}), "1");
  EXPECT_EQ(said({".firm.example"}), "1");
}

TEST(Route, ADotAtTheEndOfAHostsNameIsTheRoots) {
  const std::string entry = "from vps.evil.test (vps.evil.test [203.0.113.66]) by mx1.firm.example (Postfix) with ESMTPS id 1";
  const std::string dotted = "from vps.evil.test (vps.evil.test [203.0.113.66]) by mx1.firm.example. (Postfix) with ESMTPS id 1";
  EXPECT_EQ(border_of({entry}, {"mx1.firm.example."}), 0);
  EXPECT_EQ(border_of({entry}, {".firm.example."}), 0);
  EXPECT_EQ(border_of({dotted}, {"mx1.firm.example"}), 0);
}

TEST(Route, AHeloWithoutAnAddressMovesTheBorderOnlyWhereNoSmtpBroughtIt) {
  const std::string fake =
      "from out.sender.test (out.sender.test [198.51.100.20]) by backup.firm.example (Postfix) with ESMTPS id 1";
  const auto border = [&](const std::string& last) {
    const std::int32_t listed = border_of({last, fake}, {".firm.example"});
    EXPECT_EQ(border_of({last, fake}, {}), listed) << last;
    return listed;
  };
  EXPECT_EQ(border("from backup.firm.example by mail.firm.example (MDaemon PRO v21.0.1) with ESMTP id md5.msg"), 1);
  EXPECT_EQ(border("from backup.firm.example by mail.firm.example with SMTP id 4A"), 1);
  EXPECT_EQ(border("from backup.firm.example by mail.firm.example id 4A"), 1) << "no protocol is said";
  EXPECT_EQ(border("from localhost by mail.firm.example (MDaemon PRO v21.0.1) with ESMTP id md5.msg"), 1);
  EXPECT_EQ(border("from backup.firm.example by mail.firm.example with LMTP id 4A"), 0);
  EXPECT_EQ(border("from murder ([unix socket]) by mail.firm.example (Cyrus v2.3.8) with LMTPA"), 0);
  EXPECT_EQ(border("from backup.firm.example (backup.firm.example [10.0.0.7]) by mail.firm.example (Postfix) with ESMTP id 4A"),
            0);
}

TEST(Route, BehindNamesThatOnlyTheNetworkKnowsTheReceiversPublicNameIsTheBorder) {
  const std::string mailbox =
      "from EX02.firm.local (10.10.1.22) by EX01.firm.local (10.10.1.21) with Microsoft SMTP Server id 15.1";
  const std::string front =
      "from esa1.firm.example (10.10.0.9) by mail.firm.example (10.10.1.21) with Microsoft SMTP Server id 15.1";
  const std::string filter =
      "from unknown (HELO vps.evil.test) ([203.0.113.61]) by esa1.firm.example with ESMTP/TLS/ECDHE-RSA-AES256-GCM-SHA384";
  const std::string entry =
      "from vps.evil.test (203.0.113.61) by mail.firm.example (10.10.1.21) with Microsoft SMTP Server id 15.1";
  const std::string fake = "from pc (pc [10.0.0.1]) by mail.firm.example (Postfix) with ESMTPA id 0";
  EXPECT_EQ(border_of({mailbox, front, filter, fake}, {}), 1);
  EXPECT_EQ(border_of({mailbox, entry, fake}, {}), 1);
  const std::string gate = "from vps.evil.test (172.17.0.1) by mail.firm.local (Postfix) with ESMTPS id 1";
  EXPECT_EQ(border_of({gate, fake}, {}), 1) << "a container's proxy hides who came: what is below is the sender's";
  EXPECT_EQ(border_of({mailbox, "from vps.evil.test (203.0.113.61) by mx.google.com with ESMTPS id 1"}, {}), 1)
      << "no operator's host stands in a house's network";
  const std::string operators = "from EX02.firm.local (10.10.1.22) by mx1.mail.ovh.net (Postfix) with ESMTPS id 1";
  EXPECT_EQ(border_of({operators, "from pc (10.10.1.3) by EX02.firm.local with ESMTP id 1"}, {}), 1)
      << "a customer of the operator's";
}

/// Behind a translated address HELO is all that the receiver knows of its peer: a stamp below it dates nothing back.
TEST(Route, BehindAnInnerNameTheBorderIsItsPeersAndNoOlder) {
  const auto border = [](const std::string& helo, const std::string& date) {
    const Field inner{"Received",
                      "from " + helo +
                          " (10.0.0.1) by ex1.firm.local with Microsoft SMTP Server id 15.1; Mon, 2 Nov 2026 10:00:00 "
                          "+0100"};
    const Field below{"Received", "from pc (pc [203.0.113.9]) by mx.firm.example (Postfix) with ESMTPS id 1; " + date};
    return route_of({inner, below}).border;
  };
  EXPECT_EQ(border("mx", "Mon, 2 Nov 2026 09:59:00 +0100"), 0);
  EXPECT_EQ(border("PC1", "Mon, 2 Nov 2026 09:59:00 +0100"), 1) << "another host's";
  EXPECT_EQ(border("mx", "Mon, 5 Jan 2026 10:00:00 +0100"), 1) << "months before";
}

TEST(Route, BehindTheProgramThatEmptiedAMailboxItsHostIsTheReceiver) {
  const std::string entry = "from vps.evil.test (vps.evil.test [203.0.113.66]) by mx1.host.test (Postfix) with ESMTPS id 1";
  const std::string fake = "from pc (pc [10.0.0.1]) by mx1.host.test (Postfix) with ESMTPA id 0";
  for (const char* last : {"from pop.isp.test [198.51.100.200] by pc1.local with POP3 (fetchmail-6.4.37)",
                           "from pop.host.test by pc1.firm.example with POP3-SSL getmail6 version 6.18.13",
                           "from imap.host.test [198.51.100.200] by pc1.firm.example with IMAP (fetchmail-6.4.37)"})
    EXPECT_EQ(border_of({last, entry, fake}, {}), 1) << last;
}

TEST(Route, AnOperatorsOtherNamesAndInnerAddressesAreTheListedReceivers) {
  const std::string mailbox =
      "from AM6.eurprd01.prod.exchangelabs.com (2603:10a6:20b::1) by AM7.eurprd01.prod.outlook.com with HTTPS";
  const std::string front =
      "from AM5.mail.protection.outlook.com (2603:10a6:205::2) by AM6.outlook.office365.com (2603:10a6:20b::1) with Microsoft "
      "SMTP Server";
  const std::string entry =
      "from mail.host.example (203.0.113.20) by AM5.mail.protection.outlook.com (10.152.8.1) with Microsoft SMTP Server";
  const std::string fake = "from a.prod.outlook.com (2603:10a6:205::2) by b.prod.outlook.com (2603:10a6:205::3) with mapi";
  EXPECT_EQ(border_of({mailbox, front, entry, fake}, {".outlook.com"}), 1);
  EXPECT_EQ(border_of({entry, fake}, {".outlook.com"}), 1);
  EXPECT_EQ(border_of({"by 2002:a05:6504:1::1 with SMTP id x",
                       "from out.sender.example (out.sender.example. [192.0.2.9]) by mx.google.com with ESMTPS id y"},
                      {"mx.google.com"}),
            0);
  EXPECT_EQ(border_of({"from a.ovh.net (a.ovh.net [198.51.100.1]) by b.ovh.net with ESMTP id 1"}, {"c.ovh.net"}), -1)
      << "a host of customers' machines";
}

}  // namespace
}  // namespace threadline::facts
