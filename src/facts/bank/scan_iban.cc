// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <span>
#include <vector>

#include "facts/bank/column.h"
#include "facts/bank/iban.h"
#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kCountryGapBytes = 24;    ///< looked back from the check digits for the country's letters
constexpr std::size_t kMaskedLeast = 3;         ///< masks that make a partial account
constexpr std::size_t kFewestBeforeColumn = 8;  ///< characters in the first line of an account in a column, without a label
constexpr std::size_t kInvalidSlack = 4;        ///< characters that a labelled, wrong account may be too long or too short

/// Where the country code begins, and its letters; nothing when no two letters stand before the check digits.
struct CountryPlace {
  const IbanCountry* country = nullptr;
  std::size_t begin = 0;
};

CountryPlace country_before_slowly(std::string_view text, std::size_t at) {
  char letters[2] = {};
  std::size_t taken = 0, place = at;
  while (taken < 2) {
    const auto glyph = glyph_before(text, place);
    if (glyph.begin == glyph.end || at - glyph.begin > kCountryGapBytes) return {};
    place = glyph.begin;
    if (glyph.is_letter()) {
      letters[1 - taken++] = glyph.symbol;
    } else if (glyph.kind == GlyphKind::other || glyph.kind == GlyphKind::symbol || glyph.kind == GlyphKind::mask) {
      return {};
    }
  }
  return {.country = iban_country(letters[0], letters[1]), .begin = place};
}

/// The same with a short way for ASCII, by far the most of what is looked at.
CountryPlace country_before(std::string_view text, std::size_t at) {
  std::size_t place = at;
  while (place > 0 && at - place < kCountryGapBytes) {
    const auto glyph = static_cast<unsigned char>(text[place - 1]) < 0x80 ? glyph_at(text, place - 1) : Glyph{};
    if (glyph.end == 0) return country_before_slowly(text, at);
    if (glyph.is_letter()) break;
    if (glyph.kind == GlyphKind::symbol || glyph.kind == GlyphKind::other || glyph.kind == GlyphKind::mask) return {};
    --place;
  }
  if (place < 2) return {};
  const auto first = static_cast<unsigned char>(text[place - 2]) < 0x80 ? glyph_at(text, place - 2) : Glyph{};
  if (first.kind == GlyphKind::symbol && first.is_digit()) return {};
  if (!first.is_letter()) return country_before_slowly(text, at);
  return {.country = iban_country(first.symbol, glyph_at(text, place - 1).symbol), .begin = place - 2};
}

/// A letter or digit stands before that cannot be the end of IBAN or RIB, the only words that are glued to an account.
bool is_inside_word(std::string_view text, std::size_t begin) {
  const char before = begin > 0 ? text[begin - 1] : ' ';
  const char lower = static_cast<char>(before | 0x20);
  return (before >= '0' && before <= '9') || (lower >= 'a' && lower <= 'z' && lower != 'n' && lower != 'b');
}

/// Places of the whole IBAN, the experimental countries' unknown structure as "either".
std::string_view places_of(const IbanCountry& country) {
  constexpr std::string_view kAny = "aanncccccccccccccccccccccccccccccc";
  static const auto kPlaces = [] {
    std::vector<std::string> places;
    for (const auto& each : iban_countries()) places.push_back("aann" + std::string(each.places));
    return places;
  }();
  if (country.places.empty()) return kAny.substr(0, country.length);
  return kPlaces[static_cast<std::size_t>(&country - iban_countries().data())];
}

/// Places behind the check digits where O, I or L stands, and may be a digit that was read or written wrong.
std::vector<std::size_t> doubtful_places(std::string_view iban) {
  constexpr std::size_t kMost = 12;
  std::vector<std::size_t> places;
  for (std::size_t i = 4; i < iban.size() && places.size() < kMost; ++i) {
    if (iban[i] == 'O' || iban[i] == 'I' || iban[i] == 'L') places.push_back(i);
  }
  return places;
}

std::string with_digits_for(std::string iban, std::string_view letters) {
  for (char& c : std::span(iban).subspan(4)) {
    if (letters.find(c) != letters.npos) c = c == 'O' ? '0' : '1';
  }
  return iban;
}

/// One more try for a labelled account where a letter may be: one O, I or L is a digit, or all O are, or all three. Of several
/// that would be right with one letter none is taken.
bool corrected(std::string& iban) {
  std::vector<std::string> right;
  for (const auto place : doubtful_places(iban)) {
    std::string other = iban;
    other[place] = iban[place] == 'O' ? '0' : '1';
    if (check_iban(other).valid()) right.push_back(std::move(other));
  }
  for (const std::string_view letters : {"O", "OIL"}) {
    auto other = with_digits_for(iban, letters);
    if (right.empty() && check_iban(other).valid()) right.push_back(std::move(other));
  }
  if (right.size() != 1) return false;
  iban = right.front();
  return true;
}

