// SPDX-License-Identifier: Apache-2.0
#include "findings/identity.h"

#include <algorithm>
#include <array>
#include <functional>
#include <unordered_set>

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
constexpr auto kFunctions = std::to_array<std::string_view>({
#define THREADLINE_ROLE(word) #word,
#define THREADLINE_MACHINE(word) #word,
#define THREADLINE_DEPARTMENT(word) #word,
#include "findings/department_words.def"
#include "findings/role_local_parts.def"
#undef THREADLINE_ROLE
#undef THREADLINE_MACHINE
#undef THREADLINE_DEPARTMENT
});
constexpr std::size_t kNameOctets = 253;  ///< of a display name that are compared
constexpr char kPart = '\x01';            ///< in place of a mark between parts of a display name
constexpr auto kPartMarks = std::to_array<std::string_view>(
    {" - ", " \u2013 ", " \u2014 ", "|", "/", "(", ")", "[", "]", "<", ">", ",", ":", " \u00b7 ", " \u2022 ", " @ "});
constexpr std::size_t kTelling = 4;  ///< letters of a word that names somebody

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

/// Words of functions as they are written and as names are compared, by their skeletons.
bool is_function_word(const std::string& word) {
  static const auto kWords = [] {
    std::unordered_set<std::string> words;
    for (const std::string_view function : kFunctions) {
      words.emplace(function);
      words.insert(text::skeleton(function));
    }
    return words;
  }();
  return kWords.contains(word);
}

bool is_title(const std::string& word) {
  static const auto kWords = [] {
    std::unordered_set<std::string> words;
    for (const std::string_view title : kTitles) words.insert(text::skeleton(title));
    return words;
  }();
  return kWords.contains(word);
}

bool is_initial(const std::string& word) { return word.size() == 1; }

/// A word beside a name that is no part of it.
bool is_beside_name(const std::string& word) { return is_initial(word) || is_title(word) || is_function_word(word); }

Words skeletons_of(std::string_view name) {
  Words words = words_of(text::name_key(name));
  for (std::string& word : words) word = text::skeleton(word);
  return words;
}

