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

ReadConversation read_part(const message::Text& part, int carrier_offset_minutes, const Limits& limits, std::string_view writer) {
  ReadConversation read;
  read.body = read_text(part, limits);
  read.conversation = read_quoted(read.body, carrier_offset_minutes, limits, writer);
  return read;
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
  const std::string_view writer = message.from.empty() ? std::string_view() : message.from.front().name;
  if (html == nullptr || plain == nullptr)
    return read_part(html == nullptr ? *plain : *html, carrier_offset_minutes, limits, writer);
  ReadConversation first = read_part(*plain, carrier_offset_minutes, limits, writer);
  ReadConversation second = read_part(*html, carrier_offset_minutes, limits, writer);
  if (worth(second.conversation) > worth(first.conversation)) std::swap(first, second);
  compare(first, second, limits, first.conversation.notes);
  compare_third(message, first, second, limits);
  first.other = std::make_shared<const ReadConversation>(std::move(second));
  return first;
}

}  // namespace threadline::facts
