// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/limits.h"

namespace threadline::message {

class NoteList;

/// The entity as GMime can read it in time and memory that do not depend on who wrote it, nothing where it is so already. GMime
/// makes an object of each part and each field before we can count them, and compares each parameter of a field with all before
/// it: 1 MB of them takes it over half a minute (measured on 3.2.13). Left out are parts behind the last boundary line that
/// counts, fields that say nothing of the content, and parameters that we do not read. A heuristic: a boundary in a form that RFC
/// 2046 has not (continued, escaped, in a comment) makes each line that begins with two dashes count. Limits: mime_boundaries,
/// mime_fields, mime_parameters.
[[nodiscard]] std::optional<std::string> bounded_entity(std::string_view entity, const Limits& limits, NoteList& notes);

}  // namespace threadline::message
