// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/lines.h"

#include <algorithm>

#include "facts/conversation/tokens.h"

namespace threadline::facts {
namespace {

/// The marks that are open at ascending places.
class OpenMarks {
 public:
  OpenMarks(const ReadText& body, const std::vector<HtmlMark>& marks) : marks_(marks), text_end_(body.text.size()) {}

  /// Places a line whose words begin at `words`.
  void place(std::size_t words, Line& line) {
    for (; next_ < marks_.size() && marks_[next_].begin <= words; ++next_) {
      if (marks_[next_].end > words) open(marks_[next_]);
    }
    close(words);
    if (!line.blank) fill(words, line);
    line.depth += deepening_;
    line.is_signature = words < signature_end_;
    line.holder_end = place_of(holders_.empty() ? text_end_ : holders_.back()->end);
    line.container_end = place_of(containers_.empty() ? text_end_ : containers_.back()->end);
  }

 private:
  static bool is_container(const HtmlMark& mark) {
    return is_holder(mark.kind) && !mark.deepens && mark.kind != MarkKind::cited_perhaps && mark.kind != MarkKind::cited_inside;
  }

  void open(const HtmlMark& mark) {
    if (mark.kind == MarkKind::signature) signature_end_ = std::max(signature_end_, mark.end);
    if (!mark.deepens && !is_container(mark)) return;
    holders_.push_back(&mark);
    deepening_ += mark.deepens ? 1U : 0U;
    if (is_container(mark)) containers_.push_back(&mark);
  }

  void close(std::size_t words) {
    while (!holders_.empty() && holders_.back()->end <= words) {
      deepening_ -= holders_.back()->deepens ? 1U : 0U;
      holders_.pop_back();
    }
    while (!containers_.empty() && containers_.back()->end <= words) containers_.pop_back();
  }

  /// What the marks say that begin behind the last filled line.
  void fill(std::size_t words, Line& line) {
    for (; filled_ < next_; ++filled_) {
      const HtmlMark& mark = marks_[filled_];
      if (line.opened_end == 0 && is_container(mark) && mark.end > words) line.opened_end = place_of(mark.end);
      line.is_ruled |= mark.kind == MarkKind::divider;
    }
  }

  const std::vector<HtmlMark>& marks_;
  std::size_t text_end_;
  std::size_t next_ = 0, filled_ = 0;  // marks that began until the last line; until the last filled one
  std::vector<const HtmlMark*> holders_, containers_;
  std::uint32_t deepening_ = 0;
  std::size_t signature_end_ = 0;
};

/// Steps over "> > >" and sets the line's depth. One space behind the last mark belongs to it. `stuffed`: a line that begins with
/// a space has no mark (RFC 3676 section 4.4); that marks stand in a row, not every program knows.
void read_marks(std::string_view text, bool stuffed, Line& line) {
  std::uint32_t at = line.begin;
  line.body = at;
  if (stuffed && at < line.end && text[at] == ' ') {
    ++line.body;
    return;
  }
  while (at < line.end) {
    if (text[at] == '>') {
      ++line.depth;
      line.body = at + 1;
    } else if (text[at] != ' ' && text[at] != '\t') {
      break;
    }
    ++at;
  }
  if (line.depth > 0 && line.body < line.end && text[line.body] == ' ') ++line.body;
}

}  // namespace

std::vector<Line> lines_of(const ReadText& body, const std::vector<HtmlMark>& marks, std::size_t most) {
  std::vector<Line> lines;
  const std::string_view text = body.text;
  OpenMarks open(body, marks);
  lines.reserve(std::min(most, static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1));
  for (std::size_t at = 0; at < text.size();) {
    Line line{.begin = place_of(at)};
    std::size_t end = text.find('\n', at);
    if (lines.size() + 1 >= most && end != std::string_view::npos && end + 1 < text.size()) end = std::string_view::npos;
    line.end = place_of(std::min(end, text.size()));
    line.next = place_of(std::min<std::size_t>(text.size(), line.end + 1U));
    read_marks(text, body.flowed, line);
    const std::string_view words = trimmed_line(text.substr(line.body, line.end - line.body));
    line.blank = words.find_first_not_of("> \t\r\n") == std::string_view::npos;
    open.place(line.blank ? line.begin : static_cast<std::size_t>(words.data() - text.data()), line);
    lines.push_back(line);
    at = line.next;
  }
  return lines;
}

std::string_view words_of(const ReadText& body, const Line& line) {
  return trimmed_line(std::string_view(body.text).substr(line.body, line.end - line.body));
}

}  // namespace threadline::facts
