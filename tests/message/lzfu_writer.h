// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace threadline::message {

/// RTF as a PidTagRtfCompressed value with right sizes and CRC. Source: MS-OXRTFCP section 3.
[[nodiscard]] std::string lzfu(std::string_view rtf);
/// The same, uncompressed (MELA).
[[nodiscard]] std::string mela(std::string_view rtf);
/// The header and the tokens behind it, with right sizes and CRC for `raw_size` bytes of RTF.
[[nodiscard]] std::string lzfu_of_tokens(std::string_view tokens, std::size_t raw_size);

}  // namespace threadline::message
