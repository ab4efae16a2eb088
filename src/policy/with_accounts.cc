// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "policy/account_table.h"
#include "policy/shape.h"
#include "text/domain.h"
#include "text/fold.h"

namespace threadline::policy {
namespace {

constexpr std::size_t kTold = 20;  ///< wrong rows that are told one by one

/// The domains and addresses that a cell names: "https://www.firm.example/ , pay@firm.example".
struct Names {
  std::vector<std::string> domains, addresses;
};

std::string bare_domain(std::string name) {
  if (const auto scheme = name.find("://"); scheme != name.npos) name.erase(0, scheme + 3);
  name = name.substr(0, name.find_first_of("/?#:"));
  if (name.starts_with('@')) name.erase(0, 1);
  if (name.starts_with("www.")) name.erase(0, 4);
  return text::read_domain(name).ascii;
}

Names names_in(std::string_view cell) {
  Names names;
  for (std::size_t at = 0; at < cell.size();) {
    const std::size_t end = std::min(cell.find_first_of(" ,;|\t\r\n", at), cell.size());
    const std::string name = text::ascii_lower(cell.substr(at, end - at));
    const std::string domain = name.find('@') == name.npos || name.starts_with('@') ? bare_domain(name) : std::string{};
    if (!domain.empty()) names.domains.push_back(domain);
    if (domain.empty() && name.find('@') != name.npos) names.addresses.push_back(name);
    at = end + 1;
  }
  return names;
}

/// Parties found by what rows call them. Indices: 0 is the own side, n the counterparty n - 1.
class Parties {
 public:
  explicit Parties(Policy policy) : policy_(std::move(policy)) {
    for (std::size_t index = 0; index <= policy_.counterparties.size(); ++index) know(index);
  }

  /// Errors: the name is one counterparty's and the domain another's; a row without either.
  Result<std::size_t> of(const AccountRow& row, const Names& names) {
    const auto by_domain = find_place(names);
    const auto by_name = by_name_.find(text::name_key(row.name));
    if (by_domain && (by_name == by_name_.end() || by_name->second == *by_domain || *by_domain == 0)) return *by_domain;
    if (by_domain)
      return tl::unexpected(Error{fmt::format("\"{}\" and {} are two counterparties", row.name, row.domains), {}, {}});
    if (by_name != by_name_.end()) return by_name->second;
    const std::string name = !row.name.empty() ? row.name : !names.domains.empty() ? names.domains.front() : row.domains;
    if (name.empty()) return tl::unexpected(Error{"neither a name nor a domain", {}, {}});
    policy_.counterparties.push_back({.name = name, .domains = {}, .addresses = {}, .people = {}, .accounts = {}});
    know(policy_.counterparties.size());
    return policy_.counterparties.size();
  }

  void add(std::size_t index, const Names& names, KnownAccount account, const std::string& key) {
    Party& party = at(index);
    add_new(party.domains, names.domains);
    add_new(party.addresses, names.addresses);
    know(index);
    if (keys_.emplace(index, key).second) party.accounts.push_back(std::move(account));
  }

  /// What the policy holds already, so that it is not added again.
  void know_accounts(const ReadAccount& read) {
    for (std::size_t index = 0; index <= policy_.counterparties.size(); ++index) {
      for (const KnownAccount& account : at(index).accounts)
        keys_.emplace(index, read(account.value, account.label).value_or(account.value));
    }
  }

  Policy take() { return std::move(policy_); }

 private:
  Party& at(std::size_t index) { return index == 0 ? policy_.own : policy_.counterparties[index - 1]; }

  static void add_new(std::vector<std::string>& to, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (std::ranges::find(to, name) == to.end()) to.push_back(name);
    }
  }

  void know(std::size_t index) {
    const Party& party = at(index);
    if (index > 0) by_name_.try_emplace(text::name_key(party.name), index);
    for (const std::string& domain : party.domains) by_place_.try_emplace(text::read_domain(domain).ascii, index);
    for (const std::string& address : party.addresses) by_place_.try_emplace(text::ascii_lower(address), index);
  }

  std::optional<std::size_t> find_place(const Names& names) const {
    for (const auto* places : {&names.domains, &names.addresses}) {
      for (const std::string& place : *places) {
        if (const auto known = by_place_.find(place); known != by_place_.end()) return known->second;
      }
    }
    return std::nullopt;
  }

  Policy policy_;
  std::map<std::string, std::size_t> by_name_, by_place_;
  std::set<std::pair<std::size_t, std::string>> keys_;
};

/// The wrong rows, as one error.
class Faults {
 public:
  explicit Faults(const std::string& file) : file_(file) {}

  void add(std::size_t line, const std::string& what) {
    if (++count_ <= kTold) text_ += fmt::format("{}{}:{}: {}", text_.empty() ? "" : "\n", file_, line, what);
  }

  [[nodiscard]] std::optional<Error> error() const {
    if (count_ == 0) return std::nullopt;
    const std::string rest = count_ > kTold ? fmt::format("\n... and {} more", count_ - kTold) : std::string{};
    return Error{
        text_ + rest, {}, "an account is an IBAN, a RIB with its key, or a national number with its label; nothing was taken"};
  }

 private:
  const std::string& file_;
  std::size_t count_ = 0;
  std::string text_;
};

/// What is wrong with a row by itself, or nothing.
std::string fault_of(const AccountRow& row, const std::optional<std::string>& account) {
  if (row.account.empty()) return "no account";
  if (!account) return fmt::format("not an account, or its check digits are wrong: \"{}\"", row.account);
  return row.since.empty() || is_date(row.since) ? "" : fmt::format("not a date as YYYY-MM-DD: \"{}\"", row.since);
}

}  // namespace

Result<Policy> with_accounts(Policy policy, const std::vector<AccountRow>& rows, const ReadAccount& read,
                             const std::string& file) {
  Parties parties(std::move(policy));
  parties.know_accounts(read);
  Faults faults(file);
  for (const AccountRow& row : rows) {
    const auto account = read(row.account, row.label);
    const Names names = names_in(row.domains);
    if (const std::string fault = fault_of(row, account); !fault.empty()) {
      faults.add(row.line, fault);
    } else if (const auto index = parties.of(row, names)) {
      parties.add(*index, names, {.value = *account, .label = row.label, .since = row.since}, *account);
    } else {
      faults.add(row.line, index.error().what);
    }
  }
  if (auto error = faults.error()) return tl::unexpected(*std::move(error));
  return parties.take();
}

}  // namespace threadline::policy
