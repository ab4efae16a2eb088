// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <unordered_map>

#include "base/limits.h"
#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/known_domains.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::int64_t kMonths = 60LL * 24 * 3'600;  ///< two names known for so long are two organisations
constexpr std::uint32_t kEstablished = 2;            ///< messages that make a correspondent an established one

/// The label in front of the host's domain, as a name by itself.
std::string tenant_of(std::string_view domain, std::string_view host) {
  domain.remove_suffix(host.size() + 1);
  return std::string(domain.substr(domain.rfind('.') + 1)) + ".example";
}

/// One domain's comparison with all references; a domain stands in several fields, the work is done once.
class Comparison {
 public:
  Comparison(const Setting& setting, Context& context) : setting_(setting), context_(context) {}

  void look_at(std::string_view field, const std::string& address, std::int32_t block = -1) {
    const std::string domain = text::domain_of_address(address);
    const std::string registrable = text::registrable_domain(domain);
    if (registrable.empty() || registrable.find('.') == std::string::npos) return;
    if (uses_.size() >= Limits{}.compared_domains && !uses_.contains(domain)) return note_limit(context_, "compared_domains");
    const auto [place, is_new] = uses_.try_emplace(domain);
    if (is_new) place->second = compare(domain, registrable);
    if (!place->second || is_hosted(*place->second)) return;
    if (context_.lookalikes.size() >= Limits{}.suspects) return note_limit(context_, "suspects");
    LookalikeUse use = *place->second;
    use.field = field;
    use.address = text::ascii_lower(address);
    use.block = block;
    if (block >= 0)
      use.span = setting_.facts.conversation.quoted[static_cast<std::size_t>(block)].introduction;
    else
      use.span = facts::place_of(setting_.facts, header_of_field(field));
    context_.lookalikes.push_back(std::move(use));
  }

 private:
  std::optional<LookalikeUse> compare(const std::string& domain, const std::string& registrable) {
    if (is_beyond_doubt(setting_.ground, registrable)) return imitated_tenancy(domain, registrable);
    std::optional<LookalikeUse> best;
    if (auto found = imitation_of(setting_, domain)) keep(best, std::move(found->resemblance), found->kind);
    if (auto found = imitated_participant(domain, registrable)) keep(best, *std::move(found), "participant");
    if (!best) {
      if (auto found = setting_.ground.watched->best(domain)) keep(best, *std::move(found), "watch");
    }
    if (!best && setting_.memory.is_disputed_domain(registrable)) keep(best, fires_again(registrable), "disputed");
    if (best) weigh(*best, registrable);
    return best;
  }

  /// Below a host of many organisations ("firm.onmicrosoft.com") their names are compared: of the policy's parties, of the
  /// participants and of the people of the sender's name whom the memory knows.
  std::optional<LookalikeUse> imitated_tenancy(const std::string& domain, const std::string& registrable) const {
    const policy::Sides& sides = setting_.ground.sides;
    const policy::Side side = sides.side_of_domain(domain);
    const bool is_tenancy = domain != registrable && sides.is_shared(registrable) && !sides.is_free_mail(registrable);
    if (!is_tenancy || side == policy::kOwnSide || side.starts_with("party:")) return std::nullopt;
    std::optional<LookalikeUse> best;
    bool is_known = false;
    const auto hold_against = [&](const std::string& other, std::string_view kind, bool is_established) {
      if (other == registrable || text::registrable_domain(other) != registrable) return;
      is_known = is_known || tenant_of(other, registrable) == tenant_of(domain, registrable);
      auto found = text::resemblance(tenant_of(domain, registrable), tenant_of(other, registrable));
      if (!found || (best && !is_better(*found, best->resemblance))) return;
      found->candidate = domain;
      found->reference = other;
      best.emplace();
      best->resemblance = *std::move(found);
      best->reference_kind = kind;
      best->domain = domain;
      best->established = is_established;
    };
    for (const std::string& own : setting_.ground.policy.own.domains) hold_against(text::ascii_lower(own), "own", true);
    for (const policy::Party& party : setting_.ground.policy.counterparties)
      for (const std::string& one : party.domains) hold_against(text::ascii_lower(one), "policy", true);
    for (const Participant& one : context_.participants)
      hold_against(text::domain_of_address(one.person.address), "participant", true);
    if (setting_.facts.from.empty()) return is_known ? std::nullopt : best;
    for (const memory::Correspondent* one : setting_.memory.named(text::name_key(setting_.facts.from.front().name))) {
      if (!is_disputed(setting_.memory, one->address))
        hold_against(text::domain_of_address(one->address), "correspondent", one->messages >= kEstablished);
    }
    return is_known ? std::nullopt : best;
  }

  /// A service that sends for the very side whose name it has among its labels ("firm.mailing.example" for a mail from
  /// firm.example).
  bool is_hosted(const LookalikeUse& use) const {
    const text::Resemblance& resemblance = use.resemblance;
    if (resemblance.technique != text::Technique::subdomain || resemblance.severity >= Severity::high) return false;
    return !resemblance.reference.empty() && setting_.ground.sides.side_of_domain(resemblance.reference) == context_.sender_side;
  }

