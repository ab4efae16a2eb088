// SPDX-License-Identifier: Apache-2.0
#include "memory/derived.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/limits.h"
#include "base/text_map.h"
#include "text/fold.h"

namespace threadline::memory {
namespace {

constexpr std::size_t kKinds = 3;                 ///< of accounts: Kind
constexpr std::size_t kPeoplePassed = 1'000;      ///< of one number
constexpr std::size_t kRowsKept = 20'000;         ///< of accounts in this process's memory
constexpr std::size_t kFirstPlacesKept = 50'000;  ///< of names, numbers and bills in this process's memory

std::uint64_t both(std::uint64_t one, std::uint64_t other) {
  constexpr std::uint64_t kSpread = 0x9E37'79B9'7F4A'7C15;  // odd; the golden ratio in 64 bits
  return (one ^ (one >> 31U)) * kSpread ^ other;
}

/// Rows of one thing in the order in which they became known.
constexpr auto kByPlace = [](const auto& row) { return std::tuple(row.place, row.message, row.position); };

}  // namespace

// The last statements answer the first row behind a thing: rows of one thing stand together, the earliest first.
Derived::Derived(Database& database, const Sources& sources, Filling filling)
    : is_in_order_(filling == Filling::in_order),
      hash_(sources.hash),
      names_(sources.names),
      disputes_(sources.disputes),
      records_(sources.records),
      write_account_(database, "INSERT INTO account VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING"),
      write_bill_(database, "INSERT INTO bill VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"),
      write_phone_(database, "INSERT INTO phone VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING"),
      write_name_(database, "INSERT INTO name VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"),
      write_mailbox_(database, "INSERT INTO mailbox VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING"),
      drop_mailbox_(database, "DELETE FROM mailbox WHERE person = ?1 AND at = ?2 AND tie = ?3 AND message = ?4"),
      drop_account_(database,
                    "DELETE FROM account WHERE side = ?1 AND key = ?2 AND kind = ?3 AND (at, tie) >= (?4, ?5) "
                    "AND (message = ?6 OR ?6 = 0)"),
      drop_bill_(database,
                 "DELETE FROM bill WHERE invoice = ?1 AND key = ?2 AND (at, tie) >= (?3, ?4) AND (message = ?5 OR ?5 = 0)"),
      drop_phone_(database,
                  "DELETE FROM phone WHERE side = ?1 AND person = ?2 AND number = ?3 AND (at, tie) >= (?4, ?5) "
                  "AND (message = ?6 OR ?6 = 0)"),
      drop_name_(database,
                 "DELETE FROM name WHERE name = ?1 AND person = ?2 AND (at, tie) >= (?3, ?4) AND (message = ?5 OR ?5 = 0)"),
      accounts_(database,
                "SELECT at, tie, message, position, key, kind FROM account WHERE side = ?1 AND "
                "(key, kind, at, tie) > (?2, ?3, ?4, ?5) ORDER BY key, kind, at, tie, message LIMIT 1"),
      with_key_(database,
                "SELECT at, tie, message, position, side, kind FROM account WHERE key = ?1 AND "
                "(side, kind, at, tie) > (?2, ?3, ?4, ?5) AND (at, tie) < (?6, ?7) "
                "ORDER BY side, kind, at, tie, message LIMIT 1"),
      bills_(database,
             "SELECT at, tie, message, position, key, 0 FROM bill WHERE invoice = ?1 AND "
             "(key, at, tie) > (?2, ?4, ?5) ORDER BY key, at, tie, message LIMIT 1"),
      phones_(database,
              "SELECT at, tie, message, position, number, 0 FROM phone WHERE side = ?1 AND person = ?2 AND "
              "(number, at, tie) > (?3, ?4, ?5) ORDER BY number, at, tie, message LIMIT 1"),
      named_(database,
             "SELECT at, tie, message, 0, person, 0 FROM name WHERE name = ?1 AND "
             "(person, at, tie) > (?2, ?4, ?5) ORDER BY person, at, tie, message LIMIT 1"),
      signed_(database,
              "SELECT at, tie FROM phone WHERE side = ?1 AND person = ?2 AND number = ?3 ORDER BY at, tie, message LIMIT 1"),
      of_number_(database,
                 "SELECT at, tie, message, position, person, 0 FROM phone WHERE side = ?1 AND number = ?2 AND "
                 "(person, at, tie) > (?3, ?4, ?5) ORDER BY person, at, tie LIMIT 1"),
      find_name_(database, "SELECT at, tie FROM name WHERE name = ?1 AND person = ?2 ORDER BY at, tie, message LIMIT 1"),
      find_bill_(database, "SELECT at, tie FROM bill WHERE invoice = ?1 AND key = ?2 ORDER BY at, tie, message LIMIT 1") {}

void Derived::learn(const Learnt& learnt, Place place, std::int64_t message) { change(learnt, {place, message, true}); }
void Derived::forget(const Learnt& learnt, Place place, std::int64_t message) { change(learnt, {place, message, false}); }

/// Asked before the row of a message goes; `find` answers the thing's first.
void Derived::note_gap(const Gap& gap, Statement& find) {
  const bool is_first = find.step() && Place{find.number(0), find.number(1)} == gap.place;
  find.reset();
  if (is_first) gaps_.insert(gap);
  first_.erase(gap.thing);
}

void Derived::settle() {
  struct Wanted {
    Place from = kEnd;
    std::set<std::uint64_t> things;
  };
  std::map<std::uint64_t, Wanted> people;
  for (const Gap& gap : std::exchange(gaps_, {})) {
    if (const auto known = first_.find(gap.thing); known != first_.end() && known->second <= gap.place) continue;
    Wanted& wanted = people[gap.person];
    wanted.from = std::min(wanted.from, gap.place);
    wanted.things.insert(gap.thing);
  }
  for (auto& [person, wanted] : people) fill(person, wanted.from, std::move(wanted.things));
}

void Derived::fill(std::uint64_t person, Place from, std::set<std::uint64_t> things) {
  for (const std::int64_t id : records_.of_sender(person, from, kEnd)) {
    const bool was_kept = records_.is_kept(id);
    const Learnt* learnt = records_.learnt(id);
    if (learnt == nullptr || things.empty()) return;
    const Place place{learnt->known_at.seconds, tie_of(learnt->facts->sha256)};
    change_sender(*learnt, {place, id, true});
    std::erase_if(things, [&](std::uint64_t thing) {
      const auto known = first_.find(thing);
      return known != first_.end() && known->second <= place;
    });
    if (!was_kept && records_.is_full()) records_.let_go_of(id);
  }
}

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

/// Whether the row of a new thing may be written: below `most`, or before the latest of them, which `drop` takes out.
template <class Drop>
bool Derived::takes(const std::vector<Row>& known, Place place, std::size_t most, Drop drop) {
  if (known.size() < most) return true;
  const Row& latest = *std::ranges::max_element(known, {}, kByPlace);
  if (latest.place <= place) return false;
  drop(latest);
  return true;
}

bool Derived::stands(std::uint64_t thing, Place place, Statement& find) {
  if (first_.size() > kFirstPlacesKept) first_.clear();
  auto known = first_.find(thing);
  if (known == first_.end()) {
    if (find.step()) known = first_.emplace(thing, Place{find.number(0), find.number(1)}).first;
    find.reset();
  }
  if (known == first_.end()) return false;
  const bool is_earlier = known->second <= place;
  if (!is_earlier) known->second = place;
  return is_earlier;
}

void Derived::change_account(const policy::Side& side, std::uint64_t key, Kind kind, std::size_t position, const Change& change) {
  const auto [place, message, is_learning] = change;
  const std::uint64_t hash = hash_.of(side);
  const int number = static_cast<int>(kind);
  if (!is_learning) {
    drop_account_.run(hash, key, number, place.at, place.tie, message);
    return forget_account_rows(hash);
  }
  std::vector<Row> known = account_rows(hash);
  std::erase_if(known, [&](const Row& row) { return static_cast<Kind>(row.other) != kind; });
  const auto same = std::ranges::find(known, key, &Row::one);
  const bool is_first = same == known.end() || same->place > place;
  if (!is_first && is_in_order_) return;
  const auto drop = [&](const Row& row) { drop_account_.run(hash, row.one, number, kBeginning.at, kBeginning.tie, 0); };
  if (same == known.end() && !takes(known, place, Limits{}.known_accounts, drop)) return;
  write_account_.run(hash, key, number, place.at, place.tie, message, static_cast<std::uint64_t>(position));
  if (is_first) forget_account_rows(hash);
}

void Derived::change_written(const Learnt& learnt, const Change& change) {
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
      change_bill(hash_.of(side + '\n' + invoice.number), hash, found->second, change);
    }
  }
}

