// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/limits.h"
#include "message/message.h"

namespace threadline::message {

/// Reads a journal report: one attached message, and a text that holds nothing but the lines of its envelope ("Sender:",
/// "To: a@b, Expanded: list@b", "Bcc:" ...). The message inside gets the Bcc recipients, and the sender on whose behalf, that its
/// own header lacks, with a note `from_journal`. A field X-MS-Journal-Report is neither needed nor enough: a sender could write
/// it to be taken for an envelope, so whatever holds anything else stays an ordinary message.
/// Source: Microsoft, "Journaling in Exchange Server", section "Journal reports"; archives of other vendors use the same form.
void read_journal_report(const Limits& limits, Message& message);

}  // namespace threadline::message
