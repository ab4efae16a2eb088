// SPDX-License-Identifier: Apache-2.0
#include "message/inner_part.h"

#include <utility>

namespace threadline::message {
namespace {

template <class Members>
void move_numbered(Members& from, const std::string& prefix, Members& to) {
  for (auto& member : from) {
    member.part.insert(0, prefix);
    to.push_back(std::move(member));
  }
}

}  // namespace

void merge_inner(Message inner, std::vector<AttachedBytes> inner_attached, const std::string& part, Message& into,
                 std::vector<AttachedBytes>& attached) {
  const auto prefix = part + "!";
  move_numbered(inner.texts, prefix, into.texts);
  move_numbered(inner.parts, prefix, into.parts);
  move_numbered(inner.attachments, prefix, into.attachments);
  move_numbered(inner.messages, prefix, into.messages);
  move_numbered(inner_attached, prefix, attached);
  for (auto& note : inner.notes) {
    note.span.part = note.span.part.empty() ? part : prefix + note.span.part;
    into.notes.push_back(std::move(note));
  }
}

}  // namespace threadline::message
