// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// Whether the bytes begin as a Postfix queue file: a size record of numbers (or, in maildrop, a time record) and another one.
[[nodiscard]] bool is_postfix_queue(std::string_view head);

/// The message of a Postfix queue file and its envelope; lines end with LF. Pointer records that milters leave are followed, no
/// record is read more often than the file has records. Recipients are those to do and those done, in order.
/// A file that ends early is a note `truncated`.
/// Source: Postfix, src/global/rec_type.h, record.c; src/cleanup (pointer records).
/// Limits: message_bytes.
[[nodiscard]] Item postfix_queue_message(std::string_view bytes, const Limits& limits);

}  // namespace threadline::evidence
