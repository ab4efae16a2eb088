// SPDX-License-Identifier: Apache-2.0
#include "facts/account_spellings.h"

#include <array>

#include "base/utf8.h"
#include "facts/bank/iban.h"
#include "text/charset.h"

namespace threadline::facts {
namespace {

/// Groups of one size, each behind the first preceded by `separator`.
std::string grouped(const std::string& iban, std::size_t size, std::string_view separator) {
  std::string written;
  for (std::size_t i = 0; i < iban.size(); ++i) {
    if (i > 0 && i % size == 0) written += separator;
    written += iban[i];
  }
  return written;
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return text;
}

/// Every digit and letter moved to other code points.
std::string shifted(const std::string& iban, char32_t zero, char32_t capital_a) {
  std::string written;
  for (const char c : iban) {
    const auto code = c <= '9' ? zero + static_cast<char32_t>(c - '0') : capital_a + static_cast<char32_t>(c - 'A');
    append_utf8(written, code);
  }
  return written;
}

/// The letters of the country as Cyrillic or Greek ones where there are twins.
std::string with_twin_letters(std::string iban) {
  std::string written;
  for (const char c : iban) {
    constexpr std::string_view kLatin = "ABCEHKMOPTX";
    constexpr char32_t kTwins[] = {0x0410, 0x0412, 0x0421, 0x0415, 0x041D, 0x041A, 0x041C, 0x041E, 0x0420, 0x0422, 0x0425};
    const auto at = kLatin.find(c);
    if (at == kLatin.npos) {
      written += c;
    } else {
      append_utf8(written, kTwins[at]);
    }
  }
  return written;
}

/// A zero behind the check digits as OCR reads it; not one that leaves the check digits right.
std::string with_letter_o(std::string iban) {
  for (auto zero = iban.find('0', 4); zero != iban.npos; zero = iban.find('0', zero + 1)) {
    auto read = iban;
    read[zero] = 'O';
    if (!check_iban(read).valid()) return read;
  }
  return iban;
}

/// Two lines, broken in the middle of the groups.
std::string wrapped(const std::string& iban, std::string_view line_end) {
  const auto text = grouped(iban, 4, " ");
  const auto half = text.find(' ', text.size() / 2);
  return text.substr(0, half) + std::string(line_end) + text.substr(half + 1);
}

std::string country_apart(const std::string& iban) {
  return iban.substr(0, 2) + " " + iban.substr(2, 2) + " " + grouped(iban.substr(4), 4, " ");
}

/// Digits in circles, letters as they are.
std::string in_circles(const std::string& iban) {
  constexpr char32_t kZero = 0x24EA, kOne = 0x2460;
  std::string written;
  for (const char c : iban) {
    if (c > '9')
      written += c;
    else
      append_utf8(written, c == '0' ? kZero : kOne + static_cast<char32_t>(c - '1'));
  }
  return written;
}

/// Digits above the line.
std::string raised(const std::string& iban) {
  constexpr std::array<char32_t, 10> kRaised = {0x2070, 0xB9, 0xB2, 0xB3, 0x2074, 0x2075, 0x2076, 0x2077, 0x2078, 0x2079};
  std::string written;
  for (const char c : iban) append_utf8(written, c > '9' ? static_cast<char32_t>(c) : kRaised[static_cast<std::size_t>(c - '0')]);
  return written;
}

/// Digits as keys of a telephone: U+FE0F U+20E3 behind each.
std::string as_keys(const std::string& iban) {
  std::string written;
  for (const char c : iban) (written += c).append(c <= '9' ? "\uFE0F\u20E3" : "");
  return written;
}

using Text = const std::string&;
constexpr Presentation kPresentations[] = {
    {"compact", [](Text t) { return t; }, false},
    {"fours", [](Text t) { return grouped(t, 4, " "); }, false},
    {"threes", [](Text t) { return grouped(t, 3, " "); }, false},
    {"twos", [](Text t) { return grouped(t, 2, " "); }, false},
    {"fives", [](Text t) { return grouped(t, 5, " "); }, false},
    {"sixes", [](Text t) { return grouped(t, 6, " "); }, false},
    {"eights", [](Text t) { return grouped(t, 8, " "); }, false},
    {"check_digits_apart", [](Text t) { return t.substr(0, 4) + " " + t.substr(4); }, false},
    {"groups_5_5_11", [](Text t) { return t.substr(0, 4) + " " + t.substr(4, 5) + " " + t.substr(9); }, false},
    {"country_apart", [](Text t) { return "IBAN " + country_apart(t); }, true},
    {"country_apart_compact", [](Text t) { return "IBAN " + t.substr(0, 2) + " " + t.substr(2); }, true},
    {"one_by_one", [](Text t) { return grouped(t, 1, " "); }, false},
    {"tabs", [](Text t) { return "IBAN\t" + grouped(t, 4, "\t"); }, false},
    {"cell_each", [](Text t) { return "IBAN\t" + grouped(t, 1, "\t"); }, false},
    {"line_each", [](Text t) { return "IBAN\n" + grouped(t, 4, "\n"); }, false},
    {"character_a_line", [](Text t) { return "IBAN\n" + grouped(t, 1, "\n"); }, false},
    {"pipes", [](Text t) { return "| IBAN | " + grouped(t, 4, " | ") + " |"; }, false},
    {"pipe_each", [](Text t) { return "|" + grouped(t, 1, "|") + "|"; }, false},
    {"nbsp", [](Text t) { return grouped(t, 4, "\u00a0"); }, false},
    {"narrow_nbsp", [](Text t) { return grouped(t, 4, "\u202f"); }, false},
    {"thin_space", [](Text t) { return grouped(t, 4, "\u2009"); }, false},
    {"figure_space", [](Text t) { return grouped(t, 4, "\u2007"); }, false},
    {"two_blanks", [](Text t) { return grouped(t, 4, "  "); }, false},
    {"zero_width", [](Text t) { return grouped(t, 4, "\u200b"); }, false},
    {"zero_width_each", [](Text t) { return grouped(t, 1, "\u200b"); }, false},
    {"zero_width_and_blank", [](Text t) { return grouped(t, 4, "\u200b \u200b"); }, false},
    {"word_joiner", [](Text t) { return grouped(t, 4, "\u2060"); }, false},
    {"byte_order_mark", [](Text t) { return "\ufeff" + grouped(t, 4, "\ufeff"); }, false},
    {"soft_hyphen", [](Text t) { return grouped(t, 4, "\u00ad"); }, false},
    {"dots", [](Text t) { return grouped(t, 4, "."); }, false},
    {"middle_dots", [](Text t) { return grouped(t, 4, "\u00b7"); }, false},
    {"slashes", [](Text t) { return grouped(t, 4, "/"); }, false},
    {"hyphens", [](Text t) { return grouped(t, 4, "-"); }, false},
    {"spaced_hyphens", [](Text t) { return grouped(t, 4, " - "); }, false},
    {"no_break_hyphens", [](Text t) { return grouped(t, 4, "\u2011"); }, false},
    {"en_dashes", [](Text t) { return grouped(t, 4, "\u2013"); }, false},
    {"underscores", [](Text t) { return grouped(t, 4, "_"); }, false},
    {"commas", [](Text t) { return grouped(t, 4, ", "); }, false},
    {"lower_case", [](Text t) { return lower(grouped(t, 4, " ")); }, false},
    {"lower_compact", [](Text t) { return "iban: " + lower(t); }, false},
    {"lower_bare", [](Text t) { return lower(t); }, false},
    {"wrapped", [](Text t) { return wrapped(t, "\n"); }, false},
    {"wrapped_crlf", [](Text t) { return wrapped(t, "\r\n"); }, false},
    {"wrapped_indented", [](Text t) { return wrapped(t, " \n    "); }, false},
    {"quoted_wrapped", [](Text t) { return "> IBAN : " + wrapped(t, "\n> "); }, false},
    {"quoted_wrapped_bare", [](Text t) { return "> " + wrapped(t, "\n> "); }, false},
    {"quoted_deep", [](Text t) { return ">> > " + wrapped(t, " \r\n>> > "); }, false},
    {"quoted_compact_broken", [](Text t) { return "> " + t.substr(0, 9) + "\n> " + t.substr(9); }, false},
    {"full_width", [](Text t) { return shifted(t, 0xFF10, 0xFF21); }, false},
    {"full_width_groups",
     [](Text t) { return shifted(t.substr(0, 4), 0xFF10, 0xFF21) + "\u3000" + shifted(t.substr(4), 0xFF10, 0xFF21); }, false},
    {"mathematical", [](Text t) { return shifted(t, 0x1D7CE, 0x1D400); }, false},
    {"arabic_digits", [](Text t) { return "IBAN " + shifted(t, 0x0660, 'A'); }, false},
    {"circles", [](Text t) { return in_circles(t); }, false},
    {"keys", [](Text t) { return as_keys(t); }, false},
    {"raised", [](Text t) { return raised(t); }, false},
    {"bracket_groups", [](Text t) { return "[" + grouped(t, 4, "] [") + "]"; }, false},
    {"round_bracket_groups", [](Text t) { return "IBAN (" + grouped(t, 4, ") (") + ")"; }, false},
    {"cyrillic_twins", [](Text t) { return with_twin_letters(grouped(t, 4, " ")); }, false},
    {"letter_o", [](Text t) { return "IBAN : " + grouped(with_letter_o(t), 4, " "); }, true},
    {"letter_o_compact", [](Text t) { return "IBAN: " + with_letter_o(t); }, true},
    {"glued_label", [](Text t) { return "IBAN" + t; }, false},
    {"glued_label_and_bic", [](Text t) { return "IBAN" + t + "BIC"; }, false},
    {"glued_bic", [](Text t) { return "IBAN: " + t + "BIC: ABCDFRPP"; }, false},
    {"glued_holder", [](Text t) { return "IBAN : " + t + "Titulaire : Exemple"; }, false},
    {"glued_colon", [](Text t) { return "IBAN:" + t + ";BIC:ABCDFRPP"; }, false},
    {"number_after", [](Text t) { return grouped(t, 4, " ") + " 2 days from today"; }, false},
    {"number_line_after", [](Text t) { return grouped(t, 4, " ") + "\n12 345,67 EUR"; }, false},
    {"number_before", [](Text t) { return "Facture 2024-117 " + grouped(t, 4, " "); }, false},
    {"capitals_after", [](Text t) { return "IBAN " + t + " BITTE BEACHTEN"; }, false},
    {"brackets", [](Text t) { return "(" + t + ")"; }, false},
    {"square_brackets", [](Text t) { return "[" + grouped(t, 4, " ") + "]"; }, false},
    {"quotation_marks", [](Text t) { return "\u00ab\u00a0" + grouped(t, 4, " ") + "\u00a0\u00bb"; }, false},
    {"full_stop", [](Text t) { return "Pay to " + t + "."; }, false},
    {"stars", [](Text t) { return "*" + grouped(t, 4, " ") + "*"; }, false},
    {"equals", [](Text t) { return "IBAN=" + t; }, false},
    {"markup", [](Text t) { return "**IBAN:** `" + t + "`"; }, false},
};

}  // namespace

std::span<const Presentation> presentations() { return kPresentations; }

char Accounts::symbol(char place) {
  constexpr std::string_view kSymbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const auto next = static_cast<std::size_t>(random_());
  if (place == 'n') return kSymbols[next % 10];
  return place == 'a' ? kSymbols[10 + next % 26] : kSymbols[next % 36];
}

std::string Accounts::iban(std::string_view country) {
  const auto* rule = iban_country(country[0], country[1]);
  for (;;) {
    std::string bban;
    for (const char place : rule->places) bban += symbol(place);
    if (!national_check(country, bban).value_or(true)) continue;
    return iban_of(country, bban);
  }
}

std::string Accounts::rib(bool letters) {
  for (;;) {
    std::string rib;
    for (std::size_t i = 0; i < 23; ++i) rib += symbol(letters && i >= 10 && i < 21 ? 'c' : 'n');
    const bool has_digit = rib.substr(10, 11).find_first_of("0123456789") != std::string::npos;
    if (has_digit && is_rib(rib)) return rib;
  }
}

std::string Accounts::digits(std::size_t count) {
  std::string number;
  while (number.size() < count) number += symbol('n');
  return number;
}

}  // namespace threadline::facts
