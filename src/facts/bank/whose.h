// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/account_place.h"

namespace threadline::facts {

/// Whether the words right beside an account say that it is the reader's ("X (your account)", "the IBAN you gave us"), that the
/// writer pays on it ("we refunded to X"), or that it is a payer's ("the transfer leaves from X"). Nothing where its sentence
/// asks for a payment there: a swindler writes "your account" and "refund" as well. A heuristic in seven languages, by classes of
/// words.
[[nodiscard]] bool is_readers_or_payers(const AccountPlace& place);

/// Whether the words beside an account bring money there although they sound otherwise: "in favour of our account X", "instead of
/// the direct debit: X", "don't forget to pay to X".
[[nodiscard]] bool is_offered_by_words(const AccountPlace& place);

/// Whether more than names and labels stands between the account before and this one.
[[nodiscard]] bool is_introduced_anew(const AccountPlace& place);

/// Whether the words beside an account say that swindlers name it ("a fake mail goes round with IBAN X. It is not ours") or that
/// nobody is to pay there ("whatever you do, don't pay into X"). Nothing where another sentence alone says so.
[[nodiscard]] bool is_warned_of_by_words(const AccountPlace& place);

}  // namespace threadline::facts
