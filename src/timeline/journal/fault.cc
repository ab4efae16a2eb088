// SPDX-License-Identifier: Apache-2.0
#include "timeline/journal/fault.h"

#include <algorithm>
#include <array>

namespace threadline::timeline::journal {
namespace {

constexpr std::array<const char*, 4> kNames{"unreadable", "out_of_place", "changed", "empty"};

const char* name_of(Fault::What what) { return kNames.at(static_cast<std::size_t>(what)); }

bool is_of(const Sorted& body, const Fault& fault) {
  return count_in(body, "entry") == fault.entry && count_in(body, "line") == fault.line &&
         text_in(body, "what") == name_of(fault.what);
}

}  // namespace

void Faults::hear(const Step& step) {
  if (step.fault) faults_.push_back(*step.fault);
  if (step.entry && step.entry->type == "broken") known_.emplace_back(step.entry->seq, step.entry->body);
}

std::uint64_t Faults::known_since(const Fault& fault) const {
  const auto found = std::ranges::find_if(known_, [&](const auto& one) { return is_of(one.second, fault); });
  return found == known_.end() ? 0 : found->first;
}

const Fault* Faults::unknown() const {
  const auto found = std::ranges::find_if(faults_, [&](const Fault& fault) { return known_since(fault) == 0; });
  return found == faults_.end() ? nullptr : &*found;
}

Sorted broken_body(const Fault& fault) {
  Sorted body{{"entry", fault.entry}, {"line", fault.line}, {"what", name_of(fault.what)}};
  if (!fault.detail.empty()) body["detail"] = fault.detail;
  return body;
}

}  // namespace threadline::timeline::journal
