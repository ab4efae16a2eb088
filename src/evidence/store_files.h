// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace threadline::evidence {

/// Whether a file of this name is what mail stores and desktops keep beside messages (.DS_Store, dovecot-uidlist ...): not
/// evidence, and not worth a row.
[[nodiscard]] bool is_store_file(std::string_view name);

}  // namespace threadline::evidence
