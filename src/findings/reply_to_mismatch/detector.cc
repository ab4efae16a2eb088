// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/identity.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

bool is_no_reply(std::string_view address) {
  std::string letters;
  for (const char letter : text::ascii_lower(text::local_part_of_address(address))) {
    if (letter >= 'a' && letter <= 'z') letters += letter;
  }
  return letters.find("noreply") != std::string::npos || letters.find("donotreply") != std::string::npos ||
         letters.starts_with("notification") || letters.find("nepasrepondre") != std::string::npos;
}

/// Reply-To imitates the very domain that From shows.
bool imitates_from(const Case& it, const message::Address& reply_to) {
  const std::string from = text::registrable_domain(text::domain_of_address(sender_address(it.facts)));
  const std::string other = text::registrable_domain(text::domain_of_address(reply_to.address));
  if (from.empty() || is_beyond_doubt(it.ground, other)) return false;
  const auto found = text::resemblance(other, from);
  return found && found->severity >= Severity::medium;
}

/// The border says that the message is not From's: DMARC failed, and no chain of custody that it accepted explains it. Header
/// fields of a list or a forwarder do not: anybody can write them.
bool is_forged(const Case& it) {
  const facts::Route& route = it.facts.route;
  const facts::AuthResult* dmarc = border_result(route, "dmarc");
  return dmarc != nullptr && dmarc->result == "fail" && !has_passed(route, "arc") && !has_passed(route, "compauth");
}

/// A forged From, and the answers go to a free-mail address made to look like that person's: it takes his place, in a
/// conversation or not. In mail that is his own the private address may be his too.
bool is_twin_of_forged(const Case& it, const message::Address& reply_to) {
  const message::Address& from = it.facts.from.front();
  const auto is_free = [&](const message::Address& one) {
    return it.ground.sides.is_free_mail(text::domain_of_address(one.address));
  };
  if (!is_forged(it) || !is_free(reply_to) || is_free(from)) return false;
  const std::string key = person_key(from.name);
  return (is_telling_name(key) && key == person_key(reply_to.name)) ||
         is_twin_of(text::local_part_of_address(reply_to.address), from);
}

const StandIn* stand_in_of(const Case& it, const message::Address& reply_to) {
  const auto& all = it.context.stand_ins;
  const auto found = std::ranges::find_if(all, [&](const StandIn& one) {
    return one.field == "reply_to" && text::equal_ascii_nocase(one.impostor.address, reply_to.address);
  });
  return found == all.end() ? nullptr : &*found;
}

/// A ticket of the sender's own: headers of a ticket system in mail that is From's (DMARC passed, or an ordinary mail's border
/// noted none), and under his own name his tenancy with a host of many ("firm.zendesk.com"). The headers alone, which anybody can
/// write, excuse nothing.
bool is_own_ticket(const Case& it, const message::Address& reply_to) {
  const facts::AuthResult* dmarc = border_result(it.facts.route, "dmarc");
  const bool is_froms = dmarc != nullptr ? dmarc->result == "pass" : it.context.lists_people;
  const StandIn* stand_in = stand_in_of(it, reply_to);
  const message::Address& from = it.facts.from.front();
  const std::string own = text::registrable_domain(text::domain_of_address(from.address));
  const std::string host = text::ascii_lower(text::domain_of_address(reply_to.address));
  return it.facts.is_list && is_froms && stand_in != nullptr && stand_in->how == "same_name" &&
         text::equal_ascii_nocase(stand_in->taken.person.address, from.address) && it.ground.sides.is_shared(host) &&
         !it.ground.sides.is_free_mail(host) && host.starts_with(own.substr(0, own.find('.')) + ".");
}

/// The first Reply-To that leads to another side. Where one leads back to the sender's, only who takes a place beside it counts:
/// an answer to both is an answer to him.
const message::Address* led_astray(const Case& it) {
  const message::Address *other = nullptr, *impostor = nullptr;
  bool leads_back = false;
  for (const message::Address& person : it.facts.reply_to) {
    const policy::Side side = it.ground.sides.side_of(person.address);
    if (side.empty()) continue;
    leads_back |= side == it.context.sender_side;
    if (side == it.context.sender_side) continue;
    if (other == nullptr) other = &person;
    if (impostor == nullptr && (stand_in_of(it, person) != nullptr || imitates_from(it, person) || is_twin_of_forged(it, person)))
      impostor = &person;
  }
  if (impostor != nullptr) return impostor;
  return leads_back ? nullptr : other;
}

Finding claim_of(const Case& it, const message::Address& reply_to) {
  const StandIn* stand_in = stand_in_of(it, reply_to);
  const bool imitates = imitates_from(it, reply_to), is_twin = is_twin_of_forged(it, reply_to);
  const bool takes_place = stand_in != nullptr || imitates || is_twin;
  Finding finding{.code = "reply_to_mismatch",
                  .severity = takes_place ? Severity::high : Severity::low,
                  .confidence = takes_place ? 0.9 : 0.4,
                  .subject = text::ascii_lower(reply_to.address),
                  .evidence = {},
                  .because = {header_words(it.facts, "From", person_text(it.facts.from.front())),
                              header_words(it.facts, "Reply-To", person_text(reply_to))},
                  .attack = {"T1566"},
                  .disputes = {}};
  finding.evidence.set("from", person_value(it.facts.from.front()))
      .set("reply_to", person_value(reply_to))
      .set("takes_place_of", stand_in != nullptr ? person_value(stand_in->taken.person)
                             : is_twin           ? person_value(it.facts.from.front())
                                                 : Value{})
      .set("how", stand_in != nullptr ? stand_in->how
                                      : std::string(imitates  ? "lookalike_domain"
                                                    : is_twin ? "freemail"
                                                              : ""))
      .set("alignment", alignment_value(it.facts));
  dispute(finding, it, reply_to.address);
  return finding;
}

}  // namespace

Result<Check> prepare_reply_to_mismatch(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (it.facts.from.empty() || it.context.sender_side.empty()) return findings;
    const message::Address* reply_to = led_astray(it);
    if (reply_to == nullptr || is_own_ticket(it, *reply_to)) return findings;
    Finding finding = claim_of(it, *reply_to);
    const bool is_business = it.context.has_list_fields || is_no_reply(it.facts.from.front().address);
    if (!is_business || finding.severity >= Severity::high) findings.push_back(std::move(finding));
    return findings;
  };
}

}  // namespace threadline::findings
