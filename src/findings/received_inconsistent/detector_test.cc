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
  EXPECT_EQ(judged(mail().hop("pc", "mail.firm.example", 10, false).hop("mail.firm.example", "mx.own.example", -5, true)), "")
      << "clocks drift";
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

TEST(ReceivedInconsistent, AnOwnNameInHeloAloneHidesNoImitation) {
  const auto forged = [](const char* helo, const char* name, const char* shape = "postfix", const char* ip = "203.0.113.9") {
    Mail way =
        peer(mail().hop("out.firm.example", "backup.own.example", 0, false).hop(helo, "mx.own.example", 1, true), name, ip);
    way.facts.route.hops.back().shape = shape;
    return judged(std::move(way));
  };
  EXPECT_EQ(forged("mx.own.example", ""), "received_inconsistent:medium");
  EXPECT_EQ(forged("backup.own.example", ""), "received_inconsistent:medium") << "a pretended backup MX";
  EXPECT_EQ(forged("backup.own.example", "vps.evil.example"), "received_inconsistent:medium");
  EXPECT_EQ(forged("backup.own.example", "backup.own.example"), "") << "by its reverse name";
  EXPECT_EQ(forged("backup.own.example", "", "postfix", "10.0.0.7"), "") << "over the own network";
  EXPECT_EQ(forged("backup.own.example", "", "exchange"), "") << "Exchange notes no reverse names";
}

TEST(ReceivedInconsistent, AnOperatorsEdgeThatIsSaidToHaveStampedTwiceIsMedium) {
  constexpr auto kEdge = "DU2PEPF00000001.mail.protection.outlook.com";
  const auto way = [&](const char* by, const char* name) {
    return peer(mail().hop("pc", by, 0, false).hop(name, kEdge, 1, true), name, "203.0.113.9");
  };
  EXPECT_EQ(judged(way(kEdge, "vps.evil.example")), "received_inconsistent:medium");
  Mail claimed = way(kEdge, "mail-am4.outbound.protection.outlook.com");
  claimed.facts.route.hops.back().from.name = "vps.evil.example";
  EXPECT_EQ(judged(claimed), "received_inconsistent:medium") << "the operator's name in HELO alone";
  constexpr auto kSister = "AM4PEPF00000002.mail.protection.outlook.com";
  EXPECT_EQ(judged(linked(way(kSister, "vps.evil.example"), facts::Link::none)), "received_inconsistent:medium")
      << "an edge hands to the operator's own hosts, which stamp";
  EXPECT_EQ(judged(linked(way(kSister, "vps.evil.example"), facts::Link::unknown)), "");
  EXPECT_EQ(reason(linked(way("AM4P190MB0001.EURP190.PROD.OUTLOOK.COM", "vps.evil.example"), facts::Link::none)), "broken_link");
  EXPECT_EQ(judged(way("AM4PEPF00000002.mail.protection.outlook.com", "vps.evil.example")), "") << "the sender's own edge";
  EXPECT_EQ(judged(way(kEdge, "mail-am4.outbound.protection.outlook.com")), "") << "the operator's own host came";
}

