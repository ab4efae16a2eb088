// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"

namespace threadline::findings {
namespace {

bool is_recipient(const LookalikeUse& use) {
  return use.field == "to" || use.field == "cc" || use.field == "bcc" || use.field == "envelope";
}

/// A recipient who imitates somebody known; names that merely sound alike are not.
bool is_imitation(const LookalikeUse& use, const Context& context) {
  if (!is_recipient(use) || use.known_apart || !use.established || use.reference_kind == "watch") return false;
  if (use.reference_kind == "disputed" || use.resemblance.severity >= Severity::medium) return true;
  const bool is_taken = std::ranges::any_of(context.stand_ins, [&](const StandIn& stand_in) {
    return stand_in.field == use.field && stand_in.how == "lookalike_domain";
  });
  return is_taken && text::resemblance(use.domain, use.resemblance.reference);
}

Severity severity_of(const LookalikeUse& use, const Case& it) {
  const policy::Side reference = it.ground.sides.side_of_domain(use.resemblance.reference);
  const bool in_conversation = use.reference_kind == "participant" || it.context.is_participant_side(reference) ||
                               std::ranges::find(it.context.stand_ins, use.field, &StandIn::field) != it.context.stand_ins.end();
  return in_conversation ? Severity::critical : Severity::high;
}

Finding claim_of(const LookalikeUse& use, const Case& it) {
  Finding finding{.code = "outbound_to_lookalike",
                  .severity = severity_of(use, it),
                  .confidence = std::clamp(use.resemblance.score, 0.3, 1.0),
                  .subject = use.address,
                  .evidence = {},
                  .because = {address_words(it.facts, use.field, use.address)},
                  .attack = {"T1656"},
                  .disputes = {}};
  const std::string& reference = use.resemblance.reference;
  finding.evidence.set("field", use.field)
      .set("address", use.address)
      .set("domain", use.domain)
      .set("reference", reference.empty() ? Value{} : Value{reference})
      .set("reference_kind", use.reference_kind);
  dispute(finding, it, use.address);
  return finding;
}

}  // namespace

Result<Check> prepare_outbound_to_lookalike(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (it.context.direction != Direction::outbound) return findings;
    for (const LookalikeUse& use : it.context.lookalikes) {
      const bool is_new = std::ranges::find(findings, use.address, &Finding::subject) == findings.end();
      if (is_new && is_imitation(use, it.context)) findings.push_back(claim_of(use, it));
    }
    return findings;
  };
}

}  // namespace threadline::findings
