// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "facts/facts.h"

namespace threadline::findings {

/// The base subjects that a quoted level may have had: the one that it prints; else the carrier's, that behind its tags, and what
/// stands there before an addition: before an account and the words that label it ("Invoice 12, our new IBAN FR76 ..."), before
/// a dash or a bracket. A heuristic: three words, two marks.
[[nodiscard]] std::vector<std::string> subjects_of(const facts::QuotedBlock& block, const facts::Facts& carrier);

}  // namespace threadline::findings
