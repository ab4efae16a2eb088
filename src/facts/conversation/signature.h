// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "facts/conversation/conversation.h"

namespace threadline::facts {

/// The end of a text that is a signature, and whether a phone or tablet wrote it.
struct Signature {
  std::string text;  ///< empty when none was found
  bool mobile = false;
};

/// Finds where the words of a text end and its signature begins. From the end upwards: programs' footers ("Sent from my iPhone"),
/// disclaimers, footers of lists and virus scanners; a delimiter line ("-- ", "__", an em dash); a closing formula ("Best
/// regards") or the writer's own name that nothing but contact lines follows, one telephone number, link or address among them.
/// A heuristic. A closing with a name but no contact line is no signature: it is what the writer wrote. Wrong where a person's
/// own words stand below "--" (at most 25 lines) or in the same paragraph as a disclaimer's beginning; footers of other wordings
/// are not known. Limits: only the last 80 lines and 32 KiB are looked at; a signature that begins above begins later here.
[[nodiscard]] Signature find_signature(std::string_view text, std::string_view writer = {});

/// Sets the signatures of the new text (written by `writer`, as the message's From shows him) and of the quoted messages; a
/// longer one that is there, from markup, stays.
void find_signatures(Conversation& conversation, std::string_view writer);

}  // namespace threadline::facts
