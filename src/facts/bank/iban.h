// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace threadline::facts {

/// One country of the IBAN registry (ISO 13616).
struct IbanCountry {
  std::string_view code;    ///< "FR"
  std::uint8_t length;      ///< of the whole IBAN
  std::string_view places;  ///< one of n, a, c for each place of the BBAN; empty where the country is not in the registry
  std::uint8_t bank_begin, bank_length;  ///< of the bank code in the BBAN; length 0: not told
  bool in_registry;                      ///< false: an experimental code that libraries know
};

inline constexpr std::size_t kIbanBytes = 34;  ///< the longest IBAN (ISO 13616-1 section 5)

/// The country of two upper-case letters, or nullptr.
[[nodiscard]] const IbanCountry* iban_country(char first, char second);

/// All of them, by code.
[[nodiscard]] std::span<const IbanCountry> iban_countries();

/// What the checks say of one string; each column stands for itself.
struct IbanCheck {
  bool mod97 = false;            ///< ISO 7064 mod 97-10 over the whole
  bool length = false;           ///< the registry's (or the experimental list's) length
  bool structure = false;        ///< length, and letters and digits in their places; false outside the registry
  std::optional<bool> national;  ///< the country's own check digits; nothing where it has none that one can compute

  [[nodiscard]] bool valid() const { return mod97 && length && structure && national.value_or(true); }
};

/// Checks upper-case letters and digits without separators.
[[nodiscard]] IbanCheck check_iban(std::string_view iban);

/// ISO 7064 mod 97-10 remainder of letters and digits (A = 10 ... Z = 35) in the order given; -1 for another character.
[[nodiscard]] int remainder_97(std::string_view text);

/// "FR", BBAN -> the IBAN with computed check digits.
[[nodiscard]] std::string iban_of(std::string_view country, std::string_view bban);

/// The national check digits of a BBAN; nothing where the country has none in our table, or where a check that not every bank
/// follows fails. Precondition: the structure is right.
[[nodiscard]] std::optional<bool> national_check(std::string_view country, std::string_view bban);

/// Whether 23 characters are a RIB whose key is right: 97 - (89 bank + 15 branch + 3 account) mod 97, letters as digits
/// A-I 1-9, J-R 1-9, S-Z 2-9. Source: CFONB, "Le releve d'identite bancaire".
[[nodiscard]] bool is_rib(std::string_view rib);

/// The CIN of ABI, CAB and account (22 upper-case letters and digits): a sum over their values mod 26, as a letter.
/// Source: ABI, "Coordinate bancarie e IBAN".
[[nodiscard]] char italian_cin(std::string_view coordinates);

/// Bank of a country's bank code (schwifty's registry), or nullptr.
struct BankCode {
  std::string_view key;  ///< country + code
  std::string_view bic, name;
};
[[nodiscard]] const BankCode* bank_of(std::string_view country, std::string_view code);

/// Whether an institution of our table has the bank and country of the BIC (its first six letters).
[[nodiscard]] bool is_known_institution(std::string_view bic);
/// Whether the table has the BIC: institution, country and place (its first eight characters).
[[nodiscard]] bool is_bic_of_table(std::string_view bic);
/// Whether the folded line names the BIC's institution: a telling word ("commerzbank", "paribas") of a name that the table has
/// for it. Words that many banks bear ("banque", "credit") tell nothing.
[[nodiscard]] bool is_named_institution(std::string_view bic, std::string_view folded_line);

/// ABA routing transit number: nine digits, weights 3-7-1.
[[nodiscard]] bool is_aba(std::string_view digits);

/// Eight or eleven characters in the form of ISO 9362 with a country that has an IBAN or is a large banking country.
[[nodiscard]] bool is_bic(std::string_view text);

}  // namespace threadline::facts
