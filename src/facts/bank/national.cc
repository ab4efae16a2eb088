// SPDX-License-Identifier: Apache-2.0
// National check digits inside the BBAN. Source: SWIFT IBAN registry v99 and the national bodies that it names.
#include <algorithm>
#include <array>

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

/// Italy and San Marino: the letter in front is a sum over the rest mod 26.
bool is_italian(std::string_view bban) {
  int sum = 0;
  for (std::size_t i = 1; i < bban.size(); ++i) {
    const int value = bban[i] <= '9' ? digit(bban[i]) : bban[i] - 'A';
    sum += i % 2 == 1 ? kCinOdd[value] : value;
  }
  return bban[0] == 'A' + sum % 26;
}

struct NationalCheck {
  std::string_view country;
  Check check;
};
constexpr NationalCheck kChecks[] = {
    {"BA", is_mod_97_10}, {"BE", is_belgian},   {"ES", is_spanish},   {"FR", is_rib},       {"IT", is_italian},
    {"MC", is_rib},       {"ME", is_mod_97_10}, {"MK", is_mod_97_10}, {"PT", is_mod_97_10}, {"RS", is_mod_97_10},
    {"SI", is_mod_97_10}, {"SM", is_italian},   {"TL", is_mod_97_10},
};

}  // namespace

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
  return found->check(bban);
}

}  // namespace threadline::facts
