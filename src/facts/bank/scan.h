// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "facts/bank/account.h"
#include "facts/bank/reading.h"

namespace threadline::facts {

/// Accounts found so far, in any order; spans are offsets in the text, part empty.
struct Found {
  std::string_view text;
  const Limits& limits;
  std::vector<Account> accounts;
  std::vector<Note> notes;

  [[nodiscard]] bool is_full() const { return accounts.size() > limits.accounts; }  ///< one more than is kept
  /// Adds an account that stands in text[begin, end).
  void add(Account account, std::size_t begin, std::size_t end);
  /// Leaves one note, at the place where the named limit was passed.
  void pass_limit(std::string_view name, std::size_t at);
};

/// An IBAN whose check digits or first digit begins at `at` (two letters stand before). The end of what was found, or 0.
[[nodiscard]] std::size_t scan_iban(Found& found, std::size_t at);
/// A French RIB in the groups 5-5-11-2, or labelled, that begins at `at`. The end of what was found, or 0.
[[nodiscard]] std::size_t scan_rib(Found& found, std::size_t at);
/// A Belgian account in the form 123-1234567-12, labelled. The end of what was found, or 0.
[[nodiscard]] std::size_t scan_belgian(Found& found, std::size_t at);
/// A Spanish CCC or a Portuguese NIB, labelled, whose check digits are right, that begins at `at`. The end of what was found, or
/// 0.
[[nodiscard]] std::size_t scan_iberian(Found& found, std::size_t at);
/// An Italian account around the label "ABI" that ends at `at`: ABI, CAB and account each behind its label, with the CIN that is
/// right, or without one where the bank is known.
void scan_italian(Found& found, std::size_t at);
/// A RIB as a grid around the branch's label ("guichet", "agence", "Gui.") at `at`: labels over values, one value beside each
/// label, or labels and values in turn, in any order. A key that is wrong is told only where `tell_wrong` (the label is used for
/// nothing else), and never of values in turn.
void scan_rib_grid(Found& found, std::size_t at, bool tell_wrong);
/// UK sort code and account around "sort code" at `at`; not `sure` ("S/C", "Sort:"): only where 12-34-56 follows at
/// once, or six digits with the account's label and number beside them.
void scan_uk(Found& found, std::size_t at, bool sure);
/// UK sort code and account side by side, "20-45-12 70012233", without the label "sort code", that begin at `at` beside the name
/// of a British bank, a word for a bank's transfer or one for an account. The end of what was found, or 0.
[[nodiscard]] std::size_t scan_uk_pair(Found& found, std::size_t at);
/// US routing and account number around "routing" or "ABA" at `at`.
void scan_us(Found& found, std::size_t at);
/// A BIC after its label ("BIC", "SWIFT") that ends at `at`.
void scan_bic(Found& found, std::size_t at);
/// BICs that stand alone: known to the table, or of a known institution whose name stands in the line. Not those that an account
/// found before has. `found.accounts` is in the order of the text, before and after.
void scan_bare_bics(Found& found);

/// All labels that have a scanner of their own, in one pass.
void scan_labels(Found& found);

/// An IBAN as an account: country, bank code, bank, validity from the checks.
[[nodiscard]] Account iban_account(std::string iban);

/// Fills holder, role and a BIC that stands beside each account. `accounts` sorted by place.
void read_surroundings(std::string_view text, std::vector<Account>& accounts);
/// Whether these folded words are a label of an account's holder (holder_labels.def), and nothing else.
[[nodiscard]] bool is_holder_label(std::string_view folded);

}  // namespace threadline::facts
