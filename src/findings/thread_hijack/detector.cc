// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/identity.h"
#include "findings/signs.h"
#include "text/domain.h"

namespace threadline::findings {
namespace {

/// "marie" of a participant who has no other name is a given name that many bear.
bool is_given_name(const StandIn& stand_in) {
  const std::string_view local = text::local_part_of_address(stand_in.taken.person.address);
  return stand_in.how == "local_part" && !is_telling_name(person_key(stand_in.taken.person.name)) &&
         local.find_first_of(".-_+0123456789") == std::string_view::npos;
}

/// High. A colleague who writes from home looks the same as his free-mail twin, and a given name is no person: where nothing in
/// the conversation is about payment they are odd, no more, unless two further signs of the message speak against them. (A
/// heuristic.)
Severity severity_of(const StandIn& stand_in, const Context& context, const std::vector<Sign>& signs) {
  const bool is_at_home = stand_in.how == "freemail" && stand_in.taken.side == policy::kOwnSide;
  const bool is_ordinary = (is_at_home || is_given_name(stand_in)) && !context.about_payment;
  const auto further = std::ranges::count_if(
      signs, [](const Sign& sign) { return sign.name != "sender_domain_unquoted" && sign.name != "name_with_other_address"; });
  return is_ordinary && further < 2 ? Severity::low : Severity::high;
}

double confidence_of(const StandIn& stand_in, const std::vector<Sign>& signs) {
  const double base = stand_in.how == "lookalike_domain" ? 0.9 : 0.7;
  return std::min(0.98, base + 0.02 * static_cast<double>(signs.size()));
}

Finding claim_of(const StandIn& stand_in, const Case& it) {
  const std::vector<Sign> signs = read_signs(it);
  Finding finding{.code = "thread_hijack",
                  .severity = severity_of(stand_in, it.context, signs),
                  .confidence = confidence_of(stand_in, signs),
                  .subject = sender_address(it.facts),
                  .evidence = {},
                  .because = {},
                  .attack = {"T1566", "T1656"},
                  .disputes = {}};
  finding.evidence.set("sender", person_value(stand_in.impostor))
      .set("participant", person_value(stand_in.taken.person))
      .set("side", stand_in.taken.side)
      .set("how", stand_in.how)
      .set("joined", name_of(it.context.joined))
      .set("seen_in", stand_in.taken.message_id.empty() ? Value{} : Value{stand_in.taken.message_id})
      .set("quoted", stand_in.taken.block >= 0)
      .set("signs", names_of(signs));
  finding.because = {header_words(it.facts, "From", person_text(stand_in.impostor)), participant_words(stand_in.taken)};
  add_because(signs, finding.because);
  dispute(finding, it, stand_in.impostor.address);
  return finding;
}

/// Where nothing but the subject joins the message to a conversation, only an imitated domain takes somebody's place in it.
bool continues(const StandIn& stand_in, const Context& context) {
  return context.continues_conversation || (context.joined == Joined::subject_only && stand_in.how == "lookalike_domain");
}

}  // namespace

Result<Check> prepare_thread_hijack(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    const StandIn* stand_in = it.context.stand_in("from");
    if (stand_in != nullptr && continues(*stand_in, it.context)) findings.push_back(claim_of(*stand_in, it));
    return findings;
  };
}

}  // namespace threadline::findings
