// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/lines.h"

#include <algorithm>
#include <array>

#include "facts/conversation/tokens.h"

namespace threadline::facts {
namespace {

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// A blockquote quotes, unless it is the mere indentation of an editor. Source: markup of Gmail, Apple Mail and Outlook on the
/// web.
bool is_quoting(const text::Element& element) {
  if (element.tag != "blockquote") return false;
  if (element.type == "cite" || has(element.cls, "quote")) return true;
  if (has(element.cls, "indent")) return false;
  return !has(element.style, "border:none") && !has(element.style, "border:medium") && !has(element.style, "border:0");
}

bool is_container(const text::Element& element) {
  if (element.tag == "blockquote") return is_quoting(element);
  static constexpr std::array<std::string_view, 6> kClasses{"gmail_quote",      "moz-forward-container", "yahoo_quoted",
                                                            "protonmail_quote", "tutanota_quote",        "zmail_extra"};
  if (std::ranges::any_of(kClasses, [&](std::string_view name) { return has(element.cls, name); })) return true;
  return element.id == "yahoo_quoted" || element.id == "OLK_SRC_BODY_SECTION" || has(element.id, "ymail_android_");
}

/// How many quoting blockquotes are open, asked at ascending places.
class Depths {
 public:
  explicit Depths(const ReadText& body) {
    for (const text::Element& element : body.elements) {
      if (!is_quoting(element) || element.text_end <= element.text_begin) continue;
      begins_.push_back(element.text_begin);
      ends_.push_back(element.text_end);
    }
    std::ranges::sort(begins_);
    std::ranges::sort(ends_);
  }
  std::uint32_t at(std::size_t place) {
    while (begun_ < begins_.size() && begins_[begun_] <= place) ++begun_;
    while (ended_ < ends_.size() && ends_[ended_] <= place) ++ended_;
    return static_cast<std::uint32_t>(begun_ - std::min(begun_, ended_));
  }

 private:
  std::vector<std::size_t> begins_, ends_;
  std::size_t begun_ = 0, ended_ = 0;
};

/// Steps over "> > >" and sets the line's depth. One space behind the last mark belongs to it.
void read_marks(std::string_view text, Line& line) {
  std::size_t at = line.begin;
  line.body = at;
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

std::vector<Line> lines_of(const ReadText& body) {
  std::vector<Line> lines;
  const std::string_view text = body.text;
  Depths depths(body);
  lines.reserve(static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1);
  for (std::size_t at = 0; at < text.size();) {
    Line line{.begin = at};
    const std::size_t end = text.find('\n', at);
    line.end = end == std::string_view::npos ? text.size() : end;
    line.next = std::min(text.size(), line.end + 1);
    read_marks(text, line);
    const std::string_view words = trimmed_line(text.substr(line.body, line.end - line.body));
    line.blank = words.empty();
    if (!body.elements.empty())
      line.depth += depths.at(line.blank ? line.begin : static_cast<std::size_t>(words.data() - text.data()));
    lines.push_back(line);
    at = line.next;
  }
  return lines;
}

std::string_view words_of(const ReadText& body, const Line& line) {
  return trimmed_line(std::string_view(body.text).substr(line.body, line.end - line.body));
}

std::size_t container_end(const ReadText& body, std::size_t at) {
  std::size_t end = body.text.size();
  for (const text::Element& element : body.elements) {
    if (element.text_begin > at) break;
    if (element.text_end > at && element.text_end < end && is_container(element)) end = element.text_end;
  }
  return end;
}

}  // namespace threadline::facts
