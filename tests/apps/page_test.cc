// SPDX-License-Identifier: Apache-2.0
// What the page rests on, without HTTP: the door, the limits, the processes that read, the marks of the panel.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <thread>

#include "apps/serve/door.h"
#include "apps/serve/held_sources.h"
#include "apps/serve/own_folder.h"
#include "apps/serve/reader.h"
#include "apps/serve/session.h"
#include "apps/serve/verdict.h"
#include "base/sha256.h"

namespace threadline::apps::serve {
namespace {

namespace fs = std::filesystem;

const std::string kMail =
    "From: Anna <anna@firm.example>\r\nTo: Bert <bert@payer.example>\r\nDate: Thu, 5 Apr 2018 10:37:00 +0200\r\n"
    "Message-ID: <1@firm.example>\r\nSubject: hello\r\nContent-Type: text/html\r\n\r\n<p>Good <b>morning</b><img src=x></p>\r\n";

/// A folder that goes with the test.
struct Folder {
  Folder() : path((fs::path(::testing::TempDir()) / "threadline-page-XXXXXX").string()) {
    EXPECT_NE(mkdtemp(path.data()), nullptr);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { fs::remove_all(path); }
  std::string path;
};

SessionSettings settings_in(const Folder& folder) {
  SessionSettings settings;
  settings.run.keep_headers = true;
  settings.folder = folder.path + "/case";
  settings.temporary_folder = folder.path;
  settings.by = "test";
  settings.now = [] { return std::string("2018-04-06T08:00:00Z"); };
  EXPECT_TRUE(timeline::journal::open_case(settings.folder, {}, {}, {"2018-04-06T08:00:00Z", "test"}).has_value());
  return settings;
}

Session::Pieces pieces_of(const std::string& bytes) {
  return [bytes](const std::function<bool(std::string_view)>& sink) { return sink(bytes); };
}

std::string text_of(const std::vector<Stretch>& stretches) {
  std::string text;
  for (const Stretch& one : stretches) text += one.is_same ? one.text : "[" + one.text + "]";
  return text;
}

TEST(Door, TokensAreComparedWhole) {
  EXPECT_TRUE(is_equal_in_constant_time("abc", "abc"));
  for (const char* other : {"abd", "ab", "abcd", "", "ABC"}) EXPECT_FALSE(is_equal_in_constant_time("abc", other)) << other;
  EXPECT_FALSE(is_equal_in_constant_time("", "")) << "a token that was never made opens nothing";
}

TEST(Door, TheTopPageMayBeNavigatedToAndNothingElse) {
  const Door door(8'000, "t");
  Asked asked{"GET", "/", "127.0.0.1:8000", "", {}, "cross-site", "navigate", "document"};
  EXPECT_EQ(door.refusal(asked), 0);
  asked.path = "/api/v1/rows";
  asked.token = "t";
  EXPECT_EQ(door.refusal(asked), 403);
}

TEST(Marked, WhatDiffersIsMarkedInBothNames) {
  const auto omission = marked("meridiene.example", "meridienne.example");
  EXPECT_EQ(text_of(omission.second).find("[n]") != std::string::npos, true) << text_of(omission.second);
  EXPECT_NE(text_of(omission.first).find("[]"), std::string::npos) << "the place of the missing letter";
  const auto pair = marked("arnazon.example", "amazon.example");
  EXPECT_EQ(text_of(pair.first), "a[rn]azon.example");
  EXPECT_EQ(text_of(pair.second), "a[m]azon.example");
  const auto cyrillic = marked("p\u0430ypal.example", "paypal.example");
  EXPECT_EQ(text_of(cyrillic.first), "p[\u0430]ypal.example");
  EXPECT_EQ(text_of(marked("same.example", "same.example").first), "same.example");
}

TEST(HeldSources, LimitHeldSourceBytes) {
  const Folder folder;
  HeldSources held(folder.path, 10);
  held.hold("a", "0123456789");
  held.hold("b", "x");
  EXPECT_EQ(held.bytes_of("a"), "0123456789");
  EXPECT_EQ(held.bytes_of("b"), std::nullopt);
  EXPECT_TRUE(fs::is_empty(folder.path)) << "a file without a name";
}

TEST(Reader, ShowsAMailWithItsHtmlMadeHarmless) {
  const auto reader = Reader::start({});
  ASSERT_TRUE(reader);
  const auto shown = (*reader)->view(kMail, sha256_hex(kMail));
  ASSERT_TRUE(shown) << to_line(shown.error());
  EXPECT_NE(shown->find("Good <b>morning</b>"), std::string::npos) << *shown;
  EXPECT_EQ(shown->find("<img"), shown->find("<img src=x>")) << "the source alone has it";
}

TEST(Reader, LimitViewMs) {
  pipeline::RunSettings settings;
  settings.limits.view_ms = 1'000;
  settings.fault = [](const evidence::Item&) { std::this_thread::sleep_for(std::chrono::seconds(20)); };
  const auto slow = Reader::start(settings);
  ASSERT_TRUE(slow);
  EXPECT_FALSE((*slow)->view(kMail, sha256_hex(kMail)));
  settings.fault = [](const evidence::Item&) { std::this_thread::sleep_for(std::chrono::milliseconds(10)); };
  const auto quick = Reader::start(settings);
  ASSERT_TRUE(quick);
  EXPECT_TRUE((*quick)->view(kMail, sha256_hex(kMail)));
}

TEST(Reader, AReadingThatDiesCostsItselfAlone) {
  const Folder folder;
  std::ofstream(folder.path + "/dies.eml") << "Subject: die\n" + kMail;
  std::ofstream(folder.path + "/lives.eml") << kMail;
  pipeline::RunSettings settings;
  settings.fault = [](const evidence::Item& item) {
    if (item.bytes.starts_with("Subject: die")) raise(SIGKILL);
  };
  const auto reader = Reader::start(settings);
  ASSERT_TRUE(reader);
  std::size_t messages = 0;
  const Telling telling{[](const evidence::Item&) {}, [&](std::vector<facts::Facts>&& all) { messages += all.size(); },
                        [](std::uint64_t, timeline::EvidenceRemark&&) {}, [](const std::string&) {}};
  EXPECT_FALSE((*reader)->read({folder.path + "/dies.eml"}, telling, [] { return false; }));
  EXPECT_EQ(messages, 0U);
  EXPECT_TRUE((*reader)->read({folder.path + "/lives.eml"}, telling, [] { return false; }));
  EXPECT_EQ(messages, 1U);
}

/// What a person would be told in the end, by file, when they ask again and again.
std::map<std::uint64_t, std::string> told_states(const Session& session) {
  std::map<std::uint64_t, std::string> states;
  std::uint64_t version = 0;
  for (int quiet = 0, tries = 0; quiet < 3 && tries < 1'000; ++tries) {
    const auto event = nlohmann::json::parse(session.progress_after(version, 200, timeline::Language::en));
    for (const auto& file : event["files"]) states[file["id"]] = file["state"];
    quiet = event["files"].empty() && !event["reading"] && event["files_waiting"] == 0 ? quiet + 1 : 0;
  }
  return states;
}

TEST(Session, EveryFileIsToldOfHoweverManyChangeAtOnce) {
  const Folder folder;
  SessionSettings settings = settings_in(folder);
  const auto reader = Reader::start(settings.run);
  const auto session = Session::open(std::move(settings), **reader);
  ASSERT_TRUE(session);
  constexpr std::uint64_t kMany = 5'000;
  for (std::uint64_t i = 1; i <= kMany; ++i) (*session)->add_path(folder.path + "/missing-" + std::to_string(i));
  const auto states = told_states(**session);
  EXPECT_EQ(states.size(), kMany);
  for (const auto& [id, state] : states) EXPECT_EQ(state, "refused") << id;
}

TEST(Session, ALogWhoseReadingDiesCostsItselfAndNoMail) {
  const Folder folder;
  SessionSettings settings = settings_in(folder);
  settings.run.fault = [](const evidence::Item& item) {
    if (item.format == "log") raise(SIGKILL);
  };
  const auto reader = Reader::start(settings.run);
  const auto session = Session::open(std::move(settings), **reader);
  ASSERT_TRUE(session);
  EXPECT_TRUE((*session)->receive("a.eml", pieces_of(kMail)));
  EXPECT_TRUE(
      (*session)->receive("mail.log", pieces_of("2018-04-05T09:00:01Z mx1 postfix/cleanup[1]: AB01: message-id=<1@firm.example>\n"
                                                "2018-04-05T09:00:02Z mx1 postfix/qmgr[1]: AB01: removed\n")));
  EXPECT_EQ(told_states(**session), (std::map<std::uint64_t, std::string>{{1, "done"}, {2, "refused"}}));
}

TEST(OwnFolder, WhatAKilledProgramLeftIsRemovedAndNothingElse) {
  const Folder parent;
  std::string left;
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {  // a program that is killed
    const OwnFolder own(parent.path);
    fs::create_directories(own.path() + "/case/evidence");
    std::ofstream(own.path() + "/case/evidence/mail") << kMail;
    fs::create_symlink(parent.path + "/kept", own.path() + "/case/link");
    raise(SIGKILL);
  }
  waitpid(child, nullptr, 0);
  fs::create_directory(parent.path + "/kept");
  std::ofstream(parent.path + "/kept/file") << "stays";
  for (const auto& entry : fs::directory_iterator(parent.path))
    left = entry.path().filename() == "kept" ? left : entry.path().string();
  ASSERT_TRUE(fs::exists(left + "/case/evidence/mail"));
  const OwnFolder living(parent.path);
  const std::string other = parent.path + "/threadline-serve-other1", open_to_all = parent.path + "/threadline-serve-other2";
  fs::create_directory_symlink(parent.path + "/kept", other);
  fs::create_directory(open_to_all);
  fs::permissions(open_to_all, fs::perms(0755));
  std::ofstream(open_to_all + "/lock") << "";
  remove_stale_folders(parent.path);
  EXPECT_FALSE(fs::exists(left));
  EXPECT_TRUE(fs::exists(living.path() + "/lock")) << "of a program that lives";
  EXPECT_TRUE(fs::exists(parent.path + "/kept/file")) << "behind a symbolic link";
  EXPECT_TRUE(fs::is_symlink(other));
  EXPECT_TRUE(fs::exists(open_to_all)) << "not as this program makes them";
}

TEST(OwnFolder, GoesWithItsProgram) {
  const Folder parent;
  { const OwnFolder own(parent.path); }
  EXPECT_TRUE(fs::is_empty(parent.path));
}

TEST(Session, LimitUploads) {
  const Folder folder;
  SessionSettings settings = settings_in(folder);
  settings.run.limits.uploads = 1;
  const auto reader = Reader::start(settings.run);
  const auto session = Session::open(std::move(settings), **reader);
  ASSERT_TRUE(session);
  EXPECT_TRUE((*session)->receive("a.eml", pieces_of(kMail)));
  const auto second = (*session)->receive("b.eml", pieces_of("x" + kMail));
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().hint, "uploads");
}

TEST(Session, LimitUploadsBytes) {
  const Folder folder;
  SessionSettings settings = settings_in(folder);
  settings.run.limits.uploads_bytes = kMail.size() + 1;
  const auto reader = Reader::start(settings.run);
  const auto session = Session::open(std::move(settings), **reader);
  ASSERT_TRUE(session);
  EXPECT_TRUE((*session)->receive("a.eml", pieces_of(kMail)));
  EXPECT_TRUE((*session)->receive("b.eml", pieces_of("\n")));
  const auto third = (*session)->receive("c.eml", pieces_of("x"));
  ASSERT_FALSE(third);
  EXPECT_EQ(third.error().hint, "uploads_bytes");
}

TEST(Session, AnUploadThatIsCutShortLeavesNothing) {
  const Folder folder;
  SessionSettings settings = settings_in(folder);
  const auto reader = Reader::start(settings.run);
  const auto session = Session::open(std::move(settings), **reader);
  ASSERT_TRUE(session);
  EXPECT_FALSE(
      (*session)->receive("a.eml", [](const std::function<bool(std::string_view)>& sink) { return sink("half") && false; }));
  std::size_t entries = 0;
  for (const auto& entry : fs::directory_iterator(folder.path)) entries += entry.path().filename() == "case" ? 0U : 1U;
  EXPECT_EQ(entries, 0U);
}

}  // namespace
}  // namespace threadline::apps::serve
