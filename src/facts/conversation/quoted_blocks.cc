// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/quoted_blocks.h"

#include <algorithm>
#include <utility>

#include "facts/conversation/tokens.h"

namespace threadline::facts {
namespace {

/// A quoted message whose words may still go on.
struct Open {
  std::int32_t block = -1;  ///< index in Conversation::quoted; -1: the new text
  std::int32_t level = 0;
  std::uint32_t depth = 0;    ///< at which its own words stand
  std::size_t end = 0;        ///< of what holds it
  std::size_t container = 0;  ///< end of what holds it, blockquotes left out: between two of them it may go on
};

/// Puts each line of a body into the block whose words it is.
class Builder {
 public:
  Builder(const ReadText& body, const std::vector<Line>& lines, const Limits& limits)
      : body_(body), lines_(lines), limits_(limits) {
    open_.push_back({.end = body.text.size() + 1});
  }

  /// `next`: the line at which the next introduction begins.
  void introduce(Introduction introduction, std::size_t next) {
    const Line& first = lines_[introduction.first];
    close_above(first.depth, first.begin);
    const std::size_t begin = std::max<std::size_t>(first.begin, introduction.begin), end = lines_[introduction.last].next;
    if (give_to_last(introduction, begin, end)) return;
    if (!has_room()) {
      add_segment(begin, end, false);
      return;
    }
    const std::size_t words = next_filled(introduction.last);
    const Line& last = lines_[introduction.last];  // Notes: in the container, the first before it
    Open opened{.depth = depth_of_words(introduction, words, next),
                .end = std::min(first.holder_end, last.holder_end),
                .container = std::min(first.container_end, last.container_end)};
    const bool is_before = introduction.form == QuoteForm::attribution && words < lines_.size() && words != next;
    if (is_before && lines_[words].opened_end > 0) opened.end = opened.container = lines_[words].opened_end;
    open(std::move(introduction), opened);
    add_segment(begin, end, true);
  }

  /// The words that stand before an introduction on its own line.
  void add_words_before(const Introduction& introduction) {
    Line line = lines_[introduction.first];
    if (introduction.begin <= line.body) return;
    line.end = line.next = place_of(introduction.begin);
    add_line(line);
  }

  void add_line(const Line& line) {
    if (!line.blank) {
      close_above(line.depth, line.begin);
      if (line.depth > open_.back().depth && !reopen(line) && has_room()) {
        Introduction unknown;
        unknown.form = QuoteForm::attribution;
        open(std::move(unknown), {.depth = line.depth, .end = body_.text.size() + 1, .container = line.container_end},
             static_cast<std::int32_t>(line.depth - open_.back().depth));
      }
    }
    add_segment(line.begin, line.next, false);
    std::string& words = open_.back().block < 0 ? conversation_.new_text : block_of(open_.back()).text;
    note_signature(line, words.size());
    words.append(body_.text, line.body, line.end - line.body);
    words += '\n';
  }

  Conversation finish() {
    conversation_.signature = tidy_signed(conversation_.new_text, signatures_.front());
    for (std::size_t index = 0; index < conversation_.quoted.size(); ++index) {
      QuotedBlock& block = conversation_.quoted[index];
      block.signature = tidy_signed(block.text, signatures_[index + 1]);
    }
    set_spans();
    return std::move(conversation_);
  }

 private:
  QuotedBlock& block_of(const Open& open) { return conversation_.quoted[static_cast<std::size_t>(open.block)]; }

  /// Where the words that markup calls a signature begin in the open block's, as long as nothing but they stands at its end.
  void note_signature(const Line& line, std::size_t at) {
    if (line.blank) return;
    std::size_t& begin = signatures_[static_cast<std::size_t>(open_.back().block + 1)];
    if (!line.is_signature)
      begin = std::string::npos;
    else if (begin == std::string::npos)
      begin = at;
  }

  /// Tidies a block's words; what markup calls their signature.
  static std::string tidy_signed(std::string& words, std::size_t marked) {
    const std::string signature(trimmed_line(std::string_view(words).substr(std::min(marked, words.size()))));
    tidy(words);
    return signature.size() < words.size() ? signature : std::string();
  }

  void close_above(std::uint32_t depth, std::size_t place) {
    while (open_.size() > 1 && (open_.back().depth > depth || place >= open_.back().end)) {
      closed_.push_back(open_.back());
      open_.pop_back();
    }
  }

  /// Between the answers of an inline reply the same quoted message goes on.
  bool reopen(const Line& line) {
    constexpr std::size_t kLookBack = 16;
    for (std::size_t back = 0; back < std::min(kLookBack, closed_.size()); ++back) {
      const Open& before = closed_[closed_.size() - 1 - back];
      if (before.depth != line.depth || before.container <= line.begin || block_of(before).parent != open_.back().block) continue;
      open_.push_back(before);
      open_.back().end = line.holder_end;
      return true;
    }
    return false;
  }

  bool has_room() {
    if (conversation_.quoted.size() >= limits_.quoted_blocks) return note_limit("quoted_blocks", noted_blocks_);
    if (open_.back().level >= static_cast<std::int32_t>(limits_.quoted_levels)) return note_limit("quoted_levels", noted_levels_);
    return true;
  }

  bool note_limit(const char* name, bool& noted) {
    if (!noted) conversation_.notes.push_back({"limit", name, {body_.part, 0, 0}});
    noted = true;
    return false;
  }

