// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "logs/chunks.h"
#include "logs/event.h"
#include "logs/wanted.h"

namespace threadline::logs {

/// What one account did from one address in one session within one hour; its sign-ins with each client apart. A stand-in for
/// thousands of records. Or a use: the first record of that session, address and client at any time, whatever was done.
struct Activity {
  std::string actor, ip, session, client;
  std::string family;     ///< of the client of sign-ins and uses (client_family); empty for what else was done
  std::string country;    ///< as a log states it
  std::int64_t hour = 0;  ///< since 1970; kUse: a use
  Instant first, last;
  std::vector<std::uint64_t> failed, deleted;  ///< digests of the records, each once, at most kRemembered
  std::vector<Event> firsts;                   ///< the first of each act that is remembered (is_remembered)

  static constexpr std::size_t kRemembered = 256;
  static constexpr std::int64_t kUse = -1;
  /// The first event of that act, or nothing.
  [[nodiscard]] const Event* first_of(Act act) const;
  void add(const Event& event, std::uint64_t digest, std::string_view record);
  void use(const Event& event, std::string_view record);
  void merge(Activity&& other);
};

/// Sign-ins, their failures, deletions and whole folders read: what activities are made of.
[[nodiscard]] bool is_remembered(Act act);

/// A record that could not be read, as it stands in the log.
struct Undecodable {
  std::uint64_t line = 0;
  std::string code;  ///< of base/notes.def
  std::string text;
};

/// Digest of a record's identity (0 where it has none), and what it tells: for counting each record once.
struct Counted {
  std::uint64_t digest = 0;
  Act act = Act::other;
};

/// What a chunk held.
struct Batch {
  std::vector<Event> kept;
  std::vector<Activity> activities;
  std::vector<Counted> records;
  std::uint64_t undecodable = 0;
  std::vector<Undecodable> shown;  ///< the first ones
  std::uint64_t undated = 0;       ///< records without a time that can be read
  std::uint64_t assumed = 0;       ///< records whose year or zone is assumed
};

/// What reading depends on beside the bytes.
struct Settings {
  Limits limits;
  Wanted wanted;
  Mappings mappings;
  std::shared_ptr<const text::Zone> zone;  ///< of times without one in mail logs, or nullptr: UTC
};

/// Reads chunks. One a thread. Never fails: what is no record is counted and shown.
class Reader {
 public:
  explicit Reader(std::shared_ptr<const Settings> settings);
  ~Reader();
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  [[nodiscard]] Batch read(const Chunk& chunk, const Layout& layout);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace threadline::logs
