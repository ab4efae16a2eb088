// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/iban.h"

#include <algorithm>
#include <array>
#include <vector>

namespace threadline::facts {
namespace {

constexpr IbanCountry kCountries[] = {
#include "facts/bank/iban_registry.inc"
};

constexpr BankCode kBanks[] = {
#include "facts/bank/bank_codes.inc"
};

/// Countries without an IBAN whose banks one is often asked to pay (ISO 3166).
constexpr std::string_view kOtherBicCountries[] = {"AR", "AU", "BD", "CA", "CL", "CN", "CO", "HK", "ID",
                                                   "IN", "JP", "KE", "KR", "MX", "MY", "NG", "NZ", "PA",
                                                   "PE", "PH", "SG", "TH", "TW", "US", "UY", "VN", "ZA"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

constexpr auto kCountryIndex = [] {
  std::array<std::int16_t, 676> index{};
  index.fill(-1);
  std::int16_t at = 0;
  for (const auto& country : kCountries)
    index[static_cast<std::size_t>((country.code[0] - 'A') * 26 + country.code[1] - 'A')] = at++;
  return index;
}();

/// The remainder of a number that goes on; taken only where the sum would grow too large.
int fold_97(int remainder, std::string_view text) {
  constexpr std::uint64_t kLarge = 1'000'000'000'000'000;
  auto sum = static_cast<std::uint64_t>(remainder);
  for (const char c : text) {
    if (is_digit(c)) {
      sum = sum * 10 + static_cast<std::uint64_t>(c - '0');
    } else if (is_upper(c)) {
      sum = sum * 100 + static_cast<std::uint64_t>(c - 'A' + 10);
    } else {
      return -1;
    }
    if (sum > kLarge) sum %= 97;
  }
  return static_cast<int>(sum % 97);
}

bool fits_place(char place, char c) {
  switch (place) {
    case 'n': return is_digit(c);
    case 'a': return is_upper(c);
    default: return is_digit(c) || is_upper(c);
  }
}

bool fits(std::string_view places, std::string_view bban) {
  return std::ranges::equal(places, bban, [](char place, char c) { return fits_place(place, c); });
}

}  // namespace

const IbanCountry* iban_country(char first, char second) {
  if (!is_upper(first) || !is_upper(second)) return nullptr;
  const auto index = kCountryIndex[static_cast<std::size_t>((first - 'A') * 26 + second - 'A')];
  return index < 0 ? nullptr : &kCountries[index];
}

std::span<const IbanCountry> iban_countries() { return kCountries; }

int remainder_97(std::string_view text) { return fold_97(0, text); }

IbanCheck check_iban(std::string_view iban) {
  IbanCheck check;
  if (iban.size() < 5 || iban.size() > kIbanBytes || !is_digit(iban[2]) || !is_digit(iban[3])) return check;
  const int remainder = remainder_97(iban.substr(4));
  const auto digits = iban.substr(2, 2);  // 98 minus a remainder: 02 to 98
  check.mod97 = remainder >= 0 && digits >= "02" && digits <= "98" && fold_97(remainder, iban.substr(0, 4)) == 1;
  const auto* country = iban_country(iban[0], iban[1]);
  if (country == nullptr) return check;
  check.length = iban.size() == country->length;
  check.structure = check.length && country->in_registry && fits(country->places, iban.substr(4));
  if (check.structure) check.national = national_check(country->code, iban.substr(4));
  return check;
}

std::string iban_of(std::string_view country, std::string_view bban) {
  const int remainder = fold_97(std::max(0, remainder_97(bban)), std::string(country) + "00");
  const int digits = 98 - std::max(0, remainder);
  std::string iban(country);
  iban += static_cast<char>('0' + digits / 10);
  iban += static_cast<char>('0' + digits % 10);
  return iban.append(bban);
}

const BankCode* bank_of(std::string_view country, std::string_view code) {
  const std::string key = std::string(country) + std::string(code);
  const auto* found = std::ranges::lower_bound(kBanks, std::string_view(key), {}, &BankCode::key);
  return found != std::end(kBanks) && found->key == key ? found : nullptr;
}

bool is_known_institution(std::string_view bic) {
  constexpr std::size_t kInstitution = 6;
  static const auto kKnown = [] {
    std::vector<std::string_view> known;
    for (const auto& bank : kBanks) {
      if (bank.bic.size() >= kInstitution) known.push_back(bank.bic.substr(0, kInstitution));
    }
    std::ranges::sort(known);
    return known;
  }();
  return std::ranges::binary_search(kKnown, bic.substr(0, kInstitution));
}

bool is_aba(std::string_view digits) {
  if (digits.size() != 9 || !std::ranges::all_of(digits, is_digit)) return false;
  constexpr int kWeights[] = {3, 7, 1};
  int sum = 0;
  for (std::size_t i = 0; i < 9; ++i) sum += (digits[i] - '0') * kWeights[i % 3];
  return sum % 10 == 0 && sum != 0;
}

bool is_bic(std::string_view text) {
  if (text.size() != 8 && text.size() != 11) return false;
  if (!std::ranges::all_of(text.substr(0, 6), is_upper)) return false;
  if (!std::ranges::all_of(text.substr(6), [](char c) { return is_digit(c) || is_upper(c); })) return false;
  return iban_country(text[4], text[5]) != nullptr || std::ranges::binary_search(kOtherBicCountries, text.substr(4, 2));
}

}  // namespace threadline::facts
