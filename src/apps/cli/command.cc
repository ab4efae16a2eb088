// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/command.h"

#include <cerrno>
#include <cstring>
#include <iostream>

namespace threadline::apps {

void complain(const std::string& what) { std::cerr << "threadline: " << what << '\n'; }

void complain(const Error& error) { complain(to_line(error)); }

int fail(const Error& error, int status) {
  complain(error);
  return status;
}

int flushed_status(int status) {
  errno = 0;
  if (std::cout.flush()) return status;
  const std::string why = errno == 0 ? std::string() : std::string(": ") + std::strerror(errno);
  return fail({"could not be written" + why, "standard output", {}}, kNotWritten);
}

}  // namespace threadline::apps
