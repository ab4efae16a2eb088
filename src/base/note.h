// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace threadline::inline base {

/// Which evidence row a note becomes (findings.md, "Evidence").
enum class NoteKind {
  unreadable,  ///< evidence_unreadable: something could not be read
  malformed,   ///< evidence_malformed: read, but a reader should know
  limit,       ///< evidence_limit: a named limit was reached
  remark,      ///< shown by explain only; no row
};

/// What was odd, malformed, contradictory or over a limit in the input. Evidence, never an error.
/// `code` is one of notes.def; `text` is the detail in the evidence's own words (a value, a limit's name, a parser's message).
struct Note {
  std::string code;
  std::string text;
  Span span;

  bool operator==(const Note&) const = default;
};

/// Says the limit of some notes by another name: the one that was reached for messages attached to a message.
void rename_limit(std::vector<Note>& notes, std::string_view from, std::string_view to);

/// The kind of a note code; codes that notes.def does not list are `remark`.
[[nodiscard]] NoteKind note_kind(std::string_view code);

}  // namespace threadline::inline base
