// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/column.h"
#include "base/result.h"
#include "base/scratch_file.h"
#include "base/short_hash.h"
#include "evidence/evidence.h"
#include "facts/facts.h"
#include "pipeline/pool.h"

namespace threadline::pipeline {

/// Where facts lie on a shelf.
struct [[gnu::packed]] Place {
  std::uint64_t at = 0;      ///< bytes from the beginning; of a shelf in memory: their number
  std::uint32_t length = 0;  ///< bytes; of a shelf in memory: 0
  std::uint64_t order = 0;   ///< of their item in the evidence
};

/// What a run keeps in memory of one message between reading and judging.
struct Entry {
  std::int64_t known_at = 0;  ///< seconds; the greatest where undated
  ShortDigest sha256{};
  ShortDigest identity{};  ///< what copies of one message are the same by (duplicates.h)
  Place place;
  std::uint32_t sides = 0;  ///< its number in a SideTally
  bool is_attached = false;
};

struct ShelfSettings {
  std::uint64_t memory_bytes = 32U << 20U;  ///< of the facts, as a guess of their bytes (wire.h), after which all go to a file
  std::string folder = "/tmp";              ///< of the file, which has no name there
  std::string unfinished = {};              ///< the name of a file from which an interrupted run goes on; empty: no such file
  std::string fingerprint = {};             ///< of all that facts depend on beside the message
  std::shared_ptr<ScratchFile> held = {};   ///< that file, where the caller opened and locked it: the shelf takes it
};

/// Where the facts of a run's messages lie until they are judged: in memory, or beyond a size in a file, of which each message
/// then takes 64 bytes of memory. Nothing that is read from it depends on where they lie.
/// A shelf with a name outlives a run that was killed: what was read then is not read again.
/// Errors: the file cannot be written or read; failure() says why from then on, and facts are empty.
/// Threads: one; after settle(), facts() and read() are for any number of them.
class Shelf {
 public:
  /// Errors: another program has the unfinished file open, or it cannot be made.
  [[nodiscard]] static Result<Shelf> open(const ShelfSettings& settings);

  ~Shelf();
  Shelf(Shelf&& other) noexcept;
  Shelf& operator=(Shelf&&) = delete;

  /// Called with the facts of each message as it comes onto the shelf; sets Entry::sides.
  std::function<void(const facts::Facts&, Entry&)> on_entry = {};

  /// The facts of one item, its order set. `encoded`: the same as a worker wrote them, or empty.
  void put(const evidence::Item* item, std::vector<facts::Facts>&& facts, const std::string& encoded = {});
  void put(Outcome&& outcome);
  /// Of a shelf in memory alone: facts that others may hold, too.
  void put_in_memory(std::shared_ptr<const facts::Facts> facts);
  /// Puts what an interrupted run read of that item. Answers false where it did not.
  [[nodiscard]] bool put_known(std::uint64_t order, const evidence::Item& item);
  /// Facts that come of others: of several copies.
  [[nodiscard]] Place put_made(std::shared_ptr<const facts::Facts> facts);

  /// What is kept in memory of them.
  [[nodiscard]] Entry entry_of(const facts::Facts& facts, const Place& place) const;

  [[nodiscard]] std::shared_ptr<const facts::Facts> facts(const Place& place) const;
  /// The same, read anew.
  [[nodiscard]] std::shared_ptr<const facts::Facts> read(const Place& place) const;
  [[nodiscard]] Column<Entry>& entries() { return entries_; }
  [[nodiscard]] bool is_in_memory() const { return !file_; }
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  /// Items that were read by an interrupted run; whether such a run left something of no use now.
  [[nodiscard]] std::uint64_t resumed() const { return resumed_; }
  [[nodiscard]] bool was_set_aside() const { return was_set_aside_; }
  /// All is on it: a file that cannot be written is told now.
  void settle();
  /// Facts that were read last are kept no longer.
  void let_go();
  /// The run has ended: the unfinished file goes.
  void finish();
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  struct [[gnu::packed]] Known {
    std::uint64_t key = 0, at = 0;
  };
  using FactsPointer = std::shared_ptr<const facts::Facts>;

  explicit Shelf(ShelfSettings settings);
  Result<void> open_unfinished();
  void read_unfinished();
  void enter(const facts::Facts& facts, const Place& place) { entries_.push_back(entry_of(facts, place)); }
  void put_in_file(std::uint64_t key, std::vector<facts::Facts>&& facts, const std::string& encoded);
  void leave_memory();
  void fail(const Error& error) const;

  ShelfSettings settings_;
  Column<Entry> entries_;
  std::vector<FactsPointer> in_memory_;
  std::uint64_t bytes_ = 0;
  mutable std::optional<ScratchFile> file_;
  mutable std::optional<Error> failure_;  ///< while there are several threads, under the lock of shared_

  Column<Known> known_;  ///< of an interrupted run, by key
  std::uint64_t resumed_ = 0;
  bool was_set_aside_ = false;

  struct Shared;
  std::unique_ptr<Shared> shared_;
};

}  // namespace threadline::pipeline
