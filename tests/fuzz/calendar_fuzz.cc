// SPDX-License-Identifier: Apache-2.0
// A calendar object: what is read of it comes out of its bytes, and attendees stay within their limit.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "message/calendar.h"
#include "message/report_part.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace threadline;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Limits limits;
  limits.addresses = 4;
  std::vector<Note> notes;
  const message::Calendar calendar = message::read_calendar(text, "1", limits, notes);
  if (calendar.attendees.size() > limits.addresses || calendar.summary.size() > size) std::abort();
  if (calendar.description.size() > 2 * size + 2) std::abort();
  if (message::report_action_of("message/delivery-status", text).size() > size) std::abort();
  if (message::report_action_of("message/disposition-notification", text).size() > size) std::abort();
  return 0;
}
