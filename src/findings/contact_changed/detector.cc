// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

using facts::Phone;
using facts::PhoneKind;
using memory::KnownPhone;

bool calls(const Phone& phone) { return phone.in_signature && phone.kind != PhoneKind::fax; }

/// Who signs: the sender, and the participant whose place he takes.
struct Signer {
  policy::Side side;
  bool is_stand_in = false;
  std::vector<std::string> addresses, names;

  /// A stand-in is whom he imitates by the local part too.
  [[nodiscard]] bool is(const std::string& address, const std::string& name_key) const {
    if (std::ranges::find(addresses, address) != addresses.end()) return true;
    if (is_telling_name(name_key) && std::ranges::find(names, name_key) != names.end()) return true;
    return is_stand_in && std::ranges::any_of(addresses, [&](const std::string& one) {
             return is_same_local_part(text::local_part_of_address(one), text::local_part_of_address(address));
           });
  }
};

void add_person(Signer& signer, const message::Address& person) {
  signer.addresses.push_back(text::ascii_lower(person.address));
  if (std::string name = text::name_key(person.name); !name.empty()) signer.names.push_back(std::move(name));
}

Signer signer_of(const Case& it) {
  const Author author = sender_of({it.facts, it.memory, it.ground}, it.context);
  Signer signer{.side = author.side, .is_stand_in = author.is_stand_in, .addresses = {}, .names = {}};
  if (!it.facts.from.empty()) add_person(signer, it.facts.from.front());
  if (const StandIn* stand_in = it.context.stand_in("from")) add_person(signer, stand_in->taken.person);
  return signer;
}

/// Numbers of the signer in quoted levels whose original is not in evidence.
void add_quoted(std::vector<KnownPhone>& known, const facts::Facts& facts, const Signer& signer,
                const std::vector<const memory::Record*>* originals) {
  for (const Phone& phone : facts.phones) {
    const auto block = static_cast<std::size_t>(phone.block);
    if (phone.block < 0 || !calls(phone) || block >= facts.conversation.quoted.size()) continue;
    if (originals != nullptr && block < originals->size() && (*originals)[block] != nullptr) continue;
    const message::Address& from = facts.conversation.quoted[block].from;
    const std::string address = text::ascii_lower(from.address);
    const std::string name = text::name_key(from.name.empty() ? from.address : from.name);
    if (signer.is(address, name))
      known.push_back({phone, address, name, facts.dates.known_at.value_or(Instant{}), facts.message_id, facts.source});
  }
}

/// The addresses of his side that the signer is known by: those of his name, and where he takes somebody's place, those that have
/// the local part which he imitates.
std::vector<std::string> known_addresses(const Case& it, const Signer& signer) {
  std::vector<std::string> addresses = signer.addresses;
  const auto add = [&](const std::string& address) {
    const bool is_his_side = it.ground.sides.side_of(address) == signer.side;
    if (is_his_side && std::ranges::find(addresses, address) == addresses.end()) addresses.push_back(address);
  };
  for (const std::string& name : signer.names) {
    if (!is_telling_name(name)) continue;
    for (const memory::Correspondent* person : it.memory.named(name)) add(person->address);
  }
  if (!signer.is_stand_in) return addresses;
  for (const Participant& participant : it.context.participants) {
    const std::string address = text::ascii_lower(participant.person.address);
    if (signer.is(address, {})) add(address);
  }
  for (const LookalikeUse& use : it.context.lookalikes) {
    if (use.field == "from") add(std::string(text::local_part_of_address(use.address)) + "@" + use.resemblance.reference);
  }
  return addresses;
}

/// The signer's earlier numbers: of real messages; what quoted copies show only where there is nothing else.
std::vector<KnownPhone> earlier_of(const Case& it, const Signer& signer) {
  std::vector<KnownPhone> earlier;
  for (const std::string& address : known_addresses(it, signer))
    std::ranges::move(it.memory.phones_of(signer.side, address), std::back_inserter(earlier));
  if (!earlier.empty()) {
    std::ranges::stable_sort(earlier, {}, [](const KnownPhone& one) { return one.since.seconds; });
    return earlier;
  }
  add_quoted(earlier, it.facts, signer, &it.context.quoted_originals);
  for (const memory::Record* ancestor : it.context.ancestors) add_quoted(earlier, *ancestor->facts, signer, nullptr);
  return earlier;
}

