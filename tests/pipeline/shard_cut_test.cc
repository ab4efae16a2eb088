// SPDX-License-Identifier: Apache-2.0
// Each item of the evidence is in exactly one shard, whatever their number, and has one place in all of them.
#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/shard_cut.h"

namespace threadline::pipeline {
namespace {

struct File {
  std::string name;
  std::uint64_t bytes = 0;
  std::vector<std::string> items;    ///< sources
  std::vector<std::string> members;  ///< asked about before the items
};

std::vector<File> evidence() {
  std::vector<File> files;
  for (int at = 0; at < 40; ++at) files.push_back({"e/" + std::to_string(at) + ".eml", 2'000, {}, {}});
  for (File& file : files) file.items = {file.name};
  File box{"e/long.mbox", ShardCut::kWholeFile, {}, {}};
  for (int at = 0; at < 1'000; ++at) box.items.push_back(box.name + "#" + std::to_string(at * 700));
  File archive{"e/some.zip", ShardCut::kWholeFile * 2, {}, {}};
  for (int at = 0; at < 300; ++at) {
    archive.members.push_back(archive.name + "!m/" + std::to_string(at) + ".eml");
    archive.items.push_back(archive.members.back());
  }
  files.push_back(box);
  files.push_back(archive);
  return files;
}

/// The places of what a shard reads, by source.
std::map<std::string, std::uint64_t> read_by(const memory::Shard& shard) {
  ShardCut cut(shard);
  std::map<std::string, std::uint64_t> places;
  for (const File& file : evidence()) {
    if (cut.passes_over(file.name, file.bytes)) continue;
    for (std::size_t at = 0; at < file.items.size(); ++at) {
      if (!file.members.empty()) {
        EXPECT_FALSE(cut.passes_over(file.members[at], 100)) << file.members[at];
      }
      if (const auto place = cut.place_of(file.items[at])) places[file.items[at]] = *place;
    }
  }
  return places;
}

TEST(ShardCut, EveryItemIsInOneShardWhateverTheirNumberAndAlwaysInOnePlace) {
  const auto whole = read_by({1, 1});
  EXPECT_EQ(whole.size(), 1'340U);
  for (const std::uint32_t of : {2U, 3U, 8U, 64U}) {
    std::map<std::string, std::uint64_t> together;
    std::size_t items = 0;
    for (std::uint32_t number = 1; number <= of; ++number) {
      const auto read = read_by({number, of});
      items += read.size();
      together.insert(read.begin(), read.end());
    }
    EXPECT_EQ(items, whole.size()) << of;
    EXPECT_EQ(together, whole) << of;
  }
}

TEST(ShardCut, PlacesAreInTheOrderOfTheEvidence) {
  const auto whole = read_by({1, 1});
  std::uint64_t last = 0;
  for (const File& file : evidence()) {
    for (const std::string& item : file.items) {
      EXPECT_GT(whole.at(item), last) << item;
      last = whole.at(item);
    }
  }
}

TEST(ShardCut, ALongFileIsSharedAndAShortOneIsNot) {
  std::set<std::uint32_t> of_box, of_short;
  for (std::uint32_t number = 1; number <= 4; ++number) {
    ShardCut cut({number, 4});
    EXPECT_FALSE(cut.passes_over("long.mbox", ShardCut::kWholeFile));
    for (int at = 0; at < 1'000; ++at) {
      if (cut.place_of("long.mbox#" + std::to_string(at))) of_box.insert(number);
    }
    if (!cut.passes_over("short.mbox", ShardCut::kWholeFile - 1)) of_short.insert(number);
  }
  EXPECT_EQ(of_box.size(), 4U);
  EXPECT_EQ(of_short.size(), 1U);
}

/// A symbolic link, a file that cannot be opened: nobody asks whether they are passed over.
TEST(ShardCut, WhatCouldNotBeOpenedIsInOneShardToo) {
  int shards = 0;
  for (std::uint32_t number = 1; number <= 4; ++number) {
    ShardCut cut({number, 4});
    (void)cut.passes_over("a.eml", 10);
    if (cut.place_of("b.eml")) ++shards;
  }
  EXPECT_EQ(shards, 1);
}

}  // namespace
}  // namespace threadline::pipeline
