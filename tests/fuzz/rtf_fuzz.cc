// SPDX-License-Identifier: Apache-2.0
// Any bytes as RTF: the content is UTF-8 within its limit; each note has a code.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "message/rtf.h"
#include "text/charset.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view rtf(reinterpret_cast<const char*>(data), size);
  constexpr std::uint64_t kLimit = 4'000;
  const auto content = threadline::message::read_rtf(rtf, {.text_bytes = kLimit, .rtf_depth = 16});
  if (content.content.size() > kLimit || !threadline::text::is_valid_utf8(content.content)) std::abort();
  for (const auto& note : content.notes)
    if (note.code.empty() || !threadline::text::is_valid_utf8(note.text)) std::abort();
  return 0;
}
