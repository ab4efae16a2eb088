// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
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
    if (sign.kind == "resent") return is_by_us && !has_person_ && !is_listed();
    if (sign.kind == "loop") return is_by_us && leaves_by_session() && !is_listed() && goes_to_unnamed();
    return sign.kind == "automatic" && leaves() && (facts_.subject_is_forward || facts_.kind == facts::MessageKind::forward);
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

}  // namespace

Result<Check> prepare_outbound_auto_forward(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    const std::string sender = it.facts.envelope_sender.value_or(it.facts.return_path);
    const bool has_sign = !it.facts.forward_signs.empty() || facts::is_rewritten_sender(sender);
    if (!has_sign || !may_be_ours(it)) return findings;
    const Reading reading(it);
    if (reading.signs().empty() && !reading.is_rewritten_by_us()) return findings;
    if (const auto targets = reading.targets()) findings.push_back(claim_of(it, reading, *targets));
    return findings;
  };
}

}  // namespace threadline::findings
