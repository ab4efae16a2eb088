// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/text_map.h"
#include "findings/context_steps.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

using Addresses = std::vector<std::string>;

constexpr std::size_t kMailboxes = 20;           ///< own mailboxes of one message that are told
constexpr std::size_t kUnseen = 3;               ///< outside addresses that a blind copy goes to; more are a mailing by Bcc
constexpr std::size_t kCandidates = 50;          ///< of one subject, the latest, among which a forwarded message is looked for
constexpr std::int64_t kForwardWithin = 86'400;  ///< a program forwards at once, its queue for a day at most

TextSet seen_recipients(const facts::Facts& facts) {
  TextSet seen;
  for (const auto* people : {&facts.to, &facts.cc}) {
    for (const message::Address& person : *people) {
      if (person.address.find('@') != std::string::npos) seen.insert(text::ascii_lower(person.address));
    }
  }
  return seen;
}

bool names(const facts::Facts& facts, std::string_view address) {
  const auto is_it = [&](const message::Address& person) { return text::equal_ascii_nocase(person.address, address); };
  return std::ranges::any_of(facts.to, is_it) || std::ranges::any_of(facts.cc, is_it);
}

/// One message, and whose copy it is.
class Reading {
 public:
  Reading(const Setting& setting, Context& context)
      : setting_(setting),
        context_(context),
        facts_(setting.facts),
        sender_(sender_address(setting.facts)),
        seen_(seen_recipients(setting.facts)) {}

  void read_mailboxes() {
    add_own(sender_);
    for (const auto* people : {&facts_.to, &facts_.cc}) {
      for (const message::Address& person : *people) add_own(text::ascii_lower(person.address));
    }
    for (const std::string& address : facts_.envelope_recipients) add_own(text::ascii_lower(address));
  }

  void read_copies() {
    const bool comes_in = context_.direction_told && context_.direction != Direction::outbound;
    if (comes_in || facts_.is_list || facts::is_automatic(facts_.kind)) return;
    add_unseen();
    add_forwards();
  }

 private:
  [[nodiscard]] bool is_own(const std::string& address) const { return setting_.ground.sides.is_own(address); }

  /// A counterparty of the policy may get what it likes.
  [[nodiscard]] bool is_outside(const std::string& address) const {
    return !is_own(address) && !setting_.ground.sides.side_of(address).starts_with("party:");
  }

  void add_own(const std::string& address) {
    Addresses& mailboxes = context_.mailboxes;
    if (mailboxes.size() >= kMailboxes || address.find('@') == address.npos || !is_own(address)) return;
    if (std::ranges::find(mailboxes, address) == mailboxes.end()) mailboxes.push_back(address);
  }

  /// Nobody whom the message names knows that it goes there: written by a mailbox to others (never to itself alone, as mailings
  /// are), or for a mailbox that it names.
  void add_unseen() {
    Addresses outside;
    for (const UnseenRecipient& unseen : unseen_recipients(facts_)) {
      if (is_outside(unseen.address)) outside.push_back(unseen.address);
    }
    if (outside.empty() || outside.size() > kUnseen) return;
    const bool is_to_others = std::ranges::any_of(seen_, [&](const std::string& address) { return address != sender_; });
    for (const std::string& address : outside) {
      if (is_own(sender_) && is_to_others) put(sender_, address, own_id(), true);
      for (const std::string& mailbox : context_.mailboxes) {
        if (mailbox != sender_ && seen_.contains(mailbox)) put(mailbox, address, own_id(), false);
      }
    }
  }

  /// A new message of a mailbox that hands on one which it got to somebody who had no part in it.
  void add_forwards() {
    const bool forwards = facts_.subject_is_forward || facts_.kind == facts::MessageKind::forward;
    if (!forwards || !is_own(sender_)) return;
    const memory::Record* original = forwarded();
    if (original == nullptr) return;
    Addresses targets(seen_.begin(), seen_.end());
    for (const UnseenRecipient& unseen : unseen_recipients(facts_)) targets.push_back(unseen.address);
    std::ranges::sort(targets);
    const facts::Facts& got = *original->facts;
    for (const std::string& address : targets) {
      if (!is_outside(address) || names(got, address) || address == sender_address(got)) continue;
      put(sender_, address, got.message_id.empty() ? got.sha256 : got.message_id, false);
    }
  }

  /// What it forwards, by its links or its subject; nullptr: nothing that the mailbox got.
  [[nodiscard]] const memory::Record* forwarded() const {
    Addresses ids = facts_.thread.references;
    if (!facts_.thread.in_reply_to.empty()) ids.push_back(facts_.thread.in_reply_to);
    if (!ids.empty()) {
      const memory::Record* linked = setting_.memory.by_message_id(ids.back());
      if (linked != nullptr && is_got(*linked)) return linked;
    }
    const auto same = setting_.memory.by_subject(text::fold(facts_.base_subject), kCandidates);
    for (std::size_t at = same.size(); at > 0; --at) {
      if (is_got(*same[at - 1]) && is_recent(*same[at - 1])) return same[at - 1];
    }
    return nullptr;
  }

  [[nodiscard]] bool is_got(const memory::Record& record) const {
    return sender_address(*record.facts) != sender_ && names(*record.facts, sender_);
  }
  [[nodiscard]] bool is_recent(const memory::Record& record) const {
    const auto& now = facts_.dates.known_at;
    return now && now->seconds - record.known_at.seconds <= kForwardWithin;
  }

  [[nodiscard]] std::string own_id() const { return facts_.message_id.empty() ? facts_.sha256 : facts_.message_id; }

  void put(const std::string& mailbox, const std::string& to, const std::string& original, bool sent) {
    memory::Copy copy{mailbox, to, original, sent};
    if (std::ranges::find(context_.copies, copy) == context_.copies.end() && context_.copies.size() < kMailboxes * kUnseen)
      context_.copies.push_back(std::move(copy));
  }

  const Setting& setting_;
  Context& context_;
  const facts::Facts& facts_;
  std::string sender_;
  TextSet seen_;
};

}  // namespace

std::vector<UnseenRecipient> unseen_recipients(const facts::Facts& facts) {
  TextSet known = seen_recipients(facts);
  std::vector<UnseenRecipient> unseen;
  const auto look_at = [&](std::string_view field, const std::string& written) {
    std::string address = text::ascii_lower(written);
    if (address.find('@') == address.npos || !known.insert(address).second) return;
    unseen.push_back({field, std::move(address)});
  };
  for (const std::string& address : facts.envelope_recipients) look_at("envelope", address);
  for (const message::Address& person : facts.bcc) look_at("bcc", person.address);
  return unseen;
}

void read_copies(const Setting& setting, Context& context) {
  Reading reading(setting, context);
  reading.read_mailboxes();
  reading.read_copies();
}

}  // namespace threadline::findings
