// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <deque>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "findings/context_steps.h"
#include "findings/known_domains.h"
#include "findings/level_subjects.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kAncestors = 100;     ///< earlier messages of one conversation that are looked at
constexpr std::size_t kOfOneSubject = 200;  ///< messages of one subject among which an original is sought, the latest
constexpr std::size_t kOfAllSubjects =
    1'000;  ///< of all subjects of one message's history; a memory on a disk reads each, in tens of kilobytes
constexpr std::size_t kParticipants = 500;
constexpr std::size_t kDomainsCompared = 16;  ///< of participants, with each other

/// Ancestors by id, then upwards through their own links (clients that only write In-Reply-To), then by Thread-Index.
class Ancestry {
 public:
  explicit Ancestry(const Setting& setting) : setting_(setting) {
    add_links(setting.facts.thread);
    for (std::size_t next = 0; next < found_.size() && found_.size() < kAncestors; ++next) add_links(found_[next]->facts->thread);
    add_index();
    std::ranges::stable_sort(found_, {}, [](const memory::Record* record) { return record->known_at.seconds; });
  }

  [[nodiscard]] std::vector<const memory::Record*> take() { return std::move(found_); }

 private:
  void add(const memory::Record* record) {
    if (record == nullptr || found_.size() >= kAncestors || record->facts->sha256 == setting_.facts.sha256) return;
    if (seen_.insert(record).second) found_.push_back(record);
  }

  void add_links(const facts::ThreadLinks& links) {
    if (!links.in_reply_to.empty()) add(setting_.memory.by_message_id(links.in_reply_to));
    const std::size_t from = links.references.size() > kAncestors ? links.references.size() - kAncestors : 0;
    for (std::size_t at = from; at < links.references.size(); ++at) add(setting_.memory.by_message_id(links.references[at]));
  }

  void add_index() {
    const auto& index = setting_.facts.thread.index;
    if (!index || index->guid.empty()) return;
    for (const memory::Record* record : setting_.memory.by_thread_guid(index->guid, 2 * kAncestors))
      add(record);  // some are found already
  }

  const Setting& setting_;
  std::vector<const memory::Record*> found_;
  std::unordered_set<const memory::Record*> seen_;
};

/// How surely a block that names nobody is a copy of a record's words: hashed as those of the record are, once for each form.
class UnnamedScore {
 public:
  explicit UnnamedScore(std::string_view text) : text_(text) {}

  double of(const memory::Record& record, Kinship kinship, CandidateWords& words) {
    if (record.text == nullptr) return unnamed_score(made(plain_, nullptr), words.of(*record.facts), kinship);
    return unnamed_score(made(keyed_, record.text->hash), record.text->pairs, kinship);
  }

 private:
  const WordPairs& made(std::optional<WordPairs>& pairs, const memory::KeyedHash* key) const {
    if (!pairs) pairs = word_pairs(text_, key);
    return *pairs;
  }

  std::string_view text_;
  std::optional<WordPairs> plain_, keyed_;
};

/// Whether a store wrote that row before it kept pairs of words.
bool has_single_words_alone(const memory::Record& record) {
  return record.text != nullptr && record.text->pairs.words == 0 && !record.text->spoken.empty();
}

/// Finds the originals of quoted blocks among the ancestors and the messages of the same subject.
class Originals {
 public:
  Originals(const Setting& setting, const std::vector<const memory::Record*>& ancestors)
      : setting_(setting), ancestors_(ancestors) {}

  const memory::Record* of(std::size_t index) {
    const facts::QuotedBlock& block = setting_.facts.conversation.quoted[index];
    const memory::Record* best = nullptr;
    double best_score = 0;
    const bool by_words = is_unnamed(block);
    UnnamedScore unnamed(block.text);
    SpokenWords spoken;
    if (setting_.prepared != nullptr) spoken = setting_.prepared->spoken[index];
    const auto consider = [&](const memory::Record* record, bool same_thread) {
      if (record->facts->sha256 == setting_.facts.sha256) return;
      const Kinship kinship = kinship_of(block, setting_.facts, *record->facts, same_thread);
      const bool by_pairs = by_words && !has_single_words_alone(*record);
      const double score =
          by_pairs ? unnamed.of(*record, kinship, words_) : original_score(block, setting_.facts, *record, kinship, spoken);
      if (score > best_score) std::tie(best, best_score) = std::pair(record, score);
    };
    for (const memory::Record* record : ancestors_) consider(record, true);
    for (const std::string& subject : subjects_of(block, setting_.facts)) {
      if (best_score >= 0.9) break;
      for (const memory::Record* record : of_subject(subject)) consider(record, false);
    }
    return best;
  }

