// SPDX-License-Identifier: Apache-2.0
// The page's server as a browser full of other tabs sees it, and its interface (docs/openapi.json).
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "served.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

TEST(ServeDoor, TheAddressHoldsARandomTokenBehindItsFragment) {
  const Served one, other;
  EXPECT_EQ(one.address().rfind("http://127.0.0.1:", 0), 0U);
  EXPECT_EQ(one.token().size(), 64U);
  EXPECT_NE(one.token(), other.token());
}

TEST(ServeDoor, AnotherPagesPortIsTaken) {
  const Served one;
  Served other({"--port", std::to_string(one.port())});
  EXPECT_EQ(other.address(), "");
  EXPECT_EQ(other.end(), 4);
  EXPECT_EQ(one.get("/api/v1/rows").status, 200);
}

TEST(ServeDoor, AnotherHostIsMisdirected) {
  const Served served;
  for (const std::string& host :
       std::vector<std::string>{"evil.example", "127.0.0.1", "127.0.0.1:1", "evil.example:" + std::to_string(served.port()),
                                "127.0.0.1.evil.example:" + std::to_string(served.port()), ""}) {
    EXPECT_NE(served.ask("GET", "/", {{"Host", host}}).status, 200) << host;
    EXPECT_EQ(served.ask("GET", "/api/v1/rows", {{"Host", host.empty() ? "x" : host}}).status, 421) << host;
  }
  EXPECT_EQ(served.ask("GET", "/", {{"Host", "localhost:" + std::to_string(served.port())}}).status, 200);
}

TEST(ServeDoor, AnotherOriginIsForbiddenTheNullOneToo) {
  const Served served;
  const std::string own = "http://127.0.0.1:" + std::to_string(served.port());
  for (const std::string& origin : std::vector<std::string>{"null", "https://evil.example", "http://127.0.0.1",
                                                            "https://127.0.0.1:" + std::to_string(served.port())})
    EXPECT_EQ(served.ask("GET", "/api/v1/rows", {{"Origin", origin}}).status, 403) << origin;
  EXPECT_EQ(served.ask("GET", "/api/v1/rows", {{"Origin", own}}).status, 200);
}

TEST(ServeDoor, AFetchOfAnotherSiteIsForbidden) {
  const Served served;
  for (const char* site : {"cross-site", "same-site"})
    EXPECT_EQ(served.ask("GET", "/api/v1/rows", {{"Sec-Fetch-Site", site}}).status, 403) << site;
  EXPECT_EQ(served.ask("GET", "/app.js", {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "no-cors"}}).status, 403);
  EXPECT_EQ(
      served.ask("GET", "/", {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "navigate"}, {"Sec-Fetch-Dest", "iframe"}})
          .status,
      403);
  EXPECT_EQ(served.ask("GET", "/api/v1/rows", {{"Sec-Fetch-Site", "same-origin"}}).status, 200);
  EXPECT_EQ(
      served.ask("GET", "/", {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "navigate"}, {"Sec-Fetch-Dest", "document"}})
          .status,
      200)
      << "a link in a terminal or chat leads to the page: it shows nothing without the token";
}

TEST(ServeDoor, WithoutTheTokenNothingIsAnswered) {
  const Served served;
  std::string wrong = served.token();
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  for (const std::string& token : {std::string(), wrong, served.token().substr(1), std::string("x")}) {
    for (const char* path :
         {"/api/v1/rows", "/api/v1/verdict", "/api/v1/case", "/api/v1/export/csv", "/api/v1/events", "/api/v1/nothing"})
      EXPECT_EQ(served.ask("GET", path, {{"X-Threadline-Token", token}}).status, 401) << path;
    EXPECT_EQ(
        served.ask("POST", "/api/v1/actions", {{"X-Threadline-Token", token}, {"Content-Type", "application/json"}}, "{}").status,
        401);
  }
  EXPECT_EQ(served.get("/api/v1/rows?token=" + served.token()).status, 200);
  EXPECT_EQ(served.ask("GET", "/api/v1/rows?token=" + served.token(), {{"X-Threadline-Token", ""}}).status, 401);
}

