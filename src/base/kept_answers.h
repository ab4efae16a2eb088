// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace threadline::inline base {

/// What a pure function answered about the texts that it was asked about last: a quoted text stands in both alternatives of a
/// mail and in every reply of its thread. Texts are compared whole, so that it never changes an answer. Limits: 256 answers,
/// about texts of at most kMostBytes. Threads: one each.
template <class Answer>
class KeptAnswers {
 public:
  static constexpr std::size_t kMostBytes = 8'192;  ///< of a text

  /// The answer about a text; `make` is called where it is not kept. Valid until the next call.
  template <class Make>
  const Answer& of(std::string_view text, const Make& make) {
    Slot& slot = slots_[std::hash<std::string_view>{}(text) % kSlots];
    if (slot.is_made && slot.text == text) return slot.answer;
    slot.is_made = false;
    slot.answer = make();
    if (text.size() > kMostBytes) return slot.answer;
    slot.text = text;
    slot.is_made = true;
    return slot.answer;
  }

 private:
  static constexpr std::size_t kSlots = 256;
  struct Slot {
    bool is_made = false;
    std::string text;
    Answer answer;
  };
  std::vector<Slot> slots_ = std::vector<Slot>(kSlots);
};

}  // namespace threadline::inline base
