// SPDX-License-Identifier: Apache-2.0
#include "memory/file_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>
#include <vector>

#include "memory/checkpointer.h"
#include "memory/postgresql_database.h"
#include "memory/sqlite_schema.h"
#include "memory/tables.h"
#include "text/fold.h"

namespace threadline::memory {
namespace {

constexpr std::size_t kBatch = 1'000;        ///< messages in one transaction
constexpr std::size_t kCommitsForSums = 16;  ///< sums that are not written yet are made anew from as many messages
constexpr std::int64_t kDay = 86'400;

class KeptStore final : public FileStore {
 public:
  KeptStore(std::unique_ptr<Database> database, const KeyedHash::Key& key, const StoreSettings& settings,
            Filling filling = Filling::any_order)
      : settings_(settings),
        tables_(std::move(database), key, filling),
        since_(*tables_.database, "SELECT id, at, tie, sender FROM message WHERE id > ?1 ORDER BY id"),
        version_(*tables_.database, tables_.database->dialect().data_version) {}
  ~KeptStore() override {
    if (!is_passing()) close();
  }

  void as_of(const Moment& moment) override {
    if (is_passing()) return go_to(kEnd, {});
    go_to({moment.known_at.seconds, tie_of(moment.sha256)}, moment.content);
  }
  void as_of_now(std::string_view content) override { go_to(kEnd, content); }
  void take_sides(const policy::Policy& policy) override {
    tables_.names = SideNames(policy);
    tables_.records.let_go(true);
  }
  void learn(Learnt learnt) override;
  Result<void> commit() override;
  Result<void> let_go() override;
  Result<std::uint64_t> expire(std::int64_t today) override;
  /// From here on the log is copied elsewhere; only where that fails for long (160 MB) it is done here.
  void leave_log_to_thread() {
    tables_.database->run("PRAGMA wal_autocheckpoint = 40000");
    checkpointer_ = std::make_unique<Checkpointer>(tables_.database->name());
  }
  void note(const Access& access) { note_access(*tables_.database, access); }
  bool holds(std::string_view content) const override { return tables_.id_of(content) != 0; }
  std::vector<SideCount> sides_taking_part() const override;
  std::uint64_t messages() const override {
    return static_cast<std::uint64_t>(tables_.database->number("SELECT count(*) FROM message").value_or(0));
  }

  const Record* by_message_id(std::string_view id) const override { return tables_.records.by_message_id(id, before_, itself_); }
  std::vector<const Record*> by_thread_guid(std::string_view guid, std::size_t most) const override {
    return tables_.records.by_thread_guid(guid, most, before_, itself_);
  }
  std::vector<const Record*> by_subject(std::string_view subject, std::size_t most) const override {
    return tables_.records.by_subject(subject, most, before_, itself_);
  }
  std::vector<const Record*> latest_of_mailbox(std::string_view address, std::size_t most) const override {
    return tables_.records.latest_of_mailbox(address, most, before_, itself_);
  }
  std::vector<KnownAccount> accounts_of(const policy::Side& side) const override {
    return tables_.derived.accounts_of(side, before_);
  }
  std::vector<KnownAccount> accounts_with_key(std::string_view key) const override {
    return tables_.derived.accounts_with_key(key, before_);
  }
  std::vector<KnownAccount> disputed_accounts_of(const policy::Side& side) const override {
    return tables_.derived.disputed_accounts_of(side, before_);
  }
  std::vector<KnownPhone> phones_of(const policy::Side& side, std::string_view address) const override {
    return tables_.derived.phones_of(side, text::ascii_lower(address), before_);
  }
  bool has_signed(const policy::Side& side, std::string_view address, std::string_view number) const override {
    return tables_.derived.has_signed(side, text::ascii_lower(address), number, before_);
  }
  bool knows_number(const policy::Side& side, std::string_view number) const override {
    return tables_.derived.knows_number(side, number, before_);
  }
  std::vector<BilledAccount> accounts_of_invoice(const policy::Side& side, std::string_view number) const override {
    return tables_.derived.accounts_of_invoice(side, number, before_);
  }
  const Correspondent* correspondent(std::string_view address) const override {
    return undisputed(tables_.hash.of(text::ascii_lower(address)));
  }
  const std::vector<KnownDomain>& domains() const override {
    if (!tables_.domains.is_begun()) (void)tables_.domains.go_to(before_);
    return tables_.domains.all();
  }
  std::vector<const Correspondent*> named(std::string_view name_key) const override;
  bool is_disputed_address(std::string_view address) const override {
    return is_disputed(DisputeKind::address, tables_.hash.of(text::ascii_lower(address)));
  }
  bool is_disputed_domain(std::string_view domain) const override {
    return is_disputed(DisputeKind::domain, tables_.hash.of(domain));
  }
  bool is_disputed_account(std::string_view key) const override {
    return is_disputed(DisputeKind::account, tables_.hash.of(key));
  }
  const KeyedHash* word_hash() const override { return &tables_.hash; }

