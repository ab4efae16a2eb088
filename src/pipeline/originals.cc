// SPDX-License-Identifier: Apache-2.0
#include "pipeline/originals.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/short_hash.h"
#include "findings/level_subjects.h"
#include "pipeline/analysis_steps.h"
#include "text/fold.h"
#include "text/mailbox.h"

namespace threadline::pipeline {
namespace {

/// Messages of one writer and subject that are compared with a quoted one: those known around its date. A heuristic that keeps a
/// mailbox of one endless thread linear.
constexpr std::size_t kBefore = 150, kAfter = 50;
constexpr std::size_t kReferences = 100;  ///< of one message, the last ones, whose words are compared
constexpr std::size_t kWords = 300;       ///< messages whose words are kept

std::vector<std::uint64_t> keys_of(const message::Address& writer, const std::string& subject) {
  std::vector<std::uint64_t> keys;
  if (!writer.address.empty()) keys.push_back(short_hash(text::ascii_lower(writer.address) + '\n' + subject));
  if (!writer.name.empty()) keys.push_back(short_hash(text::name_key(text::common_name(writer.name)) + '\n' + subject));
  if (keys.empty()) keys.push_back(short_hash('\n' + subject));
  return keys;
}

}  // namespace

struct Catalogue::Search {
  const facts::QuotedBlock& block;
  const facts::Facts& carrier;
  Desk& desk;
  std::optional<findings::WordPairs> words{};  ///< where nothing else tells whose they are
  double score = 0;
  std::uint32_t best = kNone;
};

void Catalogue::add(const facts::Facts& facts) {
  const auto rank = static_cast<std::uint32_t>(known_at_.size());
  known_at_.push_back(known_at_or_last(facts).seconds);
  if (facts.kind == facts::MessageKind::journal_report) return;
  if (!facts.message_id.empty()) by_id_.push_back({short_hash(facts.message_id), rank});
  if (facts.from.empty()) return;
  const std::string subject = text::fold(facts.base_subject);
  for (const std::uint64_t key : keys_of(facts.from.front(), subject)) by_writer_.push_back({key, rank});
  by_writer_.push_back({short_hash('\n' + subject), rank});
}

void Catalogue::finish() {
  const auto place = [](const Listed& one) { return std::pair(std::uint64_t{one.key}, std::uint32_t{one.rank}); };
  std::ranges::sort(by_writer_, {}, place);
  std::ranges::sort(by_id_, {}, place);
}

std::vector<std::uint32_t> Catalogue::originals_of(const facts::Facts& carrier, Desk& desk) const {
  std::vector<std::uint32_t> originals;
  for (const auto& block : carrier.conversation.quoted) originals.push_back(original_of(block, carrier, desk));
  return originals;
}

std::uint32_t Catalogue::original_of(const facts::QuotedBlock& block, const facts::Facts& carrier, Desk& desk) const {
  Search search{.block = block, .carrier = carrier, .desk = desk};
  if (findings::is_unnamed(block)) search.words = findings::word_pairs(block.text);
  for (const std::string& subject : findings::subjects_of(block, carrier)) {
    for (const std::uint64_t key : keys_of(block.from, text::fold(subject))) {
      for (const Listed& candidate : around(key, block, carrier)) consider(search, candidate.rank, false);
    }
  }
  const auto& references = carrier.thread.references;
  const std::size_t first = search.words && references.size() > kReferences ? references.size() - kReferences : 0;
  for (std::size_t at = first; at < references.size(); ++at) consider_id(search, references[at]);
  consider_id(search, carrier.thread.in_reply_to);
  return search.best;
}

std::span<const Catalogue::Listed> Catalogue::around(std::uint64_t key, const facts::QuotedBlock& block,
                                                     const facts::Facts& carrier) const {
  const auto key_of = [](const Listed& one) { return std::uint64_t{one.key}; };
  const std::span<const Listed> messages(std::ranges::lower_bound(by_writer_, key, {}, key_of),
                                         std::ranges::upper_bound(by_writer_, key, {}, key_of));
  const std::optional<Instant> when = block.date ? std::optional(block.date->at) : carrier.dates.known_at;
  if (!when) return messages.first(std::min(messages.size(), kBefore + kAfter));
  const auto middle = std::ranges::lower_bound(messages, when->seconds, {},
                                               [this](const Listed& one) { return std::int64_t{known_at_[one.rank]}; });
  const auto at = static_cast<std::size_t>(middle - messages.begin());
  const std::size_t begin = at > kBefore ? at - kBefore : 0;
  return messages.subspan(begin, std::min(messages.size(), at + kAfter) - begin);
}

const findings::WordPairs& Catalogue::Desk::words_of(std::uint32_t rank, const facts::Facts& facts) {
  if (const auto found = words_at_.find(rank); found != words_at_.end()) {
    words_.splice(words_.begin(), words_, found->second);
    return found->second->words;
  }
  words_.push_front({rank, findings::word_pairs(facts.conversation.new_text)});
  words_at_[rank] = words_.begin();
  if (words_.size() > kWords) {
    words_at_.erase(words_.back().rank);
    words_.pop_back();
  }
  return words_.front().words;
}

void Catalogue::consider(Search& search, std::uint32_t rank, bool same_thread) {
  const auto candidate = search.desk.facts_of_(rank);
  if (candidate->sha256 == search.carrier.sha256) return;
  const auto kinship = findings::kinship_of(search.block, search.carrier, *candidate, same_thread);
  const double score = search.words ? findings::unnamed_score(*search.words, search.desk.words_of(rank, *candidate), kinship)
                                    : findings::original_score(search.block, search.carrier, *candidate, kinship);
  if (score > search.score) search.score = score, search.best = rank;
}

void Catalogue::consider_id(Search& search, const std::string& id) const {
  if (id.empty()) return;
  const std::uint64_t key = short_hash(id);
  const auto* found = std::ranges::lower_bound(by_id_, key, {}, [](const Listed& one) { return std::uint64_t{one.key}; });
  if (found != by_id_.end() && found->key == key) consider(search, found->rank, true);
}

}  // namespace threadline::pipeline
