// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/conversation.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "facts/conversation/body_difference.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/lines.h"
#include "facts/conversation/signature.h"
#include "facts/conversation/tokens.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::facts {
namespace {

/// A quoted message whose words may still go on.
struct Open {
  std::int32_t block = -1;  ///< index in Conversation::quoted; -1: the new text
  std::int32_t level = 0;
  std::uint32_t depth = 0;  ///< at which its own words stand
  std::size_t end = 0;      ///< of the container that holds it
};

/// Puts each line of a body into the block whose words it is.
class Builder {
 public:
  Builder(const ReadText& body, const std::vector<Line>& lines, const Limits& limits)
      : body_(body), lines_(lines), limits_(limits) {
    open_.push_back({.end = body.text.size() + 1});
  }

  void introduce(Introduction introduction) {
    const Line& first = lines_[introduction.first];
    close_above(first.depth, first.begin);
    const std::size_t end = lines_[introduction.last].next;
    if (!has_room()) {
      add_segment(first.begin, end, false);
      return;
    }
    const std::uint32_t depth = depth_of_words(introduction);
    open(std::move(introduction), depth, container_end(body_, first.begin));
    add_segment(first.begin, end, true);
  }

  void add_line(const Line& line) {
    if (!line.blank) {
      close_above(line.depth, line.begin);
      if (line.depth > open_.back().depth && !reopen(line) && has_room()) {
        Introduction unknown;
        unknown.form = QuoteForm::attribution;
        open(std::move(unknown), line.depth, body_.text.size() + 1, static_cast<std::int32_t>(line.depth - open_.back().depth));
      }
    }
    add_segment(line.begin, line.next, false);
    std::string& words = open_.back().block < 0 ? conversation_.new_text : block_of(open_.back()).text;
    words.append(body_.text, line.body, line.end - line.body);
    words += '\n';
  }

  Conversation finish() {
    tidy(conversation_.new_text);
    const Signature signature = find_signature(conversation_.new_text);
    conversation_.signature = signature.text;
    conversation_.mobile = signature.mobile;
    for (QuotedBlock& block : conversation_.quoted) {
      tidy(block.text);
      block.signature = find_signature(block.text).text;
    }
    set_spans();
    return std::move(conversation_);
  }

 private:
  QuotedBlock& block_of(const Open& open) { return conversation_.quoted[static_cast<std::size_t>(open.block)]; }

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
      if (before.depth != line.depth || before.end <= line.begin || block_of(before).parent != open_.back().block) continue;
      open_.push_back(before);
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

  /// The words of a quoted message stand deeper than its introduction where the next filled line does.
  std::uint32_t depth_of_words(const Introduction& introduction) const {
    const std::uint32_t depth = lines_[introduction.last].depth;
    std::size_t next = introduction.last + 1;
    while (next < lines_.size() && lines_[next].blank) ++next;
    return next < lines_.size() && lines_[next].depth > depth ? depth + 1 : depth;
  }

  void open(Introduction introduction, std::uint32_t depth, std::size_t end, std::int32_t steps = 1) {
    QuotedBlock block;
    block.level = std::min(open_.back().level + steps, static_cast<std::int32_t>(limits_.quoted_levels));
    block.parent = open_.back().block;
    block.form = introduction.form;
    block.from = std::move(introduction.from);
    block.on_behalf_of = std::move(introduction.on_behalf_of);
    block.to = std::move(introduction.to);
    block.cc = std::move(introduction.cc);
    block.subject = std::move(introduction.subject);
    block.date_text = std::move(introduction.date_text);
    block.date = std::move(introduction.date);
    conversation_.quoted.push_back(std::move(block));
    open_.push_back({static_cast<std::int32_t>(conversation_.quoted.size()) - 1, conversation_.quoted.back().level, depth, end});
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
        conversation_.quoted[index].span = body_.span_of(whole[index].first, whole[index].second);
    }
  }

  const ReadText& body_;
  const std::vector<Line>& lines_;
  const Limits& limits_;
  Conversation conversation_;
  std::vector<Open> open_, closed_;
  bool noted_blocks_ = false, noted_levels_ = false;
};

