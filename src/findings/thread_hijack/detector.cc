// SPDX-License-Identifier: Apache-2.0
#include "findings/claim.h"
#include "findings/context_steps.h"

namespace threadline::findings {
namespace {

/// A heuristic: a name, a local part or a private address alone is also what a colleague at home looks like; where nothing in the
/// conversation is about payment it asks for a look, no more.
Severity severity_of(const StandIn& stand_in, const Context& context) {
  return stand_in.how == "lookalike_domain" || context.about_payment ? Severity::high : Severity::medium;
}

Finding claim_of(const StandIn& stand_in, const Case& it) {
  Finding finding{.code = "thread_hijack",
                  .severity = severity_of(stand_in, it.context),
                  .confidence = stand_in.how == "lookalike_domain" ? 0.95 : 0.75,
                  .subject = sender_address(it.facts),
                  .evidence = {},
                  .because = {},
                  .attack = {"T1566", "T1656"},
                  .disputes = {}};
  finding.evidence.set("sender", person_value(stand_in.impostor))
      .set("participant", person_value(stand_in.taken.person))
      .set("side", stand_in.taken.side)
      .set("how", stand_in.how)
      .set("seen_in", stand_in.taken.message_id.empty() ? Value{} : Value{stand_in.taken.message_id})
      .set("quoted", stand_in.taken.block >= 0);
  finding.because = {header_words("From", person_text(stand_in.impostor)), participant_words(stand_in.taken)};
  dispute(finding, it, stand_in.impostor.address);
  return finding;
}

}  // namespace

Result<Check> prepare_thread_hijack(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    const StandIn* stand_in = it.context.stand_in("from");
    if (stand_in != nullptr && it.context.continues_conversation) findings.push_back(claim_of(*stand_in, it));
    return findings;
  };
}

}  // namespace threadline::findings
