// SPDX-License-Identifier: Apache-2.0
#include "findings/known_domains.h"

#include <tuple>

#include "text/domain.h"

namespace threadline::findings {
namespace {

constexpr std::size_t kAnswersKept = 100'000;

}  // namespace

bool is_better(const text::Resemblance& left, const text::Resemblance& right) {
  return std::tuple(left.severity, left.score) > std::tuple(right.severity, right.score);
}

std::optional<text::Resemblance> KnownDomains::best(const memory::View& memory, std::string_view candidate) {
  const std::lock_guard lock(mutex_);
  catch_up(memory);
  const std::string name(candidate);
  const auto place = places_.find(text::registrable_domain(name));
  // Only older names are references, and those do not change once the candidate itself is known: asked once, answered for good.
  const std::size_t older = place == places_.end() ? places_.size() : place->second;
  if (answers_.size() > kAnswersKept) answers_.clear();
  const auto [answer, is_new] = answers_.try_emplace(name);
  const auto& known_answer = answer->second.resemblance;
  const bool is_disputed_since = known_answer && !is_reference(memory, known_answer->reference, places_.size());
  if (is_new || answer->second.asked_of < older || is_disputed_since)
    answer->second = {older, references_.best_of(name, [&](std::string_view one) { return is_reference(memory, one, older); })};
  return answer->second.resemblance;
}

std::optional<memory::View::KnownDomain> KnownDomains::known(const memory::View& memory, std::string_view domain) {
  const std::lock_guard lock(mutex_);
  catch_up(memory);
  const auto place = places_.find(std::string(domain));
  if (place == places_.end() || memory.domains()[place->second].disputed) return std::nullopt;
  return memory.domains()[place->second];
}

bool KnownDomains::is_reference(const memory::View& memory, std::string_view domain, std::size_t before) const {
  const auto known = places_.find(std::string(domain));
  return known != places_.end() && known->second < before && !memory.domains()[known->second].disputed;
}

void KnownDomains::catch_up(const memory::View& memory) {
  if (number_ != memory.number()) {
    references_ = text::References();
    places_.clear();
    answers_.clear();
    number_ = memory.number();
  }
  const auto& domains = memory.domains();
  for (std::size_t place = places_.size(); place < domains.size(); ++place) {
    places_.emplace(domains[place].domain, place);
    references_.add(domains[place].domain);
  }
}

}  // namespace threadline::findings
