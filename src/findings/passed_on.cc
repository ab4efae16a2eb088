// SPDX-License-Identifier: Apache-2.0
// Which accounts of the new text the writer only hands on: a colleague's payee, an employee's salary account, a list of payees.
#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "findings/account_match.h"
#include "findings/context_steps.h"
#include "findings/holder.h"
#include "findings/identity.h"
#include "findings/mentioned_accounts.h"
#include "findings/payee.h"
#include "findings/private_account.h"
#include "findings/requests.h"
#include "findings/spoofed_sender.h"
#include "findings/wording.h"
#include "text/fold.h"
#include "text/pattern.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kListOfInsider = 2, kListOfAnybody = 3;  ///< accounts, each of another holder, that make a payee list

std::string_view sender_name(const facts::Facts& facts) {
  return facts.from.empty() ? std::string_view{} : std::string_view(facts.from.front().name);
}

/// Who stands alone before the account in its line, with an amount behind it, and is not the writer's side; else empty.
std::string payee_of_row(const Setting& setting, const policy::Side& side, const facts::Account& account) {
  std::string payee = payee_in_row(setting.facts, account);
  const bool is_others =
      !payee.empty() && holder_fit(payee, side, sender_name(setting.facts), setting.ground) == HolderFit::other;
  if (!is_others || moves_payments(setting.facts) || is_claimed_for_writer(setting.facts, account)) return {};
  return payee;
}

/// The accounts that the new text shows, each once, with their holders.
class Shown {
 public:
  Shown(const Setting& setting, const Context& context) {
    for (const Presented& presented : context.presented) {
      const facts::Account& account = setting.facts.accounts[presented.account];
      if (presented.block >= 0 || presented.paying || !is_payable(account)) continue;
      keys_.insert(memory::account_key(account));
      is_in_sheet_ = is_in_sheet_ && is_sheet(account.attachment);
      const std::string holder = account.holder.empty() ? payee_of_row(setting, presented.side, account) : account.holder;
      if (!holder.empty()) holders_.insert(text::name_key(holder));
    }
  }

  [[nodiscard]] bool is_list(std::size_t least) const { return keys_.size() >= least && holders_.size() >= least; }
  [[nodiscard]] bool is_long() const { return keys_.size() >= kListOfAnybody; }
  /// Rows of a sheet, each with another account: "Supplier; IBAN; Amount".
  [[nodiscard]] bool is_sheet_of(std::size_t least) const { return is_in_sheet_ && keys_.size() >= least; }

 private:
  static bool is_sheet(std::string_view file) {
    const std::string name = text::ascii_lower(file);
    return std::ranges::any_of(std::to_array<std::string_view>({".csv", ".tsv", ".xls", ".xlsx", ".xlsm", ".ods"}),
                               [&](std::string_view ending) { return name.ends_with(ending); });
  }

  std::set<std::string> keys_, holders_;
  bool is_in_sheet_ = true;  ///< all that it shows
};

/// Belongs to somebody else by the policy, or by what messages of another side showed.
bool is_anothers(const Setting& setting, const facts::Account& account, const policy::Side& side) {
  const auto is_other = [&](const memory::KnownAccount& known) { return known.side != side; };
  const std::string key = memory::account_key(account);
  const auto in_ledger = [&](const memory::KnownAccount& known) { return known.key == key && is_other(known); };
  return std::ranges::any_of(setting.ground.ledger, in_ledger) ||
         std::ranges::any_of(setting.memory.accounts_with_key(key), is_other);
}

/// Held by the writer in person, as expenses are paid to: not where his mailbox bears the organisation's name, beside his or
/// alone.
bool is_of_writer(const Setting& setting, const Context& context, const facts::Account& account) {
  return is_held_by(account.holder, person_in(sender_name(setting.facts))) &&
         holder_fit(account.holder, context.sender_side, {}, setting.ground) != HolderFit::side;
}

/// An account at the Banque de France is the Treasury's: taxes are paid there, and nobody else has one for his customers. (Code
/// banque 30001, Fichier des implantations bancaires.)
bool is_of_treasury(const facts::Account& account) { return account.country == "FR" && account.bank_code == "30001"; }

/// What tells of another place to pay to says "new payee", and not whose: no move of the writer's own account.
bool moves_own_payments(const Setting& setting) {
  static const text::Pattern payee(
      "\\b(?:beneficiary|payee|supplier|vendor|employee|colleague|beneficiaire|fournisseur|salariee?|collaborateur|empfanger|"
      "lieferant|beneficiario|proveedor|fornitore|begunstigde|leverancier|fornecedor)\\b");
  static const text::Pattern ours(
      "\\b(?:our|my|notre|nos|mon|mes|unsere?[mnrs]?|nuestr[ao]s?|nostr[aeio]|noss[ao]s?|onze|ons)\\b");
  return std::ranges::any_of(setting.facts.requests, [&](const facts::Request& request) {
    if (request.block >= 0 || (request.kind != "bank_change" && request.kind != "redirect")) return false;
    const std::string folded = text::fold(request.text);
    return !payee.is_in(folded) || ours.is_in(folded);
  });
}

