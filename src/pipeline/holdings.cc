// SPDX-License-Identifier: Apache-2.0
#include "pipeline/holdings.h"

#include <algorithm>
#include <cstdlib>

#include "text/base_subject.h"
#include "text/fold.h"

namespace threadline::pipeline {
namespace {

constexpr std::ptrdiff_t kEnough = 1;  ///< messages of that address before, and after, that make a folder its export
constexpr std::size_t kOneWay = 5;     ///< of one direction without any of the other, that make an export one of one direction
constexpr std::int64_t kMinute = 60, kHour = 3'600;
constexpr std::int64_t kWidestShift = 26 * kHour;  ///< from UTC-12 to UTC+14

std::string key_of(const std::string& folder, bool sent, std::string_view address) {
  return folder + (sent ? "\nfrom " : "\nto ") + text::ascii_lower(address);
}

}  // namespace

std::string folder_of(const std::string& source) {
  const std::size_t end = source.find_last_of("#!/");
  return end == std::string::npos ? std::string{} : source.substr(0, end);
}

Holdings::Holdings(const std::vector<timeline::Judged>& judged, const policy::Sides& sides) {
  for (const timeline::Judged& one : judged) add(*one.facts, sides);
  for (auto& [key, times] : times_) std::ranges::sort(times);
  for (const timeline::Judged& one : judged) {
    if (one.facts->sources.empty() || !one.facts->carrier.empty()) continue;
    const bool quotes = std::ranges::any_of(one.originals, [](const auto& original) { return original != nullptr; });
    const bool is_joined = quotes || has_id(one.facts->thread.in_reply_to);
    folders_[folder_of(one.facts->sources.front())].joined += is_joined ? 1U : 0U;
  }
}

void Holdings::add(const facts::Facts& facts, const policy::Sides& sides) {
  if (!facts.carrier.empty()) return;
  if (!facts.message_id.empty()) ids_.insert(facts.message_id);
  if (facts.from.empty()) return;
  const message::Address& from = facts.from.front();
  if (sides.is_own(from.address) && !facts.thread.in_reply_to.empty()) own_answered_.insert(facts.thread.in_reply_to);
  if (!facts.dates.known_at) return;
  const std::int64_t at = facts.dates.header ? facts.dates.header->at.seconds : facts.dates.known_at->seconds;
  const Writing writing{at, text::fold(facts.base_subject)};
  written_[text::ascii_lower(from.address)].push_back(writing);
  if (!from.name.empty()) written_[text::name_key(from.name)].push_back(writing);
  ++exchanged_[text::ascii_lower(from.address)].sent;
  for (const auto* people : {&facts.to, &facts.cc}) {
    for (const message::Address& person : *people) ++exchanged_[text::ascii_lower(person.address)].received;
  }
  add_to_folders(facts, at);
}

void Holdings::add_to_folders(const facts::Facts& facts, std::int64_t at) {
  for (const std::string& source : facts.sources) {
    const std::string folder = folder_of(source);
    ++folders_[folder].messages;
    times_[key_of(folder, true, facts.from.front().address)].push_back(at);
    for (const auto* people : {&facts.to, &facts.cc}) {
      for (const message::Address& person : *people) times_[key_of(folder, false, person.address)].push_back(at);
    }
  }
}

bool Holdings::holds_around(const std::string& folder, bool sent, std::string_view address, Instant at) const {
  const auto found = times_.find(key_of(folder, sent, address));
  if (found == times_.end()) return false;
  const auto middle = std::ranges::lower_bound(found->second, at.seconds);
  return middle - found->second.begin() >= kEnough && found->second.end() - middle >= kEnough;
}

bool Holdings::has_written(const message::Address& person, const std::string& subject, Instant at) const {
  return has_time(text::ascii_lower(person.address), subject, at) ||
         has_time(text::name_key(person.name.empty() ? person.address : person.name), subject, at);
}

bool Holdings::has_time(const std::string& writer, const std::string& subject, Instant at) const {
  const auto found = written_.find(writer);
  if (writer.empty() || found == written_.end()) return false;
  const std::string base = text::fold(text::read_subject(subject).base);
  return std::ranges::any_of(found->second, [&](const Writing& other) {
    const std::int64_t apart = std::abs(other.at - at.seconds), rest = apart % kHour;
    if (apart <= kMinute) return true;
    return other.subject == base && apart <= kWidestShift && (rest <= kMinute || rest >= kHour - kMinute);
  });
}

bool Holdings::lacks_direction(std::string_view address, bool sent) const {
  const auto found = exchanged_.find(text::ascii_lower(address));
  if (found == exchanged_.end()) return false;
  const std::size_t asked = sent ? found->second.sent : found->second.received;
  const std::size_t other = sent ? found->second.received : found->second.sent;
  return asked == 0 && other >= kOneWay;
}

Holdings::Folder Holdings::folder(const std::string& name) const {
  const auto found = folders_.find(name);
  return found == folders_.end() ? Folder{} : found->second;
}

}  // namespace threadline::pipeline
