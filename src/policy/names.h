// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "policy/policy.h"

namespace threadline::policy {

/// Whether a text can be a mail domain as a policy names it: no address, URL, pattern or empty label. Names of other scripts and
/// of one label can.
[[nodiscard]] bool can_be_domain(std::string_view text);

/// Whether a text is one address alone, a local part at such a domain.
[[nodiscard]] bool can_be_address(std::string_view text);

/// The first name of the policy that no mail can ever bear (a domain, an address, a relay), or that stands on the own side and
/// on a counterparty's; nothing where all can. Errors have the place as a JSON pointer.
[[nodiscard]] std::optional<Error> impossible_name(const Policy& policy, const std::string& file);

}  // namespace threadline::policy
