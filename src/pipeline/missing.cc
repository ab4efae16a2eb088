// SPDX-License-Identifier: Apache-2.0
#include "pipeline/missing.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <unordered_map>
#include <unordered_set>

#include "findings/claim.h"
#include "findings/combine.h"
#include "policy/sides.h"
#include "text/base_subject.h"
#include "text/fold.h"

namespace threadline::pipeline {
namespace {

constexpr std::ptrdiff_t kEnough = 1;  ///< messages of that address before, and after, that make a folder its export
constexpr std::int64_t kMinute = 60, kHour = 3'600;
constexpr std::int64_t kWidestShift = 26 * kHour;  ///< from UTC-12 to UTC+14

/// A message that another names.
struct Mention {
  std::string id;         ///< empty: only quoted
  message::Address from;  ///< empty: only its id is known
  std::vector<message::Address> to;
  std::string subject;
  std::optional<Instant> at;
  findings::Because because;
};

/// "export/inbox.mbox" of "export/inbox.mbox#123", "export" of "export/1.eml".
std::string folder_of(const std::string& source) {
  const std::size_t end = source.find_last_of("#!/");
  return end == std::string::npos ? std::string{} : source.substr(0, end);
}

/// What the run holds, by folder, address and direction.
class Holdings {
 public:
  explicit Holdings(const std::vector<timeline::Judged>& judged) {
    for (const timeline::Judged& one : judged) add(*one.facts);
    for (auto& [key, times] : times_) std::ranges::sort(times);
  }

  [[nodiscard]] bool has_id(const std::string& id) const { return ids_.contains(id); }

  /// Whether the folder holds enough that the address sent (received) before and after.
  [[nodiscard]] bool holds_around(const std::string& folder, bool sent, std::string_view address, Instant at) const {
    const auto found = times_.find(key_of(folder, sent, address));
    if (found == times_.end()) return false;
    const auto middle = std::ranges::lower_bound(found->second, at.seconds);
    return middle - found->second.begin() >= kEnough && found->second.end() - middle >= kEnough;
  }

  /// Whether somebody of that address or name wrote at that time; about the same subject, whole hours apart (clients lose zones).
  [[nodiscard]] bool has_written(const Mention& mention) const {
    const message::Address& person = mention.from;
    return has_time(text::ascii_lower(person.address), mention) ||
           has_time(text::name_key(person.name.empty() ? person.address : person.name), mention);
  }

 private:
  struct Writing {
    std::int64_t at = 0;
    std::string subject;
  };

  static std::string key_of(const std::string& folder, bool sent, std::string_view address) {
    return folder + (sent ? "\nfrom " : "\nto ") + text::ascii_lower(address);
  }

  void add(const facts::Facts& facts) {
    if (facts.carrier.empty() && !facts.message_id.empty()) ids_.insert(facts.message_id);
    if (facts.from.empty() || !facts.dates.known_at || !facts.carrier.empty()) return;
    const std::int64_t at = facts.dates.header ? facts.dates.header->at.seconds : facts.dates.known_at->seconds;
    const message::Address& from = facts.from.front();
    const Writing writing{at, text::fold(facts.base_subject)};
    written_[text::ascii_lower(from.address)].push_back(writing);
    if (!from.name.empty()) written_[text::name_key(from.name)].push_back(writing);
    for (const std::string& source : facts.sources) {
      const std::string folder = folder_of(source);
      times_[key_of(folder, true, from.address)].push_back(at);
      for (const auto* people : {&facts.to, &facts.cc}) {
        for (const message::Address& person : *people) times_[key_of(folder, false, person.address)].push_back(at);
      }
    }
  }

  [[nodiscard]] bool has_time(const std::string& writer, const Mention& mention) const {
    const auto found = written_.find(writer);
    if (writer.empty() || found == written_.end()) return false;
    const std::string subject = text::fold(text::read_subject(mention.subject).base);
    return std::ranges::any_of(found->second, [&](const Writing& other) {
      const std::int64_t apart = std::abs(other.at - mention.at->seconds), rest = apart % kHour;
      if (apart <= kMinute) return true;
      return other.subject == subject && apart <= kWidestShift && (rest <= kMinute || rest >= kHour - kMinute);
    });
  }

