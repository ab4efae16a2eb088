// SPDX-License-Identifier: Apache-2.0
#include "memory/tables.h"

#include <optional>
#include <utility>

#include "memory/kept_message.h"
#include "text/fold.h"

namespace threadline::memory {
namespace {

bool is_same_but_for_mailboxes(const Learnt& before, const Learnt& again) {
  Learnt judged = again;
  judged.mailboxes = before.mailboxes;
  judged.copies = before.copies;
  return is_same_judgement(before, judged);
}

}  // namespace

std::string sender_of(const Learnt& learnt) {
  return !learnt.facts || learnt.facts->from.empty() ? std::string{} : text::ascii_lower(learnt.facts->from.front().address);
}

Tables::Tables(std::unique_ptr<Database> opened, const KeyedHash::Key& key, Filling how)
    : filling(how),
      database(std::move(opened)),
      hash(key),
      disputes(*database, hash),
      records(*database, hash, names),
      people(*database, records, names, how),
      domains(*database, hash, disputes, how),
      derived(*database, {hash, names, disputes, records}, how),
      newest_id(database->number("SELECT max(id) FROM message").value_or(0)),
      forgotten(times_forgotten()),
      insert_(*database,
              "INSERT INTO message (content, at, tie, day, mid, guid, subject, sender, body) "
              "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id"),
      find_(*database, "SELECT id FROM message WHERE content = ?1"),
      drop_(*database, "DELETE FROM message WHERE id = ?1"),
      rewrite_(*database, "UPDATE message SET body = ?2 WHERE id = ?1"),
      add_side_(*database,
                "INSERT INTO side_count VALUES (?1, 1) ON CONFLICT (side) DO UPDATE SET messages = side_count.messages + 1"),
      drop_side_(*database, "UPDATE side_count SET messages = messages - 1 WHERE side = ?1"),
      forgotten_(*database,
                 "INSERT INTO setting (name, value) VALUES ('forgotten', 1) ON CONFLICT (name) DO UPDATE SET value = "
                 "setting.value + 1") {}

std::int64_t Tables::times_forgotten() {
  return database->number("SELECT value FROM setting WHERE name = 'forgotten'").value_or(0);
}

void Tables::tell_of_forgetting() {
  forgotten_.run();
  ++forgotten;
}

void Tables::drop_unused() {
  derived.settle();
  database->run("DELETE FROM domain WHERE id NOT IN (SELECT domain FROM domain_use)");
  database->run("DELETE FROM side_count WHERE messages <= 0");
  domains.let_go();
  tell_of_forgetting();
}

/// A copy is told by 128 bits of a keyed hash: nobody can ask the tables whether they hold a mail that he has. Empty: no copy of
/// it comes.
std::string Tables::content_key(std::string_view content) const {
  if (filling == Filling::in_order) return {};
  const std::string again = "\n" + std::string(content);
  std::string key;
  for (std::uint64_t half : {hash.of(content), hash.of(again)}) {
    for (int byte = 0; byte < 8; ++byte, half >>= 8U) key.push_back(static_cast<char>(half & 0xffU));
  }
  return key;
}

std::int64_t Tables::id_of_key(const std::string& key) {
  if (key.empty()) return 0;
  const std::int64_t id = find_(Bytes{key}).step() ? find_.number(0) : 0;
  find_.reset();
  return id;
}

std::int64_t Tables::id_of(std::string_view content) { return content.empty() ? 0 : id_of_key(content_key(content)); }

/// Names of sides as they are stored, facts as they are kept.
Learnt Tables::stored_form(Learnt learnt) const {
  learnt.facts = std::make_shared<facts::Facts>(kept_facts(*learnt.facts));
  learnt.side = names.stored(learnt.side);
  for (auto& [key, side] : learnt.presented) side = names.stored(side);
  for (auto& [index, side] : learnt.presented_quoted) side = names.stored(side);
  if (learnt.text) return learnt;
  auto text = std::make_shared<KeptText>();
  text->subject = hash.of(learnt.subject_key);
  learnt.text = std::move(text);
  return learnt;
}

std::int64_t Tables::insert(const Learnt& learnt, const std::string& content, const std::string& guid, std::int64_t today) {
  const auto hashed = [&](const std::string& text) { return text.empty() ? std::nullopt : std::optional(hash.of(text)); };
  const Place place = place_of(learnt);
  const bool is_asked_by_sender = filling == Filling::any_order && !learnt.disputed;
  const std::string sender = is_asked_by_sender ? sender_of(learnt) : std::string{};
  insert_(Bytes{content}, place.at, place.tie, today, hashed(learnt.facts->message_id), hashed(guid), hashed(learnt.subject_key),
          hashed(sender), Bytes{encode_learnt(learnt)});
  if (insert_.step()) newest_id = insert_.number(0);
  insert_.reset();
  return newest_id;
}

/// The message stays where it is, and what was made from it but these: a server that tells each recipient of one message apart
/// must not make the memory be read again for each.
void Tables::add_mailboxes(std::int64_t id, const Learnt& before, const Learnt& again) {
  Learnt whole = before;
  whole.mailboxes = again.mailboxes;
  whole.copies = again.copies;
  rewrite_.run(id, Bytes{encode_learnt(whole)});
  records.let_go_of(id);
  derived.learn(whole, place_of(whole), id);
}

bool Tables::learn(Learnt learnt, std::int64_t today, bool is_now) {
  if (!learnt.facts) {
    disputes.learn(learnt, place_of(learnt), 0);
    return false;
  }
  const std::string content = content_key(learnt.content.empty() ? learnt.facts->sha256 : learnt.content);
  const std::string guid = learnt.facts->thread.index ? learnt.facts->thread.index->guid : std::string{};
  learnt = stored_form(std::move(learnt));
  bool is_other_list = false;
  if (const std::int64_t known = id_of_key(content); known != 0) {
    const Learnt* before = records.learnt(known);
    if (before == nullptr) return false;
    if (is_now) join_copies(*before, learnt);
    if (is_same_judgement(*before, learnt)) return false;
    if (is_same_but_for_mailboxes(*before, learnt)) {
      add_mailboxes(known, *before, learnt);
      return false;
    }
    is_other_list = forget(known);
  }
  const std::int64_t id = insert(learnt, content, guid, today);
  const Place place = place_of(learnt);
  if (database->failure()) return false;
  disputes.learn(learnt, place, id);
  derived.learn(learnt, place, id);
  derived.settle();
  for (const policy::Side& side : learnt.taking_part) add_side_.run(side);
  if (learnt.disputed) return is_other_list;
  if (const std::string sender = sender_of(learnt); !sender.empty()) people.learn(hash.of(sender), place, learnt, is_now);
  return domains.learn(learnt, place, id, is_now) || is_other_list;
}

bool Tables::replace(std::int64_t id, const Learnt& learnt) {
  const Learnt* known = records.learnt(id);
  if (known == nullptr) return false;
  const Learnt before = *known;
  const Place place = place_of(before);
  disputes.forget(before, place, id);
  derived.forget(before, place, id);
  const bool is_other_list = domains.forget(place, id);
  for (const policy::Side& side : before.taking_part) drop_side_.run(side);
  rewrite_.run(id, Bytes{encode_learnt(learnt)});
  records.let_go_of(id);
  disputes.learn(learnt, place, id);
  derived.learn(learnt, place, id);
  for (const policy::Side& side : learnt.taking_part) add_side_.run(side);
  tell_of_forgetting();
  if (learnt.disputed) return is_other_list;
  return domains.learn(learnt, place, id, false) || is_other_list;
}

bool Tables::forget(std::int64_t id) {
  const Learnt* known = records.learnt(id);
  if (known == nullptr) return false;
  const Learnt learnt = *known;
  const Place place = place_of(learnt);
  disputes.forget(learnt, place, id);
  derived.forget(learnt, place, id);
  for (const policy::Side& side : learnt.taking_part) drop_side_.run(side);
  drop_.run(id);
  records.let_go_of(id);
  if (const std::string sender = sender_of(learnt); !sender.empty()) people.forget(hash.of(sender));
  tell_of_forgetting();
  return domains.forget(place, id);
}

}  // namespace threadline::memory
