// SPDX-License-Identifier: Apache-2.0
#include "pipeline/judgement.h"

#include <malloc.h>

#include <algorithm>
#include <limits>
#include <optional>
#include <set>
#include <tuple>
#include <utility>

#include "base/done_behind.h"
#include "base/made_ahead.h"
#include "findings/detector.h"
#include "memory/file_store.h"
#include "memory/memory.h"
#include "memory/side_names.h"
#include "pipeline/analysis_steps.h"
#include "pipeline/duplicates.h"
#include "pipeline/latest_facts.h"
#include "pipeline/log_reading.h"
#include "pipeline/missing.h"
#include "pipeline/originals.h"
#include "pipeline/outlines.h"
#include "pipeline/own_side.h"
#include "pipeline/verdict.h"

namespace threadline::pipeline {
namespace {

using FactsPointer = std::shared_ptr<const facts::Facts>;

/// Between two threads of one run, as bytes of facts on the shelf and guesses of what findings take; decoded they take three
/// times as much.
constexpr std::uint64_t kBetweenBytes = 2U << 20U;
constexpr std::uint64_t kFindingBytes = 2'048;
constexpr std::uint64_t kKeptBytes = 4U << 20U;  ///< of facts that may be compared again, by all threads
constexpr unsigned kMostThreads = 8;             ///< one thread judges: more than these would wait for it

bool is_loss(const timeline::EvidenceRemark& remark) { return !std::ranges::all_of(remark.notes, holds_nothing); }

/// What it held could not all be read.
bool is_damaged(const facts::Facts& facts) {
  return std::ranges::any_of(facts.notes, [](const Note& note) { return note.code == "damaged_content"; });
}

/// The originals of quoted messages that the memory knows, for messages that another run read.
std::vector<FactsPointer> remembered_originals(const findings::Context& context) {
  std::vector<FactsPointer> originals;
  for (const memory::Record* record : context.quoted_originals) originals.push_back(record == nullptr ? nullptr : record->facts);
  return originals;
}

std::uint64_t bytes_of(const std::optional<findings::Prepared>& prepared) {
  std::uint64_t words = 0;
  if (prepared) {
    words = prepared->text->words.size();
    for (const auto& block : prepared->quoted) words += block.size();
  }
  return words * (sizeof(memory::HistoryWord) + sizeof(std::uint32_t));
}

/// Judges one message after another, and teaches the memory each.
class Judging {
 public:
  /// `run_memory`: what this run alone learns, where the settings name no memory.
  Judging(const RunSettings& settings, const policy::Policy& policy, findings::Detectors detectors,
          std::shared_ptr<memory::Store> run_memory)
      : settings_(settings),
        detectors_(std::move(detectors)),
        plain_(memory::without_parties(policy)),
        memory_(settings.memory ? settings.memory : std::move(run_memory)) {
    memory_->take_sides(policy);
  }

  /// A message whose turn comes, with what could be made of it before.
  struct Next {
    FactsPointer facts;
    std::optional<findings::Prepared> prepared;
  };
  [[nodiscard]] Next next(const FactsPointer& facts) const {
    const memory::KeyedHash* const hash = memory_->word_hash();
    if (hash == nullptr) return {facts, std::nullopt};
    return {facts, findings::prepare_message(*facts, *hash)};
  }

  Verdict judge(const FactsPointer& facts, const findings::Prepared* prepared) {
    const Instant known_at = known_at_or_last(*facts);
    const std::string content = settings_.memory ? content_of(*facts) : std::string{};
    memory_->as_of({known_at, facts->sha256, content});
    auto judgement = detectors_.judge(facts, *memory_, std::nullopt, prepared);
    Verdict verdict{judgement.context.direction,
                    std::move(judgement.findings),
                    std::move(judgement.context.presented),
                    std::move(judgement.context.notes),
                    {}};
    if (settings_.memory) verdict.remembered = remembered_originals(judgement.context);
    judgement.learnt.known_at = known_at;
    judgement.learnt.content = content;
    if (settings_.memory) judgement.learnt.taking_part = plain_sides_of(*facts, plain_);
    if (facts->kind != facts::MessageKind::journal_report) memory_->learn(std::move(judgement.learnt));
    return verdict;
  }

  [[nodiscard]] Result<void> commit() { return memory_->commit(); }

