// SPDX-License-Identifier: Apache-2.0
#include "evidence/pst_frame.h"

#include <algorithm>
#include <cstring>

namespace threadline::evidence {
namespace {

template <typename Number>
void put(std::string& to, Number number) {
  to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void put(std::string& to, std::string_view text) {
  put(to, std::uint64_t{text.size()});
  to += text;
}

template <typename Number>
Number take(std::string_view& from) {
  Number number{};
  if (from.size() < sizeof number) {
    from = {};
    return number;
  }
  std::memcpy(&number, from.data(), sizeof number);
  from.remove_prefix(sizeof number);
  return number;
}

std::string take_text(std::string_view& from) {
  const auto length = std::min<std::uint64_t>(take<std::uint64_t>(from), from.size());
  std::string text(from.substr(0, static_cast<std::size_t>(length)));
  from.remove_prefix(text.size());
  return text;
}

}  // namespace

std::string frame_of(const PstWord& word) {
  std::string frame(1, static_cast<char>(word.kind));
  frame.reserve(word.bytes.size() + 1'024);
  put(frame, word.step);
  put(frame, word.identifier);
  put(frame, std::string_view(word.where));
  put(frame, std::string_view(word.bytes));
  for (const auto& note : word.notes) {
    put(frame, std::string_view(note.code));
    put(frame, std::string_view(note.text));
  }
  return frame;
}

PstWord word_of(std::string_view frame) {
  PstWord word;
  word.kind = PstWord::Kind{take<char>(frame)};
  word.step = take<std::uint64_t>(frame);
  word.identifier = take<std::uint32_t>(frame);
  word.where = take_text(frame);
  word.bytes = take_text(frame);
  while (!frame.empty()) {
    auto code = take_text(frame);
    word.notes.push_back({std::move(code), take_text(frame), {}});
  }
  return word;
}

}  // namespace threadline::evidence
