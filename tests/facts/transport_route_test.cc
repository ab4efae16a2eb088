// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>

#include "facts/transport/authentication.h"
#include "facts/transport/dkim.h"
#include "facts/transport/hop.h"
#include "transport_route_scene.h"

namespace threadline::facts {
namespace {

TEST(Route, HopsStandInTheOrderOfTravel) {
  const Route route = route_of({kStore, kEntry, kOrigin});
  ASSERT_EQ(route.hops.size(), 3U);
  EXPECT_EQ(route.hops[0].by, "out.sender.example");
  EXPECT_EQ(route.hops[1].link, Link::name);
  EXPECT_EQ(route.hops[1].delay_seconds, 7);
  EXPECT_EQ(route.hops[2].delay_seconds, 3);
  EXPECT_EQ(route.hops[0].link, Link::unknown);
}

TEST(Route, ATimeThatRunsBackwardsIsANegativeDelay) {
  const Route route = route_of({{"Received", "from a.example by b.example; Thu, 5 Apr 2018 10:00:00 +0000"},
                                {"Received", "from c.example by a.example; Thu, 5 Apr 2018 10:00:05 +0000"}});
  EXPECT_EQ(route.hops[1].delay_seconds, -5);
}

TEST(Route, ALinkIsNoneOnlyBetweenTwoPublicOrganisations) {
  const Field top{"Received",
                  "from relay.x.example (relay.x.example [192.0.2.1]) by mx.firm.example; Thu, 5 Apr 2018 10:00:07 +0200"};
  EXPECT_EQ(route_of({top, {"Received", "from a by host.other.test; Thu, 5 Apr 2018 10:00:00 +0200"}}).hops[1].link, Link::none);
  EXPECT_EQ(route_of({top, {"Received", "from a by b.x.example; Thu, 5 Apr 2018 10:00:00 +0200"}}).hops[1].link,
            Link::organisation);
  EXPECT_EQ(route_of({top, {"Received", "from a by EXCHANGE01 (192.0.2.1); Thu, 5 Apr 2018 10:00:00 +0200"}}).hops[1].link,
            Link::address);
  EXPECT_EQ(route_of({top, {"Received", "from a by EXCHANGE01; Thu, 5 Apr 2018 10:00:00 +0200"}}).hops[1].link, Link::unknown);
  EXPECT_EQ(route_of({top, {"Received", "from a by ex1.x.local; Thu, 5 Apr 2018 10:00:00 +0200"}}).hops[1].link, Link::unknown)
      << "a name that a network gives itself";
}

TEST(Route, StepsWithoutAHostAreThoseOfTheHostThatStampedLast) {
  const std::string when = "; Thu, 5 Apr 2018 10:00:00 +0200";
  const auto link_of = [&](const char* from) {
    const Route route = route_of({{"Received", std::string("from ") + from + " by mx.firm.example" + when},
                                  {"Received", "(qmail 2 invoked by uid 89)" + when},
                                  {"Received", "(qmail 1 invoked from network)" + when},
                                  {"Received", "from a by relay.x.example" + when}});
    EXPECT_EQ(route.hops[1].link, Link::unknown);
    EXPECT_EQ(route.hops[2].link, Link::unknown);
    return route.hops[3].link;
  };
  EXPECT_EQ(link_of("relay.x.example (relay.x.example [192.0.2.1])"), Link::name);
  EXPECT_EQ(link_of("other.test (other.test [192.0.2.2])"), Link::none);
}

TEST(Route, AStepInsideOfOneHostIsLinkedByTheHostThatStampedIt) {
  const std::string when = "; Thu, 5 Apr 2018 10:00:00 +0200";
  const Field top{"Received", "by mx.firm.example (Postfix, from userid 1001) id 2" + when};
  EXPECT_EQ(route_of({top, {"Received", "from a by mx.firm.example" + when}}).hops[1].link, Link::name);
  EXPECT_EQ(route_of({top, {"Received", "from a by in.firm.example" + when}}).hops[1].link, Link::organisation);
  EXPECT_EQ(route_of({top, {"Received", "from a by mx.other.test" + when}}).hops[1].link, Link::unknown);
  EXPECT_EQ(route_of({top, {"Received", "(qmail 1 invoked by uid 89)" + when}}).hops[1].link, Link::unknown);
}

TEST(Route, AMailboxInTheFromClauseIsNoHostToCompare) {
  const std::string when = "; Thu, 5 Apr 2018 10:00:00 +0200";
  const Route route =
      route_of({{"Received", "from jean@firm.example by mx.other.test" + when}, {"Received", "from a by b.third.test" + when}});
  EXPECT_EQ(route.hops[1].link, Link::unknown);
}

TEST(Route, AnAmbiguousZoneNameIsSaidOnce) {
  const auto notes = [](const char* zone) {
    const Field field{"Received", std::string("from a by mx.firm.example; Thu, 5 Apr 2018 10:00:00 ") + zone};
    const Route route = route_of({field, field});
    return std::ranges::count(route.notes, "zone_ambiguous", &Note::code);
  };
  EXPECT_EQ(notes("IST"), 1);
  EXPECT_EQ(notes("CST"), 1);
  EXPECT_EQ(notes("PDT"), 0);
  EXPECT_EQ(notes("GMT"), 0);
  EXPECT_EQ(notes("+0530 (IST)"), 0);
}

struct Way {
  const char* name;
  std::vector<Field> fields;  ///< below the border
  const char* line;
};

std::string line_of(const Submission& submission) {
  return submission.ip + "|" + submission.client_ip + "|" + submission.client_field + "|" + submission.how + "|" +
         submission.user;
}

TEST(Route, TheSubmissionSaysHowTheMessageCameIn) {
  const std::string when = "; Thu, 5 Apr 2018 08:00:00 +0000";
  const Way ways[] = {
      {"client",
       {{"Received",
         "from pc (isp.example [198.51.100.3]) (Authenticated sender: jean) by out.sender.example (Postfix) with ESMTPSA id 1" +
             when}},
       "192.0.2.9|198.51.100.3|Received|authenticated|jean"},
      {"webmail",
       {{"Received", "from 198.51.100.4 (SquirrelMail authenticated user jean) by out.sender.example with HTTP" + when}},
       "192.0.2.9|198.51.100.4|Received|http|jean"},
      {"service names its client",
       {{"Received", "by out.sender.example with HTTP" + when}, {"X-Originating-IP", "[198.51.100.5]"}},
       "192.0.2.9|198.51.100.5|X-Originating-IP|http|"},
      {"program of the web server",
       {{"Received", "by out.sender.example (Postfix, from userid 33) id 1" + when}},
       "192.0.2.9|||local_user|uid 33"},
      {"webmail that says so in a comment",
       {{"Received", "from [198.51.100.4] by app-bs12.server.lan (via HTTP)" + when}},
       "192.0.2.9|198.51.100.4|Received|http|"},
      {"qmail's login",
       {{"Received", "from unknown (HELO pc) (jean@sender.example@198.51.100.3) by out.sender.example with ESMTPA" + when}},
       "192.0.2.9|198.51.100.3|Received|authenticated|jean@sender.example"},
      {"qmail's local user",
       {{"Received", "(qmail 1 invoked from network)" + when}, {"Received", "(qmail 2 invoked by uid 60001)" + when}},
       "192.0.2.9|||local_user|uid 60001"},
      {"Exim's local user",
       {{"Received",
         "from jean by web.sender.example with local (Exim 4.98) (envelope-from <jean@sender.example>) id 1a" + when}},
       "192.0.2.9|||local_user|jean"},
      {"a step of the receiver's qmail behind the network",
       {{"Received", "(qmail 2 invoked by uid 60001)" + when},
        {"Received", "from a.sender.example (HELO a.sender.example) (192.0.2.8) by out.sender.example with SMTP" + when}},
       "192.0.2.9||||"},
      {"a filter's client is a relay",
       {{"X-Originating-IP", "[192.0.2.8]"},
        {"Received", "from a.sender.example (a.sender.example [192.0.2.8]) by out.sender.example with SMTP id 2" + when},
        {"Received", "from pc.sender.example (pc.sender.example [10.1.2.3]) by a.sender.example with ESMTP id 1" + when}},
       "192.0.2.9||||"},
      {"mapi",
       {{"Received", "from A.prod.outlook.com ([fe80::1]) by A.prod.outlook.com ([fe80::1%5]) with mapi id 15.20" + when}},
       "192.0.2.9|fe80::1|Received|mapi|"},
      {"a relay only",
       {{"Received", "from a.sender.example (a.sender.example [192.0.2.8]) by out.sender.example with ESMTPS id 1" + when}},
       "192.0.2.9||||"},
      {"login that a field names",
       {{"X-Get-Message-Sender-Via", "host.sender.example: authenticated_id: jean@sender.example"}},
       "192.0.2.9|||authenticated|jean@sender.example"},
      {"login behind the host's name",
       {{"X-Authenticated-Sender", "host.sender.example: jean@sender.example"}},
       "192.0.2.9|||authenticated|jean@sender.example"},
      {"local user that a field names",
       {{"X-Get-Message-Sender-Via", "host.sender.example: sender_ident via received_protocol == local: jean/primary_hostname/"}},
       "192.0.2.9|||local_user|jean/primary_hostname/"},
      {"the hop's login goes before a field",
       {{"Received",
         "from pc (isp.example [198.51.100.3]) (Authenticated sender: jean) by out.sender.example (Postfix) with ESMTPSA id 1" +
             when},
        {"X-Authenticated-Sender", "ann"}},
       "192.0.2.9|198.51.100.3|Received|authenticated|jean"},
      {"not an address", {{"X-Originating-IP", "[see below]"}}, "192.0.2.9||||"},
  };
  for (const Way& way : ways) {
    std::vector<Field> fields{kStore, kEntry};
    fields.insert(fields.end(), way.fields.begin(), way.fields.end());
    EXPECT_EQ(line_of(route_of(fields).submission), way.line) << way.name;
  }
}

TEST(Route, ReceivedBytesIsItsBoundAndANote) {
  const Limits limits;
  const std::string start = "from a by mx.firm.example id ";
  const auto notes = [&](std::size_t size) {
    const Route route = route_of({{"Received", start + std::string(size - start.size(), 'x')}});
    EXPECT_EQ(route.hops[0].by, "mx.firm.example");
    EXPECT_LE(route.hops[0].raw.size(), limits.received_bytes);
    return std::ranges::count_if(route.notes,
                                 [](const Note& note) { return note.code == "limit" && note.text == "received_bytes"; });
  };
  EXPECT_EQ(notes(limits.received_bytes), 0);
  EXPECT_EQ(notes(limits.received_bytes + 1), 1);
  EXPECT_EQ(notes(1'000'000), 1);
}

TEST(Route, AFieldOverItsLimitKeepsTheDateAtItsEnd) {
  const Route route = route_of(
      {{"Received", "from a by mx.firm.example id " + std::string(1'000'000, 'x') + "; Thu, 5 Apr 2018 10:00:00 +0200"}});
  ASSERT_TRUE(route.hops[0].time);
  EXPECT_EQ(rfc3339(route.hops[0].time->at), "2018-04-05T10:00:00+02:00");
  EXPECT_EQ(std::ranges::count(route.notes, "malformed_date", &Note::code), 0);
}

TEST(Route, AFieldThatIsNoHopIsANote) {
  const auto notes = [](const std::string& value) {
    return std::ranges::count(route_of({{"Received", value}}).notes, "malformed_header", &Note::code);
  };
  EXPECT_EQ(notes("from a " + std::string(10'000, '(') + " by mx.firm.example; Thu, 5 Apr 2018 10:00:00 +0200"), 1)
      << "comments that are never closed hold the rest";
  EXPECT_EQ(notes(""), 1);
  EXPECT_EQ(notes("from a by mx.firm.example"), 0) << "a stamp without a date has its own note";
  EXPECT_EQ(notes("(qmail 1 invoked by uid 89); 5 Apr 2018 08:00:00 -0000"), 0);
}

TEST(Route, TenThousandReceivedFieldsAreBoundedAndTheLastStampsAreRead) {
  std::vector<Field> fields{kStore, kEntry};
  fields.resize(10'000, kOrigin);
  const Route route = route_of(fields);
  EXPECT_EQ(route.hops.size(), Limits{}.hops);
  EXPECT_EQ(route.hops.back().by, "store.firm.example");
  EXPECT_TRUE(route.hops[route.hops.size() - 2].trusted);
  EXPECT_EQ(std::ranges::count(route.notes, "limit", &Note::code), 1);
}

TEST(Route, CommentsTenThousandDeepNulsAndEightBitBytesAreReadAround) {
  const std::string when = "; Thu, 5 Apr 2018 10:00:00 +0200";
  const std::string deep = std::string(7'000, '(') + "by evil.example; Mon, 1 Jan 2001 00:00:00 +0000" + std::string(7'000, ')');
  const Route nested = route_of({{"Received", "from a.example " + deep + " by mx.firm.example" + when}});
  EXPECT_EQ(nested.hops[0].by, "mx.firm.example");
  ASSERT_TRUE(nested.hops[0].time);
  EXPECT_EQ(rfc3339(nested.hops[0].time->at), "2018-04-05T10:00:00+02:00");
  const Route unclosed = route_of({{"Received", "from a.example by mx.firm.example " + std::string(10'000, '(') + when}});
  EXPECT_EQ(unclosed.hops[0].by, "mx.firm.example");
  EXPECT_FALSE(unclosed.hops[0].time);
  const std::string bytes = std::string("from a\0b.example (\xff\xfe [192.0.2.1]) by m\xe9l.firm.example\0", 54);
  const Route odd = route_of({{"Received", bytes + when}});
  EXPECT_EQ(odd.hops[0].from.ip, "192.0.2.1");
  EXPECT_EQ(odd.hops[0].raw.substr(0, bytes.size()), bytes);
  EXPECT_EQ(std::ranges::count(odd.notes, "Received: NUL", &Note::text), 1);
  EXPECT_EQ(std::ranges::count(odd.notes, "Received: octets that are no UTF-8", &Note::text), 1);
  const Route utf8 = route_of({{"Received", "from caf\u00e9.example by mx.firm.example" + when}});
  EXPECT_EQ(std::ranges::count(utf8.notes, "malformed_header", &Note::code), 0) << "RFC 6532";
}

TEST(Route, DkimSignaturesAreListedUnverified) {
  Route route;
  check_dkim(message_of({{"DKIM-Signature", "v=1; a=rsa-sha256; d=Firm.example; s=sel1; bh=x; b=y"}}), {}, Limits{}, route);
  ASSERT_EQ(route.dkim.size(), 1U);
  EXPECT_EQ(route.dkim[0].domain, "firm.example");
  EXPECT_EQ(route.dkim[0].selector, "sel1");
  EXPECT_FALSE(route.dkim[0].body_hash);
}

TEST(Route, HopsAndAuthResultsAreLimited) {
  Limits limits;
  limits.hops = 2;
  limits.auth_results = 1;
  const std::vector<Field> at_bound{kStore, kEntry, {"Authentication-Results", "a.example; spf=pass"}};
  for (const Note& note : route_of(at_bound, {}, limits).notes) EXPECT_NE(note.code, "limit");
  const Route route =
      route_of({kStore, kEntry, kOrigin, {"Authentication-Results", "a.example; spf=pass; dkim=pass"}}, {}, limits);
  EXPECT_EQ(route.hops.size(), 2U);
  EXPECT_EQ(route.auth.size(), 1U);
  EXPECT_EQ(std::count_if(route.notes.begin(), route.notes.end(), [](const Note& note) { return note.code == "limit"; }), 2);
}

TEST(Route, ResultsThatBearTheBordersNameBelowItAreNamedAsImitations) {
  const std::vector<Field> genuine{
      kStore, {"Authentication-Results", "mx.firm.example; dmarc=fail header.from=sender.example"}, kEntry, kOrigin};
  std::vector<Field> forged = genuine;
  forged.emplace_back("Authentication-Results", "mx.firm.example; dmarc=pass header.from=sender.example");
  const auto imitated = [](const Route& route) {
    return std::count_if(route.notes.begin(), route.notes.end(), [](const Note& note) { return note.code == "auth_imitated"; });
  };
  EXPECT_EQ(imitated(route_of(genuine)), 0);
  const Route route = route_of(forged);
  EXPECT_EQ(imitated(route), 1);
  EXPECT_TRUE(route.auth.at(1).imitates_border);
  EXPECT_FALSE(route.auth.at(1).trusted);
  std::vector<Field> foreign = genuine;
  foreign.emplace_back("Authentication-Results", "out.sender.example; auth=pass smtp.auth=ann");
  EXPECT_EQ(imitated(route_of(foreign)), 0) << "the sender's own server said it";
}

TEST(Route, SeveralFieldsOfMiltersUnderTheBordersOwnHopAreReadForWhatSpeaksAgainst) {
  const Route route = route_of(
      {kEntry,
       {"Authentication-Results", "mx.firm.example; dmarc=fail header.from=sender.example"},
       {"DKIM-Filter", "OpenDKIM Filter v2.11.0 mx.firm.example 1"},
       {"Authentication-Results", "mx.firm.example; dkim=fail header.d=sender.example; spf=pass smtp.mailfrom=x.example"}});
  ASSERT_EQ(route.auth.size(), 3U);
  EXPECT_TRUE(route.auth[0].trusted);
  EXPECT_TRUE(route.auth[1].trusted) << "nobody forges a failure of his own";
  EXPECT_FALSE(route.auth[2].trusted) << "a sender may have written it";
}

struct BelowCase {
  const char* name;
  std::vector<Field> above, below;
  const char* trusted;  ///< results that are, in order
};

TEST(Route, UnderTheBordersOwnHopAPassIsTrustedOnlyInItsHostsVeryNameAndAlone) {
  const auto results = [](const char* value) { return Field{"Authentication-Results", value}; };
  const Field spf{"Received-SPF", "Fail (mx.firm.example: x) client-ip=192.0.2.9; receiver=mx.firm.example"};
  const BelowCase cases[] = {
      {"a milter", {}, {results("MX.firm.example.; dmarc=pass header.from=sender.example")}, "dmarc=pass "},
      {"the organisation", {}, {results("firm.example; dkim=pass header.d=sender.example; dmarc=pass")}, ""},
      {"another own host", {}, {results("imap.firm.example; dmarc=pass")}, ""},
      {"a failure in the organisation's name", {}, {results("firm.example; spf=pass; dmarc=fail")}, "dmarc=fail "},
      {"the border noted SPF", {spf}, {results("mx.firm.example; dmarc=pass")}, "spf=fail "},
      {"and a milter a failure", {spf}, {results("mx.firm.example; dmarc=fail")}, "spf=fail dmarc=fail "},
      {"a later host noted SPF", {spf, kStore}, {results("mx.firm.example; dmarc=pass")}, "spf=fail dmarc=pass "},
      {"the border noted results", {results("mx.firm.example; spf=none")}, {results("mx.firm.example; dmarc=fail")}, "spf=none "},
      {"a chain of custody", {}, {results("mx.firm.example; arc=pass; dmarc=fail")}, "dmarc=fail "},
      {"none that hides a failure",
       {},
       {results("mx.firm.example; dmarc=fail"), results("mx.firm.example; dmarc=none")},
       "dmarc=fail "},
  };
  for (const BelowCase& one : cases) {
    std::vector<Field> fields = one.above;
    fields.push_back(kEntry);
    fields.insert(fields.end(), one.below.begin(), one.below.end());
    std::string trusted;
    for (const AuthResult& result : route_of(fields).auth) {
      if (result.trusted) trusted += result.method + "=" + result.result + " ";
    }
    EXPECT_EQ(trusted, one.trusted) << one.name;
  }
  const Field gmail{"Received",
                    "from out.sender.example (out.sender.example. [192.0.2.9]) by mx.google.com with ESMTPS id y for "
                    "<x@gmail.com>; Thu, 5 Apr 2018 01:00:01 -0700 (PDT)"};
  const Route route = route_of({gmail, results("mx.google.com; arc=pass (i=1); dmarc=fail")});
  EXPECT_TRUE(route.auth.at(0).trusted) << "Gmail takes out what others wrote in its name";
}

TEST(Route, AnArcSetBelowTheBorderIsNobodysImitation) {
  const Route route = route_of(
      {kEntry, {"Subject", "x"}, {"ARC-Authentication-Results", "i=1; mx.firm.example; dmarc=pass header.from=sender.example"}});
  ASSERT_EQ(route.auth.size(), 1U);
  EXPECT_FALSE(route.auth[0].trusted);
  EXPECT_FALSE(route.auth[0].imitates_border);
  EXPECT_FALSE(is_of_border(route.auth[0]));
}

TEST(Route, AnArcSetIsTrustedOnlyWhereTheBorderSealedIt) {
  const Field results{"ARC-Authentication-Results", "i=1; mx.firm.example; dmarc=pass header.from=sender.example"};
  const auto seal = [](const char* chain) {
    return Field{"ARC-Seal", "i=1; a=rsa-sha256; t=1522917430; cv=" + std::string(chain) + "; d=firm.example; s=a; b=AAAA"};
  };
  const auto is_trusted = [](const std::vector<Field>& fields) { return route_of(fields).auth.at(0).trusted; };
  EXPECT_TRUE(is_trusted({seal("none"), results, kEntry}));
  EXPECT_FALSE(is_trusted({results, kEntry})) << "no seal";
  EXPECT_FALSE(is_trusted({seal("fail"), results, kEntry})) << "a broken chain";
  EXPECT_FALSE(is_trusted({results, kEntry, seal("none")})) << "the seal is the sender's";
  EXPECT_FALSE(is_trusted({kEntry, seal("none"), results})) << "right under the border, where a sender writes too";
  EXPECT_FALSE(is_of_border(route_of({seal("none"), results, kEntry}).auth.at(0)))
      << "never the border's own word on the message";
}

}  // namespace
}  // namespace threadline::facts
