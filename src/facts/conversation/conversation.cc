// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/conversation.h"

#include <utility>

#include "facts/conversation/alternatives.h"
#include "facts/conversation/html_structure.h"
#include "facts/conversation/introduction.h"
#include "facts/conversation/lines.h"
#include "facts/conversation/linked_addresses.h"
#include "facts/conversation/marked_introductions.h"
#include "facts/conversation/quote_marks.h"
#include "facts/conversation/quoted_blocks.h"
#include "facts/conversation/signature.h"
#include "facts/conversation/tokens.h"

namespace threadline::facts {
namespace {

const message::Text* first_text(const message::Message& message, bool html) {
  for (const message::Text& text : message.texts) {
    if (!text.attached && text.html == html && !trimmed_line(text.content).empty()) return &text;
  }
  return nullptr;
}

/// "2." of "2.1", "1!" of "1!3", nothing of "1": what the numbers of all parts of its multipart begin with.
std::string_view multipart_of(std::string_view part) {
  const auto last = part.find_last_of(".!");
  return part.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

/// `text` goes on where `first` ended: in the same multipart, or in one around it.
bool goes_on(const message::Text& text, const message::Text& first) {
  return text.follows && !text.attached && first.part.starts_with(multipart_of(text.part));
}

/// The carrier: what a reading of its body needs beside the text.
struct Carrier {
  const message::Message& message;
  int offset_minutes;
  const Limits& limits;

  [[nodiscard]] std::string_view writer() const {
    return message.from.empty() ? std::string_view() : std::string_view(message.from.front().name);
  }
};

/// The body that begins with `first`, all its parts. `other`: the first text of the other type, which is its alternative.
ReadConversation read_body(const Carrier& carrier, const message::Text& first, const message::Text* other) {
  ReadConversation read{.conversation = {}, .body = read_text(first, carrier.limits), .other = {}};
  const std::vector<message::Text>& texts = carrier.message.texts;
  std::optional<Note> limit;
  for (const message::Text* text = &first + 1; text < texts.data() + texts.size() && !limit; ++text) {
    if (text == other || !goes_on(*text, first)) continue;
    if (read.body.text.size() + text->content.size() > carrier.limits.text_bytes) {
      limit = Note{"limit", "text_bytes: the rest of the body is no part of the conversation", {text->part, 0, 0}};
    } else {
      read.body.append(read_text(*text, carrier.limits));
    }
  }
  read.conversation = read_quoted(read.body, carrier.offset_minutes, carrier.limits, carrier.writer());
  std::vector<Note>& notes = read.conversation.notes;
  notes.insert(notes.end(), read.body.notes.begin(), read.body.notes.end());
  if (limit) notes.push_back(std::move(*limit));
  return read;
}

/// HTML with a footer of plain text behind it, or the reverse: no alternatives, though they stand in two types.
bool is_one_body(const message::Text& plain, const message::Text& html, const Limits& limits) {
  const bool html_is_first = &html < &plain;
  const message::Text &first = html_is_first ? html : plain, &second = html_is_first ? plain : html;
  return goes_on(second, first) && !is_alternative(read_text(first, limits), read_text(second, limits));
}

/// Where the last line holds more than one.
void note_lines_left(const ReadText& body, const std::vector<Line>& lines, const Limits& limits, std::vector<Note>& notes) {
  if (lines.size() < limits.body_lines || lines.empty()) return;
  const Line& last = lines.back();
  if (body.text.find('\n', last.begin) >= last.end || last.end - last.begin == 0) return;
  notes.push_back({"limit", "body_lines: the rest is one line", body.span_of(last.begin, last.end)});
}

struct Outline {
  std::vector<Line> lines;
  std::vector<Introduction> introductions;
};

Outline outline_of(const ReadText& body, const std::vector<HtmlMark>& marks, int carrier_offset_minutes, const Limits& limits) {
  Outline outline{.lines = lines_of(body, marks, limits.body_lines), .introductions = {}};
  correct_quote_marks(body, outline.lines);
  mark_labels(body, outline.lines);
  outline.introductions = find_introductions(body, outline.lines, carrier_offset_minutes, limits.quoted_blocks);
  add_marked_introductions(body, outline.lines, marks, carrier_offset_minutes, outline.introductions);
  add_linked_addresses(body, outline.lines, outline.introductions);
  return outline;
}

}  // namespace

Conversation read_quoted(const ReadText& body, int carrier_offset_minutes, const Limits& limits, std::string_view writer) {
  std::vector<HtmlMark> marks = marks_of(body);
  Outline outline = outline_of(body, marks, carrier_offset_minutes, limits);
  if (settle(outline.lines, outline.introductions, marks)) outline = outline_of(body, marks, carrier_offset_minutes, limits);
  Conversation conversation = blocks_of(body, outline.lines, std::move(outline.introductions), limits);
  conversation.part = body.part;
  note_lines_left(body, outline.lines, limits, conversation.notes);
  find_signatures(conversation, writer);
  return conversation;
}

ReadConversation read_conversation(const message::Message& message, int carrier_offset_minutes, const Limits& limits) {
  const message::Text* plain = first_text(message, false);
  const message::Text* html = first_text(message, true);
  if (plain == nullptr && html == nullptr) return {};
  const Carrier carrier{message, carrier_offset_minutes, limits};
  if (html == nullptr || plain == nullptr || is_one_body(*plain, *html, limits)) {
    const bool html_is_first = plain == nullptr || (html != nullptr && html < plain);
    return read_body(carrier, html_is_first ? *html : *plain, nullptr);
  }
  ReadConversation first = read_body(carrier, *plain, html), second = read_body(carrier, *html, plain);
  if (is_second_better(first, second)) std::swap(first, second);
  first.other_says_more = compare(first, second, limits);
  first.conversation.notes.insert(first.conversation.notes.end(), second.body.notes.begin(), second.body.notes.end());
  compare_third(message, first, second, limits);
  first.other = std::make_shared<const ReadConversation>(std::move(second));
  return first;
}

}  // namespace threadline::facts
