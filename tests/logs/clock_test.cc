// SPDX-License-Identifier: Apache-2.0
#include "logs/clock.h"

#include <gtest/gtest.h>

#include "logs/names.h"

namespace threadline::logs {
namespace {

std::string read(std::string_view text, const ClockSettings& settings = {}) {
  const auto stamp = read_clock(text, settings);
  return stamp ? rfc3339_utc(stamp->at) : "none";
}

TEST(Clock, ReadsTheTimesThatLogsWrite) {
  const std::string expected = "2018-04-05T08:37:00Z";
  for (const char* text : {"2018-04-05T08:37:00", "2018-04-05T08:37:00Z", "2018-04-05T08:37:00.1234567", "2018-04-05 08:37:00",
                           "2018-04-05 10:37:00 +0200", "2018-04-05T10:37:00.12+02:00", "4/5/2018 8:37:00 AM",
                           "05.04.2018 08:37:00", "05-04-2018 08:37:00", "05/Apr/2018:10:37:00 +0200", "1522917420",
                           "1522917420.250", "1522917420000", "2018-04-05 08:37:00 UTC", "2018/04/05 08:37:00"}) {
    EXPECT_EQ(read(text), expected) << text;
  }
}

TEST(Clock, ADateOfTwelveOrLessIsAssumedWhereTheOrderIsUnknown) {
  EXPECT_EQ(read("05/04/2018 08:37:00"), "2018-04-05T08:37:00Z");
  EXPECT_EQ(read_clock("05/04/2018 08:37:00", {})->basis, ZoneBasis::assumed);
  EXPECT_EQ(read("04/05/2018 08:37:00", {.order = DateOrder::month_first}), "2018-04-05T08:37:00Z");
  EXPECT_EQ(read_clock("04/05/2018 08:37:00", {.order = DateOrder::month_first})->basis, ZoneBasis::stated);
  EXPECT_EQ(read("25/04/2018 08:37:00"), "2018-04-25T08:37:00Z");
  EXPECT_EQ(read("04/25/2018 08:37:00"), "2018-04-25T08:37:00Z");
  EXPECT_EQ(order_proved_by("25/04/2018 08:37:00"), DateOrder::day_first);
  EXPECT_EQ(order_proved_by("4/25/2018 8:37:00 AM"), DateOrder::month_first);
  EXPECT_EQ(order_proved_by("4/5/2018 8:37:00 AM"), DateOrder::unknown);
}

TEST(Clock, AMonthByItsNameIsNoOrderToAssume) {
  for (const DateOrder order : {DateOrder::unknown, DateOrder::day_first, DateOrder::month_first}) {
    const auto stamp = read_clock("05/Apr/2018:10:37:00 +0530", {.order = order});
    ASSERT_TRUE(stamp);
    EXPECT_EQ(rfc3339_utc(stamp->at), "2018-04-05T05:07:00Z");
    EXPECT_EQ(stamp->basis, ZoneBasis::stated);
  }
  EXPECT_EQ(read_clock("05/Apr/2018:10:37:00", {.basis = ZoneBasis::assumed})->basis, ZoneBasis::assumed);
}

TEST(Clock, SyslogTakesItsYearFromWhenTheLogWasWritten) {
  const ClockSettings settings{.basis = ZoneBasis::assumed, .written = Instant{1'523'000'000, 0}};  // 6 April 2018
  EXPECT_EQ(read("Apr  5 08:37:00", settings), "2018-04-05T08:37:00Z");
  EXPECT_EQ(read("Dec 31 23:59:59", settings), "2017-12-31T23:59:59Z");
  EXPECT_EQ(read_clock("Apr  5 08:37:00", settings)->basis, ZoneBasis::assumed);
  EXPECT_EQ(read("Apr  5 08:37:00"), "none") << "without a year nothing is guessed";
}

TEST(Clock, AZoneOfTheAnalystsIsUsedWhereTheTextHasNone) {
  const ClockSettings paris{.zone = std::make_shared<const text::Zone>(*text::Zone::named("Europe/Paris"))};
  EXPECT_EQ(read("2018-04-05 10:37:00", paris), "2018-04-05T08:37:00Z");
  EXPECT_EQ(read("2018-01-05 10:37:00", paris), "2018-01-05T09:37:00Z");
  EXPECT_EQ(read("2018-04-05T10:37:00Z", paris), "2018-04-05T10:37:00Z");
}

TEST(Clock, WhatIsNoTimeIsNone) {
  for (const char* text : {"", "yesterday", "2018-13-05T08:37:00", "31.02.2018 08:37:00", "99:99", "2018-04-05T25:00:00"})
    EXPECT_EQ(read(text), "none") << text;
}

TEST(Names, AnAddressIsBareWhateverStandsAroundIt) {
  EXPECT_EQ(bare_ip("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(bare_ip("192.0.2.7:4242"), "192.0.2.7");
  EXPECT_EQ(bare_ip("[2001:db8::1]:443"), "2001:db8::1");
  EXPECT_EQ(bare_ip("[192.0.2.7]"), "192.0.2.7");
  EXPECT_EQ(bare_ip("2001:DB8::1"), "2001:db8::1");
  EXPECT_EQ(bare_ip("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(bare_ip("::1"), "::1");
  EXPECT_EQ(bare_ip(" "), "");
}

TEST(Names, AMessageIdIsOneWithAndWithoutBracketsCaseAndSpaces) {
  for (const char* id : {"<Ab1@Mail.Example>", "ab1@mail.example", " <ab1@MAIL.example> ", "<ab1@mail.\r\n example>"})
    EXPECT_EQ(mail_key(id), "ab1@mail.example") << id;
}

TEST(Names, ANetworkIsWideEnoughForAHomeConnection) {
  EXPECT_EQ(network_of("192.0.2.7"), "192.0.0.0/16");
  EXPECT_EQ(network_of("2001:db8:1::7"), "2001:db8::/32");
  EXPECT_EQ(network_of("unknown"), "");
  EXPECT_TRUE(is_inner_ip("172.16.0.1"));
  EXPECT_FALSE(is_inner_ip("172.32.0.1"));
  EXPECT_EQ(host_of("https://user@Login.Example:8443/path?x"), "login.example");
}

}  // namespace
}  // namespace threadline::logs
