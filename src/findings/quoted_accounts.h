// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "findings/account_match.h"
#include "findings/detector.h"

namespace threadline::findings {

/// Accounts that stand first in a quoted or forwarded level of this message: neither its new text nor an earlier message shows
/// them, nor the original of that level where it is in evidence. Each once, of the deepest level that shows it, in the order of
/// the text. Not among them: accounts of the own side or the sender's own (unless somebody imitates them), and one that is in
/// doubt already, unless who writes takes somebody's place.
[[nodiscard]] std::vector<Presented> first_quoted(const Case& it);

/// What that side had before an account of `first_quoted`: real messages and the ledger; where these have nothing, deeper levels
/// of this message and quoted copies of earlier ones.
[[nodiscard]] Baseline baseline_behind(const Presented& quoted, const Case& it);

/// Whether an honest carrier (a colleague, that side itself, nobody's stand-in) quotes words older than anything that is known
/// of the side, or without a date: an account that was given up before the evidence begins is no change.
[[nodiscard]] bool is_old_history(const Presented& quoted, const Baseline& before, const Case& it);

/// Of the level's author, whose domain imitates another's (lookalike_domain in the quoted heading); nullptr: it does not.
[[nodiscard]] const LookalikeUse* quoted_lookalike(const Presented& quoted, const Context& context);
[[nodiscard]] inline bool is_quoted_lookalike(const Presented& quoted, const Context& context) {
  return quoted_lookalike(quoted, context) != nullptr;
}

}  // namespace threadline::findings
