// SPDX-License-Identifier: Apache-2.0
// One Received value: every extracted clause stands in the value (nothing is invented), and routes of such fields stay in bounds.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "facts/transport/authentication.h"
#include "facts/transport/hop.h"
#include "facts/transport/thread.h"

namespace {

using namespace threadline;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_inside(std::string_view value, const std::string& clause) { require(value.find(clause) != std::string_view::npos); }

void check_hop(std::string_view value) {
  const facts::Hop hop = facts::read_received(value);
  for (const std::string* clause : {&hop.from.helo, &hop.from.name, &hop.from.ip, &hop.by, &hop.ip_by, &hop.via, &hop.with,
                                    &hop.cipher, &hop.id, &hop.for_whom, &hop.envelope_from, &hop.auth_user}) {
    require_inside(value, *clause);
  }
  require(hop.raw.size() <= Limits{}.received_bytes);
}

/// Lines become Received fields, in turn with Authentication-Results.
void check_route(std::string_view lines) {
  message::Message message;
  while (!lines.empty() && message.headers.size() < 64) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    const char* name = message.headers.size() % 4 == 3 ? "Authentication-Results" : "Received";
    message.headers.push_back({name, std::string(lines.substr(0, end)), std::string(lines.substr(0, end)), 0, 0});
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  const facts::Route route = facts::read_route(message, {}, Limits{});
  require(route.border < static_cast<std::int32_t>(route.hops.size()));
  for (std::size_t i = 0; i < route.hops.size(); ++i)
    require(route.hops[i].trusted == (route.border >= 0 && i >= static_cast<std::size_t>(route.border)));
  require(route.auth.size() <= Limits{}.auth_results);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_hop(text);
  check_route(text);
  std::vector<Note> notes;
  (void)facts::read_thread_index(text, Limits{}, notes);
  return 0;
}
