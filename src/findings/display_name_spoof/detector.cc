// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/identity.h"
#include "findings/known_domains.h"
#include "policy/mailboxes.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::uint32_t kKnownPerson = 3;  ///< messages after which a name of the memory is somebody's
constexpr std::size_t kNameBytes = 500;    ///< of a display name that are looked at
constexpr std::size_t kTextBytes = 8'000;  ///< of the new text in which a firm is looked for
constexpr std::size_t kTellingWord = 4;    ///< letters of a word of a firm's domain that tells something

/// Whose name or address the display name shows.
struct Shown {
  std::string whose;  ///< the address or domain that the name stands for
  std::string kind;   ///< "participant", "own", "policy", "watch", "correspondent", "address", "domain"
  Severity severity = Severity::medium;
  bool may_be_namesake = false;  ///< the person is known by few messages, and nothing but the name is his
};

/// With "@" and "." for the characters that stand for them (UAX 15, compatibility forms; UTS 46, label separators).
std::string with_ascii_marks(std::string text) {
  constexpr std::pair<std::string_view, char> kMarks[] = {{"\uff20", '@'}, {"\ufe6b", '@'}, {"\uff0e", '.'},
                                                          {"\u3002", '.'}, {"\uff61", '.'}, {"\u2024", '.'}};
  for (const auto& [mark, ascii] : kMarks) {
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos;) text.replace(at, mark.size(), 1, ascii);
  }
  return text;
}

/// The words of a display name that may be an e-mail address or a domain name, lower case: with a dot inside.
std::vector<std::string> dotted_words(std::string_view display) {
  constexpr std::string_view kAround = " \t\"'<>()[],;:|/";
  const std::string lowered = with_ascii_marks(text::ascii_lower(display.substr(0, kNameBytes)));
  std::vector<std::string> words;
  for (std::size_t at = 0; (at = lowered.find_first_not_of(kAround, at)) != std::string::npos;) {
    const std::size_t end = std::min(lowered.find_first_of(kAround, at), lowered.size());
    std::string word = lowered.substr(at, end - at);
    while (!word.empty() && word.back() == '.') word.pop_back();
    if (word.find('.') != std::string::npos) words.push_back(std::move(word));
    at = end;
  }
  return words;
}

bool is_known_side(const Case& it, const policy::Side& side, std::string_view address) {
  if (side == policy::kOwnSide || side.starts_with("party:") || it.context.is_participant_side(side)) return true;
  const std::string registrable = text::registrable_domain(text::domain_of_address(address));
  return !it.ground.sides.is_shared(registrable) && it.ground.known->known(it.memory, registrable).has_value();
}

std::optional<Shown> shown_address(const Case& it, const std::string& word) {
  if (text::domain_of_address(word).find('.') == std::string::npos) return std::nullopt;
  const policy::Side side = it.ground.sides.side_of(word);
  if (side.empty() || side == it.context.sender_side) return std::nullopt;
  return Shown{word, "address", is_known_side(it, side, word) ? Severity::medium : Severity::low};
}

/// A domain in the name tells only where it is somebody's who is known: names hold dots of many kinds, and brands their web site.
std::optional<Shown> shown_domain(const Case& it, const std::string& word) {
  const std::string registrable = text::registrable_domain(word);
  if (registrable.find('.') == std::string::npos || it.ground.sides.is_shared(registrable)) return std::nullopt;
  const policy::Side side = it.ground.sides.side_of_domain(word);
  if (side == it.context.sender_side || !is_known_side(it, side, "x@" + word)) return std::nullopt;
  const auto label = [](const std::string& domain) { return domain.substr(0, domain.find('.')); };
  const std::string sender = text::registrable_domain(text::domain_of_address(it.facts.from.front().address));
  if (label(sender) == label(registrable)) return std::nullopt;  // a brand's other ending
  return Shown{word, "domain", Severity::medium};
}

std::optional<Shown> shown_in_words(const Case& it, const message::Address& from) {
  for (const std::string& word : dotted_words(from.name)) {
    auto shown = word.find('@') == std::string::npos ? shown_domain(it, word) : shown_address(it, word);
    if (shown) return shown;
  }
  return std::nullopt;
}

/// Participants of that name on other sides only.
std::optional<Shown> shown_participant(const Case& it, std::string_view display) {
  std::optional<Shown> shown;
  const ShownName name(display);
  for (const Participant& participant : it.context.participants) {
    if (!name.shows(PersonName(participant.person))) continue;
    if (participant.side == it.context.sender_side) return std::nullopt;
    if (!shown) shown = Shown{participant.person.address, "participant"};
  }
  return shown;
}

bool is_among(const std::vector<std::string>& addresses, std::string_view address) {
  return std::ranges::any_of(addresses, [&](const std::string& one) { return policy::is_same_mailbox(one, address); });
}

