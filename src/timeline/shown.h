// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "threadline/row.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// The two tabs of the article: what the attacker did, what the responders did.
enum class Tab { timeline, actions };

/// What a person said about a row: a verdict, why it was struck, a note.
struct Remark {
  std::uint64_t entry = 0;  ///< of the journal
  std::string at, by;
  std::string as;    ///< of a verdict: "legitimate", "fraud", ...
  std::string text;  ///< why, or the note
  /// `at` as people read it where the case has a zone: "2018-04-05T14:40:00+02:00", "CEST"; empty: in UTC.
  std::string local = {}, zone = {};
};

/// A later import of the same evidence no longer told this row (another policy, more context). The row stays.
struct Gone {
  Remark import;               ///< when, by whom
  std::string policy;          ///< its path; empty: none
  std::uint64_t original = 0;  ///< of a quoted message: the row of the message itself, now in evidence; 0: not known
};

/// A later import told this row with another severity.
struct Regraded {
  Remark import;
  std::string policy, before, after;  ///< "high", "medium"
};

/// A transfer that was made (case add --kind payment), as the bank states it.
struct Payment {
  std::string amount, debited, credited, reference, payee_check;
};

/// A row with what people said about it: what every export shows.
struct ShownRow {
  Row row;  ///< in a case `row.row` is the number of its entry: it never changes
  std::optional<Remark> qualified, struck;
  std::vector<Remark> notes;
  std::optional<Gone> gone;
  std::vector<Regraded> regraded;
  std::optional<Payment> payment;
  std::string details_json;  ///< of a message with findings: hops, accounts, quoted history as in explain.md; empty: none
  bool is_private = false;   ///< its subject says that it is personal
};

/// A file of evidence, as received.
struct EvidenceFile {
  std::string path;
  std::uint64_t size = 0;
  std::string sha256;
  std::string custody;      ///< label, by whom, when, how
  std::uint64_t entry = 0;  ///< that brought it; 0: none
};

using RowSink = std::function<void(const ShownRow&)>;

/// What an export renders: of a case, or of one run. Rows come one by one: a million of them need no memory.
struct Exhibit {
  std::string title;
  Language language = Language::en;
  std::vector<EvidenceFile> evidence;
  std::vector<std::string> remarks;  ///< sentences about the journal: its head, where it is broken
  /// Rows of a tab in the order in which people read: findings behind what they are about.
  std::function<void(Tab, const RowSink&)> each_row;
  /// Rows of these tabs in the order that programs may rely on (docs/cli.md, Rows): known_at, source, id; without a time last.
  std::function<void(const std::vector<Tab>&, const RowSink&)> each_row_for_programs;
};

/// The rows of one run as an exhibit, with details by row id (message_details). `rows` and `details` must outlive it.
using Details = std::unordered_map<std::string, std::string>;
[[nodiscard]] Exhibit exhibit_of(const std::vector<Row>& rows, const Details& details, Language language);
Exhibit exhibit_of(const std::vector<Row>& rows, Details&& details, Language language) = delete;

/// What people and later imports said about the row, a line each.
[[nodiscard]] std::string remarks_on(const ShownRow& shown, Language language);
/// The comment with these lines.
[[nodiscard]] std::string comment_with_remarks(const ShownRow& shown, Language language);
/// "Barre par X le 05/04/2018 14:40 CEST : why".
[[nodiscard]] std::string struck_sentence(const Remark& struck, Language language);
/// "Qualified as "fraud" by X on 2018-04-05 12:40 UTC: why".
[[nodiscard]] std::string qualified_sentence(const Remark& verdict, Language language);
/// "No longer found by the import of X on 2018-04-05 12:40 UTC under policy p.json (entry 9)".
[[nodiscard]] std::string gone_sentence(const Gone& gone, Language language);
/// A row that counts: not struck, no person called it legitimate, and either the newest import tells it or a person said that
/// there is something to it.
[[nodiscard]] bool is_standing(const ShownRow& shown);

}  // namespace threadline::timeline
