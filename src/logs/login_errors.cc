// SPDX-License-Identifier: Apache-2.0
#include "logs/login_errors.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace threadline::logs {
namespace {

struct LoginError {
  std::string_view code, name;
  Act act;
};

constexpr auto kErrors = std::to_array<LoginError>({
#define THREADLINE_LOGIN_ERROR(code, name, act) {code, name, Act::act},
#include "logs/login_errors.def"
#undef THREADLINE_LOGIN_ERROR
});

struct SignInState {
  std::string_view word;
  Act act;
};

constexpr auto kStates = std::to_array<SignInState>({
#define THREADLINE_SIGN_IN_STATE(word, act) {word, Act::act},
#include "logs/sign_in_states.def"
#undef THREADLINE_SIGN_IN_STATE
});

}  // namespace

Act act_of_sign_in_state(std::string_view word) {
  const auto found = std::ranges::find(kStates, text::fold(word), &SignInState::word);
  return found == kStates.end() ? Act::login_failed : found->act;
}

Act act_of_login_error(std::string_view code_or_name) {
  const std::string lower = text::ascii_lower(text::trimmed(code_or_name));
  const auto found =
      std::ranges::find_if(kErrors, [&](const LoginError& error) { return error.code == lower || error.name == lower; });
  return found == kErrors.end() ? Act::login_failed : found->act;
}

}  // namespace threadline::logs
