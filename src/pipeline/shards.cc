// SPDX-License-Identifier: Apache-2.0
#include "pipeline/shards.h"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "base/sha256.h"
#include "evidence/file_bytes.h"
#include "pipeline/analysis_steps.h"
#include "pipeline/shard_cut.h"
#include "pipeline/wire.h"

namespace threadline::pipeline {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::uint64_t kBatch = 200;                   ///< items in one transaction
constexpr auto kMostWaiting = std::chrono::seconds(5);  ///< until what was read is written

constexpr std::size_t kKeyDigits = 32;

/// 16 bytes of a digest.
std::string key_of(const std::string& text) {
  const std::string digits = sha256_hex(text).substr(0, kKeyDigits);
  std::string key;
  for (std::size_t at = 0; at < digits.size(); at += 2)
    key.push_back(static_cast<char>(std::stoi(digits.substr(at, 2), nullptr, 16)));
  return key;
}

/// By place and content. Where nothing could be read, by what is told of it.
std::string item_key(const std::string& source, const std::string& sha256, const std::vector<Note>& notes) {
  std::string text = source + '\n' + sha256;
  if (sha256.empty()) {
    for (const Note& note : notes) text += '\n' + note.code + '\n' + note.text;
  }
  return key_of(text);
}

std::uint64_t number_of(const std::string& text) { return std::stoull(sha256_hex(text).substr(0, 16), nullptr, 16); }

/// What messages of one conversation have in common, as far as one of them tells: what its thread began with.
std::uint64_t conversation_of(const facts::Facts& facts) {
  if (facts.thread.index && !facts.thread.index->guid.empty()) return number_of(facts.thread.index->guid);
  if (!facts.thread.references.empty()) return number_of(facts.thread.references.front());
  if (!facts.thread.in_reply_to.empty()) return number_of(facts.thread.in_reply_to);
  return number_of(facts.message_id.empty() ? facts.sha256 : facts.message_id);
}

/// What facts depend on beside the evidence: "10 <trusted relays> <the rest>". A judgement needs the first two.
std::string judged_reading(const RunSettings& settings) {
  std::string relays;
  for (const auto& relay : settings.policy.trusted_relays) relays += relay + '\n';
  return fmt::format("{} {}", kWireVersion, sha256_hex(relays).substr(0, 16));
}

std::string reading_of(const RunSettings& settings) {
  std::string rest = fmt::format("{}\n{}\n{}\n", settings.ocr, settings.limits.budget_ms, settings.geography != nullptr);
  for (const std::string& password : settings.passwords) rest += sha256_hex(password) + '\n';
  for (const auto& [name, records] : settings.dkim_keys) {
    rest += name + '\n';
    for (const std::string& record : records) rest += record + '\n';
  }
  return judged_reading(settings) + ' ' + sha256_hex(rest).substr(0, 16);
}

std::string evidence_of(const std::vector<std::string>& paths) {
  std::string all;
  for (const std::string& path : paths) all += path + '\n';
  return sha256_hex(all);
}

/// Takes what the reading of a shard tells, and keeps it.
class Keeping {
 public:
  Keeping(const memory::Shard& shard, memory::FactStore& store, bool was_entered)
      : cut_(shard), store_(store), was_entered_(was_entered) {}

  [[nodiscard]] bool passes_over(const std::string& source, evidence::FileBytes& bytes) {
    return cut_.passes_over(source, bytes.size());
  }

  /// The place of an item that is still to be read.
  [[nodiscard]] std::optional<std::uint64_t> place_of(const evidence::Item& item) {
    const auto place = cut_.place_of(item.source);
    if (!place || !was_entered_ || item.bytes.empty()) return place;
    if (!store_.holds(item_key(item.source, item.sha256, {}))) return place;
    ++extracted.before;
    return std::nullopt;
  }

  void keep(const std::vector<facts::Facts>& facts) {
    if (facts.empty()) return;
    const facts::Facts& outer = facts.front();
    store_.keep({.key = item_key(outer.source, outer.sha256, {}),
                 .conversation = conversation_of(outer),
                 .place = outer.input_order,
                 .known_at = known_at_or_last(outer).seconds,
                 .sha256 = outer.sha256,
                 .body = encode_facts(facts)});
    ++extracted.items;
    write_now_and_then();
  }

  void keep(std::uint64_t place, const timeline::EvidenceRemark& remark) {
    store_.keep_remark(item_key(remark.source, remark.sha256, remark.notes), place, encode_remark(remark));
    ++extracted.lost;
    write_now_and_then();
  }

