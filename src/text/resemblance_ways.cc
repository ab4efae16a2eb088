// SPDX-License-Identifier: Apache-2.0
#include "text/resemblance_ways.h"

#include <algorithm>

#include "base/ascii.h"
#include "text/resemblance_distance.h"

namespace threadline::text {
namespace {

constexpr std::size_t kCombined = 3;    ///< shorter labels stand in other words by chance
constexpr std::size_t kTyped = 6;       ///< labels from here on are known again with a typing error beside a keyword and a hyphen
constexpr std::size_t kLonger = 8;      ///< labels from here on are told apart from words below another suffix
constexpr std::size_t kReordered = 6;   ///< letters of the words whose order counts
constexpr std::size_t kMostTokens = 4;  ///< words whose orders are tried

std::string without(std::string_view text, char letter) {
  std::string rest(text);
  std::erase(rest, letter);
  return rest;
}

/// Whether a text is one keyword or two run together, and whether all are corporate.
Keyword keywords_of(std::string_view text) {
  if (const Keyword whole = keyword(text); whole != Keyword::none) return whole;
  for (std::size_t cut = 2; cut + 2 <= text.size() && text.size() <= kLabelOctets; ++cut) {
    const Keyword left = keyword(text.substr(0, cut)), right = keyword(text.substr(cut));
    if (left != Keyword::none && right != Keyword::none)
      return left == Keyword::bait || right == Keyword::bait ? Keyword::bait : Keyword::corporate;
  }
  return Keyword::none;
}

/// What stands beside the reference in a combination.
struct Beside {
  bool all_keywords = true, bait = false, own_suffix = false, hyphen_set = true;
};

/// Whether a side spells the suffix: "gouv-fr" and "gouvfr" for "gouv.fr".
bool is_suffix(std::string_view side, std::string_view suffix) {
  std::size_t at = 0;
  for (const char letter : side) {
    if (letter == '-') continue;
    while (at < suffix.size() && suffix[at] == '.') ++at;
    if (at == suffix.size() || suffix[at++] != letter) return false;
  }
  return at == suffix.size();
}

void read_word(std::string_view word, std::string_view suffix, Beside& beside) {
  if (word.empty()) return;
  if (word == suffix) {
    beside.own_suffix = true;
    return;
  }
  const Keyword kind = keywords_of(word);
  beside.all_keywords = beside.all_keywords && kind != Keyword::none;
  beside.bait = beside.bait || kind == Keyword::bait;
}

/// Reads one side of it ("-invoice-", "factures"), `before` saying which end adjoins the reference.
void read_beside(std::string_view side, bool before, std::string_view suffix, Beside& beside) {
  if (side.empty()) return;
  if ((before ? side.back() : side.front()) != '-') beside.hyphen_set = false;
  if (is_suffix(side, suffix)) {
    beside.own_suffix = true;
    return;
  }
  while (!side.empty() && (beside.all_keywords || beside.hyphen_set)) {
    const std::size_t hyphen = std::min(side.find('-'), side.size());
    read_word(side.substr(0, hyphen), suffix, beside);
    side.remove_prefix(std::min(hyphen + 1, side.size()));
  }
}

/// What was added, as evidence: "secure-invoice".
std::string words_beside(std::string_view before, std::string_view after) {
  std::string words;
  for (const std::string_view side : {before, after})
    for (const std::string_view token : tokens_of(side)) (words += words.empty() ? "" : "-") += token;
  return words;
}

/// Endings of registries that other words end in as well ("texaco", "vodacom", "magnet"): run together with a name they tell only
/// where it is long.
bool is_end_of_words(std::string_view ending) {
  constexpr std::string_view kTelling[] = {"gov", "gob", "edu", "mil"};
  constexpr std::size_t kWordEnd = 3;
  return ending.size() <= kWordEnd && std::ranges::find(kTelling, ending) == std::end(kTelling);
}

/// Endings that registries keep for a kind of holder; not those of towns and professions ("milano.it", "avocat.fr"), under which
/// many have their names.
bool is_of_registry(std::string_view ending) {
  constexpr std::string_view kKinds[] = {"ac",   "asso", "co",  "com", "edu", "gob", "gouv", "gov",
                                         "govt", "gv",   "mil", "ne",  "net", "or",  "org"};
  return std::ranges::find(kKinds, ending) != std::end(kKinds);
}

std::string host_without_dots(const Form& form) { return read_letters(without(form.host, '.')).letters; }

}  // namespace

std::vector<std::string_view> tokens_of(std::string_view label) {
  std::vector<std::string_view> tokens;
  while (!label.empty()) {
    const std::size_t hyphen = std::min(label.find('-'), label.size());
    if (hyphen > 0) tokens.push_back(label.substr(0, hyphen));
    label.remove_prefix(std::min(hyphen + 1, label.size()));
  }
  return tokens;
}

std::vector<std::string> reordered(const std::vector<std::string_view>& tokens) {
  std::vector<std::string> orders;
  if (tokens.size() < 2 || tokens.size() > kMostTokens) return orders;
  const auto joined = [](const std::vector<std::string_view>& words) {
    std::string text;
    for (const std::string_view word : words) text += word;
    return text;
  };
  const std::string given = joined(tokens);
  if (given.size() < kReordered || given.size() > kLabelOctets) return orders;
  std::vector<std::string_view> order = tokens;
  std::ranges::sort(order);
  do {
    if (std::string text = joined(order); text != given) orders.push_back(std::move(text));
  } while (std::ranges::next_permutation(order).found);
  return orders;
}

/// A dot where the reference has a hyphen is also how a firm with both names calls its own hosts: medium.
Found by_dot(const Form& candidate, const Form& reference) {
  if (!candidate.has_subdomain()) return std::nullopt;
  const std::string joined = host_without_dots(candidate);
  if (candidate.reading == reference.reading || without(joined, '-') != without(reference.reading, '-')) return std::nullopt;
  const bool same_suffix = candidate.suffix == reference.suffix;
  const bool by_chance = !same_suffix && reference.reading.size() < kLonger;
  const bool for_hyphen = joined != reference.reading;
  const Severity severity = by_chance ? Severity::low : for_hyphen ? Severity::medium : Severity::high;
  return Difference{Technique::dot, same_suffix ? 0.95 : 0.85, severity,
                    candidate.host + " for " + std::string(reference.label())};
}

/// Without its suffix that is also how a hoster names its customers' sites: medium.
Found by_subdomain(const Form& candidate, const Form& reference) {
  if (!candidate.has_subdomain()) return std::nullopt;
  const std::string label(reference.label());
  const std::string host = "." + candidate.host + ".";
  const std::string with_suffix = "." + label + "." + reference.suffix;
  if (const std::size_t at = host.find(with_suffix); at != std::string::npos) {
    const char after = host[at + with_suffix.size()];
    if (after == '.' || after == '-')
      return Difference{Technique::subdomain, 0.97, Severity::high, with_suffix.substr(1) + " as a subdomain"};
  }
  std::string hyphened = "." + label + "-" + reference.suffix;
  std::replace(hyphened.begin() + 1, hyphened.end(), '.', '-');
  if (host.find(hyphened + ".") != std::string::npos || host.find(hyphened + "-") != std::string::npos)
    return Difference{Technique::subdomain, 0.95, Severity::high, hyphened.substr(1) + " as a subdomain"};
  if (keyword(reference.reading) == Keyword::none && candidate.label() != label &&
      host.find("." + label + ".") != std::string::npos)
    return Difference{Technique::subdomain, 0.8, Severity::medium, label + " as a subdomain"};
  return std::nullopt;
}

/// A bait word beside the name is high, as is the reference's own suffix set apart; several words or the suffix run together with
/// it are medium (firms name services and shorten names so); corporate words, and words that hyphens set apart, are how
/// subsidiaries are named too: low; other words run together with the name are another name. So is a name that is a keyword
/// itself.
Found by_combination(const Form& candidate, const Form& reference) {
  const std::string_view whole = candidate.reading, part = reference.reading;
  if (part.size() < kCombined || whole.size() <= part.size()) return std::nullopt;
  const auto* found = std::search(whole.begin(), whole.end(), part.begin(), part.end(),
                                  [](char is, char was) { return plain_of(is) == plain_of(was); });
  if (found == whole.end()) return std::nullopt;
  const auto at = static_cast<std::size_t>(found - whole.begin());
  const std::string_view before = whole.substr(0, at), after = whole.substr(at + part.size());
  Beside beside;
  read_beside(before, true, reference.suffix, beside);
  read_beside(after, false, reference.suffix, beside);
  if (!beside.all_keywords && !beside.hyphen_set) return std::nullopt;
  const std::string words = words_beside(before, after);
  if (words.empty()) return std::nullopt;
  const bool is_word = keyword(part) != Keyword::none;
  const bool is_numbered = std::ranges::all_of(words, is_digit);
  if (!beside.all_keywords || (!beside.bait && !beside.own_suffix) || is_word || is_numbered)
    return Difference{Technique::combo, beside.all_keywords ? 0.7 : 0.5, Severity::low, words + " added"};
  const bool is_exact = whole.substr(at, part.size()) == part;
  if (is_exact && before.empty() && after.front() == '-' && is_suffix(after, reference.suffix))
    return Difference{Technique::subdomain, 0.95, Severity::high, std::string(whole) + " for " + reference.host};
  const bool tells = beside.hyphen_set || keyword(words) == Keyword::bait;
  return Difference{is_exact ? Technique::combo : Technique::doubled, tells ? 0.9 : 0.75,
                    tells ? Severity::high : Severity::medium, words + " added"};
}

Found by_ending(const Form& candidate, const Form& reference) {
  const std::string_view suffix = reference.suffix, label = reference.reading;
  const std::size_t dot = suffix.rfind('.');
  if (dot == std::string_view::npos || label.size() < kCombined || candidate.reading.size() <= label.size()) return std::nullopt;
  if (plain_of(candidate.reading).compare(0, label.size(), plain_of(label)) != 0) return std::nullopt;
  const std::string_view rest = std::string_view(candidate.reading).substr(label.size());
  const std::string ending = without(suffix.substr(0, dot), '.');
  if (without(rest, '-') != ending || !is_of_registry(ending)) return std::nullopt;
  const bool is_set_apart = rest.front() == '-', tells = !is_end_of_words(ending);
  if (!is_set_apart && !tells && label.size() < kLonger) return std::nullopt;
  const bool is_exact = candidate.reading.starts_with(label);
  const std::string why = candidate.reading + "." + candidate.suffix + " for " + reference.reading + "." + reference.suffix;
  if (candidate.suffix != suffix.substr(dot + 1)) {
    if (!tells) return std::nullopt;
    return Difference{is_exact ? Technique::combo : Technique::doubled, 0.85, Severity::medium, why, true};
  }
  const Technique technique = is_set_apart ? Technique::hyphen : Technique::dot;
  const bool is_whole = tells || ending.size() >= kCombined;
  return Difference{is_exact ? technique : Technique::doubled, is_exact ? 0.96 : 0.9, Severity::high, why, is_whole};
}

Found by_order(const Form& candidate, const Form& reference) {
  const bool has_words = candidate.reading.find('-') != std::string::npos || reference.reading.find('-') != std::string::npos;
  if (!has_words) return std::nullopt;
  const std::string is = without(candidate.reading, '-'), was = without(reference.reading, '-');
  if (is == was || is.size() != was.size()) return std::nullopt;
  const auto orders_hold = [](std::string_view label, const std::string& other) {
    return label.find('-') != std::string_view::npos && std::ranges::count(reordered(tokens_of(label)), other) > 0;
  };
  if (!orders_hold(reference.reading, is) && !orders_hold(candidate.reading, was)) return std::nullopt;
  const bool same_suffix = candidate.suffix == reference.suffix;
  return Difference{Technique::token_order, same_suffix ? 0.9 : 0.8, same_suffix ? Severity::high : Severity::medium,
                    candidate.reading + " for " + reference.reading};
}

Found by_typo_and_keyword(const Form& candidate, const Form& reference) {
  constexpr std::size_t kShortestWord = 2;
  const bool is_set_apart = candidate.reading.find('-') != std::string::npos;
  if (reference.reading.size() < (is_set_apart ? kTyped : kLonger) ||
      candidate.reading.size() < reference.reading.size() + kShortestWord - 1)
    return std::nullopt;
  const std::string rest = without_keywords(candidate.reading);
  if (rest.empty() || rest == reference.reading) return std::nullopt;
  const Alignment alignment = aligned(rest, reference.reading, kTypo);
  if (alignment.weight > kTypo) return std::nullopt;
  const bool by_chance = alignment.weight == kTypo && reference.reading.size() < kLonger;
  return Difference{Technique::doubled, 0.75, by_chance ? Severity::low : Severity::medium,
                    candidate.reading + " for " + reference.reading};
}

}  // namespace threadline::text
