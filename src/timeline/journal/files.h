// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/descriptor.h"
#include "base/result.h"

namespace threadline::timeline::journal {

/// What errno says about that file.
[[nodiscard]] Error failure(const std::string& what, const std::string& path);
/// A name in a folder is on the disk after this.
void sync_folder(const std::string& folder);
/// Makes the folder where it is missing. Errors: it cannot be made.
[[nodiscard]] Result<void> make_folder(const std::string& folder);
/// Writes a file once, read-only, on the disk when this answers; a file of that name stays as it is (names are digests).
/// Errors: it cannot be written.
[[nodiscard]] Result<void> file_away(const std::string& path, std::string_view bytes);

}  // namespace threadline::timeline::journal
