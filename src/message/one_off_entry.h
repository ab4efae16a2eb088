// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "message/message.h"

namespace threadline::message {

/// The person that a one-off entry id names; empty where it is another kind of entry id, or not an SMTP address.
/// `charset` is that of 8-bit strings. Source: MS-OXCDATA section 2.2.5.1.
[[nodiscard]] Address read_one_off_entry(std::string_view entry_id, std::string_view charset);

/// The persons of a FlatEntryList. Limits: addresses. Source: MS-OXCDATA section 2.3.3.
[[nodiscard]] std::vector<Address> read_flat_entry_list(std::string_view list, std::string_view charset, const Limits& limits);

}  // namespace threadline::message
