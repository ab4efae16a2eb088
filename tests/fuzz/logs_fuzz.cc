// SPDX-License-Identifier: Apache-2.0
// Any bytes as a log: records lie on lines of it, texts of what is shown are UTF-8, mails and parameters keep their bounds, and
// what is concluded speaks of events that are there.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>

#include "logs/conclusions.h"
#include "logs/reader.h"
#include "text/charset.h"

namespace {

using namespace threadline::logs;

void require(bool is_true) {
  if (!is_true) std::abort();
}

std::shared_ptr<const Settings> settings() {
  auto made = std::make_shared<Settings>();
  made->limits.log_record_bytes = 1U << 20U;
  made->limits.log_messages = 4;
  made->limits.log_parameters = 4;
  made->limits.log_columns = 64;
  made->limits.log_undecodable = 3;
  made->wanted.every_record = true;
  const auto mapping = read_mapping(
      R"x({"name":"m","line":"^([0-9-]+ [0-9:]+) ([^ ]+) (.*)$","groups":["time","actor","comment"],"rows":"all"})x", "m", {});
  if (mapping) made->mappings.push_back(*mapping);
  return made;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto kSettings = settings();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto layout = layout_of(bytes.substr(0, 64U << 10U), kSettings->mappings);
  if (!layout) return 0;
  layout->clock.written = threadline::Instant{1'523'000'000, 0};
  Reader reader(kSettings);
  Chunks chunks([&](std::uint64_t offset,
                    std::uint64_t length) { return std::string(bytes.substr(std::min<std::size_t>(offset, size), length)); },
                *layout, kSettings->limits);
  std::vector<Event> kept;
  std::vector<Activity> activities;
  while (const auto chunk = chunks.next()) {
    Batch batch = reader.read(*chunk, *layout);
    require(batch.shown.size() <= 3 && batch.shown.size() <= batch.undecodable);
    for (const Undecodable& one : batch.shown) require(threadline::text::is_valid_utf8(one.text) && one.line >= 1);
    for (Event& event : batch.kept) {
      require(event.line >= 1 && event.line <= size + 1 && event.mails.size() <= 4 && event.sha256.size() == 64);
      require(threadline::text::is_valid_utf8(event.text) && threadline::text::is_valid_utf8(event.actor));
      kept.push_back(std::move(event));
    }
    for (Activity& activity : batch.activities) activities.push_back(std::move(activity));
  }
  Ground ground;
  ground.wanted.every_record = true;
  const Story story = conclude(std::move(kept), std::move(activities), ground);
  for (const Claim& claim : story.claims) require(claim.event < story.events.size() && !claim.code.empty());
  return 0;
}
