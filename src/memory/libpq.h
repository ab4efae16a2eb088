// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace threadline::memory {

/// Whether libpq is there. It is loaded by the first that asks: it brings some 15 more libraries (Kerberos, LDAP, TLS), which a
/// program without such a store has no use for. Where it is absent none of its functions may be called. Threads: any.
[[nodiscard]] bool is_libpq_there();

}  // namespace threadline::memory
