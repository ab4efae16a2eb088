// SPDX-License-Identifier: Apache-2.0
#include "findings/identity.h"

#include <algorithm>
#include <array>

#include "findings/context_steps.h"
#include "text/domain.h"
#include "text/fold.h"
#include "text/resemblance.h"

namespace threadline::findings {
namespace {

constexpr auto kTitles = std::to_array<std::string_view>({
#define THREADLINE_TITLE(word) #word,
#include "findings/person_titles.def"
#undef THREADLINE_TITLE
});
constexpr std::size_t kNameOctets = 253;  ///< of a display name that are compared
constexpr std::size_t kTelling = 4;       ///< letters of a word that names somebody

using Words = std::vector<std::string>;

/// Maximal runs of letters; what is no ASCII letter parts words.
Words letter_words(std::string_view text) {
  Words words(1);
  for (const char c : text::ascii_lower(text)) {
    if (c >= 'a' && c <= 'z')
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

Words words_of(std::string_view key) {
  Words words;
  while (!key.empty()) {
    const std::size_t space = std::min(key.find(' '), key.size());
    words.emplace_back(key.substr(0, space));
    key.remove_prefix(std::min(space + 1, key.size()));
  }
  return words;
}

std::string joined(const Words& words) {
  std::string text;
  for (const std::string& word : words) (text += text.empty() ? "" : " ") += word;
  return text;
}

/// Without titles, where two words are left.
Words without_titles(Words words) {
  Words kept;
  std::ranges::copy_if(words, std::back_inserter(kept),
                       [](const std::string& word) { return std::ranges::find(kTitles, word) == kTitles.end(); });
  return kept.size() >= 2 ? kept : words;
}

/// The letters that digits stand for in an imitated name.
std::string without_digits(std::string_view name, char one) {
  std::string letters(name);
  std::ranges::replace(letters, '0', 'o');
  std::ranges::replace(letters, '1', one);
  return letters;
}

bool contains(const Words& words, std::string_view word) { return std::ranges::find(words, word) != words.end(); }

/// What a local part can be made from.
struct Material {
  Words names;  ///< of the person: display name and local part
  Words firm;   ///< of the domain's label
};

Material material_of(const message::Address& person) {
  Material material;
  material.names = letter_words(text::fold(person.name));
  const std::string_view local = text::local_part_of_address(person.address);
  if (!is_role(local)) std::ranges::move(letter_words(local), std::back_inserter(material.names));
  const std::string registrable = text::registrable_domain(text::domain_of_address(person.address));
  material.firm = letter_words(std::string_view(registrable).substr(0, registrable.find('.')));
  if (material.firm.size() > 1) {
    std::string whole;
    for (const std::string& word : material.firm) whole += word;
    material.firm.push_back(std::move(whole));
  }
  return material;
}

/// How the words of a local part are accounted for.
struct Account {
  std::size_t names = 0, initials = 0, firm = 0, roles = 0;
  bool telling_name = false, telling_firm = false, complete = true;

  void add(std::string_view word, const Material& material) {
    if (contains(material.names, word)) {
      (word.size() > 1 ? names : initials) += 1;
      telling_name = telling_name || word.size() >= kTelling;
    } else if (contains(material.firm, word)) {
      ++firm;
      telling_firm = telling_firm || word.size() > kTelling;
    } else if (is_role(word)) {
      ++roles;
    } else if (is_abbreviated(word, material)) {
      ++initials;
    } else {
      complete = false;
    }
  }

  /// "c" for "claire", and "claire" for the "c" of a known local part.
  static bool is_abbreviated(std::string_view word, const Material& material) {
    return std::ranges::any_of(material.names, [word](const std::string& name) {
      return name.front() == word.front() && (name.size() == 1 || word.size() == 1);
    });
  }
};

/// "clairegarnier", "garnierateliers": one word that two of his make up.
bool is_run_together(std::string_view word, const Material& material) {
  const auto all = [&](const Words& first, const Words& second) {
    return std::ranges::any_of(first, [&](const std::string& front) {
      return front.size() >= kTelling && word.starts_with(front) && contains(second, word.substr(front.size()));
    });
  };
  return all(material.names, material.names) || all(material.names, material.firm) || all(material.firm, material.names);
}

}  // namespace

std::string person_key(std::string_view name) {
  Words words = without_titles(words_of(text::name_key(name.substr(0, kNameOctets))));
  for (std::string& word : words) word = text::skeleton(word);
  std::ranges::sort(words);
  return joined(words);
}

std::vector<std::string> known_keys(std::string_view name) {
  std::vector<std::string> keys;
  const std::string letters = text::plain_letters(name.substr(0, kNameOctets));
  for (const std::string& form : {std::string(name), letters, without_digits(letters, 'l'), without_digits(letters, 'i')}) {
    const std::string key = text::name_key(form);
    for (std::string one : {key, joined(without_titles(words_of(key)))})
      if (!one.empty() && std::ranges::find(keys, one) == keys.end()) keys.push_back(std::move(one));
  }
  return keys;
}

bool is_twin_of(std::string_view local_part, const message::Address& person) {
  const Words words = letter_words(local_part);
  const Material material = material_of(person);
  if (words.empty()) return false;
  if (words.size() == 1) return is_run_together(words.front(), material);
  Account account;
  for (const std::string& word : words) account.add(word, material);
  if (!account.complete) return false;
  if (account.telling_name) return account.names + account.initials + account.firm >= 2;
  return account.telling_firm && account.roles > 0;
}

}  // namespace threadline::findings
