// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "findings/context_steps.h"
#include "findings/detector.h"

namespace threadline::findings {

/// An account of a quoted message that its original does not hold, or holds in another's place.
struct AlteredAccount {
  const facts::Account* account = nullptr;  ///< in the facts of the message that quotes
  std::string original;                     ///< the account in whose place it stands; empty: it was put in beside the others
  bool exchanged = false;                   ///< both stand in the original, each in the other's place
  bool known = false;                       ///< filled in (is_filled_in), and known for the sender's side before
};

/// The accounts of a quoted message (index in Conversation::quoted) that are none of its original's; none where the original is
/// not in evidence. What one can pay to counts wherever it stands. One that fails its check digits, or whose digits are masked,
/// counts where it stands in another's place and says another: an account that was cut off, glued to the word behind it or
/// masked, by whatever end, is still the same. A heuristic: of a masked one the ends that can be seen are compared.
[[nodiscard]] std::vector<AlteredAccount> altered_accounts(const Case& it, std::size_t index);

/// The same of what the other alternative of the body says in its place (`told`, of Conversation::told_otherwise).
[[nodiscard]] std::vector<AlteredAccount> altered_accounts(const Case& it, const facts::OtherTelling& told);

/// Whether the sender answers with that account inside the quote of somebody else's message (`original`, nullptr where it is not
/// in evidence): put in where the original has none in its place, and marked or announced as an answer. It is the sender's own
/// word.
[[nodiscard]] bool is_answered_account(const facts::Facts& facts, const memory::Record* original, const facts::Account& account);

/// Whether the sender put the account into a quoted message of those to whom alone he writes, which had none in its place: as
/// who completes a form that they sent. It is the sender's own word, and nobody else reads it as theirs.
[[nodiscard]] bool is_filled_in(const Setting& setting, const Context& context, const facts::Account& account);

}  // namespace threadline::findings