void Derived::change_bill(std::uint64_t invoice, std::uint64_t key, std::size_t position, const Change& change) {
  const auto [place, message, is_learning] = change;
  const std::uint64_t thing = both(invoice, key);
  const auto drop = [&](const Row& row) {
    drop_bill_.run(invoice, row.one, kBeginning.at, kBeginning.tie, 0);
    first_.erase(both(invoice, row.one));
  };
  if (!is_learning) {
    drop_bill_.run(invoice, key, place.at, place.tie, message);
    first_.erase(thing);
    return;
  }
  const bool is_known = stands(thing, place, find_bill_(invoice, key));
  if (is_known && is_in_order_) return;
  if (!first_.contains(thing) && !takes(first_rows(bills_, invoice), place, Limits{}.billed_accounts, drop)) return;
  write_bill_.run(invoice, key, place.at, place.tie, message, static_cast<std::uint64_t>(position));
  first_.try_emplace(thing, place);
}

void Derived::change_sender(const Learnt& learnt, const Change& change) {
  if (learnt.facts->from.empty()) return;
  const std::string address = text::ascii_lower(learnt.facts->from.front().address);
  const std::uint64_t person = hash_.of(address);
  if (!address.empty() && !learnt.sender_name_key.empty()) change_name(hash_.of(learnt.sender_name_key), person, change);
  if (learnt.side.empty()) return;
  const std::uint64_t side = hash_.of(learnt.side);
  const auto& phones = learnt.facts->phones;
  for (std::size_t at = 0; at < phones.size(); ++at) {
    const facts::Phone& phone = phones[at];
    if (phone.block >= 0 || !phone.in_signature || phone.kind == facts::PhoneKind::fax) continue;
    change_phone(side, person, at, hash_.of(phone.number), change);
  }
}

