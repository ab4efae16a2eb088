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

}  // namespace

Act act_of_login_error(std::string_view code_or_name) {
  const std::string lower = text::ascii_lower(text::trimmed(code_or_name));
  const auto found =
      std::ranges::find_if(kErrors, [&](const LoginError& error) { return error.code == lower || error.name == lower; });
  return found == kErrors.end() ? Act::login_failed : found->act;
}

}  // namespace threadline::logs
