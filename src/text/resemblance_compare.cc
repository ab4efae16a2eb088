// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "text/charset.h"
#include "text/resemblance_distance.h"
#include "text/resemblance_ways.h"

namespace threadline::text {
namespace {

constexpr std::size_t kNamed = 3;    ///< shorter labels resemble nothing
constexpr std::size_t kShort = 4;    ///< labels up to here resemble by chance: low
constexpr std::size_t kCrowded = 7;  ///< labels up to here are near many names: what no eye or finger explains is low
constexpr std::size_t kLonger = 8;   ///< labels from here on may differ once below another suffix
constexpr std::size_t kLong = 10;    ///< labels from here on may differ twice
constexpr int kAtAGlance = 30;       ///< weight up to which two labels are the same at a glance

std::string without_digits(std::string_view text) {
  std::string rest(text);
  std::erase_if(rest, is_digit);
  return rest;
}

/// "ns-01" and "ns-02": machines and sites of one family, or names of two firms; no imitation.
bool is_numbered_alike(std::string_view candidate, std::string_view reference) {
  if (!std::ranges::any_of(candidate, is_digit) || !std::ranges::any_of(reference, is_digit)) return false;
  return candidate != reference && without_digits(candidate) == without_digits(reference);
}

Technique technique_of(const Edit& edit) {
  switch (edit.kind) {
    case EditKind::look: return Technique::homoglyph;
    case EditKind::swapped: return edit.was.find('-') == std::string_view::npos ? Technique::transposition : Technique::hyphen;
    case EditKind::omitted: return edit.was == "-" ? Technique::hyphen : Technique::omission;
    case EditKind::inserted: return edit.is == "-" ? Technique::hyphen : Technique::insertion;
    case EditKind::replaced: break;
  }
  const char was = edit.was[0], is = edit.is[0];
  if (is_vowel(was) && is_vowel(is)) return Technique::vowel;
  return !are_neighbours(was, is) && is_one_bit_apart(was, is) ? Technique::bitsquat : Technique::replacement;
}

/// Insertions have names of their own where they repeat a letter or stand at the end.
Technique technique_of(const Edit& edit, std::string_view candidate) {
  const Technique technique = technique_of(edit);
  if (technique != Technique::insertion) return technique;
  const char letter = edit.is[0];
  const std::size_t at = edit.at;
  if ((at > 0 && candidate[at - 1] == letter) || (at + 1 < candidate.size() && candidate[at + 1] == letter))
    return Technique::repetition;
  return edit.is == "es" || (letter == 's' && at + 1 == candidate.size()) ? Technique::plural : Technique::insertion;
}

std::string words_of(const Edit& edit) {
  if (edit.kind == EditKind::inserted) return std::string(edit.is) + " inserted";
  if (edit.kind == EditKind::omitted) return std::string(edit.was) + " left out";
  return std::string(edit.is) + " for " + std::string(edit.was);
}

Technique technique_of(const Alignment& alignment, const Form& candidate) {
  const auto all = [&](Technique one) {
    return std::ranges::all_of(alignment.edits, [&](const Edit& edit) { return technique_of(edit, candidate.reading) == one; });
  };
  if (candidate.has_foreign) return all(Technique::homoglyph) ? Technique::idn : Technique::doubled;
  if (candidate.has_marks) return Technique::doubled;
  if (all(Technique::homoglyph)) return Technique::homoglyph;
  if (all(Technique::hyphen)) return Technique::hyphen;
  return alignment.edits.size() == 1 ? technique_of(alignment.edits.front(), candidate.reading) : Technique::doubled;
}

std::string words_of(const Alignment& alignment) {
  std::string words;
  for (const Edit& edit : alignment.edits) words += (words.empty() ? "" : ", ") + words_of(edit);
  return words;
}

/// 1 is the same at a glance; a typing error weighs less in a long name.
double score_of(int weight, std::size_t length) {
  const double errors = static_cast<double>(weight) / kTypo;
  return std::max(0.1, 0.99 - errors / (2.0 + static_cast<double>(length) / 3.0));
}

/// The same letters, or letters that look so, with nothing mistyped.
Found by_look(const Form& candidate, const Form& reference, bool same_suffix) {
  if (candidate.label() == reference.label())
    return Difference{Technique::tld, 0.85, Severity::low, candidate.suffix + " for " + reference.suffix};
  const bool foreign = candidate.has_foreign != reference.has_foreign;
  // On another suffix: a firm with accents has its name without them there too; one that is written without gets them from
  // others.
  const Severity accented = same_suffix ? Severity::high : candidate.has_marks ? Severity::medium : Severity::low;
  return Difference{foreign ? Technique::idn : Technique::accent, same_suffix ? (foreign ? 0.99 : 0.97) : 0.87,
                    foreign ? Severity::high : accented,
                    std::string(candidate.label()) + " for " + std::string(reference.label())};
}

/// What a label of that length allows on the reference's own suffix.
std::optional<Severity> severity_here(int weight, std::size_t length, bool is_other_word) {
  if (weight <= kTypo) return length > kCrowded || weight < kTypo ? Severity::high : Severity::low;
  if (weight > 2 * kTypo || length < kLonger) return std::nullopt;
  return length >= kLong && !is_other_word ? Severity::medium : Severity::low;
}

/// ... and on another one.
std::optional<Severity> severity_elsewhere(int weight, std::size_t length) {
  if (weight > kTypo) return std::nullopt;
  const bool is_long = length >= kLong || (length >= kLonger && weight < kTypo);
  return is_long || weight <= kAtAGlance ? Severity::medium : Severity::low;
}

/// All that differs stands in one word of several, which is too short for so much: "hotel-du-lac", "hotel-du-parc".
bool is_in_one_short_word(const Alignment& alignment, std::string_view candidate) {
  const Edit& last = alignment.edits.back();
  const std::size_t first = alignment.edits.front().at, end = last.at + last.is.size();
  const std::size_t hyphen = candidate.substr(0, first).rfind('-');
  const std::size_t word = hyphen == std::string_view::npos ? 0 : hyphen + 1;
  const std::size_t word_end = std::min(candidate.find('-', first), candidate.size());
  return word_end - word < std::min(kLonger, candidate.size()) && end <= word_end && 2 * alignment.weight > 3 * kTypo;
}

/// All that differs stands together at the beginning or the end: another word beside a common one ("myguardian", "goguardian").
bool is_other_word(const Alignment& alignment, std::string_view candidate, std::string_view reference) {
  constexpr std::size_t kTogether = 3;
  const bool mistyped = std::ranges::all_of(alignment.edits, [](const Edit& edit) {
    return edit.kind == EditKind::replaced || edit.kind == EditKind::inserted || edit.kind == EditKind::omitted;
  });
  if (!mistyped || alignment.edits.size() < 2) return false;
  const Edit& first = alignment.edits.front();
  const Edit& last = alignment.edits.back();
  if (is_in_one_short_word(alignment, candidate)) return true;
  return last.at + last.is.size() <= kTogether || first.at + kTogether >= std::max(candidate.size(), reference.size());
}

/// Few telling letters; several differences in a name that is not long; a hyphen more or less on another suffix, where firms are
/// not of one mind themselves.
bool is_chance(const Alignment& alignment, std::size_t length, bool same_suffix) {
  const auto all = [&](auto holds) { return std::ranges::all_of(alignment.edits, holds); };
  const auto is_hyphen = [](const Edit& edit) { return edit.was == "-" || edit.is == "-"; };
  const bool is_looked_over = all([&](const Edit& edit) { return edit.kind == EditKind::look || is_hyphen(edit); });
  if (length <= kShort || (alignment.edits.size() > 1 && length < kLonger && !is_looked_over)) return true;
  return !same_suffix && all(is_hyphen);
}

Found by_alignment(const Form& candidate, const Form& reference) {
  const std::size_t length = telling_letters(candidate.reading, reference.reading);
  if (reference.reading.size() < kNamed || candidate.reading.size() + 1 < kNamed) return std::nullopt;
  const bool same_suffix = candidate.suffix == reference.suffix;
  const int most = same_suffix && length >= kLonger ? 2 * kTypo : kTypo;
  const Alignment alignment = aligned(candidate.reading, reference.reading, most);
  if (alignment.weight > most) return std::nullopt;
  if (alignment.weight == 0) return by_look(candidate, reference, same_suffix);
  const auto severity =
      same_suffix ? severity_here(alignment.weight, length, is_other_word(alignment, candidate.reading, reference.reading))
                  : severity_elsewhere(alignment.weight, length);
  if (!severity) return std::nullopt;
  Difference difference{technique_of(alignment, candidate), score_of(alignment.weight, length), *severity, words_of(alignment)};
  if (is_chance(alignment, length, same_suffix)) difference.severity = Severity::low;
  const Edit& last = alignment.edits.back();
  if (difference.technique == Technique::insertion && is_digit(last.is[0]) && last.at + 1 == candidate.reading.size())
    difference.severity = std::min(difference.severity, Severity::medium);
  if (!same_suffix) {
    difference.technique = Technique::doubled;
    difference.score -= 0.1;
    difference.why += ", " + candidate.suffix + " for " + reference.suffix;
  }
  return difference;
}

std::uint64_t differs_at(const Form& candidate, const Form& reference) {
  const std::string_view label = candidate.label();
  const auto octet = static_cast<std::size_t>(std::ranges::mismatch(label, reference.label()).in1 - label.begin());
  const std::size_t end = candidate.label_begin + octet;
  std::uint64_t points = 0;
  for (std::size_t at = 0; at < end; at += code_point_at(candidate.host, at).length) ++points;
  return points;
}

/// Short labels are near others by chance, unless somebody took letters of another script or wrote the whole domain.
bool is_short_chance(const Difference& difference, const Form& candidate, const Form& reference) {
  if (reference.reading.size() > kShort || difference.is_whole) return false;
  if (difference.technique == Technique::idn && candidate.suffix == reference.suffix) return false;
  const bool is_whole = candidate.host.find(reference.registrable) != std::string::npos;
  return difference.technique != Technique::subdomain || difference.severity < Severity::high || !is_whole;
}

}  // namespace

std::optional<Resemblance> compare(const Form& candidate, const Form& reference) {
  if (candidate.registrable.empty() || reference.registrable.empty() || candidate.registrable == reference.registrable)
    return std::nullopt;
  if (candidate.reading.empty() || reference.reading.empty() || is_numbered_alike(candidate.reading, reference.reading))
    return std::nullopt;
  using Way = Found (*)(const Form&, const Form&);
  constexpr Way kWays[] = {by_alignment, by_dot, by_ending, by_subdomain, by_order, by_combination, by_typo_and_keyword};
  Found best;
  for (const Way way : kWays) {
    Found found = way(candidate, reference);
    if (found && (!best || std::pair(found->severity, found->score) > std::pair(best->severity, best->score)))
      best = std::move(found);
  }
  if (!best) return std::nullopt;
  if (is_short_chance(*best, candidate, reference)) best->severity = Severity::low;
  return Resemblance{.candidate = candidate.given,
                     .reference = reference.given,
                     .technique = best->technique,
                     .score = best->score,
                     .severity = best->severity,
                     .differs_at = differs_at(candidate, reference),
                     .why = std::move(best->why)};
}

}  // namespace threadline::text
