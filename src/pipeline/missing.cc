// SPDX-License-Identifier: Apache-2.0
#include "pipeline/missing.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/short_hash.h"
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

/// What names a message: its id; without one who sent it and when.
findings::Because words_naming(const facts::Facts& facts) {
  if (!facts.message_id.empty()) return findings::header_words(facts, "Message-ID", facts.message_id);
  findings::Because because = findings::header_words(facts, "From", {});
  because.text = findings::person_text(facts.from.front()) + ", " + rfc3339(facts.dates.header->at);
  return because;
}

/// The message that a bounce carries.
void add_bounced(const facts::Facts& facts, bool is_in_bounce, std::vector<Mention>& mentions) {
  if (!is_in_bounce || facts.from.empty() || !facts.dates.header) return;
  mentions.push_back({.id = facts.message_id,
                      .from = facts.from.front(),
                      .to = {},
                      .subject = facts.subject,
                      .at = facts.dates.header->at,
                      .because = words_naming(facts),
                      .is_carried = true});
}

/// The domain behind the "@" of a Message-ID.
std::string domain_of_id(std::string_view id) {
  const std::size_t at = id.rfind('@');
  return at == std::string_view::npos ? std::string{} : text::ascii_lower(id.substr(at + 1, id.rfind('>') - at - 1));
}

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

std::string first_folder(const facts::Facts& facts) {
  return facts.sources.empty() ? std::string{} : folder_of(facts.sources.front());
}

}  // namespace

struct MissingSearch::Search {
  Search(const policy::Policy& in_force, const memory::View* known, FactsOf by_rank)
      : policy_(in_force), sides_(in_force), holdings_(sides_), memory_(known), facts_of_(std::move(by_rank)) {}

  void add(const facts::Facts& facts) {
    holdings_.add(facts);
    if (facts.kind == facts::MessageKind::bounce) bounces_.add({short_hash(facts.sha256), messages_});
    if (!facts.carrier.empty()) carried_.add({short_hash(facts.sha256)});
    ++messages_;
  }

  /// The bounce that carries it.
  std::optional<std::uint32_t> bounce_of(const facts::Facts& facts) const {
    const auto* bounce = facts.carrier.empty() ? nullptr : bounces_.find(short_hash(facts.carrier));
    return bounce == nullptr ? std::nullopt : std::optional<std::uint32_t>(bounce->number);
  }

  /// Mentions of messages that the folders of this one should hold; each missing message is told once in a run.
  std::vector<Mention> missing_of(const timeline::Judged& judged) {
    std::vector<Mention> mentions;
    if (judged.facts->kind == facts::MessageKind::journal_report) return mentions;
    add_quoted(judged, mentions);
    add_referenced(*judged.facts, holdings_, mentions);
    add_bounced(*judged.facts, bounce_of(*judged.facts).has_value(), mentions);
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
  bool is_selection(const facts::Facts& facts) const {
    const std::string folder = first_folder(facts);
    const auto unsure = unsure_.find(folder);
    if (unsure == unsure_.end()) return false;
    const Holdings::Folder held = holdings_.folder(folder);
    return unsure->second > held.joined && (unsure->second > 1 || held.messages < kMailbox);
  }

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
    return known != nullptr && carried_.find(short_hash(known->facts->sha256)) == nullptr;
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
    const bool by_id = mention.id.empty() || told_.add({short_hash(mention.id)});
    const std::string writer = text::ascii_lower(mention.from.address) + "\n" + std::to_string(mention.at->seconds / kMinute);
    const bool by_writer = mention.from.address.empty() || told_.add({short_hash(writer)});
    return by_id && by_writer;
  }

  const policy::Policy& policy_;
  policy::Sides sides_;
  Holdings holdings_;
  const memory::View* memory_;
  FactsOf facts_of_;
  std::uint32_t messages_ = 0;
  HashTable<HashAndNumber> bounces_;  ///< by sha256
  HashTable<HashAlone> told_;
  HashTable<HashAlone> carried_;  ///< by sha256: the memory learnt them, but they are held by what carries them
  std::unordered_map<std::string, std::size_t> unsure_;  ///< by folder

  /// What a message that a bounce carries says of it.
  struct OfBounce {
    std::uint32_t carried;
    Claim claim;
  };
  std::unordered_map<std::uint32_t, std::vector<OfBounce>> of_bounces_;
};

MissingSearch::MissingSearch(const policy::Policy& policy, const memory::View* memory, FactsOf facts_of) {
  if (policy.own.domains.empty() && policy.own.addresses.empty()) return;
  search_ = std::make_shared<Search>(policy, memory, std::move(facts_of));
}

void MissingSearch::add(const facts::Facts& facts) {
  if (search_) search_->add(facts);
}

void MissingSearch::finish() {
  if (search_) search_->holdings_.finish();
}

std::vector<MissingSearch::Claim> MissingSearch::claims_of(std::uint32_t rank, const timeline::Judged& judged) {
  std::vector<Claim> claims;
  if (!search_) return claims;
  const facts::Facts& facts = *judged.facts;
  search_->holdings_.join(facts, std::ranges::any_of(judged.originals, [](const auto& original) { return original != nullptr; }));
  for (Mention& mention : search_->missing_of(judged)) {
    if (!mention.is_sure) ++search_->unsure_[first_folder(facts)];
    const auto bounce = mention.is_carried ? search_->bounce_of(facts) : std::nullopt;
    if (bounce) mention.because.span = span_in_carrier(mention.because.span, facts, *search_->facts_of_(*bounce));
    Claim claim{claim_of(mention), mention.is_sure};
    if (bounce)
      search_->of_bounces_[*bounce].push_back({rank, std::move(claim)});
    else
      claims.push_back(std::move(claim));
  }
  return claims;
}

void MissingSearch::let_go() {
  if (!search_) return;
  search_->holdings_.let_go();
  search_->told_ = {};
  search_->carried_ = {};
  search_->bounces_ = {};
}

std::vector<findings::Finding> MissingSearch::findings_of(std::uint32_t rank, const facts::Facts& facts,
                                                          const std::vector<Claim>& claims) const {
  std::vector<findings::Finding> found;
  if (!search_) return found;
  const auto carried = search_->of_bounces_.find(rank);
  std::vector<Search::OfBounce> none;
  const auto& of_bounce = carried == search_->of_bounces_.end() ? none : carried->second;
  const auto add_carried = [&](bool before) {
    for (const auto& [from, claim] : of_bounce) {
      if ((from < rank) == before && (claim.is_sure || !search_->is_selection(*search_->facts_of_(from))))
        found.push_back(claim.finding);
    }
  };
  add_carried(true);
  const bool is_selection = !claims.empty() && search_->is_selection(facts);
  for (const Claim& claim : claims) {
    if (claim.is_sure || !is_selection) found.push_back(claim.finding);
  }
  add_carried(false);
  findings::limit_severities(found, search_->policy_);
  return found;
}

}  // namespace threadline::pipeline
