// SPDX-License-Identifier: Apache-2.0
#include "pipeline/originals.h"

#include <cstddef>
#include <string>
#include <unordered_map>

#include "findings/context.h"
#include "text/base_subject.h"
#include "text/fold.h"

namespace threadline::pipeline {
namespace {

using FactsPointer = std::shared_ptr<const facts::Facts>;

/// Where the messages of the run are looked up: by who wrote them about what, and by Message-ID.
class Catalogue {
 public:
  explicit Catalogue(const std::vector<timeline::Judged>& judged) {
    for (const auto& message : judged) add(message.facts);
  }

  [[nodiscard]] FactsPointer original_of(const facts::QuotedBlock& block, const facts::Facts& carrier) const {
    Best best;
    for (const std::string& key : keys_of(block.from, subject_of(block, carrier))) {
      const auto [begin, end] = by_writer_.equal_range(key);
      for (auto it = begin; it != end; ++it) consider(best, block, carrier, it->second);
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
    if (!facts->message_id.empty()) by_id_.emplace(facts->message_id, facts);
    if (facts->from.empty()) return;
    for (const std::string& key : keys_of(facts->from.front(), text::fold(facts->base_subject))) by_writer_.emplace(key, facts);
  }

  static void consider(Best& best, const facts::QuotedBlock& block, const facts::Facts& carrier, const FactsPointer& candidate,
                       bool same_thread = false) {
    if (candidate->sha256 == carrier.sha256) return;
    const double score = findings::original_score(block, carrier, *candidate, same_thread);
    if (score > best.score) best = {score, candidate};
  }

  void consider_id(Best& best, const facts::QuotedBlock& block, const facts::Facts& carrier, const std::string& id) const {
    if (const auto found = by_id_.find(id); found != by_id_.end()) consider(best, block, carrier, found->second, true);
  }

  std::unordered_multimap<std::string, FactsPointer> by_writer_;
  std::unordered_map<std::string, FactsPointer> by_id_;
};

}  // namespace

void find_originals(std::vector<timeline::Judged>& judged) {
  const Catalogue catalogue(judged);
  for (auto& message : judged) {
    message.originals.clear();
    for (const auto& block : message.facts->conversation.quoted)
      message.originals.push_back(catalogue.original_of(block, *message.facts));
  }
}

}  // namespace threadline::pipeline
