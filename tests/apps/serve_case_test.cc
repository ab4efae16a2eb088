// SPDX-License-Identifier: Apache-2.0
// Sessions that last: a case, a program that ends, streams of events.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "served.h"

namespace threadline {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

TEST(ServeCase, EvidenceOfACaseIsThereAgainAndJudgedWithWhatComes) {
  const fs::path folder = fs::path(::testing::TempDir()) / ("serve-case-" + std::to_string(getpid()));
  {
    const Served served({"--case", folder.string()});
    for (const char* name : {"thread/1-facturation.eml", "thread/2-reponse.eml", "thread/3-ok.eml"})
      ASSERT_EQ(served.drop(name, corpus_bytes(name)).status, 200);
  }
  const std::string journal = file_bytes(folder / "journal.jsonl");
  {
    const Served served({"--case", folder.string()});
    ASSERT_EQ(served.drop("4.eml", corpus_bytes("fraud/4-transfert.eml")).status, 200);
    const Json verdict = Json::parse(served.get("/api/v1/verdict").body);
    EXPECT_EQ(verdict["accounts"][0]["before"][0]["value"], "FR7619998004120001234567850");
  }
  EXPECT_EQ(file_bytes(folder / "journal.jsonl").rfind(journal, 0), 0U) << "the journal only grows";
  EXPECT_EQ(run(std::string("'") + THREADLINE_PROGRAM + "' case verify '" + folder.string() + "' > /dev/null"), 0);
  fs::remove_all(folder);
}

TEST(ServeCase, ATemporarySessionLeavesNothingUnlessItIsKept) {
  const fs::path kept = fs::path(::testing::TempDir()) / ("serve-kept-" + std::to_string(getpid()));
  Served served;
  drop_article(served);
  const Json before = Json::parse(served.get("/api/v1/case").body);
  EXPECT_TRUE(before["temporary"]);
  struct stat status {};
  ASSERT_EQ(stat(fs::path(before["folder"].get<std::string>()).parent_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
  EXPECT_EQ(served.post("/api/v1/case", R"({"folder":"relative"})").status, 400);
  EXPECT_EQ(served.post("/api/v1/case", Json{{"folder", ::testing::TempDir()}}.dump()).status, 409);
  ASSERT_EQ(served.post("/api/v1/case", Json{{"folder", kept.string()}}.dump()).status, 200);
  ASSERT_EQ(served.post("/api/v1/actions", R"({"text":"after"})").status, 201);
  EXPECT_FALSE(Json::parse(served.get("/api/v1/case").body)["temporary"]);
  EXPECT_EQ(served.end(), 0);
  EXPECT_TRUE(fs::is_empty(served.folder()));
  EXPECT_EQ(run(std::string("'") + THREADLINE_PROGRAM + "' case verify '" + kept.string() + "' > /dev/null"), 0);
  EXPECT_NE(file_bytes(kept / "journal.jsonl").find("after"), std::string::npos);
  fs::remove_all(kept);
}

TEST(ServeCase, AJournalThatWasChangedIsToldAndAWholeOneIsNot) {
  const fs::path folder = fs::path(::testing::TempDir()) / ("serve-broken-" + std::to_string(getpid()));
  {
    const Served served({"--case", folder.string()});
    ASSERT_EQ(served.post("/api/v1/actions", R"({"text":"Call"})").status, 201);
    ASSERT_EQ(served.post("/api/v1/actions", R"({"text":"Letter"})").status, 201);
    EXPECT_EQ(Json::parse(served.get("/api/v1/case").body)["fault"], "");
  }
  std::string journal = file_bytes(folder / "journal.jsonl");
  journal.replace(journal.find("Call"), 4, "Fall");
  fs::permissions(folder / "journal.jsonl", fs::perms::owner_write, fs::perm_options::add);
  std::ofstream(folder / "journal.jsonl", std::ios::binary) << journal;
  {
    const Served served({"--case", folder.string()});
    EXPECT_NE(Json::parse(served.get("/api/v1/case?lang=en").body)["fault"].get<std::string>().find("broken"), std::string::npos);
  }
  fs::remove_all(folder);
}

TEST(ServeCase, ATerminalThatGoesAwayEndsItCleanly) {
  Served served;
  drop_article(served);
  kill(served.process(), SIGHUP);
  for (int tries = 0; tries < 200 && !fs::is_empty(served.folder()); ++tries) usleep(25'000);
  EXPECT_TRUE(fs::is_empty(served.folder())) << "mails were left in the temporary folder";
}

TEST(ServeCase, WhatAKilledOneLeftGoesAtTheNextStart) {
  Served killed;
  drop_article(killed);
  kill(killed.process(), SIGKILL);
  killed.end();
  ASSERT_FALSE(fs::is_empty(killed.folder()));
  for (int tries = 0; tries < 100 && !fs::is_empty(killed.folder()); ++tries) {  // until its processes have seen that it is gone
    usleep(50'000);
    (void)run("TMPDIR='" + killed.folder() + "' timeout -s TERM 1 '" + THREADLINE_PROGRAM +
              "' serve --no-browser --quiet > /dev/null");
  }
  EXPECT_TRUE(fs::is_empty(killed.folder()));
}

TEST(ServeCase, OpensWithFilesOfTheCommandLine) {
  const std::string corpus = std::string(THREADLINE_SOURCE_DIR) + "/corpus/kit-de-survie/";
  const Served served({corpus + "thread", corpus + "fraud/4-transfert.eml"});
  Json verdict = Json::object();
  for (int tries = 0; tries < 200 && verdict.value("level", "") != "critical"; ++tries) {
    usleep(50'000);
    verdict = Json::parse(served.get("/api/v1/verdict").body);
  }
  EXPECT_EQ(verdict["level"], "critical");
}

TEST(ServeEvents, LimitEventStreams) {
  const Served served;
  std::vector<std::thread> listeners;
  std::atomic<int> streams{0}, refused{0};
  for (int i = 0; i < 9; ++i)
    listeners.emplace_back([&] {
      const int status = served.get("/api/v1/events").status;
      ++(status == 200 ? streams : refused);
    });
  for (int tries = 0; tries < 100 && refused == 0; ++tries) usleep(20'000);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(served.get("/api/v1/rows").status, 200) << "the page answers meanwhile";
  ASSERT_EQ(served.drop("mail.eml", corpus_bytes("thread/3-ok.eml")).status, 200);
  const Json progress = Json::parse(served.get("/api/v1/progress").body);
  EXPECT_EQ(progress["files"][0]["state"], "done") << "who has no stream can ask";
  EXPECT_FALSE(progress["reading"]);
  kill(served.process(), SIGTERM);
  for (std::thread& one : listeners) one.join();
  EXPECT_EQ(streams, 8);
}

/// Asks for a stream and hears its first bytes; the connection stays open.
int open_stream(const Served& served) {
  const int connection = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<std::uint16_t>(served.port()));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(connection, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
  const std::string request = "GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(served.port()) +
                              "\r\nX-Threadline-Token: " + served.token() + "\r\n\r\n";
  EXPECT_EQ(send(connection, request.data(), request.size(), MSG_NOSIGNAL), static_cast<ssize_t>(request.size()));
  std::string answer(12, '\0');
  EXPECT_EQ(recv(connection, answer.data(), answer.size(), MSG_WAITALL), 12);
  EXPECT_EQ(answer, "HTTP/1.1 200");
  return connection;
}

TEST(ServeEvents, AStreamWhoseListenerHasGoneGivesItsPlaceBack) {
  const Served served;
  for (int round = 0; round < 3; ++round) {
    std::vector<int> streams;
    for (int i = 0; i < 8; ++i) streams.push_back(open_stream(served));
    for (const int one : streams) close(one);
    bool is_free = false;
    for (int tries = 0; tries < 100 && !is_free; ++tries) {
      usleep(100'000);
      is_free = Json::parse(served.get("/api/v1/case").body)["streams"] == 0;
    }
    EXPECT_TRUE(is_free) << round;
  }
}

TEST(ServeEvents, ProgressComesAsAStream) {
  const Served served;
  ASSERT_EQ(served.drop("mail.eml", corpus_bytes("thread/3-ok.eml")).status, 200);
  // the stream goes on until the program ends: ask for it, then end the program
  std::string heard;
  std::thread listener([&] { heard = served.get("/api/v1/events").body; });
  usleep(400'000);
  kill(served.process(), SIGTERM);
  listener.join();
  ASSERT_EQ(heard.rfind("data: {", 0), 0U);
  const Json event = Json::parse(heard.substr(6, heard.find('\n') - 6));
  EXPECT_EQ(event["files"][0]["name"], "mail.eml");
  EXPECT_EQ(event["files"][0]["state"], "done");
}

}  // namespace
}  // namespace threadline