  /// A log that the file asked about last is or holds.
  void keep_log(const std::string& path) { store_.keep_log(path, cut_.file_place()); }

  [[nodiscard]] bool has_failed() const { return !written_; }
  [[nodiscard]] const Result<void>& written() const { return written_; }

  Extracted extracted;

 private:
  void write_now_and_then() {
    const Clock::time_point now = Clock::now();
    if (++waiting_ < kBatch && now - last_ < kMostWaiting) return;
    written_ = store_.commit();
    waiting_ = 0;
    last_ = now;
  }

  ShardCut cut_;
  memory::FactStore& store_;
  bool was_entered_;
  Result<void> written_;
  std::uint64_t waiting_ = 0;
  Clock::time_point last_ = Clock::now();
};

}  // namespace

Result<Extracted> extract(const std::vector<std::string>& paths, const memory::Shard& shard, const RunSettings& settings,
                          memory::FactStore& store) {
  const auto was_entered = store.enter(shard, evidence_of(paths), reading_of(settings));
  if (!was_entered) return tl::unexpected(was_entered.error());
  Keeping keeping(shard, store, *was_entered);
  std::vector<std::string> logs;
  RunSettings how = settings;
  how.interrupted = [&] { return keeping.has_failed() || (settings.interrupted && settings.interrupted()); };
  const auto read = gather(
      paths, how,
      {.on_item = {},
       .on_facts = [&](std::vector<facts::Facts>&& facts) { keeping.keep(facts); },
       .on_remark = [&](std::uint64_t order, timeline::EvidenceRemark&& remark) { keeping.keep(order, remark); },
       .log_paths = &logs,
       .passes_over = [&](const std::string& source, evidence::FileBytes& bytes) { return keeping.passes_over(source, bytes); },
       .on_log = [&](const std::string& path) { keeping.keep_log(path); },
       .place_of = [&](const evidence::Item& item) { return keeping.place_of(item); }});
  const auto written = store.commit();
  if (!written) return tl::unexpected(written.error());
  if (!read) return tl::unexpected(read.error());
  keeping.extracted.interrupted = *read;
  if (*read) return keeping.extracted;
  if (const auto done = store.finish(shard); !done) return tl::unexpected(done.error());
  return keeping.extracted;
}

namespace {

Result<void> put_kept(memory::FactStore& store, Shelf& shelf, const RunSettings& settings) {
  Result<void> put;
  const auto read = store.for_each([&](std::string_view body) {
    auto all = decode_facts(body);
    if (!all)
      put = tl::unexpected(all.error());
    else
      shelf.put(nullptr, std::move(*all), std::string(body));
    if (shelf.failure()) put = tl::unexpected(*shelf.failure());
    return put.has_value() && !(settings.interrupted && settings.interrupted());
  });
  return read ? put : read;
}

Result<void> take_kept_remarks(memory::FactStore& store, Shelved& shelved) {
  Result<void> decoded;
  const auto remarks = store.for_each_remark([&](std::uint64_t place, std::string_view body) {
    auto remark = decode_remark(body);
    if (remark)
      shelved.remarks.emplace_back(place, std::move(*remark));
    else
      decoded = tl::unexpected(remark.error());
  });
  return remarks ? decoded : remarks;
}

}  // namespace

Result<Shelved> shelved_of(memory::FactStore& store, const RunSettings& settings) {
  if (const std::string reading = store.reading(); !reading.empty() && !reading.starts_with(judged_reading(settings) + ' ')) {
    return tl::unexpected(
        Error{"the facts in the store were made by another threadline, or under a policy with other trusted relays",
              {},
              "give judge the --policy that extract had; or extract again (threadline memory purge --facts STORE)"});
  }
  ShelfSettings how = settings.shelf;
  how.folder = settings.spool_folder;
  auto opened = Shelf::open(how);
  if (!opened) return tl::unexpected(opened.error());
  Shelved shelved(std::move(*opened));
  shelved.take_sides(settings);
  if (const auto put = put_kept(store, shelved.shelf, settings); !put) return tl::unexpected(put.error());
  shelved.shelf.settle();
  if (shelved.shelf.failure()) return tl::unexpected(*shelved.shelf.failure());
  shelved.interrupted = settings.interrupted && settings.interrupted();
  if (const auto taken = take_kept_remarks(store, shelved); !taken) return tl::unexpected(taken.error());
  const auto logs = store.for_each_log([&](std::uint64_t, std::string_view path) { shelved.log_paths.emplace_back(path); });
  if (!logs) return tl::unexpected(logs.error());
  return shelved;
}

}  // namespace threadline::pipeline