 private:
  const std::vector<const memory::Record*>& of_subject(const std::string& base) {
    const auto [place, is_new] = by_subject_.try_emplace(base);
    if (is_new && looked_at_ < kOfAllSubjects) {
      place->second = setting_.memory.by_subject(text::fold(base), kOfOneSubject);
      looked_at_ += place->second.size();
    }
    return place->second;
  }

  const Setting& setting_;
  const std::vector<const memory::Record*>& ancestors_;
  CandidateWords words_;
  std::map<std::string, std::vector<const memory::Record*>> by_subject_;
  std::size_t looked_at_ = 0;  ///< messages in it
};

/// Collects participants oldest first, and takes out those whom only a quoted copy names and who imitate another.
class Gathering {
 public:
  explicit Gathering(const Setting& setting) : setting_(setting) {}

  void add_real(const facts::Facts& facts) {
    for (const auto* people : {&facts.from, &facts.reply_to, &facts.to, &facts.cc}) {
      for (const message::Address& person : *people)
        add({.person = person, .side = {}, .message_id = facts.message_id, .span = {}}, true);
    }
  }

  void add_quoted(const facts::QuotedBlock& block, std::int32_t index) {
    const auto add_one = [&](const message::Address& person) {
      add({.person = person, .side = {}, .message_id = {}, .block = index, .span = block.introduction}, false);
    };
    add_one(block.from);
    if (block.on_behalf_of) add_one(*block.on_behalf_of);
    std::ranges::for_each(block.to, add_one);
    std::ranges::for_each(block.cc, add_one);
  }

  std::vector<Participant> take() {
    const auto imitators = imitating_domains();
    std::vector<Participant> kept;
    for (Seen& seen : all_) {
      if (!seen.is_real && imitators.contains(seen.registrable)) continue;
      kept.push_back(std::move(seen.participant));
    }
    return kept;
  }

 private:
  struct Seen {
    Participant participant;
    std::string registrable;
    bool is_real = false;
  };
  struct Domain {
    std::string name;
    int rank = 0;           ///< 4 own or policy, 3 of a real message, 2 known to the memory, 1 read from a quoted copy only
    std::size_t order = 0;  ///< of its first occurrence
  };

  void add(Participant participant, bool is_real) {
    const std::string address = text::ascii_lower(participant.person.address);
    if (address.find('@') == std::string::npos || is_disputed(setting_.memory, address)) return;
    const auto [place, is_new] = by_address_.try_emplace(address, all_.size());
    if (!is_new) {
      confirm(all_[place->second], participant, is_real);
    } else if (all_.size() < kParticipants) {
      participant.side = setting_.ground.sides.side_of(address);
      all_.push_back({std::move(participant), text::registrable_domain(text::domain_of_address(address)), is_real});
    } else {
      by_address_.erase(place);
    }
  }

  static void confirm(Seen& seen, const Participant& participant, bool is_real) {
    if (seen.participant.person.name.empty()) seen.participant.person.name = participant.person.name;
    if (!is_real || seen.is_real) return;
    seen.is_real = true;
    seen.participant.message_id = participant.message_id;
    seen.participant.block = -1;
  }

  int rank_of(const Seen& seen) const {
    if (is_beyond_doubt(setting_.ground, seen.registrable)) return 4;
    if (seen.is_real) return 3;
    return setting_.ground.known->known(setting_.memory, seen.registrable) ? 2 : 1;
  }

  std::vector<Domain> domains() const {
    std::map<std::string, std::size_t> places;
    std::vector<Domain> domains;
    for (const Seen& seen : all_) {
      if (seen.registrable.empty()) continue;
      const auto [place, is_new] = places.try_emplace(seen.registrable, domains.size());
      if (is_new)
        domains.push_back({seen.registrable, rank_of(seen), domains.size()});
      else if (seen.is_real)
        domains[place->second].rank = std::max(domains[place->second].rank, 3);
      if (domains.size() >= kDomainsCompared) break;
    }
    return domains;
  }

