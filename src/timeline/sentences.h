// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/note.h"
#include "findings/finding.h"
#include "timeline/judged.h"
#include "timeline/words.h"

namespace threadline::timeline {

/// What the finding says, in one line filled from its evidence ("Le domaine ... imite ...").
[[nodiscard]] std::string sentence_of(const findings::Finding& finding, Language language);

/// What a remark about the evidence says, in one line.
[[nodiscard]] std::string sentence_of(const EvidenceRemark& remark, Language language);

/// The members of an evidence object as values of a phrase: lists in short, words of ours in the language.
[[nodiscard]] Values values_of(const Value& evidence, Language language);

/// The code's short title ("domaine imitant un domaine connu"); the code itself where words.def has none.
[[nodiscard]] std::string title_of(const std::string& code, Language language);

/// Notes in one line: "words: text; words: text", the first few and how many more.
[[nodiscard]] std::string notes_line(const std::vector<Note>& notes, Language language);

/// An account as people read it: an IBAN in groups of four, anything else as it is.
[[nodiscard]] std::string grouped_account(const std::string& value);

}  // namespace threadline::timeline
