// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "apps/serve/snapshot.h"

namespace threadline::apps::serve {

/// The sessions in which something of medium or more was found, as explain tells them (timeline/log_story.h): {"sessions":
/// [{"title", "account", "ip", "session", "severity", "left_out", "records": [{"row", "time", "zone", "act", "text", "subject",
/// "mails", "struck", "findings": [{"code", "severity", "sentence"}]}]}]}. Limits: answer_rows records in all.
[[nodiscard]] std::string sessions_json(const Snapshot& snapshot, Language language, const Limits& limits);

}  // namespace threadline::apps::serve
