// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "facts/conversation/conversation.h"
#include "facts/conversation/lines.h"

namespace threadline::facts {

/// What stands before a quoted message and says whose it is.
struct Introduction {
  std::size_t first = 0, last = 0;  ///< lines
  std::size_t begin = 0;            ///< in the text, where words stand before it on its first line; else 0
  QuoteForm form = QuoteForm::header_block;
  message::Address from;
  std::optional<message::Address> on_behalf_of;
  std::vector<message::Address> to, cc;
  std::string subject;
  std::string date_text;
  std::optional<Stamp> date;
  std::string style;            ///< QuotedBlock::style
  bool wrong_weekday = false;   ///< QuotedBlock::wrong_weekday
  bool behind = false;          ///< an attribution that stands behind what it quotes
  bool separator_only = false;  ///< "-----Original Message-----" alone
  bool is_sent = false;         ///< its date's label says that it was sent ("Sent:", as Outlook and those like it write)
};

/// Sets `label` and `value` of all lines.
void mark_labels(const ReadText& body, std::vector<Line>& lines);

/// The introductions of a body, in order, none overlapping; at most `most` and the one that shows that there are more.
/// Linear: each line is looked at a bounded number of times.
[[nodiscard]] std::vector<Introduction> find_introductions(const ReadText& body, const std::vector<Line>& lines,
                                                           int carrier_offset_minutes, std::size_t most);

/// A block of "Label: value" lines that begins at that line ("From: / Sent: / To: / Subject:"). `announced`: right behind a
/// separator, where less is enough.
[[nodiscard]] std::optional<Introduction> header_block_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                                          bool announced, int carrier_offset_minutes);
/// The block of Notes whose labels stand alone, their values on the same line behind a tab or on the next ones: a sender with his
/// address, a date with its time, "Pour", "cc", "Objet".
[[nodiscard]] std::optional<Introduction> stacked_block_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                                           int carrier_offset_minutes);
/// What stands right before a line: nothing that counts, a line drawn across the page, or "-----Original Message-----".
enum class Above { nothing, rule, separator };
/// Labels and values glued on one line, with a separator on it (Yahoo: "----- Forwarded Message ----- From: X <x@y>To: ...") or
/// without one where there are four of them and an address. Behind a rule or a separator two are enough; behind a rule the
/// sender must have an address (a timetable has "From" and "Date", too).
[[nodiscard]] std::optional<Introduction> glued_block_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                                         Above above, int carrier_offset_minutes);
/// Whether a line begins as a line drawn across the page does, with words on it or without.
[[nodiscard]] bool is_dashed(std::string_view words);
/// Whether words say more than a name and a date do: an account in a separator is somebody's own word.
[[nodiscard]] bool says_number(std::string_view words);
/// A line that says nothing but "original message" or "forwarded message".
[[nodiscard]] std::optional<Introduction> separator_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at);
/// An attribution that ends at that line ("On ..., X wrote:") and begins at most three lines before, at `earliest` or later.
[[nodiscard]] std::optional<Introduction> attribution_at(const ReadText& body, const std::vector<Line>& lines, std::size_t at,
                                                         std::size_t earliest, int carrier_offset_minutes);
/// Lines that markup calls an attribution, whatever their language: nothing where they have neither a date nor an address. A name
/// is read where the verb is known.
[[nodiscard]] std::optional<Introduction> marked_attribution(const ReadText& body, const std::vector<Line>& lines,
                                                             std::size_t first, std::size_t last, int carrier_offset_minutes);

}  // namespace threadline::facts