TEST(ReceivedInconsistent, AnOperatorsEdgeFurtherBelowThatHandedTheMessageToNobodyIsMedium) {
  struct Way {
    const char *brought, *edge, *helo, *ip, *by, *border;
  };
  const auto judged_of = [](const Way& way) {
    Mail mail = linked(peer(scene::Mail(1, "ann@firm.example", "bob@own.example").hop(way.brought, way.edge, 0, false),
                            way.brought, "203.0.113.9")
                           .hop(way.helo, way.by, 1, false),
                       facts::Link::none);
    mail = peer(std::move(mail), "", way.ip).hop(way.by, way.border, 2, true);
    return judged(peer(std::move(mail), way.by, "203.0.113.10"));
  };
  constexpr auto kGoogle = "mx.google.com", kOvh = "in27.mail.ovh.net", kSister = "in44.mail.ovh.net", kApp = "app-worker-0";
  constexpr auto kMail = "mail.firm.example", kOut = "mta.firm.example", kOther = "forwarder.elsewhere.example";
  for (const Way& forged : {Way{kMail, kGoogle, kApp, "10.2.3.41", kOut, kGoogle},
                            Way{kMail, kGoogle, "vps.third.example", "198.51.100.7", kOther, kGoogle},
                            Way{kMail, kSister, kApp, "10.2.3.41", kOut, kOvh}}) {
    EXPECT_EQ(judged_of(forged), "received_inconsistent:medium") << forged.edge << " " << forged.by;
  }
  for (const Way& true_one : {Way{kMail, kGoogle, "mail-sor-f41.google.com", "203.0.113.41", kOther, kGoogle},
                              Way{kMail, kGoogle, "localhost", "127.0.0.1", kOther, kGoogle},  // fetched, and sent on
                              Way{kMail, "mo44.mail-out.ovh.net", kApp, "10.2.3.41", kOut, kOvh},
                              Way{kMail, kMail, kApp, "10.2.3.41", kOut, kGoogle}}) {
    EXPECT_EQ(judged_of(true_one), "") << true_one.edge << " " << true_one.helo;
  }
}

/// A hop that was stamped by `by`, then one whose peer said `helo`, both noted with public addresses.
Mail pair(const char* by, const char* helo, const char* name = "", const char* ip = "203.0.113.9") {
  Mail way = mail().hop("pc", by, 0, false).hop(helo, "mx.own.example", 1, true);
  return linked(peer(std::move(way), name, ip), facts::Link::none);
}

TEST(ReceivedInconsistent, APairThatSharesNothingIsLow) {
  EXPECT_EQ(judged(pair("mail.firm.example", "vps.evil.example", "vps.evil.example")), "received_inconsistent:low");
  EXPECT_EQ(reason(pair("mail.firm.example", "vps.evil.example", "vps.evil.example")), "broken_link");
  EXPECT_EQ(reason(pair("relay.other.example", "mail.firm.example", "mail.firm.example")), "broken_link")
      << "the sender's own server, and nobody handed it the message";
  EXPECT_EQ(reason(pair("relay.other.example", "mail.firm.example")), "broken_link") << "Exchange notes no reverse name";
  EXPECT_EQ(reason(pair("am0pr01.prod.outlook.com", "vps.evil.example")), "broken_link") << "Microsoft's hosts bear its name";
}

TEST(ReceivedInconsistent, APairThatOrdinaryMailShowsIsSilent) {
  const auto shown = [](Mail way) { return reason(way); };
  EXPECT_EQ(shown(linked(pair("mail.firm.example", "out.firm.example"), facts::Link::organisation)), "");
  EXPECT_EQ(shown(linked(pair("mail.firm.example", "x"), facts::Link::unknown)), "") << "a clause is missing";
  EXPECT_EQ(shown(pair("ex01.firm.local", "mail.firm.example")), "") << "a name that only the network knows";
  EXPECT_EQ(shown(pair("mail.firm.example", "srv01.lan", "adsl-7.isp.example")), "") << "a small office's line";
  EXPECT_EQ(shown(pair("mail.firm.example", "out.firmgroup.example")), "") << "one brand under two names";
  EXPECT_EQ(shown(pair("mx1.groupe-durand.example", "smtp.durand-immo.test")), "") << "a word of the brand";
  EXPECT_EQ(shown(pair("filter0123.sendgrid.net", "o1.mail.firm.example")), "") << "a bulk sender under its customer's name";
  EXPECT_EQ(shown(pair("mail.firm.example", "vps-12.ovh.net")), "") << "a rented host";
  EXPECT_EQ(shown(pair("exchbox04.firm.example", "exchbox04.newfirm.test.example")), "") << "a renamed domain";
  EXPECT_EQ(shown(pair("mail.firm.example", "vps.evil.example", "", "")), "") << "no address was noted";
  Mail list = pair("mail.firm.example", "lists.club.example");
  list.facts.is_list = true;
  EXPECT_EQ(shown(list), "");
  Mail fetched = pair("mail.firm.example", "pop.isp.example");
  fetched.facts.route.hops.back().with = "POP3";
  EXPECT_EQ(shown(fetched), "");
  Mail answered = pair("dlp.filter.example", "mail.firm.example");
  answered.facts.route.hops.front().from = {"mail.firm.example", "mail.firm.example", "203.0.113.9"};
  EXPECT_EQ(shown(answered), "") << "a filter that was asked and whose answer is not stamped";
  Mail neighbours = pair("mail.firm.example", "mail.brand.example", "", "203.0.113.9");
  neighbours.facts.route.hops.front().ip_by = "203.0.113.8";
  EXPECT_EQ(shown(neighbours), "");
}

