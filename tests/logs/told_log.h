// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "logs/reader.h"

namespace threadline::logs {

/// What a log's bytes come to when every record is wanted.
struct ToldLog {
  std::optional<Layout> layout;
  std::vector<Event> events;
  std::uint64_t undecodable = 0;
  std::vector<Undecodable> shown;
};

[[nodiscard]] ToldLog tell_log(const std::string& bytes, const Settings& settings = {},
                               std::optional<Instant> written = std::nullopt);

/// "act time actor ip target outcome", with "-" for what is empty.
[[nodiscard]] std::string line_of(const Event& event);
[[nodiscard]] std::vector<std::string> lines_of(const ToldLog& told);

}  // namespace threadline::logs
