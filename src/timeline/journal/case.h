// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "timeline/journal/journal.h"
#include "timeline/journal/verify.h"
#include "timeline/shown.h"

namespace threadline::timeline::journal {

/// What `case init` fixes for all who work on the case.
struct Opening {
  std::string title;
  std::vector<std::string> own_domains;
  Language language = Language::en;
  std::string zone;  ///< IANA name; empty: times of actions are shown in UTC
};

/// What the first entry says: without a replay of the whole journal. Errors: there is no case, or its first line is none.
[[nodiscard]] Result<Opening> opening_of(const std::string& folder);

/// The row that the last entry gives, which a person just wrote: without a replay of the whole journal.
/// Errors: it cannot be read; the last entry is evidence.
[[nodiscard]] Result<ShownRow> last_written(const std::string& folder, Language language);

/// A case as its journal tells it. Rows are in the journal, and their order is on the disk (order.h): memory does not grow with
/// them.
class Case {
 public:
  /// Replays the journal. Errors: there is none, it cannot be read, or there is no room in `spool_folder`. A broken chain is no
  /// error: `fault` names it, and every line that can be read counts.
  [[nodiscard]] static Result<Case> read(const std::string& folder, const std::string& spool_folder = "/tmp");
  Case(Case&&) noexcept;
  ~Case();

  [[nodiscard]] const Opening& opening() const;
  [[nodiscard]] const Head& head() const;
  [[nodiscard]] const std::optional<Fault>& fault() const;

  /// Rows of a tab in order: by known_at, findings behind what they are about; rows without a time last.
  void each_row(Tab tab, Language language, const RowSink& sink) const;
  /// Rows of these tabs in the order of docs/cli.md: known_at, source, id; rows without a time last.
  void each_row_for_programs(const std::vector<Tab>& tabs, Language language, const RowSink& sink) const;
  /// The number of the row that a person means: an entry's number, or at least 8 digits of a row's id.
  /// Errors: there is none, or several.
  [[nodiscard]] Result<std::uint64_t> row_named(const std::string& name) const;
  /// What exports render. `*this` must outlive it.
  [[nodiscard]] Exhibit exhibit(Language language) const;

 private:
  struct State;
  explicit Case(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace threadline::timeline::journal
