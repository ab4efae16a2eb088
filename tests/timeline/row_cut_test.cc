// SPDX-License-Identifier: Apache-2.0
// The rows of a run in several outputs: each row in exactly one, and all of them together are those of one run.
#include "timeline/row_cut.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/sha256.h"
#include "timeline/row_json.h"
#include "timeline/rows.h"

namespace threadline::timeline {
namespace {

constexpr std::int64_t kNoon = 1'522'922'400;  // 2018-04-05T10:00:00Z

findings::Finding finding(const std::string& code) {
  findings::Finding made;
  made.code = code;
  made.severity = Severity::medium;
  made.subject = "subject";
  made.evidence = Value{}.set("field", "from");
  return made;
}

facts::Facts mail(int number) {
  facts::Facts facts;
  facts.source = "export/" + std::to_string(number) + ".eml";
  facts.sha256 = sha256_hex(facts.source);
  facts.message_id = "<" + std::to_string(number) + "@firm.example>";
  facts.subject = "order";
  if (number % 10 != 0) facts.dates.known_at = Instant{kNoon + number / 3, 0};
  facts.from = {{"Claire", "claire@supplier.example"}};
  facts.route.hops.resize(2);
  return facts;
}

facts::QuotedBlock quoted(int number) {
  facts::QuotedBlock block;
  block.from = {"Marc", "marc@payer.example"};
  block.date = Stamp{Instant{kNoon - 3'600 * number, 0}, ZoneBasis::stated, {}, "5 April"};
  block.span.part = "1";
  return block;
}

EvidenceRemark lost(const std::string& source, const std::string& sha256) {
  EvidenceRemark remark;
  remark.code = "evidence_unreadable";
  remark.severity = Severity::medium;
  remark.source = source;
  remark.sha256 = sha256;
  return remark;
}

struct Everything {
  std::vector<Judged> judged;
  std::vector<EvidenceRemark> remarks;
  std::vector<Logged> logged;

  [[nodiscard]] std::vector<Row> rows(const RowCut& cut) const {
    RowSettings settings;
    settings.events = Events::hops;
    settings.cut = cut;
    return rows_of(judged, remarks, settings, logged);
  }
};

/// Messages, two of them of equal bytes, with equal findings; quoted ones that several carry; files that could not be read, one
/// of a message that was; records of a log that are equal.
Everything everything() {
  Everything all;
  for (int number = 1; number <= 60; ++number) {
    facts::Facts facts = mail(number);
    if (number == 31) facts.sha256 = mail(30).sha256;
    for (int carried = number / 7; carried < number / 7 + number % 3; ++carried)
      facts.conversation.quoted.push_back(quoted(carried));
    if (number % 11 == 0) facts.sources = {facts.source, "copy/" + facts.source};
    Judged one;
    one.originals.resize(facts.conversation.quoted.size());
    if (number == 20 && !one.originals.empty()) one.originals[0] = std::make_shared<const facts::Facts>(mail(1));
    one.facts = std::make_shared<const facts::Facts>(std::move(facts));
    if (number % 4 == 0) one.findings = {finding("fake_reply"), finding("fake_reply"), finding("auth_failed")};
    all.judged.push_back(std::move(one));
  }
  std::ranges::stable_sort(all.judged, {}, [](const Judged& one) {
    const auto& at = one.facts->dates.known_at;
    return at ? at->seconds : kNoon * 2;
  });
  for (int file = 0; file < 20; ++file) all.remarks.push_back(lost("export/" + std::to_string(file) + ".pst", ""));
  for (const char* source : {"box.mbox", "box.mbox", "box.mbox#2", ""}) all.remarks.push_back(lost(source, ""));
  all.remarks.push_back(lost("other/5.eml", mail(5).sha256));
  all.remarks.push_back(lost("another/5.eml", mail(5).sha256));
  for (int line = 0; line < 30; ++line) {
    Logged record;
    record.source = "audit.csv:" + std::to_string(line);
    record.sha256 = sha256_hex("record " + std::to_string(line / 2));
    record.act = "rule_set";
    if (line % 5 != 0) record.time = Stamp{Instant{kNoon + line, 0}, ZoneBasis::stated, {}, "5 April"};
    if (line % 3 == 0) record.findings = {finding("inbox_rule_hides")};
    all.logged.push_back(std::move(record));
  }
  return all;
}

std::string text_without_number(Row row) {
  row.row = 0;
  return row_text(row);
}

bool is_before(const Row& one, const Row& other) {
  const auto place = [](const Row& row) { return std::tuple(!row.known_at, row.known_at.value_or(""), row.source, row.id); };
  return place(one) < place(other);
}

TEST(RowCut, EveryRowIsInOneShardAndAllShardsTogetherAreTheWholeRun) {
  const Everything all = everything();
  const std::vector<Row> whole = all.rows({});
  ASSERT_TRUE(std::ranges::is_sorted(whole, is_before));
  for (const std::uint32_t of : {1U, 2U, 3U, 8U, 50U}) {
    std::vector<Row> together;
    for (std::uint32_t number = of; number >= 1; --number) {
      const std::vector<Row> rows = all.rows({number, of});
      for (std::size_t at = 0; at < rows.size(); ++at) ASSERT_EQ(rows[at].row, at + 1) << number << "/" << of;
      std::ranges::copy(rows, std::back_inserter(together));
    }
    std::ranges::sort(together, is_before);
    ASSERT_EQ(together.size(), whole.size()) << of;
    for (std::size_t at = 0; at < whole.size(); ++at)
      ASSERT_EQ(text_without_number(together[at]), text_without_number(whole[at])) << of;
  }
}

TEST(RowCut, AllThatIsSaidOfAMessageOrARecordIsInItsShard) {
  const Everything all = everything();
  std::size_t told = 0;
  for (std::uint32_t number = 1; number <= 8; ++number) {
    const std::vector<Row> rows = all.rows({number, 8});
    std::set<std::string> ids;
    for (const Row& row : rows) ids.insert(row.id);
    for (const Row& row : rows) {
      if (!row.about) continue;
      EXPECT_TRUE(ids.contains(*row.about)) << row.kind << " " << row.source;
      ++told;
    }
  }
  EXPECT_GT(told, 100U);
}

TEST(RowCut, ShardsAreOfAboutOneSizeAndTheSameInEveryRun) {
  std::map<std::uint32_t, int> sizes;
  for (int number = 0; number < 8'000; ++number) {
    const std::string sha256 = sha256_hex(std::to_string(number));
    for (std::uint32_t shard = 1; shard <= 8; ++shard) sizes[shard] += RowCut{shard, 8}.holds(sha256, "any") ? 1 : 0;
  }
  for (const auto& [shard, size] : sizes) EXPECT_NEAR(size, 1'000, 150) << shard;
  // The first 64 bits of the digest, 3 modulo 4: the fourth shard of four.
  const std::string fourth = "0000000000000003" + std::string(48, 'f');
  EXPECT_TRUE((RowCut{4, 4}.holds(fourth, "")));
  EXPECT_FALSE((RowCut{3, 4}.holds(fourth, "")));
  EXPECT_TRUE((RowCut{1, 3}.holds(fourth, "")));
}

}  // namespace
}  // namespace threadline::timeline
