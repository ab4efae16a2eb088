// SPDX-License-Identifier: Apache-2.0
// National check digits inside the BBAN. Source: SWIFT IBAN registry v99 and the national bodies that it names.
#include <algorithm>
#include <array>
#include <span>

#include "facts/bank/iban.h"

namespace threadline::facts {
namespace {

using Check = bool (*)(std::string_view bban);

int digit(char c) { return c - '0'; }

/// Letters as the RIB key reads them: A-I 1-9, J-R 1-9, S-Z 2-9.
char rib_digit(char c) {
  if (c < 'A' || c > 'Z') return c;
  constexpr std::string_view kDigits = "12345678912345678923456789";
  return kDigits[static_cast<std::size_t>(c - 'A')];
}

int rib_number_mod_97(std::string_view text) {
  int remainder = 0;
  for (const char c : text) remainder = (remainder * 10 + digit(rib_digit(c))) % 97;
  return remainder;
}

/// Belgium: the last two digits are the first ten mod 97, 97 for 0.
bool is_belgian(std::string_view bban) {
  const int remainder = remainder_97(bban.substr(0, 10));
  return digit(bban[10]) * 10 + digit(bban[11]) == (remainder == 0 ? 97 : remainder);
}

/// ISO 7064 mod 97-10 over the whole BBAN (Portugal, Slovenia, the countries of former Yugoslavia, Timor-Leste).
bool is_mod_97_10(std::string_view bban) { return remainder_97(bban) == 1; }

int spanish_digit(std::string_view ten) {
  constexpr int kWeights[] = {1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
  int sum = 0;
  for (std::size_t i = 0; i < 10; ++i) sum += digit(ten[i]) * kWeights[i];
  const int check = 11 - sum % 11;
  return check == 10 ? 1 : check == 11 ? 0 : check;
}

/// Spain: one digit over bank and branch, one over the account.
bool is_spanish(std::string_view bban) {
  return spanish_digit("00" + std::string(bban.substr(0, 8))) == digit(bban[8]) &&
         spanish_digit(bban.substr(10)) == digit(bban[9]);
}

/// Values of the odd places of the Italian CIN, for 0-9 and A-Z alike (ABI).
constexpr int kCinOdd[] = {1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23};

/// Italy and San Marino: the letter in front is the CIN of the rest.
bool is_italian(std::string_view bban) { return bban[0] == italian_cin(bban.substr(1)); }

int weighted(std::string_view digits, std::span<const int> weights) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) sum += digit(digits[i]) * weights[i % weights.size()];
  return sum;
}

/// Tunisia: the last two digits are 97 less the rest times 100 mod 97.
bool is_tunisian(std::string_view bban) {
  const std::string rest = std::string(bban.substr(0, bban.size() - 2)) + "00";
  return 97 - remainder_97(rest) == digit(bban[bban.size() - 2]) * 10 + digit(bban.back());
}

/// Czechia and Slovakia: prefix and number are each a multiple of 11 under weights (CNB decree 169/2011).
bool is_czech(std::string_view bban) {
  constexpr int kWeights[] = {6, 3, 7, 9, 10, 5, 8, 4, 2, 1};
  return weighted(bban.substr(4, 6), std::span(kWeights).subspan(4)) % 11 == 0 && weighted(bban.substr(10), kWeights) % 11 == 0;
}

/// Hungary: 9-7-3-1 over bank and branch, and over the account.
bool is_hungarian(std::string_view bban) {
  constexpr int kWeights[] = {9, 7, 3, 1};
  return weighted(bban.substr(0, 8), kWeights) % 10 == 0 && weighted(bban.substr(8), kWeights) % 10 == 0;
}

/// ISO 7064 mod 11-10.
bool is_mod_11_10(std::string_view digits) {
  int product = 10;
  for (const char c : digits.substr(0, digits.size() - 1)) {
    const int sum = (product + digit(c)) % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return (product + digit(digits.back())) % 10 == 1;
}

/// Croatia: mod 11-10 over the bank, and over the account.
bool is_croatian(std::string_view bban) { return is_mod_11_10(bban.substr(0, 7)) && is_mod_11_10(bban.substr(7)); }

/// A check whose failure claims nothing (binding false) is one that some banks or older accounts do not follow, or that only
/// public libraries document: it proves an account that has no label, no more.
struct NationalCheck {
  std::string_view country;
  Check check;
  bool binding;
};
constexpr NationalCheck kChecks[] = {
    {"BA", is_mod_97_10, true},  {"BE", is_belgian, true},    {"BI", is_rib, false},      {"CZ", is_czech, false},
    {"DJ", is_rib, false},       {"ES", is_spanish, true},    {"FR", is_rib, true},       {"HR", is_croatian, false},
    {"HU", is_hungarian, false}, {"IT", is_italian, true},    {"MC", is_rib, true},       {"ME", is_mod_97_10, true},
    {"MK", is_mod_97_10, true},  {"MR", is_rib, false},       {"PT", is_mod_97_10, true}, {"RS", is_mod_97_10, true},
    {"SI", is_mod_97_10, true},  {"SK", is_czech, false},     {"SM", is_italian, true},   {"TL", is_mod_97_10, true},
    {"TN", is_tunisian, false},  {"XK", is_mod_97_10, false},
};

}  // namespace

char italian_cin(std::string_view coordinates) {
  int sum = 0;
  for (std::size_t i = 0; i < coordinates.size(); ++i) {
    const int value = coordinates[i] <= '9' ? digit(coordinates[i]) : coordinates[i] - 'A';
    sum += i % 2 == 0 ? kCinOdd[value] : value;
  }
  return static_cast<char>('A' + sum % 26);
}

bool is_rib(std::string_view rib) {
  if (rib.size() != 23) return false;
  const auto is_number = [](char c) { return c >= '0' && c <= '9'; };
  if (!std::ranges::all_of(rib.substr(0, 10), is_number) || !std::ranges::all_of(rib.substr(21), is_number)) return false;
  const auto is_symbol = [&](char c) { return is_number(c) || (c >= 'A' && c <= 'Z'); };
  if (!std::ranges::all_of(rib.substr(10, 11), is_symbol)) return false;
  const int sum = 89 * rib_number_mod_97(rib.substr(0, 5)) + 15 * rib_number_mod_97(rib.substr(5, 5)) +
                  3 * rib_number_mod_97(rib.substr(10, 11));
  return 97 - sum % 97 == digit(rib[21]) * 10 + digit(rib[22]);
}

std::optional<bool> national_check(std::string_view country, std::string_view bban) {
  const auto* found = std::ranges::find(kChecks, country, &NationalCheck::country);
  if (found == std::end(kChecks)) return std::nullopt;
  const bool right = found->check(bban);
  return right || found->binding ? std::optional(right) : std::nullopt;
}

}  // namespace threadline::facts
