// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "facts/facts.h"

namespace threadline::findings {

/// Words of the new text around an account, as written: of its paragraph, 160 bytes on each side at most.
struct AccountWords {
  std::string_view before, behind;
  bool is_written = false;  ///< false: it stands in an attachment, or nowhere as a text
};

/// Limits: the first 20,000 bytes of the new text are read.
[[nodiscard]] AccountWords words_around(const facts::Facts& facts, const facts::Account& account);

}  // namespace threadline::findings
