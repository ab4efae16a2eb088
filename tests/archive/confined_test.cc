// SPDX-License-Identifier: Apache-2.0
#include "archive/confined.h"

#include <gtest/gtest.h>

#include <csignal>
#include <string>

#include "archive/frames.h"
#include "archive_writer.h"
#include "heard.h"

namespace threadline::archive {
namespace {

struct Confined {
  std::string lines;
  std::string whole_text;
};

Confined confined(const std::string& bytes, const Settings& settings = {}) {
  const Described file(bytes);
  Heard heard;
  Allowance allowance(settings.limits, bytes.size());
  const auto notes = read_confined(file.descriptor(), settings, allowance, heard);
  heard.with(notes);
  return {heard.lines, heard.whole_text};
}

const std::vector<File> kThree{{"a.eml", "1234"}, {"b.eml", "1234"}, {"c.eml", "1234"}};

TEST(ConfinedArchive, GivesWhatTheArchiveHolds) {
  EXPECT_EQ(confined(written(kThree)).lines, "a.eml=1234\nb.eml=1234\nc.eml=1234\n");
  EXPECT_EQ(confined(written({{"a.eml", noise(600'000)}}, {"7zip"})).lines, "a.eml=600000\n");
}

TEST(ConfinedArchive, ACrashCostsTheRestAndIsSaid) {
  Settings settings;
  settings.wanted = [](std::string_view name) { return name != "b.eml" || raise(SIGSEGV) == 0; };
  EXPECT_EQ(confined(written(kThree), settings).lines, "a.eml=1234\nwhole worker_crashed\n");
}

TEST(ConfinedArchive, OpensNoOtherFile) {
  Settings settings;
  settings.wanted = [](std::string_view) { return std::fopen("/tmp/threadline_archive_test", "w") == nullptr; };
  EXPECT_EQ(confined(written(kThree), settings).lines, "a.eml=1234\nb.eml=1234\nc.eml=1234\n");
}

TEST(ConfinedArchiveLimits, ArchiveMembers) {
  Settings settings;
  settings.limits.archive_members = 3;
  EXPECT_EQ(confined(written(kThree), settings).lines, "a.eml=1234\nb.eml=1234\nc.eml=1234\n");
  settings.limits.archive_members = 2;
  const auto over = confined(written(kThree), settings);
  EXPECT_EQ(over.lines, "a.eml=1234\nb.eml=1234\nwhole limit\n");
  EXPECT_TRUE(over.whole_text.starts_with("archive_members"));
}

TEST(ConfinedArchiveLimits, ArchiveBytes) {
  Settings settings;
  settings.limits.archive_bytes = 12;
  EXPECT_EQ(confined(written(kThree), settings).lines, "a.eml=1234\nb.eml=1234\nc.eml=1234\n");
  settings.limits.archive_bytes = 11;
  const auto over = confined(written(kThree), settings);
  EXPECT_EQ(over.lines, "a.eml=1234\nb.eml=1234\nc.eml= limit\nwhole limit\n");
  EXPECT_TRUE(over.whole_text.starts_with("archive_bytes"));
}

TEST(ConfinedArchiveLimits, ArchiveRatio) {
  const auto bomb = written({{"a.eml", std::string(2U << 20U, '0')}});
  ASSERT_LT(bomb.size(), 10'000U);
  Settings settings;
  settings.limits.archive_small_bytes = 0;
  settings.limits.archive_ratio = (2U << 20U) / bomb.size() + 1;
  EXPECT_EQ(confined(bomb, settings).lines, "a.eml=2097152\n");
  settings.limits.archive_ratio -= 1;
  const auto over = confined(bomb, settings);
  EXPECT_TRUE(over.lines.ends_with(" limit\nwhole limit\n")) << over.lines;
  EXPECT_TRUE(over.whole_text.starts_with("archive_ratio"));
}

TEST(ConfinedArchiveLimits, ArchiveSmallBytes) {
  const auto bomb = written({{"a.eml", std::string(2U << 20U, '0')}});
  Settings settings;
  settings.limits.archive_ratio = 2;
  settings.limits.archive_small_bytes = 2U << 20U;
  EXPECT_EQ(confined(bomb, settings).lines, "a.eml=2097152\n");
  settings.limits.archive_small_bytes -= 1;
  EXPECT_TRUE(confined(bomb, settings).lines.ends_with(" limit\nwhole limit\n"));
}

TEST(ConfinedArchiveLimits, ContainerSilenceMs) {
  const auto slow = written({{"", noise(3'000'000)}}, {"raw", "bzip2"});
  EXPECT_EQ(confined(slow).lines, "=3000000\n");
  Settings settings;
  settings.limits.container_silence_ms = 1;
  EXPECT_TRUE(confined(slow, settings).lines.ends_with("whole worker_timeout\n"));
}

TEST(ArchiveFrames, WhatNoChildWroteIsRefused) {
  EXPECT_FALSE(member_in("B").has_value());
  EXPECT_FALSE(member_in(begin_frame({"name", 3}).substr(0, 5)).has_value());
  EXPECT_FALSE(notes_in("E" + std::string(8, '\xFF')).has_value());
  EXPECT_EQ(member_in(begin_frame({"name", 3}))->name, "name");
  EXPECT_EQ(member_in(begin_frame({"name", 3, -7}))->written, -7);
  EXPECT_EQ(notes_in(notes_frame(FrameKind::end, {{"encrypted", "a.eml", {}}}))->at(0).text, "a.eml");
}

}  // namespace
}  // namespace threadline::archive
