// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "timeline/journal/awaited.h"
#include "timeline/journal/record.h"
#include "timeline/judged.h"

namespace threadline::timeline::journal {

/// How evidence was collected.
struct Custody {
  std::string label, by, at, method;
};

/// What one run of scan brings.
struct Import {
  std::vector<EvidenceFile> evidence;   ///< as received
  std::vector<std::string> read_again;  ///< digests of files of its own earlier imports that this run judged, too
  Custody custody;
  std::string policy_path, policy_sha256;  ///< empty: none
  std::vector<std::string> own_domains;    ///< of the command line or the case, or inferred
  Versions versions;
  std::uint64_t messages = 0;                ///< read by this run
  std::optional<std::uint64_t> context;      ///< messages that it was judged among: of all imports that taught the case's memory
  const std::vector<Row>* french = nullptr;  ///< all rows of the run, in both languages, in one order
  const std::vector<Row>* english = nullptr;
  std::unordered_map<std::string, std::string> details;    ///< of messages with findings, by row id (message_details)
  std::unordered_set<std::string> personal;                ///< row ids of messages that say that they are personal
  std::unordered_map<std::string, std::string> originals;  ///< id of a quoted row -> that of the message itself
  std::unordered_map<std::string, Writing> quotes;         ///< of quoted rows, by id
  std::unordered_map<std::string, Writing> written;        ///< of messages without a finding of high or more, by row id
};

/// What the journal took.
struct Imported {
  std::uint64_t rows = 0, revisions = 0, known = 0;
  std::uint64_t not_found = 0, found_again = 0;  ///< rows of earlier imports that this one does not tell, or tells again
  std::uint64_t judged_without = 0;              ///< evidence files of earlier imports that this run did not know
  std::uint64_t logs_apart = 0;  ///< those whose mails and this run's logs were not joined, or the other way round
  bool is_repeated = false;      ///< nothing new, and the same import was made before: no entry was added
  Head head;
};

/// Adds an `import` entry, a `row` for each row that the case does not know, and a `revision` for each known one that says
/// something else than what is shown. Findings and quoted messages that earlier imports told of these messages, and this one,
/// which read as many or more, does not, get a `not_found` each, or a `found_again` when they come back: nothing is removed.
/// Errors: as Appender::open and Appender::add.
[[nodiscard]] Result<Imported> import_rows(const std::string& folder, const Import& import, const Stamp& stamp);

/// Fills `details`, `personal`, `originals`, `quotes` and `written` from what a run judged: hops, accounts and quoted history of
/// each message with a finding of medium or more; messages whose subject says "personnel", "priv\u00e9" or the like.
void describe_messages(Import& import, const std::vector<Judged>& judged);

}  // namespace threadline::timeline::journal
