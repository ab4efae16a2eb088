// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "facts/transport/dkim_key.h"
#include "facts/transport/dkim_signature.h"
#include "message/message.h"

namespace threadline::facts {

/// The DKIM-Signature fields of a message, top first, as they stand; nothing is computed. Limits: dkim_signatures.
[[nodiscard]] std::vector<DkimSignature> read_dkim_signatures(const message::Message& message, const Limits& limits,
                                                              std::vector<Note>& notes);

/// Lists the signatures of a message in `route.dkim` and computes what can be without DNS: the body hash over the exported bytes
/// and the damage that has to be undone first (dkim_readings.h), and with a collected key the signature over the header. The
/// header is read as exported, its line ends as CR LF. Never a verdict about the message: a hash that does not match is a note.
/// Limits: dkim_signatures, dkim_readings, dkim_bytes, dkim_signed_bytes (and dkim_body_bytes, in message).
void check_dkim(const message::Message& message, const DkimKeys& keys, const Limits& limits, Route& route);

/// The bytes that a signature signs (RFC 6376 section 3.7), without DKIM's own hash; nothing above `most` bytes.
/// `field` is the index of the signature in message.headers.
[[nodiscard]] std::optional<std::string> signed_header(const message::Message& message, std::size_t field,
                                                       const DkimSignature& signature, std::uint64_t most);

}  // namespace threadline::facts
