// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/note.h"

namespace threadline::message {

/// The RTF in a PidTagRtfCompressed value.
struct Rtf {
  std::string bytes;
  std::vector<Note> notes;  ///< malformed_rtf (wrong CRC, unknown compression, cut short), parser_remark (wrong sizes), limit
};

/// Undoes LZFu and MELA (uncompressed). Nothing is allocated from a size that the header claims.
/// Limits: rtf_bytes. Source: MS-OXRTFCP.
[[nodiscard]] Rtf read_compressed_rtf(std::string_view compressed, const Limits& limits);

}  // namespace threadline::message
