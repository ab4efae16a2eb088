// SPDX-License-Identifier: Apache-2.0
#include "base/note.h"

#include <algorithm>
#include <array>

namespace threadline::inline base {
namespace {

struct Entry {
  std::string_view code;
  NoteKind kind;
};

constexpr auto kNotes = std::to_array<Entry>({
#define THREADLINE_NOTE(code, kind, french, english) {#code, NoteKind::kind},
#include "base/notes.def"
#undef THREADLINE_NOTE
});

}  // namespace

void rename_limit(std::vector<Note>& notes, std::string_view from, std::string_view to) {
  for (Note& note : notes) {
    if (note.code == "limit" && note.text.starts_with(from)) note.text.replace(0, from.size(), to);
  }
}

NoteKind note_kind(std::string_view code) {
  const auto* entry = std::ranges::find(kNotes, code, &Entry::code);
  return entry == kNotes.end() ? NoteKind::remark : entry->kind;
}

}  // namespace threadline::inline base
