// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "apps/gateway/front.h"
#include "base/result.h"

namespace threadline::gateway {

/// Who may connect to a Unix socket.
struct SocketRights {
  unsigned mode = 0660;
  std::string group;  ///< empty: the process's
};

/// Listens at "unix:/path" (or "/path"), "inet:port@host" (every connection sends at once: TCP_NODELAY) or takes "fd:3", which
/// whoever started the process opened. Errors: it cannot be, with the place.
[[nodiscard]] Result<int> open_listener(const std::string& place, const SocketRights& rights);
/// Removes the file of a Unix socket that open_listener made.
void remove_socket(const std::string& place);

/// A Unix socket that has no file: its name is the kernel's choice.
[[nodiscard]] Result<int> open_inner_listener(JudgePlace& place);

/// From here on the process is that user's, with his groups. Errors: no such user; not allowed.
[[nodiscard]] Result<void> become_user(const std::string& name);

}  // namespace threadline::gateway