  std::unordered_map<std::string, std::vector<std::int64_t>> times_;
  std::unordered_map<std::string, std::vector<Writing>> written_;
  std::unordered_set<std::string> ids_;
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

/// The message that it answers and does not quote.
void add_answered(const facts::Facts& facts, std::vector<Mention>& mentions) {
  if (facts.thread.in_reply_to.empty() || !facts.conversation.quoted.empty()) return;
  mentions.push_back({.id = facts.thread.in_reply_to,
                      .from = {},
                      .to = {},
                      .subject = facts.base_subject,
                      .at = facts.dates.known_at,
                      .because = findings::header_words(facts, "In-Reply-To", facts.thread.in_reply_to)});
}

/// The message that a bounce carries.
void add_bounced(const facts::Facts& facts, const std::unordered_set<std::string>& bounces, std::vector<Mention>& mentions) {
  if (!bounces.contains(facts.carrier) || facts.from.empty() || !facts.dates.header) return;
  mentions.push_back({.id = facts.message_id,
                      .from = facts.from.front(),
                      .to = {},
                      .subject = facts.subject,
                      .at = facts.dates.header->at,
                      .because = findings::header_words(facts, "Message-ID", facts.message_id)});
}

class Search {
 public:
  Search(const std::vector<timeline::Judged>& judged, const policy::Policy& policy, const memory::View* memory)
      : holdings_(judged), sides_(policy), memory_(memory) {
    for (const timeline::Judged& one : judged) {
      if (one.facts->kind == facts::MessageKind::bounce) bounces_.insert(one.facts->sha256);
    }
  }

  /// Mentions of messages that the folders of this one should hold; each missing message is told once in a run.
  std::vector<Mention> missing_of(const timeline::Judged& judged) {
    std::vector<Mention> mentions;
    if (judged.facts->kind == facts::MessageKind::journal_report) return mentions;
    add_quoted(judged, mentions);
    add_answered(*judged.facts, mentions);
    add_bounced(*judged.facts, bounces_, mentions);
    std::erase_if(mentions, [&](const Mention& mention) { return !is_missing(mention, *judged.facts) || !is_first(mention); });
    return mentions;
  }

 private:
  bool is_missing(const Mention& mention, const facts::Facts& facts) const {
    if (!mention.at || (!mention.id.empty() && holds(mention.id))) return false;
    if (!mention.from.address.empty() && holdings_.has_written(mention)) return false;
    return std::ranges::any_of(facts.sources,
                               [&](const std::string& source) { return is_due(mention, facts, folder_of(source)); });
  }

  bool holds(const std::string& id) const {
    return holdings_.has_id(id) || (memory_ != nullptr && memory_->by_message_id(id) != nullptr);
  }

  bool is_due(const Mention& mention, const facts::Facts& facts, const std::string& folder) const {
    if (mention.from.address.empty()) return is_own_answered(mention, facts, folder);
    if (is_held(folder, true, mention.from, *mention.at)) return true;
    return std::ranges::any_of(mention.to, [&](const auto& person) { return is_held(folder, false, person, *mention.at); });
  }

  /// Its id is of the own side, and so is one of those who are answered.
  bool is_own_answered(const Mention& mention, const facts::Facts& facts, const std::string& folder) const {
    const std::string domain(mention.id.substr(std::min(mention.id.find('@') + 1, mention.id.size())));
    if (!sides_.is_own("id@" + domain.substr(0, domain.find('>')))) return false;
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

  Holdings holdings_;
  policy::Sides sides_;
  const memory::View* memory_;
  std::unordered_set<std::string> bounces_, told_;
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

}  // namespace

void find_missing(std::vector<timeline::Judged>& judged, const policy::Policy& policy, const memory::View* memory) {
  if (policy.own.domains.empty() && policy.own.addresses.empty()) return;
  Search search(judged, policy, memory);
  for (timeline::Judged& one : judged) {
    std::vector<findings::Finding> found;
    for (const Mention& mention : search.missing_of(one)) found.push_back(claim_of(mention));
    findings::limit_severities(found, policy);
    std::ranges::move(found, std::back_inserter(one.findings));
  }
}

}  // namespace threadline::pipeline
