// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::message {

/// Appends to a text what stands behind the padding of its base64: lines that decode to text are decoded, with what foreign
/// characters stand in them left out (RFC 2045 section 6.8); lines of words stay as they are. Whether a line was decoded.
/// A heuristic: of a line of words hardly half decodes to characters of text, of base64 four in five do; lines that are too short
/// to tell go with those beside them. Limits: linear.
[[nodiscard]] bool append_behind_base64(std::string_view behind, std::string& text);

/// The same for a file: its bytes tell nothing, so that all lines are, by themselves, of base64 but for one character in ten, and
/// hold no blanks; else nothing is appended.
[[nodiscard]] bool append_behind_base64_of_file(std::string_view behind, std::string& bytes);

}  // namespace threadline::message