bool is_single_groups(const AccountReading& reading) { return reading.gap_before.count() + 2 >= reading.symbols.size(); }

/// "order NO 1234567890123": the letters are a word, and what follows is one run.
bool is_word_and_number(const AccountReading& reading) { return reading.gap_before[2] && reading.gap_before.count() == 1; }

/// What an account without a label must look like, beyond its check digits.
bool is_plausible(std::string_view text, const AccountReading& reading, const IbanCheck& check) {
  if (!check.valid() || !ends_word(text, reading)) return false;
  if (!begins_word(text, reading.begin) && !(text[reading.begin - 1] == '=' && labelled(text, reading.begin))) return false;
  if (reading.any_lower && reading.any_upper) return false;
  if (reading.gap_before[1] && !is_single_groups(reading)) return false;
  if (reading.letter_for_digit || in_hex_dump(text, reading)) return false;
  const bool proven = check.national.value_or(false);
  if (reading.country_lower && (reading.any_upper || (reading.gap_before[2] && !proven))) return false;
  return proven || !is_word_and_number(reading);
}

Account account_of(const AccountReading& reading, std::string iban) {
  auto account = iban_account(std::move(iban));
  // Between groups a soft hyphen lets a line break; inside one it serves nobody but who hides.
  if (reading.invisible || reading.soft_inside_four) account.hidden_how = "invisible";
  if (reading.disguised || reading.letter_for_digit) account.hidden_how = "homoglyph";
  account.hidden = !account.hidden_how.empty();
  return account;
}

/// An account whose lines stand below each other in one column, beside others: labelled, or proven by the country's own check
/// digits. It stands where its first line does; what stands between its lines is no part of it.
std::size_t scan_column(Found& found, const CountryPlace& place, bool is_labelled) {
  for (const ColumnText& column : column_texts(found.text, place.begin)) {
    const auto reading = read_places(column.text, 0, places_of(*place.country), false);
    if (!reading.complete || place.begin + reading.end <= column.first_end || !ends_word(column.text, reading)) continue;
    const auto check = check_iban(reading.symbols);
    if (!check.valid() || !(is_labelled || check.national.value_or(false))) continue;
    found.add(account_of(reading, reading.symbols), place.begin, column.first_end);
    found.accounts.back().as_written = column.text.substr(0, reading.end);
    return column.first_end;
  }
  return 0;
}

/// Where the first word of a text begins among the groups behind `at`: five letters or more without a digit, or small letters
/// where the country's are capitals.
std::size_t first_word(std::string_view text, std::size_t at) {
  constexpr std::size_t kGroup = 4, kFarthest = 120;
  const bool is_capital = !glyph_at(text, at).lower;
  const std::size_t last = std::min(text.size(), at + kFarthest);
  while (at < last) {
    std::size_t letters = 0, end = at;
    bool has_small = false;
    auto glyph = glyph_at(text, end);
    for (; glyph.is_letter() && end < last; glyph = glyph_at(text, end), ++letters) {
      has_small |= glyph.lower;
      end = glyph.end;
    }
    const bool is_word = letters > kGroup || (is_capital && has_small);
    if (is_word && !glyph.is_digit()) return at;
    while (glyph.kind == GlyphKind::symbol && end < last) glyph = glyph_at(text, end = glyph.end);
    at = std::max(glyph.end, end + 1);
  }
  return text.size();
}

/// A labelled account that fails its checks, read as far as it goes. Heuristic: a word ends it.
std::size_t scan_invalid(Found& found, const CountryPlace& place) {
  const std::string_view text = found.text.substr(0, first_word(found.text, place.begin));
  AccountReading reading = read_places(text, place.begin, "aannccccccccccccccccccccccccccccccccc", false);
  const std::size_t wanted = place.country->length;
  // Back to the end of a group that still holds digits.
  auto groups = reading;
  std::size_t end = std::min<std::size_t>(reading.symbols.size(), wanted);
  while (end < reading.symbols.size() && !reading.gap_before[end]) ++end;
  if (end + kInvalidSlack < wanted || end > wanted + kInvalidSlack) return 0;
  groups = read_places(text, place.begin, std::string_view("aannccccccccccccccccccccccccccccccccccccccc").substr(0, end), false);
  const auto digits = std::ranges::count_if(groups.symbols, [](char c) { return c <= '9'; });
  if (!groups.complete || static_cast<std::size_t>(digits) < 10) return 0;
  auto account = account_of(groups, groups.symbols);
  found.add(std::move(account), groups.begin, groups.end);
  return groups.end;
}

