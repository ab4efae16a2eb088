// SPDX-License-Identifier: Apache-2.0
#include "timeline/people.h"

#include <algorithm>
#include <array>

#include "text/base_subject.h"
#include "text/domain.h"
#include "text/fold.h"
#include "timeline/visible.h"

namespace threadline::timeline {
namespace {

constexpr std::size_t kNameLength = 120;  ///< code points of a name in a sentence
constexpr std::size_t kNamesShown = 2;

bool has_finding(const Judged& judged, std::string_view code, Severity least) {
  return std::ranges::any_of(judged.findings,
                             [&](const auto& finding) { return finding.code == code && finding.severity >= least; });
}

bool is_on_domain(const message::Address& person, const std::string& domain) {
  const std::string own = text::domain_of_address(person.address);
  return own == domain || text::registrable_domain(own) == text::registrable_domain(domain);
}

/// The sender's own fields hold that domain: a carrier is not charged with the lookalike in a message that it forwards.
bool sender_uses(const facts::Facts& facts, const std::string& domain) {
  const auto uses = [&](const message::Address& person) { return is_on_domain(person, domain); };
  return domain.empty() || std::ranges::any_of(facts.from, uses) || std::ranges::any_of(facts.reply_to, uses) ||
         (facts.sender && uses(*facts.sender));
}

/// The lookalike stands in that field: the one named first, or one of several.
bool is_in_field(const Value& evidence, std::string_view field) {
  if (evidence.text_at("field") == field) return true;
  const Value* fields = evidence.find("fields");
  return fields != nullptr && fields->list() != nullptr &&
         std::ranges::any_of(*fields->list(), [&](const Value& one) { return one.text() != nullptr && *one.text() == field; });
}

bool is_sender_lookalike(const Judged& judged, const findings::Finding& finding) {
  if (finding.code != "lookalike_domain") return false;
  constexpr std::array<std::string_view, 3> kSenderFields{"from", "sender", "reply_to"};
  return std::ranges::any_of(kSenderFields, [&](std::string_view field) { return is_in_field(finding.evidence, field); }) &&
         sender_uses(*judged.facts, finding.evidence.text_at("domain"));
}

bool is_presumed_attacker(const Judged& judged) {
  return has_finding(judged, "thread_hijack", Severity::high) || std::ranges::any_of(judged.findings, [&](const auto& finding) {
           return finding.severity >= Severity::high && is_sender_lookalike(judged, finding);
         });
}

bool is_known_apart(const findings::Finding& lookalike) {
  const Value* apart = lookalike.evidence.find("known_apart");
  return apart != nullptr && apart->boolean() != nullptr && *apart->boolean();
}

/// No finding says that the address is another's, however low the policy lets it stand. One that the policy leaves out is told by
/// the change of account that it made critical (findings.md), where nothing else that is there did.
bool is_address_true(const Judged& judged) {
  if (has_finding(judged, "thread_hijack", Severity::info) || has_finding(judged, "own_domain_spoofed", Severity::info))
    return false;
  if (std::ranges::any_of(judged.findings,
                          [&](const auto& finding) { return is_sender_lookalike(judged, finding) && !is_known_apart(finding); }))
    return false;
  return !has_finding(judged, "bank_account_changed", Severity::critical) ||
         has_finding(judged, "lookalike_domain", Severity::info);
}

bool is_author_open(const Judged& judged) {
  const bool is_in_doubt =
      has_finding(judged, "bank_account_changed", Severity::medium) || has_finding(judged, "new_route", Severity::medium);
  return is_in_doubt && is_address_true(judged);
}

std::string sender_name(const facts::Facts& facts) {
  if (!facts.from.empty() && !name_of(facts.from.front()).empty()) return name_of(facts.from.front());
  if (facts.sender && !name_of(*facts.sender).empty()) return name_of(*facts.sender);
  return one_line(facts.return_path, kNameLength);
}

const std::vector<message::Address>& recipients_of(const facts::Facts& facts) {
  if (!facts.to.empty()) return facts.to;
  return facts.cc.empty() ? facts.bcc : facts.cc;
}

/// A finding says that this recipient stands in somebody's place: the name alone would say that the mail went to that person.
bool is_impostor(const Judged& judged, const message::Address& person) {
  return std::ranges::any_of(judged.findings, [&](const findings::Finding& finding) {
    const bool is_of_recipient = finding.code == "participant_swapped" || finding.code == "outbound_to_lookalike";
    return is_of_recipient && text::equal_ascii_nocase(finding.evidence.text_at("address"), person.address);
  });
}

/// The recipients, an impostor with his address behind the name that he bears.
std::vector<message::Address> shown_recipients(const Judged& judged) {
  std::vector<message::Address> people = recipients_of(*judged.facts);
  for (message::Address& person : people) {
    if (!person.name.empty() && is_impostor(judged, person)) person.name = name_of(person) + " <" + person.address + ">";
  }
  return people;
}

/// How phones sign, in their languages: a line that says "sent from" and names the thing it was sent from. A heuristic: a person
/// who writes such a line by hand is taken for a phone.
constexpr std::array<std::string_view, 12> kSentFrom{
    "sent from",  "sent via",      "envoy\u00e9 de", "envoy\u00e9 depuis", "envoy\u00e9 \u00e0 partir", "gesendet",
    "von meinem", "enviado desde", "inviato da",     "get outlook",        "t\u00e9l\u00e9charge",      "verzonden"};
constexpr std::array<std::string_view, 14> kPhones{"iphone", "ipad",    "ios",    "android", "smartphone", "blackberry", "phone",
                                                   "galaxy", "samsung", "huawei", "xiaomi",  "mobile",     "m\u00f3vil", "mobil"};

template <std::size_t N>
bool names_one_of(const std::string& text, const std::array<std::string_view, N>& table) {
  return std::ranges::any_of(table, [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

bool is_phone_signature(const std::string& signature) {
  const std::string lower = text::lower(std::string_view(signature).substr(0, 400));
  return names_one_of(lower, kSentFrom) && names_one_of(lower, kPhones);
}

std::string action_key(const Judged& judged) {
  const facts::Facts& facts = *judged.facts;
  if (has_finding(judged, "bank_account_changed", Severity::medium)) return "action.other_account";
  if (facts.kind == facts::MessageKind::reply && facts.mobile) return "action.reply_mobile";
  return "action." + std::string(facts::name_of(facts.kind));
}

bool is_quoting(const facts::Conversation& conversation, std::size_t block) {
  return std::ranges::any_of(conversation.quoted,
                             [&](const auto& other) { return other.parent == static_cast<std::int32_t>(block); });
}

std::string quoted_action_key(const facts::Conversation& conversation, std::size_t index) {
  const facts::QuotedBlock& block = conversation.quoted.at(index);
  const text::SubjectParts subject = text::read_subject(block.subject);
  if (subject.is_forward) return "action.forward";
  if (!subject.is_reply && !is_quoting(conversation, index)) return "action.mail";
  return is_phone_signature(block.signature) ? "action.reply_mobile" : "action.reply";
}

}  // namespace

std::string name_of(const message::Address& person) {
  const std::string name = one_line(person.name, kNameLength);
  return name.empty() ? one_line(person.address, kNameLength) : name;
}

std::string names_of(const std::vector<message::Address>& people, Language language) {
  std::string names;
  const std::size_t count = people.size() <= kNamesShown + 1 ? people.size() : kNamesShown;
  for (std::size_t i = 0; i < count; ++i) names += (i == 0 ? "" : ", ") + name_of(people[i]);
  if (count == people.size()) return names;
  return phrase("list.and_others", language, {{"names", names}, {"count", std::to_string(people.size() - count)}});
}

std::string actor_of(const Judged& judged, Language language) {
  const std::string name = sender_name(*judged.facts);
  if (name.empty()) return std::string(words("actor.unknown", language));
  if (is_presumed_attacker(judged)) return phrase("actor.attacker", language, {{"name", name}});
  if (has_finding(judged, "own_domain_spoofed", Severity::high)) return phrase("actor.unproven", language, {{"name", name}});
  if (is_author_open(judged)) return phrase("actor.account_of", language, {{"name", name}});
  return name;
}

std::string action_of(const Judged& judged, Language language) {
  return phrase(action_key(judged), language, {{"to", names_of(shown_recipients(judged), language)}});
}

std::string quoted_actor_of(const facts::QuotedBlock& block, Language language) {
  const std::string name = name_of(block.from);
  return phrase("actor.quoted", language, {{"name", name.empty() ? std::string(words("actor.unknown", language)) : name}});
}

std::string quoted_action_of(const facts::Conversation& conversation, std::size_t block, Language language) {
  const facts::QuotedBlock& quoted = conversation.quoted.at(block);
  const auto& people = quoted.to.empty() ? quoted.cc : quoted.to;
  return phrase(quoted_action_key(conversation, block), language, {{"to", names_of(people, language)}});
}

}  // namespace threadline::timeline
