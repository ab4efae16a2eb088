// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <optional>
#include <unordered_map>

#include "findings/account_match.h"
#include "findings/altered_accounts.h"
#include "findings/context_steps.h"
#include "findings/holder.h"
#include "findings/requests.h"
#include "text/base_subject.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kRecipientSides = 20;  ///< of one message, whose own accounts are looked up

bool is_same_person(const Setting& setting, const facts::Facts& facts, const LookalikeUse& use) {
  const std::string name = facts.from.empty() ? std::string{} : text::name_key(facts.from.front().name);
  const std::string local(text::local_part_of_address(use.address));
  const memory::Correspondent* twin = setting.memory.correspondent(local + "@" + use.resemblance.reference);
  if (twin != nullptr && !is_role(local)) return true;
  const auto people = is_telling_name(name) ? setting.memory.named(name) : std::vector<const memory::Correspondent*>{};
  const policy::Side side = setting.ground.sides.side_of_domain(use.resemblance.reference);
  return std::ranges::any_of(people, [&](const memory::Correspondent* person) { return person->side == side; });
}

/// Addresses by name, for authors whom a quoting client names without address.
class Directory {
 public:
  Directory(const Setting& setting, const Context& context) : setting_(setting) {
    for (const Participant& participant : context.participants) add(participant.person);
    for (const auto* people : {&setting.facts.from, &setting.facts.to, &setting.facts.cc}) {
      for (const message::Address& person : *people) add(person);
    }
  }

  [[nodiscard]] std::string address_of(const std::string& name) const {
    const std::string key = text::name_key(name);
    if (key.empty()) return {};
    if (const auto place = addresses_.find(key); place != addresses_.end()) return place->second;
    const auto people = setting_.memory.named(key);
    return people.size() == 1 ? people.front()->address : std::string{};
  }

 private:
  void add(const message::Address& person) {
    if (!person.name.empty()) addresses_.try_emplace(text::name_key(person.name), text::ascii_lower(person.address));
  }

  const Setting& setting_;
  std::unordered_map<std::string, std::string> addresses_;
};

/// The side that a quoted author imitates: his domain is a lookalike in a heading or an address field of this message.
std::optional<policy::Side> imitated_side(const Setting& setting, const Context& context, std::string_view address) {
  const std::string domain = text::registrable_domain(text::domain_of_address(address));
  for (const LookalikeUse& use : context.lookalikes) {
    const std::string reference = text::registrable_domain(use.resemblance.reference);
    const bool is_grave = use.resemblance.severity >= Severity::medium && !use.known_apart && use.reference_kind != "watch";
    if (domain.empty() || use.domain != domain || !is_grave || setting.ground.sides.is_shared(reference)) continue;
    return setting.ground.sides.side_of_domain(use.resemblance.reference);
  }
  return std::nullopt;
}

/// Whether somebody whom the message names takes another's place.
bool is_impostor(const Context& context, std::string_view address) {
  const auto is_it = [&](const message::Address& person) { return text::equal_ascii_nocase(person.address, address); };
  return std::ranges::any_of(context.stand_ins, [&](const StandIn& one) { return is_it(one.impostor); }) ||
         std::ranges::any_of(context.lookalikes, [&](const LookalikeUse& use) {
           return !use.known_apart && text::equal_ascii_nocase(use.address, address);
         });
}

/// Whom our own people quote by name alone is the recipient of that name, as long as nothing else is known of where that side is
/// paid.
bool is_believed_by_name(const Setting& setting, const Context& context, std::string_view address, const policy::Side& side) {
  const auto is_its = [&](const memory::KnownAccount& known) { return known.side == side; };
  return is_insider(setting, context) && is_addressed(setting.facts, address) && !is_impostor(context, address) &&
         setting.memory.accounts_of(side).empty() && std::ranges::none_of(setting.ground.ledger, is_its);
}

/// The author of a quoted message. One whose address it tells, and who is no participant, was taken out of them: disputed, or an
/// imitation.
Author author_of(const Setting& setting, const Context& context, const Directory& directory, std::size_t index) {
  const memory::Record* original = context.quoted_originals[index];
  const facts::QuotedBlock& block = setting.facts.conversation.quoted[index];
  const message::Address& person = block.on_behalf_of ? *block.on_behalf_of : block.from;
  std::string address = text::ascii_lower(person.address);
  if (original != nullptr) address = sender_address(*original->facts);
  const bool is_by_name = address.find('@') == std::string::npos;
  if (is_by_name) address = directory.address_of(person.name.empty() ? person.address : person.name);
  if (address.empty()) return {};
  if (auto imitated = imitated_side(setting, context, address))
    return {*std::move(imitated), true, setting.ground.sides.side_of(address)};
  const policy::Side side = setting.ground.sides.side_of(address);
  const bool is_doubtful = address != sender_address(setting.facts) && !context.is_participant(address) &&
                           !(is_by_name && is_believed_by_name(setting, context, address, side));
  const bool is_imitation = address == sender_address(setting.facts) && context.stand_in("from") != nullptr;
  return {side, is_doubtful || is_imitation || is_disputed(setting.memory, address), side};
}

