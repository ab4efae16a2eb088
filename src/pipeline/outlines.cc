// SPDX-License-Identifier: Apache-2.0
#include "pipeline/outlines.h"

#include <functional>

#include "pipeline/log_case.h"
#include "timeline/details.h"

namespace threadline::pipeline {
namespace {

using FactsPointer = std::shared_ptr<const facts::Facts>;

/// Each message as `kept` has it, with its originals as the run has them. `slim`: those of the memory.
std::vector<timeline::Judged> kept_of(const Judgement& judgement,
                                      const std::function<timeline::Judged(const timeline::Judged&)>& kept,
                                      const std::function<FactsPointer(const FactsPointer&)>& slim) {
  std::vector<timeline::Judged> all;
  all.reserve(judgement.size());
  for (std::size_t rank = 0; rank < judgement.size(); ++rank)
    judgement.show(rank, [&](const timeline::Judged& one) { all.push_back(kept(one)); });
  const Judgement::Originals from{.of_run = [&all](std::uint32_t rank) { return all[rank].facts; }, .remembered = slim};
  for (std::size_t rank = 0; rank < all.size(); ++rank) {
    const std::size_t blocks = all[rank].originals.size();
    all[rank].originals = judgement.originals(rank, from);
    all[rank].originals.resize(blocks);
  }
  return all;
}

/// No more than the name.
FactsPointer only_named(const FactsPointer& facts) {
  auto kept = std::make_shared<facts::Facts>();
  kept->message_id = facts->message_id;
  return kept;
}

/// What the logs ask of a mail, and nothing else of it.
timeline::Judged mail_for_logs(const timeline::Judged& one) {
  auto kept = std::make_shared<facts::Facts>();
  kept->message_id = one.facts->message_id;
  kept->other_ids = one.facts->other_ids;
  kept->thread = one.facts->thread;
  kept->gateway.network_message_id = one.facts->gateway.network_message_id;
  kept->subject = one.facts->subject;
  kept->base_subject = one.facts->base_subject;
  kept->from = one.facts->from, kept->to = one.facts->to, kept->cc = one.facts->cc, kept->bcc = one.facts->bcc;
  kept->envelope_recipients = delivered_to(*one.facts);
  kept->sha256 = one.facts->sha256, kept->carrier = one.facts->carrier;
  kept->kind = one.facts->kind, kept->is_list = one.facts->is_list;
  if (kept->kind == facts::MessageKind::journal_report) kept->route = one.facts->route;
  timeline::Judged mail{kept, one.direction, {}, {}, {}, {}};
  mail.originals.resize(one.originals.size());
  for (const auto& finding : one.findings) {
    mail.findings.emplace_back();
    mail.findings.back().severity = finding.severity;
    mail.findings.back().disputes = finding.disputes;
  }
  return mail;
}

/// Who a message is and what it belongs to (timeline/conversation_tree.h).
FactsPointer outline_of(const FactsPointer& facts) {
  auto kept = std::make_shared<facts::Facts>();
  kept->source = facts->source, kept->sha256 = facts->sha256, kept->carrier = facts->carrier;
  kept->input_order = facts->input_order;
  kept->message_id = facts->message_id;
  kept->thread = facts->thread;
  kept->dates = facts->dates;
  kept->subject = facts->subject;
  kept->from = facts->from;
  for (const facts::Account& account : facts->accounts) {
    kept->accounts.emplace_back();
    kept->accounts.back().kind = account.kind, kept->accounts.back().value = account.value;
    kept->accounts.back().block = account.block, kept->accounts.back().where = account.where;
  }
  for (const facts::QuotedBlock& quoted : facts->conversation.quoted) {
    kept->conversation.quoted.emplace_back();
    kept->conversation.quoted.back().span = quoted.span;
    kept->conversation.quoted.back().level = quoted.level;
    kept->conversation.quoted.back().from = quoted.from;
    kept->conversation.quoted.back().date = quoted.date;
    kept->conversation.quoted.back().subject = quoted.subject;
  }
  return kept;
}

}  // namespace

std::vector<timeline::Judged> mails_for_logs(const Judgement& judgement) { return kept_of(judgement, mail_for_logs, only_named); }

std::vector<timeline::Judged> outlines_of(const Judgement& judgement) {
  const auto outlined = [](const timeline::Judged& one) {
    if (timeline::has_details(one)) return one;
    timeline::Judged kept{outline_of(one.facts), one.direction, {}, {}, {}, {}};
    kept.originals.resize(one.originals.size());
    return kept;
  };
  return kept_of(judgement, outlined, outline_of);
}

Run run_of(const Judgement& judgement) {
  Run run;
  const auto all_of_it = [](const auto& one) { return one; };
  if (judgement.is_whole) run.judged = kept_of(judgement, all_of_it, all_of_it);
  run.remarks = judgement.remarks;
  run.logged = judgement.logged;
  run.own_domains = judgement.own_domains;
  run.unreadable = judgement.unreadable;
  run.interrupted = judgement.interrupted;
  return run;
}

}  // namespace threadline::pipeline
