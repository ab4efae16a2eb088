// SPDX-License-Identifier: Apache-2.0
#include "base/result.h"

namespace threadline::inline base {

std::string to_line(const Error& error) {
  std::string line = error.file.empty() ? error.what : error.file + ": " + error.what;
  if (!error.hint.empty()) line += " (" + error.hint + ")";
  return line;
}

}  // namespace threadline::inline base