TEST(ServeDoor, OtherMethodsAreNotAllowed) {
  const Served served;
  for (const char* method : {"PUT", "DELETE", "PATCH", "OPTIONS"})
    EXPECT_NE(served.ask(method, "/api/v1/rows").status, 200) << method;
  EXPECT_EQ(served.ask("OPTIONS", "/api/v1/rows", {{"Origin", "https://evil.example"}, {"Access-Control-Request-Method", "POST"}})
                .field("Access-Control-Allow-Origin"),
            "");
}

TEST(ServeDoor, APathUpwardsLeadsNowhere) {
  const Served served;
  for (const char* path : {"/../etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "/page/../../etc/passwd",
                           "//etc/passwd", "/app.js/../../x", "/api/v1/../../etc/passwd", "/api/v1/export/..%2f..%2fetc%2fpasswd",
                           "/api/v1/messages/../../etc/passwd", "/api/v1/evidence/..%2f1", "/%00", "/app.js%00.html"})
    EXPECT_EQ(served.get(path).status, 404) << path;
}

TEST(ServeDoor, EveryAnswerHasTheHeadersThatConfineThePage) {
  const Served served;
  for (const Answer& answer : {served.get("/"), served.get("/app.js"), served.get("/api/v1/rows"), served.get("/nothing"),
                               served.ask("GET", "/", {{"Host", "x"}})}) {
    const std::string policy = answer.field("Content-Security-Policy");
    EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
    EXPECT_NE(policy.find("require-trusted-types-for 'script'"), std::string::npos);
    EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
    EXPECT_EQ(policy.find("unsafe-eval"), std::string::npos);
    EXPECT_EQ(policy.find("script-src 'self' "), std::string::npos) << "nothing but 'self'";
    EXPECT_EQ(answer.field("X-Content-Type-Options"), "nosniff");
    EXPECT_EQ(answer.field("Cache-Control"), "no-store");
    EXPECT_EQ(answer.field("X-Frame-Options"), "DENY");
    EXPECT_EQ(answer.field("Cross-Origin-Resource-Policy"), "same-origin");
    EXPECT_EQ(answer.field("Referrer-Policy"), "no-referrer");
  }
}

TEST(ServeDoor, ItListensOnThisMachineAlone) {
  const Served served;
  std::ifstream table("/proc/net/tcp");
  std::string line;
  char port[16];
  std::snprintf(port, sizeof port, ":%04X", served.port());
  bool is_found = false;
  while (std::getline(table, line)) {
    if (line.find(port) == std::string::npos || line.find(" 0A ") == std::string::npos) continue;
    is_found = true;
    EXPECT_NE(line.find("0100007F" + std::string(port)), std::string::npos) << line;
  }
  EXPECT_TRUE(is_found);
}

TEST(ServeUpload, LimitUploadBytesIsTooLargeAndOneBelowIsNot) {
  const Served served;
  const std::string large(60'000'000, 'x');
  EXPECT_EQ(
      served
          .ask("POST", "/api/v1/evidence", {{"Content-Type", "application/octet-stream"}, {"X-Threadline-Name", "large"}}, large)
          .status,
      413);
  const std::string mail = corpus_bytes("thread/3-ok.eml");
  EXPECT_EQ(served.drop("ok.eml", mail + std::string((50U << 20U) - mail.size(), '\n')).status, 200);
}

TEST(ServeUpload, ABodyWithoutLengthIsRefused) {
  const Served served;
  const Answer answer =
      served.ask("POST", "/api/v1/evidence",
                 {{"Content-Type", "application/octet-stream"}, {"Transfer-Encoding", "chunked"}, {"Content-Length", ""}},
                 "5\r\nhello\r\n0\r\n\r\n");
  EXPECT_EQ(answer.status, 411);
}

