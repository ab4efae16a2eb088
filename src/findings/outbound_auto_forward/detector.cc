// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <utility>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/known_domains.h"
#include "findings/spoofed_sender.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::uint32_t kEstablished = 2;   ///< messages that make a correspondent an established one
constexpr std::size_t kAddressesTold = 20;  ///< of one finding
constexpr std::size_t kWordsTold = 300;     ///< bytes of a field's value in `because`

using Addresses = std::vector<std::string>;

bool has(const Addresses& addresses, const std::string& address) {
  return std::ranges::find(addresses, address) != addresses.end();
}

/// One message, and what it says of being sent on.
class Reading {
 public:
  explicit Reading(const Case& it) : it_(it), facts_(it.facts), sender_(sender_address(it.facts)) {
    for (const facts::ForwardSign& sign : facts_.forward_signs) {
      has_person_ = has_person_ || sign.kind == "person";
      if (sign.kind == "rule" || sign.kind == "resent") std::ranges::copy_if(sign.by, std::back_inserter(own_forwarders_), own());
    }
  }

  /// The signs that count.
  [[nodiscard]] std::vector<const facts::ForwardSign*> signs() const {
    std::vector<const facts::ForwardSign*> counted;
    for (const facts::ForwardSign& sign : facts_.forward_signs) {
      if (is_counted(sign)) counted.push_back(&sign);
    }
    return counted;
  }

  /// The envelope's sender bears the mark of a forwarder, and the own side's domain.
  [[nodiscard]] bool is_rewritten_by_us() const {
    return leaves_by_session() && !is_listed() && facts::is_rewritten_sender(envelope_sender()) &&
           it_.ground.sides.is_own(envelope_sender());
  }

  /// The outside addresses that it is sent on to. Nothing: to none; an empty list: to somebody whom nothing names.
  [[nodiscard]] std::optional<Addresses> targets() const {
    if (!facts_.envelope_recipients.empty()) return outside_or_none(lower(facts_.envelope_recipients));
    Addresses named;
    for (const facts::ForwardSign& sign : facts_.forward_signs) named.insert(named.end(), sign.to.begin(), sign.to.end());
    if (!named.empty()) return outside_or_none(named);
    const bool is_new_message =
        it_.context.sender_side == policy::kOwnSide && (own_forwarders_.empty() || has(own_forwarders_, sender_));
    if (is_new_message) return outside_or_none(addressed());
    return it_.context.direction_told ? std::optional(Addresses{}) : std::nullopt;
  }

  [[nodiscard]] std::string forwarder() const {
    if (!own_forwarders_.empty()) return own_forwarders_.front();
    return it_.context.sender_side == policy::kOwnSide ? sender_ : std::string{};
  }

  [[nodiscard]] std::string envelope_sender() const { return facts_.envelope_sender.value_or(facts_.return_path); }

 private:
  [[nodiscard]] std::function<bool(const std::string&)> own() const {
    return [this](const std::string& address) { return it_.ground.sides.is_own(address); };
  }

  [[nodiscard]] bool leaves() const { return it_.context.direction == Direction::outbound; }
  [[nodiscard]] bool leaves_by_session() const { return leaves() && it_.context.direction_told; }

  /// A list of our own: its programs write Resent-* and Delivered-To, too.
  [[nodiscard]] bool is_listed() const { return facts_.is_list; }

  [[nodiscard]] bool is_counted(const facts::ForwardSign& sign) const {
    const bool is_by_us = std::ranges::any_of(sign.by, own());
    if (sign.kind == "rule") return sign.by.empty() ? leaves() : is_by_us;
    if (sign.kind == "resent") return is_by_us && !has_person_ && !is_listed() && !is_by_its_author(sign);
    if (sign.kind == "loop") return is_by_us && leaves_by_session() && !is_listed() && goes_to_unnamed();
    return sign.kind == "automatic" && leaves() && is_forward() && !is_tagged();
  }

  [[nodiscard]] bool is_forward() const { return facts_.subject_is_forward || facts_.kind == facts::MessageKind::forward; }

  /// A tag stands before all else in the subject ("[Support #123] Fwd: leak"): a ticket system's, on what somebody forwarded to
  /// it. A rule writes its own "Fwd:" before the tags of what it forwards.
  [[nodiscard]] bool is_tagged() const { return text::trimmed(facts_.subject).starts_with('['); }

  /// The author sends his own mail again (RFC 5322 section 3.6.6): a rule passes on what others wrote.
  [[nodiscard]] bool is_by_its_author(const facts::ForwardSign& sign) const {
    return it_.context.sender_side == policy::kOwnSide && std::ranges::find(sign.by, sender_) != sign.by.end();
  }

