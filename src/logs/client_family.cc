// SPDX-License-Identifier: Apache-2.0
#include "logs/client_family.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace threadline::logs {
namespace {

constexpr auto kLegacy = std::to_array<std::string_view>({
#define THREADLINE_LEGACY_CLIENT(name) name,
#include "logs/legacy_clients.def"
#undef THREADLINE_LEGACY_CLIENT
});

bool is_of_version(char c) { return (c >= '0' && c <= '9') || c == '.' || c == '_'; }

}  // namespace

std::string client_family(std::string_view client) {
  std::string family = text::ascii_lower(text::trimmed(client));
  std::erase_if(family, is_of_version);
  return std::string(text::trimmed(family));
}

bool is_same_client(std::string_view one, std::string_view other) {
  constexpr std::string_view kExchange = "client=";
  if (one == other) return true;
  if (!one.starts_with(kExchange) || !other.starts_with(kExchange)) return false;
  const auto program = [](std::string_view family) { return family.substr(0, family.find(';')); };
  const auto browser = [](std::string_view family) { return family.substr(std::min(family.find("mozilla"), family.size())); };
  return program(one) == program(other) && (browser(one).empty() || browser(other).empty() || browser(one) == browser(other));
}

bool is_legacy_client(std::string_view client) {
  const std::string lower = text::ascii_lower(text::trimmed(client));
  return std::ranges::any_of(kLegacy, [&](std::string_view name) { return lower.starts_with(name); });
}

}  // namespace threadline::logs
