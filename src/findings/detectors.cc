// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <tuple>

#include "findings/account_match.h"
#include "findings/combine.h"
#include "findings/context_steps.h"
#include "findings/detector.h"
#include "findings/history_words.h"
#include "findings/wording.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

using Prepare = Result<Check> (*)(const Ground&);

constexpr Prepare kPrepare[] = {
#define THREADLINE_DETECTOR(name) &prepare_##name,
#include "findings/detectors.def"
#undef THREADLINE_DETECTOR
};

/// Whether the finding speaks against the message itself, and not only against somebody whom it forwards or is sent to.
bool is_against_message(const Finding& finding) {
  for (const std::string_view of_recipient : {"outbound_to_lookalike", "outbound_auto_forward", "participant_swapped"}) {
    if (finding.code == of_recipient) return false;
  }
  if (finding.code != "lookalike_domain") return true;
  const Value* field = finding.evidence.find("field");
  const std::string* name = field == nullptr ? nullptr : field->text();
  return name == nullptr || *name == "from" || *name == "sender" || *name == "reply_to";
}

void add_disputes(memory::Learnt& learnt, const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (finding.severity < Severity::high) continue;
    learnt.disputed = learnt.disputed || is_against_message(finding);
    std::ranges::copy(finding.disputes.addresses, std::back_inserter(learnt.disputed_addresses));
    std::ranges::copy(finding.disputes.domains, std::back_inserter(learnt.disputed_domains));
    std::ranges::copy(finding.disputes.accounts, std::back_inserter(learnt.disputed_accounts));
  }
}

/// The accounts of the policy's ledger never become disputed.
void spare_ledger(memory::Learnt& learnt, const Ground& ground) {
  std::erase_if(learnt.disputed_accounts, [&](const std::string& key) {
    return std::ranges::find(ground.ledger, key, &memory::KnownAccount::key) != ground.ledger.end();
  });
}

void add_accounts(memory::Learnt& learnt, const facts::Facts& facts, const Context& context) {
  auto now = presented_now(facts, context);
  std::ranges::move(masked_now(facts, context), std::back_inserter(now));
  for (const Presented& presented : now) {
    learnt.presented.emplace_back(memory::account_key(facts.accounts[presented.account]), presented.side);
  }
  for (const Presented& presented : context.presented) {
    const facts::Account& account = facts.accounts[presented.account];
    if (presented.block < 0 || presented.paying || presented.by_stand_in || presented.side.empty() || !is_payable(account))
      continue;
    if (context.quoted_originals[static_cast<std::size_t>(presented.block)] == nullptr) {
      learnt.presented_quoted.emplace_back(presented.account, presented.side);
    }
  }
}

void add_people(memory::Learnt& learnt, const facts::Facts& facts, const std::vector<message::Address>& people, bool written_to) {
  for (const message::Address& person : people) {
    if (person.address.find('@') == std::string::npos || learnt.took_part.size() >= Limits{}.addresses) continue;
    const std::string address = text::ascii_lower(person.address);
    learnt.took_part.push_back(
        {address, text::registrable_domain(text::domain_of_address(address)), written_to && !facts.is_auto_forwarded});
  }
}

/// Whom an own-side message also went to; what a rule copies out is nobody's correspondence.
void add_unseen(memory::Learnt& learnt, const facts::Facts& facts, const std::vector<Finding>& findings) {
  std::vector<message::Address> people;
  for (UnseenRecipient& unseen : unseen_recipients(facts)) {
    const bool is_rule = std::ranges::any_of(findings, [&](const Finding& finding) {
      return finding.code == "outbound_auto_forward" && finding.subject == unseen.address;
    });
    if (!is_rule) people.push_back({{}, std::move(unseen.address)});
  }
  add_people(learnt, facts, people, true);
}

