// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/external_sort.h"
#include "timeline/journal/heard.h"
#include "timeline/journal/row_entry.h"

namespace threadline::timeline::journal {

/// Where a row stands in the journal.
struct Place {
  std::uint64_t seq = 0;
  std::uint64_t offset = 0, first = 0;  ///< bytes: of the version that is shown; of the first, which says where the row was read
  std::uint64_t import = 0;             ///< that the version shown is from
  std::uint64_t context = 0;            ///< messages that it was judged among
  std::uint32_t length = 0, first_length = 0;
  RowEntry said;
};

/// Reads the entry of a place again; nothing: it cannot be read.
using EntryAt = std::function<std::optional<Entry>(const Place&)>;

/// The rows of a journal in their orders. However many there are, a fixed part of them is in memory: they are sorted on the disk
/// (base/external_sort.h), first by id, where each meets its later versions, then by what they are about, then as they are shown.
class Order {
 public:
  using Sink = std::function<bool(const Place&)>;

  /// `spool_folder`: for files without a name.
  explicit Order(const std::string& spool_folder);

  /// Each entry, in the order of the journal, after `heard` heard it.
  void hear(const Entry& entry, const Line& line, const Heard& heard);
  /// Finds for each row the version that is shown, and adds what this tells to `heard`: severities that changed, originals that
  /// are in evidence. Errors: there is no room to sort in.
  [[nodiscard]] Result<void> finish(Heard& heard, const EntryAt& entry_at);

  /// Rows of a tab as people read: by known_at, findings behind what they are about; without a time last.
  [[nodiscard]] Result<void> each(Tab tab, const Sink& sink) const;
  /// Rows of all tabs as docs/cli.md has them: known_at, source, id; without a time last.
  [[nodiscard]] Result<void> each_for_programs(const Sink& sink) const;

 private:
  [[nodiscard]] Result<void> settle(Heard& heard, const EntryAt& entry_at, ExternalSort& by_about);
  [[nodiscard]] Result<void> join(const ExternalSort& by_about);
  void pass_on(const Place& row, std::string_view source, ExternalSort& by_about);
  void add_in_order(const Place& row, const Place* event, std::string_view source);

  std::string spool_folder_;
  std::optional<ExternalSort> by_id_;  ///< until finish
  ExternalSort for_people_, for_programs_;
};

}  // namespace threadline::timeline::journal
