// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "base/limits.h"
#include "findings/account_match.h"
#include "findings/context_steps.h"
#include "findings/identity.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::int64_t kOwnAddressAfter = 30LL * 24 * 3'600;

constexpr auto kRoles = std::to_array<std::string_view>({
#define THREADLINE_ROLE(word) #word,
#define THREADLINE_MACHINE(word) #word,
#include "findings/role_local_parts.def"
#undef THREADLINE_ROLE
#undef THREADLINE_MACHINE
});
constexpr auto kMachines = std::to_array<std::string_view>({
#define THREADLINE_ROLE(word)
#define THREADLINE_MACHINE(word) #word,
#include "findings/role_local_parts.def"
#undef THREADLINE_ROLE
#undef THREADLINE_MACHINE
});

std::string letters_of(std::string_view local_part) {
  std::string letters;
  for (const char letter : text::ascii_lower(local_part)) {
    if (letter >= 'a' && letter <= 'z') letters += letter;
  }
  return letters;
}

/// The address that a display name is, in quotes or brackets; of "x@y via Z" what stands there, which is nobody's address.
std::string_view bare_address(std::string_view display) {
  constexpr std::string_view kAround = " \t'\"<>()[]";
  const std::size_t begin = display.find_first_not_of(kAround);
  if (begin == display.npos) return {};
  return display.substr(begin, display.find_last_not_of(kAround) - begin + 1);
}

/// The first word of a local part: "billing" of "billing-eu".
std::string_view first_word(std::string_view local_part) {
  return local_part.substr(0, local_part.find_first_of(".-_+0123456789"));
}

/// Compares the addresses of a message with the participants' names, local parts and domains.
class Substitution {
 public:
  Substitution(const Setting& setting, Context& context) : setting_(setting), context_(context) {}

  void look_at(std::string_view field, const message::Address& person) {
    const std::string address = text::ascii_lower(person.address);
    if (address.find('@') == std::string::npos || is_at_home(address)) return;
    if (compared_ + context_.participants.size() > Limits{}.compared_persons) return note_limit(context_, "compared_persons");
    compared_ += context_.participants.size();
    const std::string key = person_key(person.name);
    const Name name{ShownName(person.name), is_telling_name(key) ? key : std::string{}, bare_address(person.name),
                    field == "reply_to", setting_.ground.sides.is_free_mail(text::domain_of_address(address))};
    const bool is_known = is_own_address(address);
    const Participant* best = nullptr;
    int best_rank = 0;
    for (std::size_t index = 0; index < context_.participants.size(); ++index) {
      const Participant& other = context_.participants[index];
      const int rank = rank_of(address, name, index, is_known);
      const bool is_nearer = rank == best_rank && best != nullptr && !is_namesake(address, *best) && is_namesake(address, other);
      if (rank > best_rank || is_nearer) std::tie(best, best_rank) = std::pair(&other, rank);
    }
    if (best == nullptr) return;
    if (context_.stand_ins.size() >= Limits{}.suspects) return note_limit(context_, "suspects");
    context_.stand_ins.push_back({.field = std::string(field),
                                  .impostor = person,
                                  .taken = *best,
                                  .how = std::string(kHow[static_cast<std::size_t>(best_rank / 2)])});
  }

 private:
  static constexpr std::array<std::string_view, 5> kHow = {"", "local_part", "same_name", "freemail", "lookalike_domain"};
  enum Rank { local_part = 2, same_name = 4, freemail = 6, lookalike = 8, lookalike_of_person = 9 };

  /// Whether both have one local part: of a firm's people the one whose place "accounts@" takes is its "accounts@".
  static bool is_namesake(std::string_view address, const Participant& other) {
    return text::equal_ascii_nocase(text::local_part_of_address(address), text::local_part_of_address(other.person.address));
  }

