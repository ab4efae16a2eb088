// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "findings/claim.h"
#include "findings/exchanged_documents.h"
#include "findings/shown_accounts.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::int64_t kDay = 86'400;

/// A program that gives all its mails one id: another day and another subject are another message.
bool is_reused_id(const facts::Facts& here, const memory::Record& record) {
  const facts::Facts& there = *record.facts;
  if (!here.dates.header || !there.dates.header) return false;
  const bool is_far = std::abs(here.dates.header->at.seconds - there.dates.header->at.seconds) > kDay;
  if (record.text != nullptr) return is_far && !record.has_subject(text::fold(here.base_subject));
  return is_far && here.base_subject != there.base_subject;
}

bool is_cut(const facts::Facts& facts) {
  return std::ranges::any_of(facts.notes,
                             [](const Note& note) { return note.code == "truncated" || note.code == "attachment_detached"; });
}

Value place_value(std::string_view message_id, std::string_view source) {
  Value value;
  value.set("message_id", message_id).set("source", source);
  return value;
}

Finding claim_of(const Case& it, std::string subject) {
  Finding finding{.code = "copies_differ",
                  .severity = Severity::high,
                  .confidence = 0.8,
                  .subject = std::move(subject),
                  .evidence = {},
                  .because = {},
                  .attack = {"T1565.001"},
                  .disputes = {}};
  finding.evidence.set("here", place_value(it.facts.message_id, it.facts.source));
  return finding;
}

Value document_value(const message::Attachment& document) {
  Value value;
  value.set("name", document.name).set("sha256", document.sha256).set("part", document.part);
  return value;
}

/// Two copies of one message.
std::vector<Finding> copy_claims(const Case& it) {
  const memory::Record* record = it.facts.message_id.empty() ? nullptr : it.memory.by_message_id(it.facts.message_id);
  if (record == nullptr || record->facts->sha256 == it.facts.sha256) return {};
  const facts::Facts& there = *record->facts;
  if (is_cut(it.facts) || is_cut(there) || is_reused_id(it.facts, *record)) return {};
  const auto after = lone_accounts(it.facts, there), before = lone_accounts(there, it.facts);
  const auto documents = exchanged_documents(it.facts, there), others = exchanged_documents(there, it.facts);
  Finding finding = claim_of(it, it.facts.message_id);
  Value::List what, olds, news;
  if (!after.empty() && !before.empty()) {
    what.emplace_back("account");
    for (const facts::Account* account : before) olds.emplace_back(account->value);
    for (const facts::Account* account : after) {
      news.emplace_back(account->value);
      finding.because.push_back(account_words(*account));
      finding.disputes.accounts.push_back(memory::account_key(*account));
    }
  }
  if (!documents.empty() && !others.empty()) {
    what.emplace_back("attachment");
    for (const auto* document : others) olds.push_back(document_value(*document));
    for (const auto* document : documents) {
      news.push_back(document_value(*document));
      finding.because.push_back({document->name, Span{.part = document->part}});
    }
  }
  if (what.empty()) return {};
  finding.evidence.set("message_id", it.facts.message_id).set("there", place_value(there.message_id, there.source));
  finding.evidence.set("what", std::move(what)).set("before", std::move(olds)).set("after", std::move(news));
  return {std::move(finding)};
}

/// Colleagues of the own side pass on invoices of many suppliers: a number means nothing there.
bool is_passed_on(const Case& it, const Presented& presented) {
  return presented.side == policy::kOwnSide && it.context.sender_side == policy::kOwnSide;
}

/// Whether the policy's ledger has all of them for that side: then any of them is right.
bool are_in_ledger(const Case& it, const policy::Side& side, const std::vector<facts::Account>& accounts) {
  return std::ranges::all_of(accounts, [&](const facts::Account& account) {
    return std::ranges::any_of(it.ground.ledger, [&](const memory::KnownAccount& known) {
      return known.side == side && is_one_account(known.account, account);
    });
  });
}

/// A masked account ("FR76 **** 581") beside the whole one says nothing more.
bool is_part_of_another(const facts::Account& account, const std::vector<memory::BilledAccount>& billed) {
  return account.masked && std::ranges::any_of(billed, [&](const memory::BilledAccount& other) {
           return !other.account.masked && is_one_account(other.account, account);
         });
}

/// An invoice of the message that was billed before, to these accounts.
struct Billed {
  const facts::Invoice* invoice;
  std::vector<memory::BilledAccount> before;
};

/// Of a side; each number once, as it is first written.
std::vector<Billed> billed_before(const Case& it, const policy::Side& side) {
  std::vector<Billed> found;
  std::unordered_set<std::string_view> seen;
  for (const facts::Invoice& invoice : it.facts.invoices) {
    if (invoice.block >= 0 || !seen.insert(invoice.number).second) continue;
    auto before = it.memory.accounts_of_invoice(side, invoice.number);
    if (!before.empty()) found.push_back({&invoice, std::move(before)});
  }
  return found;
}

