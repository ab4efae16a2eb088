// SPDX-License-Identifier: Apache-2.0
#include "memory/people.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "memory/kept_message.h"
#include "text/fold.h"

namespace threadline::memory {
namespace {

constexpr std::size_t kMostKept = 20'000;        ///< people in this process's memory
constexpr std::uint32_t kWorthSaving = 3;        ///< messages; the sum of fewer is made anew nearly as fast as it is read
constexpr std::size_t kHabitsOfOneSender = 200;  ///< the first; who has more has none

void add_habits(SenderHabits& habits, const Learnt& learnt) {
  if (learnt.facts->habits.empty()) return;
  if (habits.messages++ == 0 || learnt.known_at < habits.first) habits.first = learnt.known_at;
  std::set<std::string_view> kinds;
  for (const facts::Habit& habit : learnt.facts->habits) {
    if (kinds.insert(habit.kind).second) ++habits.told[habit.kind];
    const auto known = std::ranges::find(habits.known, habit, &KnownHabit::habit);
    if (known != habits.known.end()) {
      ++known->messages;
      known->first = std::min(known->first, learnt.known_at);
    } else if (habits.known.size() < kHabitsOfOneSender) {
      habits.known.push_back({habit, learnt.known_at, 1});
    } else {
      habits.is_full = true;
    }
  }
}

}  // namespace

void add_message(Correspondent& person, const Learnt& learnt) {
  const message::Address& sender = learnt.facts->from.front();
  if (person.messages++ == 0) {
    person.address = text::ascii_lower(sender.address);
    person.first = person.last = learnt.known_at;
  }
  person.first = std::min(person.first, learnt.known_at);
  person.last = std::max(person.last, learnt.known_at);
  if (!sender.name.empty()) person.name = sender.name;
  add_habits(person.habits, learnt);
}

People::People(Database& database, Records& records, const SideNames& names, Filling filling)
    : records_(records),
      names_(names),
      is_in_order_(filling == Filling::in_order),
      read_(database, "SELECT at, tie, body FROM person WHERE person = ?1"),
      write_(database,
             "INSERT INTO person VALUES (?1, ?2, ?3, ?4) ON CONFLICT (person) DO UPDATE SET at = excluded.at, tie = "
             "excluded.tie, body = excluded.body"),
      drop_(database, "DELETE FROM person WHERE person = ?1 AND (at, tie) > (?2, ?3)") {}

void People::load(std::uint64_t sender, Place before, Entry& entry) {
  entry = Entry{};
  if (!read_(sender).step()) return;
  const Place upto{read_.number(0), read_.number(1)};
  auto person = upto <= before ? decode_correspondent(read_.bytes(2)) : std::nullopt;
  read_.reset();
  if (!person) return;
  entry.person = *std::move(person);
  entry.upto = upto;
  entry.newest = {upto.at, upto.tie - 1};
}

/// With the sum of messages before some place, which is none behind `before`.
People::Entry& People::entry_of(std::uint64_t sender, Place before) {
  auto& entry = entries_[sender];
  if (!entry || entry->upto > before) {
    if (!entry) entry = std::make_unique<Entry>();
    load(sender, before, *entry);
  }
  if (is_in_order_) entry->upto = before;
  return *entry;
}

const Correspondent* People::of(std::uint64_t sender, Place before) {
  Entry& entry = entry_of(sender, before);
  if (entry.upto < before) {
    for (const std::int64_t id : records_.of_sender(sender, entry.upto, before)) {
      const bool was_kept = records_.is_kept(id);  // then somebody may hold a pointer to it
      const Learnt* learnt = records_.learnt(id);
      if (learnt == nullptr) return nullptr;
      add(entry, {learnt->known_at.seconds, tie_of(learnt->facts->sha256)}, *learnt);
      if (!was_kept && records_.is_full()) records_.let_go_of(id);
    }
    entry.upto = before;
  }
  if (entry.person.messages == 0) return nullptr;
  entry.person.side = names_.side_of(entry.person.address);
  return &entry.person;
}

bool People::is_summed(std::uint64_t sender, Place place) const {
  const auto found = entries_.find(sender);
  return found != entries_.end() && place < found->second->upto;
}

void People::learn(std::uint64_t sender, Place place, const Learnt& learnt, bool is_now) {
  if (is_in_order_)
    (void)entry_of(sender, kEnd);
  else
    drop_.run(sender, place.at, place.tie);
  if (is_now || !extend(sender, place, learnt)) count(sender, place, learnt, is_now);
}

/// A message that was just judged stands right behind the sum that it was judged by: it need not be read for the next one.
bool People::extend(std::uint64_t sender, Place place, const Learnt& learnt) {
  const auto found = entries_.find(sender);
  if (found == entries_.end() || found->second->upto != place) return false;
  add(*found->second, place, learnt);
  found->second->upto = {place.at, place.tie + 1};
  return true;
}

void People::add(Entry& entry, Place place, const Learnt& learnt) {
  add_message(entry.person, learnt);
  entry.newest = std::max(entry.newest, place);
  entry.is_changed = true;
}

void People::count(std::uint64_t sender, Place place, const Learnt& learnt, bool is_now) {
  if (!is_summed(sender, place)) return;
  if (!is_now) {
    entries_.erase(sender);
    return;
  }
  add(*entries_[sender], place, learnt);
}

void People::forget(std::uint64_t sender) {
  drop_.run(sender, kBeginning.at, kBeginning.tie);
  entries_.erase(sender);
}

void People::write(std::uint64_t sender, Entry& entry) {
  write_.run(sender, entry.newest.at, entry.newest.tie + 1, Bytes{encode_correspondent(entry.person)});
  entry.is_changed = false;
}

/// In the order of the table: each of its pages once.
void People::save(Place end) {
  std::vector<std::uint64_t> senders;
  for (const auto& [sender, entry] : entries_) {
    if (entry->is_changed && entry->person.messages >= kWorthSaving && entry->newest < end) senders.push_back(sender);
  }
  std::ranges::sort(senders, {}, [](std::uint64_t sender) { return static_cast<std::int64_t>(sender); });
  for (const std::uint64_t sender : senders) write(sender, *entries_[sender]);
}

bool People::is_full() const { return entries_.size() > kMostKept; }

void People::let_go(bool all) {
  if (!all && !is_full()) return;
  for (auto& [sender, entry] : entries_) {
    if (is_in_order_ && entry->is_changed) write(sender, *entry);  // it is not to be had again
  }
  entries_.clear();
}

}  // namespace threadline::memory
