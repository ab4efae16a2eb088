// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/facts.h"

namespace threadline::findings {

/// Documents of the one copy in whose place the other has another: of the same name, or where none is the same. Texts, pictures,
/// calendars, signatures and messages are left out (export programs and gateways write them anew), and what is only missing.
[[nodiscard]] std::vector<const message::Attachment*> exchanged_documents(const facts::Facts& here, const facts::Facts& there);
/// Accounts to be paid on that the one copy has and the other has nowhere, each once.
[[nodiscard]] std::vector<const facts::Account*> lone_accounts(const facts::Facts& here, const facts::Facts& there);

/// Each copy has a document, or an account, in place of the other's: two messages (findings.md, copies_differ).
[[nodiscard]] bool are_exchanged(const facts::Facts& here, const facts::Facts& there);

}  // namespace threadline::findings
