// SPDX-License-Identifier: Apache-2.0
// Any bytes as compressed RTF: the result keeps its limit, and the same bytes uncompressed are given as they are.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "message/lzfu.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::uint64_t kLimit = 100'000;
  const auto rtf = threadline::message::read_compressed_rtf(bytes, {.rtf_bytes = kLimit});
  if (rtf.bytes.size() > kLimit) std::abort();
  if (rtf.bytes.size() > size * 9 + 1) std::abort();  // 17 bytes of output need 2 bytes and a bit
  if (size < 16 && rtf.notes.empty()) std::abort();
  return 0;
}
