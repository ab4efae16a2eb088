// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "timeline/journal/action_row.h"
#include "timeline/journal/chain.h"
#include "timeline/journal/index.h"
#include "timeline/journal/order.h"

/// A line that is read as an entry is written again to the same bytes, and can be replayed and shown; any other has a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace threadline::timeline;
  const std::string_view line(reinterpret_cast<const char*>(bytes), size);
  const auto entry = journal::read_entry(line);
  if (!entry) {
    if (entry.error().what.empty()) std::abort();
    return 0;
  }
  if (journal::line_of(*entry) != line) std::abort();
  journal::Index index;
  index.hear(*entry);
  journal::Order order("/tmp");
  order.hear(*entry, {line, 0, false}, index.heard);
  if (!order.finish(index.heard, [&](const journal::Place&) { return std::optional(*entry); })) std::abort();
  if (entry->type != "row" && entry->type != "revision") {
    const ShownRow shown = journal::action_row(*entry, Language::fr, "Europe/Paris");
    if (shown.row.id != journal::action_row_id(*entry)) std::abort();
  }
  return 0;
}
