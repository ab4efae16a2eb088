// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "message/entity.h"
#include "message/message.h"

namespace threadline::message {

/// Moves what was read inside a part into the message that carries it: texts, parts, attachments, attached messages and notes,
/// each numbered "2!..." where `part` is "2".
void merge_inner(Message inner, std::vector<AttachedBytes> inner_attached, const std::string& part, Message& into,
                 std::vector<AttachedBytes>& attached);

}  // namespace threadline::message
