// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/row_entry.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>

#include "base/instant.h"
#include "base/severity.h"
#include "timeline/journal/action_row.h"

namespace threadline::timeline::journal {
namespace {

constexpr std::size_t kKeyDigits = 16;

std::uint64_t hexadecimal(std::string_view digits) {
  std::uint64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

int number_at(const std::string& text, std::size_t at, std::size_t digits) {
  int value = 0;
  std::from_chars(text.data() + at, text.data() + at + digits, value);
  return value;
}

RowEntry evidence_entry(const Sorted& row) {
  const std::string kind = text_in(row, "kind");
  const auto severity = kind == "finding" ? severity_named(text_in(row, "severity")) : std::nullopt;
  return {.id = key_of(text_in(row, "id")),
          .about = key_of(text_in(row, "about")),
          .known = seconds_of(text_in(row, "known_at")),
          .time = seconds_of(text_in(row, "time")),
          .severity = severity ? static_cast<std::int8_t>(*severity) : std::int8_t{-1},
          .is_quoted = kind == "quoted"};
}

/// An event on the first tab whose time nobody stated has none; an action has that of its entry.
RowEntry action_entry(const Entry& entry) {
  const bool is_event = entry.type == "add" && text_in(entry.body, "tab") == "timeline";
  const std::string time = text_in(entry.body, "time");
  const bool is_stated = entry.type == "add" && (!time.empty() || is_event);
  const std::int64_t at = seconds_of(is_stated ? time : entry.at);
  return {
      .id = key_of(action_row_id(entry)), .about = {}, .known = at, .time = at, .tab = is_event ? Tab::timeline : Tab::actions};
}

}  // namespace

bool gives_no_row(const std::string& type) { return type == "not_found" || type == "found_again"; }

RowEntry row_entry_of(const Entry& entry) {
  const bool is_evidence = entry.type == "row" || entry.type == "revision";
  return is_evidence ? evidence_entry(member(entry.body, "row")) : action_entry(entry);
}

std::int64_t seconds_of(const std::string& time) {
  constexpr std::size_t kClockEnd = 19;
  if (time.size() <= kClockEnd) return kNever;
  const CivilTime civil{number_at(time, 0, 4),  number_at(time, 5, 2),  number_at(time, 8, 2),
                        number_at(time, 11, 2), number_at(time, 14, 2), number_at(time, 17, 2)};
  int offset = 0;
  if (time[kClockEnd] != 'Z' && time.size() >= kClockEnd + 6)
    offset = (number_at(time, kClockEnd + 1, 2) * 60 + number_at(time, kClockEnd + 4, 2)) * (time[kClockEnd] == '-' ? -1 : 1);
  const auto instant = instant_of(civil, offset);
  return instant ? instant->seconds : kNever;
}

IdKey key_of(const std::string& id) {
  const std::string_view text(id);
  return {hexadecimal(text.substr(0, kKeyDigits)),
          text.size() > kKeyDigits ? hexadecimal(text.substr(kKeyDigits, kKeyDigits)) : 0};
}

std::string id_text(const IdKey& key) { return fmt::format("{:016x}{:016x}", key.high, key.low); }

}  // namespace threadline::timeline::journal