  /// On the own side, a counterparty's, or a participant's.
  bool is_at_home(const std::string& address) const {
    const policy::Side side = setting_.ground.sides.side_of(address);
    if (side == policy::kOwnSide || side.starts_with("party:")) return true;
    const bool is_known = context_.is_participant_side(side) || context_.is_participant(address);
    return is_known && !is_disputed(setting_.memory, address);
  }

  /// An address that the memory has known for some time as one that its person uses.
  bool is_own_address(const std::string& address) const {
    const memory::Correspondent* known = setting_.memory.correspondent(address);
    const auto now = setting_.facts.dates.known_at;
    return known != nullptr && now && known->messages >= 2 && now->seconds - known->first.seconds >= kOwnAddressAfter;
  }

  /// The display name of an address.
  struct Name {
    ShownName shown;
    std::string key;           ///< person_key; empty: it tells nobody apart
    std::string_view address;  ///< where it is one and nothing else
    bool is_of_replies;        ///< it stands in Reply-To
    bool is_free;              ///< the address is one of free mail
  };

  /// Where somebody himself asks for answers elsewhere, no more than his name is his: "Mary Smith: Personal Account" is hers.
  bool is_name_of(const Name& name, std::size_t index) {
    const Participant& other = context_.participants[index];
    const bool is_by_himself = text::equal_ascii_nocase(sender_address(setting_.facts), other.person.address);
    if (name.is_of_replies && is_by_himself) return !name.key.empty() && name.key == person_key(other.person.name);
    return text::equal_ascii_nocase(name.address, other.person.address) || name.shown.shows(participant(index).name);
  }

  int rank_of(const std::string& address, const Name& name, std::size_t index, bool is_known) {
    const Participant& other = context_.participants[index];
    const bool one_name = is_name_of(name, index);
    const std::string_view local = text::local_part_of_address(address);
    const bool one_local =
        (is_same_local_part(local, text::local_part_of_address(other.person.address)) ||
         (name.is_free && is_twin_of(local, other.person))) &&
        (one_name || name.key.empty() || !participant(index).is_telling || name.shown.is_near(participant(index).name));
    const bool is_person = one_name || one_local;
    if (imitates_side_of(address, other, is_person)) return is_person ? lookalike_of_person : lookalike;
    const bool is_lists_business = context_.lists_people && !name.is_of_replies;  // answers, the sender himself leads astray
    if (is_known || is_lists_business || !is_person || is_spoken_for(address, other)) return 0;
    if (name.is_free) return freemail;
    return one_name ? same_name : local_part;
  }

  /// A ticket system that writes in somebody's name, or a second address of one who keeps his known one in the conversation: who
  /// takes another's place leaves him out.
  bool is_spoken_for(const std::string& address, const Participant& other) const {
    if (is_machine_part(text::local_part_of_address(address))) return true;
    for (const auto* people : {&setting_.facts.reply_to, &setting_.facts.to, &setting_.facts.cc}) {
      if (std::ranges::any_of(*people,
                              [&](const auto& one) { return text::equal_ascii_nocase(one.address, other.person.address); }))
        return true;
    }
    return false;
  }

  bool imitates_side_of(const std::string& address, const Participant& other, bool is_person) const {
    return std::ranges::any_of(context_.lookalikes, [&](const LookalikeUse& use) {
      if (use.address != address || use.block >= 0 || use.resemblance.reference.empty()) return false;
      if (use.known_apart && !is_person) return false;
      if (use.resemblance.severity < Severity::medium && !is_person && !brings_other_account(other.side)) return false;
      const std::string reference = text::registrable_domain(use.resemblance.reference);
      const std::string domain = text::domain_of_address(other.person.address);
      if (setting_.ground.sides.is_shared(reference)) return domain == use.resemblance.reference;
      if (text::registrable_domain(domain) == reference) return true;
      return !setting_.ground.sides.is_shared(reference) && setting_.ground.sides.side_of_domain(reference) == other.side;
    });
  }

