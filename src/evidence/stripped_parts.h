// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"

namespace threadline::evidence {

/// A part of a message whose content Apple Mail keeps in another file ("X-Apple-Content-Length" in its header, nothing below it).
struct StrippedPart {
  std::string number;     ///< as in IMAP: "2", "2.1"
  std::string encoding;   ///< Content-Transfer-Encoding, lower case
  std::string name;       ///< as its header names the file, not decoded; or empty
  std::size_t begin = 0;  ///< where the content belongs
};

/// The stripped parts of a message in order.
/// Limits: mime_parts, mime_depth (what is beyond is not looked at).
[[nodiscard]] std::vector<StrippedPart> stripped_parts(std::string_view message, const Limits& limits);

/// The bytes of a part's file; nothing where there is none.
using PartFile = std::function<std::optional<std::string>(const StrippedPart&)>;

/// Puts the files back into the message, each in its part's own encoding, with a remark; a part whose file is missing is a note
/// `truncated` that names it.
/// Limits: message_bytes (a file that does not fit is left out), those of stripped_parts.
void restore_parts(Item& item, const PartFile& file_of, const Limits& limits);

}  // namespace threadline::evidence
