// SPDX-License-Identifier: Apache-2.0
#include "pipeline/originals.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "findings/context.h"
#include "text/base_subject.h"
#include "text/fold.h"
#include "text/mailbox.h"

namespace threadline::pipeline {
namespace {

using FactsPointer = std::shared_ptr<const facts::Facts>;

/// Messages of one writer and subject that are compared with a quoted one: those known around its date. A heuristic that keeps a
/// mailbox of one endless thread linear.
constexpr std::size_t kBefore = 150, kAfter = 50;
constexpr std::size_t kReferences = 100;  ///< of one message, the last ones, whose words are compared

std::int64_t known_seconds(const FactsPointer& facts) {
  return facts->dates.known_at ? facts->dates.known_at->seconds : std::numeric_limits<std::int64_t>::max();
}

/// Where the messages of the run are looked up: by who wrote them about what, and by Message-ID.
class Catalogue {
 public:
  explicit Catalogue(const std::vector<timeline::Judged>& judged) {
    for (const auto& message : judged) add(message.facts);
  }

  [[nodiscard]] FactsPointer original_of(const facts::QuotedBlock& block, const facts::Facts& carrier) const {
    Search search{.block = block, .carrier = carrier};
    if (findings::is_unnamed(block)) search.words = findings::word_pairs(block.text);
    for (const std::string& key : keys_of(block.from, subject_of(block, carrier))) {
      const auto found = by_writer_.find(key);
      if (found == by_writer_.end()) continue;
      for (const FactsPointer& candidate : around(found->second, block, carrier)) consider(search, candidate);
    }
    const auto& references = carrier.thread.references;
    const std::size_t first = search.words && references.size() > kReferences ? references.size() - kReferences : 0;
    for (std::size_t at = first; at < references.size(); ++at) consider_id(search, references[at]);
    consider_id(search, carrier.thread.in_reply_to);
    return search.best;
  }

 private:
  struct Search {
    const facts::QuotedBlock& block;
    const facts::Facts& carrier;
    std::optional<findings::WordPairs> words{};  ///< where nothing else tells whose they are
    double score = 0;
    FactsPointer best{};
  };

  static std::string subject_of(const facts::QuotedBlock& block, const facts::Facts& carrier) {
    return text::fold(block.subject.empty() ? carrier.base_subject : text::read_subject(block.subject).base);
  }

  static std::vector<std::string> keys_of(const message::Address& writer, const std::string& subject) {
    std::vector<std::string> keys;
    if (!writer.address.empty()) keys.push_back(text::ascii_lower(writer.address) + '\n' + subject);
    if (!writer.name.empty()) keys.push_back(text::name_key(text::common_name(writer.name)) + '\n' + subject);
    if (keys.empty()) keys.push_back('\n' + subject);
    return keys;
  }

  void add(const FactsPointer& facts) {
    if (facts->kind == facts::MessageKind::journal_report) return;
    if (!facts->message_id.empty()) by_id_.emplace(facts->message_id, facts);
    if (facts->from.empty()) return;
    const std::string subject = text::fold(facts->base_subject);
    for (const std::string& key : keys_of(facts->from.front(), subject)) by_writer_[key].push_back(facts);
    by_writer_['\n' + subject].push_back(facts);
  }

  /// `messages` are in the order of known_at.
  static std::span<const FactsPointer> around(const std::vector<FactsPointer>& messages, const facts::QuotedBlock& block,
                                              const facts::Facts& carrier) {
    const std::optional<Instant> when = block.date ? std::optional(block.date->at) : carrier.dates.known_at;
    if (!when) return std::span(messages).first(std::min(messages.size(), kBefore + kAfter));
    const auto middle = std::ranges::lower_bound(messages, when->seconds, {}, known_seconds);
    const auto at = static_cast<std::size_t>(middle - messages.begin());
    const std::size_t begin = at > kBefore ? at - kBefore : 0;
    return std::span(messages).subspan(begin, std::min(messages.size(), at + kAfter) - begin);
  }

  void consider(Search& search, const FactsPointer& candidate, bool same_thread = false) const {
    if (candidate->sha256 == search.carrier.sha256) return;
    const auto kinship = findings::kinship_of(search.block, search.carrier, *candidate, same_thread);
    const double score = search.words ? findings::unnamed_score(*search.words, words_.of(*candidate), kinship)
                                      : findings::original_score(search.block, search.carrier, *candidate, kinship);
    if (score > search.score) search.score = score, search.best = candidate;
  }

  void consider_id(Search& search, const std::string& id) const {
    if (const auto found = by_id_.find(id); found != by_id_.end()) consider(search, found->second, true);
  }

  mutable findings::CandidateWords words_;
  std::unordered_map<std::string, std::vector<FactsPointer>> by_writer_;
  std::unordered_map<std::string, FactsPointer> by_id_;
};

}  // namespace

void find_originals(std::vector<timeline::Judged>& judged) {
  const Catalogue catalogue(judged);
  for (auto& message : judged) {
    const auto remembered = std::exchange(message.originals, {});
    for (const auto& block : message.facts->conversation.quoted) {
      auto original = catalogue.original_of(block, *message.facts);
      const std::size_t at = message.originals.size();
      message.originals.push_back(original == nullptr && at < remembered.size() ? remembered[at] : std::move(original));
    }
  }
}

}  // namespace threadline::pipeline