/// One invoice of a side with another account than before. An account that the side had anyway is low.
std::optional<Finding> invoice_claim(const Case& it, const Presented& presented, const Billed& bill) {
  const auto& billed = bill.before;
  const facts::Invoice& invoice = *bill.invoice;
  const facts::Account& account = it.facts.accounts[presented.account];
  const bool is_same = std::ranges::any_of(billed, [&](const auto& one) { return is_one_account(one.account, account); });
  const bool is_of_policy = is_in_ledger(account, it.ground);  // the side's own, or of a factor that the analyst knows
  if (is_same || is_of_policy) return std::nullopt;
  Finding finding = claim_of(it, presented.side + " " + invoice.number + " " + memory::account_key(account));
  const bool is_known = baseline_of(presented.side, it.facts, it.context, it.memory, it.ground).holds(account);
  if (is_known) finding.severity = Severity::low;
  finding.because = {{invoice.as_written, invoice.span}, account_words(account)};
  finding.disputes.accounts = {memory::account_key(account)};
  Value::List before;
  for (const memory::BilledAccount& one : billed) {
    if (!is_part_of_another(one.account, billed)) before.emplace_back(one.account.value);
  }
  finding.evidence.set("invoice", invoice.as_written)
      .set("side", presented.side)
      .set("what", Value::List{Value{"account"}})
      .set("before", std::move(before))
      .set("after", Value::List{Value{account.value}})
      .set("there", place_value(billed.front().message_id, billed.front().source));
  return finding;
}

void add_invoice_claims(const Case& it, std::vector<Finding>& findings) {
  std::unordered_set<std::size_t> accounts;
  std::unordered_map<policy::Side, std::vector<Billed>> by_side;  // asked once: hostile text has thousands of both
  for (const Presented& presented : presented_now(it.facts, it.context)) {
    if (is_passed_on(it, presented) || !accounts.insert(presented.account).second) continue;
    const auto [billed, is_new] = by_side.try_emplace(presented.side);
    if (is_new) billed->second = billed_before(it, presented.side);
    for (const Billed& bill : billed->second) {
      if (auto claim = invoice_claim(it, presented, bill)) findings.push_back(*std::move(claim));
    }
  }
}

Value::List values_of(const std::vector<const facts::Account*>& accounts) {
  Value::List values;
  for (const facts::Account* account : accounts) values.emplace_back(account->value);
  return values;
}

std::vector<facts::Account> accounts_of(const ShownOtherwise& shown) {
  std::vector<facts::Account> all;
  for (const auto* way : {&shown.one, &shown.other}) {
    for (const facts::Account* account : way->accounts) all.push_back(*account);
  }
  return all;
}

/// What is shown now was the sender's side's before, and an earlier state had another account: it was put right.
bool is_put_right(const Case& it, const ShownOtherwise& shown) {
  if (shown.one.medium != "earlier revision") return false;
  const Baseline baseline = baseline_of(it.context.sender_side, it.facts, it.context, it.memory, it.ground);
  return std::ranges::all_of(shown.other.accounts, [&](const facts::Account* account) { return baseline.holds(*account); });
}

/// One document that shows a person another account than a program, a telephone or its own past.
Finding shown_claim(const Case& it, const ShownOtherwise& shown) {
  Finding finding = claim_of(it, shown.document + " " + std::string(shown.one.medium) + " " + std::string(shown.other.medium));
  finding.because = {account_words(*shown.one.accounts.front()), account_words(*shown.other.accounts.front())};
  if (is_put_right(it, shown)) finding.severity = Severity::low;
  for (const facts::Account* account : shown.other.accounts) finding.disputes.accounts.push_back(memory::account_key(*account));
  finding.evidence.set("what", Value::List{Value{"account"}})
      .set("document", shown.document)
      .set("media", Value::List{Value{shown.one.medium}, Value{shown.other.medium}})
      .set("before", values_of(shown.one.accounts))
      .set("after", values_of(shown.other.accounts));
  return finding;
}

}  // namespace

Result<Check> prepare_copies_differ(const Ground&) {
  return [](const Case& it) {
    std::vector<Finding> findings = copy_claims(it);
    add_invoice_claims(it, findings);
    for (const ShownOtherwise& shown : documents_shown_otherwise(it.facts)) {
      if (!are_in_ledger(it, it.context.sender_side, accounts_of(shown))) findings.push_back(shown_claim(it, shown));
    }
    return findings;
  };
}

}  // namespace threadline::findings
