// SPDX-License-Identifier: Apache-2.0
#include "pipeline/missing.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "findings/claim.h"
#include "findings/combine.h"
#include "pipeline/holdings.h"
#include "policy/sides.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::pipeline {
namespace {

constexpr std::int64_t kMinute = 60;
constexpr std::size_t kMailbox = 10;  ///< messages in a folder that make it an export though nothing joins them

/// A message that another names.
struct Mention {
  std::string id;         ///< empty: only quoted
  message::Address from;  ///< empty: only its id is known
  std::vector<message::Address> to;
  std::string subject;
  std::optional<Instant> at;
  findings::Because because;
  std::size_t place = 0;    ///< of its id in References; behind all of them where it is not there
  bool is_carried = false;  ///< a bounce holds it
  bool is_sure = false;     ///< carried, or an earlier message of its thread is there: no matter of how whole the export is
};

/// Who quotes a message had it, also where its introduction names no recipients; nullptr when unknown.
const message::Address* reader_of(const facts::Facts& facts, const facts::QuotedBlock& block) {
  if (block.parent >= 0) return &facts.conversation.quoted[static_cast<std::size_t>(block.parent)].from;
  return facts.from.empty() ? nullptr : &facts.from.front();
}

/// The messages that one message quotes, whose originals the run does not hold. The nearest is the one it answers.
void add_quoted(const timeline::Judged& judged, std::vector<Mention>& mentions) {
  const auto& quoted = judged.facts->conversation.quoted;
  for (std::size_t i = 0; i < quoted.size() && i < judged.originals.size(); ++i) {
    const facts::QuotedBlock& block = quoted[i];
    if (judged.originals[i] != nullptr || !block.date || block.from.address.empty() || block.form == facts::QuoteForm::attached)
      continue;
    Mention mention{.id = i == 0 ? judged.facts->thread.in_reply_to : std::string{},
                    .from = block.from,
                    .to = block.to,
                    .subject = block.subject.empty() ? judged.facts->base_subject : block.subject,
                    .at = block.date->at,
                    .because = {findings::person_text(block.from) + ", " + block.date_text, block.introduction}};
    mention.to.insert(mention.to.end(), block.cc.begin(), block.cc.end());
    if (const auto* reader = reader_of(*judged.facts, block)) mention.to.push_back(*reader);
    mentions.push_back(std::move(mention));
  }
}

/// A message known by its id alone.
Mention mention_of(const facts::Facts& facts, const std::string& id, std::string_view field) {
  return {.id = id,
          .from = {},
          .to = {},
          .subject = facts.base_subject,
          .at = facts.dates.known_at,
          .because = findings::header_words(facts, field, id)};
}

/// Where an id stands in References; behind all where it does not.
std::size_t place_in(const std::vector<std::string>& references, const std::string& id) {
  for (std::size_t place = references.size(); place-- > 0;) {
    if (references[place] == id) return place;
  }
  return references.size();
}

/// The messages that it answers, or continues and the own side answered, where no level shows them. Others' threads on a mailing
/// list are nobody's export.
void add_referenced(const facts::Facts& facts, const Holdings& holdings, std::vector<Mention>& mentions) {
  if (facts.is_list || !facts.carrier.empty()) return;
  const std::string& parent = facts.thread.in_reply_to;
  const auto& references = facts.thread.references;
  if (!parent.empty() && std::ranges::find(mentions, parent, &Mention::id) == mentions.end())
    mentions.push_back(mention_of(facts, parent, "In-Reply-To"));
  for (std::size_t place = 0; place < references.size(); ++place) {
    const std::string& id = references[place];
    if (id == parent || holdings.has_id(id) || !holdings.own_answered(id)) continue;
    mentions.push_back(mention_of(facts, id, "References"));
    mentions.back().place = place;
  }
}

/// The message that a bounce carries.
void add_bounced(const facts::Facts& facts, const std::unordered_set<std::string>& bounces, std::vector<Mention>& mentions) {
  if (!bounces.contains(facts.carrier) || facts.from.empty() || !facts.dates.header) return;
  mentions.push_back({.id = facts.message_id,
                      .from = facts.from.front(),
                      .to = {},
                      .subject = facts.subject,
                      .at = facts.dates.header->at,
                      .because = findings::header_words(facts, "Message-ID", facts.message_id),
                      .is_carried = true});
}

/// The domain behind the "@" of a Message-ID.
std::string domain_of_id(std::string_view id) {
  const std::size_t at = id.rfind('@');
  return at == std::string_view::npos ? std::string{} : text::ascii_lower(id.substr(at + 1, id.rfind('>') - at - 1));
}

class Search {
 public:
  Search(const std::vector<timeline::Judged>& judged, const policy::Policy& policy, const memory::View* memory)
      : sides_(policy), holdings_(judged, sides_), memory_(memory) {
    for (const timeline::Judged& one : judged) {
      if (one.facts->kind == facts::MessageKind::bounce) bounces_.insert(one.facts->sha256);
      if (!one.facts->carrier.empty()) carried_.insert(one.facts->sha256);
    }
  }

