// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <tl/expected.hpp>

namespace threadline::inline base {

/// Why a job could not be done: what, in which file, and the way out.
/// Never used for odd input: that is a Note (evidence), see note.h.
struct Error {
  std::string what;
  std::string file;  ///< path, or empty
  std::string hint;  ///< what the user can do, or empty
};

template <class T>
using Result = tl::expected<T, Error>;

/// One line for standard error: "file: what (hint)".
[[nodiscard]] std::string to_line(const Error& error);

}  // namespace threadline::inline base
