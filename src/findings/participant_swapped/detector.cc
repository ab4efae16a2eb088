// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

bool is_swap(const StandIn& stand_in, const Case& it) {
  if (stand_in.field != "to" && stand_in.field != "cc") return false;
  if (stand_in.how != "lookalike_domain" && stand_in.how != "freemail") return false;
  return !is_addressed(it.facts, stand_in.taken.person.address);
}

Finding claim_of(const StandIn& stand_in, const Case& it) {
  const bool is_twin = stand_in.how == "freemail";
  Finding finding{.code = "participant_swapped",
                  .severity = is_twin ? Severity::medium : Severity::high,
                  .confidence = is_twin ? 0.6 : 0.9,
                  .subject = text::ascii_lower(stand_in.impostor.address),
                  .evidence = {},
                  .because = {header_words(it.facts, header_of_field(stand_in.field), person_text(stand_in.impostor)),
                              participant_words(stand_in.taken)},
                  .attack = {"T1656"},
                  .disputes = {}};
  finding.evidence.set("field", stand_in.field)
      .set("address", stand_in.impostor.address)
      .set("participant", person_value(stand_in.taken.person))
      .set("how", stand_in.how);
  dispute(finding, it, stand_in.impostor.address);
  return finding;
}

}  // namespace

Result<Check> prepare_participant_swapped(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (!it.context.continues_conversation) return findings;
    for (const StandIn& stand_in : it.context.stand_ins) {
      if (is_swap(stand_in, it)) findings.push_back(claim_of(stand_in, it));
    }
    return findings;
  };
}

}  // namespace threadline::findings
