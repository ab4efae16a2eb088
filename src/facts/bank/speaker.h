// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/bank/sentence.h"

namespace threadline::facts {

/// Whether the sentence tells of what others say or do, and the writer asks nothing himself: mails that go round ("e-mails in our
/// name that announce a new account"), third persons who ask third persons ("a colleague asks HR to change ..."), swindlers who
/// act, words between quotation marks that the reader is warned of. A heuristic for English and French; "attacked by hackers" and
/// whoever points to an account ("below", "attached") are left alone.
[[nodiscard]] bool tells_of_others(const Sentence& sentence);

/// Whether what is said of a salary is meant for all staff: "employees who wish to change ...", "you can update ...", "any
/// changes must reach us". Never where the writer speaks of himself.
[[nodiscard]] bool is_for_all_staff(const Sentence& sentence);

}  // namespace threadline::facts