void Derived::change_name(std::uint64_t name, std::uint64_t person, const Change& change) {
  const auto [place, message, is_learning] = change;
  const std::uint64_t thing = both(name, person);
  const auto drop = [&](const Row& row) {
    drop_name_.run(name, row.one, kBeginning.at, kBeginning.tie, 0);
    first_.erase(both(name, row.one));
  };
  if (!is_learning) {
    note_gap({thing, person, place}, find_name_(name, person));
    drop_name_.run(name, person, place.at, place.tie, message);
    return;
  }
  if (stands(thing, place, find_name_(name, person))) return;
  if (!first_.contains(thing) && !takes(first_rows(named_, name), place, Limits{}.known_namesakes, drop)) return;
  write_name_.run(name, person, place.at, place.tie, message);
  first_.try_emplace(thing, place);
}

void Derived::change_phone(std::uint64_t side, std::uint64_t person, std::size_t position, std::uint64_t number,
                           const Change& change) {
  const auto [place, message, is_learning] = change;
  const std::uint64_t signer = both(side, person), thing = both(signer, number);
  const auto drop = [&](const Row& row) {
    drop_phone_.run(side, person, row.one, kBeginning.at, kBeginning.tie, 0);
    first_.erase(both(signer, row.one));
  };
  if (!is_learning) {
    note_gap({thing, person, place}, signed_(side, person, number));
    drop_phone_.run(side, person, number, place.at, place.tie, message);
    return;
  }
  if (stands(thing, place, signed_(side, person, number))) return;
  if (!first_.contains(thing) && !takes(phone_rows(side, person), place, Limits{}.known_numbers, drop)) return;
  write_phone_.run(side, person, number, place.at, place.tie, message, static_cast<std::uint64_t>(position));
  first_.try_emplace(thing, place);
}

std::vector<std::uint64_t> Derived::hashes_of(const policy::Side& side, std::string_view more) const {
  std::vector<std::uint64_t> hashes;
  for (const policy::Side& name : names_.all_stored(side)) hashes.push_back(hash_.of(name + std::string(more)));
  return hashes;
}

/// Of each thing the first row. `next` answers the statement that finds the one behind a row.
template <class Next>
std::vector<Derived::Row> Derived::first_rows(Next next, std::size_t most) {
  std::vector<Row> rows;
  Row last{
      .place = kBeginning, .one = static_cast<std::uint64_t>(kBeginning.at), .other = static_cast<std::uint64_t>(kBeginning.at)};
  while (rows.size() < most) {
    Statement& found = next(last);
    if (!found.step()) break;
    last = {{found.number(0), found.number(1)},
            found.number(2),
            static_cast<std::size_t>(found.number(3)),
            found.hash(4),
            found.hash(5)};
    found.reset();  // one that is left open holds the state that it sees, and the store could not be written any more
    rows.push_back(last);
    last.place = kEnd;
  }
  return rows;
}

std::vector<Derived::Row> Derived::first_rows(Statement& next, std::uint64_t hash) {
  return first_rows(
      [&](const Row& last) -> Statement& { return next(hash, last.one, last.other, last.place.at, last.place.tie); });
}

std::vector<Derived::Row> Derived::phone_rows(std::uint64_t side, std::uint64_t person) {
  return first_rows(
      [&](const Row& last) -> Statement& { return phones_(side, person, last.one, last.place.at, last.place.tie); });
}

