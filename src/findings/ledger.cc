// SPDX-License-Identifier: Apache-2.0
#include "findings/ledger.h"

#include <algorithm>

#include "base/ascii.h"
#include "findings/account_match.h"

namespace threadline::findings {
namespace {

constexpr std::string_view kIntroductions[] = {
    "", "IBAN : ", "RIB : ", "Sort code and account number: ", "Routing and account number: "};

/// A US account as explain.md writes it, "digits only": routing number (9 digits) and account number, set apart.
std::string set_apart(const std::string& value) {
  constexpr std::size_t kRouting = 9;
  const bool is_digits = value.size() > kRouting && std::ranges::all_of(value, is_digit);
  return is_digits ? value.substr(0, kRouting) + " " + value.substr(kRouting) : value;
}

}  // namespace

std::optional<facts::Account> read_written_account(const policy::KnownAccount& written) {
  std::optional<facts::Account> wrong;
  const auto read = [&](const std::string& text) -> std::optional<facts::Account> {
    for (facts::Account& account : facts::find_accounts(text, Limits{})) {
      if (account.kind == "bic") continue;
      if (account.valid) return std::move(account);
      if (!wrong) wrong = std::move(account);
    }
    return std::nullopt;
  };
  for (const std::string_view introduction : kIntroductions) {
    if (auto account = read(std::string(introduction) + written.value)) return account;
    if (introduction.empty() && !written.label.empty()) {
      if (auto account = read(written.label + " " + written.value)) return account;
    }
  }
  if (auto account = read("Routing and account number: " + set_apart(written.value)); account && account->kind == "us")
    return account;
  return wrong;
}

std::optional<std::string> ledger_form(const policy::KnownAccount& written) {
  const auto account = read_written_account(written);
  if (!account || !is_payable(*account)) return std::nullopt;
  return account->kind == "iban" ? account->value : written.value;
}

}  // namespace threadline::findings
