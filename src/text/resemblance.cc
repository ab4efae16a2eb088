// SPDX-License-Identifier: Apache-2.0
#include "text/resemblance.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text_map.h"
#include "text/resemblance_form.h"

namespace threadline::text {
namespace {

constexpr std::array<std::string_view, 18> kTechniqueNames = {
    "homoglyph", "idn",    "accent", "omission", "insertion", "repetition", "transposition", "replacement", "bitsquat",
    "vowel",     "plural", "hyphen", "dot",      "tld",       "combo",      "token_order",   "subdomain",   "double"};

constexpr std::size_t kMeasured = 63;    ///< octets of a label, RFC 1035; longer ones have no neighbourhood
constexpr std::size_t kTwiceFrom = 8;    ///< labels from here on have a neighbourhood of two deletions (references from 10)
constexpr std::size_t kCompared = 64;    ///< references that are compared in full for one candidate
constexpr std::size_t kHostLabels = 12;  ///< labels of a candidate that are looked up

using Ids = std::vector<std::uint32_t>;
using ByText = TextMap<Ids>;
using ByHash = std::unordered_map<std::uint64_t, Ids>;

std::uint64_t hashed(std::string_view text) { return std::hash<std::string_view>{}(text); }

/// Calls `each` with the hash of the label and of what is left after one (or two) of its characters are deleted.
template <class Each>
void for_each_deletion(std::string_view label, bool twice, Each each) {
  if (label.size() > kMeasured) return;
  each(hashed(label));
  std::string once, two;
  for (std::size_t i = 0; i < label.size(); ++i) {
    if (i > 0 && label[i] == label[i - 1]) continue;
    once.assign(label).erase(i, 1);
    each(hashed(once));
    for (std::size_t j = i; twice && j < once.size(); ++j) {
      two.assign(once).erase(j, 1);
      each(hashed(two));
    }
  }
}

template <class Map, class Key>
void take(const Map& map, const Key& key, Ids& into) {
  if (const auto found = map.find(key); found != map.end()) into.insert(into.end(), found->second.begin(), found->second.end());
}

std::string sorted_letters(std::string text) {
  std::ranges::sort(text);
  return text;
}

}  // namespace

std::string_view name_of(Technique technique) { return kTechniqueNames.at(static_cast<std::size_t>(technique)); }

struct References::Index {
  std::vector<Form> forms;
  TextSet registrable;
  ByText labels, skeletons, compacts, letters;
  ByHash deletions;
  std::size_t longest = 0;

  void add(std::string_view domain) {
    Form form = read_form(domain);
    if (form.label.empty() || !registrable.insert(form.registrable).second) return;
    const auto id = static_cast<std::uint32_t>(forms.size());
    labels[form.folded].push_back(id);
    skeletons[form.skeleton].push_back(id);
    compacts[form.compact].push_back(id);
    if (form.folded.find('-') != std::string::npos) letters[sorted_letters(form.folded)].push_back(id);
    add_deletions(form.folded, id);
    if (form.skeleton != form.folded) add_deletions(form.skeleton, id);
    longest = std::max(longest, form.folded.size());
    forms.push_back(std::move(form));
  }

  void add_deletions(std::string_view label, std::uint32_t id) {
    for_each_deletion(label, label.size() >= kTwiceFrom, [&](std::uint64_t hash) {
      Ids& ids = deletions[hash];
      if (ids.empty() || ids.back() != id) ids.push_back(id);
    });
  }

  void take_near(std::string_view label, Ids& into) const {
    for_each_deletion(label, label.size() >= kTwiceFrom, [&](std::uint64_t hash) { take(deletions, hash, into); });
  }

  /// References whose label stands anywhere inside the candidate's.
  void take_inside(std::string_view label, Ids& into) const {
    if (label.size() > kMeasured) return;
    for (std::size_t begin = 0; begin + 3 <= label.size(); ++begin)
      for (std::size_t length = 3; begin + length <= label.size() && length <= longest; ++length)
        take(labels, label.substr(begin, length), into);
  }

  /// References that are a label in front of the candidate's registrable domain, or that its labels spell together.
  void take_from_host(const Form& candidate, Ids& into) const {
    if (candidate.host.size() == candidate.label.size()) return;
    std::string_view rest = candidate.host;
    for (std::size_t i = 0; i < kHostLabels && !rest.empty(); ++i) {
      const std::size_t dot = std::min(rest.find('.'), rest.size());
      const std::string_view label = rest.substr(0, dot);
      take(labels, label, into);
      for (std::size_t hyphen = label.rfind('-'), ends = 0; hyphen != std::string_view::npos && hyphen > 0 && ends < 3; ++ends) {
        take(labels, label.substr(0, hyphen), into);
        hyphen = label.rfind('-', hyphen - 1);
      }
      rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    std::string joined = candidate.host;
    std::erase(joined, '.');
    take(labels, joined, into);
  }

  [[nodiscard]] Ids candidates(const Form& candidate) const {
    Ids ids;
    take(skeletons, candidate.skeleton, ids);
    take(labels, candidate.folded, ids);
    take(compacts, candidate.compact, ids);
    take_from_host(candidate, ids);
    take_near(candidate.folded, ids);
    if (candidate.skeleton != candidate.folded) take_near(candidate.skeleton, ids);
    take_inside(candidate.folded, ids);
    if (candidate.folded.find('-') != std::string::npos) {
      take(letters, sorted_letters(candidate.folded), ids);
      const std::string rest = without_keywords(candidate.folded);
      take_near(rest, ids);
      take(skeletons, skeleton(rest), ids);
    }
    return ids;
  }
};

References::References(const std::vector<std::string>& domains) : index_(std::make_unique<Index>()) {
  for (const std::string& domain : domains) index_->add(domain);
}
References::~References() = default;
References::References(References&&) noexcept = default;
References& References::operator=(References&&) noexcept = default;

std::optional<Resemblance> References::best(std::string_view given) const {
  const Form candidate = read_form(given);
  if (candidate.label.empty() || index_->registrable.contains(candidate.registrable)) return std::nullopt;
  Ids ids = index_->candidates(candidate);
  std::vector<std::uint32_t> seen;
  std::optional<Resemblance> best;
  for (const std::uint32_t id : ids) {
    if (std::ranges::find(seen, id) != seen.end()) continue;
    if (seen.size() >= kCompared) break;
    seen.push_back(id);
    auto found = compare(candidate, index_->forms[id]);
    if (found && (!best || std::pair(found->severity, found->score) > std::pair(best->severity, best->score)))
      best = std::move(found);
  }
  return best;
}

std::optional<Resemblance> resemblance(std::string_view candidate, std::string_view reference) {
  return compare(read_form(candidate), read_form(reference));
}

}  // namespace threadline::text
