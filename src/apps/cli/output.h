// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <ostream>
#include <string>

#include "base/result.h"

namespace threadline::apps {

/// "-o, --output FILE": a name, or nothing for standard output; "" (a script's variable that is not set) is no name.
void add_output_option(CLI::App& command, std::string& path);

/// Asked before the work, so that hours of it are not lost for a name that cannot be written: whether a file can be made beside
/// `path`. Whether the disk will be full is not known then. Errors: none can, or it is a folder; nothing is left or changed.
[[nodiscard]] Result<void> output_is_writable(const std::string& path);

/// Writes to standard output (`path` empty), or to the file whole or not at all: beside it first, on the disk, then in its place.
/// Errors: it cannot be written; nothing of the file is left then, and an older one is untouched.
[[nodiscard]] Result<void> write_output(const std::string& path, const std::function<void(std::ostream&)>& write);

/// The same where what writes may fail by itself: then the file stays as it was, and its error is answered.
[[nodiscard]] Result<void> write_checked_output(const std::string& path, const std::function<Result<void>(std::ostream&)>& write);

/// The same for what writes to a named file itself (a workbook): `write` gets the name of a file beside `path`.
[[nodiscard]] Result<void> replace_output(const std::string& path, const std::function<Result<void>(const std::string&)>& write);

}  // namespace threadline::apps
