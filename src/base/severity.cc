// SPDX-License-Identifier: Apache-2.0
#include "base/severity.h"

#include <algorithm>
#include <array>

namespace threadline::inline base {
namespace {

constexpr std::array<std::string_view, 5> kNames{"info", "low", "medium", "high", "critical"};

}  // namespace

std::string_view name_of(Severity severity) { return kNames.at(static_cast<std::size_t>(severity)); }

std::optional<Severity> severity_named(std::string_view name) {
  const auto* found = std::ranges::find(kNames, name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Severity>(found - kNames.begin());
}

}  // namespace threadline::inline base
