// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// Leaves notes (remarks) about what a mail program wrote into the message when it kept it: Thunderbird's X-Mozilla-Status
/// (marked deleted but still there, read, answered ...) and detached attachments, Gmail's labels, c-client's Status; and takes
/// the envelope that amavis wrote in front of a quarantined message. Nothing of the message changes.
/// X-Mozilla-*, X-GM-*, X-Gmail-* and amavis' fields count only where the program puts them, before the first field of another
/// kind: below it the sender may have written them. A detached part's field is the part's own word.
/// Source: Mozilla's nsMsgMessageFlags.h; Google Takeout's mbox; c-client's docs/mailbox.txt; amavisd-new's README.
void read_mailbox_fields(Item& item);

/// Whether the message is c-client's pseudo-message, which keeps a folder's own records and is no mail: its subject, an
/// X-IMAP field, and the text that says so. Source: c-client, src/osdep/unix/unix.c (pseudo_msg).
[[nodiscard]] bool is_folder_record(std::string_view message);

}  // namespace threadline::evidence
