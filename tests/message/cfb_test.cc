// SPDX-License-Identifier: Apache-2.0
#include "message/cfb.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "message/cfb_writer.h"

namespace threadline::message {
namespace {

CfbNode stream(std::string name, std::string content) {
  return {.name = std::move(name), .content = std::move(content), .children = {}, .storage = false};
}

CfbNode storage(std::string name, std::vector<CfbNode> children) {
  return {.name = std::move(name), .content = {}, .children = std::move(children), .storage = true};
}

/// Bytes that tell where in a stream they stand.
std::string ramp(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>((i / 64 + i) & 0xFFU);
  return bytes;
}

/// Entries 1 to 7: a small, a longer and an empty stream, a large one, a storage, then its two streams.
std::vector<CfbNode> sample() {
  return {stream("Small", "few bytes"), stream("Longer", ramp(300)), stream("Empty", ""), stream("Large", ramp(5'000)),
          storage("Folder", {stream("Inner", "inside"), stream("Other", ramp(70))})};
}

/// The file as "name=size" of each reachable entry, storages with their members; lost ones behind '?'.
std::string members_of(const CompoundFile& file, std::uint32_t storage_number) {
  std::string line;
  for (const auto number : file.children(storage_number)) {
    const auto& entry = file.entry(number);
    line += (line.empty() ? "" : " ") + entry.name +
            (entry.storage ? "{" + members_of(file, number) + "}" : "=" + std::to_string(entry.size));
  }
  return line;
}

std::string lost_of(const CompoundFile& file) {
  std::string line;
  for (const auto number : file.lost()) line += (line.empty() ? "" : " ") + file.entry(number).name;
  return line;
}

constexpr std::string_view kSample = "Small=9 Longer=300 Empty=0 Large=5000 Folder{Inner=6 Other=70}";

/// A compound file over a heap copy of the exact size.
class Read {
 public:
  explicit Read(const std::string& bytes, const Limits& limits = {})
      : exact_(std::make_unique<char[]>(bytes.size())),
        file_((std::copy(bytes.begin(), bytes.end(), exact_.get()), view(bytes)), limits) {}

  const CompoundFile& operator*() const { return file_; }
  const CompoundFile* operator->() const { return &file_; }
  std::string tree() const { return members_of(file_, 0); }

  std::string content(std::string_view name) const {
    std::string scratch;
    for (const auto& entry : file_.entries())
      if (entry.name == name) return std::string(file_.content(entry, scratch));
    return "no such entry";
  }

  bool has_note(std::string_view code, std::string_view text) const {
    return std::ranges::any_of(file_.notes(),
                               [&](const Note& note) { return note.code == code && note.text.find(text) != std::string::npos; });
  }

 private:
  std::string_view view(const std::string& bytes) const { return {exact_.get(), bytes.size()}; }

  std::unique_ptr<char[]> exact_;
  CompoundFile file_;
};

void put(std::string& bytes, std::size_t at, std::uint32_t value) {
  for (unsigned i = 0; i < 4; ++i) bytes[at + i] = static_cast<char>((value >> (8 * i)) & 0xFFU);
}

/// A written sample and where its parts stand.
struct Sample {
  explicit Sample(const CfbOptions& options = {}) : bytes(write_cfb(sample(), options, &layout)) {}

  [[nodiscard]] std::size_t entry(std::uint32_t number) const {
    return layout.offset(layout.directory) + std::size_t{128} * number;
  }
  [[nodiscard]] std::size_t fat(std::uint32_t sector) const { return layout.offset(layout.fat) + std::size_t{4} * sector; }

  CfbLayout layout;
  std::string bytes;
};

TEST(Cfb, BothVersionsGiveEveryStreamWithoutANote) {
  for (const int version : {3, 4}) {
    const Read file(Sample({.version = version}).bytes);
    EXPECT_EQ(file.tree(), kSample) << version;
    EXPECT_EQ(file.content("Longer"), ramp(300));
    EXPECT_EQ(file.content("Large"), ramp(5'000));
    EXPECT_EQ(file.content("Other"), ramp(70));
    EXPECT_TRUE(file->notes().empty()) << version;
  }
}

TEST(Cfb, SiblingsInTheWrongOrderAreAllFound) {
  const Read file(Sample({.tree = CfbTree::list}).bytes);
  EXPECT_EQ(file.tree(), kSample);
  EXPECT_TRUE(file->notes().empty());
}

TEST(Cfb, AFatOfMoreThan109SectorsGoesOnInTheDifat) {
  CfbLayout layout;
  const auto large = ramp(8U << 20U);
  auto bytes = write_cfb({stream("Large", large), stream("Small", "s")}, {}, &layout);
  ASSERT_NE(layout.difat, 0xFFFFFFFE);
  EXPECT_EQ(Read(bytes).content("Large"), large);
  put(bytes, layout.offset(layout.difat) + 508, layout.difat);  // the DIFAT goes in a circle
  EXPECT_EQ(Read(bytes).content("Large"), large);
}

TEST(Cfb, ALoopInTheFatEndsTheChainWithANote) {
  Sample sample;
  const auto first = sample.layout.mini_stream + 1;  // the mini stream has 9 + 300 + 6 + 70 bytes in mini sectors: 9 of 64
  const auto large = first + 1;
  put(sample.bytes, sample.fat(large + 2), large);
  const Read file(sample.bytes);
  EXPECT_EQ(file.content("Large"), ramp(5'000).substr(0, 3 * 512));
  EXPECT_EQ(file.content("Longer"), ramp(300));
  EXPECT_TRUE(file.has_note("malformed_container", "run into another"));
}

TEST(Cfb, ALoopInTheDirectoryChainReadsEachSectorOnce) {
  Sample sample;
  put(sample.bytes, sample.fat(sample.layout.directory + 1), sample.layout.directory);
  EXPECT_EQ(Read(sample.bytes).tree(), kSample);
}

TEST(Cfb, LinksInACircleAreWalkedOnce) {
  Sample sample({.tree = CfbTree::list});
  put(sample.bytes, sample.entry(5) + 72, 1);  // the last sibling leads to the first
  put(sample.bytes, sample.entry(7) + 76, 0);  // and a stream to the root
  const Read file(sample.bytes);
  EXPECT_EQ(file.tree(), kSample);
  EXPECT_TRUE(file.has_note("malformed_container", "1 links of the directory"));
}

TEST(Cfb, ALinkThatLeadsNowhereLosesNoEntry) {
  Sample sample({.tree = CfbTree::list});
  put(sample.bytes, sample.entry(2) + 72, 4'000);
  const Read file(sample.bytes);
  EXPECT_EQ(file.tree(), "Small=9 Longer=300");
  EXPECT_EQ(lost_of(*file), "Empty Large Folder");
  EXPECT_EQ(file->lost_groups(), 1U);
  EXPECT_EQ(file.content("Large"), ramp(5'000));
  EXPECT_EQ(file.content("Inner"), "inside");
  EXPECT_TRUE(file.has_note("malformed_container", "3 entries of the directory are in no storage"));
}

TEST(Cfb, ALostFatSectorMeansContiguous) {
  for (const int version : {3, 4}) {
    Sample sample({.version = version});
    sample.bytes.replace(sample.layout.offset(sample.layout.fat), sample.layout.sector_size, sample.layout.sector_size, '\x55');
    const Read file(sample.bytes);
    EXPECT_EQ(file.tree(), kSample);
    EXPECT_EQ(file.content("Large"), ramp(5'000));
    EXPECT_TRUE(file.has_note("malformed_container", "without an entry in the FAT"));
  }
}

TEST(Cfb, AFatSectorThatTheHeaderForgotIsFoundByItsOwnMark) {
  Sample sample;
  put(sample.bytes, 76, 0x12345678);
  const Read file(sample.bytes);
  EXPECT_EQ(file.tree(), kSample);
  EXPECT_FALSE(file.has_note("malformed_container", "without an entry in the FAT"));
}

TEST(Cfb, ACutFileGivesWhatIsBeforeTheCut) {
  const Sample sample;
  const auto large = sample.layout.mini_stream + 2;
  const Read file(sample.bytes.substr(0, sample.layout.offset(large) + 1'000));
  EXPECT_EQ(file.tree(), "Small=9 Longer=300 Empty=0 Large=1000 Folder{Inner=6 Other=70}");
  EXPECT_EQ(file.content("Large"), ramp(1'000));
}

TEST(Cfb, ACutMiniStreamGivesWhatIsBeforeTheCut) {
  const Sample sample;
  const Read file(sample.bytes.substr(0, sample.layout.offset(sample.layout.mini_stream) + 64 + 100));
  EXPECT_EQ(file.tree(), "Small=9 Longer=100 Empty=0 Large=0 Folder{Inner=0 Other=0}");
  EXPECT_EQ(file.content("Longer"), ramp(100));
}

TEST(Cfb, WordsOfTheHeaderThatCannotBeAreReplacedByWhatTheFileShows) {
  struct Case {
    const char* what;
    std::size_t offset;
  };
  for (const auto& [what, offset] :
       {Case{"version", 24}, Case{"sector shifts", 30}, Case{"directory sectors", 40}, Case{"FAT sectors", 44},
        Case{"directory", 48}, Case{"cutoff", 56}, Case{"mini FAT", 60}, Case{"mini FAT sectors", 64}, Case{"DIFAT", 68},
        Case{"DIFAT sectors", 72}, Case{"FAT", 76}}) {
    for (const int version : {3, 4}) {
      for (const std::uint32_t value : {0U, 3U, 0x00050007U, 0xFFFFFFFFU}) {
        Sample sample({.version = version});
        put(sample.bytes, offset, value);
        const Read file(sample.bytes);
        EXPECT_EQ(file.tree(), kSample) << what << ' ' << value << ' ' << version;
        EXPECT_EQ(file.content("Other"), ramp(70)) << what << ' ' << value << ' ' << version;
        EXPECT_EQ(file.content("Large"), ramp(5'000)) << what << ' ' << value << ' ' << version;
      }
    }
  }
}

TEST(Cfb, ARootWithoutItsMiniStreamGetsTheOneThatNothingClaims) {
  Sample sample;
  put(sample.bytes, sample.entry(0) + 116, 0xFFFFFFF0);
  const Read file(sample.bytes);
  EXPECT_EQ(file.tree(), kSample);
  EXPECT_EQ(file.content("Longer"), ramp(300));
  EXPECT_TRUE(file.has_note("malformed_container", "mini stream is not where"));
}

TEST(Cfb, AClaimedSizeAllocatesNothing) {
  Sample sample({.version = 4});
  put(sample.bytes, sample.entry(4) + 124, 0x7FFFFFFF);
  put(sample.bytes, 40, 0xFFFFFFFF);
  put(sample.bytes, 44, 0xFFFFFFFF);
  put(sample.bytes, 72, 0xFFFFFFFF);
  const Read file(sample.bytes);
  EXPECT_EQ(file.content("Large").substr(0, 5'000), ramp(5'000));
  EXPECT_EQ(file.content("Inner"), "inside");
}

TEST(Cfb, NamesAreComparedWithoutCase) {
  EXPECT_TRUE(is_cfb_name("__SUBSTG1.0_0037001F", "__substg1.0_0037001f"));
  EXPECT_FALSE(is_cfb_name("__substg1.0_0037001F", "__substg1.0_0037001E"));
}

TEST(Cfb, CfbEntries) {
  const Sample sample;
  EXPECT_EQ(Read(sample.bytes, Limits{.cfb_entries = 8}).tree(), kSample);
  EXPECT_FALSE(Read(sample.bytes, Limits{.cfb_entries = 8}).has_note("limit", "cfb_entries"));
  const Read over(sample.bytes, Limits{.cfb_entries = 7});
  EXPECT_TRUE(over.has_note("limit", "cfb_entries"));
  EXPECT_EQ(over.content("Small"), "few bytes");
  EXPECT_EQ(over->entries().size(), 7U);
}

TEST(Cfb, EveryCutOfAFileIsRead) {
  const Sample sample;
  for (std::size_t size = 0; size < sample.bytes.size(); size += 61) {
    const Read file(sample.bytes.substr(0, size));
    EXPECT_GE(file->entries().size(), 1U);
  }
}

}  // namespace
}  // namespace threadline::message
