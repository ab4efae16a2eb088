// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "message/message.h"

namespace threadline::message {

struct MapiObject;

/// What attached bytes are to the message that carries them.
enum class Attached {
  message,  ///< a message of its own
  content   ///< TNEF: the carrier's own body and attachments
};

/// An attached message, not yet read, and where it was attached.
struct AttachedBytes {
  std::string part;
  std::string bytes;
  Attached as = Attached::message;
  const MapiObject* embedded = nullptr;  ///< instead of bytes: an object of the store that is being read
};

/// Reads a MIME entity (its Content-* fields, a blank line, its body) into the content members of the message: content_type,
/// report_type, parts, texts, attachments, notes. What S/MIME signs opaquely is read in its place, its parts as "1!1"; no
/// signature is verified. Answers the messages attached to it, not yet read.
/// Limits: mime_parts, mime_depth, mime_boundaries, mime_fields, mime_parameters, signed_depth, text_bytes, message_notes.
[[nodiscard]] std::vector<AttachedBytes> read_entity(std::string_view entity, const Limits& limits, Message& into);

}  // namespace threadline::message