const std::vector<Derived::Row>& Derived::account_rows(std::uint64_t side) {
  if (const auto found = account_rows_.find(side); found != account_rows_.end()) return found->second;
  if (rows_kept_ > kRowsKept) account_rows_.clear(), rows_kept_ = 0;
  auto& kept = account_rows_[side] = first_rows(accounts_, side);
  rows_kept_ += 1 + kept.size();
  return kept;
}

/// A row is written that is the first of an account, or goes.
void Derived::forget_account_rows(std::uint64_t side) {
  const auto found = account_rows_.find(side);
  if (found == account_rows_.end()) return;
  rows_kept_ -= 1 + found->second.size();
  account_rows_.erase(found);
}

/// Rows before that place, in the order of messages, then as the message has them.
std::vector<Derived::Row> Derived::known_before(std::vector<Row> rows, Place before, bool by_kind) {
  std::erase_if(rows, [&](const Row& row) { return row.place >= before; });
  std::ranges::sort(rows, {},
                    [&](const Row& row) { return std::tuple(row.place, row.message, by_kind ? row.other : 0, row.position); });
  return rows;
}

std::vector<Derived::Row> Derived::rows(Statement& next, const std::vector<std::uint64_t>& hashes, Place before) {
  std::vector<Row> rows;
  for (const std::uint64_t hash : hashes) std::ranges::copy(first_rows(next, hash), std::back_inserter(rows));
  return known_before(std::move(rows), before, false);
}

std::vector<Derived::Row> Derived::account_rows(const policy::Side& side, Place before) {
  std::vector<Row> rows;
  for (const std::uint64_t hash : hashes_of(side)) std::ranges::copy(account_rows(hash), std::back_inserter(rows));
  return known_before(std::move(rows), before, true);
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
  for (const Row& row : told_rows(account_rows(side, before))) {
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
  const auto all = account_rows(side, before);
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
  auto all = first_rows(
      [&](const Row& last) -> Statement& {
        return with_key_(hash, last.one, last.other, last.place.at, last.place.tie, before.at, before.tie);
      },
      kSidesOfOneAccount* kKinds);
  for (const Row& row : told_rows(known_before(std::move(all), before, true))) {  // row.one is the side
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

std::vector<KnownPhone> Derived::phones_of(const policy::Side& side, std::string_view address, Place before) {
  std::vector<KnownPhone> phones;
  const std::uint64_t person = hash_.of(address);
  if (disputes_.is_disputed(DisputeKind::address, person, before)) return phones;
  std::vector<Row> rows;
  for (const std::uint64_t hash : hashes_of(side)) std::ranges::copy(phone_rows(hash, person), std::back_inserter(rows));
  for (const Row& row : known_before(std::move(rows), before, false)) {
    const Learnt* learnt = records_.learnt(row.message);
    if (learnt == nullptr || row.position >= learnt->facts->phones.size() || learnt->facts->from.empty()) continue;
    phones.push_back({learnt->facts->phones[row.position], text::ascii_lower(learnt->facts->from.front().address),
                      learnt->sender_name_key, learnt->known_at, learnt->facts->message_id, learnt->facts->source});
  }
  return phones;
}

bool Derived::knows_number(const policy::Side& side, std::string_view number, Place before) {
  const std::uint64_t number_hash = hash_.of(number);
  for (const std::uint64_t hash : hashes_of(side)) {
    Row last{.place = kBeginning, .one = static_cast<std::uint64_t>(kBeginning.at)};
    std::size_t asked = 0;  // of those who signed before; who did later is passed over
    for (std::size_t people = 0; asked < kPeopleOfOneNumber && people < kPeoplePassed; ++people) {
      if (!of_number_(hash, number_hash, last.one, last.place.at, last.place.tie).step()) break;
      last = {.place = {of_number_.number(0), of_number_.number(1)}, .one = of_number_.hash(4)};
      if (last.place < before) ++asked;
      if (last.place < before && !disputes_.is_disputed(DisputeKind::address, last.one, before)) {
        of_number_.reset();
        return true;
      }
      last.place = kEnd;
    }
    of_number_.reset();
  }
  return false;
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
  for (const Row& row : rows(bills_, hashes_of(side, "\n" + std::string(number)), before)) {
    if (disputes_.is_disputed(DisputeKind::account, row.one, before)) continue;
    const Record* record = records_.record(row.message);
    if (record == nullptr || row.position >= record->facts->accounts.size()) continue;
    billed.push_back({record->facts->accounts[row.position], record->known_at, record->facts->message_id, record->facts->source});
  }
  return billed;
}

std::vector<std::uint64_t> Derived::named(std::string_view name_key, Place before) {
  std::vector<std::uint64_t> people;
  for (const Row& row : rows(named_, {hash_.of(name_key)}, before)) people.push_back(row.one);
  return people;
}

}  // namespace threadline::memory
