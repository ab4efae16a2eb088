// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/limits.h"
#include "base/note.h"
#include "evidence/tnef_writer.h"

namespace threadline::evidence {

/// An item of a store as libpff gives it: its type is hidden from everybody but its readers.
using PffItem = std::intptr_t;

struct PstItem {
  TnefObject object;
  std::vector<Note> notes;  ///< what of it could not be read, or was over a limit
  bool is_lost = false;     ///< nothing of it could be read; the note says why
};

/// The item with all its properties as they are stored (RTF compressed, strings undecoded), recipients, attachments and embedded
/// messages. Of PidTagSubject the two characters are taken away with which a store says how long the prefix is
/// (MS-PST section 2.5.3.1.1.1). Runs in the confined child only: it calls libpff over hostile bytes.
/// Limits: message_bytes (values of one item), mapi_properties, addresses (recipients), mapi_attachments, nested_depth,
/// nested_messages.
[[nodiscard]] PstItem read_pst_item(PffItem* item, const Limits& limits);

}  // namespace threadline::evidence
