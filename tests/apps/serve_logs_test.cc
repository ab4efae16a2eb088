// SPDX-License-Identifier: Apache-2.0
// Logs that are dropped beside mails.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "served.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const char* const kLogs[] = {"audit.csv", "mail.log", "signins.json", "trace.csv"};

void drop_logs(const Served& served, const std::string& folder) {
  for (const char* name : kLogs) {
    const Answer answer = served.drop(name, corpus_bytes("logs/" + folder + "/" + name));
    ASSERT_EQ(answer.status, 200) << answer.body;
    const Json file = Json::parse(answer.body);
    EXPECT_EQ(file["state"], "done");
    EXPECT_TRUE(file["log"]);
    EXPECT_GT(file["records"].get<int>(), 0) << name;
  }
}

/// Of rows that do not rest on the name of a file.
std::set<std::string> ids_in(const Json& rows) {
  std::set<std::string> ids;
  for (const Json& row : rows)
    if (row["kind"] != "evidence") ids.insert(row["id"].get<std::string>() + " " + row["comment"].get<std::string>());
  return ids;
}

TEST(ServeLogs, RowsBesideMailsAreThoseOfScan) {
  const fs::path folder = fs::path(::testing::TempDir()) / ("serve-logs-" + std::to_string(getpid()));
  fs::create_directories(folder / "evidence");
  const Served served({"--tz", "Europe/Paris"});
  drop_article(served);
  drop_logs(served, "attack");
  for (const char* name : kArticle)
    std::ofstream(folder / "evidence" / fs::path(name).filename(), std::ios::binary) << corpus_bytes(name);
  for (const char* name : kLogs)
    std::ofstream(folder / "evidence" / name, std::ios::binary) << corpus_bytes(std::string("logs/attack/") + name);
  const std::string path = (folder / "rows.jsonl").string();
  ASSERT_EQ(run(std::string("LC_ALL=C.UTF-8 '") + THREADLINE_PROGRAM + "' scan --quiet --tz Europe/Paris --format jsonl -o '" +
                path + "' '" + (folder / "evidence").string() + "'"),
            0);
  Json scanned = Json::array();
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) scanned.push_back(Json::parse(line));
  const Json shown = Json::parse(served.get("/api/v1/rows?limit=1000").body)["rows"];
  EXPECT_EQ(ids_in(shown), ids_in(scanned));
  const auto named = std::ranges::find_if(shown, [](const Json& row) { return row["source"] == "audit.csv:8"; });
  EXPECT_NE(named, shown.end()) << "a record is named by the file as it was dropped";
  EXPECT_EQ(Json::parse(served.get("/api/v1/rows?tab=actions&text=read%20apart").body)["total"], 0) << "all is joined";
  fs::remove_all(folder);
}

TEST(ServeLogs, ASessionIsToldInOrderAndAnHonestOneIsNot) {
  const Served served({"--tz", "Europe/Paris"});
  drop_logs(served, "attack");
  drop_article(served);  // mails that come later tell what to look for in logs that are there
  for (const auto& [language, sign_in] : {std::pair("fr", "Connexion"), std::pair("en", "Sign-in")}) {
    const Json sessions = Json::parse(served.get(std::string("/api/v1/sessions?lang=") + language).body)["sessions"];
    ASSERT_EQ(sessions.size(), 1U);
    EXPECT_EQ(sessions[0]["account"], "p.quidoitpayer@meridienne-groupe.example");
    EXPECT_EQ(sessions[0]["ip"], "203.0.113.77");
    std::vector<std::string> acts, times;
    for (const Json& record : sessions[0]["records"]) {
      acts.push_back(record["act"]);
      times.push_back(record["time"]);
      EXPECT_EQ(served.get("/api/v1/rows/" + record["row"].get<std::string>()).status, 200);
    }
    acts.erase(std::unique(acts.begin(), acts.end()), acts.end());  // two logs may tell of one sign-in
    EXPECT_EQ(acts, (std::vector<std::string>{"login", "rule_set", "mail_read", "mail_deleted"}));
    EXPECT_TRUE(std::ranges::is_sorted(times));
    EXPECT_EQ(sessions[0]["records"][0]["text"], sign_in);
    EXPECT_EQ(sessions[0]["records"][0]["zone"], "CEST");
  }
  const Served honest;
  for (const char* name : {"thread/1-facturation.eml", "thread/2-reponse.eml", "thread/3-ok.eml", "honest/4-meme-rib.eml"})
    ASSERT_EQ(honest.drop(name, corpus_bytes(name)).status, 200);
  drop_logs(honest, "travel");
  EXPECT_TRUE(Json::parse(honest.get("/api/v1/sessions").body)["sessions"].empty());
  EXPECT_EQ(Json::parse(honest.get("/api/v1/verdict").body)["level"], "nothing");
}

TEST(ServeLogs, ALogAloneIsNoEmptyPage) {
  const Served served;
  ASSERT_EQ(served.drop("mail.log", corpus_bytes("logs/travel/mail.log")).status, 200);
  EXPECT_EQ(Json::parse(served.get("/api/v1/verdict").body)["level"], "nothing");
  EXPECT_NE(Json::parse(served.get("/api/v1/verdict").body)["sentence"].get<std::string>().find("Drop the mails, too"),
            std::string::npos);
}

TEST(ServeLogs, TheYearThatALogLacksIsThatOfTheFileItWas) {
  const Served served({"--tz", "UTC"});
  const std::string log =
      "Apr  5 09:00:01 mx1 postfix/cleanup[1]: 40gfXJ2LqYz9vAa: message-id=<1@firm.example>\n"
      "Apr  5 09:00:01 mx1 postfix/qmgr[1]: 40gfXJ2LqYz9vAa: from=<a@firm.example>, size=1, nrcpt=1 (queue active)\n"
      "Apr  5 09:00:02 mx1 postfix/smtp[1]: 40gfXJ2LqYz9vAa: to=<b@payer.example>, relay=x[192.0.2.9]:25, delay=1, dsn=2.0.0, "
      "status=sent (ok)\n"
      "Apr  5 09:00:02 mx1 postfix/qmgr[1]: 40gfXJ2LqYz9vAa: removed\n";
  ASSERT_EQ(served
                .ask("POST", "/api/v1/evidence",
                     {{"Content-Type", "application/octet-stream"},
                      {"X-Threadline-Name", "mail.log"},
                      {"X-Threadline-Modified", "1523000000123"}},  // 6 April 2018
                     log)
                .status,
            202);
  ASSERT_EQ(served
                .drop("m.eml",
                      "From: a@firm.example\nTo: b@payer.example\nSubject: x\nDate: Thu, 5 Apr 2018 09:00:00 +0000\nMessage-ID: "
                      "<1@firm.example>\n\nhello\n")
                .status,
            200);
  const Json rows = Json::parse(served.get("/api/v1/rows?limit=100&text=mail.log").body)["rows"];
  bool is_found = false;
  for (const Json& row : rows) is_found = is_found || (row["kind"] == "log" && row["time"] == "2018-04-05T09:00:02+00:00");
  EXPECT_TRUE(is_found) << rows.dump(1);
}

}  // namespace
}  // namespace threadline
