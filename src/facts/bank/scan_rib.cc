// SPDX-License-Identifier: Apache-2.0
// Accounts of one number that stand as the IBAN that follows from them: French RIB, Belgian, Spanish and Portuguese accounts.
#include <array>
#include <bitset>
#include <initializer_list>
#include <span>
#include <utility>

#include "facts/bank/iban.h"
#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

constexpr std::string_view kRibPlaces =
    "nnnnnnnnnnccccccccccc"
    "nn";

/// A country whose banks print the BBAN in groups; gaps elsewhere are those of another number.
struct Iberian {
  std::string_view country, places;
  std::bitset<kReadingSymbols + 1> gaps, gaps_by_four;
};

std::bitset<kReadingSymbols + 1> gaps_at(std::initializer_list<std::size_t> places) {
  std::bitset<kReadingSymbols + 1> gaps;
  for (const std::size_t place : places) gaps.set(place);
  return gaps;
}

/// Source: SWIFT IBAN registry v99 (domestic forms of ES and PT).
std::span<const Iberian> iberians() {
  static const std::array<Iberian, 2> kAll{{
      {"PT", "nnnnnnnnnnnnnnnnnnnnn", gaps_at({4, 8, 19}), gaps_at({4, 8, 12, 16, 20})},
      {"ES", "nnnnnnnnnnnnnnnnnnnn", gaps_at({4, 8, 10}), gaps_at({4, 8, 12, 16})},
  }};
  return kAll;
}

std::size_t scan_one(Found& found, std::size_t at, const Iberian& form) {
  const auto reading = read_places(found.text, at, form.places, false);
  if (!reading.complete || !ends_word(found.text, reading)) return 0;
  const auto& gaps = reading.gap_before;
  if ((gaps & ~form.gaps).any() && (gaps & ~form.gaps_by_four).any()) return 0;
  if (!national_check(form.country, reading.symbols).value_or(false)) return 0;
  auto account = iban_account(iban_of(form.country, reading.symbols));
  if (reading.invisible) account.hidden_how = "invisible";
  if (reading.disguised) account.hidden_how = "homoglyph";
  account.hidden = !account.hidden_how.empty();
  found.add(std::move(account), reading.begin, reading.end);
  return reading.end;
}

}  // namespace

std::size_t scan_rib(Found& found, std::size_t at) {
  const auto reading = read_places(found.text, at, kRibPlaces, false);
  if (!reading.complete || !begins_word(found.text, at) || !ends_word(found.text, reading)) return 0;
  const auto& gaps = reading.gap_before;
  const bool grouped = gaps[5] && gaps[10] && gaps[21] && !gaps[22] && (gaps.to_ullong() & 0x3DEULL) == 0;
  const bool exact = grouped && gaps.count() == 3;
  const bool valid = is_rib(reading.symbols);
  const bool known = grouped && bank_of("FR", std::string_view(reading.symbols).substr(0, 5)) != nullptr;
  const auto label = [&] { return labelled(found.text, at); };
  if (valid ? !(exact || known || label()) : !(known && label())) return 0;
  auto account = iban_account(iban_of("FR", reading.symbols));
  account.valid = valid;
  if (reading.invisible) account.hidden_how = "invisible";
  if (reading.disguised) account.hidden_how = "homoglyph";
  account.hidden = !account.hidden_how.empty();
  found.add(std::move(account), reading.begin, reading.end);
  return reading.end;
}

std::size_t scan_belgian(Found& found, std::size_t at) {
  const auto reading = read_places(found.text, at, "nnnnnnnnnnnn", false);
  if (!reading.complete || !begins_word(found.text, at) || !ends_word(found.text, reading)) return 0;
  if (reading.gap_before.to_ullong() != ((1ULL << 3U) | (1ULL << 10U))) return 0;
  if (!national_check("BE", reading.symbols).value_or(false) || !labelled(found.text, at)) return 0;
  found.add(iban_account(iban_of("BE", reading.symbols)), reading.begin, reading.end);
  return reading.end;
}

std::size_t scan_iberian(Found& found, std::size_t at) {
  if (!begins_word(found.text, at) || !labelled(found.text, at)) return 0;
  for (const Iberian& form : iberians()) {
    if (const auto end = scan_one(found, at, form)) return end;
  }
  return 0;
}

}  // namespace threadline::facts
