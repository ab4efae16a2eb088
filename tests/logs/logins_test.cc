// SPDX-License-Identifier: Apache-2.0
// What is new of a sign-in after a baseline: country, network, client, session; and who travels faster than a plane. Each beside
// its benign twin.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "logs/client_family.h"
#include "logs/layout.h"
#include "logs/travel.h"
#include "told_story.h"

namespace threadline::logs {
namespace {

using Lines = std::vector<std::string>;

constexpr const char* kHome = "192.0.2.7";
constexpr const char* kAway = "203.0.113.7";
const std::string kBrowser = R"(,"clientAppUsed":"Browser","deviceDetail":{"browser":"Edge 16.0"})";
const std::string kImap = R"(,"clientAppUsed":"IMAP4")";

/// "severity news", or "" for no finding of a new place.
std::string news_of(const Story& story) {
  const auto claim = std::ranges::find(story.claims, "login_new_place", &Claim::code);
  if (claim == story.claims.end()) return {};
  std::string line(name_of(claim->severity));
  for (const Value& one : *claim->evidence.find("news")->list()) line += " " + *one.text();
  return line;
}

std::string news_after(const std::string& sign_in, const Ground& ground = {}) {
  return news_of(story_of(baseline(kHome, kBrowser) + sign_in, ground));
}

std::string at(int hour, int minute, const std::string& ip, const std::string& country, const std::string& more) {
  return login(day_time(11, hour, minute), ip, country, 0, kOwner, more);
}

TEST(NewPlace, EachOfCountryNetworkClientAndSessionIsNews) {
  EXPECT_EQ(news_after(at(9, 0, kAway, "LV", kBrowser)), "low country network");
  EXPECT_EQ(news_after(at(9, 0, kAway, "FR", kBrowser)), "info network");
  EXPECT_EQ(news_after(at(9, 0, kHome, "FR", R"(,"clientAppUsed":"Browser","deviceDetail":{"browser":"Firefox 60"})")),
            "info client");
  EXPECT_EQ(news_after(at(9, 0, kHome, "FR", kImap)), "low legacy_client");
  EXPECT_EQ(news_after(at(9, 0, kAway, "LV", kImap)), "medium country network legacy_client");
  EXPECT_EQ(news_after(at(9, 0, kAway, "FR", R"(,"clientAppUsed":"Browser","deviceDetail":{"browser":"Firefox 60"})")),
            "low network client");
}

TEST(NewPlace, WhatTheAccountAlwaysDidIsNone) {
  EXPECT_EQ(news_after(at(9, 0, kHome, "FR", kBrowser)), "");
  EXPECT_EQ(news_after(at(9, 0, "192.0.77.1", "FR", R"(,"clientAppUsed":"Browser","deviceDetail":{"browser":"Edge 17.1"})")), "")
      << "an update of the browser, another address of the same network";
  EXPECT_EQ(news_of(story_of(baseline(kHome, kImap) + at(9, 0, kHome, "FR", kImap))), "") << "a mail program of always";
  EXPECT_EQ(news_of(story_of(at(8, 0, kHome, "FR", kBrowser) + at(9, 0, kHome, "FR", kImap))), "") << "no baseline";
}

TEST(NewPlace, ASecondClientInTheSameHourIsSeenBesideTheFirst) {
  EXPECT_EQ(news_after(at(9, 0, kHome, "FR", kBrowser) + at(9, 1, kHome, "FR", kImap)), "low legacy_client");
}

TEST(NewPlace, AnAccountOfManyNetworksSaysNothingByOneMore) {
  std::string log = baseline(kHome, kBrowser);
  for (int i = 1; i <= 4; ++i)
    log += login(day_time(10, 8 + i, 0), "198." + std::to_string(50 + i) + ".0.1", "FR", 0, kOwner, kBrowser);
  Ground ground;
  ground.wanted.people = {"somebody@else.example"};
  EXPECT_EQ(news_of(story_of(log + at(9, 0, kAway, "FR", kBrowser), ground)), "");
}

TEST(NewPlace, ANewTelephoneOfWhomTheCaseDoesNotConcernIsNotTold) {
  Ground ground;
  ground.wanted.people = {"somebody@else.example"};
  const std::string phone = at(9, 0, kHome, "FR", R"(,"clientAppUsed":"Browser","deviceDetail":{"browser":"Safari 11"})");
  EXPECT_EQ(news_after(phone, ground), "");
  ground.wanted.people.insert(kOwner);
  EXPECT_EQ(news_after(phone, ground), "info client");
}

TEST(NewPlace, ASessionThatGoesOnElsewhereInAnotherClientWasTaken) {
  const auto session = [](const std::string& client) {
    return R"(,"sessionId":"s1","clientAppUsed":"Browser","deviceDetail":{"browser":")" + client + R"("})";
  };
  EXPECT_EQ(news_after(at(9, 0, kHome, "FR", session("Edge 16.0")) + at(9, 30, kAway, "FR", session("Chrome 60"))),
            "low network client session");
  EXPECT_EQ(news_after(at(9, 0, kHome, "FR", session("Edge 16.0")) + at(9, 30, kAway, "FR", session("Edge 16.0"))),
            "info network")
      << "a laptop that is carried from one network to another";
}

std::string use(int hour, const std::string& ip, const std::string& client, const std::string& session = "s1") {
  return audit(day_time(11, hour, 0), "MailItemsAccessed",
               R"("ClientIP":")" + ip + R"(","SessionId":")" + session + R"(","ClientInfoString":"Client=)" + client +
                   R"(","OperationProperties":[{"Name":"MailAccessType","Value":"Bind"}])");
}

/// The audit log beside the sign-ins of its account: two logs, one story.
Story story_beside(const std::string& uses, const std::string& sign_ins = baseline(kHome, kBrowser), const Ground& ground = {}) {
  std::vector<Event> kept;
  std::vector<Activity> activities;
  for (const std::string& log : {sign_ins, uses}) {
    auto settings = std::make_shared<Settings>();
    settings->wanted = ground.wanted;
    Batch batch = Reader(settings).read({log, 1, false}, *layout_of(log, {}));
    std::ranges::move(batch.kept, std::back_inserter(kept));
    std::ranges::move(batch.activities, std::back_inserter(activities));
  }
  return conclude(std::move(kept), std::move(activities), ground);
}

TEST(NewPlace, ATakenSessionIsSeenByWhatWasDoneInIt) {
  const std::string edge = "OWA;Mozilla/5.0 (Windows NT 10.0) Edg/122.0";
  const std::string home = use(8, kHome, "OWA;Action=ViaProxy");
  const std::string taken = "low network session";
  EXPECT_EQ(news_of(story_beside(home + use(12, kAway, "REST;Client=RESTSystem;;"))), taken);
  EXPECT_EQ(news_of(story_beside(use(12, kAway, "REST;Client=RESTSystem;;") + home)), taken) << "whatever stands first";
  EXPECT_EQ(news_of(story_beside(use(8, kHome, edge) + use(12, kAway, "OWA;Mozilla/5.0 (X11; Linux) Firefox/115.0"))), taken);
  EXPECT_EQ(news_of(story_beside(home + use(9, kHome, "REST;;") + use(12, kAway, "REST;;"))), "") << "a laptop is carried away";
  EXPECT_EQ(news_of(story_beside(home + use(12, kAway, edge))), "") << "Exchange names the browser or does not";
  EXPECT_EQ(news_of(story_beside(home + use(12, kAway, "REST;;", "s2"))), "") << "another session";
  EXPECT_EQ(news_of(story_beside(home + use(12, "192.0.77.1", "REST;;"))), "") << "the network of always";
  EXPECT_EQ(news_of(story_beside(home + use(12, kAway, "REST;;"), login(day_time(1, 7, 0), kHome, "FR"))), "") << "no baseline";
  Ground ground;
  ground.wanted.people = {"somebody@else.example"};
  EXPECT_EQ(news_of(story_beside(home + use(12, kAway, "REST;;"), baseline(kHome, kBrowser), ground)), "")
      << "whom the case does not concern";
}

TEST(NewPlace, TheOwnersOtherSessionsAreNotAsGraveAsTheTakenOne) {
  Ground ground = ground_with({"<b2@mail.example>"});
  const auto read = [](int hour, const char* ip, const std::string& client, const std::string& session) {
    return audit(
        day_time(11, hour, 0), "MailItemsAccessed",
        std::string(R"("ClientIP":")") + ip + R"(","SessionId":")" + session + R"(","ClientInfoString":"Client=)" + client +
            R"(","OperationProperties":[{"Name":"MailAccessType","Value":"Bind"}],"Folders":[{"Path":"\\Inbox","FolderItems":)"
            R"([{"InternetMessageId":"<b2@mail.example>"}]}])");
  };
  const Story story =
      story_beside(read(8, kHome, "OWA;;", "s1") + read(9, kHome, "OWA;;", "s2") + read(12, kAway, "REST;;", "s1"),
                   baseline(kHome, kBrowser), ground);
  EXPECT_EQ(claims_of(story), (Lines{"login_new_place low", "thread_read_by info", "thread_read_by low"}));
}

TEST(NewPlace, AUseIsToldOnceAndTheSameInWhateverPieces) {
  const std::string log = use(8, kHome, "OWA;;") + use(12, kAway, "REST;;") + use(13, kAway, "REST;;") + use(14, kAway, "IMAP;;");
  const Story story = story_beside(log);
  EXPECT_EQ(std::ranges::count(story.claims, "login_new_place", &Claim::code), 1);
}

constexpr Location kParis{48.86, 2.35, 20};
constexpr Location kRiga{56.95, 24.11, 20};
constexpr Location kStrasbourg{48.58, 7.75, 20};
constexpr Location kKehl{48.57, 7.82, 20};
constexpr std::int64_t kHour = 3'600;

TEST(Travel, DistancesAreThoseOfTheGlobe) {
  EXPECT_NEAR(distance_km(kParis, kRiga), 1'700, 20);
  EXPECT_NEAR(distance_km({0, 0, 0}, {0, 180, 0}), 20'015, 5) << "half of the equator";
  EXPECT_NEAR(distance_km({10, 179.5, 0}, {10, -179.5, 0}), 109.5, 1) << "across the date line";
  EXPECT_EQ(distance_km(kParis, kParis), 0);
}

TEST(Travel, IsFasterThanAPlaneByWhatLiesBetweenTheCircles) {
  EXPECT_TRUE(is_faster_than_a_plane(kParis, kRiga, kHour));
  EXPECT_FALSE(is_faster_than_a_plane(kParis, kRiga, 3 * kHour)) << "a flight";
  EXPECT_TRUE(is_faster_than_a_plane(kParis, kRiga, 0)) << "both at once";
  EXPECT_FALSE(is_faster_than_a_plane(kStrasbourg, kKehl, 0)) << "neighbours across a border";
  EXPECT_FALSE(is_faster_than_a_plane(kParis, {56.95, 24.11, 1'650}, kHour)) << "an address that may be anywhere";
}

Ground with_places() {
  Ground ground;
  ground.location_of = [](const std::string& ip) -> std::optional<Location> {
    if (ip == kHome) return kStrasbourg;
    if (ip == kAway) return kRiga;
    if (ip == "198.51.100.7") return kKehl;
    return std::nullopt;
  };
  return ground;
}

TEST(Travel, CoordinatesSayMoreThanCountries) {
  const auto severity = [](const std::string& log) {
    return news_of(story_of(baseline(kHome, kBrowser) + at(7, 0, kHome, "FR", kBrowser) + log, with_places()));
  };
  EXPECT_EQ(severity(at(8, 10, kAway, "LV", kBrowser)), "medium country network") << "1,300 km in 70 minutes";
  EXPECT_EQ(severity(at(9, 30, kAway, "LV", kBrowser)), "low country network") << "a flight of two hours and a half";
  EXPECT_EQ(severity(at(7, 20, "198.51.100.7", "DE", kBrowser)), "low country network") << "over the bridge";
  EXPECT_EQ(severity(at(7, 20, "198.51.7.7", "DE", kBrowser)), "medium country network") << "no coordinates: two countries";
}

TEST(Travel, AVpnThatAlwaysLedAbroadIsNoNews) {
  std::string log;
  for (int day = 1; day <= 10; ++day) {
    log += login(day_time(day, 7, 5), kHome, "FR", 0, kOwner, kBrowser);
    log += login(day_time(day, 7, 35), kAway, "LV", 0, kOwner, kBrowser);
  }
  const Story story = story_of(log, with_places());
  EXPECT_TRUE(std::ranges::none_of(story.claims, [](const Claim& claim) { return claim.severity > Severity::low; }));
}

TEST(Travel, TheLogsOwnCoordinatesCountWhereItNamesACity) {
  const auto place = [](const std::string& latitude, const std::string& longitude, const std::string& city) {
    return R"(,"location":{"city":")" + city + R"(","countryOrRegion":"XX","geoCoordinates":{"latitude":)" + latitude +
           R"(,"longitude":)" + longitude + "}}";
  };
  // One JSON object may not have a member twice: the records are written whole.
  const auto record = [&](const std::string& when, const std::string& ip, std::string country, const std::string& where) {
    std::string line = R"({"createdDateTime":")" + when +
                       R"(Z","userPrincipalName":"p@firm.example","appDisplayName":"Outlook","ipAddress":")" + ip +
                       R"(","status":{"errorCode":0})" + where + "}\n";
    line.replace(line.find("XX"), 2, country);
    return line;
  };
  std::string log;
  for (int day = 1; day <= 10; ++day) log += record(day_time(day, 7, 5), kHome, "FR", place("48.58", "7.75", "Strasbourg"));
  EXPECT_EQ(news_of(story_of(log + record(day_time(10, 7, 45), kAway, "LV", place("56.95", "24.11", "Riga")))),
            "medium country network");
  EXPECT_EQ(news_of(story_of(log + record(day_time(10, 7, 45), kAway, "DE", place("48.57", "7.82", "Kehl")))),
            "low country network");
}

TEST(Client, AFamilyOutlivesItsVersions) {
  EXPECT_EQ(client_family("Edge 16.16299"), client_family("Edge 17.17134"));
  EXPECT_NE(client_family("Edge 16.16299"), client_family("Firefox 60.0"));
  EXPECT_EQ(client_family(""), "");
}

TEST(Client, LegacyOnesNeedNoSecondFactor) {
  for (const char* client :
       {"IMAP4", "POP3", "Authenticated SMTP", "BAV2ROPC", "Other clients; IMAP", "Client=POP3/IMAP4;Protocol=IMAP4"})
    EXPECT_TRUE(is_legacy_client(client)) << client;
  for (const char* client :
       {"Browser", "Mobile Apps and Desktop clients", "Exchange ActiveSync", "Client=OWA;Action=ViaProxy", ""})
    EXPECT_FALSE(is_legacy_client(client)) << client;
}

}  // namespace
}  // namespace threadline::logs
