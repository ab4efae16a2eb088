// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "text/html_tokens.h"

/// Words that stand within a tag and are shown. They are read where they have the eight digits of an
/// account.
namespace threadline::text {

/// The alternative text of a picture that is no file's name, the value of a field that is shown, as it stands in the source; or
/// empty.
[[nodiscard]] std::string_view shown_in_tag(const HtmlToken& tag);
}  // namespace threadline::text
