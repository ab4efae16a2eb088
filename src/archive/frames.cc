// SPDX-License-Identifier: Apache-2.0
#include "archive/frames.h"

#include <cstring>

namespace threadline::archive {
namespace {

constexpr std::size_t kMostNameBytes = 1U << 20U;

void put(std::string& frame, std::uint64_t number) { frame.append(reinterpret_cast<const char*>(&number), sizeof number); }

void put(std::string& frame, std::string_view text) {
  put(frame, std::uint64_t{text.size()});
  frame += text;
}

/// Takes fields from the front of a frame. Errors: `failed` once a field is not there; then all are empty.
struct Fields {
  std::string_view rest;
  bool failed = false;

  std::uint64_t number() {
    std::uint64_t value = 0;
    failed = failed || rest.size() < sizeof value;
    if (failed) return 0;
    std::memcpy(&value, rest.data(), sizeof value);
    rest.remove_prefix(sizeof value);
    return value;
  }

  std::string text() {
    const auto length = number();
    failed = failed || length > rest.size();
    if (failed) return {};
    std::string value(rest.substr(0, length));
    rest.remove_prefix(length);
    return value;
  }
};

}  // namespace

std::string begin_frame(const Member& member) {
  std::string frame(1, static_cast<char>(FrameKind::begin));
  put(frame, std::uint64_t{member.stated_size.has_value()});
  put(frame, member.stated_size.value_or(0));
  put(frame, std::uint64_t{member.written.has_value()});
  put(frame, static_cast<std::uint64_t>(member.written.value_or(0)));
  put(frame, std::string_view(member.name).substr(0, kMostNameBytes));
  return frame;
}

std::string notes_frame(FrameKind kind, const std::vector<Note>& notes) {
  std::string frame(1, static_cast<char>(kind));
  for (const Note& note : notes) {
    put(frame, std::string_view(note.code));
    put(frame, std::string_view(note.text).substr(0, kMostNameBytes));
  }
  return frame;
}

std::optional<Member> member_in(std::string_view frame) {
  Fields fields{frame.substr(1)};
  Member member;
  const bool has_size = fields.number() != 0;
  const auto size = fields.number();
  if (has_size) member.stated_size = size;
  const bool has_time = fields.number() != 0;
  const auto time = fields.number();
  if (has_time) member.written = static_cast<std::int64_t>(time);
  member.name = fields.text();
  if (fields.failed) return std::nullopt;
  return member;
}

std::optional<std::vector<Note>> notes_in(std::string_view frame) {
  Fields fields{frame.substr(1)};
  std::vector<Note> notes;
  while (!fields.rest.empty() && !fields.failed) {
    Note note;
    note.code = fields.text();
    note.text = fields.text();
    notes.push_back(std::move(note));
  }
  if (fields.failed) return std::nullopt;
  return notes;
}

}  // namespace threadline::archive
