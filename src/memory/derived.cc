// SPDX-License-Identifier: Apache-2.0
#include "memory/derived.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text_map.h"
#include "text/fold.h"

namespace threadline::memory {
namespace {

constexpr std::size_t kSidesOfOneAccount = 20;  ///< the first, which accounts_with_key names
constexpr std::size_t kRowsKept = 20'000;       ///< places of telephone numbers in this process's memory, and one side's

/// The statement that adds a row of a table. In order, only the first of a thing is written, which `thing` finds.
std::string adding(Filling filling, std::string_view table, std::string_view values, std::string_view thing) {
  if (filling == Filling::any_order) return fmt::format("INSERT INTO {} VALUES ({}) ON CONFLICT DO NOTHING", table, values);
  return fmt::format("INSERT OR IGNORE INTO {0} SELECT {1} WHERE NOT EXISTS (SELECT 1 FROM {0} WHERE {2})", table, values, thing);
}

}  // namespace

// The last statements answer the first row behind a thing: rows of one thing stand together, the earliest first.
Derived::Derived(Database& database, const Sources& sources, Filling filling)
    : hash_(sources.hash),
      names_(sources.names),
      disputes_(sources.disputes),
      records_(sources.records),
      write_account_(database,
                     adding(filling, "account", "?1, ?2, ?3, ?4, ?5, ?6, ?7", "side = ?1 AND key = ?2 AND kind = ?3").c_str()),
      write_bill_(database, adding(filling, "bill", "?1, ?2, ?3, ?4, ?5, ?6", "invoice = ?1 AND key = ?2").c_str()),
      write_phone_(database,
                   adding(filling, "phone", "?1, ?2, ?3, ?4, ?5, ?6, ?7", "side = ?1 AND person = ?2 AND number = ?3").c_str()),
      write_name_(database, adding(filling, "name", "?1, ?2, ?3, ?4, ?5", "name = ?1 AND person = ?2").c_str()),
      write_mailbox_(database, "INSERT INTO mailbox VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"),
      drop_mailbox_(database, "DELETE FROM mailbox WHERE person = ?1 AND at = ?2 AND tie = ?3 AND message = ?4"),
      drop_account_(database,
                    "DELETE FROM account WHERE side = ?1 AND key = ?2 AND kind = ?3 AND at = ?4 AND tie = ?5 "
                    "AND message = ?6"),
      drop_bill_(database, "DELETE FROM bill WHERE invoice = ?1 AND key = ?2 AND at = ?3 AND tie = ?4 AND message = ?5"),
      drop_phone_(database,
                  "DELETE FROM phone WHERE side = ?1 AND person = ?2 AND number = ?3 AND at = ?4 AND tie = ?5 "
                  "AND message = ?6"),
      drop_name_(database, "DELETE FROM name WHERE name = ?1 AND person = ?2 AND at = ?3 AND tie = ?4 AND message = ?5"),
      accounts_(database,
                "SELECT at, tie, message, position, key, kind FROM account WHERE side = ?1 AND "
                "(key, kind, at, tie) > (?2, ?3, ?4, ?5) ORDER BY key, kind, at, tie, message LIMIT 1"),
      with_key_(database,
                "SELECT at, tie, message, position, side, kind FROM account WHERE key = ?1 AND "
                "(side, kind, at, tie) > (?2, ?3, ?4, ?5) ORDER BY side, kind, at, tie, message LIMIT 1"),
      bills_(database,
             "SELECT at, tie, message, position, key, 0 FROM bill WHERE invoice = ?1 AND "
             "(key, at, tie) > (?2, ?4, ?5) ORDER BY key, at, tie, message LIMIT 1"),
      phones_(database,
              "SELECT at, tie, message, position, person, number FROM phone WHERE side = ?1 AND "
              "(person, number, at, tie) > (?2, ?3, ?4, ?5) ORDER BY person, number, at, tie, message LIMIT 1"),
      named_(database,
             "SELECT at, tie, message, 0, person, 0 FROM name WHERE name = ?1 AND "
             "(person, at, tie) > (?2, ?4, ?5) ORDER BY person, at, tie, message LIMIT 1"),
      signed_(database,
              "SELECT at, tie FROM phone WHERE side = ?1 AND person = ?2 AND number = ?3 ORDER BY at, tie, message LIMIT 1") {}

void Derived::learn(const Learnt& learnt, Place place, std::int64_t message) { change(learnt, {place, message, true}); }
void Derived::forget(const Learnt& learnt, Place place, std::int64_t message) { change(learnt, {place, message, false}); }

void Derived::change(const Learnt& learnt, const Change& change) {
  for (const auto& [index, side] : learnt.presented_quoted) {
    if (index >= learnt.facts->accounts.size() || side.empty()) continue;
    change_account(side, hash_.of(account_key(learnt.facts->accounts[index])), Kind::quoted, index, change);
  }
  change_written(learnt, change);
  for (const std::string& mailbox : learnt.mailboxes)
    (change.is_learning ? write_mailbox_ : drop_mailbox_)
        .run(hash_.of(mailbox), change.place.at, change.place.tie, change.message);
  if (!learnt.disputed) change_sender(learnt, change);
}

void Derived::change_account(const policy::Side& side, std::uint64_t key, Kind kind, std::size_t position, const Change& change) {
  const auto [place, message, is_learning] = change;
  if (is_learning) {
    write_account_.run(hash_.of(side), key, static_cast<int>(kind), place.at, place.tie, message,
                       static_cast<std::uint64_t>(position));
  } else {
    drop_account_.run(hash_.of(side), key, static_cast<int>(kind), place.at, place.tie, message);
  }
}

void Derived::change_written(const Learnt& learnt, const Change& change) {
  const auto [place, message, is_learning] = change;
  TextMap<std::size_t> written;
  const auto& accounts = learnt.facts->accounts;
  for (std::size_t at = 0; at < accounts.size(); ++at) {
    if (accounts[at].block < 0) written.try_emplace(account_key(accounts[at]), at);
  }
  for (const auto& [key, side] : learnt.presented) {
    const auto found = written.find(key);
    if (found == written.end() || side.empty()) continue;
    const std::uint64_t hash = hash_.of(key);
    change_account(side, hash, learnt.disputed ? Kind::of_disputed_message : Kind::real, found->second, change);
    for (const facts::Invoice& invoice : learnt.facts->invoices) {
      if (invoice.block >= 0 || learnt.disputed) continue;
      const std::uint64_t bill = hash_.of(side + '\n' + invoice.number);
      if (is_learning)
        write_bill_.run(bill, hash, place.at, place.tie, message, static_cast<std::uint64_t>(found->second));
      else
        drop_bill_.run(bill, hash, place.at, place.tie, message);
    }
  }
}

void Derived::change_sender(const Learnt& learnt, const Change& change) {
  if (learnt.facts->from.empty()) return;
  const auto [place, message, is_learning] = change;
  const std::string address = text::ascii_lower(learnt.facts->from.front().address);
  const std::uint64_t person = hash_.of(address);
  if (!address.empty() && !learnt.sender_name_key.empty())
    (is_learning ? write_name_ : drop_name_).run(hash_.of(learnt.sender_name_key), person, place.at, place.tie, message);
  if (learnt.side.empty()) return;
  const std::uint64_t side = hash_.of(learnt.side);
  const auto& phones = learnt.facts->phones;
  for (std::size_t at = 0; at < phones.size(); ++at) {
    const facts::Phone& phone = phones[at];
    if (phone.block >= 0 || !phone.in_signature || phone.kind == facts::PhoneKind::fax) continue;
    const std::uint64_t number = hash_.of(phone.number);
    forget_phone_rows(side, person, number, is_learning ? place : kBeginning);
    if (is_learning)
      write_phone_.run(side, person, number, place.at, place.tie, message, static_cast<std::uint64_t>(at));
    else
      drop_phone_.run(side, person, number, place.at, place.tie, message);
  }
}

std::vector<std::uint64_t> Derived::hashes_of(const policy::Side& side, std::string_view more) const {
  std::vector<std::uint64_t> hashes;
  for (const policy::Side& name : names_.all_stored(side)) hashes.push_back(hash_.of(name + std::string(more)));
  return hashes;
}

/// Of each thing the first row.
std::vector<Derived::Row> Derived::first_rows(Statement& next, std::uint64_t hash) {
  std::vector<Row> rows;
  Row last{
      .place = kBeginning, .one = static_cast<std::uint64_t>(kBeginning.at), .other = static_cast<std::uint64_t>(kBeginning.at)};
  while (next(hash, last.one, last.other, last.place.at, last.place.tie).step()) {
    last = {
        {next.number(0), next.number(1)}, next.number(2), static_cast<std::size_t>(next.number(3)), next.hash(4), next.hash(5)};
    rows.push_back(last);
    last.place = kEnd;
  }
  return rows;
}

const std::vector<Derived::Row>& Derived::phone_rows(std::uint64_t side) {
  if (const auto found = phone_rows_.find(side); found != phone_rows_.end()) return found->second;
  if (rows_kept_ > kRowsKept) let_go();
  auto& kept = phone_rows_[side] = first_rows(phones_, side);
  rows_kept_ += 1 + kept.size();
  return kept;
}

/// A row of that number is written or goes: what is kept of its side stands only where an earlier row is the first.
void Derived::forget_phone_rows(std::uint64_t side, std::uint64_t person, std::uint64_t number, Place place) {
  const auto found = phone_rows_.find(side);
  if (found == phone_rows_.end()) return;
  const bool stands = std::ranges::any_of(
      found->second, [&](const Row& row) { return row.one == person && row.other == number && row.place < place; });
  if (stands) return;
  rows_kept_ -= 1 + found->second.size();
  phone_rows_.erase(found);
}

/// Of each thing the first row, where it stands before that place; in the order of messages, then as the message has them.
std::vector<Derived::Row> Derived::rows(Statement& next, const std::vector<std::uint64_t>& hashes, Place before, bool by_kind) {
  std::vector<Row> rows;
  for (const std::uint64_t hash : hashes) {
    const auto take = [&](const std::vector<Row>& all) {
      std::ranges::copy_if(all, std::back_inserter(rows), [&](const Row& row) { return row.place < before; });
    };
    if (&next == &phones_)
      take(phone_rows(hash));
    else
      take(first_rows(next, hash));
  }
  std::ranges::sort(rows, {},
                    [&](const Row& row) { return std::tuple(row.place, row.message, by_kind ? row.other : 0, row.position); });
  return rows;
}

/// Each account (of each side) once, at its first place; told by a real message where there is one.
std::vector<Derived::Row> Derived::told_rows(std::vector<Row> rows) const {
  std::vector<Row> told;
  std::map<std::uint64_t, std::size_t> places;
  for (const Row& row : rows) {
    const Kind kind = static_cast<Kind>(row.other);
    if (kind == Kind::of_disputed_message) continue;
    const auto [place, is_new] = places.try_emplace(row.one, told.size());
    if (is_new)
      told.push_back(row);
    else if (static_cast<Kind>(told[place->second].other) == Kind::quoted && kind == Kind::real)
      told[place->second] = row;
  }
  return told;
}

void Derived::add_account(std::vector<KnownAccount>& accounts, const Row& row, const policy::Side& side) {
  const Record* record = records_.record(row.message);
  if (record == nullptr || row.position >= record->facts->accounts.size()) return;
  const facts::Account& account = record->facts->accounts[row.position];
  accounts.push_back({.key = account_key(account),
                      .account = account,
                      .side = side,
                      .since = record->known_at,
                      .message_id = record->facts->message_id,
                      .source = record->facts->source,
                      .from_quote = static_cast<Kind>(row.other) == Kind::quoted});
}

std::vector<KnownAccount> Derived::accounts_of(const policy::Side& side, Place before) {
  std::vector<KnownAccount> accounts;
  for (const Row& row : told_rows(rows(accounts_, hashes_of(side), before, true))) {
    if (!disputes_.is_disputed(DisputeKind::account, row.one, before)) add_account(accounts, row, side);
  }
  return accounts;
}

std::vector<KnownAccount> Derived::disputed_accounts_of(const policy::Side& side, Place before) {
  std::vector<KnownAccount> accounts;
  const auto add = [&](const Row& row) {
    const bool is_quoted = static_cast<Kind>(row.other) == Kind::quoted;
    if (!is_quoted && disputes_.is_disputed(DisputeKind::account, row.one, before)) add_account(accounts, row, side);
  };
  const auto all = rows(accounts_, hashes_of(side), before, true);
  std::ranges::for_each(told_rows(all), add);
  for (const Row& row : all) {
    if (static_cast<Kind>(row.other) == Kind::of_disputed_message) add(row);
  }
  return accounts;
}

std::vector<KnownAccount> Derived::accounts_with_key(std::string_view key, Place before) {
  std::vector<KnownAccount> accounts;
  const std::uint64_t hash = hash_.of(key);
  if (disputes_.is_disputed(DisputeKind::account, hash, before)) return accounts;
  for (const Row& row : told_rows(rows(with_key_, {hash}, before, true))) {  // row.one is the side
    const Learnt* learnt = records_.learnt(row.message);
    if (learnt == nullptr || accounts.size() >= kSidesOfOneAccount) break;
    policy::Side side;
    for (const auto& [one, presented_for] : learnt->presented) {
      if (hash_.of(presented_for) == row.one) side = presented_for;
    }
    for (const auto& [index, presented_for] : learnt->presented_quoted) {
      if (hash_.of(presented_for) == row.one) side = presented_for;
    }
    side = names_.named(side);
    if (std::ranges::find(accounts, side, &KnownAccount::side) == accounts.end()) add_account(accounts, row, side);
  }
  return accounts;
}

std::vector<KnownPhone> Derived::phones_of(const policy::Side& side, Place before) {
  std::vector<KnownPhone> phones;
  for (const Row& row : rows(phones_, hashes_of(side), before, false)) {
    if (disputes_.is_disputed(DisputeKind::address, row.one, before)) continue;
    const Learnt* learnt = records_.learnt(row.message);
    if (learnt == nullptr || row.position >= learnt->facts->phones.size() || learnt->facts->from.empty()) continue;
    phones.push_back({learnt->facts->phones[row.position], text::ascii_lower(learnt->facts->from.front().address),
                      learnt->sender_name_key, learnt->known_at, learnt->facts->message_id, learnt->facts->source});
  }
  return phones;
}

bool Derived::has_signed(const policy::Side& side, std::string_view address, std::string_view number, Place before) {
  const std::uint64_t person = hash_.of(address), number_hash = hash_.of(number);
  if (disputes_.is_disputed(DisputeKind::address, person, before)) return false;
  return std::ranges::any_of(hashes_of(side), [&](std::uint64_t hash) {
    const bool is_there = signed_(hash, person, number_hash).step() && Place{signed_.number(0), signed_.number(1)} < before;
    signed_.reset();
    return is_there;
  });
}

std::vector<BilledAccount> Derived::accounts_of_invoice(const policy::Side& side, std::string_view number, Place before) {
  std::vector<BilledAccount> billed;
  for (const Row& row : rows(bills_, hashes_of(side, "\n" + std::string(number)), before, false)) {
    if (disputes_.is_disputed(DisputeKind::account, row.one, before)) continue;
    const Record* record = records_.record(row.message);
    if (record == nullptr || row.position >= record->facts->accounts.size()) continue;
    billed.push_back({record->facts->accounts[row.position], record->known_at, record->facts->message_id, record->facts->source});
  }
  return billed;
}

std::vector<std::uint64_t> Derived::named(std::string_view name_key, Place before) {
  std::vector<std::uint64_t> people;
  for (const Row& row : rows(named_, {hash_.of(name_key)}, before, false)) people.push_back(row.one);
  return people;
}

}  // namespace threadline::memory
