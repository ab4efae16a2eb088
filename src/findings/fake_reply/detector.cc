// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/signs.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

bool has_ancestor(const Context& context) {
  return !context.ancestors.empty() ||
         std::ranges::any_of(context.quoted_originals, [](const memory::Record* original) { return original != nullptr; });
}

/// A forward that attaches its original has its ancestor in evidence.
bool carries_a_message(const facts::Facts& facts) {
  return std::ranges::any_of(facts.attachments, [](const auto& attachment) { return attachment.type == "message/rfc822"; }) ||
         std::ranges::any_of(facts.conversation.quoted,
                             [](const auto& block) { return block.form == facts::QuoteForm::attached; });
}

/// Meetings, tasks and contacts have subjects of their own; a MAPI object without transport header and without a conversation's
/// index (a sent item of another client, a draft) does not say whether it answers.
bool is_letter(const facts::Facts& facts) {
  using facts::MessageKind;
  if (!facts.has_header && !facts.thread.index) return false;
  return facts.kind == MessageKind::mail || facts.kind == MessageKind::reply || facts.kind == MessageKind::forward;
}

/// A notice of delivery that no header marks as one (RFC 2142, RFC 3464: old servers write text alone).
bool is_of_the_server(const facts::Facts& facts) {
  if (facts.from.empty()) return false;
  const std::string local = text::ascii_lower(text::local_part_of_address(facts.from.front().address));
  return local == "mailer-daemon" || local == "postmaster" || local.empty();
}

/// Re: without a link is rare in honest mail; forwards of many clients have none, and a history alone may be pasted.
double confidence_of(const facts::Facts& facts) {
  const double confidence = facts.subject_is_reply ? 0.5 : facts.subject_is_forward ? 0.3 : 0.2;
  return facts.mobile ? confidence - 0.1 : confidence;
}

bool claims_to_answer(const facts::Facts& facts) {
  if (!is_letter(facts) || is_of_the_server(facts)) return false;
  return facts.subject_is_reply || facts.subject_is_forward || !facts.conversation.quoted.empty();
}

Finding claim_of(const Case& it) {
  const auto& quoted = it.facts.conversation.quoted;
  const std::vector<Sign> signs = read_signs(it);
  Finding finding{.code = "fake_reply",
                  .severity = Severity::low,
                  .confidence = confidence_of(it.facts),
                  .subject = it.facts.base_subject,
                  .evidence = {},
                  .because = {header_words(it.facts, "Subject", it.facts.subject)},
                  .attack = {},
                  .disputes = {}};
  finding.evidence.set("subject", it.facts.subject)
      .set("is_reply", it.facts.subject_is_reply)
      .set("is_forward", it.facts.subject_is_forward)
      .set("quoted", static_cast<std::int64_t>(quoted.size()))
      .set("signs", names_of(signs));
  if (!quoted.empty()) finding.because.push_back({person_text(quoted.front().from), quoted.front().introduction});
  add_because(signs, finding.because);
  return finding;
}

}  // namespace

Result<Check> prepare_fake_reply(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    if (it.context.lists_people || !claims_to_answer(it.facts) || carries_a_message(it.facts)) return findings;
    if (!has_thread_link(it.facts) && !has_ancestor(it.context)) findings.push_back(claim_of(it));
    return findings;
  };
}

}  // namespace threadline::findings
