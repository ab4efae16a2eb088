// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace threadline::timeline::journal {

class Faults;

/// Who writes, and when: apps ask the clock and the environment (DESIGN rule 4).
struct Stamp {
  std::string at;  ///< RFC 3339 in UTC
  std::string by;
  bool despite_broken_chain = false;  ///< write behind a broken entry, too, and say in the journal that it is known
};

/// The last entry and the hash of its line: what is written down elsewhere.
struct Head {
  std::uint64_t seq = 0;
  std::string hash;
};

/// DIR/journal.jsonl
[[nodiscard]] std::string journal_path(const std::string& folder);

/// One line of the file, without its line end.
struct Line {
  std::string_view text;
  std::uint64_t offset = 0;
  bool is_torn = false;  ///< the last one, and its line end is missing
};

/// Calls `visit` for each line in order until it answers false. Memory is that of the longest line.
/// Errors: the file cannot be read.
[[nodiscard]] Result<void> for_each_line(const std::string& path, const std::function<bool(const Line&)>& visit);

/// The journal open for appending, locked against other writers until it is destroyed.
class Appender {
 public:
  /// Errors: no journal there; it cannot be opened or locked; its chain is broken where no entry says that this is known, and the
  /// stamp does not say to go on. A torn last line (a writer was killed) is put aside in DIR/torn first, and an entry says so;
  /// likewise each fault that is gone over. It reads the whole journal.
  [[nodiscard]] static Result<Appender> open(const std::string& folder, const Stamp& stamp);
  /// Makes the folder and its journal. Errors: there is one; it cannot be made.
  [[nodiscard]] static Result<Appender> create(const std::string& folder);
  Appender(Appender&&) noexcept;
  ~Appender();

  /// Adds an entry whose body is that JSON object; answers its number. It is on the disk after `flush`.
  /// Errors: it cannot be written; nothing of what was added since the last flush stays then.
  [[nodiscard]] Result<std::uint64_t> add(std::string_view type, std::string_view body_json, const Stamp& stamp);
  /// Errors: as add.
  [[nodiscard]] Result<void> flush();
  [[nodiscard]] const Head& head() const;

 private:
  struct State;
  explicit Appender(std::unique_ptr<State> state);
  [[nodiscard]] Result<void> say_what_was_found(const std::string& torn, const Faults& faults, const Stamp& stamp);
  std::unique_ptr<State> state_;
};

}  // namespace threadline::timeline::journal
