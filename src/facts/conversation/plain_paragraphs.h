// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "facts/conversation/conversation.h"
#include "message/message.h"

namespace threadline::facts {

/// text/plain as a person reads it, with the way back to its bytes: lines that flow are one (RFC 3676 section 4), uuencoded files
/// are left out. The quote marks of a paragraph stand before its first line only, with the space that stuffs it.
/// A paragraph ends at another depth, at an empty line and at a signature's "-- "; and where its first line and the next one are
/// "Label: value" both: programs that pad header blocks and lists of bank details with blanks meant lines.
[[nodiscard]] ReadText read_paragraphs(const message::Text& part);

}  // namespace threadline::facts
