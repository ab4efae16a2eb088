// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "memory/file_store.h"

namespace threadline::memory {

/// Of `of` shards the `number`th, from 1 on.
struct Shard {
  std::uint32_t number = 1, of = 1;

  bool operator==(const Shard&) const = default;
};

/// What a shard keeps of one item of the evidence: bytes that pipeline alone reads.
struct KeptFacts {
  std::string key;                 ///< 16 bytes by which the item is known again: its place and content
  std::uint64_t conversation = 0;  ///< messages of one conversation lie in one partition
  std::uint64_t place = 0;         ///< in the evidence, from the first to the last
  std::int64_t known_at = 0;       ///< seconds: the order of judgement begins with it
  std::string sha256;              ///< and goes on with it
  std::string body;
};

/// The facts of a run that many machines share, in a PostgreSQL database (docs/many-machines.md). Many write at once, in any
/// order, and as often as they like: what is there is not written again. Threads: one at a time.
class FactStore {
 public:
  virtual ~FactStore() = default;

  /// Enters the shard. `evidence` and `reading` say of what and how facts are made. Answers whether it was entered before: then
  /// `holds` is to be asked. Errors: facts that other shards keep are of other evidence, or made otherwise.
  [[nodiscard]] virtual Result<bool> enter(const Shard& shard, const std::string& evidence, const std::string& reading) = 0;
  /// Whether the facts of that item are kept.
  [[nodiscard]] virtual bool holds(std::string_view key) = 0;
  virtual void keep(const KeptFacts& facts) = 0;
  /// Of an item without facts. It goes when facts of the same key come.
  virtual void keep_remark(std::string_view key, std::uint64_t place, std::string_view body) = 0;
  virtual void keep_log(std::string_view path, std::uint64_t place) = 0;
  /// Writes what was kept since the last time. Errors: the store could not be read or written.
  [[nodiscard]] virtual Result<void> commit() = 0;
  /// All of the shard's evidence was read.
  [[nodiscard]] virtual Result<void> finish(const Shard& shard) = 0;

  /// Shards that have not come to their end: none where for one number of shards all have.
  [[nodiscard]] virtual std::vector<Shard> unfinished() = 0;
  /// How the kept facts were made (enter); empty: there are none.
  [[nodiscard]] virtual std::string reading() = 0;
  /// In the order of judgement. `each` answers false to stop. Errors: as commit.
  [[nodiscard]] virtual Result<void> for_each(const std::function<bool(std::string_view body)>& each) = 0;
  using EachPlaced = std::function<void(std::uint64_t place, std::string_view body)>;
  /// By place.
  [[nodiscard]] virtual Result<void> for_each_remark(const EachPlaced& each) = 0;
  [[nodiscard]] virtual Result<void> for_each_log(const EachPlaced& each) = 0;
  /// Drops all of it.
  [[nodiscard]] virtual Result<void> drop() = 0;
};

/// Opens the store of that URL; makes it where it is not there and `may_make`. Errors: as open_file_store; a file.
[[nodiscard]] Result<std::unique_ptr<FactStore>> open_fact_store(const std::string& url, bool may_make, const Access& access);

}  // namespace threadline::memory
