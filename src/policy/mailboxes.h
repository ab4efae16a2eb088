// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::policy {

/// The key of an address's mailbox: lower case, and without what its provider overlooks by its own pages (the dots of Gmail, its
/// second domain). For comparing only; what is written stays as it is.
[[nodiscard]] std::string mailbox_of(std::string_view address);

/// Whether two addresses are one mailbox.
[[nodiscard]] bool is_same_mailbox(std::string_view left, std::string_view right);

}  // namespace threadline::policy