std::optional<Shown> shown_policy_person(const Case& it, const std::string& key, const std::string& address) {
  const auto found = it.ground.people.find(key);
  if (found == it.ground.people.end()) return std::nullopt;
  for (const NamedPerson& person : found->second) {
    if (person.side == it.context.sender_side || is_among(person.addresses, address)) return std::nullopt;
  }
  const NamedPerson& person = found->second.front();
  const std::string kind = person.side == policy::kOwnSide ? "own" : person.side.empty() ? "watch" : "policy";
  return Shown{person.addresses.empty() ? person.name : person.addresses.front(), kind};
}

/// Whether the message speaks for the firm of an address: each word of that domain's name stands in what it writes, while its own
/// domain bears another name.
bool speaks_for_firm(const Case& it, std::string_view known, std::string_view address) {
  const std::string registrable = text::registrable_domain(text::domain_of_address(known));
  if (registrable.empty() || it.ground.sides.is_shared(registrable)) return false;
  const std::string own = text::registrable_domain(text::domain_of_address(address));
  const std::string written = text::fold(it.facts.subject + "\n" + it.facts.conversation.new_text.substr(0, kTextBytes));
  std::string_view rest = std::string_view(registrable).substr(0, registrable.find('.'));
  bool is_named = false;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('-'), rest.size());
    const std::string_view word = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (word.size() < kTellingWord) continue;
    if (written.find(word) == std::string::npos || own.find(word) != std::string::npos) return false;
    is_named = true;
  }
  return is_named;
}

/// A name of few messages is somebody's where the mail could hardly be a namesake's: it comes from free mail while he writes from
/// his firm, or it speaks for his firm from elsewhere.
bool is_known_person(const Case& it, const memory::Correspondent& person, std::string_view address) {
  if (person.messages >= kKnownPerson) return true;
  const auto is_free = [&](std::string_view mail) { return it.ground.sides.is_free_mail(text::domain_of_address(mail)); };
  return (is_free(address) && !is_free(person.address)) || speaks_for_firm(it, person.address, address);
}

/// People whom the memory knows; one who is already known at this address, or at several, is no surprise at another.
std::optional<Shown> shown_correspondent(const Case& it, std::string_view name, const std::string& address) {
  std::vector<const memory::Correspondent*> people;
  for (const std::string& key : known_keys(name)) {
    if (is_telling_name(key)) std::ranges::copy(it.memory.named(key), std::back_inserter(people));
  }
  const auto is_his = [&](const auto* person) {
    return policy::is_same_mailbox(person->address, address) || person->side == it.context.sender_side;
  };
  if (people.empty() || std::ranges::any_of(people, is_his)) return std::nullopt;
  const auto is_own = [](const auto* person) { return person->side == policy::kOwnSide; };
  const auto rank = [&](const auto* person) { return is_own(person) ? 2 : is_known_person(it, *person, address) ? 1 : 0; };
  const memory::Correspondent* known = *std::ranges::max_element(people, {}, rank);
  if (is_own(known)) return Shown{known->address, "own"};
  return Shown{.whose = known->address,
               .kind = "correspondent",
               .severity = people.size() > 1 ? Severity::low : Severity::medium,
               .may_be_namesake = rank(known) == 0};
}

std::optional<Shown> shown_by_name(const Case& it, const std::string& name, const std::string& address) {
  if (!is_telling_name(text::name_key(name))) return std::nullopt;
  if (auto shown = shown_policy_person(it, person_key(name), address)) return shown;
  return it.context.lists_people ? std::nullopt : shown_correspondent(it, name, address);
}

std::optional<Shown> shown_person(const Case& it, const message::Address& from) {
  for (const std::string_view display : {std::string_view(from.name), person_in(from.name)}) {
    if (auto shown = shown_participant(it, display)) return shown;
  }
  const std::string address = text::ascii_lower(from.address);
  if (it.context.is_participant(address)) return std::nullopt;
  for (const std::string& name : shown_names(from.name)) {
    if (auto shown = shown_by_name(it, name, address)) return shown;
  }
  return std::nullopt;
}

/// A free-mail address made from the name of somebody known, whatever the display name says.
std::optional<Shown> shown_by_twin(const Case& it, const message::Address& from) {
  if (!it.ground.sides.is_free_mail(text::domain_of_address(from.address)) || it.context.is_participant(from.address))
    return std::nullopt;
  const std::string_view local = text::local_part_of_address(from.address);
  const std::string key = person_key(from.name);
  const auto is_twin = [&](const message::Address& person) {
    const bool has_other_name = is_telling_name(key) && !person.name.empty() && person_key(person.name) != key;
    return !has_other_name && !it.ground.sides.is_free_mail(text::domain_of_address(person.address)) && is_twin_of(local, person);
  };
  for (const Participant& participant : it.context.participants) {
    if (participant.side != it.context.sender_side && is_twin(participant.person))
      return Shown{participant.person.address, "participant"};
  }
  for (const auto& [unused, people] : it.ground.people) {
    for (const NamedPerson& person : people) {
      if (is_among(person.addresses, from.address) || person.addresses.empty() ||
          !is_twin({person.name, person.addresses.front()}))
        continue;
      return Shown{person.addresses.front(), person.side == policy::kOwnSide ? "own" : person.side.empty() ? "watch" : "policy"};
    }
  }
  return std::nullopt;
}

