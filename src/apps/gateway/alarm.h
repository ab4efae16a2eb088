// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace threadline::gateway {

/// Runs a command of the shell with these words on its standard input, and waits for its end. Answers whether it ended with exit
/// status 0: a command that does not read its input, or not all of it, has been told all the same.
/// Precondition: SIGPIPE is ignored here; the command gets it as usual.
[[nodiscard]] bool give_alarm(const std::string& command, const std::string& words);

}  // namespace threadline::gateway
