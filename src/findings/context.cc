// SPDX-License-Identifier: Apache-2.0
#include "findings/context.h"

#include <algorithm>

#include "facts/transport/authentication.h"
#include "findings/account_match.h"
#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/requests.h"
#include "findings/wording.h"
#include "policy/mailboxes.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kAncestorsRead = 20;  ///< the latest, whose words are asked whether they are about payment

Direction direction_of(const Setting& setting, const policy::Side& sender) {
  if (setting.ground.policy.own.domains.empty() && setting.ground.policy.own.addresses.empty()) return Direction::unknown;
  if (sender != policy::kOwnSide) return Direction::inbound;
  bool has_recipient = false;
  for (const auto* people : {&setting.facts.to, &setting.facts.cc, &setting.facts.bcc}) {
    for (const message::Address& person : *people) {
      has_recipient = true;
      if (!setting.ground.sides.is_own(person.address)) return Direction::outbound;
    }
  }
  return has_recipient ? Direction::internal : Direction::outbound;
}

/// The new text shows an account to be paid, or asks for changed bank details.
bool moves_money(const facts::Facts& facts) {
  return std::ranges::any_of(facts.accounts,
                             [](const facts::Account& account) {
                               return account.block < 0 && account.role != facts::AccountRole::paying && is_payable(account);
                             }) ||
         moves_payments(facts) || is_about_salary(facts);
}

/// The new text asks for a payment, or presses.
bool asks_for_money(const facts::Facts& facts) {
  return requests(facts, "payment") || requests(facts, "pressure") || requests(facts, "deadline");
}

/// The border saw a person's free mail hand it over itself: no list and no ticket system stood between.
bool is_straight_from_free_mail(const facts::Facts& facts, const policy::Sides& sides) {
  const std::string domain = text::domain_of_address(sender_address(facts));
  const facts::AuthResult* spf = border_result(facts.route, "spf");
  return sides.is_free_mail(domain) && spf != nullptr && spf->result == "pass" && facts::is_aligned(*spf, domain).value_or(false);
}

/// The side by which the conversation, or else the memory, knows the sender's mailbox in another spelling; else his own.
policy::Side side_as_known(const Setting& setting, const Context& context) {
  const std::string sender = sender_address(setting.facts);
  if (!context.sender_side.starts_with("address:") || setting.facts.from.empty()) return context.sender_side;
  for (const Participant& participant : context.participants) {
    if (policy::is_same_mailbox(participant.person.address, sender)) return participant.side;
  }
  const memory::Correspondent* known = nullptr;
  for (const memory::Correspondent* person : setting.memory.named(text::name_key(setting.facts.from.front().name))) {
    const bool is_older = known == nullptr || person->first < known->first;
    if (is_older && policy::is_same_mailbox(person->address, sender)) known = person;
  }
  return known == nullptr ? context.sender_side : known->side;
}

}  // namespace

bool Context::says(std::int32_t block) const {
  if (block < 0) return true;
  const auto index = static_cast<std::size_t>(block);
  return index < lone_quotes.size() && lone_quotes[index];
}

const StandIn* Context::stand_in(std::string_view field) const {
  const auto found = std::ranges::find(stand_ins, field, &StandIn::field);
  return found == stand_ins.end() ? nullptr : &*found;
}

bool Context::is_participant(std::string_view address) const {
  return std::ranges::any_of(
      participants, [&](const Participant& participant) { return policy::is_same_mailbox(participant.person.address, address); });
}

bool Context::is_participant_side(std::string_view side) const {
  return !side.empty() && std::ranges::find(participants, side, &Participant::side) != participants.end();
}

std::string sender_address(const facts::Facts& facts) {
  if (!facts.from.empty()) return text::ascii_lower(facts.from.front().address);
  return text::ascii_lower(facts.sender ? facts.sender->address : facts.return_path);
}

bool has_thread_link(const facts::Facts& facts) {
  const auto& index = facts.thread.index;
  return !facts.thread.in_reply_to.empty() || !facts.thread.references.empty() || (index && !index->child_times.empty());
}

void note_limit(Context& context, std::string_view limit) {
  Note note{"limit", std::string(limit), {}};
  if (std::ranges::find(context.notes, note) == context.notes.end()) context.notes.push_back(std::move(note));
}

bool is_addressed(const facts::Facts& facts, std::string_view address) {
  for (const auto* people : {&facts.from, &facts.reply_to, &facts.to, &facts.cc}) {
    if (std::ranges::any_of(*people, [&](const auto& person) { return text::equal_ascii_nocase(person.address, address); }))
      return true;
  }
  return false;
}

bool is_about_payment(const Setting& setting, const Context& context) {
  if (speaks_of_payment(setting.facts)) return true;
  const std::size_t from = context.ancestors.size() > kAncestorsRead ? context.ancestors.size() - kAncestorsRead : 0;
  for (std::size_t index = from; index < context.ancestors.size(); ++index) {
    if (spoke_of_payment(*context.ancestors[index])) return true;
  }
  return false;
}

Context read_context(const facts::Facts& facts, const memory::View& memory, const Ground& ground,
                     std::optional<Direction> session, const Prepared* prepared) {
  const Setting setting{facts, memory, ground, prepared};
  Context context;
  context.sender_side = ground.sides.side_of(sender_address(facts));
  const auto told = session ? session : ground.direction;
  context.direction_told = told.has_value();
  context.direction = told ? *told : direction_of(setting, context.sender_side);
  context.has_list_fields = facts.is_list || facts::is_automatic(facts.kind);
  context.lists_people = context.has_list_fields && !moves_money(facts) && !asks_for_money(facts) &&
                         !is_straight_from_free_mail(facts, ground.sides);
  read_conversation(setting, context);
  read_participants(setting, context);
  context.sender_side = side_as_known(setting, context);
  read_lookalikes(setting, context);
  read_stand_ins(setting, context);
  read_lone_quotes(setting, context);
  read_presented(setting, context);
  read_passed_on(setting, context);
  read_copies(setting, context);
  context.about_payment = is_about_payment(setting, context);
  return context;
}

}  // namespace threadline::findings
