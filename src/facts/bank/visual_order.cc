// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/visual_order.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "text/charset.h"

namespace threadline::facts {
namespace {

constexpr std::uint8_t kDeepest = 125;  // BD2

/// One character of a line that is shown.
struct Shown {
  std::uint32_t begin = 0, length = 0;
  std::uint8_t level = 0;
};

/// Explicit levels of one line. Source: UAX 9, X1-X8.
class Levels {
 public:
  explicit Levels(bool is_reversed) : open_{{.level = 0, .direction = Direction::none, .is_isolate = false}} {
    if (is_reversed) push(true, Direction::right, false);
  }

  /// Whether the character is a control, and what it does then; those are not shown.
  bool take(char32_t code) {
    switch (code) {
      case 0x202A: return push(false, Direction::none, false);  // LRE
      case 0x202B: return push(true, Direction::none, false);   // RLE
      case 0x202D: return push(false, Direction::left, false);  // LRO
      case 0x202E: return push(true, Direction::right, false);  // RLO
      case 0x2066:                                              // LRI
      case 0x2068: return push(false, Direction::none, true);   // FSI
      case 0x2067: return push(true, Direction::none, true);    // RLI
      case 0x202C: return pop();                                // PDF
      case 0x2069: return pop_isolate();                        // PDI
      default: return false;
    }
  }

  /// Letters and digits stand from left to right unless an override says otherwise (I1, I2).
  [[nodiscard]] std::uint8_t level() const {
    const Open& open = open_.back();
    const bool is_odd = (open.level & 1U) != 0;
    return static_cast<std::uint8_t>(open.level + (open.direction == Direction::none && is_odd ? 1 : 0));
  }

 private:
  enum class Direction : std::uint8_t { none, left, right };
  struct Open {
    std::uint8_t level;
    Direction direction;
    bool is_isolate;
  };

  bool push(bool is_right, Direction direction, bool is_isolate) {
    const std::uint8_t now = open_.back().level;
    const auto next = static_cast<std::uint8_t>(is_right ? (now + 1U) | 1U : (now + 2U) & ~1U);
    if (next > kDeepest)
      ++overflows_;
    else
      open_.push_back({next, direction, is_isolate});
    return true;
  }

  bool pop() {
    if (overflows_ > 0)
      --overflows_;
    else if (open_.size() > 1 && !open_.back().is_isolate)
      open_.pop_back();
    return true;
  }

  bool pop_isolate() {
    if (overflows_ > 0) return --overflows_, true;
    const auto is_isolate = [](const Open& each) { return each.is_isolate; };
    const auto last = std::find_if(open_.rbegin(), open_.rend(), is_isolate);
    if (last != open_.rend()) open_.erase(std::prev(last.base()), open_.end());
    return true;
  }

  std::vector<Open> open_;
  std::uint32_t overflows_ = 0;
};

void reverse_runs(std::vector<Shown>& line, std::uint8_t level) {
  const auto is_inside = [level](const Shown& each) { return each.level >= level; };
  for (auto begin = std::find_if(line.begin(), line.end(), is_inside); begin != line.end();) {
    const auto end = std::find_if_not(begin, line.end(), is_inside);
    std::reverse(begin, end);
    begin = std::find_if(end, line.end(), is_inside);
  }
}

/// Reverses every run of a level and what is deeper, the deepest first; twice is never. Source: UAX 9, L2.
void reorder(std::vector<Shown>& line) {
  std::array<bool, kDeepest + 2> is_there{};
  for (const Shown& each : line) is_there[each.level] = true;
  bool is_odd = false;
  std::uint8_t deepest = 0;  // of the run that is to be reversed
  for (std::uint8_t level = kDeepest + 1; level > 0; --level) {
    if (is_there[level]) deepest = level;
    if (deepest == 0) continue;
    is_odd = !is_odd;
    if (!is_there[level - 1U]) continue;
    if (is_odd) reverse_runs(line, level);
    is_odd = false;
  }
  if (is_odd) std::reverse(line.begin(), line.end());
}

bool has_override(std::string_view text) { return text.find("\xE2\x80\xAE") != std::string_view::npos; }

bool ends_line(char32_t code) { return code == '\n' || code == '\r' || code == '\t' || code == 0x2029; }

/// Writes a text piece by piece; a piece is outside of elements that turn round, or one of them.
class Writer {
 public:
  Writer(std::string_view text, VisualText& to) : text_(text), to_(to) {}

  void write(std::size_t begin, std::size_t end, bool is_reversed) {
    while (begin < end) begin = write_line(begin, end, is_reversed);
  }

 private:
  /// One line, its end as it stands; the place behind it.
  std::size_t write_line(std::size_t begin, std::size_t end, bool is_reversed) {
    line_.clear();
    Levels levels(is_reversed);
    std::size_t at = begin;
    for (; at < end;) {
      const auto point = text::code_point_at(text_, at);
      if (ends_line(point.value)) break;
      if (!levels.take(point.value))
        line_.push_back({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(point.length), levels.level()});
      at += point.length;
    }
    reorder(line_);
    for (const Shown& each : line_) append(each.begin, each.length);
    if (at >= end) return end;
    const std::size_t length = text::code_point_at(text_, at).length;
    append(at, length);
    return at + length;
  }

  void append(std::size_t begin, std::size_t length) {
    for (std::size_t i = 0; i < length; ++i) {
      to_.places.push_back(static_cast<std::uint32_t>(begin + i));
      to_.text += text_[begin + i];
    }
  }

  std::string_view text_;
  VisualText& to_;
  std::vector<Shown> line_;
};

}  // namespace

VisualText visual_order(const ReadText& body) {
  VisualText visual;
  if (body.reversed.empty() && !has_override(body.text)) return visual;
  Writer writer(body.text, visual);
  std::size_t at = 0;
  for (const text::ReversedRange& range : body.reversed) {
    const std::size_t begin = std::clamp<std::size_t>(range.begin, at, body.text.size());
    const std::size_t end = std::clamp<std::size_t>(range.end, begin, body.text.size());
    writer.write(at, begin, false);
    writer.write(begin, end, true);
    at = end;
  }
  writer.write(at, body.text.size(), false);
  return visual;
}

}  // namespace threadline::facts
