// SPDX-License-Identifier: Apache-2.0
#include "policy/account_table.h"

#include <gtest/gtest.h>

#include "base/limits.h"

namespace threadline::policy {
namespace {

/// "name|domains|account@line" of each row.
std::string rows(std::string_view bytes) {
  const auto read = read_account_table(bytes, "t.csv");
  if (!read) return "error: " + read.error().what;
  std::string all;
  for (const AccountRow& row : *read)
    all += (all.empty() ? "" : "\n") + row.name + "|" + row.domains + "|" + row.account + "@" + std::to_string(row.line);
  return all;
}

TEST(AccountTable, ReadsWhatSpreadsheetsSave) {
  const struct {
    const char* name;
    std::string bytes, expected;
  } cases[] = {
      {"comma", "name,domain,account\nFirm,firm.example,X1\n", "Firm|firm.example|X1@2"},
      {"semicolon, French, CRLF, BOM", "\xEF\xBB\xBFNom;Domaine;Compte\r\nSoci\xC3\xA9t\xC3\xA9;firm.example;X 1\r\n",
       "Soci\u00e9t\u00e9|firm.example|X 1@2"},
      {"windows-1252", "Num\xE9ro de compte;Nom\nX1;Caf\xE9\n", "Caf\u00e9||X1@2"},
      {"tab, other order", "IBAN\tFournisseur\tE-mail\nX1\tFirm\tpay@firm.example\n", "Firm|pay@firm.example|X1@2"},
      {"quotes", "name,domain,account\n\"A, \"\"B\"\"\n& C\",d.example,X1\nE,f.example,X2",
       "A, \"B\"\n& C|d.example|X1@2\nE|f.example|X2@4"},
      {"no header", "Firm;firm.example;X1\n", "Firm|firm.example|X1@1"},
      {"empty lines and unknown columns", "id,name,account\n\n7,Firm,X1\n,,\n", "Firm||X1@3"},
      {"utf-16", std::string("\xFF\xFEn\0a\0m\0e\0,\0i\0b\0a\0n\0\n\0F\0,\0X\0", 28), "F||X@2"},
      {"nothing", "", "error: no accounts in it"},
      {"no accounts", "name,domain\nFirm,firm.example\n", "error: no column for accounts"},
      {"open quote", "name,account\n\"Firm,X1\n", "error: line 2: a quote is not closed"},
  };
  for (const auto& one : cases) EXPECT_EQ(rows(one.bytes), one.expected) << one.name;
}

TEST(AccountTable, PolicyBytesIsTheMostThatIsRead) {
  std::string table = "name,account\nFirm,X1\n";
  table.resize(Limits{}.policy_bytes, '\n');
  EXPECT_EQ(rows(table), "Firm||X1@2");
  EXPECT_EQ(rows(table + "\n"), "error: too large for a table of accounts");
}

std::optional<std::string> read_x(const std::string& written, const std::string&) {
  std::string bare;
  for (const char c : written) {
    if (c != ' ') bare += c;
  }
  return bare.starts_with("X") ? std::optional(bare) : std::nullopt;
}

Result<Policy> merged(Policy policy, std::vector<AccountRow> rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i].line = i + 2;
  return with_accounts(std::move(policy), rows, read_x, "t.csv");
}

AccountRow row(std::string name, std::string domains, std::string account, std::string since = {}) {
  return {.name = std::move(name),
          .domains = std::move(domains),
          .account = std::move(account),
          .label = {},
          .since = std::move(since)};
}

TEST(WithAccounts, RowsOfOneNameOrDomainAreOneCounterparty) {
  const auto policy = merged({}, {row("Firm", "https://www.firm.example/, pay@firm.test", "X1"), row("FIRM", "", "X 2"),
                                  row("", "firm.example", "X1"), row("Other", "other.example", "X1")});
  ASSERT_TRUE(policy.has_value());
  ASSERT_EQ(policy->counterparties.size(), 2U);
  const Party& firm = policy->counterparties[0];
  EXPECT_EQ(firm.domains, std::vector<std::string>{"firm.example"});
  EXPECT_EQ(firm.addresses, std::vector<std::string>{"pay@firm.test"});
  ASSERT_EQ(firm.accounts.size(), 2U);
  EXPECT_EQ(firm.accounts[1].value, "X2");
}

TEST(WithAccounts, WhatThePolicyHoldsStaysAndIsNotDoubled) {
  Policy before;
  before.own.domains = {"own.example"};
  before.counterparties = {{.name = "Firm",
                            .domains = {"firm.example"},
                            .addresses = {},
                            .people = {},
                            .accounts = {{.value = "X 1", .label = "old", .since = {}}}}};
  const auto policy = merged(before, {row("Anything", "own.example", "X9"), row("Firm", "firm.example", "X1")});
  ASSERT_TRUE(policy.has_value());
  EXPECT_EQ(policy->own.accounts.at(0).value, "X9");
  ASSERT_EQ(policy->counterparties.size(), 1U);
  ASSERT_EQ(policy->counterparties[0].accounts.size(), 1U);
  EXPECT_EQ(policy->counterparties[0].accounts[0].label, "old");
}

TEST(WithAccounts, EveryWrongRowIsToldWithItsLineAndNothingIsTaken) {
  const auto policy =
      merged({}, {row("Firm", "firm.example", "X1"), row("Firm", "firm.example", "Y1"), row("", "", "X2"), row("A", "", ""),
                  row("B", "", "X3", "31/01/2024"), row("C", "", "X4", "2024-01-31"), row("C", "firm.example", "X5")});
  ASSERT_FALSE(policy.has_value());
  EXPECT_EQ(policy.error().what,
            "t.csv:3: not an account, or its check digits are wrong: \"Y1\"\nt.csv:4: neither a name nor a domain\nt.csv:5: no "
            "account\nt.csv:6: not a date as YYYY-MM-DD: \"31/01/2024\"\nt.csv:8: \"C\" and firm.example are two counterparties");
}

}  // namespace
}  // namespace threadline::policy
