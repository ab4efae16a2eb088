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

bool is_phrase_at(const std::vector<Token>& tokens, std::size_t at, const BehalfPhrase& phrase) {
  if (tokens.size() - at < phrase.words.size()) return false;
  const auto begin = tokens.begin() + static_cast<std::ptrdiff_t>(at);
  return std::equal(phrase.words.begin(), phrase.words.end(), begin,
                    [](const std::string& word, const Token& token) { return token.folded == word; });
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

std::optional<Sender> split(std::string_view value, const BehalfPhrase& phrase, const Token& first, const Token& last) {
  return phrase.behind ? split_behind(value, first, last) : split_between(value, first, last);
}

}  // namespace

std::string plain_person(std::string_view words) {
  constexpr std::string_view kSame = "\" == ", kLink = "mailto:";
  if (const std::size_t same = words.find(kSame); same != std::string_view::npos) words = words.substr(same + kSame.size());
  const std::size_t open = words.find("< "), link = words.find(kLink);
  if (open == std::string_view::npos || link == std::string_view::npos || words.find_first_not_of(' ', open + 1) != link)
    return std::string(words);
  std::string_view linked = words.substr(link + kLink.size());
  linked = linked.substr(linked.find('<') == std::string_view::npos ? 0 : linked.find('<') + 1);
  return std::string(words.substr(0, open)).append("<").append(linked.substr(0, linked.find_first_of("> "))).append(">");
}

Sender read_sender(std::string_view value) {
  const std::vector<Token> tokens = tokens_of(value, kMostTokens);
  for (std::size_t at = 1; at < tokens.size(); ++at) {
    const auto* phrases = tokens[at].kind == TokenKind::word ? behalf_phrases(tokens[at].folded) : nullptr;
    if (phrases == nullptr) continue;
    for (const BehalfPhrase& phrase : *phrases) {
      if (!is_phrase_at(tokens, at, phrase)) continue;
      if (const auto sender = split(value, phrase, tokens[at], tokens[at + phrase.words.size() - 1])) return *sender;
    }
  }
  return {address_of(value), std::nullopt};
}

}  // namespace threadline::facts
