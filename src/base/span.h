// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace threadline::inline base {

/// Where bytes of the evidence stand: half-open [offset, offset + length) in one part of one message.
/// Units: bytes of the UTF-8 text of that MIME part (HTML: of its source); part "header": of the raw header.
/// Parts are numbered as in IMAP ("1", "1.2"), relative to the message that they belong to.
struct Span {
  std::string part;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;

  bool operator==(const Span&) const = default;
};

}  // namespace threadline::inline base
