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

/// Errors: no form of a socket's place, or a number that is no port.
[[nodiscard]] Result<void> check_place(const std::string& place);
/// Errors: nobody is called so. "" is nobody wanted.
[[nodiscard]] Result<void> check_group(const std::string& name);
[[nodiscard]] Result<void> check_user(const std::string& name);

/// Listens at "unix:/path" (or "/path"), "inet:port@host" (every connection sends at once: TCP_NODELAY) or takes "fd:3", which
/// whoever started the process opened. A Unix socket that nobody listens at any more is replaced. Errors: it cannot be, with the
/// place; another process listens there.
[[nodiscard]] Result<int> open_listener(const std::string& place, const SocketRights& rights);
/// Removes the file of a Unix socket that nobody listens at any more.
void remove_socket(const std::string& place);

/// A Unix socket that has no file: its name is the kernel's choice.
[[nodiscard]] Result<int> open_inner_listener(JudgePlace& place);

/// From here on the process is that user's, with his groups. Errors: no such user; not allowed.
[[nodiscard]] Result<void> become_user(const std::string& name);

}  // namespace threadline::gateway
