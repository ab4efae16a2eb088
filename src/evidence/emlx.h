// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "evidence/reading.h"

namespace threadline::evidence {

/// Gives the message of an Apple Mail file: a line with its length, the message, a property list. A length that does not lead to
/// the property list is a note, and the message ends where the list begins (or the file ends).
/// Source: the format as Apple Mail writes it; Apple publishes none.
/// Limits: message_bytes.
void read_emlx(const std::string& path, std::string bytes, Reading& reading);

}  // namespace threadline::evidence