  /// Mentions of messages that the folders of this one should hold; each missing message is told once in a run.
  std::vector<Mention> missing_of(const timeline::Judged& judged) {
    std::vector<Mention> mentions;
    if (judged.facts->kind == facts::MessageKind::journal_report) return mentions;
    add_quoted(judged, mentions);
    add_referenced(*judged.facts, holdings_, mentions);
    add_bounced(*judged.facts, bounces_, mentions);
    const auto& references = judged.facts->thread.references;
    for (Mention& mention : mentions) {
      if (mention.id == judged.facts->thread.in_reply_to) mention.place = place_in(references, mention.id);
    }
    const auto held = std::ranges::find_if(references, [&](const std::string& id) { return holdings_.has_id(id); });
    const auto first_held = static_cast<std::size_t>(held - references.begin());
    std::erase_if(mentions, [&](Mention& mention) {
      mention.is_sure =
          mention.is_carried ? is_own_sending(mention.from) : mention.place > first_held && is_gap(mention, *judged.facts);
      return !is_missing(mention, *judged.facts) || !is_first(mention);
    });
    return mentions;
  }

  /// Whether so many are missing that somebody chose the messages: a folder of single mails is no export. A heuristic.
  bool is_selection(const std::string& folder, std::size_t missing) const {
    const Holdings::Folder held = holdings_.folder(folder);
    return missing > held.joined && (missing > 1 || held.messages < kMailbox);
  }

 private:
  bool is_missing(const Mention& mention, const facts::Facts& facts) const {
    if (!mention.at || (!mention.id.empty() && holds(mention.id))) return false;
    if (!mention.from.address.empty() && holdings_.has_written(mention.from, mention.subject, *mention.at)) return false;
    return mention.is_sure || std::ranges::any_of(facts.sources, [&](const std::string& source) {
             return is_due(mention, facts, folder_of(source));
           });
  }

  bool is_own_sending(const message::Address& person) const {
    return sides_.is_own(person.address) && !holdings_.lacks_direction(person.address, true);
  }
  bool is_own_receiving(const message::Address& person) const {
    return sides_.is_own(person.address) && !holdings_.lacks_direction(person.address, false);
  }

  /// Whether an earlier message of the thread is there, and the own side sent or received the one between.
  bool is_gap(const Mention& mention, const facts::Facts& facts) const {
    if (mention.id.empty() || facts.is_list) return false;
    if (!mention.from.address.empty()) {
      return is_own_sending(mention.from) ||
             (!sides_.is_own(mention.from.address) &&
              std::ranges::any_of(mention.to, [&](const auto& person) { return is_own_receiving(person); }));
    }
    if (holdings_.own_answered(mention.id)) return has_receiver(facts);
    return facts.thread.in_reply_to == mention.id && is_own_id(mention.id, facts) &&
           std::ranges::any_of(facts.to, [&](const auto& person) { return is_own_sending(person); });
  }

  /// Of those of the own side who write or read this one.
  bool has_receiver(const facts::Facts& facts) const {
    const auto receives = [&](const auto& person) { return is_own_receiving(person); };
    return std::ranges::any_of(facts.from, receives) || std::ranges::any_of(facts.to, receives);
  }

  /// Whether an id was made by the own side: its domain says so, or it is neither the sender's nor that of his own ids.
  bool is_own_id(const std::string& id, const facts::Facts& facts) const {
    const std::string domain = domain_of_id(id);
    if (sides_.is_own("id@" + domain)) return true;
    if (facts.from.empty() || domain.empty() || sides_.is_own(facts.from.front().address)) return false;
    return domain != domain_of_id(facts.message_id) &&
           text::registrable_domain(domain) != text::registrable_domain(text::domain_of_address(facts.from.front().address));
  }

  bool holds(const std::string& id) const {
    if (holdings_.has_id(id) || memory_ == nullptr) return holdings_.has_id(id);
    const memory::Record* known = memory_->by_message_id(id);
    return known != nullptr && !carried_.contains(known->facts->sha256);
  }

  bool is_due(const Mention& mention, const facts::Facts& facts, const std::string& folder) const {
    if (mention.from.address.empty()) return is_own_answered(mention, facts, folder);
    if (is_held(folder, true, mention.from, *mention.at)) return true;
    return std::ranges::any_of(mention.to, [&](const auto& person) { return is_held(folder, false, person, *mention.at); });
  }

