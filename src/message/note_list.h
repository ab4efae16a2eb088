// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::message {

/// Collects notes, each once, up to Limits::message_notes.
class NoteList {
 public:
  NoteList(std::vector<Note>& notes, const Limits& limits)
      : notes_(notes), left_(limits.message_notes), repeats_(std::uint64_t{100} * limits.message_notes) {}

  void add(std::string_view code, std::string text, std::string part = {}) {
    add(Note{std::string(code), std::move(text), {std::move(part), 0, 0}});
  }

  void add(Note note) {
    if (left_ == 0 || repeats_ == 0) return;
    if (std::ranges::find(notes_, note) != notes_.end()) {
      --repeats_;
      return;
    }
    notes_.push_back(std::move(note));
    if (--left_ == 0) notes_.push_back({"limit", "message_notes: further notes are left out", {}});
  }

 private:
  std::vector<Note>& notes_;
  std::uint32_t left_;
  std::uint64_t repeats_;  ///< notes said again are compared so often, no more
};

}  // namespace threadline::message
