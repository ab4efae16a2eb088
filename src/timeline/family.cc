// SPDX-License-Identifier: Apache-2.0
#include "timeline/family.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace threadline::timeline {
namespace {

/// The messages by where they stand; those of which there are copies by each place.
using Places = std::unordered_map<std::string_view, const Judged*>;

Places places_of(const std::vector<Judged>& all) {
  Places places;
  for (const Judged& one : all) {
    places.emplace(one.facts->source, &one);
    for (const std::string& source : one.facts->sources) places.emplace(source, &one);
  }
  return places;
}

/// The message that holds what stands at "mail.eml/2" or "mail.eml/2!folder/name", the innermost; nullptr where none does.
const Judged* holder_of(std::string_view source, const Places& places) {
  for (auto slash = source.rfind('/'); slash != std::string_view::npos; slash = source.rfind('/')) {
    source = source.substr(0, slash);
    if (const auto found = places.find(source); found != places.end()) return found->second;
  }
  return nullptr;
}

void add_copies(const Judged& one, const Places& places, Family& family) {
  for (const std::string& source : one.facts->sources) {
    const Judged* holder = holder_of(source, places);
    if (holder == nullptr || holder == &one || holder->facts->sha256 == one.facts->carrier) continue;
    std::vector<Child>& children = family[holder->facts->sha256];
    if (children.empty() || children.back().message != &one) children.push_back({&one, true});
  }
}

}  // namespace

Family family_of(const std::vector<Judged>& all) {
  const Places places = places_of(all);
  Family family;
  for (const Judged& one : all) {
    if (!one.facts->carrier.empty()) family[one.facts->carrier].push_back({&one, false});
    if (one.facts->sources.size() > 1) add_copies(one, places, family);
  }
  for (auto& [carrier, children] : family)
    std::ranges::stable_sort(children, {}, [](const Child& child) { return child.message->facts->input_order; });
  return family;
}

std::vector<const Judged*> outermost(const std::vector<Judged>& all) {
  const Places places = places_of(all);
  std::unordered_set<std::string_view> known;
  for (const Judged& one : all) known.insert(one.facts->sha256);
  const auto is_apart = [&](const std::string& source) { return holder_of(source, places) == nullptr; };
  std::vector<const Judged*> found;
  for (const Judged& one : all) {
    const std::string& carrier = one.facts->carrier;
    const bool is_alone = carrier.empty() || carrier == one.facts->sha256 || !known.contains(carrier);
    if (is_alone || std::ranges::any_of(one.facts->sources, is_apart)) found.push_back(&one);
  }
  std::ranges::stable_sort(found, {}, [](const Judged* one) { return one->facts->input_order; });
  return found;
}

}  // namespace threadline::timeline