  /// Its id is of the own side, and so is one of those who are answered.
  bool is_own_answered(const Mention& mention, const facts::Facts& facts, const std::string& folder) const {
    if (mention.id != facts.thread.in_reply_to || !sides_.is_own("id@" + domain_of_id(mention.id))) return false;
    return std::ranges::any_of(facts.to, [&](const auto& person) { return is_held(folder, true, person, *mention.at); });
  }

  bool is_held(const std::string& folder, bool sent, const message::Address& person, Instant at) const {
    return sides_.is_own(person.address) && holdings_.holds_around(folder, sent, person.address, at);
  }

  bool is_first(const Mention& mention) {
    const bool by_id = mention.id.empty() || told_.insert(mention.id).second;
    const std::string writer = text::ascii_lower(mention.from.address) + "\n" + std::to_string(mention.at->seconds / kMinute);
    const bool by_writer = mention.from.address.empty() || told_.insert(writer).second;
    return by_id && by_writer;
  }

  policy::Sides sides_;
  Holdings holdings_;
  const memory::View* memory_;
  std::unordered_set<std::string> bounces_, told_;
  std::unordered_set<std::string> carried_;  ///< sha256: the memory learnt them, but they are held by what carries them
};

findings::Finding claim_of(const Mention& mention) {
  const std::string date = mention.at && !mention.from.address.empty() ? rfc3339(*mention.at) : std::string{};
  findings::Finding finding{.code = "message_missing",
                            .severity = Severity::info,
                            .confidence = mention.from.address.empty() ? 0.4 : 0.6,
                            .subject = mention.id.empty() ? text::ascii_lower(mention.from.address) + " " + date : mention.id,
                            .evidence = {},
                            .because = {mention.because},
                            .attack = {"T1070.008"},
                            .disputes = {}};
  finding.evidence.set("message_id", mention.id.empty() ? mention.because.text : mention.id).set("subject", mention.subject);
  if (!mention.from.address.empty()) finding.evidence.set("from", findings::person_value(mention.from)).set("date", date);
  return finding;
}

/// The place of a finding's words in the message that carries theirs: its part is that of the carried one.
Span span_in_carrier(const Span& span, const facts::Facts& carried, const facts::Facts& carrier) {
  const bool is_inside = carried.source.starts_with(carrier.source + "/") && span.part == "header";
  return is_inside ? Span{carried.source.substr(carrier.source.size() + 1), span.offset, span.length} : span;
}

void add_findings(std::vector<findings::Finding> found, const policy::Policy& policy, timeline::Judged& judged) {
  findings::limit_severities(found, policy);
  std::ranges::move(found, std::back_inserter(judged.findings));
}

std::string first_folder(const facts::Facts& facts) {
  return facts.sources.empty() ? std::string{} : folder_of(facts.sources.front());
}

}  // namespace

void find_missing(std::vector<timeline::Judged>& judged, const policy::Policy& policy, const memory::View* memory) {
  if (policy.own.domains.empty() && policy.own.addresses.empty()) return;
  Search search(judged, policy, memory);
  std::vector<std::vector<Mention>> missing;
  std::unordered_map<std::string, std::size_t> unsure;         // by folder
  std::unordered_map<std::string, timeline::Judged*> bounces;  // by sha256
  for (timeline::Judged& one : judged) {
    if (one.facts->kind == facts::MessageKind::bounce) bounces.emplace(one.facts->sha256, &one);
  }
  for (const timeline::Judged& one : judged) {
    missing.push_back(search.missing_of(one));
    const auto doubtful = std::ranges::count(missing.back(), false, &Mention::is_sure);
    if (doubtful > 0) unsure[first_folder(*one.facts)] += static_cast<std::size_t>(doubtful);
  }
  for (std::size_t at = 0; at < judged.size(); ++at) {
    const std::string folder = first_folder(*judged[at].facts);
    const bool is_selection = unsure.contains(folder) && search.is_selection(folder, unsure[folder]);
    std::vector<findings::Finding> found;
    for (Mention& mention : missing[at]) {
      if (!mention.is_sure && is_selection) continue;
      const auto bounce = mention.is_carried ? bounces.find(judged[at].facts->carrier) : bounces.end();
      if (bounce == bounces.end()) {
        found.push_back(claim_of(mention));
        continue;
      }
      mention.because.span = span_in_carrier(mention.because.span, *judged[at].facts, *bounce->second->facts);
      add_findings({claim_of(mention)}, policy, *bounce->second);
    }
    add_findings(std::move(found), policy, judged[at]);
  }
}

}  // namespace threadline::pipeline