  static void keep(std::optional<LookalikeUse>& best, text::Resemblance resemblance, std::string_view kind) {
    if (best && !is_better(resemblance, best->resemblance)) {
      // The same reference by another way: a participant's is the one that tells more than a correspondent's.
      if (kind == "participant" && best->reference_kind == "correspondent" &&
          best->resemblance.reference == resemblance.reference) {
        best->reference_kind = kind;
      }
      return;
    }
    best.emplace();
    best->resemblance = std::move(resemblance);
    best->reference_kind = kind;
  }

  static text::Resemblance fires_again(const std::string& registrable) {
    text::Resemblance again;
    again.candidate = registrable;
    again.score = 1;
    again.why = "disputed";
    return again;
  }

  /// Only a participant's domain that was there before the candidate is a reference.
  std::optional<text::Resemblance> imitated_participant(const std::string& domain, const std::string& registrable) {
    const auto known = setting_.ground.known->known(setting_.memory, registrable);
    return participant_domains().best_of(domain, [&](std::string_view reference) {
      if (reference == registrable || !known) return reference != registrable;
      const auto other = setting_.ground.known->known(setting_.memory, reference);
      return other && other->first <= known->first;
    });
  }

  const text::References& participant_domains() {
    if (participant_domains_) return *participant_domains_;
    participant_domains_.emplace();
    for (const Participant& participant : context_.participants)
      participant_domains_->add(text::registrable_domain(text::domain_of_address(participant.person.address)));
    return *participant_domains_;
  }

  void weigh(LookalikeUse& use, const std::string& registrable) const {
    use.domain = registrable;
    const auto candidate = setting_.ground.known->known(setting_.memory, registrable);
    const auto reference = setting_.ground.known->known(setting_.memory, use.resemblance.reference);
    use.established =
        use.reference_kind != "correspondent" || (reference && (reference->messages >= kEstablished || reference->written_to));
    const auto now = setting_.facts.dates.known_at;
    const auto is_old = [&](const auto& known) { return known && now && now->seconds - known->first.seconds >= kMonths; };
    use.known_apart = is_old(candidate) && candidate->messages >= kEstablished &&
                      (is_old(reference) || use.reference_kind == "own" || use.reference_kind == "policy");
  }

  const Setting& setting_;
  Context& context_;
  std::unordered_map<std::string, std::optional<LookalikeUse>> uses_;
  std::optional<text::References> participant_domains_;
};

/// An inline-forwarded message: a forward's separator, or the first quoted message below a forwarding subject.
bool is_forwarded(const facts::Facts& facts, const facts::QuotedBlock& block) {
  return block.form == facts::QuoteForm::forward ||
         (block.level == 1 && facts.subject_is_forward && block.form == facts::QuoteForm::header_block);
}

void look_at_forwarded(const facts::Facts& facts, Comparison& comparison) {
  const auto& quoted = facts.conversation.quoted;
  for (std::size_t index = 0; index < quoted.size(); ++index) {
    const facts::QuotedBlock& block = quoted[index];
    if (!is_forwarded(facts, block)) continue;
    const auto at = static_cast<std::int32_t>(index);
    comparison.look_at("forwarded_from", block.from.address, at);
    for (const message::Address& person : block.to) comparison.look_at("forwarded_to", person.address, at);
    for (const message::Address& person : block.cc) comparison.look_at("forwarded_cc", person.address, at);
  }
}

}  // namespace

bool is_beyond_doubt(const Ground& ground, std::string_view registrable) {
  const policy::Side side = ground.sides.side_of_domain(registrable);
  return side == policy::kOwnSide || side.starts_with("party:") || ground.sides.is_shared(registrable);
}

bool is_disputed(const memory::View& memory, std::string_view address) {
  return memory.is_disputed_address(address) ||
         memory.is_disputed_domain(text::registrable_domain(text::domain_of_address(address)));
}

std::optional<Imitation> imitation_of(const Setting& setting, const std::string& domain) {
  std::optional<Imitation> best;
  if (auto found = setting.ground.firm->best(domain)) {
    const bool is_own = setting.ground.sides.side_of_domain(found->reference) == policy::kOwnSide;
    best = Imitation{*std::move(found), is_own ? "own" : "policy"};
  }
  auto remembered = setting.ground.known->best(setting.memory, domain);
  if (remembered && (!best || remembered->severity > best->resemblance.severity) &&
      !setting.memory.is_disputed_domain(remembered->reference)) {
    best = Imitation{*std::move(remembered), "correspondent"};
  }
  return best;
}

void read_lookalikes(const Setting& setting, Context& context) {
  const facts::Facts& facts = setting.facts;
  Comparison comparison(setting, context);
  for (const message::Address& person : facts.from) comparison.look_at("from", person.address);
  if (facts.sender) comparison.look_at("sender", facts.sender->address);
  for (const message::Address& person : facts.reply_to) comparison.look_at("reply_to", person.address);
  comparison.look_at("return_path", facts.return_path);
  for (const message::Address& person : facts.to) comparison.look_at("to", person.address);
  for (const message::Address& person : facts.cc) comparison.look_at("cc", person.address);
  if (context.direction == Direction::outbound) {
    for (const UnseenRecipient& unseen : unseen_recipients(facts)) comparison.look_at(unseen.field, unseen.address);
  }
  for (const message::Calendar& calendar : facts.calendars) {
    if (calendar.organizer) comparison.look_at("organizer", calendar.organizer->address);
  }
  look_at_forwarded(facts, comparison);
}

}  // namespace threadline::findings
