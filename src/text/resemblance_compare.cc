// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <bit>
#include <utility>
#include <vector>

#include "text/charset.h"
#include "text/resemblance_form.h"

namespace threadline::text {
namespace {

constexpr std::size_t kShort = 4;         ///< labels up to here resemble by chance: low
constexpr std::size_t kLong = 10;         ///< labels from here on may differ twice
constexpr std::size_t kOtherSuffix = 8;   ///< labels from here on may differ once below another suffix
constexpr std::size_t kLabelOctets = 63;  ///< RFC 1035 section 2.3.4; longer ones are not measured

/// What differs and how much it weighs.
struct Difference {
  Technique technique = Technique::replacement;
  double score = 0;
  Severity severity = Severity::high;
  std::string why;
};

bool is_ascii(std::string_view name) {
  return std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Optimal string alignment distance, at most 3. Both are at most kLabelOctets long.
int distance(std::string_view a, std::string_view b) {
  constexpr int kFar = 3;
  if (a.size() > b.size() + 2 || b.size() > a.size() + 2 || a.size() > kLabelOctets || b.size() > kLabelOctets) return kFar;
  std::array<std::array<int, kLabelOctets + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i - 1) % 3];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = std::min(row[j], rows[(i - 2) % 3][j - 2] + 1);
    }
  }
  return std::min(kFar, rows[a.size() % 3][b.size()]);
}

