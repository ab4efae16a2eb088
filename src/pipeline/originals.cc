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

namespace threadline::pipeline {
namespace {

using FactsPointer = std::shared_ptr<const facts::Facts>;

/// Messages of one writer and subject that are compared with a quoted one: those known around its date. A heuristic that keeps a
/// mailbox of one endless thread linear.
constexpr std::size_t kBefore = 150, kAfter = 50;

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
    Best best;
    for (const std::string& key : keys_of(block.from, subject_of(block, carrier))) {
      const auto found = by_writer_.find(key);
      if (found == by_writer_.end()) continue;
      for (const FactsPointer& candidate : around(found->second, block, carrier)) consider(best, block, carrier, candidate);
    }
    for (const std::string& id : carrier.thread.references) consider_id(best, block, carrier, id);
    consider_id(best, block, carrier, carrier.thread.in_reply_to);
    return best.facts;
  }

 private:
  struct Best {
    double score = 0;
    FactsPointer facts;
  };

  static std::string subject_of(const facts::QuotedBlock& block, const facts::Facts& carrier) {
    return text::fold(block.subject.empty() ? carrier.base_subject : text::read_subject(block.subject).base);
  }

  static std::vector<std::string> keys_of(const message::Address& writer, const std::string& subject) {
    std::vector<std::string> keys;
    if (!writer.address.empty()) keys.push_back(text::ascii_lower(writer.address) + '\n' + subject);
    if (!writer.name.empty()) keys.push_back(text::name_key(writer.name) + '\n' + subject);
    return keys;
  }

  void add(const FactsPointer& facts) {
    if (facts->kind == facts::MessageKind::journal_report) return;
    if (!facts->message_id.empty()) by_id_.emplace(facts->message_id, facts);
    if (facts->from.empty()) return;
    for (const std::string& key : keys_of(facts->from.front(), text::fold(facts->base_subject))) by_writer_[key].push_back(facts);
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

  static void consider(Best& best, const facts::QuotedBlock& block, const facts::Facts& carrier, const FactsPointer& candidate,
                       bool same_thread = false) {
    if (candidate->sha256 == carrier.sha256) return;
    const auto kinship = findings::kinship_of(block, carrier, *candidate, same_thread);
    const double score = findings::original_score(block, carrier, *candidate, kinship);
    if (score > best.score) best = {score, candidate};
  }

  void consider_id(Best& best, const facts::QuotedBlock& block, const facts::Facts& carrier, const std::string& id) const {
    if (const auto found = by_id_.find(id); found != by_id_.end()) consider(best, block, carrier, found->second, true);
  }

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