 private:
  const RunSettings& settings_;
  findings::Detectors detectors_;
  policy::Sides plain_;
  std::shared_ptr<memory::Store> memory_;
};

/// The order of judgement: by known_at, then sha256 (findings.md, "known at"); then source, for equal bytes without an id.
void put_in_order(Shelf& shelf) {
  Column<Entry>& entries = shelf.entries();
  const auto key = [](const Entry& entry) { return std::tuple(entry.known_at, entry.sha256); };
  std::ranges::sort(entries, {}, key);
  for (std::size_t at = 0; at < entries.size();) {
    std::size_t end = at + 1;
    while (end < entries.size() && key(entries[end]) == key(entries[at])) ++end;
    if (end > at + 1) {
      std::sort(entries.begin() + at, entries.begin() + end, [&](const Entry& left, const Entry& right) {
        const auto one = shelf.facts(left.place), other = shelf.facts(right.place);
        return std::tie(one->sha256, one->source) < std::tie(other->sha256, other->source);
      });
    }
    at = end;
  }
}

bool names_no_own_side(const policy::Policy& policy) { return policy.own.domains.empty() && policy.own.addresses.empty(); }

/// Of the messages that others are attached to.
Spoofs spoofs_among(Shelf& shelf, const policy::Sides& sides) {
  std::set<ShortDigest> carriers;
  Column<Entry>& entries = shelf.entries();
  for (std::size_t at = 0; at < entries.size(); ++at) {
    if (entries[at].is_attached) carriers.insert(digest_of_hex(shelf.facts(entries[at].place)->carrier));
  }
  Spoofs spoofs;
  for (std::size_t at = 0; at < entries.size() && !carriers.empty(); ++at) {
    if (carriers.contains(entries[at].sha256)) spoofs.add(*shelf.facts(entries[at].place), sides);
  }
  return spoofs;
}

void hold_back_attached(Shelf& shelf, const policy::Policy& policy) {
  if (names_no_own_side(policy)) return;
  const policy::Sides sides(policy);
  const Spoofs spoofs = spoofs_among(shelf, sides);
  Column<Entry>& entries = shelf.entries();
  for (std::size_t at = 0; at < entries.size(); ++at) {
    if (!entries[at].is_attached) continue;
    const auto read = shelf.facts(entries[at].place);
    if (!is_to_be_held_back(*read, sides, spoofs)) continue;
    auto held = std::make_shared<facts::Facts>(*read);
    hold_back(*held, sides, spoofs);
    entries[at] = shelf.entry_of(*held, shelf.put_made(held));
  }
}

Result<findings::Detectors> detectors_for(const RunSettings& settings, const policy::Policy& policy) {
  auto ground = std::make_shared<findings::Ground>(policy);
  ground->direction = settings.direction;
  return findings::Detectors::prepare(ground);
}

/// What whoever has a quoted message's original is told where nobody asks for more.
const FactsPointer& some_original() {
  static const auto kSome = std::make_shared<const facts::Facts>();
  return kSome;
}

class ShelvedJudgement final : public Judgement {
 public:
  ShelvedJudgement(Shelf shelf, const RunSettings& settings)
      : shelf_(std::move(shelf)),
        settings_(settings),
        folder_(shelf_.is_in_memory() ? std::string{} : settings.spool_folder),
        verdicts_(folder_),
        sequels_(folder_) {
    if (settings.jobs > 1) threads = std::min(settings.jobs, kMostThreads);
  }

  Result<void> judge(SideTally* sides, std::vector<std::pair<std::uint64_t, timeline::EvidenceRemark>>&& found);
  Result<void> read_logs_beside(const std::vector<std::string>& paths);

  [[nodiscard]] std::size_t size() const override { return places_.size(); }
  void show(std::size_t rank, const std::function<void(const timeline::Judged&)>& see) const override {
    see(judged(rank, shelf_.read(places_[rank])));
  }
  [[nodiscard]] std::vector<FactsPointer> originals(std::size_t rank, const Originals& from) const override;
  [[nodiscard]] Result<void> checked() const override {
    for (const auto& failure : {shelf_.failure(), verdicts_.failure(), sequels_.failure()}) {
      if (failure) return tl::unexpected(*failure);
    }
    return {};
  }
  void finish() override { shelf_.finish(); }

