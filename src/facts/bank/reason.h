// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// Whether fraud is the reason that the writer gives for a change of his own that is done, or what he denies: "suite \u00e0 une
/// usurpation, notre ancien compte a \u00e9t\u00e9 cl\u00f4tur\u00e9", "this is not a scam: our bank details have changed". Words
/// of kAdvice silence nothing then. Not where the change is of procedures, what mails say, or still to be checked.
[[nodiscard]] bool gives_fraud_as_reason(const Sentence& sentence);

}  // namespace threadline::facts
