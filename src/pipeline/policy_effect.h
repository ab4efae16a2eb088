// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "policy/policy.h"

namespace threadline::pipeline {

/// What a policy says that has no effect in this version, as doubts to be told: a code that the program does not know (a later
/// one may), an account in no notation that it reads, a domain that is nobody's own. Errors: what is a slip in every version,
/// with its place: a code that is a letter or two beside a known one, an IBAN of the registry whose length or check digits are
/// wrong.
[[nodiscard]] Result<std::vector<Error>> doubts_about(const policy::Policy& policy, const std::string& file);

}  // namespace threadline::pipeline
