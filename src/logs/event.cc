// SPDX-License-Identifier: Apache-2.0
#include "logs/event.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace threadline::logs {
namespace {

struct ActEntry {
  std::string_view name;
  Weight weight;
};

constexpr auto kActEntries = std::to_array<ActEntry>({
#define THREADLINE_LOG_ACT(code, weight) {#code, Weight::weight},
#include "logs/acts.def"
#undef THREADLINE_LOG_ACT
});

struct FormatEntry {
  std::string_view code, title;
};

constexpr auto kFormatEntries = std::to_array<FormatEntry>({
#define THREADLINE_LOG_FORMAT(code, name) {#code, name},
#include "logs/formats.def"
#undef THREADLINE_LOG_FORMAT
});

}  // namespace

std::string_view name_of(Act act) { return kActEntries[static_cast<std::size_t>(act)].name; }

std::optional<Act> act_named(std::string_view name) {
  const auto found = std::ranges::find(kActEntries, name, &ActEntry::name);
  if (found == kActEntries.end()) return std::nullopt;
  return static_cast<Act>(found - kActEntries.begin());
}

Weight weight_of(Act act) { return kActEntries[static_cast<std::size_t>(act)].weight; }

std::string_view code_of(Format format) { return kFormatEntries[static_cast<std::size_t>(format)].code; }

std::string_view title_of(Format format) { return kFormatEntries[static_cast<std::size_t>(format)].title; }

const std::string* parameter_of(const Event& event, std::string_view name) {
  const auto found =
      std::ranges::find_if(event.parameters, [&](const auto& one) { return text::equal_ascii_nocase(one.first, name); });
  return found == event.parameters.end() ? nullptr : &found->second;
}

}  // namespace threadline::logs
