// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::message {

/// What a report part says happened, in lower case: of message/delivery-status the worst Action of its recipients ("failed",
/// "delayed", "delivered", "relayed", "expanded"; RFC 3464 section 2.3.3), of message/disposition-notification the disposition
/// ("displayed", "deleted", "processed" ...; RFC 8098 section 3.2.6.2). Empty for other types and where nothing is said.
[[nodiscard]] std::string report_action_of(std::string_view type, std::string_view content);

}  // namespace threadline::message