bool is_known(const std::vector<KnownPhone>& known, const Phone& phone) {
  return std::ranges::any_of(known, [&](const KnownPhone& one) { return facts::is_one_number(one.phone.number, phone.number); });
}

/// Somebody of the side signs with it, in this notation or in one that lacks the country.
bool is_of_side(const Case& it, const policy::Side& side, const Phone& phone) {
  const auto notations = facts::notations_of(phone.number);
  return std::ranges::any_of(notations, [&](const std::string& number) { return it.memory.knows_number(side, number); });
}

/// Landline against landline, or mobile against mobile: else both may be his.
bool is_comparable(const std::vector<KnownPhone>& before, const std::vector<Phone>& after) {
  return std::ranges::any_of(before, [&](const KnownPhone& one) {
    return std::ranges::any_of(
        after, [&](const Phone& other) { return (one.phone.kind == PhoneKind::mobile) == (other.kind == PhoneKind::mobile); });
  });
}

Severity severity_of(const Signer& signer, const std::vector<KnownPhone>& before, const std::vector<Phone>& after) {
  if (signer.is_stand_in) return Severity::medium;
  const bool is_shared = !signer.addresses.empty() && is_role(text::local_part_of_address(signer.addresses.front()));
  return is_shared || !is_comparable(before, after) ? Severity::low : Severity::medium;
}

Value phone_value(const KnownPhone& known) {
  Value value;
  value.set("value", known.phone.number)
      .set("as_written", known.phone.as_written)
      .set("kind", facts::name_of(known.phone.kind))
      .set("message_id", known.message_id)
      .set("source", known.source)
      .set("since", rfc3339(known.since));
  return value;
}

Finding claim_of(const Case& it, const Signer& signer, const std::vector<KnownPhone>& before, const std::vector<Phone>& after) {
  Finding finding{.code = "contact_changed",
                  .severity = severity_of(signer, before, after),
                  .confidence = signer.is_stand_in ? 0.9 : 0.7,
                  .subject = after.front().number,
                  .evidence = {},
                  .because = {},
                  .attack = {"T1656"},
                  .disputes = {}};
  const Instant now = it.facts.dates.known_at.value_or(Instant{});
  Value::List olds, news;
  for (const Phone& phone : after) {
    news.push_back(phone_value({phone, {}, {}, now, it.facts.message_id, it.facts.source}));
    finding.because.push_back({phone.as_written, phone.span});
  }
  for (const KnownPhone& known : before) {
    if (known.message_id == it.facts.message_id && known.phone.block >= 0)
      finding.because.push_back({known.phone.as_written, known.phone.span});
  }
  for (const KnownPhone* known : shown_of(before)) olds.push_back(phone_value(*known));
  finding.evidence.set("before", std::move(olds)).set("after", std::move(news)).set("side", signer.side);
  set_more(finding.evidence, before.size(), Limits{}.known_numbers, "known_numbers");
  return finding;
}

std::vector<Finding> check(const Case& it) {
  if (it.facts.is_list || is_automatic(it.facts.kind) || it.context.lists_people) return {};
  std::vector<Phone> after;
  std::ranges::copy_if(it.facts.phones, std::back_inserter(after),
                       [](const Phone& phone) { return phone.block < 0 && calls(phone); });
  const Signer signer = signer_of(it);
  if (after.empty() || signer.side.empty()) return {};
  const bool is_his = std::ranges::any_of(after, [&](const Phone& phone) {
    return std::ranges::any_of(signer.addresses,
                               [&](const auto& one) { return it.memory.has_signed(signer.side, one, phone.number); });
  });
  if (is_his) return {};
  const auto before = earlier_of(it, signer);
  if (before.empty()) return {};
  const auto is_kept = [&](const Phone& phone) { return is_known(before, phone) || is_of_side(it, signer.side, phone); };
  if (std::ranges::any_of(after, is_kept)) return {};
  std::vector<Finding> found;
  found.push_back(claim_of(it, signer, before, after));
  return found;
}

}  // namespace

Result<Check> prepare_contact_changed(const Ground&) { return check; }

}  // namespace threadline::findings