/// Sides of the recipients, whose own accounts a message may name without presenting them; and those whose place they take.
std::vector<policy::Side> recipient_sides(const Setting& setting, const Context& context, const policy::Side& but) {
  std::vector<policy::Side> sides;
  const auto add = [&](const policy::Side& side) {
    if (side.empty() || side == but || sides.size() >= kRecipientSides) return;
    if (std::ranges::find(sides, side) == sides.end()) sides.push_back(side);
  };
  for (const auto* people : {&setting.facts.to, &setting.facts.cc}) {
    for (const message::Address& person : *people) {
      add(setting.ground.sides.side_of(person.address));
      if (const auto imitated = imitated_side(setting, context, person.address)) add(*imitated);
    }
  }
  for (const StandIn& stand_in : context.stand_ins) {
    if (stand_in.field == "to" || stand_in.field == "cc") add(stand_in.taken.side);
  }
  return sides;
}

/// Whether one of the recipients has that account: by the policy, or by what the memory knows. A mere mention that the memory
/// keeps (a colleague who passed on a payee's account) is not believed against the sender's word that he is to be paid there.
/// An account in doubt is spoken of with those in whose name it came: "is this yours?", "we have paid to it". An outsider who
/// asks to be paid there is believed for it: one account serves a swindler in many names.
class AccountsOfRecipients {
 public:
  AccountsOfRecipients(const Setting& setting, const Context& context, const Author& sender) {
    const auto sides = recipient_sides(setting, context, sender.side);
    is_to_us_ = std::ranges::find(sides, policy::kOwnSide) != sides.end() && !is_insider(setting, context);
    for (const policy::Side& side : sides) {
      for (const memory::KnownAccount& known : setting.ground.ledger) {
        if (known.side == side) of_ledger_.push_back(known.account);
      }
      for (const memory::KnownAccount& known : setting.memory.accounts_of(side)) of_memory_.push_back(known.account);
      if (sender.is_stand_in || (side == policy::kOwnSide && is_to_us_)) continue;
      for (const memory::KnownAccount& known : setting.memory.disputed_accounts_of(side)) in_doubt_.push_back(known.account);
    }
  }

  [[nodiscard]] bool hold(const facts::Account& account) const {
    const auto is_it = [&](const facts::Account& known) { return known.valid && is_one_account(known, account); };
    const bool is_claimed = account.role == facts::AccountRole::receiving;
    const bool is_spoken_of = !is_to_us_ || !is_claimed;
    const auto is_surely_it = [&](const facts::Account& known) {
      return (!is_claimed || known.role == facts::AccountRole::receiving) && is_it(known);
    };
    return std::ranges::any_of(of_ledger_, is_it) || (is_spoken_of && std::ranges::any_of(in_doubt_, is_it)) ||
           std::ranges::any_of(of_memory_, is_surely_it);
  }

 private:
  bool is_to_us_ = false;  ///< an outsider writes to the own side
  std::vector<facts::Account> of_ledger_, of_memory_, in_doubt_;
};

/// Held in our own name, in words that ask for no payment: what an outsider has on file of us. Where he asks to be paid there, a
/// name that the bank does not compare says nothing.
bool is_readers_own(const Setting& setting, const Author& sender, const facts::Account& account) {
  if (account.holder.empty() || sender.is_stand_in || sender.side == policy::kOwnSide) return false;
  if (moves_payments(setting.facts) || requests(setting.facts, "payment")) return false;
  return bears_name_of(account.holder, policy::Side(policy::kOwnSide), setting.ground) &&
         holder_fit(account.holder, sender.side, {}, setting.ground) != HolderFit::side;
}

bool had_other_subject(const Setting& setting, const memory::Record& answered) {
  const std::string& base = setting.facts.base_subject;
  return !answered.has_subject(text::fold(base)) && !answered.has_subject(text::fold(text::behind_tags(base)));
}

/// Whether a quoted message had a Subject without the account, by its original or as it is printed; nothing where neither tells.
std::optional<bool> lacked_in_subject(const Setting& setting, const Context& context, std::size_t index,
                                      const facts::Account& account) {
  if (const memory::Record* original = context.quoted_originals[index]) return had_other_subject(setting, *original);
  const std::string& printed = setting.facts.conversation.quoted[index].subject;
  if (printed.empty()) return std::nullopt;
  return printed.find(account.as_written) == std::string::npos;
}