 private:
  [[nodiscard]] FactsPointer facts_of(std::size_t rank) const { return shelf_.facts(places_[rank]); }
  [[nodiscard]] timeline::Judged judged(std::size_t rank, FactsPointer facts) const;
  void infer_own_side(SideTally* sides);
  Result<void> judge_each(Catalogue& catalogue);
  void look_back(Catalogue& catalogue);
  /// A message beside what was concluded of it.
  struct Concluded {
    FactsPointer facts;
    Verdict verdict;
  };
  struct Compared {
    timeline::Judged judged;  ///< its facts, and of its originals whether there are any
    Sequel sequel;
  };
  /// Looks up messages in the catalogue. Facts that one thread made end in it, too: no other need wait for its memory.
  class Comparing {
   public:
    Comparing(const ShelvedJudgement& judgement, const Catalogue& catalogue, std::uint64_t kept_bytes)
        : judgement_(judgement),
          catalogue_(catalogue),
          latest_(kept_bytes),
          desk_([this](std::uint32_t rank) { return facts_of(rank); }) {}
    [[nodiscard]] Compared compared(std::size_t rank);

   private:
    [[nodiscard]] FactsPointer facts_of(std::size_t rank);

    const ShelvedJudgement& judgement_;
    const Catalogue& catalogue_;
    LatestFacts latest_;
    Catalogue::Desk desk_;
  };
  void count(const std::vector<findings::Finding>& some);
  [[nodiscard]] bool is_stopped(std::size_t rank);
  void tell(std::string_view step, std::size_t done) const;

