// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/neighbour_words.h"

/// Banks as their customers call them, packed; not the register of bank codes (bank_codes.inc), whose names nobody writes.
namespace threadline::facts {

inline constexpr auto kBankNames = packed_words(
    "abn", "agricole", "bankinter", "barclays", "bbva", "belfius", "bnp", "bpi", "bred", "bunq", "caisse", "caixa", "chase",
    "cic", "citibank", "commerzb", "credit", "epargne", "fortuneo", "generale", "hsbc", "ing", "intesa", "kbc", "lcl", "lloyds",
    "metro", "millenni", "monzo", "mutuel", "natwest", "populair", "postale", "postbank", "qonto", "rabobank", "raiffeis", "rbs",
    "revolut", "sabadell", "santander", "societe", "sparkass", "starling", "triodos", "tsb", "unicredi", "volksban", "wise");

/// Of these the words that mean something else, too: names beside another one only ("Caisse d'\u00c9pargne", "Metro Bank").
inline constexpr auto kBankNamesOfWords = packed_words("caisse", "chase", "credit", "metro", "societe", "wise");

}  // namespace threadline::facts
