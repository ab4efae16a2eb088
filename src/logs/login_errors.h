// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "logs/event.h"

namespace threadline::logs {

/// What a failed sign-in is by its error number or name (login_errors.def): an interrupt of an ordinary one, or a failure.
[[nodiscard]] Act act_of_login_error(std::string_view code_or_name);

/// The act that the portal's word for a sign-in's state tells, in its user's language (sign_in_states.def): login,
/// login_interrupted, else login_failed.
[[nodiscard]] Act act_of_sign_in_state(std::string_view word);

}  // namespace threadline::logs