/// "X via Y", "X (Y)": services write so for people, and none of them from free mail. Brackets alone excuse nothing where a
/// payment is spoken of, or where an address stands in them.
bool is_via(const Case& it, const message::Address& from) {
  if (it.ground.sides.is_free_mail(text::domain_of_address(from.address))) return false;
  const std::string folded = with_ascii_marks(text::fold(from.name));
  if (folded.find(" via ") != std::string::npos || folded.find("(via ") != std::string::npos) return true;
  const std::size_t bracket = folded.ends_with(")") ? folded.rfind('(') : std::string::npos;
  return bracket != std::string::npos && folded.find('@', bracket) == std::string::npos && !it.context.about_payment;
}

/// Where tickets come from machines' addresses; nobody has a mailbox there. Each a suffix of the firm's tenancy.
bool is_ticket_host(std::string_view above) {
  constexpr auto kHosts = std::to_array<std::string_view>(
      {".atlassian.net", ".freshdesk.com", ".freshservice.com", ".service-now.com", ".zendesk.com"});
  return std::ranges::find(kHosts, above) != kHosts.end();
}

/// A ticket from the tenancy that bears the name of the person's firm at a host of many ("jira@firm.atlassian.net" for
/// ann@firm.example), for which the border vouches.
bool is_own_tenancy(const Case& it, const message::Address& from, const Shown& shown) {
  const std::string host = text::domain_of_address(from.address), above = host.substr(std::min(host.find('.'), host.size()));
  const std::string firm = text::registrable_domain(text::domain_of_address(shown.whose));
  const bool is_hosted = it.ground.sides.is_shared(host) && !it.ground.sides.is_free_mail(host);
  return it.context.has_list_fields && is_hosted && !firm.empty() && is_ticket_host(above) &&
         host == firm.substr(0, firm.find('.')) + above && is_machine_part(text::local_part_of_address(from.address)) &&
         (has_passed(it.facts.route, "dmarc") || has_aligned_pass(it.facts));
}

/// Services write for people, and colleagues write from home.
bool is_everyday(const Case& it, const message::Address& from, const Shown& shown, bool is_twin) {
  if (it.context.lists_people || is_via(it, from) || is_own_tenancy(it, from, shown)) return true;
  if (!it.context.about_payment && is_machine_part(text::local_part_of_address(from.address))) return true;
  return is_twin && shown.kind == "own" && !it.context.about_payment;
}

Severity severity_of(const Case& it, const message::Address& from, const Shown& shown, bool is_twin) {
  if (is_everyday(it, from, shown, is_twin)) return Severity::low;
  if (shown.may_be_namesake) return it.context.about_payment ? shown.severity : Severity::low;
  return it.context.about_payment && shown.severity == Severity::medium ? Severity::high : shown.severity;
}

Finding claim_of(const Case& it, const message::Address& from, const Shown& shown) {
  const bool is_twin =
      it.ground.sides.is_free_mail(text::domain_of_address(from.address)) && shown.kind != "address" && shown.kind != "domain";
  Finding finding{.code = "display_name_spoof",
                  .severity = severity_of(it, from, shown, is_twin),
                  .confidence = 0.7,
                  .subject = text::ascii_lower(from.address),
                  .evidence = {},
                  .because = {header_words(it.facts, "From", person_text(from))},
                  .attack = {"T1656"},
                  .disputes = {}};
  finding.evidence.set("name", from.name)
      .set("address", from.address)
      .set("shown", shown.whose)
      .set("kind", shown.kind)
      .set("technique", is_twin ? Value{"freemail"} : Value{})
      .set("alignment", alignment_value(it.facts));
  dispute(finding, it, from.address);
  return finding;
}

}  // namespace

Result<Check> prepare_display_name_spoof(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (it.facts.from.empty() || it.context.sender_side == policy::kOwnSide || it.context.sender_side.starts_with("party:"))
      return findings;
    const message::Address& from = it.facts.from.front();
    if (from.address.empty()) return findings;
    auto shown = shown_person(it, from);
    if (!shown) shown = shown_in_words(it, from);
    if (!shown) shown = shown_by_twin(it, from);
    if (shown) findings.push_back(claim_of(it, from, *shown));
    return findings;
  };
}

}  // namespace threadline::findings
