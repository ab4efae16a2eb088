// SPDX-License-Identifier: Apache-2.0
#include "pipeline/holdings.h"

#include <algorithm>
#include <cstdlib>
#include <span>
#include <tuple>
#include <utility>

#include "base/short_hash.h"
#include "text/base_subject.h"
#include "text/fold.h"

namespace threadline::pipeline {
namespace {

constexpr std::ptrdiff_t kEnough = 1;  ///< messages of that address before, and after, that make a folder its export
constexpr std::size_t kOneWay = 5;     ///< of one direction without any of the other, that make an export one of one direction
constexpr std::int64_t kMinute = 60, kHour = 3'600;
constexpr std::int64_t kWidestShift = 26 * kHour;  ///< from UTC-12 to UTC+14

std::uint64_t key_of(const std::string& folder, bool sent, std::string_view address) {
  return short_hash(folder + (sent ? "\nfrom " : "\nto ") + text::ascii_lower(address));
}

std::uint32_t subject_hash(std::string_view base) { return static_cast<std::uint32_t>(short_hash(text::fold(base))); }

}  // namespace

std::string folder_of(const std::string& source) {
  const std::size_t end = source.find_last_of("#!/");
  return end == std::string::npos ? std::string{} : source.substr(0, end);
}

void Holdings::add(const facts::Facts& facts) {
  if (!facts.carrier.empty()) return;
  if (!facts.message_id.empty()) ids_.push_back(short_hash(facts.message_id));
  if (facts.from.empty()) return;
  const message::Address& from = facts.from.front();
  if (sides_.is_own(from.address) && !facts.thread.in_reply_to.empty())
    own_answered_.push_back(short_hash(facts.thread.in_reply_to));
  if (!facts.dates.known_at) return;
  const std::int64_t at = facts.dates.header ? facts.dates.header->at.seconds : facts.dates.known_at->seconds;
  const std::uint32_t subject = subject_hash(facts.base_subject);
  written_.push_back({short_hash(text::ascii_lower(from.address)), at, subject});
  if (!from.name.empty()) written_.push_back({short_hash(text::name_key(from.name)), at, subject});
  add_exchange(facts);
  add_to_folders(facts, at);
}

void Holdings::add_exchange(const facts::Facts& facts) {
  const message::Address& from = facts.from.front();
  if (sides_.is_own(from.address)) ++exchanged_[text::ascii_lower(from.address)].sent;
  for (const auto* people : {&facts.to, &facts.cc}) {
    for (const message::Address& person : *people) {
      if (sides_.is_own(person.address)) ++exchanged_[text::ascii_lower(person.address)].received;
    }
  }
}

void Holdings::add_to_folders(const facts::Facts& facts, std::int64_t at) {
  const message::Address& from = facts.from.front();
  for (const std::string& source : facts.sources) {
    const std::string folder = folder_of(source);
    ++folders_[folder].messages;
    if (sides_.is_own(from.address)) times_.push_back({key_of(folder, true, from.address), at});
    for (const auto* people : {&facts.to, &facts.cc}) {
      for (const message::Address& person : *people) {
        if (sides_.is_own(person.address)) times_.push_back({key_of(folder, false, person.address), at});
      }
    }
  }
}

void Holdings::finish() {
  std::ranges::sort(ids_);
  std::ranges::sort(own_answered_);
  std::ranges::sort(times_, {}, [](const At& one) { return std::pair(std::uint64_t{one.key}, std::int64_t{one.at}); });
  std::ranges::sort(written_, {}, [](const Writing& one) {
    return std::tuple(std::uint64_t{one.writer}, std::int64_t{one.at}, std::uint32_t{one.subject});
  });
}

void Holdings::let_go() {
  ids_.clear();
  own_answered_.clear();
  times_.clear();
  written_.clear();
  exchanged_.clear();
}

void Holdings::join(const facts::Facts& facts, bool quotes) {
  if (facts.sources.empty() || !facts.carrier.empty()) return;
  if (quotes || has_id(facts.thread.in_reply_to)) ++folders_[folder_of(facts.sources.front())].joined;
}

bool Holdings::has(const Column<std::uint64_t>& ids, const std::string& id) {
  return !id.empty() && std::ranges::binary_search(ids, short_hash(id));
}

bool Holdings::holds_around(const std::string& folder, bool sent, std::string_view address, Instant at) const {
  const auto key = key_of(folder, sent, address);
  const auto key_at = [](const At& one) { return std::uint64_t{one.key}; };
  const std::span<const At> found(std::ranges::lower_bound(times_, key, {}, key_at),
                                  std::ranges::upper_bound(times_, key, {}, key_at));
  const auto middle = std::ranges::lower_bound(found, at.seconds, {}, [](const At& one) { return std::int64_t{one.at}; });
  return middle - found.begin() >= kEnough && found.end() - middle >= kEnough;
}

bool Holdings::has_written(const message::Address& person, const std::string& subject, Instant at) const {
  return has_time(text::ascii_lower(person.address), subject, at) ||
         has_time(text::name_key(person.name.empty() ? person.address : person.name), subject, at);
}

bool Holdings::has_time(const std::string& writer, const std::string& subject, Instant at) const {
  if (writer.empty()) return false;
  const auto key = [](const Writing& one) { return std::pair(std::uint64_t{one.writer}, std::int64_t{one.at}); };
  const std::uint64_t who = short_hash(writer);
  const std::uint32_t base = subject_hash(text::read_subject(subject).base);
  constexpr std::int64_t kAround = kWidestShift + kMinute;
  const auto* other = std::ranges::lower_bound(written_, std::pair(who, at.seconds - kAround), {}, key);
  for (; other != written_.end() && other->writer == who && other->at <= at.seconds + kAround; ++other) {
    const std::int64_t apart = std::abs(other->at - at.seconds), rest = apart % kHour;
    if (apart <= kMinute) return true;
    if (other->subject == base && apart <= kWidestShift && (rest <= kMinute || rest >= kHour - kMinute)) return true;
  }
  return false;
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
