// SPDX-License-Identifier: Apache-2.0
#include "evidence/file_bytes.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <string>

#include "temp_folder.h"

namespace threadline::evidence {
namespace {

/// "size first last beyond": what a reader sees of bytes, wherever they lie.
std::string seen(FileBytes& bytes) {
  return std::to_string(bytes.size()) + " " + bytes.read_at(0, 3) + " " + bytes.read_at(3, 100) + " [" + bytes.read_at(6, 1) +
         "]";
}

TEST(FileBytes, AreTheSameInAFileInMemoryAndBehindADescriptor) {
  const TempFolder folder;
  const auto path = folder.write("a", "abcdef");
  FileBytes file(path);
  auto memory = FileBytes::in_memory("abcdef");
  auto descriptor = FileBytes::of_descriptor(Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC)));
  EXPECT_EQ(seen(file), "6 abc def []");
  EXPECT_EQ(seen(memory), "6 abc def []");
  EXPECT_EQ(seen(descriptor), "6 abc def []");
}

TEST(FileBytes, OfMemoryHaveADescriptorForLibrariesThatReadFiles) {
  auto memory = FileBytes::in_memory("abcdef");
  ASSERT_GE(memory.descriptor(), 0) << memory.problem();
  FileBytes again("/proc/self/fd/" + std::to_string(memory.descriptor()));
  EXPECT_EQ(seen(again), "6 abc def []");
  EXPECT_EQ(seen(memory), "6 abc def []");
}

TEST(FileBytes, ThatCannotBeOpenedSayWhy) {
  FileBytes bytes("/nowhere/at/all");
  EXPECT_FALSE(bytes.is_open());
  EXPECT_FALSE(bytes.problem().empty());
  EXPECT_EQ(bytes.read_at(0, 1), "");
}

}  // namespace
}  // namespace threadline::evidence
