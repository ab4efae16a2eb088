// SPDX-License-Identifier: Apache-2.0
#include "pipeline/own_side.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string_view>

#include "pipeline/duplicates.h"

namespace threadline::pipeline {
namespace {

constexpr std::string_view kDomain = "domain:";
constexpr std::string_view kAddress = "address:";
constexpr std::uint32_t kNotKnown = ~0U;

std::set<policy::Side> sides_taking_part(const facts::Facts& facts, const policy::Sides& sides) {
  std::set<policy::Side> found;
  for (const auto* field : {&facts.from, &facts.to, &facts.cc}) {
    for (const auto& person : *field) found.insert(sides.side_of(person.address));
  }
  found.erase("");
  return found;
}

std::string_view name_in(const policy::Side& side) { return std::string_view(side).substr(side.find(':') + 1); }

}  // namespace

SideTally::SideTally(const policy::Policy& policy, const memory::Store* memory)
    : sides_(policy), plain_(memory::without_parties(policy)), names_(policy), memory_(memory) {
  if (memory_ != nullptr) earlier_ = {memory_->sides_taking_part(), memory_->messages()};
}

std::uint32_t SideTally::number_of(const policy::Side& side) {
  const auto [found, is_new] = numbers_.try_emplace(side, static_cast<std::uint32_t>(named_.size()));
  if (is_new) named_.push_back(side);
  return found->second;
}

std::uint32_t SideTally::note(const facts::Facts& facts) {
  const auto number = static_cast<std::uint32_t>(lists_.size());
  const bool counts = facts.kind != facts::MessageKind::journal_report;
  const auto add = [&](const std::set<policy::Side>& sides) {
    lists_.push_back(static_cast<std::uint32_t>(sides.size()));
    for (const policy::Side& side : sides) lists_.push_back(number_of(side));
  };
  add(counts ? sides_taking_part(facts, sides_) : std::set<policy::Side>{});
  const bool is_known = counts && memory_ != nullptr && memory_->holds(content_of(facts));
  if (is_known) {
    add(sides_taking_part(facts, plain_));
  } else {
    lists_.push_back(kNotKnown);
  }
  return number;
}

void SideTally::count(std::uint32_t number) {
  counts_.resize(named_.size()), known_.resize(named_.size());
  ++messages_;
  const std::uint32_t* at = lists_.begin() + number;
  for (std::uint32_t left = *at++; left > 0; --left) ++counts_[*at++];
  if (*at == kNotKnown) return;
  ++known_messages_;
  for (std::uint32_t left = *at++; left > 0; --left) ++known_[*at++];
}

std::optional<InferredSide> SideTally::inferred() const {
  std::map<policy::Side, std::uint64_t> counts;
  for (const auto& [side, count] : earlier_.sides) {
    const auto known = numbers_.find(side);
    const std::uint64_t again = known == numbers_.end() || known->second >= known_.size() ? 0 : known_[known->second];
    if (const policy::Side named = names_.named(side); !named.starts_with("party:"))
      counts[named] += count - std::min(count, again);
  }
  for (std::size_t number = 0; number < counts_.size(); ++number) {
    if (counts_[number] > 0 && !named_[number].starts_with("party:")) counts[named_[number]] += counts_[number];
  }
  const auto most = std::ranges::max_element(counts, {}, &decltype(counts)::value_type::second);
  if (most == counts.end()) return std::nullopt;
  const auto as_many = std::ranges::count(counts, most->second, &decltype(counts)::value_type::second);
  if (as_many > 1) return std::nullopt;
  return InferredSide{most->first, most->second, messages_ + earlier_.messages - known_messages_};
}

std::vector<policy::Side> plain_sides_of(const facts::Facts& facts, const policy::Sides& plain) {
  const auto found = sides_taking_part(facts, plain);
  return {found.begin(), found.end()};
}

void adopt_own_side(policy::Policy& policy, const policy::Side& side) {
  policy.own_inferred = true;
  if (side.starts_with(kDomain)) policy.own.domains.emplace_back(name_in(side));
  if (side.starts_with(kAddress)) policy.own.addresses.emplace_back(name_in(side));
}

timeline::EvidenceRemark own_side_remark(const InferredSide& inferred) {
  timeline::EvidenceRemark remark;
  remark.code = "own_side_inferred";
  remark.evidence.set("side", name_in(inferred.side))
      .set("messages", static_cast<std::int64_t>(inferred.messages))
      .set("of", static_cast<std::int64_t>(inferred.of));
  return remark;
}

}  // namespace threadline::pipeline
