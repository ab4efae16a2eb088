// SPDX-License-Identifier: Apache-2.0
// A German account as bank code (Bankleitzahl) and number, which stands as its IBAN.
#include <algorithm>
#include <array>
#include <optional>

#include "facts/bank/digit_runs.h"
#include "facts/bank/iban.h"
#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kAround = 160;      ///< bytes before or behind the bank code in which the number stands
constexpr std::size_t kLabelBefore = 32;  ///< bytes from the number's label to its first digit
constexpr std::size_t kBankCode = 8, kNumber = 10, kShortest = 5;
constexpr std::array<std::string_view, 2> kCodeLabels{"BLZ", "BANKLEITZAHL"}, kNumberLabels{"KTO", "KONTO"};

using Labels = std::array<std::string_view, 2>;

std::size_t first_of(std::string_view plain, const Labels& labels) {
  return std::min(plain.find(labels[0]), plain.find(labels[1]));
}

/// Whether the number's label stands right before a run of digits.
bool is_account_number(std::string_view text, const DigitRun& run, std::size_t from) {
  if (run.digits.size() < kShortest || run.digits.size() > kNumber) return false;
  from = character_begin(text, std::max(from, run.begin - std::min(run.begin, kLabelBefore)));
  const auto plain = plain_capitals(text.substr(from, run.begin - from));
  return first_of(plain, kNumberLabels) != std::string::npos;
}

/// The number that stands before the label of its bank code; nothing where bank codes stand first.
std::optional<DigitRun> number_before(std::string_view text, std::size_t label) {
  const std::size_t from = character_begin(text, label - std::min(label, kAround));
  const auto plain = plain_capitals(text.substr(from, label - from));
  if (first_of(plain, kCodeLabels) < first_of(plain, kNumberLabels)) return std::nullopt;
  const auto runs = digit_runs(text, from, label, Joiner::dash_or_blank);
  if (runs.empty() || !is_account_number(text, runs.back(), from)) return std::nullopt;
  return runs.back();
}

/// The check digit in the eighth place that Commerzbank (method 13) and Deutsche Bank (method 63) give a number that ends in its
/// sub-account; a number without one gets two zeros behind it in its IBAN. Source: Deutsche Bundesbank,
/// "Pruefzifferberechnungsmethoden" and "IBAN-Regeln" 0005 and 0020.
bool holds_sub_account(std::string_view number) {
  constexpr std::size_t kFirst = 1, kCheck = 7;
  int sum = 0;
  for (std::size_t i = kFirst; i < kCheck; ++i) {
    const int product = (number[i] - '0') * (i % 2 == 1 ? 1 : 2);
    sum += product / 10 + product % 10;
  }
  return number.front() == '0' && (10 - sum % 10) % 10 == number[kCheck] - '0';
}

std::string padded(const std::string& digits) { return std::string(kNumber - digits.size(), '0') + digits; }

/// Whether the bank's IBANs hold the number as it stands. HypoVereinsbank gives its numbers other bank codes (IBAN-Regel 0037
/// ff.).
bool is_as_it_stands(const BankCode& bank, const std::string& digits) {
  constexpr std::size_t kWithSubAccount = 9;
  if (bank.bic.starts_with("HYVE")) return false;
  const bool has_sub_accounts = bank.bic.starts_with("COBA") || bank.bic.starts_with("DRES") || bank.bic.starts_with("DEUT");
  return !has_sub_accounts || (digits.size() >= kWithSubAccount && holds_sub_account(padded(digits)));
}

}  // namespace

void scan_german(Found& found, std::size_t at) {
  const auto runs = digit_runs(found.text, at, at + kAround, Joiner::dash_or_blank);
  if (runs.empty() || runs.front().digits.size() != kBankCode || runs.front().begin > at + kLabelBefore) return;
  const DigitRun& code = runs.front();
  const BankCode* bank = bank_of("DE", code.digits);
  if (bank == nullptr) return;
  std::size_t label = at;
  while (label > 0 && glyph_before(found.text, label).is_letter()) label = glyph_before(found.text, label).begin;
  auto number = number_before(found.text, label);
  if (!number && runs.size() > 1 && is_account_number(found.text, runs[1], code.end)) number = runs[1];
  if (!number || !is_as_it_stands(*bank, number->digits)) return;
  found.add(iban_account(iban_of("DE", code.digits + padded(number->digits))), std::min(code.begin, number->begin),
            std::max(code.end, number->end));
}

}  // namespace threadline::facts
