// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/attached.h"

namespace threadline::facts {
namespace {

QuotedBlock block_of(const message::Message& attached) {
  QuotedBlock block;
  block.form = QuoteForm::attached;
  if (!attached.from.empty()) block.from = attached.from.front();
  block.to = attached.to;
  block.cc = attached.cc;
  block.subject = attached.subject;
  if (attached.date) block.date_text = attached.date->text;
  block.date = attached.date;
  block.span = {attached.part, 0, attached.size};
  block.introduction = {attached.part, 0, attached.header_length};
  return block;
}

}  // namespace

void add_attached(const message::Message& message, const Limits& limits, Conversation& conversation) {
  for (const message::Message& attached : message.messages) {
    if (conversation.quoted.size() >= limits.quoted_blocks) {
      conversation.notes.push_back({"limit", "quoted_blocks", {attached.part, 0, 0}});
      return;
    }
    conversation.quoted.push_back(block_of(attached));
  }
}

}  // namespace threadline::facts