/// How much a reading of the history says: levels, senders with an address, dates.
std::size_t worth(const Conversation& conversation) {
  std::size_t points = conversation.quoted.size();
  for (const QuotedBlock& block : conversation.quoted) {
    points += block.from.address.empty() ? 0U : 1U;
    points += block.date ? 1U : 0U;
  }
  return points;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

/// What a body text says: its words, and its digits in a row, so that a number in groups is the same number.
struct Words {
  std::unordered_set<std::string> words;
  std::string digits;
};

Words words_in(std::string_view text) {
  constexpr std::size_t kMostWords = 20'000;
  const std::string plain = without_link_targets(text);
  Words found{.words = {}, .digits = digits_of(plain)};
  for (Token& token : tokens_of(plain, kMostWords)) {
    if (token.kind == TokenKind::number && token.text.size() >= 3) found.words.emplace(token.text);
    if (token.kind == TokenKind::word && token.text.size() >= 3) found.words.insert(std::move(token.folded));
  }
  return found;
}

bool is_said(const std::string& word, const Words& by) {
  constexpr std::size_t kMostDigits = 50'000;  // more are no letter: its numbers are not looked for one by one
  if (by.words.contains(word)) return true;
  const bool is_number = word.front() >= '0' && word.front() <= '9';
  return is_number && (by.digits.size() > kMostDigits || by.digits.find(digits_of(word)) != std::string::npos);
}

/// Words of `left` that `right` lacks, at most ten; the whole count in `missing`.
std::string lacking(const Words& left, const Words& right, std::size_t& missing) {
  std::vector<std::string> found;
  std::ranges::copy_if(left.words, std::back_inserter(found), [&](const std::string& word) { return !is_said(word, right); });
  std::ranges::sort(found);
  missing = found.size();
  std::string list;
  for (std::size_t index = 0; index < std::min<std::size_t>(found.size(), 10); ++index)
    list += (index == 0 ? "" : " ") + found[index];
  return list;
}

/// The numbers of eight digits or more (an account, a telephone), whatever stands between their groups.
std::vector<std::string> long_numbers(std::string_view text) {
  constexpr std::size_t kMost = 100, kDigits = 8;
  static const text::Pattern pattern("[0-9](?:[ .\\-\\x{A0}\\x{202F}]{0,2}[0-9]){7,60}");
  std::vector<std::string> numbers;
  for (std::size_t from = 0; numbers.size() < kMost;) {
    const auto match = pattern.find(text, from);
    if (!match) break;
    from = static_cast<std::size_t>(match->front().data() - text.data()) + match->front().size();
    if (std::string digits = digits_of(match->front()); digits.size() >= kDigits) numbers.push_back(std::move(digits));
  }
  return numbers;
}

/// A long number of the new words that stands nowhere in the other alternative, or nothing.
std::string lone_number(const ReadConversation& one, const ReadConversation& other) {
  const std::string there = digits_of(other.body.text);
  for (std::string& number : long_numbers(one.conversation.new_text)) {
    if (there.find(number) == std::string::npos) return std::move(number);
  }
  return {};
}

/// A list of them, or nothing.
std::string joined(const std::vector<std::string>& items) {
  std::string list;
  for (const std::string& item : items) list += (list.empty() ? "" : ", ") + item;
  return list;
}

void note_difference(const ReadText& one, const std::string& only_one, const ReadText& other, const std::string& only_other,
                     std::vector<Note>& notes) {
  notes.push_back({"bodies_differ", one.part + ": " + only_one + " / " + other.part + ": " + only_other, {one.part, 0, 0}});
}

/// Notes accounts, addresses and amounts that one body has and the other lacks; answers whether there are any.
bool compare_items(const ReadText& one, const ReadText& other, const Limits& limits, std::vector<Note>& notes) {
  if (one.text == other.text) return false;
  const std::string only_one = joined(only_in(one, other, limits)), only_other = joined(only_in(other, one, limits));
  if (only_one.empty() && only_other.empty()) return false;
  note_difference(one, only_one, other, only_other, notes);
  return true;
}

/// Notes words that only one of the alternatives has. Tolerated: a tenth of the words, and fewer than three, and any where one is
/// a stub of the other; unless a long number (an account) is among them.
void compare(const ReadConversation& chosen, const ReadConversation& other, const Limits& limits, std::vector<Note>& notes) {
  if (compare_items(chosen.body, other.body, limits, notes)) return;
  if (chosen.conversation.new_text == other.conversation.new_text) return;
  const auto left = words_in(chosen.body.text), right = words_in(other.body.text);
  const auto left_new = words_in(chosen.conversation.new_text), right_new = words_in(other.conversation.new_text);
  std::size_t only_left = 0, only_right = 0;
  const std::string first = lacking(left_new, right, only_left), second = lacking(right_new, left, only_right);
  const bool comparable = !is_stub(chosen.body.text, other.body.text) && !is_stub(other.body.text, chosen.body.text);
  const auto is_much = [&](std::size_t missing, std::size_t of) { return comparable && missing >= 3 && missing * 10 > of; };
  const std::string left_number = lone_number(chosen, other), right_number = lone_number(other, chosen);
  const bool numbers_differ = !left_number.empty() || !right_number.empty();
  if (!numbers_differ && !is_much(only_left, left_new.words.size()) && !is_much(only_right, right_new.words.size())) return;
  note_difference(chosen.body, left_number.empty() ? first : left_number, other.body,
                  right_number.empty() ? second : right_number, notes);
}

const message::Text* first_text(const message::Message& message, bool html) {
  for (const message::Text& text : message.texts) {
    if (!text.attached && text.html == html && !trimmed_line(text.content).empty()) return &text;
  }
  return nullptr;
}

ReadConversation read_part(const message::Text& part, int carrier_offset_minutes, const Limits& limits) {
  ReadConversation read;
  read.body = read_text(part, limits);
  read.conversation = read_quoted(read.body, carrier_offset_minutes, limits);
  return read;
}

/// A MAPI object may hold a third body (RTF) beside text and HTML.
void compare_third(const message::Message& message, ReadConversation& first, const ReadConversation& second,
                   const Limits& limits) {
  for (const message::Text& text : message.texts) {
    if (text.part != "rtf" || text.attached || text.part == first.body.part || text.part == second.body.part) continue;
    const ReadText third = read_text(text, limits);
    compare_items(first.body, third, limits, first.conversation.notes);
    compare_items(second.body, third, limits, first.conversation.notes);
  }
}

}  // namespace

