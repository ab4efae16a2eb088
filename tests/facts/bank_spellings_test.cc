// SPDX-License-Identifier: Apache-2.0
// Accounts of every country in every presentation: built here, so that no wording or number of a fixture decides.
#include <gtest/gtest.h>

#include <map>

#include "facts/account_spellings.h"
#include "facts/bank/account.h"
#include "facts/bank/iban.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kEach = 4;  ///< accounts of each country in each presentation

/// The values found that are valid and not masked, each once; a BIC alone is not an account.
std::string values_of(std::string_view text) {
  const std::vector<char> exact(text.begin(), text.end());  // no byte more: ASan sees one too far
  std::string values;
  for (const auto& account : find_accounts({exact.data(), exact.size()}, {})) {
    if (account.kind == "bic") continue;
    values += (values.empty() ? "" : " ") + account.value + (account.valid ? "" : "!") + (account.masked ? "~" : "");
  }
  return values;
}

class InEveryPresentation : public testing::TestWithParam<Presentation> {};
TEST_P(InEveryPresentation, AccountsOfAllCountriesAreRead) {
  Accounts accounts(1);
  std::size_t all = 0;
  std::map<std::string, std::string> missed;
  for (const auto& country : iban_countries()) {
    if (!country.in_registry) continue;
    for (std::size_t i = 0; i < kEach; ++i, ++all) {
      const auto iban = accounts.iban(country.code);
      const auto text = GetParam().write(iban);
      if (const auto values = values_of(text); values != iban) missed.insert({text, values});
    }
  }
  EXPECT_GE(all, 89 * kEach);
  EXPECT_TRUE(missed.empty()) << missed.size() << " of " << all;
  std::size_t shown = 0;
  for (const auto& [text, values] : missed) {
    if (++shown <= 3) ADD_FAILURE() << text << "\n  is read as \"" << values << "\"";
  }
}
INSTANTIATE_TEST_SUITE_P(Ways, InEveryPresentation, testing::ValuesIn(presentations().begin(), presentations().end()),
                         [](const auto& way) { return std::string(way.param.name); });

}  // namespace
}  // namespace threadline::facts
