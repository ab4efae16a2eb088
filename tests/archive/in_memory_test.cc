// SPDX-License-Identifier: Apache-2.0
#include "archive/in_memory.h"

#include <gtest/gtest.h>

#include <string>

#include "archive_writer.h"
#include "heard.h"

namespace threadline::archive {
namespace {

std::string in_memory(const std::string& bytes, const Settings& settings = {}) {
  Heard heard;
  Allowance allowance(settings.limits, bytes.size());
  return heard.with(read_in_memory(bytes, settings, allowance, heard));
}

const std::vector<File> kThree{{"a.eml", "1234"}, {"b.eml", "1234"}, {"c.eml", "1234"}};

TEST(ArchiveInMemory, GivesWhatTheArchiveHolds) {
  for (const Form& form : {Form{"zip"}, Form{"7zip"}, Form{"ustar", "gzip"}})
    EXPECT_EQ(in_memory(written(kThree, form)), "a.eml=1234\nb.eml=1234\nc.eml=1234\n") << form;
}

TEST(ArchiveInMemory, BytesThatAreNoArchiveAreANote) { EXPECT_EQ(in_memory("nothing"), "whole malformed_container\n"); }

TEST(ArchiveInMemory, TheAllowanceEndsIt) {
  Settings settings;
  settings.limits.archive_members = 2;
  EXPECT_EQ(in_memory(written(kThree), settings), "a.eml=1234\nb.eml=1234\nwhole limit\n");
  settings.limits.archive_members = 3;
  settings.limits.archive_bytes = 11;
  EXPECT_EQ(in_memory(written(kThree), settings), "a.eml=1234\nb.eml=1234\nc.eml= limit\nwhole limit\n");
}

}  // namespace
}  // namespace threadline::archive
