// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "findings/finding.h"
#include "policy/policy.h"

namespace threadline::findings {

/// Subjects of payment_pressure: what presses, and what honest people write too ("please pay today", "reply by mail only").
inline constexpr std::string_view kPressure = "pressure", kCourtesy = "courtesy";

/// Severities that findings of one message give each other (findings.md): a lookalike and a changed account stop a payment.
/// A courtesy is taken out where nothing raised it.
void combine(std::vector<Finding>& findings);

/// The policy's ceilings: "off" takes a code out, a severity caps it.
void limit_severities(std::vector<Finding>& findings, const policy::Policy& policy);

}  // namespace threadline::findings
