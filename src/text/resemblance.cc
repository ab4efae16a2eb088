// SPDX-License-Identifier: Apache-2.0
#include "text/resemblance.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <shared_mutex>
#include <utility>

#include "base/text_map.h"
#include "text/resemblance_distance.h"
#include "text/resemblance_form.h"
#include "text/resemblance_index.h"
#include "text/resemblance_ways.h"

namespace threadline::text {
namespace {

constexpr std::array<std::string_view, 18> kTechniqueNames = {
    "homoglyph", "idn",    "accent", "omission", "insertion", "repetition", "transposition", "replacement", "bitsquat",
    "vowel",     "plural", "hyphen", "dot",      "tld",       "combo",      "token_order",   "subdomain",   "double"};

constexpr std::size_t kTwiceFrom = 8;    ///< letters of a label from which on two may differ
constexpr std::size_t kShortest = 3;     ///< letters of a label that is looked for inside another
constexpr std::size_t kCompared = 64;    ///< references that are compared in full for one candidate
constexpr std::size_t kOthers = 2;       ///< references of one label on other suffixes that are compared
constexpr std::size_t kHostLabels = 12;  ///< labels of a candidate that are looked up
constexpr std::size_t kNeighbours = 64 * 65 / 2 + 1;

using Ids = std::vector<std::uint32_t>;

/// The keys of a label's neighbourhood: itself, and what one or two deleted letters leave.
struct Neighbourhood {
  std::array<std::uint32_t, kNeighbours> keys;
  std::size_t size = 0;

  /// `expect` is called with each key as it is made.
  template <class Expect>
  Neighbourhood(const LabelHash& hash, std::string_view label, bool twice, Expect expect) {
    const auto add = [&](std::uint64_t one) { expect(keys[size++] = KeyTable::key_of(one)); };
    const std::uint64_t whole = hash.whole();
    std::array<std::uint64_t, 64> effects;
    for (std::size_t i = 0; i < label.size(); ++i) effects[i] = hash.effect(i, label.size() - i - 1);
    add(whole);
    for (std::size_t i = 0; i < label.size(); ++i) {
      if (i > 0 && label[i] == label[i - 1]) continue;
      add(whole + effects[i]);
      if (!twice || i + 1 == label.size()) continue;
      const std::uint64_t without_first = whole + hash.effect(i, label.size() - i - 2);
      for (std::size_t j = i + 1; j < label.size(); ++j) {
        if (j == i + 1 || label[j] != label[j - 1]) add(without_first + effects[j]);
      }
    }
  }
};

std::uint32_t key_of(const LabelHash& hash) { return KeyTable::key_of(hash.whole()); }

}  // namespace

std::string_view name_of(Technique technique) { return kTechniqueNames.at(static_cast<std::size_t>(technique)); }

struct References::Index {
  struct Member {
    std::uint32_t id = 0;      ///< in forms
    std::uint32_t suffix = 0;  ///< its hash: most references are told by it without a look at their form
  };
  mutable std::shared_mutex mutex;
  std::vector<Form> forms;
  std::vector<std::vector<Member>> groups;  ///< forms of one label, which the tables know together
  TextMap<std::uint32_t> labels;            ///< plain label -> group
  TextSet registrable;
  KeyTable whole, near, strokes, orders;
  std::size_t longest = 0;

