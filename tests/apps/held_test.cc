// SPDX-License-Identifier: Apache-2.0
#include "apps/gateway/held_mail.h"

#include <gtest/gtest.h>

#include <sstream>

namespace threadline::gateway {
namespace {

constexpr auto kQueue =
    R"({"queue_name": "hold", "queue_id": "4Q1", "arrival_time": 1000000, "message_size": 700, "sender": "bob@own.example", "recipients": [{"address": "ann@x.example"}]}
{"queue_name": "deferred", "queue_id": "4Q2", "arrival_time": 1000000, "sender": "a@own.example", "recipients": []}
not json
{"queue_name": "hold", "queue_id": "4Q3", "arrival_time": 1000060, "sender": "", "recipients": [{"address": "c@x.example"}, {"address": "d@x.example"}]}
)";

std::vector<HeldMail> held_with(const std::string& log) {
  std::istringstream queue(kQueue), lines(log);
  auto held = read_queue(queue).held;
  take_reasons(lines, held);
  return held;
}

std::string line(const std::string& queue_id, const std::string& verdict, const std::string& reason,
                 const std::string& time = "1970-01-12T13:46:40Z") {
  return R"({"time":")" + time + R"(","event":"message","queue_id":")" + queue_id + R"(","verdict":")" + verdict +
         R"(","direction":"outbound","code":"c","reason":")" + reason + "\"}\n";
}

TEST(HeldMail, IsWhatTheQueueHolds) {
  const auto held = held_with("");
  ASSERT_EQ(held.size(), 2U);
  EXPECT_EQ(held[0].queue_id, "4Q1");
  EXPECT_EQ(held[0].bytes, 700U);
  EXPECT_EQ(held[1].recipients, (std::vector<std::string>{"c@x.example", "d@x.example"}));
  EXPECT_EQ(held[1].reason, "");
}

TEST(HeldMail, HasTheReasonOfTheLogAlsoBehindWhatAJournalWrites) {
  const auto held = held_with("Jan 12 13:46:40 gw threadline[7]: " + line("4Q1", "hold", "why") + line("4Q3", "accept", "no"));
  EXPECT_EQ(held[0].reason, "why");
  EXPECT_EQ(held[0].direction, "outbound");
  EXPECT_EQ(held[1].reason, "");
}

TEST(HeldMail, ALineOfAnEarlierMessageWithTheSameQueueIdIsNotItsOwn) {
  EXPECT_EQ(held_with(line("4Q1", "hold", "old", "1970-01-10T00:00:00Z"))[0].reason, "");
}

TEST(HeldMail, DurationsAreWrittenWithTheirUnit) {
  EXPECT_EQ(seconds_of("4h"), 14'400);
  EXPECT_EQ(seconds_of("2d"), 172'800);
  for (const char* wrong : {"", "4", "h", "-4h", "4h ", "4.5h", "99999999999d"}) EXPECT_FALSE(seconds_of(wrong)) << wrong;
  EXPECT_EQ(age_text(59), "0m");
  EXPECT_EQ(age_text(14'700), "4h 05m");
  EXPECT_EQ(age_text(183'600), "2d 3h");
}

}  // namespace
}  // namespace threadline::gateway
