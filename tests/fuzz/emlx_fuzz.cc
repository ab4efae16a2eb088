// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "evidence/emlx.h"
#include "evidence/stripped_parts.h"

namespace {

using threadline::Limits;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Small bounds, so that a fuzzer's inputs reach them.
constexpr Limits kLimits{
    .message_bytes = 4'096, .xml_bytes = 2'048, .xml_elements = 50, .xml_depth = 5, .mime_parts = 20, .mime_depth = 5};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto exact = std::make_unique<char[]>(size);
  std::copy(data, data + size, exact.get());
  auto item = threadline::evidence::emlx_message({exact.get(), size}, kLimits);
  require(item.bytes.size() <= kLimits.message_bytes);
  for (const auto& part : threadline::evidence::stripped_parts(item.bytes, kLimits)) require(part.begin <= item.bytes.size());
  const auto before = item.bytes.size();
  const auto give = [](const threadline::evidence::StrippedPart& part) -> std::optional<std::string> {
    return part.number == "1" ? std::optional<std::string>("file") : std::nullopt;
  };
  threadline::evidence::restore_parts(item, give, kLimits);
  require(item.bytes.size() >= before);
  return 0;
}
