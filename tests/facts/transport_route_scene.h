// SPDX-License-Identifier: Apache-2.0
// Chains of Received fields for transport_route_test.cc and transport_border_test.cc.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/transport/hop.h"

namespace threadline::facts {

using Field = std::pair<const char*, std::string>;

/// Fields as they stand in a header, top first.
inline message::Message message_of(const std::vector<Field>& fields) {
  message::Message message;
  std::uint64_t offset = 0;
  for (const auto& [name, value] : fields) {
    message.headers.push_back({name, value, value, offset, offset + std::string_view(name).size() + 1});
    offset += std::string_view(name).size() + value.size() + 3;
  }
  return message;
}

inline Route route_of(const std::vector<Field>& fields, const std::vector<std::string>& relays = {}, const Limits& limits = {}) {
  return read_route(message_of(fields), relays, limits);
}

inline const Field kStore{
    "Received",
    "from mx.firm.example (mx.firm.example [10.0.0.5]) by store.firm.example (Postfix) with ESMTP id 3; Thu, 5 "
    "Apr 2018 10:00:10 +0200"};
inline const Field kEntry{
    "Received",
    "from out.sender.example (out.sender.example [192.0.2.9]) by mx.firm.example (Postfix) with ESMTPS id 2; Thu, "
    "5 Apr 2018 10:00:07 +0200"};
inline const Field kOrigin{
    "Received",
    "from pc (isp.example [198.51.100.3]) by out.sender.example (Postfix) with ESMTPSA id 1; Thu, 5 Apr 2018 08:00:00 +0000"};

}  // namespace threadline::facts
