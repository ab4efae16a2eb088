// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace threadline::facts {

/// How a country writes its telephone numbers (phone_plans.def).
struct PhonePlan {
  std::string_view country;          ///< ISO 3166 alpha-2
  std::string_view calling_code;     ///< "33"
  std::string_view national_prefix;  ///< "0", or empty
  std::string_view exit_code;        ///< what calls abroad begin with: "00", "011"
  std::uint32_t lengths = 0;         ///< of national significant numbers: bit n is n digits
  bool is_main = false;              ///< first country of its calling code
  std::string_view mobile;           ///< beginnings of mobile numbers, with blanks between
  std::string_view groups;           ///< how examples are written ("2-2-2-2-2"), with blanks between

  [[nodiscard]] bool has_length(std::size_t digits) const { return digits < 32 && ((lengths >> digits) & 1U) != 0; }
  [[nodiscard]] bool is_mobile(std::string_view significant) const;
  /// Whether its numbers are written in groups of these sizes.
  [[nodiscard]] bool writes(std::string_view sizes) const;
};

/// The plan of a country, or nullptr.
[[nodiscard]] const PhonePlan* plan_of_country(std::string_view country);
/// The main plan of the calling code that the digits begin with, or nullptr.
[[nodiscard]] const PhonePlan* plan_of_digits(std::string_view digits);
/// The country whose domain an address or domain ends in: "GB" for ".uk"; empty for domains that say nothing (".com", ".io").
[[nodiscard]] std::string country_of_domain(std::string_view domain);

/// "+33199001234" from the digits after "+" or an exit code, a national prefix after the calling code undone; or empty.
[[nodiscard]] std::string international_number(std::string_view digits);
/// The same from digits as dialled within the country, or empty. `has_area`: an area code in parentheses stands before it, so
/// that the national zero may be left out ("(11) 3123-4567" in Brazil).
[[nodiscard]] std::string national_number(std::string_view digits, const PhonePlan& plan, bool has_area = false);

}  // namespace threadline::facts
