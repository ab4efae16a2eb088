// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// Whether the bytes begin as a sendmail queue control file: "V", a number, then the lines of one.
[[nodiscard]] bool is_sendmail_queue(std::string_view head);

/// The message of a control file (qf...) and its data file (df...), with the envelope. A header that sendmail would make at
/// delivery (it holds a macro) is left out. Without a data file there is a note `truncated`.
/// Source: Sendmail Installation and Operation Guide, appendix "Summary of support files" and section "Queue file format".
/// Limits: message_bytes, addresses (recipients).
[[nodiscard]] Item sendmail_message(std::string_view control_file, std::optional<std::string_view> data_file,
                                    const Limits& limits);

}  // namespace threadline::evidence