TEST(ServeUpload, AnImpossibleLengthIsRefusedBeforeAnythingIsRead) {
  const Served served;
  for (const auto& [length, status] : std::vector<std::pair<std::string, int>>{
           {"-5", 400}, {"five", 400}, {"5 5", 400}, {"99999999999999999999", 413}, {"18446744073709551615", 413}}) {
    for (const char* path : {"/api/v1/evidence", "/api/v1/actions"}) {
      const std::string type = std::string(path) == "/api/v1/evidence" ? "application/octet-stream" : "application/json";
      const auto before = std::chrono::steady_clock::now();
      EXPECT_EQ(served.ask("POST", path, {{"Content-Type", type}, {"Content-Length", length}}, "hello").status, status) << length;
      EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(8)) << "it waited for bytes: " << length;
    }
  }
}

/// Connections whose requests never end; closed with it.
class HalfSent {
 public:
  HalfSent(int port, const std::string& bytes, std::size_t count) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (std::size_t i = 0; i < count; ++i) {
      all_.push_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
      EXPECT_EQ(connect(all_.back(), reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
      EXPECT_EQ(send(all_.back(), bytes.data(), bytes.size(), MSG_NOSIGNAL), static_cast<ssize_t>(bytes.size()));
    }
  }
  ~HalfSent() {
    for (const int connection : all_) close(connection);
  }
  HalfSent(const HalfSent&) = delete;
  HalfSent& operator=(const HalfSent&) = delete;

 private:
  std::vector<int> all_;
};

TEST(ServeUpload, HalfSentOnesLeaveTheServerToEverybodyElse) {
  const Served served;
  const std::string head =
      "POST /api/v1/evidence HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(served.port()) +
      "\r\nX-Threadline-Token: " + served.token() +
      "\r\nContent-Type: application/octet-stream\r\nX-Threadline-Name: a\r\nContent-Length: 1000\r\n\r\nabc";
  const HalfSent connections(served.port(), head, 60);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(served.get("/api/v1/verdict").status, 200);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(8)) << "it waited for those";
  const Answer one_more = served.exchange(head);
  EXPECT_EQ(one_more.status, 503);
  EXPECT_EQ(one_more.field("Retry-After"), "1");
}

TEST(ServeUpload, AFormIsNotTaken) {
  const Served served;
  for (const char* type : {"multipart/form-data; boundary=x", "text/plain", "application/x-www-form-urlencoded", ""})
    EXPECT_EQ(served.ask("POST", "/api/v1/evidence", {{"Content-Type", type}}, "hello").status, 415) << type;
  EXPECT_EQ(served.ask("POST", "/api/v1/actions", {{"Content-Type", "text/plain"}}, "{\"text\":\"x\"}").status, 415);
}

