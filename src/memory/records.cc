// SPDX-License-Identifier: Apache-2.0
#include "memory/records.h"

#include <algorithm>

#include "memory/kept_message.h"
#include "text/fold.h"

namespace threadline::memory {
namespace {

/// Messages in this process's memory, as bytes of the store; in memory they take some twenty times as much.
constexpr std::uint64_t kMostKeptBytes = 1U << 20U;

}  // namespace

Records::Records(Database& database, const KeyedHash& hash, const SideNames& names)
    : database_(database),
      hash_(hash),
      names_(names),
      body_(database, "SELECT body FROM message WHERE id = ?1"),
      by_id_(database, "SELECT id FROM message WHERE mid = ?1 AND (at, tie) < (?2, ?3) AND id <> ?4 ORDER BY at, tie LIMIT 8"),
      by_guid_(database,
               "SELECT id FROM message WHERE guid = ?1 AND (at, tie) < (?2, ?3) AND id <> ?4 ORDER BY at, tie LIMIT ?5"),
      by_subject_(database,
                  "SELECT id FROM message WHERE subject = ?1 AND (at, tie) < (?2, ?3) AND id <> ?4 "
                  "ORDER BY at DESC, tie DESC LIMIT ?5"),
      by_sender_(database,
                 "SELECT id FROM message WHERE sender = ?1 AND (at, tie) >= (?2, ?3) AND (at, tie) < (?4, ?5) "
                 "ORDER BY at, tie"),
      of_mailbox_(database,
                  "SELECT message FROM mailbox WHERE person = ?1 AND (at, tie) < (?2, ?3) AND message <> ?4 "
                  "ORDER BY at DESC, tie DESC LIMIT ?5") {}

Records::Kept* Records::kept(std::int64_t id) {
  if (const auto found = kept_.find(id); found != kept_.end()) {
    asked_.splice(asked_.begin(), asked_, found->second->place);
    return found->second.get();
  }
  if (!body_(id).step()) return nullptr;
  const std::uint64_t bytes = body_.bytes(0).size();
  auto learnt = decode_learnt(body_.bytes(0), &hash_);
  body_.reset();
  if (!learnt) {
    database_.fail("the store holds a message that cannot be read", "it is damaged: restore a copy");
    return nullptr;
  }
  auto one = std::make_unique<Kept>();
  one->bytes = bytes;
  one->place = asked_.insert(asked_.begin(), id);
  kept_bytes_ += bytes;
  Record& record = one->record;
  record.facts = learnt->facts;
  record.text = learnt->text;
  record.known_at = learnt->known_at;
  record.side = names_.named(learnt->side);
  record.disputed = learnt->disputed;
  for (const auto& [key, side] : learnt->presented) record.presented.emplace_back(key, names_.named(side));
  record.copies = learnt->copies;
  one->learnt = *std::move(learnt);
  return (kept_[id] = std::move(one)).get();
}

const Record* Records::record(std::int64_t id) {
  Kept* one = kept(id);
  return one == nullptr ? nullptr : &one->record;
}

const Learnt* Records::learnt(std::int64_t id) {
  Kept* one = kept(id);
  return one == nullptr ? nullptr : &one->learnt;
}

std::vector<const Record*> Records::records(Statement& rows, bool newest_first) {
  std::vector<std::int64_t> ids;
  while (rows.step()) ids.push_back(rows.number(0));
  if (newest_first) std::ranges::reverse(ids);
  std::vector<const Record*> found;
  for (const std::int64_t id : ids) {
    if (const Record* one = record(id)) found.push_back(one);
  }
  return found;
}

const Record* Records::by_message_id(std::string_view message_id, Place before, std::int64_t but) {
  const auto found = records(by_id_(hash_.of(message_id), before.at, before.tie, but), false);
  const auto same = std::ranges::find_if(found, [&](const Record* one) { return one->facts->message_id == message_id; });
  return same == found.end() ? nullptr : *same;
}

std::vector<const Record*> Records::by_thread_guid(std::string_view guid, std::size_t most, Place before, std::int64_t but) {
  if (guid.empty()) return {};
  return records(by_guid_(hash_.of(guid), before.at, before.tie, but, static_cast<std::int64_t>(most)), false);
}

std::vector<const Record*> Records::by_subject(std::string_view folded, std::size_t most, Place before, std::int64_t but) {
  if (folded.empty()) return {};
  return records(by_subject_(hash_.of(folded), before.at, before.tie, but, static_cast<std::int64_t>(most)), true);
}

std::vector<std::int64_t> Records::of_sender(std::uint64_t sender, Place from, Place before) {
  std::vector<std::int64_t> ids;
  by_sender_(sender, from.at, from.tie, before.at, before.tie);
  while (by_sender_.step()) ids.push_back(by_sender_.number(0));
  return ids;
}

std::vector<const Record*> Records::latest_of_mailbox(std::string_view address, std::size_t most, Place before,
                                                      std::int64_t but) {
  return records(of_mailbox_(hash_.of(text::ascii_lower(address)), before.at, before.tie, but, static_cast<std::int64_t>(most)),
                 false);
}

void Records::let_go_of(std::int64_t id) {
  const auto found = kept_.find(id);
  if (found == kept_.end()) return;
  kept_bytes_ -= found->second->bytes;
  asked_.erase(found->second->place);
  kept_.erase(found);
}

bool Records::is_full() const { return kept_bytes_ > kMostKeptBytes; }

void Records::let_go(bool all) {
  while (!asked_.empty() && (all || is_full())) let_go_of(asked_.back());
}

}  // namespace threadline::memory
