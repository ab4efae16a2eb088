// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace threadline::policy {

/// Networks of the policy, compiled. Errors: what is no network, by its place.
class Networks {
 public:
  [[nodiscard]] static Result<Networks> read(const std::vector<std::string>& written);
  [[nodiscard]] bool holds(std::string_view ip) const;  ///< an IPv4 or IPv6 address, "IPv6:" before it or not
  [[nodiscard]] bool is_empty() const { return all_.empty(); }

 private:
  struct Network {
    std::array<std::uint8_t, 16> address{};  ///< IPv4 mapped into IPv6
    unsigned prefix = 128;
  };
  std::vector<Network> all_;
};

}  // namespace threadline::policy
