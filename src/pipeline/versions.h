// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace threadline::pipeline {

/// The libraries and tables that a result depends on, each with its version: what --version prints and a case keeps.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> versions();

}  // namespace threadline::pipeline
