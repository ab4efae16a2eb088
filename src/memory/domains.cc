// SPDX-License-Identifier: Apache-2.0
#include "memory/domains.h"

#include <algorithm>

namespace threadline::memory {
namespace {

constexpr std::size_t kWorthSaving = 20'000;  ///< changed domains; fewer are summed up when a store is opened
constexpr std::size_t kIdsKept = 100'000;

}  // namespace

Domains::Domains(Database& database, const KeyedHash& hash, const Disputes& disputes, Filling filling)
    : database_(database),
      hash_(hash),
      disputes_(disputes),
      is_in_order_(filling == Filling::in_order),
      uses_(database,
            "SELECT u.domain, u.person, u.written, u.at, u.tie, u.message FROM domain_use u "
            "WHERE (u.at, u.tie) >= (?1, ?2) AND (u.at, u.tie) < (?3, ?4) ORDER BY u.at, u.tie, u.message, u.seq"),
      insert_use_(database, "INSERT INTO domain_use VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING"),
      drop_uses_(database, "DELETE FROM domain_use WHERE at = ?1 AND tie = ?2 AND message = ?3"),
      state_(database,
             "SELECT s.domain, d.name, s.first, s.offset, s.messages, s.written FROM domain_state s "
             "JOIN domain d ON d.id = s.domain ORDER BY s.seq"),
      write_state_(
          database,
          "INSERT INTO domain_state VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (seq) DO UPDATE SET domain = excluded.domain, "
          "first = excluded.first, \"offset\" = excluded.\"offset\", messages = excluded.messages, written = excluded.written"),
      find_(database, "SELECT id FROM domain WHERE name = ?1"),
      name_(database, "SELECT name FROM domain WHERE id = ?1"),
      insert_(database, "INSERT INTO domain (name) VALUES (?1) RETURNING id") {
  if (is_in_order_) upto_ = kEnd;
}

void Domains::let_go() {
  all_.clear(), ids_.clear(), hashes_.clear(), by_hash_.clear(), places_.clear(), changed_.clear(), of_last_message_.clear();
  known_ids_.clear();
  last_message_ = -1;
  upto_ = newest_ = kBeginning;
  own_writing_.reset();
}

const Domains::Saved& Domains::saved() {
  if (saved_) return *saved_;
  const auto at = database_.number("SELECT value FROM setting WHERE name = 'domains_at'");
  const auto tie = database_.number("SELECT value FROM setting WHERE name = 'domains_tie'");
  const auto writing = database_.number("SELECT value FROM setting WHERE name = 'domains_writing'");
  return saved_.emplace(Saved{at && tie ? Place{*at, *tie} : kBeginning, writing.value_or(0)});
}

/// Begins from the saved sums, where they are of an earlier place.
void Domains::load(Place before) {
  let_go();
  const auto [upto, writing] = saved();
  if (upto == kBeginning || upto > before) return;
  state_();
  while (state_.step()) {
    places_.emplace(state_.number(0), all_.size());
    ids_.push_back(state_.number(0));
    all_.push_back({.domain = std::string(state_.bytes(1)),
                    .first = {state_.number(2), static_cast<std::int32_t>(state_.number(3))},
                    .messages = static_cast<std::uint32_t>(state_.number(4)),
                    .written_to = state_.number(5) != 0});
    hashes_.push_back(hash_.of(all_.back().domain));
    by_hash_.emplace(hashes_.back(), all_.size() - 1);
  }
  upto_ = upto;
  newest_ = {upto.at, upto.tie - 1};
  own_writing_ = writing;
}

std::string Domains::name_of(std::int64_t id) {
  std::string name;
  if (name_(id).step()) name = name_.bytes(0);
  name_.reset();
  return name;
}

std::int64_t Domains::id_of(const std::string& name) {
  if (known_ids_.size() > kIdsKept) known_ids_.clear();
  const auto [known, is_new] = known_ids_.try_emplace(name, 0);
  if (!is_new) return known->second;
  if (find_(name).step()) {
    known->second = find_.number(0);
    find_.reset();
  } else if (insert_(name).step()) {
    known->second = insert_.number(0);
    insert_.reset();
  }
  return known->second;
}

void Domains::add(const Use& use) {
  newest_ = std::max(newest_, use.place);
  if (disputes_.is_disputed_at(DisputeKind::address, use.person, use.place)) return;
  const auto [place, is_new] = places_.try_emplace(use.domain, all_.size());
  if (is_new) {
    std::string name = name_of(use.domain);
    const std::uint64_t hash = hash_.of(name);
    if (disputes_.is_disputed_at(DisputeKind::domain, hash, use.place)) {
      places_.erase(place);
      return;
    }
    ids_.push_back(use.domain);
    hashes_.push_back(hash);
    by_hash_.emplace(hash, all_.size());
    all_.push_back({.domain = std::move(name), .first = {use.place.at, use.offset}});
  } else if (disputes_.is_disputed_at(DisputeKind::domain, hashes_[place->second], use.place)) {
    return;
  }
  View::KnownDomain& domain = all_[place->second];
  if (use.place.at < domain.first.seconds) domain.first = {use.place.at, use.offset};
  domain.written_to = domain.written_to || use.written;
  if (use.message != last_message_) of_last_message_.clear();
  last_message_ = use.message;
  if (of_last_message_.insert(use.domain).second) ++domain.messages;
  changed_.insert(place->second);
}

void Domains::mark_all(Place before) {
  for (std::size_t at = 0; at < all_.size(); ++at)
    all_[at].disputed = disputes_.is_disputed(DisputeKind::domain, hashes_[at], before);
  seen_version_ = disputes_.version();
  seen_disputes_ = disputes_.learnt_domains().size();
}

/// What became disputed before that place.
void Domains::mark(const std::vector<std::uint64_t>& hashes, std::size_t from, Place before) {
  for (std::size_t at = from; at < hashes.size(); ++at) {
    const auto known = by_hash_.find(hashes[at]);
    if (known != by_hash_.end() && disputes_.is_disputed(DisputeKind::domain, hashes[at], before))
      all_[known->second].disputed = true;
  }
}

void Domains::mark_learnt(Place before) {
  if (disputes_.version() != seen_version_) return mark_all(before);
  mark(disputes_.learnt_domains(), seen_disputes_, before);
  seen_disputes_ = disputes_.learnt_domains().size();
}

bool Domains::go_to(Place before) {
  const Place from = upto_;
  const bool goes_back = before < upto_, is_loaded = goes_back || upto_ == kBeginning;
  if (is_loaded) load(before);
  if (upto_ < before) {
    std::vector<Use> uses;
    uses_(upto_.at, upto_.tie, before.at, before.tie);
    while (uses_.step()) {
      uses.push_back({uses_.number(0),
                      uses_.hash(1),
                      (uses_.number(2) & 1) != 0,
                      {uses_.number(3), uses_.number(4)},
                      uses_.number(5),
                      static_cast<std::int32_t>(uses_.number(2) >> 1)});
    }
    for (const Use& use : uses) add(use);
    upto_ = before;
  }
  if (is_loaded) {
    mark_all(before);
  } else {
    mark_learnt(before);
    mark(disputes_.domains_between(from, before), 0, before);
  }
  return goes_back;
}

bool Domains::learn(const Learnt& learnt, Place place, std::int64_t message, bool is_now) {
  std::set<std::pair<std::int64_t, std::uint64_t>> seen;
  std::vector<Use> uses;
  for (const Learnt::TookPart& part : learnt.took_part) {
    if (part.registrable.empty()) continue;
    const Use use{id_of(part.registrable),       hash_.of(part.address), part.written_to, place, message,
                  learnt.known_at.offset_minutes};
    const auto same = std::ranges::find_if(
        uses, [&](const Use& one) { return one.domain == use.domain && one.person == use.person && one.written == use.written; });
    if (same == uses.end()) uses.push_back(use);
  }
  if (is_in_order_) {
    add_now(uses);
    return false;
  }
  std::int64_t seq = 0;
  for (const Use& use : uses) {
    const std::int64_t written = static_cast<std::int64_t>(use.offset) * 2 + (use.written ? 1 : 0);
    insert_use_.run(place.at, place.tie, message, seq++, use.domain, use.person, written);
  }
  if (place < saved().upto) drop_saved();
  return count(place, message, is_now);
}

bool Domains::count(Place place, std::int64_t message, bool is_now) {
  if (place >= upto_) return false;
  if (!is_now) {
    let_go();
    return true;
  }
  std::vector<Use> uses;
  uses_(place.at, place.tie, place.at, place.tie + 1);
  while (uses_.step()) {
    if (uses_.number(5) != message) continue;
    uses.push_back({uses_.number(0), uses_.hash(1), (uses_.number(2) & 1) != 0, place, message,
                    static_cast<std::int32_t>(uses_.number(2) >> 1)});
  }
  add_now(uses);
  return false;
}

/// Counts uses that are known from now on.
void Domains::add_now(const std::vector<Use>& uses) {
  for (const Use& use : uses) add(use);
  mark_learnt(kEnd);
}

bool Domains::forget(Place place, std::int64_t message) {
  drop_uses_.run(place.at, place.tie, message);
  drop_saved();
  if (place >= upto_) return false;
  let_go();
  return true;
}

void Domains::drop_saved() {
  if (saved().upto == kBeginning) return;
  database_.run("DELETE FROM setting WHERE name IN ('domains_at', 'domains_tie'); DELETE FROM domain_state");
  saved_->upto = kBeginning;
  own_writing_.reset();
}

void Domains::save(Place end, bool is_last) {
  if (changed_.empty() || newest_ >= end || (!is_last && changed_.size() < kWorthSaving)) return;
  const Saved now{{newest_.at, newest_.tie + 1}, saved().writing + 1};
  if (saved().upto == kBeginning || own_writing_ != saved().writing) {
    database_.run("DELETE FROM domain_state");
    for (std::size_t at = 0; at < all_.size(); ++at) changed_.insert(at);
  }
  for (const std::size_t at : changed_) {
    const View::KnownDomain& domain = all_[at];
    write_state_.run(static_cast<std::int64_t>(at), ids_[at], domain.first.seconds, domain.first.offset_minutes,
                     static_cast<std::int64_t>(domain.messages), domain.written_to ? 1 : 0);
  }
  Statement setting(database_,
                    "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  setting.run("domains_at", now.upto.at);
  setting.run("domains_tie", now.upto.tie);
  setting.run("domains_writing", now.writing);
  saved_ = now;
  own_writing_ = now.writing;
  changed_.clear();
}

}  // namespace threadline::memory
