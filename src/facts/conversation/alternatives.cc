// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/alternatives.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "facts/conversation/body_difference.h"
#include "facts/conversation/history_difference.h"
#include "facts/conversation/long_numbers.h"
#include "facts/conversation/tokens.h"
#include "text/fold.h"
#include "text/same_words.h"

namespace threadline::facts {
namespace {

/// What a body text says: its words, and its digits in a row, so that a number in groups is the same number.
struct Words {
  std::unordered_set<std::string> words;
  std::string digits;
};

Words words_in(std::string_view text) {
  constexpr std::size_t kMostWords = 20'000;
  const std::string plain = without_link_targets(text);
  Words found{.words = {}, .digits = text::digits_of(plain)};
  for (Token& token : tokens_of(plain, kMostWords)) {
    if (token.kind == TokenKind::number && token.text.size() >= 3) found.words.emplace(token.text);
    if (token.kind == TokenKind::word && token.text.size() >= 3) found.words.insert(std::move(token.folded));
  }
  return found;
}

bool is_said(const std::string& word, const Words& by) {
  constexpr std::size_t kMostDigits = 50'000;  // more are no letter: its numbers are not looked for one by one
  if (by.words.contains(word)) return true;
  const bool is_number = word.front() >= '0' && word.front() <= '9';
  return is_number && (by.digits.size() > kMostDigits || by.digits.find(text::digits_of(word)) != std::string::npos);
}

/// Words of `left` that `right` lacks, at most ten; the whole count in `missing`.
std::string lacking(const Words& left, const Words& right, std::size_t& missing) {
  std::vector<std::string> found;
  std::ranges::copy_if(left.words, std::back_inserter(found), [&](const std::string& word) { return !is_said(word, right); });
  std::ranges::sort(found);
  missing = found.size();
  std::string list;
  for (std::size_t index = 0; index < std::min<std::size_t>(found.size(), 10); ++index)
    list += (index == 0 ? "" : " ") + found[index];
  return list;
}

/// A long number of the new words that stands nowhere in the other alternative, or nothing.
std::string lone_number(const ReadConversation& one, const ReadConversation& other) {
  const std::string there = text::digits_of(other.body.text);
  constexpr std::size_t kMost = 100;
  for (std::string& number : long_numbers(one.conversation.new_text, kMost)) {
    if (there.find(number) == std::string::npos) return std::move(number);
  }
  return {};
}

/// A list of them, or nothing.
std::string joined(const std::vector<std::string>& items) {
  std::string list;
  for (const std::string& item : items) {
    if (!item.empty()) list += (list.empty() ? "" : ", ") + item;
  }
  return list;
}

void note_difference(const ReadText& one, const std::string& only_one, const ReadText& other, const std::string& only_other,
                     std::vector<Note>& notes) {
  notes.push_back({"bodies_differ", one.part + ": " + only_one + " / " + other.part + ": " + only_other, {one.part, 0, 0}});
}

/// Notes accounts, addresses and amounts that one body has and the other lacks; answers whether there are any.
bool compare_items(const ReadText& one, const ReadText& other, const Limits& limits, std::vector<Note>& notes) {
  if (text::is_same_words(one.text, other.text, text::LineEnds::anywhere)) return false;
  const std::string only_one = joined(only_in(one, other, limits)), only_other = joined(only_in(other, one, limits));
  if (only_one.empty() && only_other.empty()) return false;
  note_difference(one, only_one, other, only_other, notes);
  return true;
}

/// Notes what two readings of the history say differently of the same level, and keeps how the other tells it.
void compare_levels(ReadConversation& one, const ReadConversation& other, const Limits& limits) {
  HistoryDifference found = compare_histories(one, other, limits);
  if (!found.one.empty()) note_difference(one.body, joined(found.one), other.body, joined(found.other), one.conversation.notes);
  one.conversation.told_otherwise = std::move(found.told_otherwise);
}

/// The new words of both are the same but for white space, and stand in their bodies as they are: then each says what the other
/// says, and every number of the one has its digits in a row in the other.
bool is_same_news(const ReadConversation& one, const ReadConversation& other) {
  const std::string &here = one.conversation.new_text, &there = other.conversation.new_text;
  if (here == there) return true;
  return text::begins_with_text(one.body.text, here) && text::begins_with_text(other.body.text, there) &&
         text::is_same_words(here, there, text::LineEnds::anywhere);
}

}  // namespace

std::size_t worth(const Conversation& conversation) {
  std::size_t points = conversation.quoted.size();
  for (const QuotedBlock& block : conversation.quoted) {
    points += block.from.address.empty() ? 0U : 1U;
    points += block.date ? 1U : 0U;
  }
  return points;
}

bool is_alternative(const ReadText& one, const ReadText& other) {
  Words shorter = words_in(one.text), longer = words_in(other.text);
  if (shorter.words.size() > longer.words.size()) std::swap(shorter, longer);
  std::size_t missing = 0;
  (void)lacking(shorter, longer, missing);
  return missing * 2 <= shorter.words.size();
}

bool is_second_better(const ReadConversation& first, const ReadConversation& second) {
  const std::size_t here = worth(first.conversation), there = worth(second.conversation);
  return there > here || (there == here && is_stub(first.body.text, second.body.text));
}

bool compare(ReadConversation& chosen, const ReadConversation& other, const Limits& limits) {
  std::vector<Note>& notes = chosen.conversation.notes;
  compare_levels(chosen, other, limits);
  if (compare_items(chosen.body, other.body, limits, notes)) return true;
  if (is_same_news(chosen, other)) return false;
  const auto left = words_in(chosen.body.text), right = words_in(other.body.text);
  const auto left_new = words_in(chosen.conversation.new_text), right_new = words_in(other.conversation.new_text);
  std::size_t only_left = 0, only_right = 0;
  const std::string first = lacking(left_new, right, only_left), second = lacking(right_new, left, only_right);
  const bool comparable = !is_either_stub(chosen.body.text, other.body.text);
  const auto is_much = [&](std::size_t missing, std::size_t of) { return comparable && missing >= 3 && missing * 10 > of; };
  const std::string left_number = lone_number(chosen, other), right_number = lone_number(other, chosen);
  const bool numbers_differ = !left_number.empty() || !right_number.empty();
  if (numbers_differ || is_much(only_left, left_new.words.size()) || is_much(only_right, right_new.words.size()))
    note_difference(chosen.body, left_number.empty() ? first : left_number, other.body,
                    right_number.empty() ? second : right_number, notes);
  return only_right > 0 || !right_number.empty();
}

void compare_third(const message::Message& message, ReadConversation& first, const ReadConversation& second,
                   const Limits& limits) {
  for (const message::Text& text : message.texts) {
    if (text.part != "rtf" || text.attached || text.part == first.body.part || text.part == second.body.part) continue;
    const ReadText third = read_text(text, limits);
    compare_items(first.body, third, limits, first.conversation.notes);
    compare_items(second.body, third, limits, first.conversation.notes);
  }
}

}  // namespace threadline::facts
