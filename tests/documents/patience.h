// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/limits.h"

namespace threadline::documents {

/// Limits that leave programs time on a busy machine: what they read is tested, not how fast.
inline Limits patient(Limits limits = {}) {
  limits.program_ms = 120'000;
  limits.programs_ms = 600'000;
  limits.budget_ms = 700'000;
  return limits;
}

}  // namespace threadline::documents