  /// Whether the new text has an account that neither that side presented before nor any quoted level shows: what makes of a
  /// subsidiary's name ("firm-group") one that is used in the firm's stead.
  bool brings_other_account(const policy::Side& side) const {
    const auto& accounts = setting_.facts.accounts;
    const auto is_quoted = [&](const facts::Account& account) {
      return std::ranges::any_of(accounts,
                                 [&](const facts::Account& one) { return one.level > 0 && is_one_account(one, account); });
    };
    const auto is_brought = [&](const facts::Account& account) {
      return account.level == 0 && is_payable(account) && !is_of_the_past(account) && !account.former && !is_quoted(account);
    };
    if (std::ranges::none_of(accounts, is_brought)) return false;
    const Baseline before = baseline_of(side, setting_.facts, context_, setting_.memory, setting_.ground);
    return std::ranges::any_of(accounts,
                               [&](const facts::Account& account) { return is_brought(account) && !before.holds(account); });
  }

  /// A participant's name: as he sets it out, and whether it tells people apart.
  struct Known {
    PersonName name;
    bool is_telling;
  };
  const Known& participant(std::size_t index) {
    if (known_.empty()) {
      for (const Participant& one : context_.participants)
        known_.push_back({PersonName(one.person), is_telling_name(person_key(one.person.name))});
    }
    return known_[index];
  }

  const Setting& setting_;
  Context& context_;
  std::size_t compared_ = 0;  ///< pairs
  std::vector<Known> known_;  ///< parallel to participants
};

}  // namespace

bool is_role(std::string_view local_part) {
  const std::string whole = letters_of(local_part);
  const std::string first = letters_of(first_word(local_part));
  return std::ranges::any_of(kRoles, [&](std::string_view role) { return role == whole || role == first; });
}

bool is_machine_part(std::string_view local_part) {
  const std::string lowered = text::ascii_lower(local_part);
  if (lowered.starts_with("reply+") || lowered.starts_with("reply-")) return true;
  const std::string whole = letters_of(lowered), first = letters_of(first_word(lowered));
  if (whole.ends_with("noreply")) return true;
  return std::ranges::any_of(kMachines, [&](std::string_view name) { return name == whole || name == first; });
}

bool is_same_local_part(std::string_view left, std::string_view right) {
  const std::string one = text::ascii_lower(left);
  const std::string other = text::ascii_lower(right);
  if (one.size() < 4 || other.size() < 4) return false;
  // Who writes another's local part with other letters that look the same means to be read as him, be it a role.
  if (one != other && std::min(one.size(), other.size()) >= 6 && text::skeleton(one) == text::skeleton(other)) return true;
  if (is_role(one) || is_role(other)) return false;
  if (one == other || letters_of(one) == letters_of(other)) return letters_of(one).size() >= 4;
  const std::size_t shorter = std::min(one.size(), other.size());
  return shorter >= 9 && is_one_edit_apart(one, other);
}

bool is_telling_name(std::string_view name_key) {
  return name_key.find(' ') != std::string_view::npos && name_key.size() >= 7 && name_key.find('@') == std::string_view::npos &&
         !is_function_name(name_key);
}

void read_stand_ins(const Setting& setting, Context& context) {
  if (context.participants.empty()) return;
  const facts::Facts& facts = setting.facts;
  Substitution substitution(setting, context);
  for (const message::Address& person : facts.from) substitution.look_at("from", person);
  for (const message::Address& person : facts.reply_to) substitution.look_at("reply_to", person);
  for (const message::Address& person : facts.to) substitution.look_at("to", person);
  for (const message::Address& person : facts.cc) substitution.look_at("cc", person);
  if (context.direction != Direction::outbound) return;
  for (const UnseenRecipient& unseen : unseen_recipients(facts)) substitution.look_at(unseen.field, {{}, unseen.address});
}

}  // namespace threadline::findings
