// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "facts/message_traits.h"
#include "text/fold.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kLongest = 40;  ///< bytes of one number with its separators

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80U; }

/// Bytes of the separator at `at`, or 0: space, dot, hyphens, slash, parentheses, NBSP, narrow NBSP.
std::size_t separator_at(std::string_view text, std::size_t at) {
  if (std::string_view(" .-/()").find(text[at]) != std::string_view::npos) return 1;
  for (const std::string_view wide : {"\u00a0", "\u202f", "\u2009", "\u2010", "\u2011", "\u2013"}) {
    if (text.substr(at).starts_with(wide)) return wide.size();
  }
  return 0;
}

/// A run of digits and separators.
struct Run {
  std::string digits;
  std::string_view written;
  std::size_t groups = 1;
  bool plus = false;
  bool pairs = true;  ///< every group but the first has two digits
  std::size_t end = 0;
};

/// Reads the run at `begin` ("+" or digit or "("). A second separator kind than blank around "(0)" is fine; two blanks in a row
/// end it.
Run run_at(std::string_view text, std::size_t begin) {
  Run run;
  std::size_t at = begin, group = 0;
  if (text[at] == '+') run.plus = true, ++at;
  run.end = at;
  std::size_t blanks = 0;
  while (at < text.size() && at - begin < kLongest) {
    if (is_digit(text[at])) {
      if (blanks > 0 && !run.digits.empty()) {
        if (run.groups > 1 && group != 2) run.pairs = false;
        ++run.groups;
        group = 0;
      }
      run.digits += text[at++];
      ++group;
      blanks = 0;
      run.end = at;
    } else if (const std::size_t length = separator_at(text, at); length != 0 && blanks < 3) {
      at += length;
      ++blanks;
    } else {
      break;
    }
  }
  if (run.groups > 1 && group != 2) run.pairs = false;
  run.written = text.substr(begin, run.end - begin);
  return run;
}

constexpr std::string_view kLabels[] = {"tel",       "t\u00e9l",     "t\u00e9l\u00e9phone",
                                        "telephone", "phone",        "mobile",
                                        "mob",       "portable",     "gsm",
                                        "fixe",      "standard",     "direct",
                                        "cell",      "handy",        "telefon",
                                        "tfno",      "m\u00f3vil",   "movil",
                                        "cellulare", "telefono",     "tel\u00e9fono",
                                        "fax",       "ligne directe"};

/// Whether a label such as "Tel. :" or "M:" stands right before; the last word before the number decides.
bool is_labelled(std::string_view text, std::size_t begin) {
  constexpr std::size_t kLook = 24;
  const std::size_t from = begin > kLook ? begin - kLook : 0;
  std::string_view before = text.substr(from, begin - from);
  before = before.substr(before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1);
  while (!before.empty() && !is_letter(before.back())) before.remove_suffix(1);
  std::size_t start = before.size();
  while (start > 0 && is_letter(before[start - 1])) --start;
  const std::string word = text::lower(before.substr(start));
  return std::any_of(std::begin(kLabels), std::end(kLabels),
                     [&](std::string_view label) { return word == label || word.ends_with("\u00a0" + std::string(label)); });
}

/// "+33 (0)6 ..." without the national zero.
std::string international(const Run& run) {
  std::string digits = run.digits;
  const std::size_t zero = run.written.find("(0)");
  if (zero != std::string_view::npos) {
    const auto before = static_cast<std::size_t>(
        std::count_if(run.written.begin(), run.written.begin() + static_cast<std::ptrdiff_t>(zero), is_digit));
    if (before < digits.size()) digits.erase(before, 1);
  }
  return digits;
}

/// The number in E.164 (ITU-T E.164: at most 15 digits), or digits, or nothing.
std::string number_of(const Run& run, bool labelled) {
  const std::string& digits = run.digits;
  if (run.plus) {
    const std::string number = international(run);
    return number.size() >= 8 && number.size() <= 15 && number.front() != '0' ? "+" + number : std::string{};
  }
  if (digits.size() == 10 && digits[0] == '0' && digits[1] != '0') {
    const bool french = run.groups == 5 && run.pairs;
    if (french || (labelled && (run.pairs || run.groups == 1))) return "+33" + digits.substr(1);
  }
  if (digits.starts_with("00") && digits.size() >= 11 && digits.size() <= 17 && (labelled || run.groups >= 3) && digits[2] != '0')
    return "+" + international(run).substr(2);
  return labelled && digits.size() >= 7 && digits.size() <= 15 ? digits : std::string{};
}

}  // namespace

std::vector<std::string> read_phones(std::string_view text, const Limits& limits, std::vector<Note>& notes) {
  std::vector<std::string> phones;
  for (std::size_t at = text.find_first_of("+(0123456789"); at != std::string_view::npos;
       at = text.find_first_of("+(0123456789", at)) {
    const bool inside_word = at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1])) && text[at] != '+';
    const Run run = run_at(text, text[at] == '(' && at + 1 < text.size() && text[at + 1] == '+' ? at + 1 : at);
    const bool before_word =
        run.end < text.size() && (is_letter(text[run.end]) && static_cast<unsigned char>(text[run.end]) < 0x80U);
    const std::string number =
        inside_word || before_word || run.digits.size() < 7 ? std::string{} : number_of(run, !run.plus && is_labelled(text, at));
    at = std::max(run.end, at + 1);
    if (number.empty() || std::find(phones.begin(), phones.end(), number) != phones.end()) continue;
    if (phones.size() == limits.phones) {
      notes.push_back({"limit", "phones", {}});
      break;
    }
    phones.push_back(number);
  }
  return phones;
}

}  // namespace threadline::facts
