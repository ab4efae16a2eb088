// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "facts/bank/account.h"

namespace threadline::facts {

/// Whether the words before an account (as they stand, some lines of them) say that it pays or that it is paid; the later words
/// win. Words of a payer count in the account's own sentence and where nothing parts them from it: "Impay\u00e9e depuis 30 jours
/// / IBAN : X" and "pas de pr\u00e9l\u00e8vement / IBAN : X" name the payee's. A debit that is announced may stand in the
/// sentence before.
[[nodiscard]] AccountRole role_before(std::string_view raw);

/// The same of the words behind it, within its paragraph.
[[nodiscard]] AccountRole role_behind(std::string_view raw);

/// Whether a debit stands in the last clause of the words, and no other way to pay behind it: what "sur ..." leads to is debited.
[[nodiscard]] bool follows_debit(std::string_view folded);

}  // namespace threadline::facts
