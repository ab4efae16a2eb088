// SPDX-License-Identifier: Apache-2.0
#include "pipeline/log_case.h"

#include <algorithm>
#include <memory>

#include "facts/transport/organisation.h"
#include "logs/names.h"
#include "policy/sides.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::pipeline {
namespace {

using timeline::Judged;

constexpr int kSteps = 20;  ///< of answers to answers that are followed from a finding

bool has_finding(const Judged& judged, Severity least) {
  return std::ranges::any_of(judged.findings, [&](const auto& finding) { return finding.severity >= least; });
}

/// The ids that a message is, answers and names.
std::vector<std::string> keys_of(const Judged& judged) {
  std::vector<std::string> keys;
  const facts::Facts& facts = *judged.facts;
  const auto add = [&](const std::string& id) {
    if (auto key = logs::mail_key(id); !key.empty()) keys.push_back(std::move(key));
  };
  add(facts.message_id);
  for (const facts::OtherId& other : facts.other_ids) add(other.id);
  add(facts.thread.in_reply_to);
  for (const std::string& id : facts.thread.references) add(id);
  for (const auto& original : judged.originals) {
    if (original) add(original->message_id);
  }
  return keys;
}

/// Which messages are of the case: those with a finding of medium or more, and all that share an id with one of them.
std::vector<bool> case_members(const std::vector<Judged>& judged) {
  std::vector<bool> member(judged.size());
  for (std::size_t i = 0; i < judged.size(); ++i) member[i] = has_finding(judged[i], Severity::medium);
  if (std::ranges::find(member, true) == member.end()) return std::vector<bool>(judged.size(), true);
  TextSet ids;
  bool grows = true;
  for (int step = 0; step < kSteps && grows; ++step) {
    grows = false;
    for (std::size_t i = 0; i < judged.size(); ++i) {
      const auto keys = keys_of(judged[i]);
      const bool joins = member[i] || std::ranges::any_of(keys, [&](const std::string& key) { return ids.contains(key); });
      if (!joins) continue;
      grows = grows || !member[i];
      member[i] = true;
      for (const std::string& key : keys) grows = ids.insert(key).second || grows;
    }
  }
  return member;
}

void add_people(const std::vector<message::Address>& people, TextSet& to) {
  for (const message::Address& person : people) {
    if (!person.address.empty()) to.insert(text::ascii_lower(person.address));
  }
}

void add_suspects(const Judged& judged, TextSet& suspects) {
  for (const auto& finding : judged.findings) {
    if (finding.severity < Severity::high) continue;
    for (const std::string& address : finding.disputes.addresses) suspects.insert(text::ascii_lower(address));
    for (const std::string& domain : finding.disputes.domains) suspects.insert(text::ascii_lower(domain));
  }
}

void add_case(const Judged& judged, logs::Wanted& wanted) {
  const facts::Facts& facts = *judged.facts;
  for (auto& key : keys_of(judged)) wanted.mails.insert(std::move(key));
  if (!facts.gateway.network_message_id.empty()) wanted.network_mails.insert(text::ascii_lower(facts.gateway.network_message_id));
  if (!facts.base_subject.empty()) wanted.subjects.insert(text::fold(facts.base_subject));
  for (const auto* people : {&facts.from, &facts.to, &facts.cc}) add_people(*people, wanted.people);
}

/// Whose domain a rule may aim at: who writes, not whom somebody copied in, and no newsletter.
void add_sender(const facts::Facts& facts, TextSet& senders) {
  if (!facts.is_list) add_people(facts.from, senders);
}

/// Whether a server at or behind the border wrote the field: each puts its own above what it gets.
bool is_above_border(const facts::Route& route, const Span& field) {
  return route.border >= 0 && field.offset <= route.hops[static_cast<std::size_t>(route.border)].span.offset;
}

/// Whether nobody outside handed the message in: no server noted where it came from, or only an address inside.
bool is_from_inside(const facts::Route& route) {
  if (route.hops.empty()) return true;
  const std::string& ip = route.hops.front().from.ip;
  return route.border == 0 && (ip.empty() || facts::is_private_address(ip));
}

/// Which messages say whom a mail came for: those that servers brought, and those within a report of the own journal. One that
/// somebody attached says it only where nothing else of its Message-ID is in evidence, for a sender attaches what he likes.
class Witnesses {
 public:
  explicit Witnesses(const std::vector<Judged>& judged) {
    for (const Judged& one : judged) {
      const facts::Facts& facts = *one.facts;
      if (!facts.carrier.empty()) continue;
      brought_.insert(logs::mail_key(facts.message_id));
      if (facts.kind == facts::MessageKind::journal_report && is_from_inside(facts.route)) reports_.insert(facts.sha256);
    }
  }
  [[nodiscard]] bool has(const facts::Facts& facts) const {
    return facts.carrier.empty() || reports_.contains(facts.carrier) || !brought_.contains(logs::mail_key(facts.message_id));
  }