/// Symbols of a partial account; '*' for a masked one.
struct Masked {
  std::string symbols;
  std::size_t end = 0, masks = 0;
  bool stars = false;  ///< at least one mask is no letter X
};

bool is_mask(std::string_view text, const Glyph& glyph, bool after_mask) {
  if (glyph.kind == GlyphKind::mask) return true;
  if (glyph.symbol != 'X') return false;
  return after_mask || glyph_at(text, glyph.end).symbol == 'X';
}

/// The end of "..." or of an ellipsis that stands behind blanks at `at`, or 0.
std::size_t ellipsis_end(std::string_view text, std::size_t at) {
  while (at < text.size() && glyph_at(text, at).kind == GlyphKind::space) at = glyph_at(text, at).end;
  const auto rest = text.substr(at);
  if (rest.starts_with("\u2026")) return at + 3;
  if (!rest.starts_with("...")) return 0;
  return std::min(text.size(), text.find_first_not_of('.', at));
}

Masked read_masked(std::string_view text, std::size_t begin) {
  Masked masked;
  masked.end = begin;
  bool after_mask = false;
  for (std::size_t at = begin; masked.symbols.size() <= kIbanBytes;) {
    if (const auto end = ellipsis_end(text, at); end != 0 && masked.masks == 0 && masked.symbols.size() >= 4) {
      masked.symbols.append(kMaskedLeast, '*');
      masked.masks = kMaskedLeast;
      masked.end = at = end;
      continue;
    }
    const auto gap = gap_at(text, at);
    if (!gap.ok && glyph_at(text, gap.end).kind != GlyphKind::mask) break;
    const auto glyph = glyph_at(text, gap.end);
    const bool mask = is_mask(text, glyph, after_mask && gap.end == at);
    if (!mask && glyph.kind != GlyphKind::symbol) break;
    if (!mask && glyph.is_letter() && masked.symbols.size() >= 8 && (gap.visible || gap.line)) break;
    masked.symbols += mask ? '*' : glyph.symbol;
    masked.masks += mask ? 1U : 0U;
    masked.stars |= glyph.kind == GlyphKind::mask;
    masked.end = at = glyph.end;
    after_mask = mask;
  }
  return masked;
}

/// Country, check digits or stars, then digits and stars, with a bank's letters right behind the check digits at most.
bool is_partial(std::string_view symbols) {
  const auto is_known = [](char c) { return c == '*' || c <= '9'; };
  if (!is_known(symbols[2]) || !is_known(symbols[3]) || symbols.find("***") == symbols.npos) return false;
  return std::ranges::all_of(symbols.substr(8), is_known);
}

/// "FR76 **** **** 1234": the known ends, stars up to the country's length between them.
std::size_t scan_masked(Found& found, const CountryPlace& place) {
  auto masked = read_masked(found.text, place.begin);
  const auto last = masked.symbols.rfind('*');
  if (masked.masks < kMaskedLeast || masked.symbols.size() < 8 || masked.symbols.size() > kIbanBytes) return 0;
  // "DE000XXX942", "GB 07XXX XXX": letters mask only in what is written or called an account.
  const bool apart = gap_at(found.text, glyph_at(found.text, glyph_at(found.text, place.begin).end).end).visible;
  if (!masked.stars && (apart || masked.masks == kMaskedLeast) && !labelled(found.text, place.begin)) return 0;
  if (!is_partial(masked.symbols) || glyph_at(found.text, masked.end).kind == GlyphKind::symbol) return 0;
  const std::size_t wanted = place.country->length;
  if (masked.symbols.size() < wanted) masked.symbols.insert(last, wanted - masked.symbols.size(), '*');
  // "**** ****" stands for any number of characters, also for fewer than there are stars.
  const std::size_t more = masked.symbols.size() - std::min(masked.symbols.size(), wanted);
  if (more + kMaskedLeast > masked.masks ||
      masked.symbols.substr(last + 1 - more, more).find_first_not_of('*') != std::string::npos)
    return 0;
  masked.symbols.erase(last + 1 - more, more);
  Account account = iban_account(masked.symbols);
  account.masked = true;
  account.valid = true;
  found.add(std::move(account), place.begin, masked.end);
  return masked.end;
}

