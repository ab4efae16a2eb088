// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "timeline/journal/entry.h"
#include "timeline/shown.h"

namespace threadline::timeline::journal {

/// Its id rests on the entry's place in the chain.
[[nodiscard]] std::string action_row_id(const Entry& entry);

/// The row that an entry other than `row` and `revision` gives: what a responder did, or what one wrote by hand. Its time is
/// that of the entry, shown in `zone` (empty: UTC), or the one that was stated.
[[nodiscard]] ShownRow action_row(const Entry& entry, Language language, const std::string& zone);

/// Says when that was in the case's zone (IANA), as rows of entries do; in UTC where it has none.
void set_shown_time(Remark& remark, const std::string& zone);

}  // namespace threadline::timeline::journal
