// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>
#include <string_view>

namespace threadline::facts {

/// Synthetic accounts of every country of the SWIFT registry, and the ways in which people, forms and mail clients write them.
/// One seed gives one sequence on every machine.
class Accounts {
 public:
  explicit Accounts(std::uint32_t seed) : random_(seed) {}

  /// A random account of the country with right check digits, the national ones too where they are computed.
  [[nodiscard]] std::string iban(std::string_view country);
  /// 23 characters of a French account with its key; letters in the account number where `letters`, digits always.
  [[nodiscard]] std::string rib(bool letters);
  [[nodiscard]] std::string digits(std::size_t count);

 private:
  [[nodiscard]] char symbol(char place);
  std::mt19937 random_;
};

/// One way to write an IBAN.
struct Presentation {
  const char* name;
  std::string (*write)(const std::string& iban);
  bool label_only;  ///< read behind a label only, and the label is written with it
};
[[nodiscard]] std::span<const Presentation> presentations();

}  // namespace threadline::facts
