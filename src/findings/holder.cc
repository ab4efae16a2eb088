// SPDX-License-Identifier: Apache-2.0
#include "findings/holder.h"

#include <algorithm>
#include <array>

#include "text/domain.h"
#include "text/fold.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kTelling = 4;       ///< letters of a word that may stand inside another
constexpr std::size_t kShort = 3;         ///< letters of a word that must stand alone
constexpr std::size_t kNameBytes = 200;   ///< of one name that are compared
constexpr std::size_t kNamesOfSide = 50;  ///< of one side

constexpr auto kCompanyWords = std::to_array<std::string_view>({
#define THREADLINE_COMPANY_WORD(word) #word,
#include "findings/company_words.def"
#undef THREADLINE_COMPANY_WORD
});

using Words = std::vector<std::string>;

/// The folded words of a text in their order; dots inside a word do not cut it ("S.A.R.L.", "t.n.v.").
Words words_in(std::string_view text) {
  Words words(1);
  for (const char byte : text::fold(text)) {
    const bool is_word = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || static_cast<unsigned char>(byte) >= 0x80;
    if (is_word) {
      words.back() += byte;
    } else if (byte != '.' && byte != '\'' && !words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

Words words_of(std::string_view name) { return words_in(name.substr(0, kNameBytes)); }

/// Without the words that tell no firm from another.
Words telling_words(std::string_view name) {
  Words words = words_of(name);
  std::erase_if(words, [](const std::string& word) {
    return word.size() < kShort || std::ranges::find(kCompanyWords, word) != kCompanyWords.end();
  });
  return words;
}

std::string joined(const Words& words) {
  std::string all;
  for (const std::string& word : words) all += word;
  return all;
}

std::string initials(const Words& words) {
  std::string letters;
  for (const std::string& word : words) letters += word.front();
  return letters;
}

bool is_in(std::string_view word, const Words& words, std::string_view whole) {
  return std::ranges::find(words, word) != words.end() || (word.size() >= kTelling && whole.find(word) != std::string_view::npos);
}

bool shares_name(std::string_view holder, std::string_view name) {
  const Words ours = telling_words(holder), theirs = telling_words(name);
  const std::string whole = joined(words_of(holder)), their_whole = joined(words_of(name));
  const auto stands_there = [&](const std::string& word) { return is_in(word, theirs, their_whole); };
  const auto stands_here = [&](const std::string& word) { return is_in(word, ours, whole); };
  if (std::ranges::any_of(ours, stands_there) || std::ranges::any_of(theirs, stands_here)) return true;
  const Words all = words_of(holder);
  return all.size() >= kShort - 1 && (initials(all) == their_whole || initials(ours) == their_whole);
}

/// "bigsupplier" of "mail.bigsupplier.co.uk".
std::string label_of(std::string_view domain) {
  const std::string registrable = text::registrable_domain(domain);
  return registrable.substr(0, registrable.find('.'));
}

void add_party(std::vector<std::string>& names, const policy::Party& party) {
  if (!party.name.empty()) names.push_back(party.name);
  for (const std::string& domain : party.domains) names.push_back(label_of(domain));
}

std::vector<std::string> names_of(const policy::Side& side, std::string_view person, const Ground& ground) {
  std::vector<std::string> names;
  const std::string_view name = std::string_view(side).substr(side.find(':') + 1);
  if (side == policy::kOwnSide) add_party(names, ground.policy.own);
  if (side.starts_with("domain:")) names.push_back(label_of(name));
  if (side.starts_with("address:")) {
    names.emplace_back(text::local_part_of_address(name));
    if (!person.empty()) names.emplace_back(person);
  }
  if (side.starts_with("party:")) {
    const auto party = std::ranges::find(ground.policy.counterparties, name, &policy::Party::name);
    if (party != ground.policy.counterparties.end()) add_party(names, *party);
  }
  if (names.size() > kNamesOfSide) names.resize(kNamesOfSide);
  return names;
}

}  // namespace

HolderFit holder_fit(std::string_view holder, const policy::Side& side, std::string_view person, const Ground& ground) {
  if (words_of(holder).empty()) return HolderFit::unknown;
  const auto names = names_of(side, person, ground);
  if (names.empty()) return HolderFit::unknown;
  const bool fits = std::ranges::any_of(names, [&](const std::string& name) { return shares_name(holder, name); });
  return fits ? HolderFit::side : HolderFit::other;
}

bool bears_name_of(std::string_view holder, const policy::Side& side, const Ground& ground) {
  const std::string whole = joined(telling_words(holder));
  if (whole.size() < kTelling) return false;
  return std::ranges::any_of(names_of(side, {}, ground),
                             [&](const std::string& name) { return joined(telling_words(name)) == whole; });
}

bool is_named_in(std::string_view text, const policy::Side& side, const Ground& ground) {
  constexpr std::size_t kRead = 20'000;
  const std::string folded = text::fold(text.substr(0, kRead));
  const Words said = words_in(folded);
  return std::ranges::any_of(ground.policy.counterparties, [&](const policy::Party& party) {
    if ("party:" + party.name != side) return false;
    const Words telling = telling_words(party.name), name = telling.empty() ? words_of(party.name) : telling;
    const bool is_said = !name.empty() && std::search(said.begin(), said.end(), name.begin(), name.end()) != said.end();
    return is_said || std::ranges::any_of(party.domains, [&](const std::string& domain) {
             return folded.find(text::fold(domain)) != std::string::npos;
           });
  });
}

bool is_same_holder(std::string_view left, std::string_view right) {
  Words one = telling_words(left), other = telling_words(right);
  if (one.empty() || other.empty()) return text::name_key(left) == text::name_key(right);
  std::ranges::sort(one);
  std::ranges::sort(other);
  return one == other;
}

bool is_held_by(std::string_view holder, std::string_view person) {
  Words one = telling_words(holder), other = telling_words(person);
  if (one.empty() || other.empty()) return false;
  std::ranges::sort(one);
  std::ranges::sort(other);
  return std::ranges::includes(one, other) || std::ranges::includes(other, one);
}

}  // namespace threadline::findings
