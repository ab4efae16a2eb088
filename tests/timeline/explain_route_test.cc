// SPDX-License-Identifier: Apache-2.0
#include "timeline/explain_route.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "facts/transport/hop.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

facts::Route route_of(const Fields& fields) {
  message::Message message;
  for (const auto& [name, value] : fields) message.headers.push_back({name, value, value, 0, 0});
  return facts::read_route(message, {}, Limits{});
}

std::vector<std::string> lines_of(const Fields& fields) { return route_lines(route_of(fields), Language::en, 80); }

const Fields kThree{
    {"Received",
     "from mx.own.example (mx.own.example [10.0.0.5]) by store.own.example (Postfix) with ESMTP id 3; Thu, 5 Apr 2018 10:00:10 "
     "+0200"},
    {"Received",
     "from out.sender.example (out.sender.example [192.0.2.9]) by mx.own.example (Postfix) with ESMTPS id 2; Thu, 5 Apr 2018 "
     "10:00:07 "
     "+0200"},
    {"Received",
     "from pc (isp.example [198.51.100.3]) (Authenticated sender: jean) by out.sender.example (Postfix) with ESMTPSA id 1; Thu, "
     "5 Apr "
     "2018 07:58:00 +0000"},
};

TEST(ExplainRoute, SaysWhoWhenDelayLinkAndTrust) {
  const std::vector<std::string> expected{
      "Route: 3 hops, first hop first (2018); border inferred: hop 2, marked *",
      "  handed over by 192.0.2.9; client 198.51.100.3 (Received); authenticated: jean",
      "  1  04-05 07:58:00+00:00       - -     pc (isp.example [198.51.100.3])",
      "       -> out.sender.example ESMTPSA",
      "  2* 04-05 10:00:07+02:00  +2m07s name  [192.0.2.9] -> mx.own.example ESMTPS",
      "  3+ 04-05 10:00:10+02:00     +3s name  -> store.own.example ESMTP",
  };
  EXPECT_EQ(lines_of(kThree), expected);
}

TEST(ExplainRoute, TwelveHopsWithLongNamesFitAScreen) {
  Fields fields;
  for (int i = 12; i > 0; --i) {
    const std::string host = "relay" + std::to_string(i) + ".eop-eur03.prod.protection.outlook.com";
    fields.emplace_back("Received",
                        "from relay" + std::to_string(i - 1) +
                            ".eop-eur03.prod.protection.outlook.com (2a01:111:f400:7e0a::" + std::to_string(i) + ") by " + host +
                            " with Microsoft SMTP Server id 15.20.1; Thu, 5 Apr 2018 10:00:" + std::to_string(10 + i) + " +0000");
  }
  const std::vector<std::string> lines = lines_of(fields);
  EXPECT_LE(lines.size(), 27U);
  for (const std::string& line : lines) EXPECT_LE(width_of(line), 80U) << line;
  for (const std::string& line : route_lines(route_of(fields), Language::fr, 80)) EXPECT_LE(width_of(line), 80U) << line;
  EXPECT_NE(lines.back().find("relay12.eop-eur03.prod.protection.outlook.com"), std::string::npos) << "names are whole";
}

TEST(ExplainRoute, ABackwardStepABrokenLinkAndAMissingZoneAreSeen) {
  const std::vector<std::string> lines =
      lines_of({{"Received", "from a.x.example (a.x.example [192.0.2.1]) by b.y.test; Thu, 5 Apr 2018 10:00:00 +0000"},
                {"Received", "from pc by c.z.test; Thu, 5 Apr 2018 10:05:00"}});
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[2], "  1  04-05 10:05:00+00:00?      - -     pc -> c.z.test");
  EXPECT_EQ(lines[3], "  2* 04-05 10:00:00+00:00  -5m00s none  a.x.example [192.0.2.1] -> b.y.test");
}

TEST(ExplainRoute, LongRoutesShowBothEndsAndHowManyAreLeftOut) {
  const Fields fields(40, {"Received", "from a by b; Thu, 5 Apr 2018 10:00:00 +0000"});
  const std::vector<std::string> lines = lines_of(fields);
  EXPECT_EQ(std::ranges::count(lines, "     ... 24 more hops"), 1);
  EXPECT_TRUE(lines.back().starts_with(" 40")) << lines.back();
  EXPECT_TRUE(lines_of({}).empty());
}

TEST(ExplainRoute, WhatTheEvidenceWroteDoesNotMoveTheCursor) {
  for (const std::string& line :
       lines_of({{"Received", "from a\x1b[2J\xe2\x80\xae by b\x07.example with C; Thu, 5 Apr 2018 10:00:00 +0000"}})) {
    EXPECT_EQ(line.find_first_of("\x1b\x07"), std::string::npos) << line;
    EXPECT_EQ(line.find("\xe2\x80\xae"), std::string::npos) << line;
  }
}

}  // namespace
}  // namespace threadline::timeline
