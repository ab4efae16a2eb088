// SPDX-License-Identifier: Apache-2.0
#include "findings/known_domains.h"

#include <algorithm>
#include <tuple>

namespace threadline::findings {
namespace {

constexpr std::size_t kOneByOne = 32;  ///< domains that are compared without an index
constexpr std::size_t kAnswersKept = 100'000;

void keep_better(std::optional<text::Resemblance>& best, std::optional<text::Resemblance> other) {
  if (other && (!best || is_better(*other, *best))) best = std::move(other);
}

}  // namespace

bool is_better(const text::Resemblance& left, const text::Resemblance& right) {
  return std::tuple(left.severity, left.score) > std::tuple(right.severity, right.score);
}

std::optional<text::Resemblance> KnownDomains::best(const memory::View& memory, std::string_view candidate) {
  const std::lock_guard lock(mutex_);
  catch_up(memory);
  const std::string name(candidate);
  const auto place = places_.find(name);
  // Only older names are references, and those do not change once the candidate itself is known: asked once, answered for good.
  const std::size_t older = place == places_.end() ? memory.domains().size() : place->second;
  if (answers_.size() > kAnswersKept) answers_.clear();
  const auto [answer, is_new] = answers_.try_emplace(name);
  if (is_new || answer->second.asked_of < older) answer->second = {memory.domains().size(), search(memory, name)};
  const auto& found = answer->second.resemblance;
  return found && is_older(found->reference, older) ? found : std::nullopt;
}

std::optional<memory::View::KnownDomain> KnownDomains::known(const memory::View& memory, std::string_view domain) {
  const std::lock_guard lock(mutex_);
  catch_up(memory);
  const auto place = places_.find(std::string(domain));
  if (place == places_.end()) return std::nullopt;
  return memory.domains()[place->second];
}

bool KnownDomains::is_older(const std::string& reference, std::size_t place) const {
  const auto known = places_.find(reference);
  return known != places_.end() && known->second < place;
}

std::optional<text::Resemblance> KnownDomains::search(const memory::View& memory, const std::string& candidate) const {
  std::optional<text::Resemblance> found;
  for (const Level& level : levels_) keep_better(found, level.references.best(candidate));
  for (std::size_t place = indexed_; place < memory.domains().size(); ++place) {
    keep_better(found, text::resemblance(candidate, memory.domains()[place].domain));
  }
  return found;
}

void KnownDomains::catch_up(const memory::View& memory) {
  if (number_ != memory.number()) {
    levels_.clear();
    places_.clear();
    answers_.clear();
    indexed_ = 0;
    number_ = memory.number();
  }
  const auto& domains = memory.domains();
  for (std::size_t place = places_.size(); place < domains.size(); ++place) places_.emplace(domains[place].domain, place);
  if (domains.size() - indexed_ >= kOneByOne) add_level(memory, indexed_, domains.size());
}

void KnownDomains::add_level(const memory::View& memory, std::size_t begin, std::size_t end) {
  while (!levels_.empty() && levels_.back().end - levels_.back().begin <= end - begin) {
    begin = levels_.back().begin;
    levels_.pop_back();
  }
  std::vector<std::string> names;
  for (std::size_t place = begin; place < end; ++place) names.push_back(memory.domains()[place].domain);
  levels_.push_back({begin, end, text::References(names)});
  indexed_ = end;
}

}  // namespace threadline::findings