  static std::uint32_t hashed(std::string_view text) { return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text)); }

  void add(std::string_view domain) {
    Form read = read_form(domain);
    const std::unique_lock lock(mutex);
    if (read.reading.empty() || !registrable.insert(read.registrable).second) return;
    const auto id = static_cast<std::uint32_t>(forms.size());
    const Form& form = forms.emplace_back(std::move(read));
    const std::string plain = plain_of(form.reading);
    const auto [group, is_new] = labels.try_emplace(plain, static_cast<std::uint32_t>(groups.size()));
    if (is_new) {
      groups.emplace_back();
      add_label(form.reading, plain, group->second);
    }
    groups[group->second].push_back({id, hashed(form.suffix)});
  }

  void add_label(std::string_view reading, std::string_view plain, std::uint32_t group) {
    const std::string lines = strokes_of(reading);
    if (LabelHash::fits(lines)) strokes.add(key_of(LabelHash(lines)), group);
    for (const std::string& order : reordered(tokens_of(plain))) orders.add(key_of(LabelHash(order)), group);
    if (!LabelHash::fits(plain)) return;
    const LabelHash hash(plain);
    whole.add(key_of(hash), group);
    longest = std::max(longest, plain.size());
    const Neighbourhood neighbours(hash, plain, plain.size() >= kTwiceFrom, [](std::uint32_t) {});
    for (std::size_t i = 0; i < neighbours.size; ++i) near.add(neighbours.keys[i], group);
  }

  void take_near(std::string_view plain, const LabelHash& hash, bool twice, Ids& into) const {
    Neighbourhood neighbours(hash, plain, twice, [this](std::uint32_t key) { near.expect(key); });
    near.take_all(std::span(neighbours.keys).first(neighbours.size), into);
  }

  /// References of which two letters here are read as one, or which are here in the plural of a sibilant.
  void take_pairs(std::string_view reading, const LabelHash& hash, Ids& into) const {
    for (std::size_t at = 0; at + 2 <= reading.size(); ++at) {
      for (const char letter : read_as_one(reading[at], reading[at + 1]))
        whole.take(KeyTable::key_of(hash.with_pair_as(at, plain_of(letter))), into);
      if (reading[at] == 'e' && reading[at + 1] == 's') whole.take(KeyTable::key_of(hash.without_pair(at)), into);
    }
  }

  /// References whose label stands inside the candidate's: at a hyphen or an end of it, or behind a keyword.
  void take_inside(std::string_view reading, const LabelHash& hash, Ids& into) const {
    const std::size_t size = reading.size();
    for (std::size_t begin = 0; begin + kShortest <= size; ++begin) {
      const std::size_t last = std::min(size, begin + longest);
      const bool may_begin = begin == 0 || reading[begin - 1] == '-' || keyword(reading.substr(0, begin)) != Keyword::none;
      for (std::size_t end = begin + kShortest; end <= last; ++end) {
        if (may_begin || end == size || reading[end] == '-') whole.take(KeyTable::key_of(hash.part(begin, end)), into);
      }
    }
  }

  void take_whole(std::string_view plain, Ids& into) const {
    if (LabelHash::fits(plain)) whole.take(key_of(LabelHash(plain)), into);
  }

  /// References that are a label in front of the candidate's registrable domain, or that its labels spell together.
  void take_from_host(const Form& candidate, Ids& into) const {
    if (!candidate.has_subdomain()) return;
    std::string_view rest = candidate.host;
    for (std::size_t i = 0; i < kHostLabels && !rest.empty(); ++i) {
      const std::size_t dot = std::min(rest.find('.'), rest.size());
      const std::string label = plain_of(read_letters(rest.substr(0, dot)).letters);
      take_whole(label, into);
      for (std::size_t hyphen = label.rfind('-'), ends = 0; hyphen != std::string::npos && hyphen > 0 && ends < 3; ++ends) {
        take_whole(std::string_view(label).substr(0, hyphen), into);
        hyphen = label.rfind('-', hyphen - 1);
      }
      rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    std::string joined = candidate.host;
    std::ranges::replace(joined, '.', '-');
    take_whole(plain_of(read_letters(joined).letters), into);
    joined = candidate.host;
    std::erase(joined, '.');
    joined = read_letters(joined).letters;
    take_whole(plain_of(joined), into);
    if (joined.find('-') != std::string::npos) take_strokes(joined, into);
  }

  void take_strokes(std::string_view reading, Ids& into) const {
    const std::string lines = strokes_of(reading);
    if (LabelHash::fits(lines)) strokes.take(key_of(LabelHash(lines)), into);
  }

  /// References that stand beside keywords, mistyped.
  void take_beside_keywords(std::string_view reading, Ids& into) const {
    const std::string rest = plain_of(without_keywords(reading));
    if (rest.empty() || !LabelHash::fits(rest)) return;
    take_near(rest, LabelHash(rest), false, into);
    take_strokes(rest, into);
  }

  /// References whose words stand in another order here, or there.
  void take_orders(std::string_view plain, Ids& into) const {
    std::string compact(plain);
    std::erase(compact, '-');
    if (LabelHash::fits(compact)) orders.take(key_of(LabelHash(compact)), into);
    if (compact.size() == plain.size()) return;
    for (const std::string& order : reordered(tokens_of(plain))) take_whole(order, into);
  }

  /// What may resemble the candidate: each once, those on its own suffix first.
  [[nodiscard]] Ids candidates(const Form& candidate) const {
    Ids ids;
    take_from_host(candidate, ids);
    take_strokes(candidate.reading, ids);
    const std::string plain = plain_of(candidate.reading);
    if (LabelHash::fits(plain)) {
      const LabelHash hash(plain);
      take_near(plain, hash, plain.size() >= kTwiceFrom, ids);
      take_pairs(candidate.reading, hash, ids);
      take_inside(candidate.reading, hash, ids);
      take_orders(plain, ids);
      take_beside_keywords(candidate.reading, ids);
    }
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return expanded(ids, candidate);
  }

  /// The references of some groups: those on the candidate's suffix first, and some others of each; also those whose suffix the
  /// candidate's labels spell ("firm-fr.com").
  [[nodiscard]] Ids expanded(const Ids& some, const Form& candidate) const {
    const auto spells = [&](std::string_view suffix) {
      return candidate.host.find(suffix.substr(0, suffix.find('.'))) != std::string::npos;
    };
    const std::uint32_t suffix = hashed(candidate.suffix);
    Ids here, elsewhere;
    for (const std::uint32_t group : some) __builtin_prefetch(&groups[group]);
    for (const std::uint32_t group : some) {
      std::size_t others = 0;
      for (const Member& member : groups[group]) {
        if (member.suffix == suffix)
          here.push_back(member.id);
        else if (others < kOthers ? (++others, true) : spells(forms[member.id].suffix))
          elsewhere.push_back(member.id);
      }
    }
    here.insert(here.end(), elsewhere.begin(), elsewhere.end());
    return here;
  }

  [[nodiscard]] std::optional<Resemblance> best(const Form& candidate, const Accepts* accepts) const {
    std::optional<Resemblance> best;
    std::size_t compared = 0;
    for (const std::uint32_t id : candidates(candidate)) {
      if (compared >= kCompared) break;
      if (accepts != nullptr && !(*accepts)(forms[id].given)) continue;
      ++compared;
      auto found = compare(candidate, forms[id]);
      if (found && (!best || std::pair(found->severity, found->score) > std::pair(best->severity, best->score)))
        best = std::move(found);
    }
    return best;
  }
};

