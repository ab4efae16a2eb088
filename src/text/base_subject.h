// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::text {

/// What reply and forward prefixes stand before a subject ("Re:", "TR:", "AW:", "WG:", "RV:", "I:", "Fwd:", "RE[2]:", "[EXTERNAL]
/// Re:").
struct SubjectParts {
  std::string base;         ///< without prefixes and banner tags, trimmed, case kept (RFC 5256 section 2.1, all locales)
  bool is_reply = false;    ///< the outermost prefix is a reply prefix
  bool is_forward = false;  ///< the outermost prefix is a forward prefix
};
[[nodiscard]] SubjectParts read_subject(std::string_view subject);

/// A base subject behind the tags before it ("[list] x": "x"). A help desk or a list puts its own before a conversation's
/// subject.
[[nodiscard]] std::string_view behind_tags(std::string_view base);

}  // namespace threadline::text
