// SPDX-License-Identifier: Apache-2.0
#include "facts/contact/written_number.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "facts/contact/phone_label.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kLongest = 48;     ///< bytes of one number with its separators
constexpr std::size_t kSeparators = 3;   ///< between two groups: ") - "
constexpr std::size_t kWholeDigits = 8;  ///< a number with so many digits may end before a slash or dash between blanks
constexpr std::size_t kFewest = 7;       ///< digits of a number that may end before "(", "/4", "24h"
constexpr std::size_t kEnding = 2;       ///< digits of another ending ("0123/24"), of an hour

constexpr auto kWideBlanks = std::to_array<std::string_view>({"\u00a0", "\u202f", "\u2009"});
constexpr auto kWideDashes = std::to_array<std::string_view>({"\u2010", "\u2011", "\u2013", "\u2212"});

/// Bytes of what parts two groups, and whether it is a blank or a bar (a dash or slash).
struct Separator {
  std::size_t length = 0;
  bool is_blank = false, is_bar = false;
};

Separator separator_at(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (std::string_view(" .-/()").find(c) != std::string_view::npos) return {1, c == ' ', c == '-' || c == '/'};
  const auto stands = [&](std::string_view wide) { return text.substr(at).starts_with(wide); };
  if (const auto blank = std::ranges::find_if(kWideBlanks, stands); blank != kWideBlanks.end())
    return {blank->size(), true, false};
  const auto dash = std::ranges::find_if(kWideDashes, stands);
  return dash == kWideDashes.end() ? Separator{} : Separator{dash->size(), false, true};
}

/// Reads digits and what parts them.
class Reading {
 public:
  Reading(std::string_view text, std::size_t begin) : text_(text), at_(begin) { number_.begin = begin; }

  WrittenNumber read() {
    if (text_[at_] == '(') {
      number_.has_parentheses = true;
      ++at_;
    }
    if (at_ < text_.size() && text_[at_] == '+') {
      number_.has_plus = true;
      ++at_;
    }
    number_.end = at_;
    while (at_ < text_.size() && at_ - number_.begin < kLongest && (read_group() || read_separators())) {
    }
    number_.is_date_like = number_.groups == "2-2-4" || number_.groups == "4-2-2" || number_.groups == "1-1-4" ||
                           number_.groups == "1-2-4" || number_.groups == "2-1-4";
    return std::move(number_);
  }

 private:
  bool read_group() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_digit(text_[at_]) && at_ - number_.begin < kLongest) ++at_;
    if (at_ == begin) return false;
    if (is_unit(begin)) return false;
    number_.end = at_;
    const std::string_view group = text_.substr(begin, at_ - begin);
    const bool is_trunk_zero = group == "0" && begin > 0 && text_[begin - 1] == '(' && at_ < text_.size() && text_[at_] == ')' &&
                               !number_.digits.empty();
    if (is_trunk_zero) return true;
    number_.digits += group;
    number_.groups += (number_.groups.empty() ? "" : "-") + std::to_string(group.size());
    return true;
  }

  /// "24h/24", "7j/7", "2nd floor" behind a whole number; "x12", "ext. 12" are its extension.
  [[nodiscard]] bool is_unit(std::size_t begin) const {
    if (number_.digits.size() < kFewest || at_ - begin > kEnding || at_ >= text_.size() || begin == number_.end) return false;
    return is_letter(text_[at_]) && extension_after(text_, at_).digits.empty();
  }

  /// "7946 0123/4", "123456-0/-22": the slash leads to another ending of a number that is whole. "01/23/45/67/89" is one number.
  [[nodiscard]] bool leads_to_ending() const {
    if (number_.digits.size() < kFewest || text_[at_] != '/' || has_slash_) return false;
    const std::string_view behind = text_.substr(at_ + 1);
    if (behind.starts_with('-')) return true;
    const std::size_t digits = std::min(behind.find_first_not_of("0123456789"), behind.size());
    const bool goes_on = digits + 1 < behind.size() && separator_at(behind, digits).length > 0 && is_digit(behind[digits + 1]);
    return digits <= kEnding && !goes_on && !number_.groups.ends_with("-2");
  }

  /// A few separators up to the next digit. A number that is whole ends before "(", another ending, a slash or dash beside a
  /// blank.
  bool read_separators() {
    if (leads_to_ending()) return false;
    std::size_t next = at_;
    bool has_blank = false, has_bar = false;
    for (std::size_t count = 0; count < kSeparators && next < text_.size(); ++count) {
      const Separator separator = separator_at(text_, next);
      if (separator.length == 0) break;
      if (text_[next] == '(' && number_.digits.size() >= kFewest) return false;
      has_slash_ = has_slash_ || text_[next] == '/';
      has_blank = has_blank || separator.is_blank;
      has_bar = has_bar || separator.is_bar;
      number_.has_parentheses = number_.has_parentheses || text_[next] == '(';
      next += separator.length;
    }
    const bool is_parted = has_blank && has_bar && number_.digits.size() >= kWholeDigits;
    if (next == at_ || next >= text_.size() || !is_digit(text_[next]) || is_parted) return false;
    at_ = next;
    return true;
  }

  std::string_view text_;
  std::size_t at_;
  WrittenNumber number_;
  bool has_slash_ = false;
};

}  // namespace

WrittenNumber written_number_at(std::string_view text, std::size_t begin) { return Reading(text, begin).read(); }

}  // namespace threadline::facts