  Shelf shelf_;
  RunSettings settings_;
  std::string folder_;  ///< of files; empty: all is in memory
  policy::Policy policy_;
  Column<Place> places_;  ///< by rank
  Conclusions<Verdict> verdicts_;
  Conclusions<Sequel> sequels_;
  std::optional<MissingSearch> missing_;
};

std::vector<FactsPointer> ShelvedJudgement::originals(std::size_t rank, const Originals& from) const {
  const auto verdict = verdicts_.at(rank);
  const auto sequel = sequels_.at(rank);
  std::vector<FactsPointer> originals(std::max(sequel->originals.size(), verdict->remembered.size()));
  for (std::size_t block = 0; block < originals.size(); ++block) {
    const bool is_of_run = block < sequel->originals.size() && sequel->originals[block] != kNone;
    if (is_of_run)
      originals[block] = from.of_run(sequel->originals[block]);
    else if (block < verdict->remembered.size() && verdict->remembered[block] != nullptr)
      originals[block] = from.remembered(verdict->remembered[block]);
  }
  return originals;
}

timeline::Judged ShelvedJudgement::judged(std::size_t rank, FactsPointer facts) const {
  const auto verdict = verdicts_.at(rank);
  timeline::Judged judged{std::move(facts), verdict->direction, verdict->findings, verdict->presented, verdict->notes, {}};
  judged.originals = originals(rank, {.of_run = [](std::uint32_t) { return some_original(); },
                                      .remembered = [](const FactsPointer& kept) { return kept; }});
  judged.originals.resize(judged.facts->conversation.quoted.size());
  if (missing_)
    std::ranges::move(missing_->findings_of(static_cast<std::uint32_t>(rank), *judged.facts, sequels_.at(rank)->claims),
                      std::back_inserter(judged.findings));
  return judged;
}

void ShelvedJudgement::infer_own_side(SideTally* sides) {
  policy_ = settings_.policy;
  if (sides == nullptr) return;
  for (const Entry& entry : shelf_.entries()) sides->count(entry.sides);
  const auto inferred = sides->inferred();
  if (!inferred) return;
  adopt_own_side(policy_, inferred->side);
  own_domains = policy_.own.domains;
  remarks.push_back(own_side_remark(*inferred));
}

bool ShelvedJudgement::is_stopped(std::size_t rank) {
  constexpr std::size_t kSteps = 16;
  if (interrupted || rank % kSteps != 0 || !settings_.interrupted || !settings_.interrupted()) return !is_whole;
  interrupted = true;
  is_whole = false;
  return true;
}

void ShelvedJudgement::tell(std::string_view step, std::size_t done) const {
  constexpr std::size_t kMessages = 64;
  if (settings_.advanced && (done % kMessages == 0 || done == size())) settings_.advanced({step, done, size(), findings});
}

void ShelvedJudgement::count(const std::vector<findings::Finding>& some) {
  for (const auto& finding : some) ++findings[static_cast<std::size_t>(finding.severity)];
}

Result<void> ShelvedJudgement::judge_each(Catalogue& catalogue) {
  auto detectors = detectors_for(settings_, policy_);
  if (!detectors) return tl::unexpected(detectors.error());
  std::shared_ptr<memory::Store> own;
  if (!settings_.memory && folder_.empty()) own = memory::in_memory();
  if (!settings_.memory && !folder_.empty()) {
    auto opened = memory::open_passing_store(folder_);
    if (!opened) return tl::unexpected(opened.error());
    own = *std::move(opened);
  }
  Judging judging(settings_, policy_, *std::move(detectors), std::move(own));
  const auto length_of = [this](std::size_t rank) { return std::uint64_t{places_[rank].length}; };
  MadeAhead<Judging::Next> read(
      places_.size(), std::min(threads, 1U), kBetweenBytes,
      [&](std::size_t rank, unsigned) {
        return threads > 0 ? judging.next(facts_of(rank)) : Judging::Next{facts_of(rank), std::nullopt};
      },
      [&](std::size_t rank, const Judging::Next& one) { return length_of(rank) + bytes_of(one.prepared); });
  DoneBehind<Concluded> kept(threads > 0, kBetweenBytes, [&](Concluded&& one) {
    catalogue.add(*one.facts);
    missing_->add(*one.facts);
    verdicts_.add(std::move(one.verdict));
    return true;
  });
  for (std::uint32_t rank = 0; rank < places_.size() && !is_stopped(rank); ++rank) {
    auto [facts, prepared] = read.next();
    Verdict verdict = judging.judge(facts, prepared ? &*prepared : nullptr);
    if (settings_.cut.holds(facts->sha256, facts->source)) {
      count(verdict.findings);
      unreadable = unreadable || is_damaged(*facts);
    }
    const std::uint64_t bytes = length_of(rank) + kFindingBytes * verdict.findings.size();
    (void)kept.put({std::move(facts), std::move(verdict)}, bytes);
    tell("judged", rank + 1);
  }
  kept.finish();
  return judging.commit();
}

FactsPointer ShelvedJudgement::Comparing::facts_of(std::size_t rank) {
  const Place& place = judgement_.places_[rank];
  if (judgement_.shelf_.is_in_memory()) return judgement_.shelf_.read(place);
  if (auto found = latest_.find(place.at)) return found;
  auto facts = judgement_.shelf_.read(place);
  latest_.add({place.at, place.length, facts});
  return facts;
}

ShelvedJudgement::Compared ShelvedJudgement::Comparing::compared(std::size_t rank) {
  const auto verdict = judgement_.verdicts_.at(rank);
  Compared one{{facts_of(rank), verdict->direction, {}, {}, {}, {}}, {}};
  one.sequel.originals = catalogue_.originals_of(*one.judged.facts, desk_);
  for (std::size_t block = 0; block < one.sequel.originals.size(); ++block) {
    const bool is_remembered = block < verdict->remembered.size() && verdict->remembered[block] != nullptr;
    one.judged.originals.push_back(one.sequel.originals[block] != kNone || is_remembered ? some_original() : nullptr);
  }
  return one;
}

/// What the whole run tells of each message: which quoted ones are in evidence, and which others are missing.
void ShelvedJudgement::look_back(Catalogue& catalogue) {
  catalogue.finish();
  missing_->finish();
  shelf_.let_go();
  if (settings_.memory) settings_.memory->as_of_now({});
  std::vector<std::unique_ptr<Comparing>> comparing;
  while (comparing.size() < std::max(threads, 1U))
    comparing.push_back(std::make_unique<Comparing>(*this, catalogue, kKeptBytes / std::max(threads, 1U)));
  MadeAhead<Compared> ahead(
      places_.size(), threads, kBetweenBytes,
      [&](std::size_t rank, unsigned thread) { return comparing[thread]->compared(rank); },
      [this](std::size_t rank, const Compared&) { return std::uint64_t{places_[rank].length}; });
  for (std::uint32_t rank = 0; rank < places_.size() && !is_stopped(rank); ++rank) {
    auto [judged, sequel] = ahead.next();
    sequel.claims = missing_->claims_of(rank, judged);
    if (std::ranges::count(sequel.originals, kNone) == std::ssize(sequel.originals)) sequel.originals.clear();
    sequels_.add(std::move(sequel));
    tell("compared", rank + 1);
  }
}

Result<void> ShelvedJudgement::judge(SideTally* sides, std::vector<std::pair<std::uint64_t, timeline::EvidenceRemark>>&& found) {
  std::ranges::stable_sort(found, {}, [](const auto& one) { return one.first; });
  for (auto& [order, remark] : found) remarks.push_back(std::move(remark));
  unreadable = std::ranges::any_of(remarks, is_loss);

  merge_duplicates(shelf_);
  infer_own_side(sides);
  hold_back_attached(shelf_, policy_);
  put_in_order(shelf_);
  for (const Entry& entry : shelf_.entries()) places_.push_back(entry.place);
  shelf_.entries().clear();
  shelf_.settle();
  const auto facts_by_rank = [this](std::uint32_t rank) { return facts_of(rank); };
  Catalogue catalogue;
  missing_.emplace(policy_, settings_.memory.get(), facts_by_rank);
  if (auto judged = judge_each(catalogue); !judged) return judged;
  if (is_whole) {
    malloc_trim(0);
    look_back(catalogue);
    missing_->let_go();
  }
  if (settings_.memory) {
    if (auto let_go = settings_.memory->let_go(); !let_go) return let_go;
  }
  malloc_trim(0);
  return checked();
}

Result<void> ShelvedJudgement::read_logs_beside(const std::vector<std::string>& paths) {
  if (interrupted || paths.empty()) return {};
  Run run;
  run.judged = mails_for_logs(*this);
  if (auto read = read_logs(paths, settings_, policy_, run); !read) return read;
  std::ranges::move(run.remarks, std::back_inserter(remarks));
  logged = std::move(run.logged);
  unreadable = unreadable || run.unreadable;
  interrupted = run.interrupted;
  return checked();
}

}  // namespace

void Shelved::take_sides(const RunSettings& settings) {
  if (!settings.infer_own_side || !names_no_own_side(settings.policy)) return;
  sides = std::make_shared<SideTally>(settings.policy, settings.memory.get());
  shelf.on_entry = [tally = sides](const facts::Facts& facts, Entry& entry) { entry.sides = tally->note(facts); };
}

Result<Shelved> read_onto_shelf(const std::vector<std::string>& paths, const RunSettings& settings) {
  ShelfSettings how = settings.shelf;
  how.folder = settings.spool_folder;
  auto opened = Shelf::open(how);
  if (!opened) return tl::unexpected(opened.error());
  Shelved read(std::move(*opened));
  read.take_sides(settings);
  RunSettings reading = settings;
  reading.interrupted = [&] { return read.shelf.failure() || (settings.interrupted && settings.interrupted()); };
  const auto gathered =
      gather(paths, reading,
             {.on_item = {},
              .on_facts = {},
              .on_remark = [&](std::uint64_t order,
                               timeline::EvidenceRemark&& remark) { read.remarks.emplace_back(order, std::move(remark)); },
              .log_paths = &read.log_paths,
              .on_outcome = [&](Outcome&& outcome) { read.shelf.put(std::move(outcome)); },
              .is_known = [&](std::uint64_t order, const evidence::Item& item) { return read.shelf.put_known(order, item); }});
  if (!gathered) return tl::unexpected(gathered.error());
  read.shelf.settle();
  if (read.shelf.failure()) return tl::unexpected(*read.shelf.failure());
  read.interrupted = *gathered;
  return read;
}

Result<std::unique_ptr<Judgement>> judge_shelved(Shelved&& shelved, const RunSettings& settings) {
  auto judgement = std::make_unique<ShelvedJudgement>(std::move(shelved.shelf), settings);
  judgement->interrupted = shelved.interrupted;
  if (auto judged = judgement->judge(shelved.sides.get(), std::move(shelved.remarks)); !judged)
    return tl::unexpected(judged.error());
  if (auto read = judgement->read_logs_beside(shelved.log_paths); !read) return tl::unexpected(read.error());
  return std::unique_ptr<Judgement>(std::move(judgement));
}

}  // namespace threadline::pipeline
