// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "text/charset.h"

namespace threadline::text {

/// UTF-16LE as UTF-8; lone surrogates are U+FFFD and counted, a last odd byte is left out.
[[nodiscard]] Decoded decode_utf16le(std::string_view bytes);

/// UTF-8 as UTF-16LE; illegal bytes are U+FFFD.
[[nodiscard]] std::string utf16le_of(std::string_view utf8);

}  // namespace threadline::text
