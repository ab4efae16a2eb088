// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/facts.h"

namespace threadline::findings {

/// Documents of the one copy in whose place the other has another: of the same name, or where none is the same. Texts, pictures,
/// calendars, signatures and messages are left out (export programs and gateways write them anew), and what is only missing.
[[nodiscard]] std::vector<const message::Attachment*> exchanged_documents(const facts::Facts& here, const facts::Facts& there);

}  // namespace threadline::findings