Conversation read_quoted(const ReadText& body, int carrier_offset_minutes, const Limits& limits) {
  std::vector<Line> lines = lines_of(body);
  mark_labels(body, lines);
  std::vector<Introduction> introductions = find_introductions(body, lines, carrier_offset_minutes);
  Builder builder(body, lines, limits);
  std::size_t line = 0;
  for (Introduction& introduction : introductions) {
    for (; line < introduction.first; ++line) builder.add_line(lines[line]);
    line = introduction.last + 1;
    builder.introduce(std::move(introduction));
  }
  for (; line < lines.size(); ++line) builder.add_line(lines[line]);
  Conversation conversation = builder.finish();
  conversation.part = body.part;
  return conversation;
}

ReadConversation read_conversation(const message::Message& message, int carrier_offset_minutes, const Limits& limits) {
  const message::Text* plain = first_text(message, false);
  const message::Text* html = first_text(message, true);
  if (plain == nullptr && html == nullptr) return {};
  if (html == nullptr || plain == nullptr) return read_part(html == nullptr ? *plain : *html, carrier_offset_minutes, limits);
  ReadConversation first = read_part(*plain, carrier_offset_minutes, limits);
  ReadConversation second = read_part(*html, carrier_offset_minutes, limits);
  if (worth(second.conversation) > worth(first.conversation)) std::swap(first, second);
  compare(first, second, limits, first.conversation.notes);
  compare_third(message, first, second, limits);
  return first;
}

}  // namespace threadline::facts