  /// A domain that only quoted copies name, and that imitates one of higher rank, an older one of the same rank, or a known one.
  std::unordered_set<std::string> imitating_domains() const {
    const auto all = domains();
    std::unordered_set<std::string> imitators;
    for (const Domain& suspect : all) {
      if (suspect.rank > 2) continue;
      const bool imitates_other = std::ranges::any_of(all, [&](const Domain& other) {
        const bool goes_first = other.rank > suspect.rank || (other.rank == suspect.rank && other.order < suspect.order);
        return goes_first && is_grave(text::resemblance(suspect.name, other.name));
      });
      if (imitates_other || (suspect.rank == 1 && imitates_known(suspect.name))) imitators.insert(suspect.name);
    }
    return imitators;
  }

  bool imitates_known(const std::string& domain) const {
    const auto imitation = imitation_of(setting_, domain);
    return imitation && is_grave(imitation->resemblance);
  }

  static bool is_grave(const std::optional<text::Resemblance>& resemblance) {
    return resemblance && resemblance->severity >= Severity::medium;
  }

  const Setting& setting_;
  std::vector<Seen> all_;
  std::unordered_map<std::string, std::size_t> by_address_;
};

/// A subject that tells conversations apart: "Re: hello" does not. A heuristic.
bool is_telling_subject(std::string_view base) {
  return base.size() >= 8 && base.find_first_of(" 0123456789") != std::string_view::npos;
}

/// Earlier messages of that base subject in which one of the recipients took part, of the last half year.
std::vector<const memory::Record*> messages_of_subject(const Setting& setting) {
  constexpr std::int64_t kHalfYear = 183LL * 24 * 3'600;
  const facts::Facts& facts = setting.facts;
  std::vector<const memory::Record*> found;
  if (!is_telling_subject(facts.base_subject) || !facts.dates.known_at) return found;
  const auto all = setting.memory.by_subject(text::fold(facts.base_subject), kOfOneSubject);
  for (std::size_t at = 0; at < all.size() && found.size() < kAncestors; ++at) {
    const bool is_recent = facts.dates.known_at->seconds - all[at]->known_at.seconds < kHalfYear;
    const bool is_theirs =
        std::ranges::any_of(facts.to, [&](const auto& person) { return is_addressed(*all[at]->facts, person.address); });
    if (is_recent && is_theirs && all[at]->facts->sha256 != facts.sha256) found.push_back(all[at]);
  }
  return found;
}

Joined join_of(const facts::Facts& facts, const Context& context) {
  if (!facts.thread.in_reply_to.empty() || !facts.thread.references.empty()) return Joined::references;
  if (has_thread_link(facts) || !context.ancestors.empty()) return Joined::thread_index;
  return facts.conversation.quoted.empty() ? Joined::none : Joined::quoted;
}

}  // namespace

std::string_view name_of(Joined joined) {
  constexpr std::string_view kNames[] = {"none", "subject-only", "quoted", "thread_index", "references"};
  return kNames[static_cast<std::size_t>(joined)];
}

void read_conversation(const Setting& setting, Context& context) {
  const facts::Facts& facts = setting.facts;
  context.ancestors = Ancestry(setting).take();
  Originals originals(setting, context.ancestors);
  for (std::size_t index = 0; index < facts.conversation.quoted.size(); ++index)
    context.quoted_originals.push_back(originals.of(index));
  context.joined = join_of(facts, context);
  context.continues_conversation = context.joined > Joined::subject_only;
  if (context.joined != Joined::none || !facts.subject_is_reply) return;
  context.same_subject = messages_of_subject(setting);
  if (!context.same_subject.empty()) context.joined = Joined::subject_only;
}

void read_participants(const Setting& setting, Context& context) {
  Gathering gathering(setting);
  const auto& quoted = setting.facts.conversation.quoted;
  for (const memory::Record* ancestor : context.ancestors) gathering.add_real(*ancestor->facts);
  for (const memory::Record* earlier : context.same_subject) gathering.add_real(*earlier->facts);
  for (const memory::Record* original : context.quoted_originals) {
    if (original != nullptr) gathering.add_real(*original->facts);
  }
  // The history that ancestors quote: of the last one, and of those that are disputed (a reminder that quotes nothing).
  for (const memory::Record* ancestor : context.ancestors) {
    if (!ancestor->disputed && ancestor != context.ancestors.back()) continue;
    const auto& history = ancestor->facts->conversation.quoted;
    for (auto block = history.rbegin(); block != history.rend(); ++block) gathering.add_quoted(*block, -1);
  }
  for (std::size_t index = quoted.size(); index-- > 0;) {
    if (context.quoted_originals[index] == nullptr) gathering.add_quoted(quoted[index], static_cast<std::int32_t>(index));
  }
  context.participants = gathering.take();
}

}  // namespace threadline::findings