/// Among suppliers to pay the writer's own firm may stand under whatever name a row begins with.
bool is_of_suppliers(const facts::Facts& facts) {
  static const text::Pattern suppliers("fournisseur|supplier|vendor|lieferant|proveedor|fornitor|fornecedor|leverancier");
  return suppliers.is_in(text::fold(facts.subject + "\n" + facts.conversation.new_text));
}

/// What a message says as a whole, read once for all its accounts.
struct Said {
  explicit Said(const facts::Facts& facts)
      : moves_payments(findings::moves_payments(facts)),
        pays_others(findings::pays_others(facts)),
        of_suppliers(is_of_suppliers(facts)) {}

  bool moves_payments;
  bool pays_others;  ///< "virements de salaires", "suppliers to pay"
  bool of_suppliers;
};

/// "Please transfer 1,250 EUR to Birch SL, IBAN ...": the organisation's own payment to somebody else. Where this conversation
/// has an account of the organisation, somebody is to pay it, and a name does not lead him elsewhere.
bool is_of_named_payee(const Setting& setting, const Context& context, const Presented& presented) {
  const facts::Account& account = setting.facts.accounts[presented.account];
  const std::string payee = payee_named(setting.facts, account);
  if (payee.empty() || holder_fit(payee, context.sender_side, {}, setting.ground) != HolderFit::other) return false;
  if (is_held_by(payee, person_in(sender_name(setting.facts)))) return false;  // what he is paid himself: private_account.h
  if (moves_own_payments(setting) || is_claimed_for_writer(setting.facts, account)) return false;
  return !baseline_of(presented.side, setting.facts, context, setting.memory, setting.ground).from_conversation;
}

/// What an insider writes is an account of his organisation, unless he says or one knows that it is another's.
bool is_of_payee(const Setting& setting, const Context& context, const Presented& presented, const Shown& shown,
                 const Said& said) {
  const facts::Account& account = setting.facts.accounts[presented.account];
  const bool is_sheet = shown.is_sheet_of(kListOfInsider) && !said.moves_payments;
  const bool is_list = shown.is_list(kListOfInsider) || is_sheet || shown.is_long();
  if (is_about_salary(setting.facts) || is_list) return true;
  if (is_anothers(setting, account, presented.side) || is_of_treasury(account)) return true;
  if (setting.facts.subject_is_forward && account.where == "attachment") return true;
  if (is_of_writer(setting, context, account)) return true;
  if (is_called_anothers(setting.facts, account) || is_of_named_payee(setting, context, presented)) return true;
  if (said.moves_payments) return false;
  if (is_private_account(setting.facts, account) || said.pays_others || is_only_mentioned(setting.facts, account)) return true;
  return holder_fit(account.holder, context.sender_side, {}, setting.ground) == HolderFit::other;
}

/// A list of payees from outside: an accountant's payroll, a works council's refunds. Those held by the writer's side stay his.
bool is_of_list(const Setting& setting, const Presented& presented, const Shown& shown, const Said& said) {
  const facts::Account& account = setting.facts.accounts[presented.account];
  const bool is_told = said.pays_others && !said.moves_payments;
  const bool is_named = !account.holder.empty() || !said.of_suppliers;
  const bool is_short = is_told && is_named;
  if (presented.by_stand_in || !shown.is_list(is_short ? kListOfInsider : kListOfAnybody)) return false;
  if (account.holder.empty() && !is_told) return false;  // "Please pay: / Leeds, IBAN, 4,500 EUR / York, ..." is his own wish
  const std::string holder = account.holder.empty() ? payee_of_row(setting, presented.side, account) : account.holder;
  return holder_fit(holder, presented.side, sender_name(setting.facts), setting.ground) == HolderFit::other;
}

}  // namespace

bool is_among_colleagues(const Setting& setting, const Context& context) {
  if (context.sender_side.empty() || context.sender_side.starts_with("address:")) return false;
  bool has_recipient = false;
  for (const auto* people : {&setting.facts.to, &setting.facts.cc, &setting.facts.bcc}) {
    for (const message::Address& person : *people) {
      has_recipient = true;
      if (setting.ground.sides.side_of(person.address) != context.sender_side) return false;
    }
  }
  return has_recipient;
}

bool is_insider(const Setting& setting, const Context& context) {
  if (context.stand_in("from") != nullptr || is_disputed(setting.memory, sender_address(setting.facts))) return false;
  if (spoof_of(setting.facts, context.sender_side, setting.ground.sides)) return false;
  return context.sender_side == policy::kOwnSide || is_among_colleagues(setting, context);
}

void read_passed_on(const Setting& setting, Context& context) {
  if (context.presented.empty()) return;
  const Shown shown(setting, context);
  const bool by_insider = is_insider(setting, context);
  std::optional<Said> said;
  if (by_insider || shown.is_list(kListOfInsider)) said.emplace(setting.facts);
  for (Presented& presented : context.presented) {
    if (presented.block >= 0 || presented.paying) continue;
    if (said)
      presented.passed_on =
          by_insider ? is_of_payee(setting, context, presented, shown, *said) : is_of_list(setting, presented, shown, *said);
    presented.passed_on |= !presented.by_stand_in && is_employees(setting.facts, setting.facts.accounts[presented.account]);
  }
}

}  // namespace threadline::findings
