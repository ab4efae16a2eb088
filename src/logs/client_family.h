// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::logs {

/// What stays of a client's name from one update to the next: no versions, lower case. Empty for an empty name.
[[nodiscard]] std::string client_family(std::string_view client);

/// Whether two families may be one client. Exchange writes "Client=OWA;Action=ViaProxy" of a browser that it calls
/// "Client=OWA;Mozilla/5.0 (...)" elsewhere: the program counts, and the browser where both name one.
[[nodiscard]] bool is_same_client(std::string_view one, std::string_view other);

/// Whether the client signs in with a password alone, so that no second factor stands in an intruder's way
/// (legacy_clients.def).
[[nodiscard]] bool is_legacy_client(std::string_view client);

}  // namespace threadline::logs
