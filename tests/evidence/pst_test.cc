// SPDX-License-Identifier: Apache-2.0
#include "evidence/pst.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace threadline::evidence {
namespace {

namespace fs = std::filesystem;

const fs::path kStores = fs::path(THREADLINE_SHARED_DIR) / "corpus/msg/pst";
const char* const kMany = "Aspose.Email-for-.NET--PersonalStorageFile1.pst";     // 72 messages in one folder
const char* const kDeleted = "Aspose.Email-for-Java--passwordprotectedPST.pst";  // 18 messages, 5 embedded
const char* const kBodies = "tika--testPST_variousBodyTypes.pst";                // 4 messages
const char* const kContacts = "Aspose.Email-for-.NET--Test_part1.pst";           // 12 items that libpff cannot read
const char* const kBroken = "Aspose.Email-for-.NET--AddingBulkMessagesWithImprovedPerformance.pst";

#define SKIP_WITHOUT_STORES() \
  if (!fs::exists(kStores)) GTEST_SKIP() << "no " << kStores

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Read {
  std::vector<Item> items;
  std::vector<Item> lost;
  Summary summary;
};

Read read(FileBytes file, const Limits& limits = {}, const PstHook& hook = {}, std::size_t most = 100'000) {
  Read read;
  const Settings settings{.limits = limits, .passwords = {}};
  const Sink sink = [&](Item&& item) {
    (item.bytes.empty() ? read.lost : read.items).push_back(std::move(item));
    return read.items.size() < most;
  };
  Reading reading(settings, sink);
  read_pst("box.pst", file, reading, hook);
  read.summary = reading.summary;
  return read;
}

Read read(const char* store, const Limits& limits = {}, const PstHook& hook = {}) {
  return read(FileBytes((kStores / store).string()), limits, hook);
}

std::vector<std::string> sources_of(const std::vector<Item>& items) {
  std::vector<std::string> sources;
  for (const auto& item : items) sources.push_back(item.source);
  return sources;
}

std::string notes_of(const Item& item) {
  std::string notes;
  for (const auto& note : item.notes) notes += note.code + " " + note.text.substr(0, note.text.find(' ')) + "\n";
  return notes;
}

std::size_t embedded_in(const Item& item) {
  const std::string iid("\x07\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46\x78\x9F\x3E\x22", 20);
  std::size_t count = 0;
  for (auto at = item.bytes.find(iid); at != std::string::npos; at = item.bytes.find(iid, at + 1)) ++count;
  return count;
}

/// File name -> messages that libpff's own export counts (embedded ones too), from the corpus' index.
std::map<std::string, std::size_t> counted_by_libpff() {
  std::map<std::string, std::size_t> counts;
  std::ifstream index(fs::path(THREADLINE_SHARED_DIR) / "corpus/msg/INDEX.tsv");
  for (std::string line; std::getline(index, line);) {
    const auto at = line.find("libpff msgs=");
    if (line.starts_with("pst/") && at != std::string::npos) {
      counts[line.substr(4, line.find('\t') - 4)] = std::stoul(line.substr(at + 12));
    }
  }
  return counts;
}

TEST(Pst, EveryStoreIsReadOrRefusedWithANoteAndNoneTakesLong) {
  SKIP_WITHOUT_STORES();
  const auto counts = counted_by_libpff();
  double slowest = 0;
  for (const auto& entry : fs::directory_iterator(kStores)) {
    const auto name = entry.path().filename().string();
    const auto start = std::chrono::steady_clock::now();
    const auto all = read(name.c_str());
    slowest = std::max(slowest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    const auto expected = counts.find(name);
    if (expected == counts.end()) {
      EXPECT_EQ(all.lost.size(), 1U) << name;
      continue;
    }
    std::size_t found = all.items.size();
    for (const auto& item : all.items) found += embedded_in(item);
    EXPECT_EQ(found, expected->second) << name;
    EXPECT_TRUE(name == kContacts || all.lost.empty()) << name;
  }
  EXPECT_LT(slowest, 2.0);
  RecordProperty("slowest_seconds", std::to_string(slowest));
}

TEST(Pst, AnItemSaysItsFolderAndItsIdentifier) {
  SKIP_WITHOUT_STORES();
  const auto all = read(kBodies);
  EXPECT_EQ(sources_of(all.items),
            (std::vector<std::string>{
                "box.pst!Top of Outlook data file/Inbox/tmp#2097188", "box.pst!Top of Outlook data file/Inbox/tmp#2097220",
                "box.pst!Top of Outlook data file/Inbox/tmp#2097252", "box.pst!Top of Outlook data file/Inbox/tmp#2097284"}));
  for (const auto& item : all.items) {
    EXPECT_EQ(item.format, "pst");
    EXPECT_TRUE(item.bytes.starts_with("\x78\x9F\x3E\x22"));
    EXPECT_EQ(item.sha256.size(), 64U);
  }
}

TEST(Pst, TheSubjectIsWithoutTheLengthOfItsPrefix) {
  SKIP_WITHOUT_STORES();
  const auto all = read(kBodies);
  ASSERT_FALSE(all.items.empty());
  const std::string subject("\x1F\x00\x37\x00\x01\x00\x00\x00\x1E\x00\x00\x00o\0r\0i\0g\0i\0n\0a\0l\0", 28);
  EXPECT_NE(all.items[0].bytes.find(subject), std::string::npos);
}

TEST(Pst, ANamedPropertyKeepsItsName) {
  SKIP_WITHOUT_STORES();
  const auto all = read(kBodies);
  ASSERT_FALSE(all.items.empty());
  // PSETID_InternetHeaders, a string of 2 * 17 bytes: x-originating-ip (MS-OXPROPS).
  std::string name("\x86\x03\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46\x01\x00\x00\x00\x22\x00\x00\x00", 24);
  for (const char c : std::string("x-originating-ip")) (name += c) += '\0';
  EXPECT_NE(all.items[0].bytes.find(name), std::string::npos);
}

TEST(Pst, AnItemThatLibpffCannotReadIsARow) {
  SKIP_WITHOUT_STORES();
  const auto all = read(kContacts);
  ASSERT_EQ(all.lost.size(), 12U);
  EXPECT_EQ(all.lost[0].source, "box.pst!Top of Personal Folders/Contacts#2099076");
  EXPECT_EQ(notes_of(all.lost[0]), "damaged_store properties:\n");
}

TEST(Pst, AStoreThatLibpffCannotOpenIsARow) {
  SKIP_WITHOUT_STORES();
  const auto all = read(kBroken);
  ASSERT_EQ(all.lost.size(), 1U);
  EXPECT_EQ(all.lost[0].source, "box.pst");
  EXPECT_EQ(all.lost[0].notes.at(0).code, "damaged_store");
}

TEST(Pst, AMemberOfAnArchiveIsReadAsAFileIs) {
  SKIP_WITHOUT_STORES();
  EXPECT_EQ(read(FileBytes::in_memory(bytes_of(kStores / kBodies))).items.size(), 4U);
}

TEST(Pst, ReadingStopsWhereTheSinkSaysSo) {
  SKIP_WITHOUT_STORES();
  const auto all = read(FileBytes((kStores / kMany).string()), {}, {}, 3);
  EXPECT_EQ(all.items.size(), 3U);
  EXPECT_TRUE(all.summary.stopped);
}

TEST(Pst, AnItemThatEndsTheChildCostsItselfAlone) {
  SKIP_WITHOUT_STORES();
  const auto whole = read(kMany);
  // The steps are opening, the folders, and 72 items: one in the middle.
  const auto all = read(kMany, {}, [](std::uint64_t step) {
    if (step == 40) raise(SIGKILL);
  });
  EXPECT_EQ(all.items.size() + 1, whole.items.size());
  ASSERT_EQ(all.lost.size(), 1U);
  EXPECT_EQ(all.lost[0].notes.at(0).code, "worker_crashed");
  EXPECT_TRUE(all.lost[0].source.starts_with("box.pst!Top of Personal Folders/")) << all.lost[0].source;
  const auto all_sources = sources_of(all.items);
  EXPECT_EQ(std::set<std::string>(all_sources.begin(), all_sources.end()).size(), all.items.size());
}

TEST(Pst, AnItemThatIsSilentTooLongCostsItselfAlone) {
  SKIP_WITHOUT_STORES();
  const auto all = read(kMany, {.container_silence_ms = 2'000}, [](std::uint64_t step) {
    while (step == 40) sleep(1);
  });
  EXPECT_EQ(all.items.size(), 71U);
  ASSERT_EQ(all.lost.size(), 1U);
  EXPECT_EQ(all.lost[0].notes.at(0).code, "worker_timeout");
}

TEST(Pst, PstRestartsIsTheBoundOfChildren) {
  SKIP_WITHOUT_STORES();
  const auto two = [](std::uint64_t step) {
    if (step == 40 || step == 42) raise(SIGKILL);
  };
  const auto within = read(kMany, {.pst_restarts = 2}, two);
  EXPECT_EQ(within.items.size(), 70U);
  EXPECT_EQ(within.lost.size(), 2U);
  const auto over = read(kMany, {.pst_restarts = 1}, two);
  ASSERT_EQ(over.lost.size(), 3U);
  EXPECT_EQ(notes_of(over.lost[2]), "limit pst_restarts:\n");
  EXPECT_GT(over.items.size(), 0U);
}

TEST(Pst, AChildThatEndsWhileOpeningIsNotStartedAgain) {
  SKIP_WITHOUT_STORES();
  const auto all = read(kMany, {}, [](std::uint64_t) { raise(SIGKILL); });
  EXPECT_TRUE(all.items.empty());
  EXPECT_EQ(all.lost.size(), 1U);
}

TEST(Pst, PstOpenMsPerMibIsTheBoundOfOpening) {
  SKIP_WITHOUT_STORES();
  const auto slow = [](std::uint64_t step) {
    if (step == 0) sleep(2);
  };
  EXPECT_EQ(read(kBodies, {.container_silence_ms = 1'000, .pst_open_ms_per_mib = 60'000}, slow).items.size(), 4U);
  const auto over = read(kBodies, {.container_silence_ms = 1'000, .pst_open_ms_per_mib = 1}, slow);
  EXPECT_TRUE(over.items.empty());
  ASSERT_EQ(over.lost.size(), 1U);
  EXPECT_EQ(over.lost[0].notes.at(0).code, "worker_timeout");
}

TEST(Pst, AChildWhoseMemoryIsFullIsFollowedByAnotherWithoutLoss) {
  SKIP_WITHOUT_STORES();
  bool is_first = true;
  const auto full = [&is_first](std::uint64_t step) {
    if (step == 40 && is_first) throw std::bad_alloc();
  };
  Read all;
  const Settings settings;
  const Sink sink = [&](Item&& item) {
    is_first = all.items.size() < 30;  // the next child is a copy of this process
    (item.bytes.empty() ? all.lost : all.items).push_back(std::move(item));
    return true;
  };
  Reading reading(settings, sink);
  FileBytes file((kStores / kMany).string());
  read_pst("box.pst", file, reading, full);
  EXPECT_EQ(all.items.size(), 72U);
  EXPECT_TRUE(all.lost.empty());
}

TEST(Pst, PstFolderDepthIsTheBoundOfFoldersInFolders) {
  SKIP_WITHOUT_STORES();
  EXPECT_TRUE(read(kBodies, {.pst_folder_depth = 3}).lost.empty());
  const auto over = read(kBodies, {.pst_folder_depth = 2});
  EXPECT_TRUE(over.items.empty());
  ASSERT_EQ(over.lost.size(), 1U);
  EXPECT_EQ(over.lost[0].source, "box.pst!Top of Outlook data file/Inbox/tmp");
  EXPECT_EQ(notes_of(over.lost[0]), "limit pst_folder_depth:\n");
}

struct Bound {
  const char* name;
  const char* store;
  Limits at;
  Limits below;
};

TEST(Pst, BoundsOfOneItemAreNotesAndTheRestIsRead) {
  SKIP_WITHOUT_STORES();
  const std::vector<Bound> bounds = {
      {"mapi_properties", kBodies, {.mapi_properties = 146}, {.mapi_properties = 137}},
      {"addresses", kBodies, {.addresses = 1}, {.addresses = 0}},
      {"mapi_attachments", kDeleted, {.mapi_attachments = 3}, {.mapi_attachments = 2}},
      {"nested_depth", kDeleted, {.nested_depth = 1}, {.nested_depth = 0}},
      {"nested_messages", kDeleted, {.nested_messages = 1}, {.nested_messages = 0}},
      {"message_bytes", kDeleted, {.message_bytes = 1U << 20U}, {.message_bytes = 20'000}},
  };
  for (const auto& bound : bounds) {
    const auto reached = [&](const Limits& limits) {
      std::size_t count = 0;
      const auto all = read(bound.store, limits);
      for (const auto& item : all.items)
        count += notes_of(item).find(std::string("limit ") + bound.name + ":") != std::string::npos ? 1U : 0U;
      EXPECT_GE(all.items.size(), 4U) << bound.name;
      return count;
    };
    EXPECT_EQ(reached(bound.at), 0U) << bound.name;
    EXPECT_GT(reached(bound.below), 0U) << bound.name;
  }
}

TEST(Pst, ACutStoreSaysHowMuchIsMissing) {
  SKIP_WITHOUT_STORES();
  auto bytes = bytes_of(kStores / kMany);
  bytes.resize(bytes.size() * 8 / 10);
  const auto all = read(FileBytes::in_memory(bytes));
  ASSERT_FALSE(all.lost.empty());
  EXPECT_EQ(all.lost[0].source, "box.pst");
  EXPECT_EQ(all.lost[0].notes.at(0).code, "truncated");
}

TEST(Pst, AnOstSaysSoAndAWipStoreIsEncrypted) {
  std::string head(564, '\0');
  head.replace(0, 4, "!BDN");
  head.replace(8, 2, "SO");
  head[10] = 36;
  head[513] = 0x10;
  const auto all = read(FileBytes::in_memory(head));
  ASSERT_EQ(all.lost.size(), 1U);
  EXPECT_EQ(all.lost[0].format, "ost");
  EXPECT_EQ(all.lost[0].notes.at(0).code, "encrypted");
}

TEST(Pst, FlippedBytesNeverEndThisProcess) {
  SKIP_WITHOUT_STORES();
  const auto whole = bytes_of(kStores / kBodies);
  std::mt19937 random(3);
  std::size_t children_lost = 0;
  for (int round = 0; round < 200; ++round) {
    auto bytes = whole;
    for (int flips = 0; flips < 20; ++flips) {
      // The first 512 bytes hold checksums that libpff insists on: most flips there end at once.
      bytes[580 + random() % (bytes.size() - 580)] = static_cast<char>(random());
    }
    const auto all = read(FileBytes::in_memory(bytes), {.container_silence_ms = 5'000});
    EXPECT_EQ(all.summary.items, all.items.size() + all.lost.size());
    for (const auto& item : all.lost) children_lost += item.notes.at(0).code.starts_with("worker_") ? 1U : 0U;
  }
  RecordProperty("children_lost", std::to_string(children_lost));
}

}  // namespace
}  // namespace threadline::evidence
