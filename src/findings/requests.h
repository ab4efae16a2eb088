// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "findings/detector.h"

namespace threadline::findings {

/// A code that rests on wording alone.
struct RequestCode {
  std::string_view code;
  std::string_view subject;             ///< Finding::subject
  std::vector<std::string_view> kinds;  ///< facts::Request::kind
  Severity severity = Severity::info;
  std::string_view attack;
};

/// One finding where the new text holds a request of one of those kinds, with each of its places.
[[nodiscard]] std::vector<Finding> request_claims(const Case& it, const RequestCode& code);

/// Whether the new text holds one of that kind; of a case, whatever its sender says (Context::says).
[[nodiscard]] bool requests(const facts::Facts& facts, std::string_view kind);
[[nodiscard]] bool requests(const Case& it, std::string_view kind);

/// Whether it is about the account of a salary, changed or first.
[[nodiscard]] bool is_about_salary(const facts::Facts& facts);

/// Whether it tells of another account for payments than before, or where to pay from now on.
[[nodiscard]] bool moves_payments(const facts::Facts& facts);
[[nodiscard]] bool moves_payments(const Case& it);

}  // namespace threadline::findings
