// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "message/cfb.h"

namespace threadline::message {

/// Where entries whose parent is lost belong, as far as that is certain.
struct LostMembers {
  std::vector<std::uint32_t> message;  ///< of the message itself
  std::vector<std::uint32_t> names;    ///< of its named property mapping
  std::uint64_t left_out = 0;          ///< that could belong to an embedded message or an attachment
};

/// Sorts them by what stands with them in one tree of siblings: __nameid_version1.0 is at the top only; a subject or a recipient
/// is a message's, and the message is the top one where no embedded message lacks its members; the streams of the name mapping
/// come together; what is an attachment's or recipient's stays out.
[[nodiscard]] LostMembers sort_lost(const CompoundFile& file);

}  // namespace threadline::message
