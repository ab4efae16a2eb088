// SPDX-License-Identifier: Apache-2.0
#include "told_story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "logs/layout.h"
#include "logs/names.h"

namespace threadline::logs {

std::string day_time(int day, int hour, int minute) {
  char text[32];
  std::snprintf(text, sizeof text, "2018-04-%02dT%02d:%02d:00", day, hour, minute);
  return text;
}

std::string login(const std::string& when, const std::string& ip, const std::string& country, int error, const std::string& user,
                  const std::string& more) {
  static int number = 0;
  return R"({"id":"s)" + std::to_string(++number) + R"(","createdDateTime":")" + when + R"(Z","userPrincipalName":")" + user +
         R"(","appDisplayName":"Outlook","ipAddress":")" + ip + R"(","status":{"errorCode":)" + std::to_string(error) +
         R"(},"location":{"countryOrRegion":")" + country + "\"}" + more + "}\n";
}

std::string audit(const std::string& when, const std::string& operation, const std::string& members, const std::string& user) {
  static int number = 0;
  return R"({"CreationTime":")" + when + R"(","Id":"a)" + std::to_string(++number) + R"(","Operation":")" + operation +
         R"(","UserId":")" + user + R"(")" + (members.empty() ? "" : ",") + members + "}\n";
}

std::string baseline(const std::string& ip, const std::string& more) {
  std::string log;
  for (int day = 1; day <= 10; ++day) log += login(day_time(day, 7, 5), ip, "FR", 0, kOwner, more);
  return log;
}

Ground ground_with(const std::vector<std::string>& ids) {
  Ground ground;
  for (const std::string& id : ids) {
    ground.mails[mail_key(id)] = {.id = id, .subject = "RIB", .from = "f@supplier.example", .recipients = {kOwner}};
    ground.wanted.mails.insert(mail_key(id));
  }
  ground.wanted.people = {kOwner, "f@supplier.example", "s@vendor.example"};
  ground.senders = {kOwner, "f@supplier.example"};
  return ground;
}

Story story_of(const std::string& log, const Ground& ground) {
  auto settings = std::make_shared<Settings>();
  settings->wanted = ground.wanted;
  auto layout = layout_of(log, {});
  EXPECT_TRUE(layout);
  if (!layout) return {};
  Reader reader(settings);
  Batch batch = reader.read({log, 1, false}, *layout);
  EXPECT_EQ(batch.undecodable, 0U);
  return conclude(std::move(batch.kept), std::move(batch.activities), ground);
}

std::vector<std::string> claims_of(const Story& story) {
  std::vector<std::string> lines;
  for (const Claim& claim : story.claims) lines.push_back(claim.code + " " + std::string(name_of(claim.severity)));
  std::ranges::sort(lines);
  return lines;
}

}  // namespace threadline::logs
