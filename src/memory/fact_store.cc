// SPDX-License-Identifier: Apache-2.0
#include "memory/fact_store.h"

#include <fmt/format.h>

#include <map>
#include <utility>

#include "memory/place.h"
#include "memory/postgresql_database.h"
#include "memory/schema.h"

namespace threadline::memory {
namespace {

constexpr int kBusyMs = 10'000;

class DatabaseFacts final : public FactStore {
 public:
  explicit DatabaseFacts(std::unique_ptr<Database> database)
      : database_(std::move(database)),
        find_(*database_, "SELECT 1 FROM fact WHERE key = ?1"),
        keep_(*database_, "INSERT INTO fact VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING"),
        keep_remark_(*database_, "INSERT INTO remark VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"),
        drop_remark_(*database_, "DELETE FROM remark WHERE key = ?1"),
        keep_log_(*database_, "INSERT INTO log_path VALUES (?1, ?2) ON CONFLICT DO NOTHING") {}
  ~DatabaseFacts() override { (void)DatabaseFacts::commit(); }

  Result<bool> enter(const Shard& shard, const std::string& evidence, const std::string& reading) override;
  bool holds(std::string_view key) override {
    const bool is_there = find_(Bytes{key}).step();
    find_.reset();
    return is_there;
  }
  void keep(const KeptFacts& facts) override {
    begin();
    keep_.run(facts.conversation, Bytes{facts.key}, facts.place, facts.known_at, tie_of(facts.sha256), Bytes{facts.body});
    if (was_entered_) drop_remark_.run(Bytes{facts.key});
  }
  void keep_remark(std::string_view key, std::uint64_t place, std::string_view body) override {
    begin();
    keep_remark_.run(Bytes{key}, place, Bytes{body});
  }
  void keep_log(std::string_view path, std::uint64_t place) override {
    begin();
    keep_log_.run(Bytes{path}, place);
  }
  Result<void> commit() override;
  Result<void> finish(const Shard& shard) override;

  std::vector<Shard> unfinished() override;
  std::string reading() override;
  Result<void> for_each(const std::function<bool(std::string_view body)>& each) override;
  Result<void> for_each_remark(const EachPlaced& each) override {
    return for_each_placed("SELECT place, body FROM remark ORDER BY place, key", each);
  }
  Result<void> for_each_log(const EachPlaced& each) override {
    return for_each_placed("SELECT place, path FROM log_path ORDER BY place, path", each);
  }
  Result<void> drop() override {
    database_->run(database_->dialect().drop_facts);
    return outcome();
  }

 private:
  void begin() {
    if (!is_writing_) is_writing_ = database_->run("BEGIN");
  }
  [[nodiscard]] Result<void> outcome() const {
    if (database_->failure()) return tl::unexpected(*database_->failure());
    return {};
  }
  Result<void> for_each_placed(const char* sql, const EachPlaced& each);

  std::unique_ptr<Database> database_;
  Statement find_, keep_, keep_remark_, drop_remark_, keep_log_;
  bool is_writing_ = false;
  bool was_entered_ = false;
};

Result<bool> DatabaseFacts::enter(const Shard& shard, const std::string& evidence, const std::string& reading) {
  Statement known(*database_, "SELECT 1 FROM shard WHERE number = ?1 AND of = ?2");
  was_entered_ = known(static_cast<int>(shard.number), static_cast<int>(shard.of)).step();
  known.reset();
  Statement write(*database_, "INSERT INTO shard VALUES (?1, ?2, ?3, ?4, 0) ON CONFLICT DO NOTHING");
  write.run(static_cast<int>(shard.number), static_cast<int>(shard.of), evidence, reading);
  Statement other(*database_, "SELECT evidence <> ?1 FROM shard WHERE evidence <> ?1 OR reading <> ?2 LIMIT 1");
  const bool is_other = other(evidence, reading).step();
  const bool is_evidence = is_other && other.number(0) != 0;
  other.reset();
  if (const auto done = outcome(); !done) return tl::unexpected(done.error());
  if (!is_other) return was_entered_;
  if (!was_entered_) {
    begin();  // else it would be sent with the next question, which does not come
    Statement leave(*database_, "DELETE FROM shard WHERE number = ?1 AND of = ?2 AND evidence = ?3 AND reading = ?4");
    leave.run(static_cast<int>(shard.number), static_cast<int>(shard.of), evidence, reading);
    (void)commit();
  }
  return tl::unexpected(Error{is_evidence ? "the store holds facts of other evidence"
                                          : "the store holds facts that were made with other options or another threadline",
                              database_->name(), "threadline memory purge --facts STORE drops them"});
}

Result<void> DatabaseFacts::commit() {
  if (is_writing_ && !database_->run("COMMIT")) database_->abandon();
  is_writing_ = false;
  return outcome();
}

Result<void> DatabaseFacts::finish(const Shard& shard) {
  begin();
  Statement done(*database_, "UPDATE shard SET done = 1 WHERE number = ?1 AND of = ?2");
  done.run(static_cast<int>(shard.number), static_cast<int>(shard.of));
  return commit();
}

std::vector<Shard> DatabaseFacts::unfinished() {
  std::map<std::uint32_t, std::vector<bool>> done;  // by the number of shards
  Statement read(*database_, "SELECT number, of, done FROM shard WHERE number BETWEEN 1 AND of ORDER BY of, number");
  read();
  while (read.step()) {
    auto& shards = done[static_cast<std::uint32_t>(read.number(1))];
    shards.resize(static_cast<std::size_t>(read.number(1)));
    shards[static_cast<std::size_t>(read.number(0)) - 1] = read.number(2) != 0;
  }
  std::vector<Shard> missing;
  for (const auto& [of, shards] : done) {
    const std::size_t before = missing.size();
    for (std::uint32_t at = 0; at < of; ++at) {
      if (!shards[at]) missing.push_back({at + 1, of});
    }
    if (missing.size() == before) return {};
  }
  return missing;
}

std::string DatabaseFacts::reading() {
  Statement read(*database_, "SELECT reading FROM shard ORDER BY of, number LIMIT 1");
  return read().step() ? std::string(read.bytes(0)) : std::string();
}

/// A cursor: the server sorts, and a few are in this process at a time (of a mail of 4 MB of text each may take 10).
Result<void> DatabaseFacts::for_each(const std::function<bool(std::string_view body)>& each) {
  database_->run("BEGIN; DECLARE facts NO SCROLL CURSOR FOR SELECT body FROM fact ORDER BY at, tie, key");
  Statement next(*database_, "FETCH 25 FROM facts");
  bool goes_on = true;
  for (bool is_any = true; is_any && goes_on;) {
    is_any = false;
    for (next(); goes_on && next.step();) {
      is_any = true;
      goes_on = each(next.bytes(0));
    }
  }
  next.reset();
  database_->run("COMMIT");
  return outcome();
}

Result<void> DatabaseFacts::for_each_placed(const char* sql, const EachPlaced& each) {
  Statement read(*database_, sql);
  read();
  while (read.step()) each(read.hash(0), read.bytes(1));
  return outcome();
}

}  // namespace

Result<std::unique_ptr<FactStore>> open_fact_store(const std::string& url, bool may_make, const Access& access) {
  if (!is_postgresql(url))
    return tl::unexpected(Error{"a file is no store for many machines", url, "postgresql://user@host/database"});
  auto database = open_store(url, may_make ? Database::Mode::create : Database::Mode::write, kBusyMs);
  if (!database) return tl::unexpected(database.error());
  note_access(**database, access);
  return std::make_unique<DatabaseFacts>(*std::move(database));
}

}  // namespace threadline::memory