  /// The words of a quoted message stand deeper than its introduction where the next filled line does - unless that is the
  /// introduction of what its writer answered above his own words, as far as one can tell: an element that quotes holds his
  /// (Apple Mail), or a header block stands behind words of who quotes him, who has had his say. A heuristic: who writes above
  /// and below such a block is taken for one who writes above.
  std::uint32_t depth_of_words(const Introduction& introduction, std::size_t words, std::size_t next) const {
    const std::uint32_t depth = lines_[introduction.last].depth;
    if (words >= lines_.size() || lines_[words].depth <= depth) return depth;
    const bool is_held = body_.html && depth > open_.back().depth;
    const bool is_below_words = introduction.form == QuoteForm::header_block && !trimmed_line(words_so_far()).empty();
    return words == next && (is_held || is_below_words) ? depth : depth + 1;
  }

  [[nodiscard]] std::string_view words_so_far() const {
    const std::int32_t block = open_.back().block;
    return block < 0 ? conversation_.new_text : conversation_.quoted[static_cast<std::size_t>(block)].text;
  }

  [[nodiscard]] std::size_t next_filled(std::size_t line) const {
    for (++line; line < lines_.size() && lines_[line].blank;) ++line;
    return line;
  }

  static void fill(QuotedBlock& block, Introduction introduction) {
    block.form = introduction.form;
    block.from = std::move(introduction.from);
    block.on_behalf_of = std::move(introduction.on_behalf_of);
    block.to = std::move(introduction.to);
    block.cc = std::move(introduction.cc);
    block.subject = std::move(introduction.subject);
    block.date_text = std::move(introduction.date_text);
    block.date = std::move(introduction.date);
    block.style = std::move(introduction.style);
    block.wrong_weekday = introduction.wrong_weekday;
  }

  /// An attribution behind a quote that has none before it says whose that is.
  bool give_to_last(Introduction& introduction, std::size_t begin, std::size_t end) {
    if (!introduction.behind || conversation_.quoted.empty()) return false;
    QuotedBlock& last = conversation_.quoted.back();
    if (!last.from.name.empty() || !last.from.address.empty() || !last.style.empty()) return false;
    fill(last, std::move(introduction));
    const auto index = static_cast<std::int32_t>(conversation_.quoted.size()) - 1;
    conversation_.segments.push_back({begin, end, index, true});
    return true;
  }

  void open(Introduction introduction, Open opened, std::int32_t steps = 1) {
    QuotedBlock block;
    block.level = std::min(open_.back().level + steps, static_cast<std::int32_t>(limits_.quoted_levels));
    block.parent = open_.back().block;
    fill(block, std::move(introduction));
    conversation_.quoted.push_back(std::move(block));
    signatures_.push_back(std::string::npos);
    opened.block = static_cast<std::int32_t>(conversation_.quoted.size()) - 1;
    opened.level = conversation_.quoted.back().level;
    open_.push_back(opened);
  }

  void add_segment(std::size_t begin, std::size_t end, bool introduction) {
    if (end <= begin) return;
    std::vector<Segment>& segments = conversation_.segments;
    if (!segments.empty() && segments.back().block == open_.back().block && segments.back().introduction == introduction)
      segments.back().end = end;
    else
      segments.push_back({begin, end, open_.back().block, introduction});
  }

  static void tidy(std::string& words) {
    const std::string_view inner = trimmed_line(words);
    words = std::string(inner);
  }

  /// Without the line ends that HTML has as elements: a span never ends inside a tag.
  [[nodiscard]] std::size_t end_of_words(std::size_t end) const {
    while (body_.html && end > 0 && (body_.text[end - 1] == '\n' || body_.text[end - 1] == ' ')) --end;
    return end;
  }

  void set_spans() {
    std::vector<std::pair<std::size_t, std::size_t>> whole(conversation_.quoted.size(), {body_.text.size(), 0});
    for (const Segment& segment : conversation_.segments) {
      if (segment.block < 0) continue;
      const auto index = static_cast<std::size_t>(segment.block);
      whole[index] = {std::min<std::size_t>(whole[index].first, segment.begin),
                      std::max<std::size_t>(whole[index].second, segment.end)};
      if (segment.introduction) conversation_.quoted[index].introduction = body_.span_of(segment.begin, segment.end);
    }
    for (std::size_t index = 0; index < whole.size(); ++index) {
      if (whole[index].first < whole[index].second)
        conversation_.quoted[index].span = body_.span_of(whole[index].first, end_of_words(whole[index].second));
    }
  }

  const ReadText& body_;
  const std::vector<Line>& lines_;
  const Limits& limits_;
  Conversation conversation_;
  std::vector<Open> open_, closed_;
  std::vector<std::size_t> signatures_{std::string::npos};  // of the new text, then of each block
  bool noted_blocks_ = false, noted_levels_ = false;
};

}  // namespace

Conversation blocks_of(const ReadText& body, const std::vector<Line>& lines, std::vector<Introduction> introductions,
                       const Limits& limits) {
  Builder builder(body, lines, limits);
  std::size_t line = 0;
  for (std::size_t index = 0; index < introductions.size(); ++index) {
    for (; line < introductions[index].first; ++line) builder.add_line(lines[line]);
    line = introductions[index].last + 1;
    const std::size_t next = index + 1 < introductions.size() ? introductions[index + 1].first : lines.size();
    builder.add_words_before(introductions[index]);
    builder.introduce(std::move(introductions[index]), next);
  }
  for (; line < lines.size(); ++line) builder.add_line(lines[line]);
  return builder.finish();
}

}  // namespace threadline::facts
