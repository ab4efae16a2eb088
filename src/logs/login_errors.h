// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "logs/event.h"

namespace threadline::logs {

/// What a failed sign-in is by its error number or name (login_errors.def): an interrupt of an ordinary one, or a failure.
[[nodiscard]] Act act_of_login_error(std::string_view code_or_name);

}  // namespace threadline::logs
