// SPDX-License-Identifier: Apache-2.0
#include "pipeline/own_side.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include "memory/side_names.h"

namespace threadline::pipeline {
namespace {

constexpr std::string_view kDomain = "domain:";
constexpr std::string_view kAddress = "address:";

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

std::optional<InferredSide> infer_own_side(const std::vector<std::shared_ptr<facts::Facts>>& messages,
                                           const policy::Policy& policy, const EarlierMessages& earlier) {
  const policy::Sides sides(policy);
  std::map<policy::Side, std::uint64_t> counts;
  const memory::SideNames names(policy);
  for (const auto& [side, count] : earlier.sides) {
    if (const policy::Side named = names.named(side); !named.starts_with("party:")) counts[named] += count;
  }
  for (const auto& message : messages) {
    if (message->kind == facts::MessageKind::journal_report) continue;
    for (const auto& side : sides_taking_part(*message, sides)) {
      if (!side.starts_with("party:")) ++counts[side];
    }
  }
  const auto most = std::ranges::max_element(counts, {}, &decltype(counts)::value_type::second);
  if (most == counts.end()) return std::nullopt;
  const auto as_many = std::ranges::count(counts, most->second, &decltype(counts)::value_type::second);
  if (as_many > 1) return std::nullopt;
  return InferredSide{most->first, most->second, messages.size() + earlier.messages};
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
