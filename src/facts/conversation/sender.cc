// SPDX-License-Identifier: Apache-2.0
#include "facts/conversation/sender.h"

#include <algorithm>
#include <string>
#include <vector>

#include "facts/conversation/quote_words.h"
#include "facts/conversation/tokens.h"
#include "text/mailbox.h"

namespace threadline::facts {
namespace {

constexpr std::size_t kMostTokens = 60;

message::Address address_of(std::string_view words) {
  const text::Mailbox mailbox = text::read_mailbox(words);
  return {mailbox.name, mailbox.address};
}

/// The place of a phrase among the tokens; tokens.size() when it is not there.
std::size_t find_phrase(const std::vector<Token>& tokens, const BehalfPhrase& phrase) {
  const auto found = std::ranges::search(tokens, phrase.words, {}, [](const Token& token) { return token.folded; });
  return static_cast<std::size_t>(found.begin() - tokens.begin());
}

bool is_someone(const message::Address& person) { return !person.name.empty() || !person.address.empty(); }

/// "X <x@y> on behalf of Z".
std::optional<Sender> split_between(std::string_view value, const Token& first, const Token& last) {
  std::string_view before = trimmed_line(value.substr(0, first.begin)), behind = trimmed_line(value.substr(last.end));
  while (before.ends_with(';') || before.ends_with('(') || before.ends_with(',')) before.remove_suffix(1);
  while (behind.starts_with(':') || behind.starts_with(';')) behind.remove_prefix(1);
  behind = trimmed_line(behind);
  if (behind.starts_with('<') || behind.starts_with('[')) return std::nullopt;  // a name that sounds so
  Sender sender{address_of(before), address_of(behind)};
  if (!is_someone(sender.from) || !is_someone(*sender.on_behalf_of)) return std::nullopt;
  return sender;
}

/// "X <x@y> Z:n puolesta", "X (Z nev\u00e9ben)".
std::optional<Sender> split_behind(std::string_view value, const Token& first, const Token& last) {
  const std::string_view rest = trimmed_line(value.substr(last.end)), head = value.substr(0, first.begin);
  const std::size_t edge = head.find_first_of(">;(]");
  if ((!rest.empty() && rest != ")") || edge == std::string_view::npos) return std::nullopt;
  const std::size_t keep = head[edge] == '>' || head[edge] == ']' ? edge + 1 : edge;
  std::string_view behind = trimmed_line(head.substr(edge + 1));
  while (behind.starts_with('(') || behind.starts_with(';')) behind.remove_prefix(1);
  Sender sender{address_of(head.substr(0, keep)), address_of(behind)};
  if (!is_someone(sender.from) || !is_someone(*sender.on_behalf_of)) return std::nullopt;
  return sender;
}

}  // namespace

Sender read_sender(std::string_view value) {
  const std::vector<Token> tokens = tokens_of(value, kMostTokens);
  for (const BehalfPhrase& phrase : behalf_phrases()) {
    const std::size_t at = find_phrase(tokens, phrase);
    if (at == 0 || at >= tokens.size()) continue;
    const Token& last = tokens[at + phrase.words.size() - 1];
    const auto sender = phrase.behind ? split_behind(value, tokens[at], last) : split_between(value, tokens[at], last);
    if (sender) return *sender;
  }
  return {address_of(value), std::nullopt};
}

}  // namespace threadline::facts