 private:
  /// Nothing of it outlasts this process: there is one transaction, which never ends.
  [[nodiscard]] bool is_passing() const { return tables_.filling == Filling::in_order; }
  [[nodiscard]] bool is_now() const { return before_ == kEnd; }
  [[nodiscard]] bool is_disputed(DisputeKind kind, std::uint64_t hash) const {
    return tables_.disputes.is_disputed(kind, hash, before_);
  }
  [[nodiscard]] const Correspondent* undisputed(std::uint64_t person) const {
    return is_disputed(DisputeKind::address, person) ? nullptr : tables_.people.of(person, before_);
  }
  [[nodiscard]] std::int64_t data_version();
  /// The end of what sums may be saved of: dates beyond tomorrow are somebody's invention, undated messages come last.
  [[nodiscard]] Place end_of_today() const {
    return settings_.today > 0 ? Place{(settings_.today + 2) * kDay, 0} : Place{kEnd.at, 0};
  }

  void go_to(Place before, std::string_view content);
  void refresh();
  void begin_reading();
  void end_reading();
  bool begin();
  void save_sums(bool is_last);
  void close();

  StoreSettings settings_;
  std::unique_ptr<Checkpointer> checkpointer_;
  mutable Tables tables_;
  Statement since_, version_;
  Place before_ = kEnd;
  std::int64_t itself_ = 0;        ///< the message being judged, where it was learnt before
  std::int64_t seen_version_ = 0;  ///< none yet
  std::size_t in_batch_ = 0, commits_ = 0;
  bool is_writing_ = false, is_changed_ = false, is_reading_ = false;
};

std::int64_t KeptStore::data_version() {
  const std::int64_t version = version_().step() ? version_.number(0) : 0;
  version_.reset();
  return version;
}

void KeptStore::go_to(Place before, std::string_view content) {
  if (!is_writing_) {
    begin_reading();
    refresh();
  }
  tables_.records.let_go(false);
  if (is_writing_ && !is_passing() && tables_.people.is_full()) tables_.people.save(end_of_today());
  tables_.people.let_go(false);
  const bool goes_beyond_today = before_ < end_of_today() && before >= end_of_today() && before != kEnd;
  if (is_changed_ && goes_beyond_today && begin()) save_sums(true);
  before_ = before;
  itself_ = tables_.id_of(content);
  if (tables_.domains.go_to(before)) renumber();
}

/// Takes note of what other programs wrote. Nothing that was answered before is read after it.
void KeptStore::refresh() {
  const std::int64_t version = data_version();
  if (version == seen_version_) return;
  seen_version_ = version;
  tables_.disputes.load();
  tables_.derived.let_go();
  tables_.domains.look_again();
  if (const std::int64_t forgotten = tables_.times_forgotten(); forgotten != tables_.forgotten) {
    tables_.forgotten = forgotten;
    tables_.records.let_go(true), tables_.people.let_go(true), tables_.domains.let_go();
    renumber();
  }
  struct New {
    std::int64_t id;
    Place place;
    std::uint64_t sender;
  };
  std::vector<New> all;
  since_(tables_.newest_id);
  while (since_.step()) all.push_back({since_.number(0), {since_.number(1), since_.number(2)}, since_.hash(3)});
  for (const New& one : all) {
    tables_.newest_id = one.id;
    if (tables_.domains.count(one.place, one.id, is_now())) renumber();
    if (one.sender == 0 || !tables_.people.is_summed(one.sender, one.place)) continue;
    tables_.records.let_go(false);
    if (const Learnt* learnt = tables_.records.learnt(one.id)) tables_.people.count(one.sender, one.place, *learnt, is_now());
  }
}

/// What is learnt by others while a message is judged is counted when the next is: by refresh() alone, and so once.
void KeptStore::begin_reading() {
  end_reading();
  const char* read = tables_.database->dialect().read;
  is_reading_ = read != nullptr && tables_.database->run(read);
}

void KeptStore::end_reading() {
  if (is_reading_) tables_.database->run("COMMIT");
  is_reading_ = false;
}

bool KeptStore::begin() {
  if (!is_writing_) end_reading();
  if (is_writing_ || !settings_.may_write || !tables_.database->run(tables_.database->dialect().begin)) return is_writing_;
  refresh();
  is_writing_ = is_changed_ = true;
  return true;
}

void KeptStore::learn(Learnt learnt) {
  if (!begin()) return;
  if (tables_.learn(std::move(learnt), settings_.today, is_now())) renumber();
  if (!is_passing() && ++in_batch_ >= kBatch) (void)commit();
}

void KeptStore::save_sums(bool is_last) {
  tables_.people.save(end_of_today());
  tables_.domains.save(end_of_today(), is_last);
}

Result<void> KeptStore::commit() {
  end_reading();
  if (is_writing_ && !is_passing()) {
    if (++commits_ % kCommitsForSums == 0) save_sums(false);
    if (const auto version = end_writing(*tables_.database)) {
      if (*version != 0) seen_version_ = *version;
    } else {
      tables_.database->abandon();
    }
    is_writing_ = false;
    in_batch_ = 0;
  }
  if (tables_.database->failure()) return tl::unexpected(*tables_.database->failure());
  return {};
}

void KeptStore::close() {
  if (is_changed_ && begin()) save_sums(true);
  (void)commit();
}

Result<void> KeptStore::let_go() {
  if (is_passing()) return commit();
  close();
  is_changed_ = false;
  tables_.records.let_go(true), tables_.people.let_go(true), tables_.derived.let_go(), tables_.domains.let_go();
  renumber();
  if (const char* shrink = tables_.database->dialect().shrink) tables_.database->run(shrink);
  return commit();
}

std::vector<SideCount> KeptStore::sides_taking_part() const {
  std::vector<SideCount> counts;
  Statement read(*tables_.database, "SELECT side, messages FROM side_count WHERE messages > 0 ORDER BY side");
  read();
  while (read.step()) counts.push_back({std::string(read.bytes(0)), static_cast<std::uint64_t>(read.number(1))});
  return counts;
}

std::vector<const Correspondent*> KeptStore::named(std::string_view name_key) const {
  std::vector<const Correspondent*> people;
  if (name_key.empty()) return people;
  for (const std::uint64_t hash : tables_.derived.named(name_key, before_)) {
    if (const Correspondent* person = undisputed(hash)) people.push_back(person);
  }
  return people;
}

Result<std::uint64_t> KeptStore::expire(std::int64_t today) {
  settings_.today = today;
  const std::int64_t first_day = today - static_cast<std::int64_t>(settings_.retention_days);
  std::vector<std::int64_t> old;
  if (settings_.retention_days > 0 && today > 0) {
    Statement read(*tables_.database, "SELECT id FROM message WHERE day > 0 AND day < ?1");
    read(first_day);
    while (read.step()) old.push_back(read.number(0));
  }
  if (!old.empty() && begin()) {
    for (const std::int64_t id : old) (void)tables_.forget(id);
    tables_.drop_unused();
    renumber();
  }
  if (const auto done = commit(); !done) return tl::unexpected(done.error());
  return old.size();
}

}  // namespace

Result<std::unique_ptr<FileStore>> open_file_store(const std::string& name, const StoreSettings& settings) {
  auto database = open_store(name, settings.may_write ? Database::Mode::create : Database::Mode::read, settings.busy_ms);
  if (!database) return tl::unexpected(database.error());
  const auto key = key_of(**database);
  if (!key) return tl::unexpected(key.error());
  auto store = std::make_unique<KeptStore>(*std::move(database), *key, settings);
  if (settings.may_write) {
    store->note(settings.access);
    if (const auto expired = store->expire(settings.today); !expired) return tl::unexpected(expired.error());
  }
  if (const auto opened = store->commit(); !opened) return tl::unexpected(opened.error());
  if (settings.is_awaited && settings.may_write && !is_postgresql(name)) store->leave_log_to_thread();
  return std::unique_ptr<FileStore>(std::move(store));
}

Result<std::unique_ptr<Store>> open_passing_store(const std::string& folder) {
  std::string name = folder + "/threadline-XXXXXX";
  const int made = ::mkostemp(name.data(), O_CLOEXEC);
  if (made < 0) return tl::unexpected(Error{std::string("cannot be written: ") + std::strerror(errno), folder, {}});
  ::close(made);
  auto database = open_store(name, Database::Mode::create, 0);
  const auto key = database ? key_of(**database) : tl::unexpected(database.error());
  if (!key) {
    ::unlink(name.c_str());
    return tl::unexpected(key.error());
  }
  let_pass(**database);
  ::unlink(name.c_str());
  auto store = std::make_unique<KeptStore>(*std::move(database), *key, StoreSettings{}, Filling::in_order);
  if (const auto opened = store->commit(); !opened) return tl::unexpected(opened.error());
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace threadline::memory
