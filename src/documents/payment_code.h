// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "documents/document.h"

namespace threadline::documents {

/// The payee that the text of a QR code for payment names (medium code, no place), or nothing: another kind of code, or one
/// without an account. Versions and lengths are not checked: an odd code is still scanned by somebody's banking application.
/// Lines may end in LF or CRLF. Source: payment_codes.def. Not read: PAY by square (Slovakia, compressed with LZMA).
[[nodiscard]] std::optional<Payee> read_payment_code(std::string_view text);

}  // namespace threadline::documents