  /// The envelope has an outside recipient whom no field of the message names: the field was written for somebody before.
  [[nodiscard]] bool goes_to_unnamed() const {
    const Addresses named = addressed();
    return std::ranges::any_of(lower(facts_.envelope_recipients), [&](const std::string& address) {
      return !it_.ground.sides.is_own(address) && !has(named, address);
    });
  }

  [[nodiscard]] Addresses addressed() const {
    Addresses addresses;
    for (const auto* people : {&facts_.to, &facts_.cc, &facts_.bcc}) {
      for (const message::Address& person : *people) addresses.push_back(text::ascii_lower(person.address));
    }
    return addresses;
  }

  static Addresses lower(const Addresses& written) {
    Addresses addresses;
    for (const std::string& address : written) addresses.push_back(text::ascii_lower(address));
    return addresses;
  }

  [[nodiscard]] std::optional<Addresses> outside_or_none(const Addresses& addresses) const {
    Addresses outside;
    for (const std::string& address : addresses) {
      if (address.find('@') == address.npos || it_.ground.sides.is_own(address) || is_established(address)) continue;
      if (!has(outside, address)) outside.push_back(address);
    }
    return outside.empty() ? std::nullopt : std::optional(std::move(outside));
  }

  /// A counterparty, somebody who wrote more than once, or of an organisation that the own side writes to.
  [[nodiscard]] bool is_established(const std::string& address) const {
    if (it_.memory.is_disputed_address(address)) return false;
    if (it_.ground.sides.side_of(address).starts_with("party:")) return true;
    const memory::Correspondent* known = it_.memory.correspondent(address);
    if (known != nullptr && known->messages >= kEstablished) return true;
    if (it_.ground.sides.is_shared(text::domain_of_address(address))) return false;
    const auto domain = it_.ground.known->known(it_.memory, text::registrable_domain(text::domain_of_address(address)));
    return domain && domain->written_to && domain->messages >= kEstablished;
  }

  const Case& it_;
  const facts::Facts& facts_;
  std::string sender_;
  Addresses own_forwarders_;
  bool has_person_ = false;
};

// An outside address gets every message of a mailbox (README): of the latest messages since its first copy.
constexpr std::size_t kLatest = 60;     ///< messages of a mailbox that are looked back at
constexpr std::size_t kBaseline = 10;   ///< at least so many messages since the first copy: fewer are one matter
constexpr std::size_t kShare = 9;       ///< of ten are copied at least: some are judged before their copy leaves
constexpr std::size_t kOtherSides = 3;  ///< at least so many people wrote, or were written to: one customer is one matter

/// What one mailbox wrote, or what it got, since an outside address got the first copy.
struct Traffic {
  std::set<std::string> messages, copied, people;
  std::optional<Instant> since;

  [[nodiscard]] bool is_all_copied() const {
    return messages.size() >= kBaseline && copied.size() * 10 >= messages.size() * kShare && people.size() >= kOtherSides;
  }
};

/// Whom a message of the mailbox's was exchanged with: who wrote what it got, whom it names in what it wrote.
void add_people(Traffic& traffic, const facts::Facts& facts, const memory::Copy& copy) {
  if (!copy.sent) {
    traffic.people.insert(sender_address(facts));
    return;
  }
  for (const auto* people : {&facts.to, &facts.cc}) {
    for (const message::Address& person : *people) traffic.people.insert(text::ascii_lower(person.address));
  }
  traffic.people.erase(copy.mailbox);
}

void add_message(Traffic& traffic, const facts::Facts& facts, const std::vector<memory::Copy>& copies, const memory::Copy& copy) {
  const auto same = std::ranges::find_if(
      copies, [&](const memory::Copy& one) { return one.mailbox == copy.mailbox && one.to == copy.to && one.sent == copy.sent; });
  const bool is_copy = same != copies.end();
  if (is_copy) traffic.copied.insert(same->original), traffic.messages.insert(same->original);
  const bool is_written = sender_address(facts) == copy.mailbox;
  const bool hands_on = std::ranges::any_of(copies, [](const memory::Copy& one) { return !one.sent; });
  if (is_written != copy.sent || (is_written && hands_on)) return;
  traffic.messages.insert(facts.message_id.empty() ? facts.sha256 : facts.message_id);
  add_people(traffic, facts, copy);
}

Traffic traffic_of(const Case& it, const memory::Copy& copy) {
  Traffic traffic;
  const auto latest = it.memory.latest_of_mailbox(copy.mailbox, kLatest);
  const auto first = std::ranges::find_if(latest.rbegin(), latest.rend(), [&](const memory::Record* record) {
    return std::ranges::any_of(record->copies, [&](const memory::Copy& one) {
      return one.mailbox == copy.mailbox && one.to == copy.to && one.sent == copy.sent;
    });
  });
  if (first == latest.rend()) return traffic;
  traffic.since = (*first)->known_at;
  for (auto record = first; record != latest.rend(); ++record) add_message(traffic, *(*record)->facts, (*record)->copies, copy);
  add_message(traffic, it.facts, it.context.copies, copy);
  return traffic;
}

