// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/history_difference.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "facts/bank/account.h"
#include "facts/conversation/body_difference.h"
#include "facts/conversation/long_numbers.h"
#include "facts/conversation/tokens.h"
#include "text/fold.h"
#include "text/same_words.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kItems = 10;                ///< named in a note
constexpr std::size_t kLookAhead = 8;             ///< levels that one body may lack in a row
constexpr std::size_t kMostWords = 20'000;        ///< of a body
constexpr std::size_t kFewestWords = 5;           ///< of a level that is missed
constexpr std::int64_t kFurthestShift = 14 * 60;  ///< minutes by which zones move a time; a day is another date

using Words = std::unordered_set<std::string>;

Words words_in(std::string_view text) {
  Words words;
  for (Token& token : tokens_of(text, kMostWords)) {
    if (token.kind == TokenKind::word && token.text.size() >= 3) words.insert(std::move(token.folded));
  }
  return words;
}

/// Whether two dates may be one: to the minute, in whatever zone each was printed.
bool is_same_date(const Stamp& one, const Stamp& other) {
  constexpr std::int64_t kMinute = 60;
  const auto minute_of = [](const Stamp& stamp) { return (stamp.at.seconds - (stamp.at.seconds % kMinute)) / kMinute; };
  const std::int64_t minutes = minute_of(one) - minute_of(other);
  return minutes % 60 == 0 && minutes <= kFurthestShift && minutes >= -kFurthestShift;
}

bool differ_in_date(const QuotedBlock& one, const QuotedBlock& other) {
  return one.date && other.date && !is_same_date(*one.date, *other.date);
}

bool differ_in_sender(const QuotedBlock& one, const QuotedBlock& other) {
  const std::string_view left = one.from.address, right = other.from.address;
  return left.find('@') != std::string_view::npos && right.find('@') != std::string_view::npos &&
         !text::equal_ascii_nocase(left, right);
}

bool is_same_level(const QuotedBlock& one, const QuotedBlock& other) {
  if (differ_in_sender(one, other) || differ_in_date(one, other)) return false;
  const bool dated = one.date && other.date;
  return dated || (!one.from.address.empty() && text::equal_ascii_nocase(one.from.address, other.from.address));
}

using Addresses = std::set<std::string>;

/// The recipients; nothing where one of them has no address.
Addresses recipients_of(const QuotedBlock& block) {
  Addresses addresses;
  for (const auto* list : {&block.to, &block.cc}) {
    for (const message::Address& person : *list) {
      if (person.address.find('@') == std::string::npos) return {};
      addresses.insert(text::ascii_lower(person.address));
    }
  }
  return addresses;
}

bool differ_in_recipients(const QuotedBlock& one, const QuotedBlock& other) {
  const Addresses left = recipients_of(one), right = recipients_of(other);
  return left.empty() == right.empty() && left != right;
}

std::string first_lacking(const Addresses& here, const Addresses& there) {
  const auto found = std::ranges::find_if(here, [&](const std::string& address) { return !there.contains(address); });
  return found == here.end() ? std::string() : *found;
}

/// The account of a level that the same level lacks; "account FR76...", or nothing.
std::string lone_account(const QuotedBlock& one, const QuotedBlock& other, const Limits& limits) {
  if (!may_hold_account(one.text)) return {};
  ReadText left, right;
  left.text = one.text;
  right.text = other.text;
  for (std::string& item : only_in(left, right, limits)) {
    if (item.starts_with("account ")) return std::move(item);
  }
  return {};
}

/// Numbers with so many digits that the other text has nowhere.
bool has_lone_number(const ReadText& one, const ReadText& other) {
  constexpr std::size_t kMost = 100;
  const std::string there = text::digits_of(other.text);
  return std::ranges::any_of(long_numbers(one.text, kMost),
                             [&](const std::string& number) { return there.find(number) == std::string::npos; });
}

/// Whether one of two tellings of a message has an account, a number, an address or a person that the other lacks.
bool tells_otherwise(const QuotedBlock& one, const QuotedBlock& other, const Limits& limits) {
  if (differ_in_sender(one, other) || differ_in_recipients(one, other)) return true;
  if (text::is_same_words(one.text, other.text, text::LineEnds::anywhere)) return false;
  ReadText left, right;
  left.text = without_link_targets(one.text);
  right.text = without_link_targets(other.text);
  return !only_in(left, right, limits).empty() || !only_in(right, left, limits).empty() || has_lone_number(left, right) ||
         has_lone_number(right, left);
}

