// SPDX-License-Identifier: Apache-2.0
#include "findings/same_word.h"

#include <algorithm>
#include <array>
#include "text/fold.h"

namespace threadline::findings {
namespace {

/// The digits without the trunk's zero: "+33 (0)1 99 ..." and "01 99 ..." end alike.
std::string_view significant(const std::string& digits) {
  return std::string_view(digits).substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

/// A day as a text writes it: by the name of its month, or in numbers, day or month first.
struct WrittenDay {
  int year = 0;  ///< of the century; 0: not said
  struct Reading {
    int day = 0;
    unsigned months = 0;  ///< bit n for the n-th
  };
  std::array<Reading, 2> readings{};
  bool is_named = false;

  [[nodiscard]] const Reading& likely() const { return readings[readings[0].months == 0 ? 1 : 0]; }
};

WrittenDay written_day(std::string_view written) {
  WrittenDay said;
  std::array<int, 3> numbers{};
  std::size_t count = 0;
  bool is_year_first = false;
  for (std::size_t at = 0; at < written.size();) {
    const std::size_t end = std::min(written.find_first_of(" /.-", at), written.size());
    const std::string_view group = written.substr(at, end - at);
    const std::string digits = text::digits_of(group);
    if (digits.empty())
      said.readings[0].months |= months_of(group);
    else if (digits.size() > 2)
      said.year = std::stoi(digits.substr(digits.size() - 2)) + 100, is_year_first |= count == 0;
    else if (count < numbers.size())
      numbers[count++] = std::stoi(digits);
    at = end + 1;
  }
  said.is_named = said.readings[0].months != 0;
  if (said.is_named) {
    said.readings[0].day = numbers[0];
    return said;
  }
  if (count == 3) said.year = numbers[2] + 100;
  const auto bit = [](int month) { return month >= 1 && month <= 12 ? 1U << static_cast<unsigned>(month) : 0U; };
  said.readings[0] = {is_year_first ? numbers[1] : numbers[0], bit(is_year_first ? numbers[0] : numbers[1])};
  if (!is_year_first) said.readings[1] = {numbers[1], bit(numbers[0])};
  return said;
}

}  // namespace

bool is_same_phone(const HistoryWord& left, const HistoryWord& right) {
  if (left.kind != WordKind::phone || right.kind != WordKind::phone) return false;
  const std::string_view one = significant(left.key), other = significant(right.key);
  if (std::min(one.size(), other.size()) >= kPhoneDigitsLeast && (one.ends_with(other) || other.ends_with(one))) return true;
  return left.key.starts_with(right.key) || right.key.starts_with(left.key);
}

std::vector<std::string> phone_spellings(const HistoryWord& phone) {
  constexpr std::size_t kBegin = 4;
  std::vector<std::string> spellings;
  for (std::size_t length = kBegin; length <= phone.key.size(); ++length) spellings.push_back(phone.key.substr(0, length));
  for (std::size_t at = 1; at + kPhoneDigitsLeast <= phone.key.size(); ++at) spellings.push_back(phone.key.substr(at));
  return spellings;
}

bool is_same_day(const HistoryWord& left, const HistoryWord& right) {
  if (left.kind != WordKind::date || right.kind != WordKind::date) return false;
  const WrittenDay one = written_day(left.written), other = written_day(right.written);
  if (one.year != 0 && other.year != 0 && one.year != other.year) return false;
  const auto agree = [](const WrittenDay::Reading& here, const WrittenDay::Reading& there) {
    return here.day == there.day && (here.months & there.months) != 0;
  };
  if (!one.is_named && !other.is_named) return agree(one.likely(), other.likely());
  return std::ranges::any_of(one.readings, [&](const auto& here) {
    return std::ranges::any_of(other.readings, [&](const auto& there) { return agree(here, there); });
  });
}

}  // namespace threadline::findings
