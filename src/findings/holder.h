// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "findings/context.h"

namespace threadline::findings {

/// Whether an account's holder bears the name of a side.
enum class HolderFit {
  unknown,  ///< no holder is written, or no name of the side is known
  side,
  other,
};

/// Compares the holder's words with the side's names: the policy's name of a counterparty, the labels of its domains, for a side
/// that is one address its local part and `person` (the name that it writes under). A heuristic: one telling word in common, or a
/// label that is the initials of the holder, is the side; a trade name unlike the domain is taken for another's.
[[nodiscard]] HolderFit holder_fit(std::string_view holder, const policy::Side& side, std::string_view person,
                                   const Ground& ground);

/// Whether the holder's words are a side's whole name, but for legal forms and how words are joined: "Maison Tavel SARL" for
/// maison-tavel.example. A shared word is not enough.
[[nodiscard]] bool bears_name_of(std::string_view holder, const policy::Side& side, const Ground& ground);

/// Whether a text names that counterparty of the policy: its name's words one behind the other, legal forms aside, or one of its
/// domains. Limits: 20,000 bytes of the text are read.
[[nodiscard]] bool is_named_in(std::string_view text, const policy::Side& side, const Ground& ground);

/// Whether two holders are written for the same one: equal but for case, accents, order, punctuation and legal form. Two absent
/// holders are the same, one absent is not.
[[nodiscard]] bool is_same_holder(std::string_view left, std::string_view right);

/// Whether an account is held under that person's name: all words of the one stand in the other.
[[nodiscard]] bool is_held_by(std::string_view holder, std::string_view person);

}  // namespace threadline::findings
