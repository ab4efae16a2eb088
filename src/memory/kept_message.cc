// SPDX-License-Identifier: Apache-2.0
#include "memory/kept_message.h"

#include <algorithm>

#include "memory/bytes_form.h"

/// Fields in the order of the stored form, found by argument-dependent lookup.
namespace threadline::inline base {

template <class Form>
void fields(Form& form, Span& span) {
  form(span.part, span.offset, span.length);
}
template <class Form>
void fields(Form& form, Note& note) {
  form(note.code);
}
template <class Form>
void fields(Form& form, Instant& instant) {
  form(instant.seconds, instant.offset_minutes);
}
template <class Form>
void fields(Form& form, Stamp& stamp) {
  form(stamp.at, stamp.text);
}

}  // namespace threadline::inline base

namespace threadline::message {

template <class Form>
void fields(Form& form, Address& person) {
  form(person.name, person.address);
}
template <class Form>
void fields(Form& form, Attachment& one) {
  form(one.name, one.type, one.size, one.sha256, one.part, one.note);
}

}  // namespace threadline::message

namespace threadline::facts {

template <class Form>
void fields(Form& form, Account& account) {
  form(account.kind, account.value, account.country, account.bank_code, account.bank_name, account.bic, account.valid,
       account.masked, account.hidden, account.hidden_how, account.holder, account.as_written, account.role, account.former,
       account.level, account.block, account.where, account.attachment, account.medium, account.span);
}
template <class Form>
void fields(Form& form, Phone& phone) {
  form(phone.number, phone.extension, phone.as_written, phone.block, phone.in_signature, phone.kind, phone.span);
}
template <class Form>
void fields(Form& form, Invoice& invoice) {
  form(invoice.number, invoice.block);
}
template <class Form>
void fields(Form& form, Habit& habit) {
  form(habit.kind, habit.value);
}
template <class Form>
void fields(Form& form, Peer& peer) {
  form(peer.helo, peer.name, peer.ip);
}
template <class Form>
void fields(Form& form, Hop& hop) {
  form(hop.from);
}
template <class Form>
void fields(Form& form, Dkim& signature) {
  form(signature.domain);
}
template <class Form>
void fields(Form& form, AuthResult& result) {
  form(result.method, result.result, result.properties, result.trusted);
}
template <class Form>
void fields(Form& form, QuotedBlock& block) {
  form(block.from, block.on_behalf_of, block.to, block.cc, block.introduction);
}
template <class Form>
void fields(Form& form, Facts& facts) {
  form(facts.source, facts.sha256, facts.message_id, facts.dates.header, facts.dates.known_at);
  form(facts.from, facts.reply_to, facts.to, facts.cc, facts.sender, facts.return_path, facts.client, facts.mobile);
  form(facts.thread.in_reply_to, facts.thread.references, facts.conversation.quoted);
  form(facts.route.hops, facts.route.border, facts.route.dkim, facts.route.auth, facts.habits);
  form(facts.accounts, facts.phones, facts.invoices, facts.attachments, facts.notes);
}

}  // namespace threadline::facts

namespace threadline::memory {

template <class Form>
void fields(Form& form, HistoryWord& word) {
  form(word.kind, word.hash);
  if (word.kind != WordKind::plain) form(word.key, word.written, word.opaque);
}
template <class Form>
void fields(Form& form, KeptText& text) {
  form(text.words, text.spoken, text.subject, text.about_payment);
}
template <class Form>
void fields(Form& form, Learnt::TookPart& part) {
  form(part.address, part.registrable, part.written_to);
}
template <class Form>
void fields(Form& form, Copy& copy) {
  form(copy.mailbox, copy.to, copy.original, copy.sent);
}
template <class Form>
void fields(Form& form, KnownHabit& known) {
  form(known.habit, known.first, known.messages);
}
template <class Form>
void fields(Form& form, SenderHabits& habits) {
  form(habits.known, habits.told, habits.messages, habits.first, habits.is_full);
}
template <class Form>
void fields(Form& form, Correspondent& person) {
  form(person.address, person.name, person.first, person.last, person.messages, person.habits);
}
template <class Form>
void fields(Form& form, Learnt& learnt) {
  form(learnt.known_at, learnt.side, learnt.presented, learnt.presented_quoted, learnt.disputed_addresses,
       learnt.disputed_domains, learnt.disputed_accounts, learnt.disputed, learnt.took_part, learnt.sender_name_key,
       learnt.taking_part);
}

namespace {

constexpr std::uint8_t kWithoutCopies = 1;  ///< the version that knew no mailboxes and no copies
constexpr std::size_t kReferences = 100;    ///< the last, as many as findings/conversation.cc follows

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
  Writer writer;
  std::uint8_t version = kKeptVersion;
  facts::Facts facts = learnt.facts ? *learnt.facts : facts::Facts{};
  KeptText text = learnt.text ? *learnt.text : KeptText{};
  Learnt rest = learnt;
  writer(version, facts, text, rest, rest.mailboxes, rest.copies);
  return writer.take();
}

std::optional<Learnt> decode_learnt(std::string_view bytes, const KeyedHash* hash) {
  Reader reader(bytes);
  std::uint8_t version = 0;
  reader(version);
  if (version != kKeptVersion && version != kWithoutCopies) return std::nullopt;
  const auto facts = std::make_shared<facts::Facts>();
  const auto text = std::make_shared<KeptText>();
  Learnt learnt;
  reader(*facts, *text, learnt);
  if (version != kWithoutCopies) reader(learnt.mailboxes, learnt.copies);
  if (!reader.is_done()) return std::nullopt;
  text->hash = hash;
  learnt.facts = facts;
  learnt.text = text;
  return learnt;
}

std::string encode_correspondent(const Correspondent& person) {
  Writer writer;
  Correspondent copy = person;
  writer(copy);
  return writer.take();
}

std::optional<Correspondent> decode_correspondent(std::string_view bytes) {
  Reader reader(bytes);
  Correspondent person;
  reader(person);
  return reader.is_done() ? std::optional(std::move(person)) : std::nullopt;
}

}  // namespace threadline::memory
