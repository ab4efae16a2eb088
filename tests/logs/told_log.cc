// SPDX-License-Identifier: Apache-2.0
#include "told_log.h"

#include <memory>

namespace threadline::logs {
namespace {

std::string or_dash(const std::string& text) { return text.empty() ? "-" : text; }

}  // namespace

ToldLog tell_log(const std::string& bytes, const Settings& settings, std::optional<Instant> written) {
  ToldLog told;
  told.layout = layout_of(std::string_view(bytes).substr(0, 64U << 10U), settings.mappings);
  if (!told.layout) return told;
  told.layout->clock.written = written;
  Settings every = settings;
  every.wanted.every_record = true;
  Reader reader(std::make_shared<const Settings>(std::move(every)));
  Chunks chunks([&](std::uint64_t offset,
                    std::uint64_t length) { return offset >= bytes.size() ? std::string() : bytes.substr(offset, length); },
                *told.layout, settings.limits);
  while (const auto chunk = chunks.next()) {
    Batch batch = reader.read(*chunk, *told.layout);
    for (Event& event : batch.kept) told.events.push_back(std::move(event));
    for (Undecodable& one : batch.shown) told.shown.push_back(std::move(one));
    told.undecodable += batch.undecodable;
  }
  return told;
}

std::string line_of(const Event& event) {
  return std::string(name_of(event.act)) + " " + (event.time ? rfc3339_utc(event.time->at) : "-") + " " + or_dash(event.actor) +
         " " + or_dash(event.ip) + " " + or_dash(event.target) + " " + or_dash(event.outcome);
}

std::vector<std::string> lines_of(const ToldLog& told) {
  std::vector<std::string> lines;
  for (const Event& event : told.events) lines.push_back(line_of(event));
  return lines;
}

}  // namespace threadline::logs
