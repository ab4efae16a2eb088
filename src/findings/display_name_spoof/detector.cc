// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/known_domains.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::uint32_t kKnownPerson = 3;  ///< messages after which a name of the memory is somebody's
constexpr std::size_t kNameBytes = 500;    ///< of a display name that are looked at

/// Whose name or address the display name shows.
struct Shown {
  std::string whose;  ///< the address or domain that the name stands for
  std::string kind;   ///< "participant", "own", "policy", "watch", "correspondent", "address", "domain"
  Severity severity = Severity::medium;
};

/// The first e-mail address or domain name inside a display name, lower case; empty without one.
std::string name_in(std::string_view display) {
  const std::string lowered = text::ascii_lower(display.substr(0, kNameBytes));
  std::size_t at = 0;
  while (at < lowered.size()) {
    const std::size_t begin = lowered.find_first_not_of(" \t\"'<>()[],;:", at);
    if (begin == std::string::npos) return {};
    const std::size_t end = std::min(lowered.find_first_of(" \t\"'<>()[],;:", begin), lowered.size());
    const std::string word = lowered.substr(begin, end - begin);
    if (word.find('@') != std::string::npos && text::domain_of_address(word).find('.') != std::string::npos) return word;
    at = end;
  }
  return {};
}

bool is_known_side(const Case& it, const policy::Side& side, std::string_view address) {
  if (side == policy::kOwnSide || side.starts_with("party:") || it.context.is_participant_side(side)) return true;
  const std::string registrable = text::registrable_domain(text::domain_of_address(address));
  return !it.ground.sides.is_shared(registrable) && it.ground.known->known(it.memory, registrable).has_value();
}

std::optional<Shown> shown_address(const Case& it, const message::Address& from) {
  if (from.name.find('@') == std::string::npos) return std::nullopt;
  const std::string shown = name_in(from.name);
  if (shown.empty()) return std::nullopt;
  const policy::Side side = it.ground.sides.side_of(shown);
  if (side.empty() || side == it.context.sender_side) return std::nullopt;
  return Shown{shown, "address", is_known_side(it, side, shown) ? Severity::medium : Severity::low};
}

/// Participants of that name on other sides only.
std::optional<Shown> shown_participant(const Case& it, const std::string& key) {
  std::optional<Shown> shown;
  for (const Participant& participant : it.context.participants) {
    if (text::name_key(participant.person.name) != key) continue;
    if (participant.side == it.context.sender_side) return std::nullopt;
    if (!shown) shown = Shown{participant.person.address, "participant"};
  }
  return shown;
}

std::optional<Shown> shown_policy_person(const Case& it, const std::string& key, const std::string& address) {
  const auto found = it.ground.people.find(key);
  if (found == it.ground.people.end()) return std::nullopt;
  for (const NamedPerson& person : found->second) {
    if (person.side == it.context.sender_side || std::ranges::find(person.addresses, address) != person.addresses.end())
      return std::nullopt;
  }
  const NamedPerson& person = found->second.front();
  const std::string kind = person.side == policy::kOwnSide ? "own" : person.side.empty() ? "watch" : "policy";
  return Shown{person.addresses.empty() ? person.name : person.addresses.front(), kind};
}

/// People whom the memory knows; one who is already known at this address, or at several, is no surprise at another.
std::optional<Shown> shown_correspondent(const Case& it, const std::string& key, const std::string& address) {
  const auto people = it.memory.named(key);
  const memory::Correspondent* known = nullptr;
  for (const memory::Correspondent* person : people) {
    if (person->address == address || person->side == it.context.sender_side) return std::nullopt;
    const bool is_own = person->side == policy::kOwnSide;
    if (is_own || (known == nullptr && person->messages >= kKnownPerson)) known = person;
  }
  if (known == nullptr) return std::nullopt;
  const bool is_own = known->side == policy::kOwnSide;
  const bool writes_from_many = people.size() > 1 && !is_own;
  return Shown{known->address, is_own ? "own" : "correspondent", writes_from_many ? Severity::low : Severity::medium};
}

std::optional<Shown> shown_person(const Case& it, const message::Address& from) {
  const std::string key = text::name_key(std::string_view(from.name).substr(0, from.name.find(" via ")));  // "X via Y" shows X
  const std::string address = text::ascii_lower(from.address);
  if (!is_telling_name(key)) return std::nullopt;
  if (auto shown = shown_participant(it, key)) return shown;
  if (it.context.is_participant(address)) return std::nullopt;
  if (auto shown = shown_policy_person(it, key, address)) return shown;
  return it.context.lists_people ? std::nullopt : shown_correspondent(it, key, address);
}

bool is_via(const message::Address& from) {
  const std::string folded = text::fold(from.name);
  return folded.find(" via ") != std::string::npos || folded.ends_with(")");
}

/// Services write for people, and people write from home.
bool is_everyday(const Case& it, const message::Address& from, bool is_twin) {
  if (it.context.lists_people || is_via(from)) return true;
  return is_twin && !it.context.about_payment;
}

Finding claim_of(const Case& it, const message::Address& from, const Shown& shown) {
  const bool is_twin = it.ground.sides.is_free_mail(text::domain_of_address(from.address)) && shown.kind != "address";
  Severity severity = shown.severity;
  if (is_everyday(it, from, is_twin))
    severity = Severity::low;
  else if (it.context.about_payment && severity == Severity::medium)
    severity = Severity::high;
  Finding finding{.code = "display_name_spoof",
                  .severity = severity,
                  .confidence = 0.7,
                  .subject = text::ascii_lower(from.address),
                  .evidence = {},
                  .because = {header_words("From", person_text(from))},
                  .attack = {"T1656"},
                  .disputes = {}};
  finding.evidence.set("name", from.name)
      .set("address", from.address)
      .set("shown", shown.whose)
      .set("kind", shown.kind)
      .set("technique", is_twin ? Value{"freemail"} : Value{});
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
    if (from.name.empty() || from.address.empty()) return findings;
    auto shown = shown_person(it, from);
    if (!shown) shown = shown_address(it, from);
    if (shown) findings.push_back(claim_of(it, from, *shown));
    return findings;
  };
}

}  // namespace threadline::findings
