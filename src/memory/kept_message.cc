// SPDX-License-Identifier: Apache-2.0
#include "memory/kept_message.h"

#include <algorithm>

#include "base/bytes_form.h"

namespace threadline::memory {
namespace {

/// The fields that are stored, in their order.
struct KeptFields {
  static void of(auto& form, Is<Span> auto& it) { form(it.part, it.offset, it.length); }
  static void of(auto& form, Is<Note> auto& it) { form(it.code); }
  static void of(auto& form, Is<Instant> auto& it) { form(it.seconds, it.offset_minutes); }
  static void of(auto& form, Is<Stamp> auto& it) { form(it.at, it.text); }
  static void of(auto& form, Is<message::Address> auto& it) { form(it.name, it.address); }
  static void of(auto& form, Is<message::Attachment> auto& it) { form(it.name, it.type, it.size, it.sha256, it.part, it.note); }
  static void of(auto& form, Is<facts::Account> auto& it) {
    form(it.kind, it.value, it.country, it.bank_code, it.bank_name, it.bic, it.valid, it.masked, it.hidden, it.hidden_how,
         it.holder, it.as_written, it.role, it.former, it.level, it.block, it.where, it.attachment, it.medium, it.span);
  }
  static void of(auto& form, Is<facts::Phone> auto& it) {
    form(it.number, it.extension, it.as_written, it.block, it.in_signature, it.kind, it.span);
  }
  static void of(auto& form, Is<facts::Invoice> auto& it) { form(it.number, it.block); }
  static void of(auto& form, Is<facts::Habit> auto& it) { form(it.kind, it.value); }
  static void of(auto& form, Is<facts::Peer> auto& it) { form(it.helo, it.name, it.ip); }
  static void of(auto& form, Is<facts::Hop> auto& it) { form(it.from); }
  static void of(auto& form, Is<facts::Dkim> auto& it) { form(it.domain); }
  static void of(auto& form, Is<facts::AuthResult> auto& it) { form(it.method, it.result, it.properties, it.trusted); }
  static void of(auto& form, Is<facts::QuotedBlock> auto& it) { form(it.from, it.on_behalf_of, it.to, it.cc, it.introduction); }
  static void of(auto& form, Is<facts::Facts> auto& it) {
    form(it.source, it.sha256, it.message_id, it.dates.header, it.dates.known_at);
    form(it.from, it.reply_to, it.to, it.cc, it.sender, it.return_path, it.client, it.mobile);
    form(it.thread.in_reply_to, it.thread.references, it.conversation.quoted);
    form(it.route.hops, it.route.border, it.route.dkim, it.route.auth, it.habits);
    form(it.accounts, it.phones, it.invoices, it.attachments, it.notes);
  }
  static void of(auto& form, Is<HistoryWord> auto& it) {
    form(it.kind, it.hash);
    if (it.kind != WordKind::plain) form(it.key, it.written, it.opaque);
  }
  static void of(auto& form, Is<WordPairs> auto& it) { form(it.words, it.pairs, it.numbers); }
  static void of(auto& form, Is<KeptText> auto& it) { form(it.words, it.spoken, it.subject, it.about_payment); }
  static void of(auto& form, Is<Learnt::TookPart> auto& it) { form(it.address, it.registrable, it.written_to); }
  static void of(auto& form, Is<Copy> auto& it) { form(it.mailbox, it.to, it.original, it.sent); }
  static void of(auto& form, Is<KnownHabit> auto& it) { form(it.habit, it.first, it.messages); }
  static void of(auto& form, Is<SenderHabits> auto& it) { form(it.known, it.told, it.messages, it.first, it.is_full); }
  static void of(auto& form, Is<Correspondent> auto& it) { form(it.address, it.name, it.first, it.last, it.messages, it.habits); }
  static void of(auto& form, Is<Learnt> auto& it) {
    form(it.known_at, it.side, it.presented, it.presented_quoted, it.disputed_addresses, it.disputed_domains,
         it.disputed_accounts, it.disputed, it.took_part, it.sender_name_key, it.taking_part);
  }
};

/// Versions of the form from which something is known.
constexpr std::uint8_t kWithMailboxes = 2, kWithPairs = 3;
constexpr std::size_t kReferences = 100;  ///< the last, as many as findings/conversation.cc follows

bool is_kept(const Note& note) { return note.code == "truncated" || note.code == "attachment_detached"; }

/// Of pictures, texts and messages nothing is asked.
bool is_document(const message::Attachment& attachment) {
  return attachment.size > 0 && !attachment.sha256.empty() && attachment.note.empty() && !attachment.type.starts_with("image/") &&
         !attachment.type.starts_with("text/") && !attachment.type.starts_with("message/");
}

facts::QuotedBlock kept_block(const facts::QuotedBlock& block) {
  facts::QuotedBlock kept;
  kept.from = block.from;
  kept.on_behalf_of = block.on_behalf_of;
  kept.to = block.to;
  kept.cc = block.cc;
  kept.introduction = block.introduction;
  return kept;
}

/// How it came: the peer at the border, the domains that signed it.
facts::Route kept_route(const facts::Route& route) {
  facts::Route kept;
  if (!route.hops.empty()) {
    const bool has_border = route.border >= 0 && static_cast<std::size_t>(route.border) < route.hops.size();
    kept.hops.emplace_back().from = route.hops[has_border ? static_cast<std::size_t>(route.border) : 0].from;
    kept.border = 0;
  }
  for (const facts::Dkim& signature : route.dkim) kept.dkim.emplace_back().domain = signature.domain;
  for (const facts::AuthResult& result : route.auth) {
    if (facts::is_of_border(result) && result.method == "dkim" && result.result == "pass") kept.auth.push_back(result);
  }
  return kept;
}

}  // namespace

facts::Facts kept_facts(const facts::Facts& facts) {
  facts::Facts kept;
  kept.source = facts.source;
  kept.sha256 = facts.sha256;
  kept.message_id = facts.message_id;
  kept.dates.header = facts.dates.header;
  kept.dates.known_at = facts.dates.known_at;
  kept.from = facts.from;
  kept.reply_to = facts.reply_to;
  kept.to = facts.to;
  kept.cc = facts.cc;
  kept.sender = facts.sender;
  kept.return_path = facts.return_path;
  kept.client = facts.client;
  kept.mobile = facts.mobile;
  kept.thread.in_reply_to = facts.thread.in_reply_to;
  kept.thread.references = facts.thread.references;
  if (kept.thread.references.size() > kReferences) {
    kept.thread.references.erase(kept.thread.references.begin(),
                                 kept.thread.references.end() - static_cast<std::ptrdiff_t>(kReferences));
  }
  for (const facts::QuotedBlock& block : facts.conversation.quoted) kept.conversation.quoted.push_back(kept_block(block));
  kept.route = kept_route(facts.route);
  kept.habits = facts.habits;
  kept.accounts = facts.accounts;
  std::ranges::copy_if(facts.phones, std::back_inserter(kept.phones), &facts::Phone::in_signature);
  std::ranges::copy_if(facts.invoices, std::back_inserter(kept.invoices), [](const auto& invoice) { return invoice.block < 0; });
  std::ranges::copy_if(facts.attachments, std::back_inserter(kept.attachments), is_document);
  std::ranges::copy_if(facts.notes, std::back_inserter(kept.notes), is_kept);
  return kept;
}

std::string encode_learnt(const Learnt& learnt) {
  static const facts::Facts kNoFacts;
  static const KeptText kNoText;
  const KeptText& text = learnt.text ? *learnt.text : kNoText;
  return packed<KeptFields>(kKeptVersion, learnt.facts ? *learnt.facts : kNoFacts, text, learnt, learnt.mailboxes, learnt.copies,
                            text.pairs);
}

std::optional<Learnt> decode_learnt(std::string_view bytes, const KeyedHash* hash) {
  BytesReader<KeptFields> reader(bytes);
  std::uint8_t version = 0;
  reader(version);
  if (version == 0 || version > kKeptVersion) return std::nullopt;
  const auto facts = std::make_shared<facts::Facts>();
  const auto text = std::make_shared<KeptText>();
  Learnt learnt;
  reader(*facts, *text, learnt);
  if (version >= kWithMailboxes) reader(learnt.mailboxes, learnt.copies);
  if (version >= kWithPairs) reader(text->pairs);
  if (!reader.is_done()) return std::nullopt;
  text->hash = hash;
  learnt.facts = facts;
  learnt.text = text;
  return learnt;
}

std::string encode_correspondent(const Correspondent& person) { return packed<KeptFields>(person); }

std::optional<Correspondent> decode_correspondent(std::string_view bytes) { return unpacked<Correspondent, KeptFields>(bytes); }

}  // namespace threadline::memory