/// Stars or X where the next character should be, or X in places where a letter may be.
bool is_masked(std::string_view text, const AccountReading& reading) {
  if (reading.complete) return reading.symbols.find("XXXX") != reading.symbols.npos;
  if (reading.symbols.size() < 2) return false;
  const auto written = text.substr(reading.begin, reading.end - reading.begin + kMaskedLeast);
  if (written.find("...") != written.npos || written.find("\u2026") != written.npos) return true;
  const auto next = glyph_at(text, gap_at(text, reading.end).end);
  return next.kind == GlyphKind::mask || next.symbol == 'X' || reading.symbols.ends_with("XX");
}

/// Whether a reading that failed got far enough to ask for a label.
bool is_worth_a_label(std::string_view text, const AccountReading& reading) {
  if (reading.symbols.size() > 4) return true;
  if (reading.symbols.size() < 4) return false;
  const auto next = glyph_at(text, gap_at(text, reading.end).end);
  return next.is_digit() || next.symbol == 'O' || next.symbol == 'I' || next.symbol == 'L';
}

/// "IBAN : FR** **** 1234": only behind a label, "MC **** 1234" is a card. `at` is the first digit behind stars.
std::size_t scan_masked_before(Found& found, std::size_t at) {
  constexpr std::size_t kStarBytes = 120;
  bool stars = false;
  std::size_t place = at;
  for (auto glyph = glyph_before(found.text, place); at - place < kStarBytes && glyph.end > glyph.begin;
       glyph = glyph_before(found.text, place)) {
    const bool mask = glyph.kind == GlyphKind::mask;
    if (!mask && glyph.kind != GlyphKind::space) break;
    stars |= mask;
    place = glyph.begin;
  }
  if (!stars) return 0;
  const auto country = country_before(found.text, place);
  const bool known = country.country != nullptr && labelled(found.text, country.begin);
  return known && begins_word(found.text, country.begin) ? scan_masked(found, country) : 0;
}

/// "Account no. 71330094": the word for a number, and Norway only where the check digits are right.
bool is_number_word(std::string_view text, std::size_t begin) {
  const auto word = text.substr(begin, 3);
  return word.starts_with("no") || word.starts_with("No") || word == "NO." || word == "NO:";
}

bool follows_star(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  return at > 0 && (text[at - 1] == '*' || static_cast<unsigned char>(text[at - 1]) >= 0x80);
}

}  // namespace

Account iban_account(std::string iban) {
  Account account;
  account.kind = "iban";
  account.valid = check_iban(iban).valid();
  account.country = iban.substr(0, 2);
  const auto* country = iban_country(iban[0], iban[1]);
  if (country != nullptr && country->bank_length != 0 && iban.size() == country->length) {
    const auto code = iban.substr(4U + country->bank_begin, country->bank_length);
    if (code.find('*') == code.npos) account.bank_code = code;
  }
  if (const auto* bank = account.bank_code.empty() ? nullptr : bank_of(account.country, account.bank_code)) {
    account.bank_name = bank->name;
    account.bic = bank->bic;
  }
  account.value = std::move(iban);
  return account;
}

std::size_t scan_iban(Found& found, std::size_t at) {
  const auto place = country_before(found.text, at);
  if (place.country == nullptr && follows_star(found.text, at)) return scan_masked_before(found, at);
  if (place.country == nullptr || is_inside_word(found.text, place.begin)) return 0;
  auto reading = read_places(found.text, place.begin, places_of(*place.country), false);
  if (reading.complete && is_plausible(found.text, reading, check_iban(reading.symbols))) {
    found.add(account_of(reading, reading.symbols), reading.begin, reading.end);
    return reading.end;
  }
  if (is_masked(found.text, reading) && begins_word(found.text, place.begin)) {
    if (const auto end = scan_masked(found, place)) return end;
  }
  const bool is_labelled = is_worth_a_label(found.text, reading) && labelled(found.text, place.begin);
  if (is_labelled || reading.symbols.size() > kFewestBeforeColumn) {
    if (const auto end = scan_column(found, place, is_labelled)) return end;
  }
  if (!is_labelled) return 0;
  if (is_number_word(found.text, place.begin)) return 0;
  if (!reading.complete) reading = read_places(found.text, place.begin, places_of(*place.country), true);
  std::string iban = reading.symbols;
  if (reading.complete && !check_iban(iban).valid()) reading.letter_for_digit |= corrected(iban);
  const bool too_long = glyph_at(found.text, reading.end).is_digit() && reading.complete;
  if (!reading.complete || too_long || !check_iban(iban).valid()) return scan_invalid(found, place);
  found.add(account_of(reading, std::move(iban)), reading.begin, reading.end);
  return reading.end;
}

}  // namespace threadline::facts