class Comparison {
 public:
  Comparison(const ReadConversation& one, const ReadConversation& other, const Limits& limits)
      : one_(one), other_(other), limits_(limits) {}

  HistoryDifference run() {
    const auto& left = one_.conversation.quoted;
    const auto& right = other_.conversation.quoted;
    const bool by_order = left.size() == right.size();
    std::size_t i = 0, j = 0;
    while (i < left.size() && j < right.size()) {
      const auto [skip_left, skip_right] = by_order ? std::pair<std::size_t, std::size_t>{} : step(i, j);
      for (const std::size_t end = i + skip_left; i < end; ++i) miss(left[i], other_, true);
      for (const std::size_t end = j + skip_right; j < end; ++j) miss(right[j], one_, false);
      compare(left[i++], right[j++]);
    }
    for (; i < left.size(); ++i) miss(left[i], other_, true);
    for (; j < right.size(); ++j) miss(right[j], one_, false);
    return std::move(found_);
  }

 private:
  /// How many levels only one of them has before both say the same again.
  [[nodiscard]] std::pair<std::size_t, std::size_t> step(std::size_t i, std::size_t j) const {
    const auto& left = one_.conversation.quoted;
    const auto& right = other_.conversation.quoted;
    for (std::size_t skip = 0; skip < kLookAhead; ++skip) {
      if (i + skip < left.size() && is_same_level(left[i + skip], right[j])) return {skip, 0};
      if (j + skip < right.size() && is_same_level(left[i], right[j + skip])) return {0, skip};
    }
    return {0, 0};
  }

  void say(std::int32_t level, const char* what, const std::string& one, const std::string& other) {
    if (found_.one.size() >= kItems) return;
    const std::string head = "level " + std::to_string(level) + " " + what + " ";
    found_.one.push_back(one.empty() ? one : head + one);
    found_.other.push_back(other.empty() ? other : head + other);
  }

  void compare(const QuotedBlock& one, const QuotedBlock& other) {
    if (tells_otherwise(one, other, limits_)) {
      const auto block = static_cast<std::int32_t>(&one - one_.conversation.quoted.data());
      found_.told_otherwise.push_back({block, other});
    }
    if (differ_in_sender(one, other)) say(one.level, "sender", one.from.address, other.from.address);
    if (differ_in_date(one, other)) say(one.level, "date", one.date_text, other.date_text);
    const Addresses left = recipients_of(one), right = recipients_of(other);
    if (differ_in_recipients(one, other)) say(one.level, "recipient", first_lacking(left, right), first_lacking(right, left));
    if (text::is_same_words(one.text, other.text, text::LineEnds::anywhere)) return;
    const std::string account = lone_account(one, other, limits_), instead = lone_account(other, one, limits_);
    if (!account.empty() || !instead.empty()) say(one.level, "with", account, instead);
  }

  /// A level that only one body has is a difference where its words stand nowhere in the other, too.
  void miss(const QuotedBlock& block, const ReadConversation& in, bool is_left) {
    Words& there = is_left ? right_words_ : left_words_;
    if (there.empty()) there = words_in(in.body.text);
    const Words here = words_in(without_link_targets(block.text));
    const auto absent =
        static_cast<std::size_t>(std::ranges::count_if(here, [&](const std::string& word) { return !there.contains(word); }));
    if (here.size() < kFewestWords || 2 * absent <= here.size()) return;
    const std::string who = block.from.address.empty() ? block.from.name : block.from.address;
    const std::string words = who.empty() ? "without sender" : who;
    say(block.level, "of", is_left ? words : "", is_left ? "" : words);
  }

  const ReadConversation& one_;
  const ReadConversation& other_;
  const Limits& limits_;
  HistoryDifference found_;
  Words left_words_, right_words_;
};

}  // namespace

HistoryDifference compare_histories(const ReadConversation& one, const ReadConversation& other, const Limits& limits) {
  if (one.conversation.quoted.empty() && other.conversation.quoted.empty()) return {};
  HistoryDifference found = Comparison(one, other, limits).run();
  if (is_either_stub(one.body.text, other.body.text)) found.one.clear(), found.other.clear();
  return found;
}

}  // namespace threadline::facts
