// SPDX-License-Identifier: Apache-2.0
// A run of any size is judged in one way: where the facts lie changes nothing.
#include "pipeline/shelf.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include "memory/file_store.h"
#include "pipeline/judgement.h"
#include "pipeline/outlines.h"
#include "run_folder.h"
#include "timeline/rows.h"
#include "timeline/write.h"

namespace threadline::pipeline {
namespace {

namespace fs = std::filesystem;

struct How {
  std::uint64_t memory_bytes = ~std::uint64_t{0};  ///< of facts, and of rows
  unsigned jobs = 0;
  std::string memory = {}, unfinished = {}, own = {};
};

RunSettings settings_of(const How& how) {
  RunSettings settings;
  settings.jobs = how.jobs;
  settings.shelf.memory_bytes = how.memory_bytes;
  settings.shelf.unfinished = how.unfinished;
  if (!how.own.empty()) settings.policy.own.domains = {how.own};
  if (how.memory.empty()) return settings;
  auto store = memory::open_file_store(how.memory, {});
  if (!store) throw std::runtime_error(to_line(store.error()));
  settings.memory = *std::move(store);
  return settings;
}

std::string text_of(const Judgement& judgement, const How& how) {
  std::ostringstream out;
  const timeline::RowTaking taking{.sort = {.memory_bytes = how.memory_bytes, .folder = "/tmp"},
                                   .take =
                                       [&](Row&& row) {
                                         timeline::write_jsonl_row(out, row);
                                         return true;
                                       },
                                   .threads = judgement.threads};
  const auto given = timeline::each_row(judgement, judgement.remarks, judgement.logged, {}, taking);
  if (!given || !judgement.checked()) throw std::runtime_error("the rows were not given");
  return out.str();
}

/// The rows of a run as JSON lines.
std::string rows_of(const std::string& path, const How& how) {
  const RunSettings settings = settings_of(how);
  auto read = read_onto_shelf({path}, settings);
  if (!read) throw std::runtime_error(to_line(read.error()));
  auto judgement = judge_shelved(std::move(*read), settings);
  if (!judgement) throw std::runtime_error(to_line(judgement.error()));
  std::string text = text_of(**judgement, how);
  (*judgement)->finish();
  return text;
}

/// The same through a Run that is all in memory.
std::string rows_in_memory(const std::string& path, const How& how) {
  const auto run = analyse({path}, settings_of(how));
  if (!run) throw std::runtime_error(to_line(run.error()));
  std::ostringstream out;
  timeline::write_jsonl(out, timeline::rows_of(run->judged, run->remarks, {}, run->logged));
  return out.str();
}

/// Folders of evidence that are there: the project's own, and what lies beside it.
std::vector<std::string> corpora() {
  std::vector<std::string> found;
  const fs::path root = THREADLINE_SOURCE;
  for (const fs::path& path : {root / "corpus", root.parent_path() / "shared" / "corpus" / "mail"}) {
    if (fs::is_directory(path)) found.push_back(path.string());
  }
  return found;
}

class Corpus : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Folders, Corpus, ::testing::ValuesIn(corpora()),
                         [](const auto& one) { return one.index == 0 ? std::string("own") : "shared"; });

TEST_P(Corpus, RowsAreTheSameWhereverFactsLie) {
  const std::string expected = rows_in_memory(GetParam(), {});
  ASSERT_FALSE(expected.empty());
  EXPECT_TRUE(rows_of(GetParam(), {}) == expected) << "in memory, row by row";
  EXPECT_TRUE(rows_of(GetParam(), {.memory_bytes = 0}) == expected) << "in a file from the first message";
  EXPECT_TRUE(rows_of(GetParam(), {.memory_bytes = 100'000, .jobs = 2}) == expected) << "in a file after some messages";
  EXPECT_TRUE(rows_of(GetParam(), {.jobs = 3}) == expected) << "in memory, with threads beside";
}

TEST_P(Corpus, RowsAreTheSameWhereverFactsLieWithAMemory) {
  const RunFolder folder;
  const std::string expected = rows_in_memory(GetParam(), {.memory = folder.file("one")});
  const How how{.memory_bytes = 0, .memory = folder.file("two")};
  EXPECT_TRUE(rows_of(GetParam(), how) == expected) << "a new memory";
  EXPECT_TRUE(rows_of(GetParam(), how) == expected) << "a memory that knows them all";
  EXPECT_TRUE(rows_of(GetParam(), {.memory_bytes = 0, .jobs = 2, .memory = folder.file("three")}) == expected) << "with threads";
}

/// Who stands in an outline, and the originals of each by their place in the run.
std::vector<std::string> outlined(const std::string& path, const How& how) {
  const RunSettings settings = settings_of(how);
  auto read = read_onto_shelf({path}, settings);
  if (!read) throw std::runtime_error(to_line(read.error()));
  const auto judgement = judge_shelved(std::move(*read), settings);
  if (!judgement) throw std::runtime_error(to_line(judgement.error()));
  const auto outlines = outlines_of(**judgement);
  std::vector<std::string> lines;
  for (const timeline::Judged& one : outlines) {
    std::string line = one.facts->sha256 + " " + one.facts->subject + " " + std::to_string(one.findings.size());
    for (const auto& original : one.originals) {
      const auto found = std::ranges::find(outlines, original, &timeline::Judged::facts);
      line += " " + (original == nullptr ? "-" : std::to_string(found - outlines.begin()));
    }
    lines.push_back(line);
  }
  return lines;
}

TEST_P(Corpus, OriginalsInAnOutlineAreTheMessagesThemselvesWhereverFactsLie) {
  const std::vector<std::string> expected = outlined(GetParam(), {});
  EXPECT_EQ(outlined(GetParam(), {.memory_bytes = 0}), expected);
  const auto run = analyse({GetParam()}, settings_of({}));
  ASSERT_TRUE(run);
  ASSERT_EQ(run->judged.size(), expected.size());
  for (std::size_t rank = 0; rank < expected.size(); ++rank)
    EXPECT_TRUE(expected[rank].starts_with(run->judged[rank].facts->sha256 + " " + run->judged[rank].facts->subject));
}

std::string mail(const std::string& id, int minute, const std::string& text) {
  return "From: A <a@firm.example>\nTo: b@other.example\nSubject: s\nMessage-ID: <" + id +
         "@firm.example>\nDate: Fri, 06 Apr 2018 10:" + (minute < 10 ? "0" : "") + std::to_string(minute) + ":00 +0200\n\n" +
         text + "\n";
}

/// The ids of a run's rows, by shard, and how many findings all of them counted.
struct Told {
  std::vector<std::vector<std::string>> ids;
  std::array<std::uint64_t, 5> findings{};
};

Told told_by_shards(const std::string& path, std::uint32_t of) {
  Told told;
  for (std::uint32_t number = 1; number <= of; ++number) {
    RunSettings settings = settings_of({.memory_bytes = 100'000, .jobs = 2});
    timeline::RowSettings shown;
    settings.cut = shown.cut = {number, of};
    auto read = read_onto_shelf({path}, settings);
    if (!read) throw std::runtime_error(to_line(read.error()));
    const auto judgement = judge_shelved(std::move(*read), settings);
    if (!judgement) throw std::runtime_error(to_line(judgement.error()));
    auto& ids = told.ids.emplace_back();
    const timeline::RowTaking taking{.sort = {},
                                     .take =
                                         [&](Row&& row) {
                                           ids.push_back(row.id);
                                           return true;
                                         },
                                     .threads = (*judgement)->threads};
    if (!timeline::each_row(**judgement, (*judgement)->remarks, (*judgement)->logged, shown, taking))
      throw std::runtime_error("no rows");
    for (std::size_t at = 0; at < told.findings.size(); ++at) told.findings[at] += (*judgement)->findings[at];
  }
  return told;
}

TEST_P(Corpus, EachRowIsInOneOfSeveralShardsAndFindingsAreCountedThere) {
  const Told whole = told_by_shards(GetParam(), 1);
  const Told shards = told_by_shards(GetParam(), 3);
  std::vector<std::string> together;
  for (const auto& ids : shards.ids) {
    EXPECT_FALSE(ids.empty());
    std::ranges::copy(ids, std::back_inserter(together));
  }
  std::ranges::sort(together);
  std::vector<std::string> expected = whole.ids.front();
  std::ranges::sort(expected);
  EXPECT_EQ(together, expected);
  EXPECT_EQ(shards.findings, whole.findings);
}

TEST(Shelf, WhatAnInterruptedRunReadIsNotReadAgain) {
  const RunFolder folder, store;
  for (int number = 0; number < 20; ++number)
    folder.write(std::to_string(number) + ".eml", mail("m" + std::to_string(number), number, "text " + std::to_string(number)));
  const std::string expected = rows_of(folder.path(), {});
  How how{.memory_bytes = 0, .unfinished = store.file("unfinished")};
  RunSettings settings = settings_of(how);
  int asked = 0;
  settings.interrupted = [&] { return ++asked == 7; };
  {
    const auto read = read_onto_shelf({folder.path()}, settings);
    ASSERT_TRUE(read && read->interrupted);
  }
  struct stat status {};
  ASSERT_EQ(::stat(how.unfinished.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  settings.interrupted = nullptr;
  int read_again = 0;
  settings.fault = [&](const evidence::Item&) { ++read_again; };
  auto read = read_onto_shelf({folder.path()}, settings);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->shelf.resumed(), 7U);
  EXPECT_EQ(read_again, 13);
  auto judgement = judge_shelved(std::move(*read), settings);
  ASSERT_TRUE(judgement);
  EXPECT_EQ(text_of(**judgement, how), expected);
  (*judgement)->finish();
  EXPECT_FALSE(fs::exists(how.unfinished));
}

TEST(Shelf, ATornRecordIsCutOffAndItsMessageReadAgain) {
  const RunFolder folder, store;
  for (int number = 0; number < 5; ++number)
    folder.write(std::to_string(number) + ".eml", mail("m" + std::to_string(number), number, "text"));
  const How how{.memory_bytes = 0, .unfinished = store.file("unfinished")};
  { ASSERT_TRUE(read_onto_shelf({folder.path()}, settings_of(how))); }
  fs::resize_file(how.unfinished, fs::file_size(how.unfinished) - 10);
  const auto read = read_onto_shelf({folder.path()}, settings_of(how));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->shelf.resumed(), 4U);
}

TEST(Shelf, WhatWasReadWithOtherSettingsIsSetAside) {
  const RunFolder folder, store;
  folder.write("1.eml", mail("m", 1, "text"));
  const How how{.memory_bytes = 0, .unfinished = store.file("unfinished")};
  RunSettings settings = settings_of(how);
  settings.shelf.fingerprint = "one";
  { ASSERT_TRUE(read_onto_shelf({folder.path()}, settings)); }
  settings.shelf.fingerprint = "two";
  const auto read = read_onto_shelf({folder.path()}, settings);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->shelf.was_set_aside());
  EXPECT_EQ(read->shelf.resumed(), 0U);
}

TEST(Shelf, AChangedMessageIsReadAgain) {
  const RunFolder folder, store;
  folder.write("1.eml", mail("m", 1, "text"));
  const How how{.memory_bytes = 0, .unfinished = store.file("unfinished")};
  { ASSERT_TRUE(read_onto_shelf({folder.path()}, settings_of(how))); }
  folder.write("1.eml", mail("m", 1, "other"));
  const auto read = read_onto_shelf({folder.path()}, settings_of(how));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->shelf.resumed(), 0U);
}

TEST(Shelf, TwoRunsDoNotShareAnUnfinishedFile) {
  const RunFolder store;
  const ShelfSettings settings{.unfinished = store.file("unfinished")};
  const auto one = Shelf::open(settings);
  ASSERT_TRUE(one);
  EXPECT_FALSE(Shelf::open(settings));
}

TEST(Shelf, AFolderThatCannotBeWrittenIsAnError) {
  const RunFolder folder;
  folder.write("1.eml", mail("m", 1, "text"));
  RunSettings settings = settings_of({.memory_bytes = 0});
  settings.spool_folder = "/nonexistent";
  const auto read = read_onto_shelf({folder.path()}, settings);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().file, "/nonexistent");
}

}  // namespace
}  // namespace threadline::pipeline
