// SPDX-License-Identifier: Apache-2.0
#include "facts/bank/iban.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/text_map.h"
#include "text/fold.h"

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

constexpr std::size_t kInstitution = 6;   ///< characters of a BIC: institution and country
constexpr std::size_t kTellingWords = 8;  ///< of one institution, of its first names in the table

/// Words of many banks' names, folded.
constexpr std::string_view kCommonWords[] = {"agence",   "bancaire",       "banca",         "banco",       "bank",
                                             "banken",   "banque",         "banques",       "branch",      "caisse",
                                             "caixa",    "cassa",          "central",       "company",     "credit",
                                             "credito",  "deposit",        "deutsche",      "deutschland", "europe",
                                             "european", "filiale",        "finance",       "france",      "general",
                                             "generale", "germany",        "holding",       "ireland",     "italia",
                                             "italy",    "kreditbank",     "limited",       "london",      "luxembourg",
                                             "national", "nationale",      "niederlassung", "payment",     "payments",
                                             "portugal", "raiffeisenbank", "services",      "societe",     "sparkasse",
                                             "spain",    "succursale",     "sucursal",      "volksbank",   "zweigniederlassung"};

constexpr auto kCountryIndex = [] {
  std::array<std::int16_t, 676> index{};
  index.fill(-1);
  std::int16_t at = 0;
  for (const auto& country : kCountries)
    index[static_cast<std::size_t>((country.code[0] - 'A') * 26 + country.code[1] - 'A')] = at++;
  return index;
}();

bool is_word_letter(char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

/// The words of a bank's name that tell it from others: five letters at least, none that many bear.
void add_telling_words(std::string_view name, std::vector<std::string>& words) {
  constexpr std::size_t kLeast = 5;
  const std::string folded = text::fold(name);
  for (std::size_t at = 0; at < folded.size() && words.size() < kTellingWords;) {
    std::size_t end = at;
    while (end < folded.size() && is_word_letter(folded[end])) ++end;
    std::string word = folded.substr(at, end - at);
    const bool is_common = std::ranges::find(kCommonWords, word) != std::end(kCommonWords);
    if (word.size() >= kLeast && !is_common && std::ranges::find(words, word) == words.end()) words.push_back(std::move(word));
    at = std::max(end, at + 1);
  }
}

bool has_word(std::string_view line, std::string_view word) {
  for (std::size_t at = line.find(word); at != line.npos; at = line.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word_letter(line[at - 1]);
    if (begins && (at + word.size() == line.size() || !is_word_letter(line[at + word.size()]))) return true;
  }
  return false;
}

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

bool is_bic_of_table(std::string_view bic) {
  constexpr std::size_t kPlace = 8;
  static const auto kKnown = [] {
    std::vector<std::string_view> known;
    for (const auto& bank : kBanks) {
      if (bank.bic.size() >= kPlace) known.push_back(bank.bic.substr(0, kPlace));
    }
    std::ranges::sort(known);
    return known;
  }();
  return std::ranges::binary_search(kKnown, bic.substr(0, kPlace));
}

bool is_named_institution(std::string_view bic, std::string_view folded_line) {
  static const TextMap<std::vector<std::string>> kNames = [] {
    TextMap<std::vector<std::string>> names;
    for (const auto& bank : kBanks) {
      if (bank.bic.size() < kInstitution) continue;
      auto& words = names[std::string(bank.bic.substr(0, kInstitution))];
      add_telling_words(bank.name, words);
    }
    return names;
  }();
  const auto names = kNames.find(bic.substr(0, kInstitution));
  return names != kNames.end() &&
         std::ranges::any_of(names->second, [&](const std::string& word) { return has_word(folded_line, word); });
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
