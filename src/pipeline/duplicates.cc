// SPDX-License-Identifier: Apache-2.0
#include "pipeline/duplicates.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/sha256.h"
#include "findings/exchanged_documents.h"

namespace threadline::pipeline {
namespace {

using Messages = std::vector<std::shared_ptr<facts::Facts>>;

constexpr std::size_t kKinds = 20;  ///< of one message's copies, with other documents each

std::string identity(const facts::Facts& facts) {
  if (facts.message_id.empty()) return facts.sha256;
  std::string key = facts.message_id + '\n' + (facts.dates.header ? facts.dates.header->text : "") + '\n';
  for (const auto& from : facts.from) key += from.address + '\n';
  return sha256_hex(key + facts.body_text);
}

/// The better witness first.
bool is_better(const std::shared_ptr<facts::Facts>& left, const std::shared_ptr<facts::Facts>& right) {
  const auto rank = [](const facts::Facts& f) {
    return std::tuple(f.dates.basis != facts::TimeBasis::border, -static_cast<std::int64_t>(f.route.hops.size()),
                      std::cref(f.sha256).get());
  };
  return rank(*left) < rank(*right);
}

/// Bcc recipients stand in one copy only: the sender's own, or one that a journal report told them of.
void take_bcc(const facts::Facts& from, facts::Facts& into) {
  for (const message::Address& person : from.bcc) {
    const bool known = std::ranges::any_of(into.bcc, [&](const auto& one) { return one.address == person.address; });
    if (!known && into.bcc.size() < Limits{}.addresses) into.bcc.push_back(person);
  }
  for (const Note& note : from.notes) {
    if (note.code == "from_journal" && std::ranges::find(into.notes, note) == into.notes.end()) into.notes.push_back(note);
  }
}

std::shared_ptr<facts::Facts> merged(Messages& copies) {
  if (copies.size() == 1) return copies.front();
  std::ranges::stable_sort(copies, {}, [](const auto& copy) { return copy->input_order; });
  std::vector<std::string> sources;
  for (const auto& copy : copies) sources.push_back(copy->source);
  const auto best = *std::ranges::min_element(copies, is_better);
  auto kept = std::make_shared<facts::Facts>(*best);  // the copies stay as they were read: they may be judged again with others
  kept->sources = std::move(sources);
  for (const auto& copy : copies) {
    if (copy != best) take_bcc(*copy, *kept);
  }
  return kept;
}

/// Copies in which a document was exchanged are two messages (findings.md, copies_differ): each goes to the first of its kind.
std::vector<Messages> kinds_of(Messages& copies) {
  std::ranges::stable_sort(copies, {}, [](const auto& copy) { return copy->input_order; });
  std::vector<Messages> kinds;
  for (auto& copy : copies) {
    const auto same = std::ranges::find_if(kinds, [&](const Messages& kind) {
      return findings::exchanged_documents(*copy, *kind.front()).empty() ||
             findings::exchanged_documents(*kind.front(), *copy).empty();
    });
    if (same != kinds.end())
      same->push_back(std::move(copy));
    else if (kinds.size() < kKinds)
      kinds.push_back({std::move(copy)});
    else
      kinds.front().push_back(std::move(copy));
  }
  return kinds;
}

}  // namespace

std::string content_of(const facts::Facts& facts) {
  std::vector<std::string_view> documents;
  for (const message::Attachment& attachment : facts.attachments) {
    const bool is_document = attachment.type.starts_with("application/") && attachment.note.empty();
    if (is_document) documents.push_back(attachment.sha256);
  }
  std::ranges::sort(documents);
  std::string key = identity(facts);
  for (const std::string_view document : documents) key.append("\n").append(document);
  return sha256_hex(key);
}

Messages merge_duplicates(Messages messages) {
  std::unordered_map<std::string, Messages> groups;
  for (auto& message : messages) groups[identity(*message)].push_back(message);
  Messages kept;
  kept.reserve(groups.size());
  for (auto& [key, copies] : groups) {
    for (Messages& kind : kinds_of(copies)) kept.push_back(merged(kind));
  }
  std::ranges::sort(kept, {}, [](const auto& message) { return std::pair(message->input_order, message->source); });
  return kept;
}

}  // namespace threadline::pipeline
