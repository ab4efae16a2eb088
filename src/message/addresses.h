// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "base/limits.h"
#include "message/message.h"

namespace threadline::message {

/// The mailboxes of an address field (RFC 5322 section 3.4, tolerant), groups flattened, names decoded. A value that GMime reads
/// as nothing is read as running text. `cut` is set when Limits::addresses left some out.
struct Addresses {
  std::vector<Address> list;
  bool cut = false;
  bool has_two_domains = false;  ///< "<a@one.example@two.example>" stands in it: the address leads to the last domain
};
[[nodiscard]] Addresses read_addresses(const std::string& unfolded_value, const Limits& limits);

}  // namespace threadline::message
