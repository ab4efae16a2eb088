// SPDX-License-Identifier: Apache-2.0
// Which bytes stay behind in a store, and what it says of itself.
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "memory/any_order.h"
#include "memory/history.h"
#include "memory/opened_store.h"
#include "memory/upkeep.h"

namespace threadline::memory {
namespace {

using history::Message;

/// Whether the words stand anywhere in the file or beside it.
bool holds_bytes(const std::string& path, const std::string& words) {
  for (const std::string& file : {path, path + "-wal", path + "-journal"}) {
    if (bytes_of(file).find(words) != std::string::npos) return true;
  }
  return false;
}

TEST(FileStore, HoldsNoTextAndNoSubject) {
  const StoreFolder folder;
  Message message(1, 10, "ann@firm.example");
  message.subject("quarterly zebra figures");
  message.facts.subject = "Re: quarterly zebra figures";
  message.facts.conversation.new_text = "confidential giraffe numbers";
  message.facts.body_text = message.facts.conversation.new_text;
  message.facts.headers = {{"X-Secret", "walrus", "walrus", 0, 0}};
  learn(*opened(folder.file()), message.learnt());
  EXPECT_TRUE(holds_bytes(folder.file(), "ann@firm.example"));
  for (const char* words : {"zebra", "giraffe", "walrus"}) EXPECT_FALSE(holds_bytes(folder.file(), words)) << words;
}

TEST(FileStore, ForgetsWhatWasLearntLongerAgoThanItMayKeep) {
  const StoreFolder folder;
  StoreSettings settings;
  settings.today = 20'000;
  settings.retention_days = 30;
  learn(*opened(folder.file(), settings), Message(1, 10, "ann@firm.example").account("X1").learnt());
  settings.today = 20'020;
  learn(*opened(folder.file(), settings), Message(2, 20, "ann@firm.example").account("X1").learnt());
  settings.today = 20'031;
  const auto store = opened(folder.file(), settings);
  EXPECT_EQ(store->messages(), 1U);
  store->as_of_now({});
  EXPECT_EQ(store->accounts_of("domain:firm.example").at(0).message_id, "<2@mail.example>");
  EXPECT_EQ(*store->expire(20'051), 1U);
  store->as_of_now({});
  EXPECT_EQ(store->messages(), 0U);
  EXPECT_TRUE(store->accounts_of("domain:firm.example").empty());
  EXPECT_EQ(store->correspondent("ann@firm.example"), nullptr);
  EXPECT_TRUE(store->domains().empty());
}

/// Ann writes to Bob, Bob to Ann; a third quotes both.
void fill(const std::string& path) {
  const auto store = opened(path);
  store->learn(Message(1, 10, "ann@firm.example", "Ann Zebrowski")
                   .to("bob@other.example")
                   .account("ANNS1")
                   .phone("+33199001111")
                   .learnt());
  store->learn(Message(2, 20, "bob@other.example", "Bob").to("ann@firm.example").account("BOBS1").learnt());
  Message third(3, 30, "carl@third.example", "Carl");
  facts::QuotedBlock block;
  block.from = {"Ann Zebrowski", "ann@firm.example"};
  third.facts.conversation.quoted = {block};
  third.facts.thread.references = {"<77@firm.example>"};
  third.account_for("ANNS1", "domain:firm.example", 0).disputes("ann@firm.example");
  store->learn(third.learnt());
  ASSERT_TRUE(store->commit());
}

TEST(FileStore, OfWhatItMayNotKeepNoNameStaysBehind) {
  const StoreFolder folder;
  StoreSettings settings;
  settings.today = 20'000;
  settings.retention_days = 30;
  Learnt one = Message(1, 10, "ann@firm.example").to("bob@other.example").account("X1").learnt();
  one.taking_part = {"address:ann@firm.example"};
  learn(*opened(folder.file(), settings), one);
  ASSERT_TRUE(holds_bytes(folder.file(), "firm.example"));
  settings.today = 20'031;
  (void)opened(folder.file(), settings);
  EXPECT_FALSE(holds_bytes(folder.file(), "firm.example"));
  EXPECT_FALSE(holds_bytes(folder.file(), "other.example"));
}

TEST(Purge, OfAPersonLeavesNoByteOfHer) {
  const StoreFolder folder;
  fill(folder.file());
  ASSERT_TRUE(holds_bytes(folder.file(), "ann@firm.example"));
  const auto purged = purge_store(folder.file(), {{"ann@firm.example", {}}, {}}, {"now", "me", "memory purge --person"});
  ASSERT_TRUE(purged) << to_line(purged.error());
  EXPECT_EQ(purged->messages, 1U);
  EXPECT_EQ(purged->redacted, 2U);
  for (const char* words : {"ann@firm.example", "Zebrowski", "ANNS1", "9900111"})
    EXPECT_FALSE(holds_bytes(folder.file(), words)) << words;
  const auto store = opened(folder.file());
  store->as_of_now({});
  EXPECT_EQ(store->messages(), 2U);
  EXPECT_EQ(store->accounts_of("domain:other.example").size(), 1U);
  EXPECT_TRUE(store->accounts_of("domain:firm.example").empty());
  EXPECT_FALSE(store->is_disputed_address("ann@firm.example"));
}

TEST(Purge, SaysSoWhereAProgramThatReadsKeepsTheBytes) {
  const StoreFolder folder;
  fill(folder.file());
  sqlite3* reader = nullptr;
  ASSERT_EQ(sqlite3_open(folder.file().c_str(), &reader), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(reader, "BEGIN; SELECT count(*) FROM message", nullptr, nullptr, nullptr), SQLITE_OK);
  const Purge purge{.whom = {"ann@firm.example", {}}, .before = {}, .busy_ms = 50};
  const auto kept = purge_store(folder.file(), purge, {});
  ASSERT_FALSE(kept);
  EXPECT_NE(to_line(kept.error()).find("the bytes are still there"), std::string::npos) << to_line(kept.error());
  sqlite3_close(reader);
  EXPECT_EQ(opened(folder.file())->messages(), 2U);
  ASSERT_TRUE(purge_store(folder.file(), purge, {}));
  EXPECT_FALSE(holds_bytes(folder.file(), "ann@firm.example"));
}

TEST(Purge, OfADomainTakesItsIdsAndItsNameToo) {
  const StoreFolder folder;
  fill(folder.file());
  const auto purged = purge_store(folder.file(), {{{}, "firm.example"}, {}}, {});
  ASSERT_TRUE(purged) << to_line(purged.error());
  EXPECT_EQ(purged->messages, 1U);
  EXPECT_FALSE(holds_bytes(folder.file(), "firm.example"));
  const auto store = opened(folder.file());
  store->as_of_now({});
  for (const View::KnownDomain& known : store->domains()) EXPECT_NE(known.domain, "firm.example");
  EXPECT_EQ(store->correspondent("bob@other.example")->messages, 1U);
}

TEST(Purge, OfWhatIsOldIsAsIfItHadNeverBeenLearnt) {
  const StoreFolder folder;
  const auto all = history::made_up(71, 200);
  {
    const auto store = opened(folder.file());
    for (const Learnt& one : all) store->learn(one);
  }
  const auto purged = purge_store(folder.file(), {{}, Instant{1'050, 0}}, {});
  ASSERT_TRUE(purged) << to_line(purged.error());
  const auto rest = in_memory_any_order();
  for (const Learnt& one : all) {
    if (one.known_at.seconds >= 1'050) rest->learn(one);
  }
  EXPECT_EQ(purged->messages, all.size() - rest->messages());
  rest->as_of(history::at(2'000));
  const auto store = opened(folder.file());
  store->as_of(history::at(2'000));
  EXPECT_EQ(history::answers(*store), history::answers(*rest));
}

TEST(Purge, OfADomainThatNobodyUsesAnyMoreLeavesItsNumberToNobody) {
  const StoreFolder folder;
  const auto one = opened(folder.file()), other = opened(folder.file());
  one->as_of(history::at(5));
  learn(*one, Message(1, 10, "ann@firm.example").learnt());
  learn(*one, Message(1, 10, "ann@firm.example").disputed().learnt());
  ASSERT_TRUE(purge_store(folder.file(), {{}, Instant{1, 0}}, {}));
  learn(*other, Message(2, 20, "bob@other.example").learnt());
  learn(*one, Message(3, 30, "ann@firm.example").learnt());
  const auto later = opened(folder.file());
  later->as_of_now({});
  std::string known;
  for (const View::KnownDomain& domain : later->domains()) known += domain.domain + " ";
  EXPECT_EQ(known, "other.example firm.example ");
}

TEST(Upkeep, CountsWhatItHoldsAndWhoOpenedIt) {
  const StoreFolder folder;
  StoreSettings settings;
  settings.access = {"2024-01-01T00:00:00Z", "me@here", "scan"};
  settings.today = 19'723;
  learn(*opened(folder.file(), settings), Message(1, 10, "ann@firm.example").to("bob@other.example").account("X1").learnt());
  const auto summary = summary_of(folder.file(), {"2024-01-02T00:00:00Z", "you@here", "memory show"});
  ASSERT_TRUE(summary) << to_line(summary.error());
  EXPECT_EQ(summary->messages, 1U);
  EXPECT_EQ(summary->domains, 2U);
  EXPECT_EQ(summary->accounts, 1U);
  EXPECT_EQ(summary->first->seconds, 10);
  EXPECT_EQ(summary->first_day, 19'723);
  ASSERT_EQ(summary->accesses.size(), 2U);
  EXPECT_EQ(summary->accesses[0].verb, "scan");
  EXPECT_EQ(summary->accesses[1].who, "you@here");
  std::size_t kept = 0;
  ASSERT_TRUE(for_each_kept(folder.file(), {}, [&](const Learnt& learnt) { kept += learnt.facts->accounts.size(); }));
  EXPECT_EQ(kept, 1U);
}

}  // namespace
}  // namespace threadline::memory
