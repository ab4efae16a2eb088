// SPDX-License-Identifier: Apache-2.0
#include "archive/frames.h"

#include "base/bytes_form.h"

namespace threadline::archive {
namespace {

constexpr std::size_t kMostNameBytes = 1U << 20U;

std::string_view cut(std::string_view text) { return text.substr(0, kMostNameBytes); }

}  // namespace

std::string begin_frame(const Member& member) {
  return static_cast<char>(FrameKind::begin) + packed<BaseFields>(cut(member.name), member.stated_size, member.written);
}

std::string notes_frame(FrameKind kind, const std::vector<Note>& notes) {
  std::string frame(1, static_cast<char>(kind));
  for (const Note& note : notes) frame += packed<BaseFields>(note.code, cut(note.text));
  return frame;
}

std::optional<Member> member_in(std::string_view frame) {
  BytesReader<BaseFields> reader(frame.substr(1));
  Member member;
  reader(member.name, member.stated_size, member.written);
  return reader.is_done() ? std::optional(std::move(member)) : std::nullopt;
}

std::optional<std::vector<Note>> notes_in(std::string_view frame) {
  BytesReader<BaseFields> reader(frame.substr(1));
  std::vector<Note> notes;
  while (!reader.rest().empty()) {
    Note& note = notes.emplace_back();
    reader(note.code, note.text);
  }
  return reader.is_right() ? std::optional(std::move(notes)) : std::nullopt;
}

}  // namespace threadline::archive