/// The display name, and what stands between the marks that set a firm, a function or an address off. "X via Y" stays: services
/// write for people so.
std::vector<std::string> set_off(std::string_view display) {
  std::string rest(display.substr(0, kNameOctets));
  std::vector<std::string> parts{rest};
  for (const std::string_view mark : kPartMarks) {
    for (std::size_t at = 0; (at = rest.find(mark, at)) != std::string::npos;) rest.replace(at, mark.size(), 1, kPart);
  }
  for (std::size_t at = 0; at <= rest.size();) {
    const std::size_t end = std::min(rest.find(kPart, at), rest.size());
    if (end > at) parts.push_back(rest.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::vector<Words> parts_of(std::string_view display) {
  std::vector<Words> parts;
  for (const std::string& part : set_off(display)) {
    if (Words words = skeletons_of(part); parts.empty() || !words.empty()) parts.push_back(std::move(words));
  }
  return parts;
}

Words firm_of(const message::Address& person) {
  const std::string registrable = text::registrable_domain(text::domain_of_address(person.address));
  Words firm = letter_words(std::string_view(registrable).substr(0, registrable.find('.')));
  for (std::string& word : firm) word = text::skeleton(word);
  return firm;
}

/// The words of a name, sorted: without what is no part of it as long as two are left ("F. LeComptable" keeps his initial).
/// Empty: they tell nobody apart.
Words name_of(const Words& part) {
  const auto is_attribute = [](const std::string& word) { return is_title(word) || is_function_word(word); };
  for (const auto& is_left_out :
       {std::function<bool(const std::string&)>(is_beside_name), std::function<bool(const std::string&)>(is_attribute),
        std::function<bool(const std::string&)>([](const std::string&) { return false; })}) {
    Words name = part;
    std::erase_if(name, is_left_out);
    std::ranges::sort(name);
    if (name.size() >= 2 && is_telling_name(joined(name))) return name;
  }
  return {};
}

bool is_of_firm(const Words& part, const Words& firm) {
  return std::ranges::all_of(part, [&](const std::string& word) { return contains(firm, word); });
}

/// "Miller, Ann (Big Supplier)": directories set a name out with the surname first, and neither half tells anybody apart.
Words surname_first(std::string_view display, const Words& firm) {
  display = display.substr(0, kNameOctets);
  const std::size_t comma = display.find(',');
  if (comma == display.npos) return {};
  std::string_view given = display.substr(comma + 1);
  given = given.substr(0, std::min(given.find_first_of(",(|/"), given.find(" - ")));
  Words name = skeletons_of(display.substr(0, comma));
  std::ranges::move(skeletons_of(given), std::back_inserter(name));
  return is_of_firm(name, firm) ? Words{} : name_of(name);
}

/// The name in somebody's own display name: of the first part that is no firm's.
Words name_within(const message::Address& person, const Words& firm) {
  const std::vector<Words> parts = parts_of(person.name);
  for (std::size_t at = parts.size() > 2 ? 1 : 0; at < parts.size(); ++at) {
    if (is_of_firm(parts[at], firm)) continue;
    if (Words name = name_of(parts[at]); !name.empty()) return name;
  }
  return surname_first(person.name, firm);
}

/// "yannkerbrat" of "kerbrat" and "yann": in any order.
bool is_made_of(const std::string& word, Words name) {
  constexpr std::size_t kMostWords = 4;
  if (name.size() > kMostWords) return false;
  do {
    std::string all;
    for (const std::string& one : name) all += one;
    if (all == word) return true;
  } while (std::ranges::next_permutation(name).found);
  return false;
}

bool shows_name(Words part, const Words& name, const Words& firm) {
  if (std::ranges::any_of(part, [&](const std::string& word) { return is_made_of(word, name); })) return true;
  for (const std::string& word : name) {
    const auto found = std::ranges::find(part, word);
    if (found == part.end()) return false;
    part.erase(found);
  }
  return std::ranges::all_of(part, [&](const std::string& word) { return is_beside_name(word) || contains(firm, word); });
}

/// "M. Tissandier" of Maelle Tissandier: words of the name and initials of the others, a long word among them.
bool abbreviates(Words part, const Words& name) {
  constexpr std::size_t kTellingLetters = 4;
  bool is_told = false;
  for (const std::string& word : name) {
    auto found = std::ranges::find(part, word);
    is_told = is_told || (found != part.end() && word.size() >= kTellingLetters);
    if (found == part.end()) found = std::ranges::find(part, word.substr(0, 1));
    if (found == part.end()) return false;
    part.erase(found);
  }
  return is_told && std::ranges::all_of(part, is_beside_name);
}

}  // namespace

bool is_function_name(std::string_view key) {
  const Words words = words_of(key);
  return !words.empty() && std::ranges::all_of(words, is_function_word);
}

ShownName::ShownName(std::string_view display) : parts_(parts_of(display)) {}

PersonName::PersonName(const message::Address& person) : firm(firm_of(person)) { words = name_within(person, firm); }

bool ShownName::shows(const PersonName& person) const {
  return !person.words.empty() &&
         std::ranges::any_of(parts_, [&](const Words& part) { return shows_name(part, person.words, person.firm); });
}

bool ShownName::is_near(const PersonName& person) const {
  constexpr std::size_t kLetters = 9;
  const auto run_together = [](Words words) {
    std::erase_if(words, is_beside_name);
    std::ranges::sort(words);
    std::string all;
    for (const std::string& word : words) all += word;
    return all;
  };
  const std::string name = run_together(person.words);
  return std::ranges::any_of(parts_, [&](const Words& part) {
    if (abbreviates(part, person.words)) return true;
    const std::string shown = run_together(part);
    return std::min(shown.size(), name.size()) >= kLetters && is_one_edit_apart(shown, name);
  });
}

bool is_one_edit_apart(std::string_view left, std::string_view right) {
  if (left.size() > right.size()) std::swap(left, right);
  if (right.size() - left.size() > 1) return false;
  std::size_t at = 0;
  while (at < left.size() && left[at] == right[at]) ++at;
  const std::string_view rest = right.substr(std::min(at + 1, right.size()));
  if (left.size() < right.size()) return left.substr(at) == rest;
  if (at < left.size() && left.substr(at + 1) == rest) return true;
  return at + 1 < left.size() && left[at] == right[at + 1] && left[at + 1] == right[at] &&
         left.substr(at + 2) == right.substr(at + 2);
}

std::string_view person_in(std::string_view display) {
  for (const std::string_view mark : {" via ", " (", " - ", " | ", " / "}) {
    const std::size_t at = display.find(mark);
    if (at != std::string_view::npos && at > 0) display = display.substr(0, at);
  }
  return display;
}

std::vector<std::string> shown_names(std::string_view display) {
  std::vector<std::string> names{std::string(person_in(display))};
  for (std::string& part : set_off(display)) {
    const bool is_known =
        std::ranges::any_of(names, [&](const auto& name) { return text::trimmed(name) == text::trimmed(part); });
    if (!is_known && part.find('@') == std::string::npos) names.push_back(std::move(part));
  }
  return names;
}

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