/// He writes himself: a colleague elsewhere, a service that answers.
bool is_correspondent(const Case& it, const std::string& address) {
  if (it.memory.is_disputed_address(address)) return false;
  const memory::Correspondent* known = it.memory.correspondent(address);
  return known != nullptr && known->messages >= kEstablished;
}

Finding claim_of(const memory::Copy& copy, const Traffic& traffic) {
  Finding finding{.code = "outbound_auto_forward",
                  .severity = Severity::medium,
                  .confidence = 0.6,
                  .subject = copy.to,
                  .evidence = {},
                  .because = {{copy.to, Span{.part = "header"}}},
                  .attack = {"T1114.003"},
                  .disputes = {}};
  finding.evidence.set("address", copy.to)
      .set("addresses", Value::List{Value{copy.to}})
      .set("by", copy.mailbox)
      .set("signs", Value::List{Value{"every_message"}})
      .set("of_what", copy.sent ? "sent" : "received")
      .set("copied", static_cast<std::int64_t>(traffic.copied.size()))
      .set("messages", static_cast<std::int64_t>(traffic.messages.size()))
      .set("since", rfc3339_utc(*traffic.since));
  return finding;
}

/// Addresses that get every message of a mailbox, where no sign tells of them already.
void add_collectors(const Case& it, std::vector<Finding>& findings) {
  for (const memory::Copy& copy : it.context.copies) {
    const bool is_told = std::ranges::any_of(findings, [&](const Finding& one) { return one.subject == copy.to; });
    if (is_told || is_correspondent(it, copy.to)) continue;
    const Traffic traffic = traffic_of(it, copy);
    if (traffic.is_all_copied()) findings.push_back(claim_of(copy, traffic));
  }
}

double confidence_of(const std::vector<const facts::ForwardSign*>& signs) {
  const bool has_rule = std::ranges::any_of(signs, [](const auto* sign) { return sign->kind == "rule"; });
  return has_rule ? 0.9 : 0.7;
}

void add_signs(const Reading& reading, const std::vector<const facts::ForwardSign*>& signs, Finding& finding) {
  Value::List names;
  for (const facts::ForwardSign* sign : signs) {
    if (std::ranges::find(names, Value(sign->name)) == names.end()) names.emplace_back(sign->name);
    finding.because.push_back({sign->name + ": " + std::string(text::trimmed(sign->value.substr(0, kWordsTold))), sign->span});
  }
  if (reading.is_rewritten_by_us()) {
    names.emplace_back("srs");
    finding.because.push_back({reading.envelope_sender().substr(0, kWordsTold), Span{.part = "header"}});
  }
  finding.evidence.set("signs", std::move(names));
}

Finding claim_of(const Case& it, const Reading& reading, const Addresses& targets) {
  const auto signs = reading.signs();
  Finding finding{.code = "outbound_auto_forward",
                  .severity = Severity::high,
                  .confidence = confidence_of(signs),
                  .subject = targets.empty() ? reading.forwarder() : targets.front(),
                  .evidence = {},
                  .because = {},
                  .attack = {"T1114.003"},
                  .disputes = {}};
  Value::List told;
  for (const std::string& target : targets) {
    if (told.size() < kAddressesTold) told.emplace_back(target);
    dispute(finding, it, target);
  }
  finding.evidence.set("address", targets.empty() ? Value{} : Value{targets.front()})
      .set("addresses", std::move(told))
      .set("by", reading.forwarder().empty() ? Value{} : Value{reading.forwarder()});
  add_signs(reading, signs, finding);
  return finding;
}

bool may_be_ours(const Case& it) {
  if (it.context.direction_told && it.context.direction != Direction::outbound) return false;
  return !facts::is_automatic(it.facts.kind) && !spoof_of(it.facts, it.context.sender_side, it.ground.sides);
}

/// What a program says that it sent on.
void add_forwarded(const Case& it, std::vector<Finding>& findings) {
  const std::string sender = it.facts.envelope_sender.value_or(it.facts.return_path);
  if (it.facts.forward_signs.empty() && !facts::is_rewritten_sender(sender)) return;
  const Reading reading(it);
  if (reading.signs().empty() && !reading.is_rewritten_by_us()) return;
  if (const auto targets = reading.targets()) findings.push_back(claim_of(it, reading, *targets));
}

}  // namespace

Result<Check> prepare_outbound_auto_forward(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (!may_be_ours(it)) return findings;
    add_forwarded(it, findings);
    add_collectors(it, findings);
    return findings;
  };
}

}  // namespace threadline::findings
