// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "findings/claim.h"
#include "findings/context_steps.h"
#include "findings/identity.h"
#include "findings/signs.h"
#include "text/domain.h"
#include "text/fold.h"

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

/// The senders of notices of delivery: RFC 2142 and 5321, Exchange's own.
bool is_mail_system(std::string_view local_part) {
  static constexpr std::array<std::string_view, 4> kSystems = {"mailer-daemon", "mailerdaemon", "postmaster",
                                                               "microsoftexchange"};
  const std::string lower = text::ascii_lower(local_part);
  return std::ranges::any_of(kSystems.begin(), kSystems.end() - 1, [&](std::string_view one) { return one == lower; }) ||
         lower.starts_with(kSystems.back());
}

/// Whether nothing is attached but a report, and the message that it is about, which its reader sent (RFC 3464 section 1).
bool carries_only_report(const facts::Facts& facts) {
  const auto is_of_report = [](const message::Attachment& attachment) {
    return attachment.type.starts_with("message/") || attachment.type == "text/rfc822-headers";
  };
  const auto is_readers = [&](const facts::QuotedBlock& block) {
    return block.form != facts::QuoteForm::attached || std::ranges::any_of(facts.to, [&](const message::Address& reader) {
             return text::equal_ascii_nocase(reader.address, block.from.address);
           });
  };
  return std::ranges::all_of(facts.attachments, is_of_report) && std::ranges::all_of(facts.conversation.quoted, is_readers);
}

/// A mail system's notice that a message could not be delivered, and no more: it has no person's name, asks for no payment, shows
/// no account, and leads no answer anywhere. Anybody can write what looks like one, so that what says more is judged as any mail.
bool is_mere_bounce(const StandIn& stand_in, const Case& it) {
  if (it.facts.kind != facts::MessageKind::bounce || !it.context.lists_people || !it.facts.reply_to.empty()) return false;
  const ShownName shown(stand_in.impostor.name);
  const bool is_named = std::ranges::any_of(
      it.context.participants, [&](const Participant& participant) { return shown.shows(PersonName(participant.person)); });
  return !is_named && is_mail_system(text::local_part_of_address(stand_in.impostor.address)) && carries_only_report(it.facts);
}

}  // namespace

Result<Check> prepare_thread_hijack(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings;
    const StandIn* stand_in = it.context.stand_in("from");
    if (stand_in == nullptr || !continues(*stand_in, it.context) || is_mere_bounce(*stand_in, it)) return findings;
    findings.push_back(claim_of(*stand_in, it));
    return findings;
  };
}

}  // namespace threadline::findings
