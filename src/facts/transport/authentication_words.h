// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace threadline::facts {

/// What stands between two semicolons of an authentication field: words alone, and "key=value" pairs.
struct AuthSegment {
  std::vector<std::string> words;                          ///< before the first pair, quotes removed
  std::vector<std::pair<std::string, std::string>> pairs;  ///< key lower case; "dkim/1" stays whole
};

/// Splits a value of Authentication-Results and its kin (RFC 8601 section 2.2): comments, nested ones too, and folding anywhere,
/// also around "=", "." and "/" (as Microsoft and old software write); quoted strings; a value goes on to white space, a
/// comment or ";", so that base64 may stand in it. Empty segments are left out. Linear in its input.
[[nodiscard]] std::vector<AuthSegment> split_auth_value(std::string_view value);

}  // namespace threadline::facts
