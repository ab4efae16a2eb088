// SPDX-License-Identifier: Apache-2.0
// A link: undoing its rewritings ends, within the depth, and never makes it longer by more than a scheme.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "text/rewritten_link.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::uint32_t kDeepest = 4;
  const std::string_view url(reinterpret_cast<const char*>(data), size);
  const auto link = threadline::text::original_link(url, kDeepest);
  if (link.rewritings > kDeepest || link.url.size() > size + kDeepest * 8) std::abort();
  if (link.rewritings == 0 && link.url != url) std::abort();
  return 0;
}
