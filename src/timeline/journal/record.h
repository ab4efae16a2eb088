// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "timeline/journal/case.h"
#include "timeline/journal/journal.h"

namespace threadline::timeline::journal {

/// The program, and the libraries and tables that a result depends on: name and version.
using Versions = std::vector<std::pair<std::string, std::string>>;

/// A row that a person writes.
struct Written {
  Tab tab = Tab::actions;
  std::string time, known_at, zone, time_text;  ///< RFC 3339 with offset, in UTC, as shown, as typed; empty: not stated
  std::string actor, action, comment, source;
  std::optional<Payment> payment;
};

/// A file that is copied into the case.
struct Attachment {
  std::string name, sha256, comment;
  std::uint64_t size = 0;
};

/// The answer of a time-stamping authority (RFC 3161).
struct Stamped {
  Head head;  ///< that it is about
  std::string time, serial, policy;
};

/// Each adds one entry, on the disk when it answers, and answers its number and the new head.
/// Errors: as Appender::open and Appender::add.
[[nodiscard]] Result<Head> open_case(const std::string& folder, const Opening& opening, const Versions& versions,
                                     const Stamp& stamp);
[[nodiscard]] Result<Head> write_row(const std::string& folder, const Written& written, const Stamp& stamp);
[[nodiscard]] Result<Head> note_row(const std::string& folder, std::uint64_t row, const std::string& text, const Stamp& stamp);
[[nodiscard]] Result<Head> strike_row(const std::string& folder, std::uint64_t row, const std::string& why, const Stamp& stamp);
[[nodiscard]] Result<Head> qualify_row(const std::string& folder, std::uint64_t row, const Remark& verdict, const Stamp& stamp);
/// The file is in DIR/evidence/<sha256> already (`keep_file`).
[[nodiscard]] Result<Head> attach_file(const std::string& folder, const Attachment& attachment, const Stamp& stamp);
/// Files the answer's bytes in DIR/timestamps first.
[[nodiscard]] Result<Head> file_timestamp(const std::string& folder, const Stamped& stamped, const std::string& bytes,
                                          const Stamp& stamp);

/// Copies a file into DIR/evidence under its digest, read-only; one that is there is not copied again.
/// Errors: it cannot be read, or the copy cannot be written.
[[nodiscard]] Result<Attachment> keep_file(const std::string& folder, const std::string& path);

}  // namespace threadline::timeline::journal
