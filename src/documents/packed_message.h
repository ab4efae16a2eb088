// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace threadline::documents {

/// A mail that an archive or mailbox holds which is attached to a message.
struct PackedMessage {
  std::string part;   ///< "2!name"; of a mailbox "2!1", "2!2"
  std::string bytes;  ///< of an .eml, .msg or TNEF stream
};

}  // namespace threadline::documents