References::References() : index_(std::make_unique<Index>()) {}
References::References(const std::vector<std::string>& domains) : References() {
  for (const std::string& domain : domains) index_->add(domain);
}
References::~References() = default;
References::References(References&&) noexcept = default;
References& References::operator=(References&&) noexcept = default;

void References::add(std::string_view domain) { index_->add(domain); }

std::optional<Resemblance> References::best(std::string_view given) const {
  const Form candidate = read_form(given);
  const std::shared_lock lock(index_->mutex);
  if (candidate.reading.empty() || index_->registrable.contains(candidate.registrable)) return std::nullopt;
  return index_->best(candidate, nullptr);
}

std::optional<Resemblance> References::best_of(std::string_view given, const Accepts& accepts) const {
  const Form candidate = read_form(given);
  const std::shared_lock lock(index_->mutex);
  return candidate.reading.empty() ? std::nullopt : index_->best(candidate, &accepts);
}

std::size_t References::size() const {
  const std::shared_lock lock(index_->mutex);
  return index_->forms.size();
}

std::size_t References::bytes() const {
  const std::shared_lock lock(index_->mutex);
  constexpr std::size_t kWithin = 15;  // letters that libstdc++ keeps inside a string
  std::size_t names = index_->registrable.bucket_count() * sizeof(void*);
  const auto outside = [](const std::string& text) { return text.capacity() > kWithin ? text.capacity() + 1 : 0; };
  for (const auto& [label, unused] : index_->labels) names += sizeof(label) + outside(label) + 3 * sizeof(void*);
  for (const auto& group : index_->groups) names += sizeof(group) + group.capacity() * sizeof(group[0]);
  for (const Form& form : index_->forms)
    names += sizeof(form) + outside(form.given) + 2 * outside(form.registrable) + outside(form.suffix) + outside(form.host) +
             outside(form.reading) + sizeof(std::string) + 2 * sizeof(void*);
  return names + index_->whole.bytes() + index_->near.bytes() + index_->strokes.bytes() + index_->orders.bytes();
}

std::optional<Resemblance> resemblance(std::string_view candidate, std::string_view reference) {
  return compare(read_form(candidate), read_form(reference));
}

}  // namespace threadline::text
