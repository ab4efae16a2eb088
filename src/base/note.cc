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

NoteKind note_kind(std::string_view code) {
  const auto* entry = std::ranges::find(kNotes, code, &Entry::code);
  return entry == kNotes.end() ? NoteKind::remark : entry->kind;
}

}  // namespace threadline::inline base