/// What a store that keeps no texts needs of one.
std::shared_ptr<const memory::KeptText> kept_text(const facts::Facts& facts, const memory::KeyedHash& hash) {
  auto text = std::make_shared<memory::KeptText>();
  text->words = kept_words(facts.conversation.new_text, hash);
  text->spoken = kept_spoken_words(facts.conversation.new_text, hash);
  text->pairs = word_pairs(facts.conversation.new_text, &hash);
  text->subject = hash.of(text::fold(facts.base_subject));
  text->about_payment = speaks_of_payment(facts);
  text->hash = &hash;
  return text;
}

memory::Learnt learnt_of(std::shared_ptr<const facts::Facts> facts, const Detectors::Judgement& judgement, const Ground& ground) {
  memory::Learnt learnt;
  const Context& context = judgement.context;
  learnt.known_at = facts->dates.known_at.value_or(Instant{});
  learnt.side = context.sender_side;
  const bool by_own_side = context.sender_side == policy::kOwnSide;
  add_accounts(learnt, *facts, context);
  add_people(learnt, *facts, facts->from, false);
  add_people(learnt, *facts, facts->reply_to, false);
  add_people(learnt, *facts, facts->to, by_own_side);
  add_people(learnt, *facts, facts->cc, by_own_side);
  learnt.mailboxes = context.mailboxes;
  learnt.copies = context.copies;
  if (by_own_side && context.direction == Direction::outbound) add_unseen(learnt, *facts, judgement.findings);
  if (!facts->from.empty()) learnt.sender_name_key = text::name_key(facts->from.front().name);
  learnt.subject_key = text::fold(facts->base_subject);
  add_disputes(learnt, judgement.findings);
  spare_ledger(learnt, ground);
  learnt.facts = std::move(facts);
  return learnt;
}

/// A journal report is written by the archive, about everybody's mail: its own From and To are nobody's correspondents. The
/// message inside it is judged by itself.
Detectors::Judgement envelope_judgement(std::shared_ptr<const facts::Facts> facts) {
  Detectors::Judgement judgement;
  judgement.context.quoted_originals.resize(facts->conversation.quoted.size());
  judgement.learnt.known_at = facts->dates.known_at.value_or(Instant{});
  judgement.learnt.facts = std::move(facts);
  return judgement;
}

}  // namespace

Prepared prepare_message(const facts::Facts& facts, const memory::KeyedHash& hash) {
  Prepared prepared{kept_text(facts, hash), {}, {}};
  for (const auto& block : facts.conversation.quoted) {
    prepared.quoted.push_back(kept_words(block.text, hash));
    prepared.spoken.push_back(spoken_words(block.text, hash));
  }
  return prepared;
}

Result<Detectors> Detectors::prepare(std::shared_ptr<const Ground> ground) {
  Detectors detectors;
  for (const Prepare prepare : kPrepare) {
    auto check = prepare(*ground);
    if (!check) return tl::unexpected(check.error());
    detectors.checks_.push_back(*std::move(check));
  }
  detectors.ground_ = std::move(ground);
  return detectors;
}

Detectors::Judgement Detectors::judge(std::shared_ptr<const facts::Facts> facts, const memory::View& memory,
                                      std::optional<Direction> session, const Prepared* prepared) const {
  Judgement judgement;
  if (facts->kind == facts::MessageKind::journal_report) return envelope_judgement(std::move(facts));
  judgement.context = read_context(*facts, memory, *ground_, session, prepared);
  const Case it{*facts, judgement.context, memory, *ground_, prepared};
  for (const Check& check : checks_) {
    auto found = check(it);
    std::ranges::move(found, std::back_inserter(judgement.findings));
  }
  combine(judgement.findings);
  limit_severities(judgement.findings, ground_->policy);
  std::ranges::stable_sort(judgement.findings, [](const Finding& left, const Finding& right) {
    return std::tie(right.severity, left.code, left.subject) < std::tie(left.severity, right.code, right.subject);
  });
  judgement.learnt = learnt_of(facts, judgement, *ground_);
  if (const memory::KeyedHash* hash = memory.word_hash())
    judgement.learnt.text = prepared == nullptr ? kept_text(*facts, *hash) : prepared->text;
  return judgement;
}

}  // namespace threadline::findings
