// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "facts/facts.h"
#include "timeline/judged.h"

namespace threadline::pipeline {

/// The version of the form below; it changes with any field of Facts, and where one mail has other facts than before.
inline constexpr std::uint32_t kWireVersion = 25;

/// Facts as bytes that a pipe, a store or another machine carries: the version, then every member in its order without its name,
/// which takes a tenth of the time of CBOR with names.
[[nodiscard]] std::string encode_facts(const std::vector<facts::Facts>& facts);
/// Errors: another version, bytes that are cut, too many, or of no such value.
[[nodiscard]] Result<std::vector<facts::Facts>> decode_facts(std::string_view bytes);

/// The same of a remark without `evidence`: what the reading of evidence has to say.
[[nodiscard]] std::string encode_remark(const timeline::EvidenceRemark& remark);
[[nodiscard]] Result<timeline::EvidenceRemark> decode_remark(std::string_view bytes);

}  // namespace threadline::pipeline