 private:
  TextSet brought_;  ///< mail_key
  TextSet reports_;  ///< sha256
};

void add_recipients(const facts::Facts& facts, logs::KnownMail& mail) {
  mail.subject = facts.subject;
  if (!facts.from.empty()) mail.from = facts.from.front().address;
  for (const auto* people : {&facts.to, &facts.cc, &facts.bcc}) {
    for (const message::Address& person : *people) mail.recipients.insert(logs::mailbox_key(person.address));
  }
  for (const std::string& address : delivered_to(facts)) mail.recipients.insert(logs::mailbox_key(address));
}

void add_mail(const Judged& judged, const Witnesses& witnesses, logs::Ground& ground) {
  const facts::Facts& facts = *judged.facts;
  const std::string key = logs::mail_key(facts.message_id);
  if (key.empty()) return;
  logs::KnownMail& mail = ground.mails[key];
  mail.id = facts.message_id;
  if (witnesses.has(facts)) add_recipients(facts, mail);
  mail.is_fraud = mail.is_fraud || has_finding(judged, Severity::high);
  for (const facts::OtherId& other : facts.other_ids) {
    if (auto old_key = logs::mail_key(other.id); !old_key.empty() && old_key != key) ground.other_ids.emplace(old_key, key);
  }
  if (!facts.gateway.network_message_id.empty())
    ground.network_ids.emplace(text::ascii_lower(facts.gateway.network_message_id), key);
}

}  // namespace

std::vector<std::string> delivered_to(const facts::Facts& facts) {
  std::vector<std::string> people = facts.envelope_recipients;
  const auto add = [&](const std::vector<std::string>& more) { people.insert(people.end(), more.begin(), more.end()); };
  if (facts.route.border >= 0) add(facts.gateway.envelope_to);
  for (const facts::Hop& hop : facts.route.hops) {
    if (hop.trusted && !hop.for_whom.empty()) people.push_back(hop.for_whom);
  }
  for (const facts::ForwardSign& sign : facts.forward_signs) {
    if (sign.name == "Delivered-To" && is_above_border(facts.route, sign.span)) add(sign.by);
  }
  return people;
}

logs::Ground log_ground(const std::vector<Judged>& judged, const RunSettings& settings, const policy::Policy& policy) {
  logs::Ground ground;
  ground.wanted.every_record = settings.every_log_record;
  const std::vector<bool> member = case_members(judged);
  const bool has_case = std::ranges::any_of(judged, [](const Judged& one) { return has_finding(one, Severity::medium); });
  const Witnesses witnesses(judged);
  for (std::size_t i = 0; i < judged.size(); ++i) {
    add_mail(judged[i], witnesses, ground);
    add_suspects(judged[i], ground.wanted.suspects);
    if (!member[i]) continue;
    add_case(judged[i], ground.wanted);
    if (has_case) add_sender(*judged[i].facts, ground.senders);
  }
  for (const std::string& key : ground.wanted.mails) {
    if (ground.other_ids.contains(key)) continue;
    const auto [mail, is_new] = ground.mails.try_emplace(key);
    if (!is_new) continue;
    mail->second.id = "<" + key + ">";
    mail->second.is_named = true;
  }
  const auto sides = std::make_shared<const policy::Sides>(policy);
  ground.is_shared = [sides](const std::string& address) { return sides->is_shared(text::domain_of_address(address)); };
  if (!policy.own.domains.empty() || !policy.own.addresses.empty())
    ground.is_own = [sides](const std::string& address) { return sides->is_own(address); };
  if (settings.geography) {
    ground.location_of = [geography = settings.geography](const std::string& ip) -> std::optional<logs::Location> {
      const auto place = geography->place_of(ip);
      if (!place) return std::nullopt;
      return logs::Location{place->latitude, place->longitude, place->radius_km};
    };
    ground.country_of = [geography = settings.geography](const std::string& ip) { return geography->origin_of(ip).country; };
  }
  return ground;
}

}  // namespace threadline::pipeline
