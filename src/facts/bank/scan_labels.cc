// SPDX-License-Identifier: Apache-2.0
// Labels that have a scanner of their own. A first look by classes of two bytes, without branches, leaves few places to compare.
#include <algorithm>
#include <array>
#include <span>

#include "facts/bank/scan.h"

namespace threadline::facts {
namespace {

enum class Anchor { grid, perhaps_grid, uk, perhaps_uk, us, bic, italian };
constexpr std::size_t kAnchorKinds = 7;
struct AnchorWord {
  std::string_view word;
  Anchor anchor;
};
constexpr AnchorWord kAnchors[] = {{"guichet", Anchor::grid},
                                   {"guich", Anchor::perhaps_grid},
                                   {"gui", Anchor::perhaps_grid},
                                   {"gcht", Anchor::perhaps_grid},
                                   {"gch", Anchor::perhaps_grid},
                                   {"gt", Anchor::perhaps_grid},
                                   {"cg", Anchor::perhaps_grid},
                                   {"code g", Anchor::perhaps_grid},
                                   {"agence", Anchor::perhaps_grid},
                                   {"branch", Anchor::perhaps_grid},
                                   {"sort code", Anchor::uk},
                                   {"sort-code", Anchor::uk},
                                   {"sortcode", Anchor::uk},
                                   {"routing", Anchor::us},
                                   {"aba", Anchor::us},
                                   {"bic", Anchor::bic},
                                   {"swift", Anchor::bic},
                                   {"sort", Anchor::perhaps_uk},
                                   {"s/c", Anchor::perhaps_uk},
                                   {"rtn", Anchor::us},
                                   {"abi", Anchor::italian}};

/// Six groups by the first letter (a, b, c, g, r, s): bit n of a byte's class says that it begins group n, bit 8 + n that it may
/// be the second character of group n.
constexpr std::string_view kFirstLetters = "abcgrs";
constexpr std::uint32_t kLetter = 1U << 16U;
constexpr auto kClasses = [] {
  std::array<std::uint32_t, 256> classes{};
  const auto mark = [&](char c, std::uint32_t bit) {
    classes[static_cast<unsigned char>(c)] |= bit;
    if (c >= 'a' && c <= 'z') classes[static_cast<unsigned char>(c - 32)] |= bit;
  };
  for (char c = 'a'; c <= 'z'; ++c) mark(c, kLetter);
  for (const auto& [word, anchor] : kAnchors) {
    const auto group = static_cast<unsigned>(kFirstLetters.find(word[0]));
    mark(word[0], 1U << group);
    mark(word[1], 1U << (8U + group));
  }
  return classes;
}();

std::uint32_t class_of(char c) { return kClasses[static_cast<unsigned char>(c)]; }
bool is_ascii_letter(char c) { return (class_of(c) & kLetter) != 0; }

bool begins_with(std::string_view text, std::size_t at, std::string_view lower_word) {
  if (text.size() - at < lower_word.size()) return false;
  return std::ranges::equal(text.substr(at, lower_word.size()), lower_word,
                            [](char left, char right) { return (left >= 'A' && left <= 'Z' ? left + 32 : left) == right; });
}

/// Whether the key's label stands in the stretch: most branches and agencies are no field of a form.
bool has_key_label(std::string_view stretch) {
  for (std::size_t at = 0; (at = stretch.find_first_of("cCkK", at)) != stretch.npos; ++at) {
    if (begins_with(stretch, at, "key") || begins_with(stretch, at, "cle") || begins_with(stretch, at, "cl\xC3")) return true;
  }
  return false;
}

void run_anchor(Found& found, Anchor anchor, std::size_t at, std::size_t end) {
  constexpr std::size_t kAround = 240;
  switch (anchor) {
    case Anchor::grid: return scan_rib_grid(found, at, true);
    case Anchor::perhaps_grid:
      if (has_key_label(found.text.substr(at - std::min(at, kAround), 2 * kAround))) scan_rib_grid(found, at, false);
      return;
    case Anchor::uk: return scan_uk(found, end, true);
    case Anchor::perhaps_uk: return scan_uk(found, end, false);
    case Anchor::us: return scan_us(found, end);
    case Anchor::bic: return scan_bic(found, end);
    case Anchor::italian: return scan_italian(found, end);
  }
}

/// Labels of one kind that were looked at; each costs a window of a few hundred bytes.
using Counts = std::array<std::size_t, kAnchorKinds>;

/// The label that begins at `at`, where one does.
void look_at(Found& found, std::size_t at, Counts& counts) {
  const auto text = found.text;
  if (at > 1 && text[at - 1] == '\'' && is_ascii_letter(text[at - 2])) return;
  for (const auto& [word, anchor] : kAnchors) {
    if ((text[at] | 0x20) != word[0] || !begins_with(text, at, word)) continue;
    const auto end = at + word.size();
    if (end < text.size() && is_ascii_letter(text[end]) && text[end] != 's') continue;
    const bool grid = anchor == Anchor::grid || anchor == Anchor::perhaps_grid;
    const auto most = grid ? found.limits.rib_grids : found.limits.account_labels;
    if (++counts[static_cast<std::size_t>(anchor)] <= most) return run_anchor(found, anchor, at, end);
    return found.pass_limit(grid ? "rib_grids" : "account_labels", at);
  }
}

}  // namespace

void scan_labels(Found& found) {
  constexpr std::size_t kBlock = 512;
  std::array<std::uint32_t, kBlock> places{};
  Counts counts{};
  const auto text = found.text;
  auto before = 0U;
  for (std::size_t block = 0; block + 1 < text.size() && !found.is_full(); block += kBlock) {
    const auto size = std::min(kBlock, text.size() - 1 - block);
    std::size_t many = 0;
    auto here = class_of(text[block]);
    for (std::size_t i = 0; i < size; ++i) {
      const auto next = class_of(text[block + i + 1]);
      places[many] = static_cast<std::uint32_t>(i);
      many += (here & (next >> 8U) & 0xFFU) != 0 && (before & kLetter) == 0 ? 1U : 0U;
      before = here;
      here = next;
    }
    for (const auto place : std::span(places).first(many)) {
      if (found.is_full()) return;
      look_at(found, block + place, counts);
    }
  }
}

}  // namespace threadline::facts