TEST(ReceivedInconsistent, AtAnOperatorsBorderTheOwnSidesHostsAreImitated) {
  const auto forged = [](const char* by, const char* helo) {
    Mail way = mail().hop("pc", by, 0, false).hop(helo, "am6eur05.mail.protection.outlook.com", 1, true);
    way.facts.route.hops.back().shape = "o365";
    return judged(linked(peer(std::move(way), "", "203.0.113.9"), facts::Link::none));
  };
  EXPECT_EQ(forged("exch01.own.example", "vps.evil.example"), "received_inconsistent:medium");
  EXPECT_EQ(forged("exch01.own.example", "exch01.own.example"), "") << "the own server hands it to the tenant";
  EXPECT_EQ(forged("db3pr01.prod.outlook.com", "eur05.outbound.protection.outlook.com"), "") << "another tenant";
}

TEST(ReceivedInconsistent, APairBehindTheBorderIsTheReceiversOwnAffair) {
  Mail inside = mail().hop("mail.firm.example", "mx.own.example", 0, true).hop("x.example", "y.example", 1, true);
  inside.facts.route.border = 0;
  EXPECT_EQ(reason(linked(peer(inside, "x.example", "203.0.113.9"), facts::Link::none)), "");
  Mail clocks = mail().hop("mail.firm.example", "mx.own.example", 300, true).hop("mx.own.example", "store.own.example", 1, true);
  clocks.facts.route.border = 0;
  EXPECT_EQ(reason(clocks), "");
}

TEST(ReceivedInconsistent, AWayThroughACloudFilterAndBackIsWhole) {
  const auto loop = [](const char* into_filter, facts::Link back) {
    Mail way = peer(mail().hop("out.firm.example", "mx.own.example", 0, false), "out.firm.example", "203.0.113.7");
    way = peer(way.hop(into_filter, "in.filter.example", 1, false), into_filter, "203.0.113.2");
    way.facts.route.hops.back().link = facts::Link::name;
    return linked(peer(way.hop("out.filter.example", "mx.own.example", 2, true), "out.filter.example", "203.0.113.66"), back);
  };
  EXPECT_EQ(judged(loop("mx.own.example", facts::Link::organisation)), "");
  EXPECT_EQ(judged(loop("vps.evil.example", facts::Link::organisation)), "received_inconsistent:medium")
      << "nothing says that the filter had it from here";
  EXPECT_EQ(judged(loop("mx.own.example", facts::Link::none)), "received_inconsistent:medium");
}

TEST(ReceivedInconsistent, APrivateAddressBetweenTwoOrganisationsIsLow) {
  const auto inner = [](const char* name, const char* ip, const char* first = "mail.firm.example") {
    Mail way = peer(mail().hop("mail.firm.example", "relay.other.example", 0, false), name, ip);
    way.facts.route.hops.front().from.helo = first;
    return way.hop("relay.other.example", "mx.own.example", 1, true);
  };
  EXPECT_EQ(reason(inner("mail.firm.example", "10.0.0.5")), "private_address");
  EXPECT_EQ(reason(inner("mail.firm.example", "203.0.113.5")), "");
  EXPECT_EQ(reason(inner("", "10.0.0.5")), "") << "NAT hides the name";
  EXPECT_EQ(reason(inner("gateway.other.example", "172.17.0.1")), "") << "a container's proxy";
  EXPECT_EQ(reason(inner("mail.firm.example", "127.0.0.1")), "") << "a host of two names";
  EXPECT_EQ(reason(inner("in.house-a.example", "10.0.0.5", "in.house-a.example")), "") << "a house in between with two names";
}

