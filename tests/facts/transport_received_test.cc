// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "facts/transport/hop.h"
#include "facts/transport/received_words.h"
#include "transport_received_line.h"

namespace threadline::facts {
namespace {

struct Shape {
  const char* name;
  const char* value;
  const char* line;
};

class ReceivedShape : public testing::TestWithParam<Shape> {};

TEST_P(ReceivedShape, SaysWhatItsMtaWrote) { EXPECT_EQ(line_of(read_exact(GetParam().value)), GetParam().line); }

const Shape kShapes[] = {
    {"Postfix",
     "from client.firm.example (mx1.firm.example [192.0.2.10]) by in.other.example (Postfix) with ESMTPS id 4ABC for "
     "<a@other.example>; Thu, 5 Apr 2018 10:37:00 +0200 (CEST)",
     "helo{client.firm.example} name{mx1.firm.example} ip{192.0.2.10} by{in.other.example} with{ESMTPS} id{4ABC} "
     "for{a@other.example} time{2018-04-05T10:37:00+02:00} shape{postfix}"},
    {"PostfixUnknownReverseName",
     "from [192.168.1.6] (unknown [IPv6:2001:db8::25]) (Authenticated sender: jean@firm.example) by mx.firm.example (Postfix) "
     "with ESMTPSA id A1; Thu, 5 Apr 2018 10:37:00 +0000 (UTC)",
     "helo{[192.168.1.6]} ip{2001:db8::25} by{mx.firm.example} with{ESMTPSA} id{A1} auth{jean@firm.example} "
     "time{2018-04-05T10:37:00+00:00} shape{postfix}"},
    {"PostfixTls",
     "from a.example (a.example [192.0.2.1]) (using TLSv1.2 with cipher ECDHE-RSA-AES256-GCM-SHA384 (256/256 bits)) (No client "
     "certificate requested) by b.example (Postfix) with ESMTPS id 9; Thu, 5 Apr 2018 10:37:00 +0000",
     "helo{a.example} name{a.example} ip{192.0.2.1} by{b.example} with{ESMTPS} tls{TLS1.2} cipher{ECDHE-RSA-AES256-GCM-SHA384} "
     "id{9} time{2018-04-05T10:37:00+00:00} shape{postfix}"},
    {"PostfixLocalUser", "by web.host.example (Postfix, from userid 1001) id BD06; Thu, 5 Apr 2018 04:52:18 +0000 (UTC)",
     "by{web.host.example} id{BD06} time{2018-04-05T04:52:18+00:00} shape{postfix}"},
    {"EximAddressFirst",
     "from [198.51.100.7] (port=4711 helo=pc.firm.example) by mx.host.example with esmtpsa (TLS1.2) tls TLS_ECDHE_RSA (Exim "
     "4.96) (envelope-from <a@firm.example>) id 1x; Thu, 05 Apr 2018 10:37:00 +0000",
     "helo{pc.firm.example} ip{198.51.100.7} by{mx.host.example} with{esmtpsa} tls{TLS1.2} cipher{TLS_ECDHE_RSA} id{1x} "
     "env{a@firm.example} time{2018-04-05T10:37:00+00:00} shape{exim}"},
    {"EximNameFirst",
     "from rdns.firm.example ([198.51.100.7]:35609 helo=mail.firm.example) by mx.host.example with esmtps "
     "(TLSv1.3:TLS_AES_256_GCM_SHA384:256) (Exim 4.92) id 1x for b@host.example; Thu, 05 Apr 2018 10:37:00 +0000",
     "helo{mail.firm.example} name{rdns.firm.example} ip{198.51.100.7} by{mx.host.example} with{esmtps} tls{TLS1.3} "
     "cipher{TLS_AES_256_GCM_SHA384} id{1x} for{b@host.example} time{2018-04-05T10:37:00+00:00} shape{exim}"},
    {"EximOld",
     "from a.example [192.0.2.85] by b.example with esmtp (Exim 3.12 #1 (Debian)) id 146-00; Thu, 14 Dec 2000 12:03:58 +0100",
     "helo{a.example} name{a.example} ip{192.0.2.85} by{b.example} with{esmtp} id{146-00} time{2000-12-14T12:03:58+01:00} "
     "shape{exim}"},
    {"Sendmail",
     "from liar.example (host.isp.example [203.0.113.9] (may be forged)) by mx.b.example (8.15.2/8.15.2) with ESMTP id w35 "
     "(version=TLSv1.2 cipher=AES256 bits=256 verify=NOT) for <x@b.example>; Thu, 5 Apr 2018 10:37:00 +0200",
     "helo{liar.example} name{host.isp.example} ip{203.0.113.9} by{mx.b.example} with{ESMTP} tls{TLS1.2} cipher{AES256} id{w35} "
     "for{x@b.example} time{2018-04-05T10:37:00+02:00} shape{sendmail}"},
    {"SendmailLocal",
     "(from majordomo@localhost) by c.example (8.8.8/8.8.7) id OAA8 for linux-list; Mon, 6 Apr 1998 14:13:49 -0700 (PDT)",
     "by{c.example} id{OAA8} for{linux-list} time{1998-04-06T14:13:49-07:00} shape{sendmail}"},
    {"Office365Frontend",
     "from A.prod.outlook.com (2603:10b6:510::4b) by B.outlook.office365.com (2603:10b6:510::6) with Microsoft SMTP Server "
     "(version=TLS1_2, cipher=TLS_ECDHE_RSA) id 15.20.1 via Frontend Transport; Thu, 5 Apr 2018 08:37:00 +0000",
     "helo{A.prod.outlook.com} ip{2603:10b6:510::4b} by{B.outlook.office365.com} ip_by{2603:10b6:510::6} via{Frontend Transport} "
     "with{Microsoft SMTP Server} tls{TLS1.2} cipher{TLS_ECDHE_RSA} id{15.20.1} time{2018-04-05T08:37:00+00:00} shape{o365}"},
    {"Office365Mapi",
     "from A.prod.outlook.com ([fe80::6153:1]) by A.prod.outlook.com ([fe80::6153:1%5]) with mapi id 15.20.6838.024; Thu, 5 Apr "
     "2018 08:37:00 +0000",
     "helo{A.prod.outlook.com} ip{fe80::6153:1} by{A.prod.outlook.com} ip_by{fe80::6153:1} with{mapi} id{15.20.6838.024} "
     "time{2018-04-05T08:37:00+00:00} shape{o365}"},
    {"Office365Https", "from A.prod.outlook.com (::1) by B.prod.outlook.com with HTTPS; Thu, 5 Apr 2018 08:37:00 +0000",
     "helo{A.prod.outlook.com} ip{::1} by{B.prod.outlook.com} with{HTTPS} time{2018-04-05T08:37:00+00:00} shape{o365}"},
    {"ExchangeLiteral",
     "from [203.0.113.55] (203.0.113.55) by EX.firm.example (10.216.131.12) with Microsoft SMTP Server id 15.2.1258.12; Thu, 5 "
     "Apr 2018 20:37:43 +0700",
     "helo{[203.0.113.55]} ip{203.0.113.55} by{EX.firm.example} ip_by{10.216.131.12} with{Microsoft SMTP Server} "
     "id{15.2.1258.12} time{2018-04-05T20:37:43+07:00} shape{exchange}"},
    {"GmailIn",
     "from out.firm.example (out.firm.example. [192.0.2.41]) by mx.google.com with ESMTPS id b5si1 for <x@gmail.com> "
     "(version=TLS1_3 cipher=TLS_AES_128 bits=128/128); Thu, 05 Apr 2018 01:37:00 -0700 (PDT)",
     "helo{out.firm.example} name{out.firm.example} ip{192.0.2.41} by{mx.google.com} with{ESMTPS} tls{TLS1.3} "
     "cipher{TLS_AES_128} id{b5si1} for{x@gmail.com} time{2018-04-05T01:37:00-07:00} shape{google}"},
    {"GmailOut", "by mail-lf1-f41.google.com with SMTP id 2adb for <x@firm.example>; Thu, 05 Apr 2018 01:37:00 -0700 (PDT)",
     "by{mail-lf1-f41.google.com} with{SMTP} id{2adb} for{x@firm.example} time{2018-04-05T01:37:00-07:00} shape{google}"},
    {"QmailHelo", "from unknown (HELO pc) (joe@192.0.2.77) by mail.firm.example with SMTP; 5 Apr 2018 08:37:00 -0000",
     "helo{pc} ip{192.0.2.77} by{mail.firm.example} with{SMTP} time{2018-04-05T08:37:00+00:00} shape{qmail}"},
    {"QmailNetwork", "(qmail 9671 invoked from network); 5 Apr 2018 06:01:13 -0700",
     "time{2018-04-05T06:01:13-07:00} shape{qmail}"},
    {"IronPort",
     "from ex.firm.example (HELO EX01.corp.example) ([10.2.161.41]) by gw.firm.example with ESMTP; 14 Apr 2006 15:12:53 -0700",
     "helo{EX01.corp.example} name{ex.firm.example} ip{10.2.161.41} by{gw.firm.example} with{ESMTP} "
     "time{2006-04-14T15:12:53-07:00} shape{ironport}"},
    {"Vger",
     "from relay.firm.example ([192.0.2.60]:14152 \"EHLO pc.firm.example\" rhost-flags-OK) by list.example with ESMTP id <S30> "
     "(ORCPT <rfc822;a@b.example>); Thu, 17 Feb 2000 08:37:50 -0800",
     "helo{pc.firm.example} name{relay.firm.example} ip{192.0.2.60} by{list.example} with{ESMTP} id{<S30>} "
     "time{2000-02-17T08:37:50-08:00} shape{vger}"},
    {"Ecartis", "with ECARTIS (v1.0.0; list linux-mips); Wed, 18 Sep 2002 23:06:53 +0200 (CEST)",
     "with{ECARTIS} time{2002-09-18T23:06:53+02:00} shape{ecartis}"},
    {"Amavis",
     "from a.example ([127.0.0.1]) by localhost (a.example [127.0.0.1]) (amavisd-new, port 10032) with ESMTP id h2 for "
     "<b@a.example>; Sun, 26 Feb 2023 21:18:03 +0100 (CET)",
     "helo{a.example} ip{127.0.0.1} by{localhost} ip_by{127.0.0.1} with{ESMTP} id{h2} for{b@a.example} "
     "time{2023-02-26T21:18:03+01:00} shape{amavis}"},
    {"Courier",
     "from [192.168.55.157] ([::ffff:192.168.55.157]) (AUTH: PLAIN jean, TLS: TLSv1/SSLv3,256bits,AES256-SHA) by c.example with "
     "esmtp; Sun, 18 Mar 2007 22:20:33 -0700 id 00488216.45",
     "helo{[192.168.55.157]} ip{192.168.55.157} by{c.example} with{esmtp} tls{TLSv1/SSLv3} cipher{AES256-SHA} id{00488216.45} "
     "auth{jean} time{2007-03-18T22:20:33-07:00} shape{courier}"},
    {"PowerMta",
     "from out.news.example (127.0.0.1) by out.news.example id hpicm416lt0b for <a@b.example>; Thu, 18 Sep 2025 19:44:34 -0400 "
     "(envelope-from <n@news.example>)",
     "helo{out.news.example} ip{127.0.0.1} by{out.news.example} id{hpicm416lt0b} for{a@b.example} env{n@news.example} "
     "time{2025-09-18T19:44:34-04:00} shape{powermta}"},
    {"SendgridGoDateWithoutSemicolon",
     "by recvd-64b-dvw62 with SMTP id recvd-64b-dvw62-1 2025-06-17 19:01:27.072118375 +0000 UTC m=+1131431.57",
     "by{recvd-64b-dvw62} with{SMTP} id{recvd-64b-dvw62-1} time{2025-06-17T19:01:27+00:00} shape{sendgrid}"},
    {"Sparkpost",
     "from [203.0.113.143] ([203.0.113.143:60239] helo=[192.168.23.10]) by edge.example (envelope-from <a@b.example>) (ecelerity "
     "2.2.3.46 r()) with ESMTPSA (cipher=AES-256) id BC/7E; Thu, 19 May 2011 12:22:14 +0000",
     "helo{[192.168.23.10]} ip{203.0.113.143} by{edge.example} with{ESMTPSA} cipher{AES-256} id{BC/7E} env{a@b.example} "
     "time{2011-05-19T12:22:14+00:00} shape{sparkpost}"},
    {"MessageLabs",
     "from [203.0.113.51] (using TLSv1.2 with cipher DHE-RSA (256 bits)) by server-11.bemta-5.messagelabs.com id 06/31; Tue, 20 "
     "Feb 2018 10:29:14 +0000",
     "ip{203.0.113.51} by{server-11.bemta-5.messagelabs.com} tls{TLS1.2} cipher{DHE-RSA} id{06/31} "
     "time{2018-02-20T10:29:14+00:00} shape{messagelabs}"},
    {"Domino",
     "from pc3098 ([172.21.98.16]) by msx.firm.example (Lotus Domino Release 6.5.3) with ESMTP id 2005-53657 ; Tue, 13 Dec 2005 "
     "17:28:06 +0800",
     "helo{pc3098} ip{172.21.98.16} by{msx.firm.example} with{ESMTP} id{2005-53657} time{2005-12-13T17:28:06+08:00} "
     "shape{domino}"},
    {"Mdaemon",
     "from m.example ([192.168.13.239]) (authenticated user jean@m.example) by m.example (m.example [192.168.10.12]) "
     "(MDaemon.PRO.v7.0.1.R) with ESMTP id md50.msg for <l@x.example>; Thu, 22 Apr 2004 15:20:07 +0530",
     "helo{m.example} ip{192.168.13.239} by{m.example} ip_by{192.168.10.12} with{ESMTP} id{md50.msg} for{l@x.example} "
     "auth{jean@m.example} time{2004-04-22T15:20:07+05:30} shape{mdaemon}"},
    {"CommuniGate",
     "from [203.0.113.8] (account joe@p.example HELO laptop.p.example) by l.example (CommuniGate Pro SMTP 5.0.14) with ESMTPA id "
     "18379807; Thu, 10 Nov 2011 01:42:03 -0800",
     "helo{laptop.p.example} ip{203.0.113.8} by{l.example} with{ESMTPA} id{18379807} auth{joe@p.example} "
     "time{2011-11-10T01:42:03-08:00} shape{communigate}"},
    {"Squirrelmail",
     "from 203.0.113.31 (SquirrelMail authenticated user jean) by webmail.firm.example with HTTP; Tue, 10 Jul 2007 22:14:07 "
     "-0700 (PDT)",
     "ip{203.0.113.31} by{webmail.firm.example} with{HTTP} auth{jean} time{2007-07-10T22:14:07-07:00} shape{squirrelmail}"},
    {"Haraka",
     "from PC (h.isp.example [203.0.113.46]) by smtp.firm.example (Haraka/2.8.13) with ESMTPSA id F28D.1 envelope-from "
     "<t@firm.example> (authenticated bits=0) (version=TLSv1/SSLv3 cipher=ECDHE verify=FAIL); Tue, 29 Jul 2025 06:36:25 -0300",
     "helo{PC} name{h.isp.example} ip{203.0.113.46} by{smtp.firm.example} with{ESMTPSA} tls{TLSv1/SSLv3} cipher{ECDHE} "
     "id{F28D.1} env{t@firm.example} time{2025-07-29T06:36:25-03:00} shape{haraka}"},
    {"Fetchmail",
     "from pop.firm.example [203.0.113.25] by home.example with IMAP (fetchmail-6.3.9) for <me@localhost> (single-drop); Wed, 18 "
     "Nov 2009 01:27:47 -0800 (PST)",
     "helo{pop.firm.example} ip{203.0.113.25} by{home.example} with{IMAP} for{me@localhost} time{2009-11-18T01:27:47-08:00} "
     "shape{fetchmail}"},
    {"PickupService", "from mail pickup service by m.example with Microsoft SMTPSVC; Sat, 10 May 2003 08:56:01 -0700",
     "helo{mail pickup service} by{m.example} with{Microsoft SMTPSVC} time{2003-05-10T08:56:01-07:00} shape{ms_smtpsvc}"},
    {"YahooHermes",
     "by hermes--production-ir2-1 (Yahoo Inc. Hermes SMTP Server) with ESMTPA ID abc; Thu, 05 Apr 2018 08:37:00 +0000 (UTC)",
     "by{hermes--production-ir2-1} with{ESMTPA} id{abc} time{2018-04-05T08:37:00+00:00} shape{yahoo}"},
    {"Coremail", "from pc (unknown [203.0.113.3]) by smtp1 (Coremail) with SMTP id C8mowA; Thu, 05 Apr 2018 16:37:00 +0800 (CST)",
     "helo{pc} ip{203.0.113.3} by{smtp1} with{SMTP} id{C8mowA} time{2018-04-05T16:37:00+08:00} shape{coremail}"},
    {"DovecotLmtp",
     "from mx.firm.example ([10.31.69.96]) by store.firm.example with LMTP id SMn7LjpI for <m@firm.example>; Sat, 25 Feb 2023 "
     "14:41:14 -0300",
     "helo{mx.firm.example} ip{10.31.69.96} by{store.firm.example} with{LMTP} id{SMn7LjpI} for{m@firm.example} "
     "time{2023-02-25T14:41:14-03:00} shape{dovecot}"},
};
INSTANTIATE_TEST_SUITE_P(Shapes, ReceivedShape, testing::ValuesIn(kShapes),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Received, TheFirstKeywordWins) {
  const Hop hop = read_exact("from a.example by b.example with SMTP by evil.example with ESMTP; Thu, 5 Apr 2018 10:37:00 +0000");
  EXPECT_EQ(hop.by, "b.example");
  EXPECT_EQ(hop.with, "SMTP");
}

TEST(Received, KeywordsAndSemicolonsInsideCommentsAndQuotesSayNothing) {
  const Hop hop = read_exact(
      "from a.example (by evil.example (with; nested)) by \"b;c\".example (x; y) id 1; Thu, 5 Apr 2018 10:37:00 +0000 (UTC; "
      "really)");
  EXPECT_EQ(hop.from.helo, "a.example");
  EXPECT_EQ(hop.by, "\"b;c\".example");
  ASSERT_TRUE(hop.time);
  EXPECT_EQ(rfc3339_utc(hop.time->at), "2018-04-05T10:37:00Z");
}

TEST(Received, TheLastTopLevelSemicolonStartsTheDate) {
  const Hop hop = read_exact("from a.example by b.example; Mon, 1 Jan 2001 00:00:00 +0000; Thu, 5 Apr 2018 10:37:00 +0000");
  ASSERT_TRUE(hop.time);
  EXPECT_EQ(rfc3339_utc(hop.time->at), "2018-04-05T10:37:00Z");
}

TEST(Received, APeerThatCallsItselfAKeywordIsStillThePeer) {
  const Hop hop = read_exact(
      "from by (host.isp.example [203.0.113.9]) by mx.firm.example (Postfix) with SMTP id 1; Thu, 5 Apr 2018 10:37:00 +0000");
  EXPECT_EQ(hop.from.helo, "by");
  EXPECT_EQ(hop.by, "mx.firm.example");
}

TEST(Received, AMarkThatIsNeverClosedSwallowsNothing) {
  EXPECT_EQ(read_exact("from [192.0.2.1 by mx.firm.example ([192.0.2.2]) id 1").by, "mx.firm.example");
  EXPECT_EQ(read_exact("from a.example by mx.firm.example id <x for b@firm.example").for_whom, "b@firm.example");
}

/// Each would take seconds a field if a search began again at each mark.
TEST(Received, MarksByTheThousandAreReadInOneWalk) {
  for (const char* mark : {"<", "[", "\"", "(", ";", "tls: ,", "(tls: ,", "helo=", "[]", "<>", "@", "("}) {
    std::string value = "from a.example by mx.firm.example ";
    while (value.size() < Limits{}.received_bytes) value += mark;
    for (int i = 0; i < 50; ++i) EXPECT_EQ(read_exact(value).by, "mx.firm.example") << mark;
  }
}

TEST(Received, GarbageIsAHopWithoutClaims) {
  for (const char* value : {"", ";", "(((", "[", "\"", "<", "from", "from by", "x y z", ";;;;", "by ;", "from (", "\\"}) {
    const Hop hop = read_exact(value);
    EXPECT_FALSE(hop.time) << value;
    EXPECT_TRUE(hop.with.empty()) << value;
  }
}

TEST(Received, ReceivedBytesIsItsBound) {
  const std::string at_bound = "by b.example id " + std::string(Limits{}.received_bytes - 16, 'x');
  EXPECT_EQ(read_exact(at_bound).id.size(), Limits{}.received_bytes - 16);
  EXPECT_EQ(read_exact(at_bound + "yyy").raw.size(), Limits{}.received_bytes);
}

TEST(Received, AddressesAreReadOutOfTheirBracketsTagsAndPorts) {
  EXPECT_EQ(ip_address("[192.0.2.1]:25"), "192.0.2.1");
  EXPECT_EQ(ip_address("[192.0.2.1:4237]"), "192.0.2.1");
  EXPECT_EQ(ip_address("[IPv6:2001:db8::1]"), "2001:db8::1");
  EXPECT_EQ(ip_address("fe80::1%5"), "fe80::1");
  EXPECT_EQ(ip_address("192.0.2.256"), "");
  EXPECT_EQ(ip_address("mail.example"), "");
  EXPECT_EQ(ip_address("a:b:c"), "");
}

/// Both examples of each of the 66 counted shapes: nothing is invented, and a keyword that stands in the value is read.
TEST(Received, NothingIsInventedInTheCountedShapes) {
  std::ifstream in(std::string(THREADLINE_SHARED_DIR) + "/data/received/shapes.tsv");
  if (!in) GTEST_SKIP() << "no shared data beside this checkout";
  std::string line;
  std::getline(in, line);
  int read = 0;
  while (std::getline(in, line)) {
    std::stringstream columns(line);
    std::string column;
    for (int i = 0; std::getline(columns, column, '\t'); ++i) {
      if (i < 4 || column.empty()) continue;
      const Hop hop = read_exact(column);
      for (const auto& clause : {hop.from.helo, hop.from.name, hop.from.ip, hop.by, hop.ip_by, hop.via, hop.with, hop.cipher,
                                 hop.id, hop.for_whom, hop.envelope_from, hop.auth_user}) {
        EXPECT_NE(column.find(clause), std::string::npos) << column;
      }
      if (column.starts_with("from ")) {
        EXPECT_TRUE(hop.from != Peer{} || !hop.envelope_from.empty()) << column;
      }
      if (column.find(" by ") != std::string::npos || column.starts_with("by ")) {
        EXPECT_FALSE(hop.by.empty()) << column;
      }
      if (column.find("secs);") == std::string::npos) {
        EXPECT_TRUE(hop.time) << column;
      }
      ++read;
    }
  }
  EXPECT_GE(read, 120);
}

}  // namespace
}  // namespace threadline::facts
