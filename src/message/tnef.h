// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "base/limits.h"
#include "message/mapi.h"

namespace threadline::message {

/// Whether the bytes begin with TNEF's signature (0x223E9F78, little endian).
[[nodiscard]] bool is_tnef(std::string_view bytes);

/// The object in a TNEF stream (winmail.dat, application/ms-tnef): message attributes as their MAPI properties, recipients,
/// attachments, embedded messages. Wrong checksums, cut streams and unknown attributes are notes.
/// Limits: mapi_properties, mapi_attachments, addresses, nested_depth, nested_messages. Source: MS-OXTNEF.
[[nodiscard]] MapiObject read_tnef(std::string_view bytes, const Limits& limits);

}  // namespace threadline::message
