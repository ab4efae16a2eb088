// SPDX-License-Identifier: Apache-2.0
#include "pipeline/item_facts.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "documents/read_documents.h"
#include "message/read_message.h"
#include "text/charset.h"
#include "text/fold.h"

namespace threadline::pipeline {
namespace {

/// A carrier quotes the words of what it attaches.
void tell_words(const message::Message& attached, const facts::Facts& told, facts::Facts& carrier) {
  for (facts::QuotedBlock& block : carrier.conversation.quoted) {
    if (block.form != facts::QuoteForm::attached || block.span.part != attached.part) continue;
    block.text = told.conversation.new_text;
    block.signature = told.conversation.signature;
  }
}

/// What one item is read with, and what the messages attached to it have taken of what all of them have together.
struct Means {
  const ItemSettings& settings;
  documents::Programs* programs;
  facts::Settings attached;  ///< of one more of these
  std::uint64_t accounts = 0, blocks = 0, addresses = 0;
  std::uint32_t messages = 0;
  documents::Spent documents;

  Means(const ItemSettings& how, documents::Programs* by) : settings(how), programs(by), attached(how.facts) { share(); }

  void share() {
    const Limits& usual = settings.facts.limits;
    attached.limits.accounts = share_of(usual.accounts, usual.nested_accounts, accounts);
    attached.limits.quoted_blocks = share_of(usual.quoted_blocks, usual.nested_blocks, blocks);
  }
  void count(facts::Facts& facts) {
    const Limits& usual = settings.facts.limits;
    if (attached.limits.accounts < usual.accounts) rename_limit(facts.notes, "accounts", "nested_accounts");
    if (attached.limits.quoted_blocks < usual.quoted_blocks) {
      for (auto* notes : {&facts.notes, &facts.conversation.notes}) rename_limit(*notes, "quoted_blocks", "nested_blocks");
    }
    accounts += facts.accounts.size();
    blocks += facts.conversation.quoted.size();
    share();
  }
};

/// Takes an attached message and those attached to it, all depths, into account.
void count_attached(const message::Message& one, Means& means) {
  ++means.messages;
  for (const auto* list : {&one.from, &one.reply_to, &one.to, &one.cc, &one.bcc}) means.addresses += list->size();
  for (const message::Message& inner : one.messages) count_attached(inner, means);
}

/// Of one more message from an archive or mailbox, at that depth.
Limits limits_of_packed(std::uint32_t depth, const Means& means) {
  Limits limits = means.settings.facts.limits;
  limits.nested_messages -= std::min(limits.nested_messages, means.messages + 1);
  limits.nested_depth -= std::min(limits.nested_depth, depth + 1);
  limits.addresses = share_of(limits.addresses, limits.nested_addresses, means.addresses);
  const auto used = std::min<std::uint64_t>(limits.nested_addresses, means.addresses);
  limits.nested_addresses -= static_cast<std::uint32_t>(used);
  return limits;
}

/// What archives and mailboxes attached to a message hold of mails are messages attached to it.
void attach_packed(const std::vector<documents::PackedMessage>& packed, std::uint32_t depth, Means& means,
                   message::Message& carrier) {
  const Limits& usual = means.settings.facts.limits;
  for (const documents::PackedMessage& one : packed) {
    if (depth >= usual.nested_depth) {
      carrier.notes.push_back({"limit", "nested_depth: the attached message is not read", {one.part, 0, 0}});
      return;
    }
    if (means.messages >= usual.nested_messages) {
      carrier.notes.push_back({"limit", "nested_messages: further attached messages are not read", {one.part, 0, 0}});
      return;
    }
    const Limits limits = limits_of_packed(depth, means);
    message::Message message = message::read_message(one.bytes, limits);
    if (limits.addresses < usual.addresses) rename_limit(message.notes, "addresses", "nested_addresses");
    message.part = one.part;
    count_attached(message, means);
    carrier.messages.push_back(std::move(message));
  }
}

facts::Facts facts_of(message::Message& message, std::uint32_t depth, Means& means) {
  const bool is_attached = depth > 0;
  const facts::Settings& how = is_attached ? means.attached : means.settings.facts;
  std::vector<documents::PackedMessage> packed;
  const auto documents = documents::read_documents(message, {.limits = how.limits,
                                                             .ocr = means.settings.ocr,
                                                             .programs = means.programs,
                                                             .passwords = means.settings.passwords,
                                                             .spent = is_attached ? &means.documents : nullptr,
                                                             .messages = &packed});
  attach_packed(packed, depth, means, message);
  facts::Facts facts = facts::read_facts(message, documents, how);
  if (is_attached) means.count(facts);
  return facts;
}

/// Around a message that is attached: nothing for one that is not.
struct Around {
  std::string carrier;  ///< sha256
  std::vector<facts::Carrying> carried_by;
};

Around around_attached(const facts::Facts& carrier) {
  Around around{.carrier = carrier.sha256, .carried_by = carrier.carried_by};
  const std::string sender = carrier.from.empty() ? std::string() : text::ascii_lower(carrier.from.front().address);
  around.carried_by.push_back({.sender = sender, .known_at = carrier.dates.known_at});
  return around;
}

void append_facts(message::Message& message, std::string source, const Around& around, Means& means,
                  std::vector<facts::Facts>& out) {
  facts::Facts facts = facts_of(message, static_cast<std::uint32_t>(around.carried_by.size()), means);
  facts.source = std::move(source);
  facts.sources = {facts.source};
  facts.carrier = around.carrier;
  facts.carried_by = around.carried_by;
  const std::size_t own = out.size();
  out.push_back(std::move(facts));
  const Around within = around_attached(out[own]);
  for (message::Message& attached : message.messages) {
    const std::size_t next = out.size();
    append_facts(attached, out[own].source + "/" + attached.part, within, means, out);
    tell_words(attached, out[next], out[own]);
  }
}

/// The envelope as a note: "from a@x; to b@y, c@z; queue 9C1AB100; arrived 2018-...".
Note envelope_note(const evidence::Envelope& envelope) {
  std::vector<std::string> parts;
  if (envelope.sender) parts.push_back(fmt::format("from <{}>", *envelope.sender));
  if (!envelope.recipients.empty()) parts.push_back(fmt::format("to <{}>", fmt::join(envelope.recipients, ">, <")));
  if (!envelope.queue_id.empty()) parts.push_back("queue " + envelope.queue_id);
  if (!envelope.arrival.empty()) parts.push_back("arrived " + envelope.arrival);
  return {"envelope", text::valid_utf8(fmt::format("{}", fmt::join(parts, "; "))), {}};
}

void take_envelope(const evidence::Envelope& envelope, facts::Facts& facts) {
  if (envelope.sender) facts.envelope_sender = text::valid_utf8(*envelope.sender);
  for (const std::string& recipient : envelope.recipients) {
    if (facts.envelope_recipients.size() < Limits{}.addresses) facts.envelope_recipients.push_back(text::valid_utf8(recipient));
  }
}

}  // namespace

std::vector<facts::Facts> read_item(const evidence::Item& item, const ItemSettings& settings, documents::Programs* programs) {
  if (programs != nullptr) programs->start_message();
  message::Message message = message::read_message(item.bytes, settings.facts.limits, item.sha256);
  std::vector<facts::Facts> out;
  Means means(settings, programs);
  for (const message::Message& attached : message.messages) count_attached(attached, means);
  append_facts(message, item.source, {}, means, out);
  const bool is_container = item.format != "mbox" && item.format != "eml" && !item.format.empty();
  if (is_container) out.front().format = item.format;
  auto& notes = out.front().notes;
  notes.insert(notes.begin(), item.notes.begin(), item.notes.end());
  if (item.envelope) {
    notes.push_back(envelope_note(*item.envelope));
    take_envelope(*item.envelope, out.front());
  }
  return out;
}

}  // namespace threadline::pipeline
