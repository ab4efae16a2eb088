// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/limits.h"
#include "facts/bank/account.h"
#include "message/message.h"

namespace threadline::facts {

/// Accounts in a body's conditional comments, which Outlook for Windows shows and no other client does: those that pass their
/// check. `offset`: minutes of the zone that dates without one are taken to have.
[[nodiscard]] std::vector<Account> accounts_for_outlook(const message::Text& text, int offset, const Limits& limits);

}  // namespace threadline::facts