std::size_t first_difference(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

constexpr std::string_view kKeyboards[] = {"1234567890 qwertyuiop asdfghjkl zxcvbnm", "1234567890 azertyuiop qsdfghjklm wxcvbn",
                                           "1234567890 qwertzuiop asdfghjkl yxcvbnm"};

/// Whether two keys lie beside or above each other on a QWERTY, AZERTY or QWERTZ keyboard.
bool are_neighbours(char a, char b) {
  return std::ranges::any_of(kKeyboards, [a, b](std::string_view keys) {
    const auto place = [keys](char c) {
      const std::size_t at = keys.find(c);
      const auto row = at == std::string_view::npos ? 0 : std::ranges::count(keys.substr(0, at), ' ');
      const std::size_t begin = at == std::string_view::npos || row == 0 ? 0 : keys.rfind(' ', at) + 1;
      return std::pair(at == std::string_view::npos ? -9 : static_cast<int>(row), static_cast<int>(at - begin));
    };
    const auto [row_a, column_a] = place(a);
    const auto [row_b, column_b] = place(b);
    return row_a >= 0 && row_b >= 0 && std::abs(row_a - row_b) <= 1 && std::abs(column_a - column_b) <= 1;
  });
}

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

Difference replaced(char was, char is) {
  const std::string why = std::string(1, is) + " for " + was;
  if (is_vowel(was) && is_vowel(is)) return {Technique::vowel, 0.86, Severity::high, why};
  if (are_neighbours(was, is)) return {Technique::replacement, 0.88, Severity::high, why};
  if (std::popcount(static_cast<unsigned>(static_cast<unsigned char>(was) ^ static_cast<unsigned char>(is))) == 1)
    return {Technique::bitsquat, 0.8, Severity::high, why};
  return {Technique::replacement, 0.75, Severity::high, why};
}

Difference inserted(std::string_view candidate, std::size_t at) {
  const char c = candidate[at];
  const std::string why = std::string(1, c) + " inserted";
  if (c == '-') return {Technique::hyphen, 0.95, Severity::high, why};
  if ((at > 0 && candidate[at - 1] == c) || (at + 1 < candidate.size() && candidate[at + 1] == c))
    return {Technique::repetition, 0.92, Severity::high, why};
  if (c == 's' && at + 1 == candidate.size()) return {Technique::plural, 0.9, Severity::high, why};
  const bool digit_at_end = c >= '0' && c <= '9' && at + 1 == candidate.size();
  return {Technique::insertion, digit_at_end ? 0.7 : 0.88, digit_at_end ? Severity::medium : Severity::high, why};
}

/// The one difference between two labels. Precondition: distance 1.
Difference one_difference(std::string_view candidate, std::string_view reference) {
  const std::size_t at = first_difference(candidate, reference);
  if (candidate.size() > reference.size()) return inserted(candidate, at);
  if (candidate.size() < reference.size()) {
    const char c = reference[at];
    return {c == '-' ? Technique::hyphen : Technique::omission, c == '-' ? 0.95 : 0.9, Severity::high,
            std::string(1, c) + " left out"};
  }
  if (at + 1 < candidate.size() && candidate[at] == reference[at + 1] && candidate[at + 1] == reference[at])
    return {Technique::transposition, 0.93, Severity::high,
            std::string(candidate.substr(at, 2)) + " for " + std::string(reference.substr(at, 2))};
  return replaced(reference[at], candidate[at]);
}

using Found = std::optional<Difference>;

Found by_look(const Form& candidate, const Form& reference) {
  if (candidate.skeleton != reference.skeleton) return std::nullopt;
  if (candidate.label == reference.label)
    return Difference{Technique::tld, 0.85, Severity::low, candidate.suffix + " for " + reference.suffix};
  const bool accent = !is_ascii(candidate.label) && candidate.folded == reference.folded;
  const Technique technique = accent ? Technique::accent : is_ascii(candidate.label) ? Technique::homoglyph : Technique::idn;
  return Difference{technique, accent ? 0.97 : 0.99, Severity::high, candidate.label + " for " + reference.label};
}

Found by_hyphen_or_dot(const Form& candidate, const Form& reference) {
  if (candidate.compact == reference.compact && candidate.folded != reference.folded)
    return Difference{Technique::hyphen, 0.95, Severity::high, candidate.folded + " for " + reference.folded};
  std::string joined = candidate.host;
  if (std::erase(joined, '.') > 0 && candidate.label != reference.label && joined == reference.label)
    return Difference{Technique::dot, 0.95, Severity::high, candidate.host + " for " + reference.label};
  return std::nullopt;
}

/// The reference among the labels in front of somebody else's domain. Without its suffix that is also how a hoster names its
/// customers' sites: medium.
Found by_subdomain(const Form& candidate, const Form& reference) {
  if (candidate.host.size() <= candidate.label.size()) return std::nullopt;
  const std::string host = "." + candidate.host + ".";
  const std::string with_suffix = "." + reference.label + "." + reference.suffix;
  if (const std::size_t at = host.find(with_suffix); at != std::string::npos) {
    const char after = host[at + with_suffix.size()];
    if (after == '.' || after == '-')
      return Difference{Technique::subdomain, 0.97, Severity::high, with_suffix.substr(1) + " as a subdomain"};
  }
  std::string hyphened = "." + reference.label + "-" + reference.suffix + ".";
  std::replace(hyphened.begin() + 1, hyphened.end() - 1, '.', '-');
  if (host.find(hyphened) != std::string::npos)
    return Difference{Technique::subdomain, 0.95, Severity::high, hyphened.substr(1, hyphened.size() - 2) + " as a subdomain"};
  if (candidate.label != reference.label && host.find("." + reference.label + ".") != std::string::npos)
    return Difference{Technique::subdomain, 0.8, Severity::medium, reference.label + " as a subdomain"};
  return std::nullopt;
}

/// Whether a text is one keyword or two run together, and whether all are corporate.
Keyword keywords_of(std::string_view text) {
  if (const Keyword whole = keyword(text); whole != Keyword::none) return whole;
  for (std::size_t cut = 2; cut + 2 <= text.size() && text.size() <= kLabelOctets; ++cut) {
    const Keyword left = keyword(text.substr(0, cut)), right = keyword(text.substr(cut));
    if (left != Keyword::none && right != Keyword::none)
      return std::max(left == Keyword::bait ? left : right, right == Keyword::bait ? right : left);
  }
  return Keyword::none;
}

/// What stands beside the reference in a combination.
struct Beside {
  bool all_keywords = true, bait = false, own_suffix = false, hyphen_set = true;
  std::string words;
};

/// Reads one side of it ("-invoice-", "factures"), `touches` saying which end adjoins the reference.
void read_beside(std::string_view side, bool before, std::string_view suffix, Beside& beside) {
  if (side.empty()) return;
  if ((before ? side.back() : side.front()) != '-') beside.hyphen_set = false;
  while (!side.empty()) {
    const std::size_t hyphen = std::min(side.find('-'), side.size());
    const std::string_view token = side.substr(0, hyphen);
    side.remove_prefix(std::min(hyphen + 1, side.size()));
    if (token.empty()) continue;
    beside.words += (beside.words.empty() ? "" : "-") + std::string(token);
    if (token == suffix) {
      beside.own_suffix = true;
      continue;
    }
    const Keyword kind = keywords_of(token);
    beside.all_keywords = beside.all_keywords && kind != Keyword::none;
    beside.bait = beside.bait || kind == Keyword::bait;
  }
}

/// A bait word beside the name is high, as is the reference's own suffix set apart; several words or the suffix run together with
/// it are medium (firms name services and shorten names so); corporate words, and words that hyphens set apart, are how
/// subsidiaries are named too: low; other words run together with the name are another name.
Found by_combination(const Form& candidate, const Form& reference) {
  const std::size_t at = candidate.folded.find(reference.folded);
  if (at == std::string::npos || reference.folded.size() < 3 || candidate.folded.size() == reference.folded.size())
    return std::nullopt;
  Beside beside;
  read_beside(std::string_view(candidate.folded).substr(0, at), true, reference.suffix, beside);
  read_beside(std::string_view(candidate.folded).substr(at + reference.folded.size()), false, reference.suffix, beside);
  if (beside.words.empty() || (!beside.all_keywords && !beside.hyphen_set)) return std::nullopt;
  if (!beside.all_keywords || (!beside.bait && !beside.own_suffix))
    return Difference{Technique::combo, beside.all_keywords ? 0.7 : 0.5, Severity::low, beside.words + " added"};
  const bool tells = beside.hyphen_set || keyword(beside.words) == Keyword::bait;
  return Difference{Technique::combo, tells ? 0.9 : 0.75, tells ? Severity::high : Severity::medium, beside.words + " added"};
}

Found by_order(const Form& candidate, const Form& reference) {
  if (candidate.folded == reference.folded || candidate.folded.size() != reference.folded.size() ||
      reference.folded.find('-') == std::string::npos)
    return std::nullopt;
  const auto sorted = [](std::string_view label) {
    std::vector<std::string_view> tokens;
    while (!label.empty()) {
      const std::size_t hyphen = std::min(label.find('-'), label.size());
      tokens.push_back(label.substr(0, hyphen));
      label.remove_prefix(std::min(hyphen + 1, label.size()));
    }
    std::ranges::sort(tokens);
    return tokens;
  };
  if (sorted(candidate.folded) != sorted(reference.folded)) return std::nullopt;
  return Difference{Technique::token_order, 0.9, Severity::high, candidate.folded + " for " + reference.folded};
}

/// A distance within the bounds that the label's length allows.
Found by_distance(const Form& candidate, const Form& reference) {
  const bool same_suffix = candidate.suffix == reference.suffix;
  const bool by_skeleton = !is_ascii(candidate.folded);
  const std::string_view left = by_skeleton ? candidate.skeleton : candidate.folded;
  const std::string_view right = by_skeleton ? reference.skeleton : reference.folded;
  const std::size_t length = reference.folded.size();
  if (length < 3 || left.size() < 2) return std::nullopt;
  const int apart = std::min(distance(left, right), distance(candidate.skeleton, reference.skeleton));
  if (apart == 2 && same_suffix && length + 2 >= kLong)
    return Difference{Technique::doubled, 0.7, length >= kLong ? Severity::medium : Severity::low,
                      candidate.label + " for " + reference.label};
  if (apart != 1) return std::nullopt;
  Difference one = distance(left, right) == 1
                       ? one_difference(left, right)
                       : Difference{Technique::doubled, 0.85, Severity::high, candidate.label + " for " + reference.label};
  if (!same_suffix) {
    one.technique = Technique::doubled;
    one.score -= 0.1;
    one.why += ", " + candidate.suffix + " for " + reference.suffix;
    one.severity = length >= kOtherSuffix ? Severity::medium : Severity::low;
  } else if (length <= 6 && one.score < 0.8 && one.severity == Severity::high) {
    one.severity = Severity::medium;
  }
  return one;
}

/// A typo beside a keyword ("secure-bnpparibsa").
Found by_typo_and_keyword(const Form& candidate, const Form& reference) {
  if (reference.folded.size() < 6) return std::nullopt;
  const std::string rest = without_keywords(candidate.folded);
  if (rest.empty() || rest == reference.folded) return std::nullopt;
  if (distance(rest, reference.folded) != 1 && skeleton(rest) != reference.skeleton) return std::nullopt;
  return Difference{Technique::doubled, 0.75, Severity::medium, candidate.folded + " for " + reference.folded};
}

std::uint64_t differs_at(const Form& candidate, const Form& reference) {
  const std::size_t octet = first_difference(candidate.label, reference.label);
  std::uint64_t points = 0;
  const std::string whole = read_form(candidate.given).host;
  const std::size_t end = whole.size() - candidate.label.size() + octet;
  for (std::size_t at = 0; at < end && at < whole.size(); at += code_point_at(whole, at).length) ++points;
  return points;
}

}  // namespace