TEST(ReceivedInconsistent, APrivateAddressAtTheBorderIsLowWhereItBearsAStrangersName) {
  const auto edge = [](const char* by, const char* helo, const char* name, const char* ip) {
    Mail way = mail().hop("pc", "mail.firm.example", 0, false).hop(helo, by, 1, true);
    return reason(linked(peer(std::move(way), name, ip), facts::Link::name));
  };
  EXPECT_EQ(edge("mx.own.example", "mail.firm.example", "mail.firm.example", "10.1.1.1"), "private_address");
  EXPECT_EQ(edge("mx.own.example", "mail.firm.example", "", "10.1.1.1"), "") << "a load balancer before the server";
  EXPECT_EQ(edge("mx.google.com", "mail.firm.example", "", "10.1.1.1"), "private_address") << "Google notes the client";
  EXPECT_EQ(edge("mx.google.com", "mail-x.google.com", "", "10.1.1.1"), "");
  EXPECT_EQ(edge("db3eur04.mail.protection.outlook.com", "mail.firm.example", "", "192.168.1.1"), "private_address");
}

TEST(ReceivedInconsistent, APrivateAddressAtTheBorderIsLowWhereTheHopBeforeSharesNothingWithIt) {
  const auto edge = [](const char* before, const char* name, const char* ip) {
    Mail way = mail().hop("pc", before, 0, false).hop("vps9.hoster.example", "mx.own.example", 1, true);
    return reason(linked(peer(std::move(way), name, ip), facts::Link::unknown));
  };
  EXPECT_EQ(edge("mail.firm.example", "vps9.hoster.example", "10.1.1.1"), "private_address");
  EXPECT_EQ(edge("mail.firm.example", "", "10.1.1.1"), "") << "a load balancer before the server";
  EXPECT_EQ(edge("mail.firm.example", "gate.own.example", "10.1.1.1"), "") << "an own host";
  EXPECT_EQ(edge("localhost", "vps9.hoster.example", "10.1.1.1"), "") << "what stamped the hop before has no public name";
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

TEST(ReceivedInconsistent, TimeThatRunsBackwardsBeyondSkewIsLow) {
  const auto backwards = [](int minutes) {
    return judged(mail().hop("pc", "mail.firm.example", minutes, false).hop("mail.firm.example", "mx.own.example", 0, true));
  };
  EXPECT_EQ(backwards(19), "");
  for (const int minutes : {23, 45, 97, 120, 180, 3 * 24 * 60})
    EXPECT_EQ(backwards(minutes), "received_inconsistent:low") << minutes;
  EXPECT_EQ(backwards(60), "") << "a summer time that one host does not keep";
  EXPECT_EQ(backwards(78), "") << "and a clock that drifts";
}

TEST(ReceivedInconsistent, OneClockFarFromItsNeighboursIsLow) {
  for (const int minutes : {-3 * 24 * 60, -95, 95, 3 * 24 * 60}) {
    EXPECT_EQ(judged(mail()
                         .hop("pc", "mail.firm.example", 0, false)
                         .hop("mail.firm.example", "relay.firm.example", minutes, false)
                         .hop("relay.firm.example", "mx.own.example", 2, true)),
              "received_inconsistent:low")
        << minutes;
  }
}

/// The first hop's time as that many minutes after Date, written at that offset from UTC; the border's at +0200.
Mail zoned(int minutes, int offset, ZoneBasis basis = ZoneBasis::stated) {
  Mail way = mail().hop("pc", "mail.firm.example", minutes, false).hop("mail.firm.example", "mx.own.example", 1, true);
  way.facts.route.hops.front().time->at.offset_minutes = offset;
  way.facts.route.hops.front().time->basis = basis;
  way.facts.route.hops.back().time->at.offset_minutes = 120;
  return way;
}

TEST(ReceivedInconsistent, AZoneThatIsWrittenWrongIsSkew) {
  EXPECT_EQ(reason(zoned(125, 0)), "") << "local time under the name of UTC";
  EXPECT_EQ(reason(zoned(125, 120)), "time_backwards");
  EXPECT_EQ(reason(zoned(600, -300)), "") << "the other sign";
  EXPECT_EQ(reason(zoned(600, 300)), "time_backwards");
  EXPECT_EQ(reason(zoned(300, 120, ZoneBasis::assumed)), "") << "the zone is a guess";
}

TEST(ReceivedInconsistent, AHostWhoseStampsAreAllWholeHoursAwayIsSkew) {
  const auto stamped = [](const char* first, int minutes) {
    return reason(mail()
                      .hop("pc", first, minutes, false)
                      .hop("localhost", "mail.firm.example", minutes + 1, false)
                      .hop("mail.firm.example", "mx.own.example", 2, true));
  };
  EXPECT_EQ(stamped("mail.firm.example", 180), "");
  EXPECT_EQ(stamped("mail.firm.example", 225), "time_backwards");
  EXPECT_EQ(stamped("other.firm.example", 180), "time_backwards");
}

TEST(ReceivedInconsistent, AClockThatNobodySetIsSilent) {
  Mail way = mail()
                 .hop("pc", "mail.firm.example", 0, false)
                 .hop("mail.firm.example", "relay.firm.example", 1, false)
                 .hop("relay.firm.example", "mx.own.example", 2, true);
  way.facts.route.hops[1].time->at.seconds = 60;
  EXPECT_EQ(reason(way), "");
}

TEST(ReceivedInconsistent, ADateFarFromTheFirstHopIsLow) {
  using namespace std::chrono;
  const auto dated = [](seconds after, bool is_list = false) {
    Mail told = mail().hop("mail.firm.example", "mx.own.example", 1, true);
    told.facts.dates.header->at.seconds += after.count();
    told.facts.is_list = is_list;
    return reason(told);
  };
  constexpr std::string_view kFar = "date_far_from_first_hop";
  EXPECT_EQ(dated(26h), kFar);
  EXPECT_EQ(dated(14h), "") << "a zone that is written wrong";
  EXPECT_EQ(dated(days{7} - 1min), kFar);
  EXPECT_EQ(dated(days{365}), kFar);
  EXPECT_EQ(dated(-days{8}), kFar);
  EXPECT_EQ(dated(-days{6}), "") << "a queue, a draft, an outbox";
  EXPECT_EQ(dated(-days{365}), kFar) << "backdated by a year";
  EXPECT_EQ(dated(-days{8}, true), "") << "a moderated list";
}

TEST(ReceivedInconsistent, ADateThatAClockExplainsIsSilent) {
  using namespace std::chrono;
  const auto dated = [](sys_days day) {
    Mail told = mail().hop("mail.firm.example", "mx.own.example", 1, true);  // of 2018-04-05
    told.facts.dates.header->at.seconds += duration_cast<seconds>(day - sys_days{2018y / 4 / 5}).count();
    return told;
  };
  EXPECT_EQ(reason(dated(2561y / 4 / 5)), "") << "the Buddhist calendar's year";
  EXPECT_EQ(reason(dated(1970y / 1 / 1)), "");
  EXPECT_EQ(reason(mail().hop("pc", "mail.firm.example", 9 * 24 * 60, false).hop("mail.firm.example", "mx.own.example", 1, true)),
            "time_backwards")
      << "Date fits the border: the first host's clock alone is wrong";
  EXPECT_EQ(
      reason(mail().hop("pc", "mail.firm.example", -21 * 24 * 60, false).hop("mail.firm.example", "mx.own.example", 1, true)),
      "date_far_from_first_hop")
      << "an old first hop under a new Date";
}

}  // namespace
}  // namespace threadline::findings
