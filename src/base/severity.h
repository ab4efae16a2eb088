// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace threadline::inline base {

/// How much a finding asks of the reader (findings.md).
enum class Severity { info, low, medium, high, critical };

[[nodiscard]] std::string_view name_of(Severity severity);
[[nodiscard]] std::optional<Severity> severity_named(std::string_view name);

}  // namespace threadline::inline base
