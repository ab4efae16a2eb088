// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "logs/event.h"
#include "logs/wanted.h"

namespace threadline::logs {

/// Joins the lines of one queue id into what happened to the mail: its Message-ID, sender and client on each line that remains
/// (accepted, delivered, bounced, deferred, held, rejected); lines that say no more are left out. Queue ids are used again: a
/// mail ends with "removed", or where another Message-ID comes. Mails that nothing wanted names are left out. Where every record
/// is wanted (Wanted::every_record) none is left out, and what happened is told all the same: findings do not depend on it.
/// Events without a queue id stay as they are. Order: the events' own.
[[nodiscard]] std::vector<Event> joined_queues(std::vector<Event> events, const Wanted& wanted);

}  // namespace threadline::logs