/// An account in the Subject of a reply to a message whose Subject was another: the writer put it there. Where nothing tells of
/// that one, the nearest older one speaks for it: against outsiders alone, since colleagues answer in the Subjects of others.
bool is_put_in_subject(const Setting& setting, const Context& context, const facts::Account& account) {
  if (account.block != 0 || account.span.part != "header") return false;
  if (const auto lacked = lacked_in_subject(setting, context, 0, account)) return *lacked;
  if (!context.ancestors.empty()) return had_other_subject(setting, *context.ancestors.back());
  if (is_insider(setting, context)) return false;
  for (std::size_t index = 1; index < context.quoted_originals.size(); ++index) {
    if (const auto lacked = lacked_in_subject(setting, context, index, account)) return *lacked;
  }
  return false;
}

/// The quoted message that presents an account; -1: it is the sender's own. An attachment is the nearest one's where a colleague
/// forwards it. A quotation that names nobody is the sender's own word, but for what is known: that he quotes; and so is an
/// answer inside a quote, and what an outsider fills in there.
std::int32_t block_of(const Setting& setting, const Context& context, const facts::Account& account) {
  if (account.block >= 0 && context.says(account.block) && setting.memory.accounts_with_key(memory::account_key(account)).empty())
    return -1;
  if (is_put_in_subject(setting, context, account)) return -1;
  const memory::Record* quoted = account.block < 0 ? nullptr : context.quoted_originals[static_cast<std::size_t>(account.block)];
  if (is_answered_account(setting.facts, quoted, account)) return -1;
  if (context.sender_side != policy::kOwnSide && is_filled_in(setting, context, account)) return -1;
  const bool is_forwarded = account.block < 0 && account.where == "attachment" && setting.facts.subject_is_forward &&
                            !setting.facts.conversation.quoted.empty();
  return is_forwarded && is_insider(setting, context) ? 0 : account.block;
}

/// Whether an impostor quotes the reader's own side with an account that the reader knows nothing of, in a message that is not in
/// evidence: "we agree to the new account ...", which the reader never wrote.
bool is_put_into_mouth(const Setting& setting, const Context& context, const Author& sender, const Author& author,
                       std::int32_t block, const facts::Account& account) {
  if (block < 0 || !sender.is_stand_in || sender.side == policy::kOwnSide || author.side != policy::kOwnSide) return false;
  return context.quoted_originals[static_cast<std::size_t>(block)] == nullptr &&
         setting.memory.accounts_with_key(memory::account_key(account)).empty();
}

}  // namespace

Author sender_of(const Setting& setting, const Context& context) {
  if (const StandIn* stand_in = context.stand_in("from")) return {stand_in->taken.side, true, context.sender_side};
  for (const LookalikeUse& use : context.lookalikes) {
    if (use.field != "from" || use.resemblance.reference.empty() || use.reference_kind == "watch") continue;
    if (setting.ground.sides.is_shared(text::registrable_domain(use.resemblance.reference))) continue;
    const bool is_grave = use.resemblance.severity >= Severity::medium && !use.known_apart;
    if (is_grave || is_same_person(setting, setting.facts, use)) {
      return {setting.ground.sides.side_of_domain(use.resemblance.reference), true, context.sender_side};
    }
  }
  const std::string address = sender_address(setting.facts);
  return {context.sender_side, is_disputed(setting.memory, address), context.sender_side};
}

void read_presented(const Setting& setting, Context& context) {
  const auto& accounts = setting.facts.accounts;
  if (accounts.empty()) return;
  const Author sender = sender_of(setting, context);
  const Directory directory(setting, context);
  const AccountsOfRecipients of_recipients(setting, context, sender);
  std::map<std::int32_t, Author> authors{{-1, sender}};
  for (std::size_t index = 0; index < accounts.size(); ++index) {
    const facts::Account& account = accounts[index];
    const std::int32_t block = block_of(setting, context, account);
    if (block >= static_cast<std::int32_t>(context.quoted_originals.size())) continue;
    if (is_of_the_past(account) || account.former) continue;  // named, not presented
    const auto [place, is_new] = authors.try_emplace(block);
    if (is_new) place->second = author_of(setting, context, directory, static_cast<std::size_t>(block));
    const bool is_invented =
        is_put_into_mouth(setting, context, sender, place->second, block, account) && !of_recipients.hold(account);
    const Author& author = is_invented ? sender : place->second;
    context.presented.push_back(
        {.account = index,
         .side = author.side,
         .paying = account.role == facts::AccountRole::paying ||
                   (block < 0 && (of_recipients.hold(account) || is_readers_own(setting, sender, account))),
         .writer = author.writer,
         .by_stand_in = author.is_stand_in,
         .block = block});
  }
}

}  // namespace threadline::findings