TEST(ServeUpload, LimitRequestBytesBoundsOtherBodies) {
  const Served served;
  const std::string fits = "{\"text\":\"" + std::string(9'000, 'x') + "\"}";
  EXPECT_EQ(served.post("/api/v1/actions", fits).status, 201);
  EXPECT_EQ(served.post("/api/v1/actions", "{\"text\":\"" + std::string(70'000, 'x') + "\"}").status, 413);
  EXPECT_EQ(served.post("/api/v1/actions", "{\"text\":\"" + std::string(20'000, 'x') + "\"}").status, 400);
}

TEST(ServeUpload, WhatIsNoMailIsRefusedWithTheReasonAndAMailIsNot) {
  const Served served;
  const Answer refused = served.drop("picture.png", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) + std::string(200, '\1'));
  EXPECT_EQ(refused.status, 422);
  EXPECT_FALSE(Json::parse(refused.body)["remarks"].empty());
  EXPECT_EQ(served.drop("mail.eml", corpus_bytes("thread/3-ok.eml")).status, 200);
}

TEST(ServeUpload, AZipBombIsRefusedAndThePageLivesOn) {
  const Served served;
  const std::string path = served.folder() + "/bomb.zip";
  ASSERT_EQ(run("python3 -c \"import zipfile,sys; z=zipfile.ZipFile(sys.argv[1],'w',zipfile.ZIP_DEFLATED,compresslevel=9); "
                "z.writestr('a.eml', bytes(300000000)); z.close()\" '" +
                path + "'"),
            0);
  const Answer refused = served.drop("bomb.zip", file_bytes(path));
  EXPECT_EQ(refused.status, 422) << refused.body;
  EXPECT_EQ(served.drop("mail.eml", corpus_bytes("thread/3-ok.eml")).status, 200);
}

TEST(ServeUpload, ANameIsShownAndNeverAPath) {
  const Served served;
  const Answer dropped = served.drop("..%2F..%2Fetc%2Fpasswd%0D%0A%E2%80%AEgpj.eml", corpus_bytes("thread/3-ok.eml"));
  ASSERT_EQ(dropped.status, 200);
  const std::string name = Json::parse(dropped.body)["name"];
  EXPECT_EQ(name.find('\n'), std::string::npos);
  EXPECT_NE(name.find("\\u{202E}"), std::string::npos) << name;
  EXPECT_FALSE(fs::exists(served.folder() + "/../etc"));
}

TEST(ServeUpload, TheSameBytesAreReadOnce) {
  const Served served;
  EXPECT_EQ(served.drop("a.eml", corpus_bytes("thread/3-ok.eml")).status, 200);
  const Answer again = served.drop("b.eml", corpus_bytes("thread/3-ok.eml"));
  EXPECT_EQ(Json::parse(again.body)["state"], "known");
}

TEST(ServePanel, SaysWhatTheArticlesCaseIs) {
  const Served served({"--tz", "Europe/Paris"});
  EXPECT_EQ(Json::parse(served.get("/api/v1/verdict").body)["level"], "empty");
  drop_article(served);
  const Json verdict = Json::parse(served.get("/api/v1/verdict?lang=fr").body);
  EXPECT_EQ(verdict["level"], "critical");
  const std::string sentence = verdict["sentence"];
  EXPECT_NE(sentence.find("05/04/2018 11:45 CEST"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("meridiene-groupe.example"), std::string::npos) << sentence;
  ASSERT_EQ(verdict["accounts"].size(), 1U);
  EXPECT_EQ(verdict["accounts"][0]["before"][0]["value"], "FR7619998004120001234567850");
  EXPECT_EQ(verdict["accounts"][0]["after"][0]["value"], "FR7619887015300008765432118");
  EXPECT_EQ(verdict["accounts"][0]["before"][0]["presented_by"]["actor"], "F. LeComptable");
  EXPECT_EQ(verdict["domains"][0]["reference"], "meridienne-groupe.example");
  EXPECT_EQ(verdict["stranger"]["sender"]["address"], "f.lecomptable@meridiene-groupe.example");
}

TEST(ServePanel, TheHonestTwinSaysThatNothingWasFoundAndNotThatAllIsWell) {
  const Served served;
  for (const char* name : {"thread/1-facturation.eml", "thread/2-reponse.eml", "thread/3-ok.eml", "honest/4-meme-rib.eml"})
    ASSERT_EQ(served.drop(name, corpus_bytes(name)).status, 200);
  const Json verdict = Json::parse(served.get("/api/v1/verdict").body);
  EXPECT_EQ(verdict["level"], "nothing");
  EXPECT_NE(verdict["sentence"].get<std::string>().find("does not prove"), std::string::npos);
  EXPECT_TRUE(verdict["accounts"].empty());
}

TEST(ServePanel, WhatWasDroppedBeforeCounts) {
  const Served served;
  ASSERT_EQ(served.drop("4.eml", corpus_bytes("fraud/4-transfert.eml")).status, 200);
  const std::string before = Json::parse(served.get("/api/v1/verdict").body)["level"];
  for (const char* name : {"thread/1-facturation.eml", "thread/2-reponse.eml", "thread/3-ok.eml"})
    ASSERT_EQ(served.drop(name, corpus_bytes(name)).status, 200);
  const Json after = Json::parse(served.get("/api/v1/verdict").body);
  EXPECT_EQ(after["level"], "critical") << "before: " << before;
  EXPECT_EQ(after["accounts"][0]["before"][0]["value"], "FR7619998004120001234567850");
}

TEST(ServePanel, AStruckFindingSpeaksNoMore) {
  const Served served;
  drop_article(served);
  const Json rows = Json::parse(served.get("/api/v1/rows?severity=medium&limit=100").body)["rows"];
  ASSERT_GE(rows.size(), 3U);
  for (const Json& row : rows)
    EXPECT_EQ(served.post("/api/v1/strikes", Json{{"row", row["row"]}, {"why", "exercise"}}.dump()).status, 201);
  EXPECT_EQ(Json::parse(served.get("/api/v1/verdict").body)["level"], "nothing");
}

TEST(ServeRows, FilterAndPaging) {
  const Served served;
  drop_article(served);
  const auto total = [&](const std::string& query) {
    return Json::parse(served.get("/api/v1/rows" + query).body)["total"].get<int>();
  };
  const int all = total("");
  EXPECT_GT(all, 8);
  EXPECT_EQ(total("?code=bank_account_changed"), 1);
  EXPECT_EQ(total("?severity=critical&kind=finding"), 3);
  EXPECT_EQ(total("?text=RIB%20suivant"), total("?text=rib%20SUIVANT"));
  EXPECT_EQ(total("?from=2018-04-06"), 0);
  EXPECT_EQ(total("?from=2018-04-05&to=2018-04-05"), total("?from=2018-04-05"));
  EXPECT_EQ(total("?actor=nobody"), 0);
  EXPECT_EQ(total("?to=2018-04-04"), 0);
  EXPECT_GT(total("?to=2018-04-04&zone=Pacific/Honolulu"), 0) << "10:37 CEST is 22:37 of the day before there";
  EXPECT_EQ(total("?to=2018-04-04&zone=nowhere"), 0);
  const Json first = Json::parse(served.get("/api/v1/rows?limit=3").body),
             next = Json::parse(served.get("/api/v1/rows?limit=3&offset=3").body);
  EXPECT_EQ(first["rows"].size(), 3U);
  EXPECT_NE(first["rows"][0]["id"], next["rows"][0]["id"]);
  EXPECT_FALSE(first["rows"][0].contains("evidence"));
  const Json one = Json::parse(
      served
          .get("/api/v1/rows/" +
               Json::parse(served.get("/api/v1/rows?code=bank_account_changed").body)["rows"][0]["id"].get<std::string>())
          .body);
  EXPECT_TRUE(one["evidence"].contains("before"));
}

TEST(ServeRows, AreThoseOfScan) {
  const std::string corpus = std::string(THREADLINE_SOURCE_DIR) + "/corpus/kit-de-survie/";
  const Served served({corpus + "thread", corpus + "fraud"});
  Json rows = Json::object();
  for (int tries = 0; tries < 200 && rows.value("total", 0) < 5; ++tries) {
    usleep(50'000);
    rows = Json::parse(served.get("/api/v1/rows?limit=1000").body);
    if (rows["provisional"]) rows = Json::object();
  }
  std::set<std::string> shown, scanned;
  for (const Json& row : rows["rows"]) shown.insert(row["id"].get<std::string>() + " " + row["comment"].get<std::string>());
  const std::string path = served.folder() + "/rows.jsonl";
  ASSERT_EQ(run(std::string("LC_ALL=C.UTF-8 '") + THREADLINE_PROGRAM + "' scan --quiet --format jsonl -o '" + path + "' '" +
                corpus + "thread' '" + corpus + "fraud'"),
            0);
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    const Json row = Json::parse(line);
    scanned.insert(row["id"].get<std::string>() + " " + row["comment"].get<std::string>());
  }
  EXPECT_EQ(shown, scanned);
}

TEST(ServeRows, ALaterEntryShowsAsAReplayOfTheJournalWould) {
  const fs::path folder = fs::path(::testing::TempDir()) / ("serve-replay-" + std::to_string(getpid()));
  std::string before[2], after[2];
  {
    const Served served({"--case", folder.string(), "--tz", "Europe/Paris"});
    drop_article(served);
    const Json row = Json::parse(served.get("/api/v1/rows?code=display_name_spoof").body)["rows"][0]["row"];
    ASSERT_EQ(served.post("/api/v1/strikes", Json{{"row", row}, {"why", "homonyme"}}.dump()).status, 201);
    ASSERT_EQ(served.post("/api/v1/notes", Json{{"row", row}, {"text", "ticket"}}.dump()).status, 201);
    ASSERT_EQ(served.post("/api/v1/actions", R"({"text":"Call","time":"05/04/2018 14:36"})").status, 201);
    ASSERT_EQ(served.post("/api/v1/actions", R"({"text":"Payment seen","time":"05/04/2018 10:55","tab":"timeline"})").status,
              201);
    before[0] = Json::parse(served.get("/api/v1/rows?limit=1000").body)["rows"].dump();
    before[1] = Json::parse(served.get("/api/v1/rows?tab=actions").body)["rows"].dump();
  }
  const Served served({"--case", folder.string(), "--tz", "Europe/Paris"});
  after[0] = Json::parse(served.get("/api/v1/rows?limit=1000").body)["rows"].dump();
  after[1] = Json::parse(served.get("/api/v1/rows?tab=actions").body)["rows"].dump();
  EXPECT_EQ(before[0], after[0]);
  EXPECT_EQ(before[1], after[1]);
  fs::remove_all(folder);
}

TEST(ServeRows, LimitAnswerRowsBoundsAPage) {
  const Served served;
  std::string box;
  for (int i = 0; i < 1'100; ++i)
    box +=
        "From x@firm.example Thu Apr  5 10:37:00 2018\nFrom: a@firm.example\nTo: b@payer.example\nDate: Thu, 5 Apr 2018 10:37:00 "
        "+0200\nMessage-ID: <" +
        std::to_string(i) + "@firm.example>\nSubject: n " + std::to_string(i) + "\n\nhello " + std::to_string(i) + "\n\n";
  ASSERT_EQ(served.drop("box.mbox", box).status, 200);
  const Json rows = Json::parse(served.get("/api/v1/rows?limit=5000").body);
  EXPECT_GT(rows["total"].get<int>(), 1'000);
  EXPECT_EQ(rows["rows"].size(), 1'000U);
}

TEST(ServeMessage, IsWhatExplainSaysWithItsSource) {
  const Served served;
  drop_article(served);
  const Json verdict = Json::parse(served.get("/api/v1/verdict").body);
  const Answer answer = served.get("/api/v1/messages/" + verdict["stranger"]["row"].get<std::string>());
  ASSERT_EQ(answer.status, 200);
  const Json message = Json::parse(answer.body);
  EXPECT_EQ(message["message"]["from"][0]["address"], "f.lecomptable@meridiene-groupe.example");
  EXPECT_FALSE(message["message"]["hops"].empty());
  EXPECT_EQ(message["sentences"].size(), message["message"]["findings"].size());
  for (const Json& finding : message["message"]["findings"]) {
    EXPECT_EQ(finding["id"].get<std::string>().size(), message["message"]["findings"][0]["id"].get<std::string>().size());
    EXPECT_GE(finding["id"].get<std::string>().size(), 16U) << "docs/row.schema.json";
    EXPECT_EQ(finding["kind"], "finding");
    if (finding["code"] != "bank_account_changed") continue;
    const Json span = finding["evidence"]["because"][0]["span"];
    for (const Json& part : message["shown"]["parts"]) {
      if (part["part"] != span["part"]) continue;
      EXPECT_EQ(part["text"].get<std::string>().substr(span["offset"], span["length"]),
                finding["evidence"]["because"][0]["text"]);
    }
  }
  EXPECT_EQ(served.get("/api/v1/messages/0123456789abcdef0123456789abcdef").status, 404);
}

TEST(ServeEntries, StrikeNoteVerdictAndActionAreInTheJournal) {
  const Served served({"--by", "A. Nalyst"});
  drop_article(served);
  const Json row = Json::parse(served.get("/api/v1/rows?code=display_name_spoof").body)["rows"][0];
  EXPECT_EQ(served.post("/api/v1/strikes", Json{{"row", row["row"]}, {"why", "homonyme"}}.dump()).status, 201);
  EXPECT_EQ(served.post("/api/v1/notes", Json{{"row", row["row"]}, {"text", "see ticket 7"}}.dump()).status, 201);
  EXPECT_EQ(served.post("/api/v1/verdicts", Json{{"row", row["row"]}, {"as", "irrelevant"}, {"why", ""}}.dump()).status, 201);
  EXPECT_EQ(served.post("/api/v1/actions", R"({"text":"Call to the bank","time":"05/04/2018 14:36"})").status, 201);
  const Json after = Json::parse(served.get("/api/v1/rows?code=display_name_spoof").body)["rows"][0];
  EXPECT_EQ(after["struck"]["why"], "homonyme");
  EXPECT_EQ(after["struck"]["by"], "A. Nalyst");
  EXPECT_EQ(after["notes"][0]["text"], "see ticket 7");
  EXPECT_EQ(after["qualified"]["as"], "irrelevant");
  EXPECT_EQ(Json::parse(served.get("/api/v1/rows?tab=actions&text=call%20to%20the%20bank").body)["total"], 1);
}

TEST(ServeEntries, WhatIsIncompleteIsRefused) {
  const Served served;
  drop_article(served);
  const Json row = Json::parse(served.get("/api/v1/rows").body)["rows"][0]["row"];
  EXPECT_EQ(served.post("/api/v1/strikes", Json{{"row", row}, {"why", "  "}}.dump()).status, 400);
  EXPECT_EQ(served.post("/api/v1/strikes", R"({"row":999999,"why":"x"})").status, 404);
  EXPECT_EQ(served.post("/api/v1/verdicts", Json{{"row", row}, {"as", "guilty"}}.dump()).status, 400);
  EXPECT_EQ(served.post("/api/v1/actions", R"({"text":"x","time":"yesterday"})").status, 400);
  EXPECT_EQ(served.post("/api/v1/actions", "[]").status, 400);
  EXPECT_EQ(served.post("/api/v1/nothing", "{}").status, 404);
}

TEST(ServeExport, IsWhatTheCommandLineWrites) {
  const fs::path folder = fs::path(::testing::TempDir()) / ("serve-export-" + std::to_string(getpid()));
  const std::string where = (folder / "case").string();
  fs::create_directories(folder);
  const Served served({"--case", where, "--tz", "Europe/Paris", "--own-domain", "meridienne-groupe.example"});
  drop_article(served);
  ASSERT_EQ(served.post("/api/v1/actions", R"({"text":"Call to the bank"})").status, 201);
  for (const auto& [format, name] :
       {std::pair("xlsx", "x.xlsx"), std::pair("csv", "x.csv"), std::pair("jsonl", "x.jsonl"), std::pair("html", "x.html"),
        std::pair("timesketch", "y.csv"), std::pair("markdown", "x.md")}) {
    const fs::path path = folder / name;
    ASSERT_EQ(run(std::string("'") + THREADLINE_PROGRAM + "' case export '" + where + "' --lang fr --format " + format + " -o '" +
                  path.string() + "' 2>/dev/null"),
              0);
    const Answer answer = served.get(std::string("/api/v1/export/") + format + "?lang=fr");
    EXPECT_EQ(answer.status, 200) << format;
    EXPECT_NE(answer.field("Content-Disposition").find("attachment"), std::string::npos);
    EXPECT_TRUE(answer.body == file_bytes(path))
        << format << ": " << answer.body.size() << " and " << fs::file_size(path) << " bytes";
  }
  EXPECT_EQ(served.get("/api/v1/export/exe").status, 404);
  fs::remove_all(folder);
}

}  // namespace
}  // namespace threadline
