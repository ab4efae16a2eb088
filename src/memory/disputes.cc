// SPDX-License-Identifier: Apache-2.0
#include "memory/disputes.h"

#include "text/fold.h"

namespace threadline::memory {

Disputes::Disputes(Database& database, const KeyedHash& hash)
    : hash_(hash),
      read_(database, "SELECT kind, hash, at, tie FROM dispute ORDER BY kind, hash, at, tie"),
      write_(database, "INSERT INTO dispute VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING"),
      drop_(database, "DELETE FROM dispute WHERE kind = ?1 AND hash = ?2 AND at = ?3 AND tie = ?4 AND message = ?5") {
  load();
}

void Disputes::load() {
  for (auto& known : since_) known.clear();
  of_domains_.clear();
  learnt_domains_.clear();
  ++version_;
  read_();
  while (read_.step()) {
    const auto kind = static_cast<std::size_t>(read_.number(0));
    const Place place{read_.number(2), read_.number(3)};
    if (kind >= since_.size()) continue;
    since_[kind].emplace(read_.hash(1), place);  // the first comes first
    if (kind == static_cast<std::size_t>(DisputeKind::domain)) of_domains_.emplace(place, read_.hash(1));
  }
}

std::vector<std::uint64_t> Disputes::domains_between(Place from, Place before) const {
  std::vector<std::uint64_t> hashes;
  for (auto one = of_domains_.lower_bound({from, 0}); one != of_domains_.end() && one->first < before; ++one)
    hashes.push_back(one->second);
  return hashes;
}

template <class Each>
void Disputes::for_each(const Learnt& learnt, Each each) const {
  for (const std::string& one : learnt.disputed_addresses) each(DisputeKind::address, hash_.of(text::ascii_lower(one)));
  for (const std::string& one : learnt.disputed_domains) each(DisputeKind::domain, hash_.of(one));
  for (const std::string& one : learnt.disputed_accounts) each(DisputeKind::account, hash_.of(one));
}

void Disputes::learn(const Learnt& learnt, Place place, std::int64_t message) {
  for_each(learnt, [&](DisputeKind kind, std::uint64_t hash) {
    write_.run(static_cast<int>(kind), hash, place.at, place.tie, message);
    const auto [known, is_new] = since_[static_cast<std::size_t>(kind)].emplace(hash, place);
    if (!is_new && known->second <= place) return;
    known->second = place;
    if (kind != DisputeKind::domain) return;
    learnt_domains_.push_back(hash);
    of_domains_.emplace(place, hash);
  });
}

void Disputes::forget(const Learnt& learnt, Place place, std::int64_t message) {
  bool is_any = false;
  for_each(learnt, [&](DisputeKind kind, std::uint64_t hash) {
    drop_.run(static_cast<int>(kind), hash, place.at, place.tie, message);
    is_any = true;
  });
  if (is_any) load();
}

}  // namespace threadline::memory
