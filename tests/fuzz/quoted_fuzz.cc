// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <cstdlib>
#include <string>

#include "facts/conversation/conversation.h"
#include "text/charset.h"

namespace {

using threadline::Limits;
namespace facts = threadline::facts;

void require(bool holds) {
  if (!holds) std::abort();
}

/// Small bounds, so that a fuzzer's inputs reach them.
constexpr Limits kLimits{.quoted_levels = 5, .quoted_blocks = 10};

void check(const facts::ReadText& body, std::size_t source_size) {
  const facts::Conversation read = facts::read_quoted(body, 120, kLimits);
  require(read.quoted.size() <= kLimits.quoted_blocks);
  for (const facts::QuotedBlock& block : read.quoted) {
    require(block.level >= 1 && block.level <= static_cast<std::int32_t>(kLimits.quoted_levels));
    require(block.parent < static_cast<std::int32_t>(read.quoted.size()));
  }
  std::uint64_t at = 0;
  for (const facts::Segment& segment : read.segments) {
    require(segment.begin == at && segment.end > segment.begin && segment.block < static_cast<std::int32_t>(read.quoted.size()));
    at = segment.end;
  }
  require(at == body.text.size());
  for (std::size_t i = 0; i < body.text.size() && body.elements.empty(); i += 7) {
    const threadline::Span span = body.span_of(i, body.text.size());
    require(span.offset + span.length <= source_size);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const threadline::message::Text part{.part = "1",
                                       .html = (data[0] & 1U) != 0,
                                       .attached = false,
                                       .charset = "utf-8",
                                       .content = threadline::text::valid_utf8(bytes),
                                       .writing = static_cast<threadline::message::Writing>((data[0] >> 1U & 7U) % 5U)};
  check(facts::read_text(part, kLimits), part.content.size());
  return 0;
}
