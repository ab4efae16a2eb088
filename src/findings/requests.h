// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "findings/detector.h"

namespace threadline::findings {

/// A code that rests on wording alone.
struct RequestCode {
  std::string_view code;
  std::string_view kind;  ///< facts::Request::kind
  Severity severity = Severity::info;
  std::string_view attack;
};

/// One finding where the new text holds a request of that kind, with each of its places.
[[nodiscard]] std::vector<Finding> request_claims(const Case& it, const RequestCode& code);

}  // namespace threadline::findings