std::optional<Resemblance> compare(const Form& candidate, const Form& reference) {
  if (candidate.registrable.empty() || reference.registrable.empty() || candidate.registrable == reference.registrable)
    return std::nullopt;
  if (candidate.label.empty() || reference.label.empty()) return std::nullopt;
  using Way = Found (*)(const Form&, const Form&);
  constexpr Way kWays[] = {by_look, by_hyphen_or_dot, by_subdomain, by_order, by_distance, by_combination, by_typo_and_keyword};
  Found best;
  for (const Way way : kWays) {
    Found found = way(candidate, reference);
    if (found && (!best || std::pair(found->severity, found->score) > std::pair(best->severity, best->score)))
      best = std::move(found);
  }
  if (!best) return std::nullopt;
  const bool is_short = reference.folded.size() <= kShort;
  if (is_short && best->technique != Technique::accent && best->technique != Technique::idn &&
      !(best->technique == Technique::subdomain && best->severity == Severity::high))
    best->severity = Severity::low;
  return Resemblance{.candidate = candidate.given,
                     .reference = reference.given,
                     .technique = best->technique,
                     .score = best->score,
                     .severity = best->severity,
                     .differs_at = differs_at(candidate, reference),
                     .why = std::move(best->why)};
}

}  // namespace threadline::text
